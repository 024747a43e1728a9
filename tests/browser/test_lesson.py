"""A lesson in the room in Chromium: walked with N, answers on A, its clock, on wall and phone."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.conftest import Watch
from browser.driving import panel_calls
from browser.serving import TOKEN, briefing_command, free_port, serving
from browser.test_reach import RULES
from conftest import ROOT
from ftz_data.language import text
from ftz_data.teaching.lessons import steps

pytestmark = pytest.mark.browser

STEPS = steps(15)
HEADING = """heading => [...document.querySelectorAll("#rendered_cells :is(h1, h2, h3)")].some(
  each => each.offsetParent && each.textContent.replace("¶", "").trim() === heading
    && each.getBoundingClientRect().top > 0 && each.getBoundingClientRect().top < 260)"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    port = free_port()
    log = tmp_path_factory.mktemp("lesson") / "log"
    with serving(briefing_command(port, "--preheat_kernel=False"), port, log):
        yield f"http://127.0.0.1:{port}"


# Each language on one screen, since a page takes seconds.
@pytest.fixture(
    params=[
        pytest.param(("en", 1920, 1080), id="wall in en"),
        pytest.param(("zh", 390, 844), id="phone in zh", marks=pytest.mark.slow),
    ]
)
def shown(browser, root, request):
    """A language, and a page in it on the index."""
    lang, width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    watch = Watch(context)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{root}/?token={TOKEN}&lang={lang}")
    yield lang, page
    # The widgets' own scripts say so where a page is left while they load.
    assert [each for each in watch.errors if "Cannot send" not in each] == []
    assert watch.hosts == {"127.0.0.1"}
    context.close()


# All panels of the page are drawn.
WHOLE = """count => document.querySelector(".widget-toggle-button")
    && document.querySelectorAll(".ftz-panel img[alt]").length === count"""


def violations(page, part=None):
    """What axe finds in a part of the page by all its rules, or in the whole by those of WCAG."""
    if part:
        found = Axe().run(page, context=part).response["violations"]
    else:
        found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]


def at(page, number, lang):
    """Wait until the bar is at a step and its heading on the screen."""
    step = STEPS[number - 1]
    shown = f"{number}/{len(STEPS)} · {step.words('aim', lang)}"
    page.wait_for_function(
        "words => document.getElementById('lesson-at')?.innerText === words", arg=shown
    )
    page.wait_for_function(HEADING, arg=getattr(step.row, f"heading_{lang}"))
    return step


def told(page):
    return page.inner_text("#lesson-answer")


# Five pages, each with a kernel of its own, in each language.
@pytest.mark.slow
def test_the_short_lesson_is_walked_with_n_from_start_to_end(shown):
    lang, page = shown
    assert violations(page) == [], "on the index"
    page.click(".lessons a[href*='lesson=15']")
    pages = set()
    for number in range(1, len(STEPS) + 1):
        step = at(page, number, lang)
        assert page.inner_text("#lesson-question") == step.words("question", lang)
        minutes = text("briefing_lesson_left", lang).replace("#", str(step.minutes))
        assert page.inner_text("#lesson-clock") == minutes
        answer = step.words("answer", lang)
        held = page.evaluate("document.documentElement.outerHTML + JSON.stringify(history.state)")
        assert answer not in held and json.dumps(answer)[1:-1] not in held, "it is there unasked"
        assert told(page) == ""
        page.keyboard.press("a")
        page.wait_for_function("document.getElementById('lesson-answer').innerText")
        assert told(page).splitlines()[0] == answer
        assert violations(page, "#lesson") == []
        if step.row.page not in pages:
            pages.add(step.row.page)
            page.wait_for_function(
                WHOLE, arg=panel_calls(ROOT / f"notebooks/{step.row.page}.ipynb")
            )
            assert violations(page) == [], f"with the bar on {step.row.page}"
        page.keyboard.press("n")
    # There is no step after the last one, and back is the one before it.
    at(page, len(STEPS), lang)
    page.keyboard.press("p")
    at(page, len(STEPS) - 1, lang)
    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert not [key for key in kept if "lesson" in key], "a lesson stores something"


def test_keys_are_turned_off_and_are_a_controls_own_while_one_types(shown, root):
    lang, page = shown
    page.goto(f"{root}/voila/render/01_customs.ipynb?lang={lang}&lesson=45&step=3")
    page.wait_for_selector(".ftz-number [type=text]")
    aim = page.inner_text("#lesson-at")
    assert aim.startswith("3/10")
    promised = "[...document.querySelectorAll('[aria-keyshortcuts]')].map(each => each.id)"
    assert {"next", "previous", "lesson-next", "lesson-show"} <= set(page.evaluate(promised))
    page.focus(".ftz-number [type=text]")
    page.keyboard.type("na")
    assert (page.inner_text("#lesson-at"), told(page)) == (aim, "")
    page.click("#keys")
    page.keyboard.press("a")
    page.keyboard.press("n")
    assert (page.inner_text("#lesson-at"), told(page)) == (aim, "")
    assert not page.is_visible("#lesson kbd")
    assert page.evaluate(promised) == [], "a screen reader names keys that are off"
    # Buttons and links go on; on the same page nothing is loaded anew.
    page.evaluate("window.stayed = true")
    page.click("#lesson-next")
    page.wait_for_function("document.getElementById('lesson-at').innerText.startsWith('4/10')")
    assert page.evaluate("window.stayed") and "step=4" in page.url
    assert page.evaluate(promised) == [] and not page.is_visible("#lesson kbd")
    page.click("#lesson-show")
    page.wait_for_function("document.getElementById('lesson-answer').innerText")


def test_the_clock_counts_down_and_says_when_time_is_up(shown, root):
    lang, page = shown
    page.goto(f"{root}/voila/render/01_customs.ipynb?lang={lang}&lesson=15&step=3")
    # A script that is still loading when time leaps has run out of it.
    page.wait_for_selector(".ftz-panel img[alt]")
    left = text("briefing_lesson_left", lang)
    clock = "words => document.getElementById('lesson-clock').innerText === words"
    page.wait_for_function(clock, arg=left.replace("#", "3"))
    page.clock.install()
    page.clock.fast_forward(61_000)
    page.wait_for_function(clock, arg=left.replace("#", "2"))
    page.clock.fast_forward(120_000)
    page.wait_for_function(clock, arg=text("briefing_lesson_over", lang))


def test_the_sheet_is_one_page_of_paper(shown, root):
    lang, page = shown
    page.click(".lessons a[href*=handout]")
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.lang") == lang
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(pages) == 1
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
