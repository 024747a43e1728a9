"""The page that needs no server: opened from its file, with the network cut off."""

import io

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe

import ftz_data
from browser.conftest import Watch
from ftz_data.exporting.content import gather

pytestmark = pytest.mark.browser

CUSTOMS = ("Release before inspection of imported crude oil", "先放后检")
SYSTEMS = len(gather().systems)
PICTURES = sum(system.picture is not None for system in gather().systems)
SHOWN = "main:not([hidden]) article:not([hidden])"


@pytest.fixture(scope="module")
def opened(browser, tmp_path_factory):
    path = ftz_data.export(tmp_path_factory.mktemp("stick") / "report.html")
    context = browser.new_context(offline=True, locale="en-GB")
    watch = Watch(context)
    page = context.new_page()
    page.goto(path.as_uri())
    yield page, watch
    context.close()


@pytest.fixture
def page(opened):
    page, watch = opened
    page.reload()
    yield page
    assert not watch.errors, watch.errors
    assert not watch.hosts, f"the page asks {watch.hosts}"


def test_the_page_shows_one_language_and_all_pictures(page):
    for button, number in (("English", 0), ("中文", 1)):
        page.get_by_role("button", name=button).click()
        assert page.locator(f"{SHOWN} h2").first.inner_text() == CUSTOMS[number]
        assert page.locator(SHOWN).count() == SYSTEMS
    widths = page.locator("img").evaluate_all("all => all.map((each) => each.naturalWidth)")
    assert len(widths) == 2 * PICTURES and min(widths) > 500, "a picture does not show"


def test_the_language_of_the_browser_is_the_first_one(browser, opened):
    context = browser.new_context(offline=True, locale="zh-CN")
    page = context.new_page()
    page.goto(opened[0].url)
    assert page.locator(f"{SHOWN} h2").first.inner_text() == CUSTOMS[1]
    assert (
        page.title() == "一个自贸片区的六年" and page.locator("html").get_attribute("lang") == "zh"
    )
    context.close()


def test_figures_are_found_by_words(page):
    page.get_by_role("searchbox").fill("crude turnover")
    assert page.locator(f"{SHOWN} h2").all_inner_texts() == [CUSTOMS[0]]
    rows = page.locator(f"{SHOWN} tbody tr:visible").all_inner_texts()
    assert rows and all("turnover" in row for row in rows), rows
    page.get_by_role("searchbox").fill("zzzz")
    assert page.locator(SHOWN).count() == 0
    page.get_by_role("searchbox").fill("")
    assert page.locator(SHOWN).count() == SYSTEMS


def test_a_print_holds_one_language_and_a_system_a_page_or_more(page):
    page.get_by_role("button", name="English").click()
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    words = [each.extract_text() for each in printed.pages]
    assert 30 <= len(words) <= 60, f"{len(words)} pages"
    assert all(len(each) > 80 for each in words), "a page is all but empty"
    assert CUSTOMS[1] not in "".join(words), "the other language is printed too"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_fits_its_window_and_can_be_used_by_all(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"the page is {wide} pixels wide"
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"][:200]) for each in found]
