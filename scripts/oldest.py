"""Print the lowest version of each library that pyproject.toml allows, as constraints for pip.

Run as ``python scripts/oldest.py [EXTRA ...]``; the libraries that these bring in have no bounds
of ours, and pip takes the newest that go with them.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirements(lines: list[str]) -> dict[str, Requirement]:
    """What requirements ask for by name, with what each extra of the package's own stands for."""
    found = {}
    for each in map(Requirement, lines):
        if canonicalize_name(each.name) == PROJECT["name"]:
            extras = [PROJECT["optional-dependencies"][extra] for extra in each.extras]
            found |= requirements(sum(extras, []))
        else:
            found[canonicalize_name(each.name)] = each
    return found


def lowest(requirement: Requirement) -> str:
    """The version that a requirement starts from."""
    versions = [each.version for each in requirement.specifier if each.operator == ">="]
    if len(versions) != 1:
        raise SystemExit(f"pyproject.toml: {requirement} has no lowest version")
    return versions[0]


if __name__ == "__main__":
    extras = [f"{PROJECT['name']}[{extra}]" for extra in sys.argv[1:]]
    for name, requirement in sorted(requirements(PROJECT["dependencies"] + extras).items()):
        print(f"{name}=={lowest(requirement)}")
