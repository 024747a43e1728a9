"""Exercises solved by keyboard alone, in the briefing and in JupyterLab, in both languages."""

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbconvert.preprocessors import ClearOutputPreprocessor
from playwright.sync_api import TimeoutError

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
from browser.test_reach import RULES
from conftest import ROOT
from ftz_data.language import text
from ftz_data.package import BUILT_IN
from ftz_data.teaching.exercises import answered, asked, explained, find

pytestmark = pytest.mark.browser

PATH = ROOT / "notebooks" / "exercises" / "finance.ipynb"
# One of each kind: how it is answered wrongly at first and then rightly, and what is said then.
TYPED = {
    "finance-3": ("808元", "marked_factor", "808万元"),
    "finance-2": ("70家", "marked_exact", "more than 70 and less than 80"),
}
CHOSEN = {"finance-8": ("zone", "city")}
PANEL = ".ftz-exercises"


@pytest.fixture(scope="module", params=["briefing", pytest.param("lab", marks=pytest.mark.slow)])
def place(request, tmp_path_factory):
    folder, port = tmp_path_factory.mktemp(request.param), free_port()
    own = {"TMPDIR": str(folder), "HOME": str(folder)}
    address = f"http://127.0.0.1:{port}"
    if request.param == "briefing":
        command = briefing_command(port, "--preheat_kernel=False", "--Briefing.also=exercises")
        place = f"{address}/voila/render/exercises/{PATH.name}"
    else:
        notebook = nbformat.read(PATH, as_version=4)
        ClearOutputPreprocessor().preprocess(notebook, {})
        nbformat.write(notebook, folder / PATH.name)
        own |= lab_environment(folder / "config")
        command, place = lab_command(port, folder), f"{address}/doc/tree/{PATH.name}"
    with serving(command, port, folder / "log", own):
        yield place


@pytest.fixture
def page(browser, place):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watch = Watch(context)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{place}?token={TOKEN}")
    if "/doc/" in place:
        run_all(page)
    page.wait_for_selector(f"{PANEL} select")
    yield page
    context.close()
    assert watch.errors == [] and watch.hosts <= {"127.0.0.1"}


def tab_to(page, selector):
    """Go on with the Tab key until what is wanted has the focus."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"20 presses of Tab do not lead to {selector}")


def shows(page, key, lang):
    page.locator(f"{PANEL} b", has_text=asked(find(key), lang)).wait_for()


def choose(page, key, lang):
    """The exercise, by the list and its arrow keys."""
    page.locator(f"{PANEL} select").focus()
    # JupyterLab has a use of its own for Home.
    for _ in range(10):
        page.keyboard.press("ArrowUp")
    # What is passed on the way up may be the one that is wanted.
    shows(page, "finance-1", lang)
    page.wait_for_timeout(1000)
    for _ in range(int(key.rpartition("-")[2]) - 1):
        page.keyboard.press("ArrowDown")
    shows(page, key, lang)


def speak(page, lang):
    """The language by its button, since a kernel of JupyterLab keeps that of the page before."""
    page.click(f"button:has-text('{'English' if lang == 'en' else '中文'}') >> nth=0")
    page.locator(f"{PANEL} button", has_text=text("exercises_hint", lang)).wait_for()


def said(page, words):
    status = page.locator(f"{PANEL} [role=status]")
    try:
        status.filter(has_text=words).wait_for()
    except TimeoutError as error:
        raise AssertionError(f"{status.inner_text()!r} is said, and not {words!r}") from error


def button(page, key, lang):
    tab_to(page, f"{PANEL} button")
    while page.evaluate("document.activeElement.textContent.trim()") != text(key, lang):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_kind_is_solved_by_keyboard_alone(page, lang):
    speak(page, lang)
    for key, (wrong, kind, right) in TYPED.items():
        choose(page, key, lang)
        for answer, marked in ((wrong, kind), (right, "marked_right")):
            tab_to(page, f"{PANEL} input[type=text]") if answer == wrong else None
            page.keyboard.press("ControlOrMeta+A")
            page.keyboard.type(answer)
            page.keyboard.press("Enter")
            fields = {"factor": "10,000"} if marked == "marked_factor" else {}
            said(page, text(marked, lang, **fields))
    for key, (wrong, right) in CHOSEN.items():
        choose(page, key, lang)
        codes = BUILT_IN.row("exercises", key).choices.split(";")
        page.locator(f"{PANEL} input[type=radio] >> nth={len(codes) - 1}").wait_for()
        tab_to(page, f"{PANEL} input[type=radio]")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        assert codes[0] == wrong
        said(page, "✗")
        for _ in range(codes.index(right)):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        said(page, text("marked_right", lang))
    choose(page, "finance-10", lang)
    body = page.locator(PANEL).inner_html()
    assert explained(find("finance-10"), lang) not in body, "the answer is there before it is asked"
    button(page, "exercises_hint", lang)
    button(page, "exercises_show", lang)
    said(page, explained(find("finance-10"), lang))


def test_no_answer_is_in_the_page_and_axe_finds_nothing(page):
    speak(page, "en")
    choose(page, "finance-5", "en")
    markup = page.content()
    for lang in ("en", "zh"):
        for key in ("finance-4", "finance-5", "finance-9"):
            assert explained(find(key), lang) not in markup, f"{key} is explained in the page"
    assert answered(find("finance-5"), "en") not in markup
    found = Axe().run(page, context=PANEL, options=RULES)
    assert not found.response["violations"], found.generate_report()
