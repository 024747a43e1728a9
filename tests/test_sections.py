"""Every system, figure and claim of the report has its place in the notebooks."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

import ftz_data
from ftz_data.package import BUILT_IN
from ftz_data.words import in_words, title

NOTEBOOKS = {
    path.name: nbformat.read(path, as_version=4)
    for path in sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
}
CODE = [
    cell for notebook in NOTEBOOKS.values() for cell in notebook.cells if cell.cell_type == "code"
]
# Plain text of what each cell shows, and every call in the cells.
SHOWN = [
    "\n".join(output["data"].get("text/plain", "") for output in cell.outputs if "data" in output)
    for cell in CODE
]
CALLS = [
    node for cell in CODE for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)
]


def _calls(name):
    """Arguments of every call of a function in the notebooks."""
    return [
        [ast.literal_eval(argument) for argument in call.args]
        for call in CALLS
        if ast.unparse(call.func) == name
    ]


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 7, f"only {sorted(NOTEBOOKS)}"
    assert CODE, "no notebook has a cell of code"


@pytest.mark.parametrize(
    "row", list(ftz_data.load_observations().itertuples()), ids=lambda row: row.observation_id
)
def test_every_figure_is_shown(row):
    figure = re.compile(re.escape(f"{_title(row)}: {in_words(row, 'en')}").replace(r"\ ", r"\s+"))
    assert any(figure.search(text) for text in SHOWN), (
        f"no notebook shows {row.observation_id}: run `make notebooks`, which shows each figure in "
        "the chart of its section"
    )


def _title(row):
    return title(row, "en")


@pytest.mark.parametrize(
    "row", list(ftz_data.load_claims().itertuples()), ids=lambda row: row.claim_id
)
def test_every_claim_is_shown(row):
    assert any(row.title_en in text for text in SHOWN), (
        f"no notebook shows the claim {row.claim_id}: run `make notebooks`"
    )


@pytest.mark.parametrize("instrument", ftz_data.load_instruments()["instrument"])
def test_every_system_has_a_card_and_shows_its_mechanism(instrument):
    assert [instrument] in _calls("describe"), (
        f'no notebook has a cell with describe("{instrument}"): add one to that of its section'
    )
    shown = [*_calls("panels.picture"), *_calls("charts.picture"), *_calls("panels.doubt")]
    for key, row in BUILT_IN.rows("pictures").items():
        assert row.instrument != instrument or [key] in shown or row.shape == "doubt", (
            f'no notebook shows panels.picture("{key}")'
        )
