"""Notebooks: what a cell may hold, both languages on each page, and outputs that follow the data.

That the outputs are those of the present data is nbval's part: `make test` runs it on `notebooks/`.
"""

import ast
import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import nbformat
import pytest
import run_notebooks
from bs4 import BeautifulSoup
from conftest import ROOT

import ftz_data

PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CODE_LINES = 3

# What a Chinese page may show in Latin letters beside abbreviations: names, and max of a formula.
NAMES = {"Cell", "English", "IoT", "JupyterLab", "Python", "max"}
CHINESE = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’]+")
# Addresses, and the fields of DataTables' own texts.
NO_WORDS = re.compile(r"https?://\S+|_[A-Z]+_")
IN_CODE = re.compile(r"```.*?```|`[^`]*`|(?<=\])\([^)]*\)", re.DOTALL)

# Attributes of widgets whose texts are on the screen.
SHOWN = {"description", "tooltip", "placeholder", "alt", "value", "options", "caption"}


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def test_there_are_notebooks():
    assert PATHS, "no notebook in notebooks/"


def test_readme_names_the_notebook(path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"notebooks/{path.name}" in readme, f"README.md does not name {path.name}"


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


def _prose(markdown: str) -> str:
    """Markdown without code, and without what is quoted from the report as printed."""
    return re.sub(r"\*[^*]*\*|“[^”]*”", "", IN_CODE.sub("", markdown))


def _of_html(html: str) -> str:
    """Text of HTML on a Chinese page: what is marked as English is hidden there, code is Python."""
    page = BeautifulSoup(html, "html.parser")
    for hidden in page.select("[lang=en], code, pre, style, script"):
        hidden.decompose()
    attributes = ("alt", "title", "aria-label", "placeholder")
    texts = [element.get(name, "") for element in page.find_all() for name in attributes]
    return " ".join([page.get_text(" "), *texts])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)


def visible(notebook: nbformat.NotebookNode) -> Iterator[str]:
    """Every text that stands on the Chinese page of an executed notebook."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield IN_CODE.sub("", _of_html(cell.source))
            continue
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            yield output.get("text", "")
            yield _of_html(data["text/html"]) if "text/html" in data else data.get("text/plain", "")
    widgets = notebook.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    for widget in widgets.values():
        for name, value in widget["state"].items():
            if name in SHOWN or name.removeprefix("_").removesuffix("_labels") in SHOWN:
                yield from map(_of_html, _strings(value))
            elif name == "_dt_args":
                # A table of itables: header, cells and the words of its controls.
                shown = [value["table_html"], json.loads(value["data_json"]), value.get("language")]
                yield from map(_of_html, _strings(shown))


def english(text: str) -> list[str]:
    """English words of a text, without names and abbreviations."""
    words = WORD.findall(NO_WORDS.sub("", text))
    return [word for word in words if word not in NAMES and not word.isupper()]


def test_english_is_told_from_names():
    assert english("见 https://example.org/page 与E25、BG136、30万TEU") == []
    assert english("该图 shows 两个数字") == ["shows"]
    page = '<div lang="en">An area</div><img alt="图"><code>chart = draw()</code>'
    assert _of_html(page).split() == ["图"]


def test_chinese_page_holds_no_english_prose(path, monkeypatch):
    monkeypatch.setenv("FTZ_LANG", "zh")
    executed = run_notebooks.execute(path)
    found = {text: words for text in visible(executed) if (words := english(text))}
    assert not found, f"{path.name}: English on the Chinese page: {found}"


# A figure that the notebook shows; with another value, nbval must fail on it.
CHANGES = [
    ("00_overview", "ties.csv", "rail_bill", "reason_en", "Nothing"),
    ("01_customs", "observations.csv", "crude_time_before", "upper", "4"),
    ("02_logistics", "observations.csv", "transit_saving_level", "value", "900"),
    ("03_trade", "supervision_modes.csv", "1210", "buyer", "business"),
    ("04_finance", "parameters.csv", "freight_insurance", "default", "11"),
    ("05_gene_tech", "pipeline.csv", "bg136_drug", "step", "approved"),
    ("06_outcomes", "context.csv", "port_container_rank_2024", "value", "6"),
    ("07_consistency", "consistency.csv", "gop_part", "right", "one_or_more"),
]


@pytest.mark.parametrize(
    ("name", "table", "key", "column", "new"), CHANGES, ids=[change[0] for change in CHANGES]
)
def test_a_changed_figure_fails_its_notebook(tmp_path, monkeypatch, name, table, key, column, new):
    package = shutil.copytree(
        ROOT / "ftz_data", tmp_path / "ftz_data", ignore=shutil.ignore_patterns("__pycache__")
    )
    with open(package / "data" / table, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    row = next(row for row in rows if row[0] == key)
    assert row[header.index(column)] != new, f"{key} has {new} already"
    row[header.index(column)] = new
    with open(package / "data" / table, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])

    # The copy comes before the installed package on the kernel's path.
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    command = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with=tests/nbval_sanitize.cfg"]
    command += ["-q", "-x", "-p", "no:cacheprovider", "--color=no", f"notebooks/{name}.ipynb"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert run.returncode == 1, run.stdout + run.stderr
    assert f"FAILED notebooks/{name}.ipynb::" in run.stdout, run.stdout
    assert "Cell outputs differ" in run.stdout, run.stdout


def test_the_version_that_the_notebooks_load_is_this_one():
    assert ftz_data.__file__.startswith(str(ROOT)), f"{ftz_data.__file__} is another ftz_data"
