"""What a panel gives to take home: the brief of its system with its present values."""

import io

import docx
import openpyxl
import pptx
import pytest

from ftz_data import charts, exporting, language, panels
from ftz_data.exporting.columns import COLUMNS
from ftz_data.panels import download
from ftz_data.panels.page import page

MOVED = {"en": "2 billion yuan", "zh": "20亿元"}
ASSUMED = {"en": "Assumed", "zh": "假设"}


@pytest.fixture(autouse=True)
def english():
    page.cache_clear()
    language.use("en")
    yield
    for shown in list(page().shown()):
        shown.close()
    language.use("en")


@pytest.fixture
def panel():
    panel = panels.picture("loan_pool")
    panel.set(lent=2e9)
    return panel


def _asked(panel, content):
    """What the browser is sent when it asks."""
    sent = []
    panel._download.send = lambda message, buffers: sent.append((message, buffers))
    panel._download._handle_custom_msg(content, [])
    return sent


def _cells(payload):
    sheet = openpyxl.load_workbook(io.BytesIO(payload)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_documents_hold_the_moved_value_and_say_that_it_is_assumed(panel, lang):
    language.use(lang)
    document = docx.Document(io.BytesIO(panel.file("docx")))
    [slide] = list(pptx.Presentation(io.BytesIO(panel.file("pptx"))).slides)[1:]
    [shown] = [shape.table for shape in slide.shapes if shape.has_table]
    for table in (document.tables[0], shown):
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        [moved] = [row for row in rows if row[1] == MOVED[lang]]
        assert ASSUMED[lang] in moved[2], f"{moved} does not say that it is assumed"
    answer = panel._picture.reading
    assert slide.shapes.title.text == answer, "the slide does not say what the panel does"
    assert answer in [each.text for each in document.paragraphs], "the brief lacks the answer"
    said = [shape._element.nvPicPr.cNvPr.get("descr") for shape in slide.shapes
            if shape.name == "Picture"]  # fmt: skip
    assert said == [panel.words], "the picture is not the one that the panel shows"
    assert panel.code in slide.notes_slide.notes_text_frame.text, "the line of Python is lost"


def test_the_workbook_holds_the_number_and_its_basis(panel):
    names = [name for column in COLUMNS for name, _ in column.heads(("en",))]
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in _cells(panel.file("xlsx"))}
    assert rows["lent"]["value"] == 2e9 and rows["lent"]["basis_en"] == "Assumed", rows["lent"]
    assert "1.18 billion yuan at the start" in rows["lent"]["source_en"], rows["lent"]
    assert rows["fund"]["basis_en"] == "Published elsewhere", rows["fund"]
    assert rows["pool_lent_level"]["basis_en"] == "Reported", "the report's own figure is lost"
    panel.reset()
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in _cells(panel.file("xlsx"))}
    assert rows["lent"]["basis_en"] == "Reported", "a value at its start is called assumed"


@pytest.mark.slow
def test_the_picture_is_the_one_of_the_values(panel):
    drawn = panel.file("png")
    assert drawn.startswith(b"\x89PNG")
    assert drawn == panel.file("png"), "two files of one state differ"
    panel.reset()
    assert drawn != panel.file("png"), "the picture is that of the start"


@pytest.mark.parametrize(
    "make",
    [
        lambda: panels.what_if("ore_blending"),
        pytest.param(panels.supervision_modes, marks=pytest.mark.slow),
        pytest.param(lambda: panels.doubt("finance"), marks=pytest.mark.slow),
        pytest.param(panels.implied, marks=pytest.mark.slow),
    ],
)
def test_every_panel_has_a_file_in_each_format_that_it_offers(make):
    panel = make()
    for form in panel._download.formats:
        [(message, [payload])] = _asked(panel, {"format": form})
        assert message == {"name": f"{panel.key}.{form}"}, message
        assert 1000 < len(payload) < download.MOST, f"{form}: {len(payload)} bytes"
    is_chart = isinstance(panel._function(**panel._fixed, **panel.values), charts.Chart)
    assert ("png" in panel._download.formats) == is_chart, "a table is offered as a picture"


@pytest.mark.parametrize("content", [{"format": "../x"}, {"format": ["docx"]}, {}, "docx", None])
def test_what_is_no_format_is_not_answered(panel, content):
    assert _asked(panel, content) == []


@pytest.mark.slow
def test_nothing_is_written_to_a_disk_and_nothing_stays(panel, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    state = dict(panel._download.get_state())
    for form in download.FORMATS:
        assert _asked(panel, {"format": form}), form
    assert not list(tmp_path.rglob("*")), "a file is left on the disk"
    assert panel._download.get_state() == state, "the file stays in the state of the widget"


def test_a_table_stands_on_the_slide_as_lines():
    panel = panels.what_if("ore_blending")
    [slide] = list(pptx.Presentation(io.BytesIO(panel.file("pptx"))).slides)[1:]
    words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    lines = "\n".join(panel.words.splitlines()[1:])
    assert lines in words, "the slide lacks what the panel shows"
    [table] = [shape.table for shape in slide.shapes if shape.has_table]
    assert table.cell(1, 1).text == "10 days", "the reader's number has no unit"


def test_a_file_that_is_too_large_is_said(panel, monkeypatch):
    monkeypatch.setattr(download, "MOST", 10)
    assert _asked(panel, {"format": "xlsx"}) == []
    assert panel._download.said == "The file is too large"
    panel.set(lent=1e9)
    assert panel._download.said == "", "the refusal stays"


def test_a_missing_library_is_said(panel, monkeypatch):
    def missing(*arguments):
        raise download.MissingExtra("docx is missing or too old: pip install 'ftz-data[export]'")

    monkeypatch.setattr(exporting, "write", missing)
    assert _asked(panel, {"format": "docx"}) == []
    assert panel._download.said.endswith("pip install 'ftz-data[export]'")
