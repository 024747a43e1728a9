"""Project files: they agree with each other, and hold nothing of the machine they were made on."""

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from oldest import PROJECT, lowest, requirements
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import ftz_data
from conftest import ROOT

EXTRAS = PROJECT["optional-dependencies"]
MODULES = sorted((ROOT / "ftz_data").rglob("*.py"))

# The extra that a part of the package needs; what is not named here needs none.
PARTS = {
    "charts": "charts",
    "style": "charts",
    "drafting": "draft",
    "deciding": "notebooks",
    "exporting": "export",
    "panels": "notebooks",
    "briefing": "notebooks",
    "lab": "notebooks",
    "readiness": "notebooks",
    "surroundings": "notebooks",
}
# Which parts may import a library: data flows from tables to charts to panels.
OWNERS = {
    "ipywidgets": {"panels"},
    "anywidget": {"panels"},
    "itables": {"panels"},
    "traitlets": {"panels", "briefing", "lab"},
    "matplotlib": {"charts", "style"},
    "seaborn": {"charts", "style"},
    "voila": {"briefing"},
    "xlsxwriter": {"exporting"},
    "pyarrow": {"exporting"},
    "docx": {"drafting", "exporting"},
    "pptx": {"exporting"},
    "fpdf": {"exporting"},
    "bs4": {"drafting"},
    "markdown_it": {"drafting"},
    "pypdfium2": {"drafting"},
    "filelock": {"deciding"},
}


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _part(path: Path) -> str:
    """Name of the module or folder of the package that a file belongs to."""
    return path.relative_to(ROOT / "ftz_data").parts[0].removesuffix(".py")


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


def _make(*arguments: str) -> str:
    """What make would run, if nothing were there yet."""
    command = ["make", "--dry-run", "--always-make", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize(
    ("target", "extras"),
    [
        ("lab", {"notebooks"}),
        ("briefing", {"notebooks"}),
        ("hub", {"hub"}),
        ("check", {"test"}),
        ("docs", {"docs"}),
    ],
)
def test_a_target_installs_what_it_needs_alone(target, extras):
    assert set(re.findall(r'-e "\.\[([^\]]*)\]"', _make(target))) == extras


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize(
    ("named", "hub"),
    [
        ("", True),
        ("-m slow", True),
        ("tests", True),
        ("tests/test_hub.py::test_a_notebook_runs -x", True),
        ("tests/test_words.py", False),
        ("tests/test_words.py::test_x -x", False),
        ("notebooks/01_customs.ipynb", False),
        ("data/observations.csv ftz_data README.md", False),
    ],
)
def test_npm_runs_for_the_tests_of_the_hub_alone(named, hub):
    assert ("npm install" in _make("test", f"ARGS={named}")) == hub


def test_one_version_everywhere():
    version = ftz_data.__version__
    assert yaml.safe_load(_read("CITATION.cff"))["version"] == version, "CITATION.cff"
    assert importlib.metadata.version("ftz-data") == version, "installed: run `make venv`"
    assert f"\n## [{version}]" in _read("CHANGELOG.md"), f"CHANGELOG.md has no entry for {version}"


def test_ci_lets_nothing_be_skipped_and_stops_at_the_first_failure(tmp_path):
    made = tmp_path / "made"
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    for name, does in (
        ("make", f'echo "$FTZ_REQUIRE_ALL $*" >> {made}; [ "$1" != docs ]'),
        ("chromium", ":"),
        ("soffice", ":"),
    ):
        (bin_ / name).write_text(f"#!/bin/sh\n{does}\n")
        (bin_ / name).chmod(0o755)
    folder = tmp_path / "project" / ".ci"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / ".ci/run", folder)
    path = f"{bin_}:/usr/bin:/bin"
    run = subprocess.run([folder / "run"], env={"PATH": path}, capture_output=True, text=True)
    assert run.returncode != 0, "a step that fails is passed over"
    assert made.read_text().splitlines() == ["1 check", "1 docs"], run.stderr


def test_every_fault_of_the_mutants_can_be_made():
    for mutant in tomllib.loads(_read("benchmarks/mutants.toml"))["mutant"]:
        count = _read(mutant["file"]).count(mutant["old"])
        assert count == 1, f"{mutant['what']}: its text stands {count} times in {mutant['file']}"


def test_constraints_pin_exactly_and_name_no_host():
    lines = _read("constraints.txt").splitlines()
    assert lines, "constraints.txt is empty"
    for line in lines:
        assert re.fullmatch(r"[\w.-]+==[\w.]+", line), f"not name==version: {line}"


def test_constraints_fit_the_declaredrequirements():
    pins = requirements(_read("constraints.txt").splitlines())
    wanted = requirements(PROJECT["dependencies"] + sum(EXTRAS.values(), []))
    for name, requirement in wanted.items():
        assert name in pins, f"constraints.txt lacks {name}; run `make constraints`"
        version = str(pins[name].specifier).removeprefix("==")
        fits = requirement.specifier.contains(version)
        assert fits, f"{name} {version} does not fit {requirement}"


def test_each_requirement_has_a_lowest_version():
    for each in requirements(PROJECT["dependencies"] + sum(EXTRAS.values(), [])).values():
        assert re.fullmatch(r"[\d.]+", lowest(each)), each


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
    declared = PROJECT["dependencies"] + EXTRAS["export"]
    ours = {name: str(each.specifier) for name, each in requirements(listed).items()}
    theirs = {name: str(each.specifier) for name, each in requirements(declared).items()}
    assert ours == theirs


def test_each_part_imports_what_its_extra_declares():
    providers = importlib.metadata.packages_distributions()
    assert MODULES, "no module found"
    assert set(PARTS) <= set(map(_part, MODULES)), "a part that is not there"
    for path in MODULES:
        extra = PARTS.get(_part(path))
        declared = requirements(PROJECT["dependencies"] + EXTRAS.get(extra, []))
        for name in _imports(path):
            names = {canonicalize_name(each) for each in providers.get(name, [name])}
            place = f"the extra {extra}" if extra else "the dependencies"
            assert names & set(declared), f"{path.name} imports {name}, which {place} lack"


def test_the_test_extra_brings_all_but_the_docs():
    everything = requirements(sum((EXTRAS[name] for name in EXTRAS if name != "docs"), []))
    lacking = set(everything) - set(requirements(EXTRAS["test"]))
    assert not lacking, f"make test would lack {sorted(lacking)}"


def test_what_is_overridden_has_an_upper_bound():
    declared = requirements(EXTRAS["notebooks"])
    for name in ("matplotlib", "voila"):
        bounds = {each.operator for each in declared[name].specifier}
        assert "<" in bounds, f"{name} has no upper bound, though private parts of it are used"


def test_libraries_stay_with_their_modules():
    for path in MODULES:
        for name in _imports(path) & set(OWNERS):
            allowed = OWNERS[name]
            assert _part(path) in allowed, f"{path.name} imports {name}; only {sorted(allowed)} may"


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
