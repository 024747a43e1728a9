"""What docs/defence.md says is held by a test that exists."""

import ast
import re

import pytest

from conftest import ROOT

PAGE = (ROOT / "docs/defence.md").read_text(encoding="utf-8")
ROWS = [row for row in PAGE.splitlines() if row.startswith("|") and "::" in row]


@pytest.mark.parametrize("row", ROWS)
def test_each_line_of_defence_names_a_test(row):
    what, held, test = [cell.strip() for cell in row.strip("|").split("|")]
    assert what and held
    path, name = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", test).groups()
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    names = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
    assert name in names, f"{path} has no {name}: nothing holds that {held}"


def test_no_line_of_defence_is_without_a_test():
    lines = [row for row in PAGE.splitlines() if row.startswith("|")]
    # Two tables, each with a head and a rule.
    assert len(ROWS) == len(lines) - 4 > 15
