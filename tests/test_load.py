"""The loaders: each docstring is the codebook of its table, and names what is there."""

import inspect
import re

import pytest

from ftz_data import derived, load
from ftz_data.package import BUILT_IN

LOADERS = {
    name.removeprefix("load_"): loader
    for module in (load, derived)
    for name, loader in inspect.getmembers(module, inspect.isfunction)
    if name.startswith("load_") and loader.__module__ == module.__name__
}


def _named(loader) -> set[str]:
    """Columns that a docstring lists."""
    _, _, listed = inspect.getdoc(loader).partition("The columns are")
    return set(re.findall(r"`([a-z_]+)`", listed.partition("\n\n")[0]))


def _stems(columns) -> set[str]:
    return {re.sub("_(en|zh)$", "", column) for column in columns}


def test_there_are_loaders():
    assert {"observations", "derived"} <= set(LOADERS), sorted(LOADERS)


@pytest.mark.parametrize("name", LOADERS)
def test_a_docstring_lists_the_columns_of_its_table(name):
    columns = set(LOADERS[name]().columns)
    named = _named(LOADERS[name])
    # A text in two languages may be named once.
    missing = _stems(columns) - _stems(named)
    assert not missing, f"load_{name} does not list {sorted(missing)}"
    tables = {f"load_{table}" for table in BUILT_IN.resources}
    more = named - columns - _stems(columns) - tables
    assert not more, f"load_{name} lists {sorted(more)}, which is no column"


@pytest.mark.parametrize("name", LOADERS)
def test_a_docstring_names_the_key_of_its_table(name):
    key = BUILT_IN.resources[name]["schema"]["primaryKey"]
    key = key if isinstance(key, str) else ", ".join(key)
    assert f"Key: `{key}`." in inspect.getdoc(LOADERS[name]), f"load_{name}: the key is {key}"
