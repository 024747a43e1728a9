"""A data package: its tables, rows and look-ups, the one message, and what the package offers."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import ftz_data
from ftz_data.package import BUILT_IN, Package, nearest, unknown

FOLDER = Path(ftz_data.__file__).parent


def test_a_row_is_found_by_its_key():
    assert BUILT_IN.row("instruments", "crude_release").name_zh == "先放后检"
    assert BUILT_IN.row("parameters", "crude_release", "teams").symbol == "c"


@pytest.mark.parametrize("name", BUILT_IN.resources)
def test_rows_are_those_of_the_table_by_key(name):
    table, rows = BUILT_IN.table(name), BUILT_IN.rows(name)
    assert len(rows) == len(table)
    assert [list(row._fields) for row in rows.values()] == [list(table.columns)] * len(table)
    assert rows is BUILT_IN.rows(name), "read anew at each call"


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [
        ("instruments", ["crude_relese"], "no instrument 'crude_relese'; nearest: crude_release"),
        ("observations", ["gop_valu"], "no observation 'gop_valu'; nearest: gop_value_level"),
        ("parameters", ["crude_release", "team"], "no parameter 'team'; nearest: teams"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_and_the_file(table, key, words):
    with pytest.raises(KeyError) as caught:
        BUILT_IN.row(table, *key)
    assert words in caught.value.args[0]
    assert caught.value.args[0].endswith(f"; each is a row of {table}.csv")


def test_only_keys_beside_it_are_near():
    # Another model has a parameter "cycle"; this one has not.
    with pytest.raises(KeyError) as caught:
        BUILT_IN.row("parameters", "crude_release", "cycle")
    own = [key for model, key in BUILT_IN.rows("parameters") if model == "crude_release"]
    assert ", ".join(own) in caught.value.args[0], "known are those of the model"


def test_an_unknown_table_is_named_with_the_nearest():
    with pytest.raises(KeyError, match="no table 'observation'; nearest: observations"):
        BUILT_IN.table("observation")


def test_nothing_near_shows_what_there_is():
    assert nearest("x", "abc") == "known: a, b, c"
    assert nearest("x", "abcdef") == "known: a, b, c, d, e …"
    assert unknown("thing", "x", []).args[0] == "no thing 'x'; known: none"


def test_what_a_function_makes_of_a_package_is_kept_by_the_package(data):
    calls = []

    def count(package):
        calls.append(package)
        return len(package.table("observations"))

    one, other = Package(data), Package(data)
    assert one.once(count) == one.once(count) == other.once(count)
    assert calls == [one, other]


def test_two_packages_keep_apart(data):
    path = data / "instruments.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("先放后检", "先检后放"), encoding="utf-8"
    )
    other = Package(data)
    assert other.row("instruments", "crude_release").name_zh == "先检后放"
    assert BUILT_IN.row("instruments", "crude_release").name_zh == "先放后检"


def test_the_stub_lists_what_the_package_offers():
    tree = ast.parse((FOLDER / "__init__.pyi").read_text(encoding="ascii"))
    listed = [
        (node.module, alias.name, alias.asname)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    assert [name for _, name, _ in listed] == [shown for *_, shown in listed], (
        "`from .x import name as name`: without `as` a type checker takes a name for private"
    )
    assert dir(ftz_data) == sorted(name for _, name, _ in listed)
    for module, name, _ in listed:
        offered = getattr(ftz_data, name)
        if module is None:
            assert inspect.ismodule(offered), name
        else:
            assert offered.__module__.startswith("ftz_data"), name
            assert offered.__doc__, f"{name} has no docstring"


def test_the_package_is_marked_as_typed():
    assert (FOLDER / "py.typed").is_file()


def test_the_tables_need_no_library_of_charts_or_panels():
    code = (
        "import sys, ftz_data; ftz_data.load_observations(); ftz_data.load_figures();"
        "ftz_data.describe('crude_release'); ftz_data.find('oil'); ftz_data.parse_figure('35%');"
        "print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )  # fmt: skip
    heavy = {"scipy", "matplotlib", "seaborn", "PIL", "ipywidgets", "traitlets", "IPython"}
    assert not heavy & set(run.stdout.split())
