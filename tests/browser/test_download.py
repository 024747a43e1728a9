"""What a panel gives to take home, asked for in Chromium after it was moved."""

import io
import shutil

import docx
import openpyxl
import pptx
import pypdfium2
import pytest

from browser.conftest import Watch
from browser.driving import NOTEBOOKS, log_in, run_all, settle
from browser.serving import (
    TOKEN,
    briefing_command,
    free_port,
    lab_command,
    lab_environment,
    serving,
)
from ftz_data import language, panels
from ftz_data.panels import download
from ftz_data.panels.page import page as current_page

pytestmark = pytest.mark.browser

[FINANCE] = [path for path in NOTEBOOKS if path.stem == "04_finance"]
# As the controls of the loan pool write it: another amount lent than the report prints.
MOVED = "2 billion yuan"


@pytest.fixture(scope="module")
def query():
    """The state of a page on which the amount that the pool lends was moved."""
    current_page.cache_clear()
    panel = panels.picture("loan_pool")
    panel.set(lent=2e9)
    language.use("en")
    yield current_page().state, panel.code
    panel.close()


@pytest.fixture
def context(browser):
    context = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def _panel(page, line):
    """The panel that shows a line of Python."""
    # JupyterLab keeps those cells alone that are on screen.
    page.wait_for_function(
        """line => {
          const shown = [...document.querySelectorAll(".ftz-panel code")]
            .some((each) => each.textContent === line);
          const area = document.querySelector(".jp-WindowedPanel-outer");
          if (!shown && area) {
            const before = area.scrollTop;
            area.scrollBy({ top: area.clientHeight / 2, behavior: "instant" });
            if (area.scrollTop === before) area.scrollTop = 0;
          }
          return shown;
        }""",
        arg=line,
        polling=500,
    )
    for panel in page.query_selector_all(".ftz-panel"):
        code = panel.query_selector("code")
        if code and code.text_content() == line:
            return panel
    raise AssertionError(f"no panel shows {line}")


def _click(button):
    button.click()


def _by_keyboard(button):
    button.focus()
    button.press("Enter")


def _files(page, panel, press=_click):
    """A file a format, as the browser keeps it."""
    found = {}
    for form in download.FORMATS:
        button = panel.query_selector(f".ftz-download:text-is('{form}')")
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24, f"{form}: {box} is small for a finger"
        with page.expect_download(timeout=120_000) as given:
            press(button)
        assert given.value.suggested_filename == f"picture-loan_pool.{form}"
        found[form] = io.BytesIO(given.value.path().read_bytes())
    return found


def _hold_the_moved_value(files):
    [slide] = list(pptx.Presentation(files["pptx"]).slides)[1:]
    [shown] = [shape.table for shape in slide.shapes if shape.has_table]
    for table in (docx.Document(files["docx"]).tables[0], shown):
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        [moved] = [row for row in rows if row[1] == MOVED]
        assert moved[2].startswith("Assumed"), f"{moved} is not said to be assumed"
    cells = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(files["xlsx"]).worksheets[0]
    ]
    [moved] = [row for row in cells if row[0] == "lent"]
    assert 2e9 in moved and "Assumed" in moved, moved
    [printed] = pypdfium2.PdfDocument(files["pdf"])
    words = printed.get_textpage().get_text_bounded()
    assert f"{MOVED} Assumed" in " ".join(words.split()), f"{MOVED} is not assumed in {words}"
    assert files["png"].read(4) == b"\x89PNG"


def test_in_the_briefing(context, query, tmp_path):
    port, (state, line) = free_port(), query
    left = tmp_path / "temporary"
    left.mkdir()
    own = {"TMPDIR": str(left)}
    with serving(briefing_command(port, "--preheat_kernel=False"), port, tmp_path / "log", own):
        watch, page = Watch(context), context.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"http://127.0.0.1:{port}/?token={TOKEN}")
        page.goto(f"http://127.0.0.1:{port}/voila/render/{FINANCE.name}?{state}")
        panel = _panel(page, line)
        settle(page, panel, "en", line=line)
        _hold_the_moved_value(_files(page, panel))
        assert not watch.errors and watch.hosts <= {"127.0.0.1"}, (watch.errors, watch.hosts)
        kept = [each for each in left.rglob("*") if each.suffix[1:] in download.FORMATS]
        assert not kept, f"the server keeps {kept}"


@pytest.mark.slow
def test_in_jupyterlab(context, query, tmp_path):
    port, (state, line) = free_port(), query
    folder = tmp_path / "notebooks"
    folder.mkdir()
    # JupyterLab saves what it runs.
    shutil.copy(FINANCE, folder)
    own = lab_environment(tmp_path / "config")
    with serving(lab_command(port, folder), port, tmp_path / "log", own):
        log_in(context, f"http://127.0.0.1:{port}")
        watch, page = Watch(context), context.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"http://127.0.0.1:{port}/lab/workspaces/taken/tree/{FINANCE.name}?{state}")
        run_all(page)
        panel = _panel(page, line)
        settle(page, panel, "en", line=line)
        _hold_the_moved_value(_files(page, panel, _by_keyboard))
        assert not watch.errors and watch.hosts <= {"127.0.0.1"}, (watch.errors, watch.hosts)
