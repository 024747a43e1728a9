"""How the modules stand: what may import what, and how large a module and a function may be."""

import ast
import csv

import pytest

from conftest import ROOT

PACKAGE = ROOT / "ftz_data"
PATHS = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PATHS}

# The order in which data flows; a module imports from those before it alone.
with open(ROOT / "docs" / "layers.csv", encoding="utf-8", newline="") as file:
    ORDER = [module for row in csv.DictReader(file) for module in row["modules"].split()]

LINES, FUNCTION_LINES = 400, 60
# What a function that is kept for the whole process may not touch: each report has its own tables.
LOADERS = {
    each.name for each in TREES[PACKAGE / "load.py"].body if isinstance(each, ast.FunctionDef)
}
TABLES = {"BUILT_IN", "package", "row", "rows", "table", "once", *LOADERS}
# Still to be moved onto the package that they are asked about.
BEHIND = {"charts", "models"}
MOVED = [path for path in PATHS if path.relative_to(PACKAGE).parts[0] not in BEHIND]


def _name(path) -> str:
    """Module of `ftz_data` that a file is, or is a part of."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _in(path) -> list[str]:
    """Parts of the dotted name of the package that a file stands in."""
    return ["ftz_data", *path.relative_to(PACKAGE).parent.parts]


def _imports(path) -> set[str]:
    """Modules of `ftz_data` that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(TREES[path]):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _in(path)[: 1 - node.level or None] if node.level else []
            module = base + (node.module.split(".") if node.module else [])
            names = [[*module, alias.name] for alias in node.names]
        found |= {name[1] for name in names if name[0] == "ftz_data" and len(name) > 1}
    return found & {_name(each) for each in PATHS}


def _relative(path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(TREES[path]) if isinstance(node, ast.FunctionDef)]


def _length(function: ast.FunctionDef) -> int:
    """Lines of a function without its docstring and decorators."""
    lines = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function) is not None:
        lines -= function.body[0].end_lineno - function.body[0].lineno + 1
    return lines


def test_imports_are_found_wherever_they_stand():
    assert PATHS, "no module in ftz_data/"
    of_panels = set().union(*(_imports(path) for path in PATHS if _name(path) == "panels"))
    assert {"charts", "language"} <= of_panels, f"panels import {sorted(of_panels)} alone?"


def test_every_module_has_its_place_in_the_order():
    modules = {_name(path) for path in PATHS} - {"__init__"}
    assert modules == set(ORDER), "docs/layers.csv does not list the modules of ftz_data"
    assert len(ORDER) == len(set(ORDER)), "docs/layers.csv lists a module twice"


@pytest.mark.parametrize("path", PATHS, ids=_relative)
def test_nothing_imports_against_the_stream(path):
    if _name(path) == "__init__":
        assert not _imports(path), "ftz_data/__init__.py imports at once what should load later"
        return
    allowed = ORDER[: ORDER.index(_name(path)) + 1]
    against = _imports(path) - set(allowed)
    assert not against, f"{_relative(path)} imports {sorted(against)}, which come after it"


def test_the_reader_of_figures_stands_alone():
    for path in PATHS:
        if _name(path) == "wording":
            more = _imports(path) - {"package", "wording"}
            assert not more, f"{_relative(path)} imports {sorted(more)}: it reads units alone"


@pytest.mark.parametrize("path", [path for path in PATHS if _name(path) != "charts"], ids=_relative)
def test_modules_and_functions_stay_small(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LINES, f"{_relative(path)} has {lines} lines; {LINES} are allowed"
    for function in _functions(path):
        length = _length(function)
        assert length <= FUNCTION_LINES, (
            f"{_relative(path)}: {function.name} has {length} lines; {FUNCTION_LINES} are allowed"
        )


@pytest.mark.parametrize("path", MOVED, ids=_relative)
def test_no_table_is_kept_beside_its_package(path):
    for function in _functions(path):
        kept = [
            ast.unparse(each) for each in function.decorator_list if "cache" in ast.unparse(each)
        ]
        names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
        names |= {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
        names |= {argument.arg for argument in function.args.args}
        read = names & TABLES
        assert not (kept and read), (
            f"{_relative(path)}: {function.name} keeps what it reads from tables ({sorted(read)}) "
            "for the whole process; use package.once"
        )


@pytest.mark.parametrize("path", MOVED, ids=_relative)
def test_a_row_is_looked_up_through_its_package(path):
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Attribute) and node.attr == "set_index":
            of = ast.unparse(node.value)
            assert not of.startswith("load_"), (
                f"{_relative(path)}:{node.lineno}: {of}.set_index; use package.row or package.rows"
            )
