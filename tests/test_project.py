"""Project files: they agree with each other, and hold nothing of the machine they were made on."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import ftz_data

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
MODULES = sorted((ROOT / "ftz_data").rglob("*.py"))

# Which modules may import a library: data flows from tables to charts to panels.
OWNERS = {
    "ipywidgets": {"panels"},
    "anywidget": {"panels"},
    "itables": {"panels"},
    "traitlets": {"panels"},
    "matplotlib": {"charts", "style"},
    "seaborn": {"charts", "style"},
}


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _requirements(lines: list[str]) -> dict[str, Requirement]:
    parsed = map(Requirement, lines)
    return {canonicalize_name(each.name): each for each in parsed}


def _imports(path) -> set[str]:
    """Top-level names of what a module imports from elsewhere."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"ftz_data"}


def test_readme_names_the_two_commands():
    commands = _read("README.md").splitlines()
    for command in ("make lab", "make test"):
        assert any(line.startswith(command) for line in commands), f"README.md lacks `{command}`"


def test_one_version_everywhere():
    version = ftz_data.__version__
    assert yaml.safe_load(_read("CITATION.cff"))["version"] == version, "CITATION.cff"
    assert importlib.metadata.version("ftz-data") == version, "installed: run `make venv`"
    assert f"\n## [{version}]" in _read("CHANGELOG.md"), f"CHANGELOG.md has no entry for {version}"


def test_constraints_pin_exactly_and_name_no_host():
    lines = _read("constraints.txt").splitlines()
    assert lines, "constraints.txt is empty"
    for line in lines:
        assert re.fullmatch(r"[\w.-]+==[\w.]+", line), f"not name==version: {line}"


def test_constraints_fit_the_declared_requirements():
    pins = _requirements(_read("constraints.txt").splitlines())
    wanted = _requirements(PROJECT["dependencies"] + sum(EXTRAS.values(), []))
    for name, requirement in wanted.items():
        assert name in pins, f"constraints.txt lacks {name}; run `make constraints`"
        version = str(pins[name].specifier).removeprefix("==")
        fits = requirement.specifier.contains(version)
        assert fits, f"{name} {version} does not fit {requirement}"


def test_environment_is_in_step_with_pyproject():
    environment = yaml.safe_load(_read("environment.yml"))
    *conda, pip = environment["dependencies"]
    assert pip["pip"][-1] == "-e .", "the package itself comes last"
    python, installer, *packages = conda
    assert Requirement(python.replace("=", "==", 1)).specifier
    assert python.split("=")[1] in [f"3.{minor}" for minor in range(11, 15)], python
    assert installer == "pip"
    # conda-forge's name for Matplotlib without Qt.
    listed = [each.replace("matplotlib-base", "matplotlib") for each in packages + pip["pip"][:-1]]
    extras = EXTRAS["lab"] + EXTRAS["briefing"] + EXTRAS["export"]
    declared = PROJECT["dependencies"] + extras
    ours = {name: str(each.specifier) for name, each in _requirements(listed).items()}
    theirs = {name: str(each.specifier) for name, each in _requirements(declared).items()}
    assert ours == theirs


def test_what_the_package_imports_is_declared():
    declared = set(_requirements(PROJECT["dependencies"]))
    providers = importlib.metadata.packages_distributions()
    assert MODULES, "no module found"
    for path in MODULES:
        for name in _imports(path):
            names = {canonicalize_name(each) for each in providers.get(name, [name])}
            assert names & declared, f"{path.name} imports {name}, which pyproject.toml lacks"


def test_libraries_stay_with_their_modules():
    for path in MODULES:
        module = path.relative_to(ROOT / "ftz_data").parts[0].removesuffix(".py")
        for name in _imports(path) & set(OWNERS):
            allowed = OWNERS[name]
            assert module in allowed, f"{path.name} imports {name}; only {sorted(allowed)} may"


def test_importing_the_package_imports_no_large_library():
    program = "import sys, ftz_data; dir(ftz_data); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True)
    large = {"numpy", "pandas", "matplotlib", "seaborn", "IPython", "ipywidgets"}
    assert not large & set(run.stdout.decode().split())


# Written in pieces, so that this file does not hold what it looks for.
MACHINE = re.compile(
    r"(?<![\w.])/(?:root|home|work|Users)/"
    r"|file:/"
    r"/"
    r"|\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}:\d+"
)


def test_no_file_names_a_machine():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = [name for name in listed.stdout.split("\0") if name]
    assert names, "git lists no file"
    for name in names:
        path = ROOT / name
        if path.suffix == ".png" or not path.exists():
            continue
        found = MACHINE.search(path.read_text(encoding="utf-8"))
        assert not found, f"{name} names a machine or its folders: {found[0]}"
