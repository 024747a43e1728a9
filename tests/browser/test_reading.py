"""The page on which a text is read, in Chromium: in the briefing and in JupyterLab."""

import re
import time

import nbformat
import pytest
from nbconvert.preprocessors import ClearOutputPreprocessor

from browser.conftest import Watch
from browser.driving import run_all
from browser.serving import (
    TOKEN,
    briefing_command,
    free_port,
    lab_command,
    lab_environment,
    serving,
)
from conftest import ROOT
from ftz_data.panels.reader import LIMIT
from ftz_data.wording import read_text

pytestmark = pytest.mark.browser

PATH = ROOT / "notebooks" / "08_reader.ipynb"
SECRET = "不得外传的一句话"
MARKUP = "<img src=x onerror=window.hit=1>"
LINE = f"出口下降4.5%，2024年超500万元；{SECRET}，fell in 12 places，{MARKUP}。\n"
TEXT = (LINE * (20_000 // len(LINE) + 1))[:20_000]
AREA = ".widget-textarea textarea"


@pytest.fixture(scope="module", params=["briefing", "lab"])
def served(request, tmp_path_factory):
    """Folder of all that a server may write, and the address of the reader's page."""
    folder, port = tmp_path_factory.mktemp(request.param), free_port()
    own = {"TMPDIR": str(folder), "HOME": str(folder)}
    address = f"http://127.0.0.1:{port}"
    if request.param == "briefing":
        command, place = briefing_command(port), f"{address}/voila/render/{PATH.name}"
    else:
        notebook = nbformat.read(PATH, as_version=4)
        ClearOutputPreprocessor().preprocess(notebook, {})
        nbformat.write(notebook, folder / PATH.name)
        own |= lab_environment(folder / "config")
        command, place = lab_command(port, folder), f"{address}/doc/tree/{PATH.name}"
    with serving(command, port, folder / "log", own):
        yield folder, place


@pytest.fixture
def visit(browser, served):
    """A function that opens the page as one viewer more, with nothing of an earlier one."""
    _, place = served
    contexts, watches = [], []

    def opened():
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        watches.append(Watch(contexts[-1]))
        page = contexts[-1].new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{place}?token={TOKEN}")
        if "/doc/" in place:
            run_all(page)
        page.wait_for_selector(AREA)
        return page

    yield opened
    for context in contexts:
        context.close()
    for watch in watches:
        assert watch.errors == [] and watch.hosts <= {"127.0.0.1"}


def marks(page):
    return page.locator(".ftz-read mark").count()


def test_a_text_is_marked_and_nothing_is_kept(visit, served):
    page = visit()
    wanted = read_text(TEXT)
    start = time.perf_counter()
    page.fill(AREA, TEXT)
    page.wait_for_function(
        "count => document.querySelectorAll('.ftz-read mark').length === count",
        arg=len(wanted.figures),
    )
    print(f"20,000 characters are marked after {time.perf_counter() - start:.2f} s")
    assert page.locator(".ftz-read .unread").count() == len(wanted.unread)
    assert page.inner_text(".ftz-read") == TEXT.rstrip("\n"), "the text is not shown as given"
    assert page.evaluate("window.hit") is None, "markup of the text was run"
    assert page.locator(".ftz-read img").count() == 0
    folder, _ = served
    kept = [
        path
        for path in folder.rglob("*")
        if path.is_file() and SECRET.encode() in path.read_bytes()
    ]
    assert not kept, f"the text was written to {kept}"
    page.context.close()
    other = visit()
    assert other.input_value(AREA) == "" and marks(other) == 0, "another viewer sees the text"


def test_an_upload_over_the_limit_is_refused_in_one_line(visit):
    page = visit()
    page.fill(AREA, "出口下降4.5%")
    page.wait_for_selector(".ftz-read mark")
    for size in (2 * LIMIT, 5 * LIMIT):
        content = b"5" * size
        with page.expect_file_chooser() as chooser:
            page.click("button:has(.fa-upload)")
        big = {"name": "big.txt", "mimeType": "text/plain", "buffer": content}
        chooser.value.set_files(big)
        alert = page.wait_for_selector(f"[role=alert]:has-text('{size:,}')")
        assert re.fullmatch(rf"[^\n]*{size:,}[^\n]*{LIMIT:,}[^\n]*", alert.inner_text())
