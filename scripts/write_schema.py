"""Write the enumerations of `datapackage.json` anew from the code lists.

Run as ``python scripts/write_schema.py [--check] [FOLDER]``; without a folder, that of the built-in
report. With ``--check`` nothing is written, and the exit status is 1 where it would change.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ftz_data import schema
from ftz_data.package import BUILT_IN


def main(arguments: list[str] | None = None) -> int:
    """Write, or check; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if out of step")
    parser.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, default=BUILT_IN.path)
    options = parser.parse_args(arguments)
    path = options.folder / "datapackage.json"
    try:
        written = schema.descriptor(options.folder)
    except ValueError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 2
    if path.read_text(encoding="utf-8") == written:
        return 0
    if options.check:
        print(f"{path} is out of step with the code lists: run scripts/write_schema.py")
        return 1
    path.write_text(written, encoding="utf-8")
    print(f"{path} is written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
