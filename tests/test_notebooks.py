"""Notebooks: what a cell may hold, both languages on each page, and outputs that follow the data.

That the outputs are those of the present data is nbval's part: `make test` runs it on `notebooks/`.
"""

import ast
import csv
import re
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path

import nbformat
import pytest
import run_notebooks
from bs4 import BeautifulSoup
from chinese_page import CHINESE, IN_CODE, english, of_html, visible

import ftz_data
from conftest import ROOT

PATHS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
# Those of the folders beside them are written from tables, and are no pages of the briefing.
PAGES = [path for path in PATHS if path.parent.name == "notebooks"]
CODE_LINES = 3


@pytest.fixture(
    params=PATHS, ids=lambda path: path.relative_to(ROOT / "notebooks").with_suffix("").as_posix()
)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def test_there_are_notebooks():
    assert PAGES, "no notebook in notebooks/"


def test_readme_names_the_notebook(path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = path if path in PAGES else path.parent
    name = named.relative_to(ROOT).as_posix()
    assert name in readme, f"README.md does not name {name}"


def test_every_cell_was_executed_in_order(notebook):
    counts = [cell.execution_count for cell in run_notebooks.code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1)), "run `make notebooks`"


def test_outputs_are_clean(notebook):
    for cell in run_notebooks.code_cells(notebook):
        for output in cell.outputs:
            assert output.output_type != "error", f"{cell.source} ends in an error"
            assert output.get("name") != "stderr", f"{cell.source} writes to stderr"


def test_nothing_is_kept_that_changes_from_run_to_run(notebook):
    kept = nbformat.from_dict(notebook)
    run_notebooks.strip(kept)
    assert kept == notebook, "run `make notebooks`, which strips widget state and timestamps"


def test_cells_are_calls_and_no_logic(notebook):
    for cell in run_notebooks.code_cells(notebook):
        assert len(cell.source.splitlines()) <= CODE_LINES, f"a long cell: {cell.source}"
        assert "NBVAL" not in cell.source.upper(), f"a cell outside the tests: {cell.source}"
        for node in ast.walk(ast.parse(cell.source)):
            # An assignment and an expression are all the statements that a reader needs.
            if isinstance(node, ast.stmt):
                allowed = ast.Import | ast.ImportFrom | ast.Assign | ast.Expr
                assert isinstance(node, allowed), f"logic in a cell: {cell.source}"
            assert not isinstance(node, ast.Lambda | ast.IfExp | ast.comprehension), cell.source
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [getattr(node, "module", None) or node.names[0].name]
                assert names[0].split(".")[0] == "ftz_data", f"only ftz_data: {cell.source}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"[/\\]", node.value), f"a path in a cell: {cell.source}"


