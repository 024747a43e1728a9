"""Every system, figure and claim of the report has its place in the notebooks."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

import ftz_data
from ftz_data import language, panels

NOTEBOOKS = {
    path.name: nbformat.read(path, as_version=4)
    for path in sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
}
CODE = [
    cell for notebook in NOTEBOOKS.values() for cell in notebook.cells if cell.cell_type == "code"
]


def _texts(cell):
    """Plain text of what a cell shows."""
    return "\n".join(
        output["data"].get("text/plain", "") for output in cell.outputs if "data" in output
    )


def _calls(name):
    """Arguments of every call of a function in the notebooks."""
    found = []
    for cell in CODE:
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                found.append([ast.literal_eval(argument) for argument in node.args])
    return found


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 7
    assert CODE


@pytest.mark.parametrize(
    "row", list(ftz_data.load_observations().itertuples()), ids=lambda row: row.observation_id
)
def test_every_figure_is_shown(row):
    figure = re.compile(
        re.escape(f"{_title(row)}: {language.in_words(row, 'en')}").replace(r"\ ", r"\s+")
    )
    assert any(figure.search(_texts(cell)) for cell in CODE)


def _title(row):
    from ftz_data.cards import title

    return title(row, "en")


@pytest.mark.parametrize(
    "row", list(ftz_data.load_claims().itertuples()), ids=lambda row: row.claim_id
)
def test_every_claim_is_shown(row):
    assert any(row.title_en in _texts(cell) for cell in CODE)


@pytest.mark.parametrize("instrument", ftz_data.load_instruments()["instrument"])
def test_every_system_has_a_card_and_a_panel(instrument):
    assert [instrument] in _calls("describe")
    reached = {name for (name,) in _calls("panels.what_if")}
    for (section,) in _calls("panels.claims"):
        reached |= set(panels.claims(section)._declare({})[0].options)
    figures = ftz_data.load_observations().set_index("observation_id")["instrument"]
    for (section,) in _calls("panels.figures"):
        keys = panels.figures(section)._declare({})[0].options
        reached |= set(figures[keys].dropna())
    assert instrument in reached
