"""What is expected before it is seen, and the self-test, by keyboard alone, in Chromium."""

import re
import sys

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

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
from ftz_data import charts, language, quiz
from ftz_data.language import text, worded

pytestmark = pytest.mark.browser

NAME, KEY, SEED = "ask.ipynb", "cotton_time_change", 3
CELLS = [
    "from ftz_data import panels",
    "panels.language_switch()",
    f"panels.predict({KEY!r})",
    "panels.predict('port_rank_containers')",
    f"panels.quiz({SEED})",
]
HEADS = {"en": "# Asked\n\nFirst think, then see.", "zh": "# 提问\n\n先想后看。"}
# The pages of a briefing are the package's own; here they are those of a folder.
SERVE = (
    "import pathlib, sys; from ftz_data import notebooks; from ftz_data.briefing import serve; "
    "notebooks.folder = lambda: pathlib.Path(sys.argv[1]); serve(sys.argv[2:])"
)
BOX, RANGE, IMAGE = ".ftz-predict", ".ftz-predict [type=range]", ".ftz-predict img:not([alt=''])"
QUIZ = ".ftz-quiz .ftz-ask"


@pytest.fixture(scope="module", params=["briefing", pytest.param("lab", marks=pytest.mark.slow)])
def place(request, tmp_path_factory):
    """Address of a page that asks, and nothing else."""
    folder, port = tmp_path_factory.mktemp(request.param), free_port()
    pages = folder / "pages"
    pages.mkdir()
    head = "".join(f'<div lang="{lang}">\n\n{words}\n\n</div>' for lang, words in HEADS.items())
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell(head),
            *map(nbformat.v4.new_code_cell, CELLS),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, pages / NAME)
    address, own = f"http://127.0.0.1:{port}", {"TMPDIR": str(folder), "HOME": str(folder)}
    if request.param == "briefing":
        _, _, _, _, *options = briefing_command(port, "--preheat_kernel=False")
        command = [sys.executable, "-c", SERVE, str(pages), *options]
        address += f"/voila/render/{NAME}"
    else:
        own |= lab_environment(folder / "config")
        command, address = lab_command(port, pages), f"{address}/doc/tree/{NAME}"
    with serving(command, port, folder / "log", own):
        yield address


@pytest.fixture(scope="module")
def opened(browser, place):
    """The page, run once for both languages, since opening it takes most of the time."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watch = Watch(context)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{place}?token={TOKEN}")
    if "/doc/" in place:
        run_all(page)
    page.wait_for_selector(f"{QUIZ} legend")
    yield page
    assert watch.errors == [] and watch.hosts <= {"127.0.0.1"}
    context.close()


@pytest.fixture(params=language.LANGS)
def lang(request):
    return request.param


@pytest.fixture
def page(opened, lang):
    """The page in a language, chosen by the keyboard."""
    opened.focus(f".widget-toggle-button[lang={lang}]")
    opened.keyboard.press("Space")
    wait_for(opened, f"{QUIZ} legend", text("quiz_progress", lang, number=1, count=10))
    return opened


def wait_for(page, selector, words):
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.textContent.includes(words)",
        arg=[selector, words],
    )


def tab_to(page, selector):
    """Press Tab until the focus is there; Escape leaves an editor, which takes Tab for itself."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        if page.evaluate("document.activeElement.closest('.cm-editor') !== null"):
            page.keyboard.press("Escape")
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def violations(page, part):
    found = Axe().run(page, context=part, options=RULES).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]


def test_what_is_expected_comes_before_the_figure(page, lang):
    assert violations(page, BOX) == []
    tab_to(page, RANGE)
    # Nothing is shown before something is set.
    page.keyboard.press("Enter")
    wait_for(page, f"{BOX} .widget-html [role=alert]", text("predict_first", lang))
    assert page.locator(IMAGE).count() == 0
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_selector(IMAGE)
    assert page.get_attribute(IMAGE, "alt") == charts.predicted(KEY, -3.0).words(lang)
    # A number that is typed, and a button in place of Enter.
    tab_to(page, f"{BOX} [type=text]")
    page.keyboard.press("Control+A")
    page.keyboard.type("-60")
    page.keyboard.press("Tab")
    tab_to(page, f"{BOX} button:has(.fa-eye)")
    page.keyboard.press("Enter")
    inside = charts.predicted(KEY, -60.0).words(lang)
    page.wait_for_function(
        "([image, words]) => document.querySelector(image).alt === words", arg=[IMAGE, inside]
    )
    assert violations(page, BOX) == []
    tab_to(page, f"{BOX} button:has(.fa-undo)")
    page.keyboard.press("Enter")
    page.wait_for_selector(IMAGE, state="detached")
    assert inside.splitlines()[1] not in page.content(), "the answer is left on the page"

    # A verdict is chosen from a list.
    tab_to(page, f"{BOX} .ftz-ask [type=radio]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    said = charts.predicted("port_rank_containers", "compatible").words(lang).splitlines()[0]
    page.wait_for_selector(f"{BOX} caption:has-text('{said[:20]}')")
    assert page.input_value(":focus") == "1", "the focus is lost"
    tab_to(page, f"{BOX}:has(.ftz-ask) button:has(.fa-undo)")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{BOX} caption", state="detached")


def test_a_whole_quiz(page, lang):
    assert violations(page, QUIZ) == []
    tab_to(page, f"{QUIZ} [type=radio]")
    page.keyboard.press("Enter")
    wait_for(page, f"{QUIZ} [role=alert]", text("quiz_first", lang))
    # The first answer of each; the places of the right ones are spread evenly, so two are right.
    for number, question in enumerate(quiz(SEED), start=1):
        progress = text("quiz_progress", lang, number=number, count=10)
        wait_for(page, f"{QUIZ} legend", f"{progress}\n{worded(question.asks, lang)}")
        page.wait_for_function("document.activeElement.matches('.ftz-quiz [type=radio]')")
        shown = page.eval_on_selector_all(f"{QUIZ} label", "all => all.map(e => e.innerText)")
        assert shown == [worded(option.words, lang) for option in question.options]
        assert page.locator(f"{QUIZ} :checked").count() == 0, "an answer is chosen already"
        assert worded(question.why, lang) not in page.inner_text(QUIZ)
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
    score = text("quiz_score", lang, right=2, count=10)
    wait_for(page, f"{QUIZ} h4", score)
    page.wait_for_function("score => document.activeElement.innerText.startsWith(score)", arg=score)
    review = page.inner_text(QUIZ)
    for question in quiz(SEED):
        for words in (question.asks, question.why, question.place):
            assert re.sub(r"\s+", " ", worded(words, lang)) in re.sub(r"\s+", " ", review)
    assert violations(page, QUIZ) == []
    tab_to(page, f"{QUIZ} .ftz-others button")
    page.keyboard.press("Enter")
    wait_for(page, f"{QUIZ} legend", text("quiz_progress", lang, number=1, count=10))
    assert page.locator(f"{QUIZ} h4").count() == 0, "the review is left on the page"