def test_prose_stands_in_both_languages(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            page = BeautifulSoup(cell.source, "html.parser")
            blocks = {block["lang"]: block.extract() for block in page.find_all("div", lang=True)}
            assert set(blocks) == {"en", "zh"}, f"not one block a language: {cell.source}"
            assert not page.get_text().strip(), f"text outside of both languages: {cell.source}"
            for block in blocks.values():
                # Without the blank line, Markdown in the block would show as it is typed.
                assert re.match(r"\n\n\S", block.text), f"no blank line in: {cell.source}"
            assert CHINESE.search(blocks["zh"].text), f"no Chinese: {cell.source}"
            assert not CHINESE.search(_prose(blocks["en"].text)), f"not English: {cell.source}"


def test_no_prose_stands_twice():
    first = {}
    for path in PAGES:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "markdown":
                continue
            for paragraph in cell.source.split("\n\n"):
                # Sections have headings in common, by which a reader finds the way in each.
                if paragraph.startswith(("<", "#")):
                    continue
                assert paragraph not in first, (
                    f"{path.name} repeats {first[paragraph]}: {paragraph!r}; what goes for all "
                    "panels of a kind is a `lead_` in texts.csv"
                )
                first[paragraph] = path.name
    assert first, "no prose was found"


def _prose(markdown: str) -> str:
    """Markdown without code, and without what is quoted from the report as printed."""
    return re.sub(r"\*[^*]*\*|“[^”]*”", "", IN_CODE.sub("", markdown))


def test_a_chinese_page_shows_what_stands_in_each_place():
    output = nbformat.v4.new_output("display_data", {"text/html": '<p title="one">图</p>'})
    plain = nbformat.v4.new_output("display_data", {"text/plain": "two"})
    cells = [
        nbformat.v4.new_markdown_cell('<div lang="en">\n\nno\n</div>three `no`'),
        nbformat.v4.new_code_cell("charts.ties()", outputs=[output, plain]),
        nbformat.v4.new_code_cell("panels.implied()", outputs=[plain]),
    ]
    table = {"table_html": "<th>five</th>", "data_json": '[["six"]]'}
    shown = {
        "printed": ["four"],
        "widgets": [
            {"_dt_args": table, "_dom_classes": ["no"]},
            {"_options_labels": ["seven"]},
            {"names": {"no": "eight"}, "value": "no"},
        ],
    }
    texts = " ".join(visible(nbformat.v4.new_notebook(cells=cells), shown))
    assert english(texts) == ["three", "one", "two", "four", "five", "six", "seven", "eight"]


def test_english_is_told_from_names():
    assert english("见 https://example.org/page 与E25、BG136、30万TEU") == []
    assert english("该图 shows 两个数字") == ["shows"]
    page = '<div lang="en">An area</div><img alt="图"><code>chart = draw()</code>'
    assert of_html(page).split() == ["图"]


# A notebook, another value for a figure that it shows, and the call in it that shows the figure.
CHANGES = [
    ("00_overview", "ties", "rail_bill", "reason_en", "Nothing", "charts.ties"),
    ("01_customs", "observations", "crude_time_before", "upper", "4", "charts.figures"),
    ("02_logistics", "observations", "linkage_vessels_level", "upper", "2500", "charts.figures"),
    ("03_trade", "supervision_modes", "1210", "buyer", "business", "charts.supervision_modes"),
    ("04_finance", "parameters", "freight_insurance", "default", "11", "panels.picture"),
    ("05_gene_tech", "pipeline", "bg136_drug", "step", "approved", "charts.pipeline"),
    ("06_outcomes", "context", "port_container_rank_2024", "title_en", "No", "charts.implied"),
    (
        "07_consistency",
        "consistency",
        "port_rank_containers",
        "statement_en",
        "No",
        "charts.consistency",
    ),
]


def _change(package: Path, table: str, key: str, column: str, new: str) -> None:
    path = package / "data" / f"{table}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    row = next((row for row in rows if row[0] == key), None)
    assert row, f"{path.name} has no row {key}: choose another for CHANGES"
    assert row[header.index(column)] != new, f"{key} has {new} already"
    row[header.index(column)] = new
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def _cell(name: str, call: str) -> str:
    """Name that nbval gives to the first cell with a call."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    sources = [cell.source for cell in run_notebooks.code_cells(notebook)]
    found = [number for number, source in enumerate(sources) if source.startswith(call)]
    assert found, f"{name} has no call of {call}: choose another for CHANGES"
    return f"notebooks/{name}.ipynb::Cell {found[0]}"


@pytest.mark.notebook
def test_a_changed_figure_fails_its_notebook(tmp_path, monkeypatch):
    package = shutil.copytree(
        ROOT / "ftz_data", tmp_path / "ftz_data", ignore=shutil.ignore_patterns("__pycache__")
    )
    for _, *change, _ in CHANGES:
        _change(package, *change)
    changed = [_cell(name, call) for name, *_, call in CHANGES]
    # The reader's page shows no figure of the report.
    shows = {path.stem for path in PAGES} - {"08_reader"}
    assert {name for name, *_ in CHANGES} == shows, "one change a notebook"
    # In each notebook only the import, which must pass, and the call, which must not.
    imports = [re.sub(r"\d+$", "0", cell) for cell in changed]

    # The copy comes before the installed package on the kernel's path.
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    command = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with=tests/nbval_sanitize.cfg"]
    command += [
        "-q",
        "-rA",
        "-p",
        "no:cacheprovider",
        "--color=no",
        *chain(*zip(imports, changed, strict=True)),
    ]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    outcomes = re.findall(r"^(PASSED|FAILED) (.*?::Cell \d+)", run.stdout, re.MULTILINE)
    expected = [*(("PASSED", cell) for cell in imports), *(("FAILED", cell) for cell in changed)]
    assert sorted(outcomes) == sorted(expected), run.stdout + run.stderr
    # The summary repeats each in full where pytest sees that it runs in CI.
    reports = run.stdout.partition("short test summary info")[0]
    assert reports.count("Cell outputs differ") == len(CHANGES), run.stdout


def test_the_version_that_the_notebooks_load_is_this_one():
    assert ftz_data.__file__.startswith(str(ROOT)), f"{ftz_data.__file__} is another ftz_data"
