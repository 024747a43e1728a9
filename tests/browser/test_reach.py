"""For every pair of eyes and hands: names, states, focus and colours of each page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.conftest import Watch
from browser.driving import FIELD, NOTEBOOKS, SLIDER, STATE, panels, settle, some
from browser.serving import TOKEN, briefing_command, free_port, serving
from browser.walking import SCROLLED, declared, open_page, record, walk
from ftz_data import language
from ftz_data.language import text
from ftz_data.panels import download

pytestmark = pytest.mark.browser

# Every rule of WCAG 2.0 to 2.2 on the levels A and AA that axe-core knows.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
HAN = re.compile("[一-龥]")
CUSTOMS = next(path for path in NOTEBOOKS if path.stem == "01_customs")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    port = free_port()
    log = tmp_path_factory.mktemp("reach") / "log"
    with serving(briefing_command(port, "--preheat_kernel=False"), port, log):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def page(browser, root):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watch = Watch(context)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{root}/?token={TOKEN}")
    yield page
    assert watch.errors == []
    context.close()


@pytest.fixture(params=language.LANGS)
def lang(request):
    return request.param


def violations(page):
    return [
        (each["id"], each["nodes"][0]["html"][:200], each["nodes"][0]["failureSummary"])
        for each in Axe().run(page, options=RULES).response["violations"]
    ]


@pytest.mark.parametrize("path", some("06_outcomes", "07_consistency"))
def test_each_page_can_be_reached_and_is_named(page, root, path):
    walks = {}
    for lang in language.LANGS:
        open_page(page, root, path, f"lang={lang}&scheme=light")
        assert violations(page) == []
        reached = walks[lang] = walk(page)
        unreached = [each for each in page.evaluate(SCROLLED) if each[1] != 0 or not each[2]]
        assert unreached == [], "what scrolls cannot be scrolled by keyboard, or has no name"
        assert len(reached) > 8, reached
        nameless = [each for each in reached if not each["name"]]
        assert nameless == [], "a screen reader has nothing to say here"
        unseen = [each for each in reached if not each["width"] * each["height"]]
        assert unseen == [], "the focus is where nothing is"
        # The bar comes first, in the order in which it is read.
        bar = ["index", "next_page", "previous_system", "next_system", "letter_keys"]
        names = [each["name"] for each in reached]
        places = [
            next(i for i, name in enumerate(names) if text(f"briefing_{key}", lang) in name)
            for key in bar
            if key != "next_page" or path != NOTEBOOKS[-1]
        ]
        assert places == sorted(places), names
        assert reached[-1]["y"] > reached[0]["y"], "the walk leads down the page"
        small = [
            each
            for each in reached
            if each["kind"] in ("range", "text", "button")
            and min(each["width"], each["height"]) < 24
        ]
        assert small == [], "too small for a finger"
        # In the other colours the same rules hold.
        page.click("#scheme")
        assert violations(page) == []
    order = [[(each["within"], each["kind"]) for each in walks[lang]] for lang in language.LANGS]
    assert order[0] == order[1], "the languages are walked in another order"
    record(path, walks)
    for lang in language.LANGS:
        steps = [
            (each["kind"], each["name"]) for each in walks[lang] if each["within"] == ".ftz-panel"
        ]
        # A table in a panel is a stop of its own.
        assert [each for each in steps if each[0] != "region"] == declared(path, lang)
    # Whatever else is pressed is named in the language of the page.
    for english, chinese in zip(*walks.values(), strict=True):
        kind, name = english["kind"], english["name"]
        assert not HAN.search(name) or name == "中文", f"{kind} of an English page: {name}"
        # The pages of a table are numbered.
        if kind != "a" and name not in ("English", *download.FORMATS) and not name.isdigit():
            assert HAN.search(chinese["name"]), f"{kind} of a Chinese page: {chinese['name']}"


def test_slider_field_and_languages_have_names_and_states(page, root, lang):
    open_page(page, root, CUSTOMS, f"lang={lang}")
    for panel in panels(page):
        for slider in panel.query_selector_all(SLIDER):
            label = slider.evaluate("each => each.labels[0].innerText")
            assert label and label in page.inner_text("#rendered_cells")
            field = slider.evaluate_handle("each => each.parentNode.querySelector('[type=text]')")
            said = field.evaluate("each => [each.ariaLabel, each.value]")
            shown = slider.get_attribute("aria-valuetext")
            assert said == [text("panel_type", lang, label=label), shown]
            assert len(shown) < 13, f"{shown} is read aloud digit by digit"
    states = page.eval_on_selector_all(
        ".widget-toggle-button", "all => all.map(each => [each.lang, each.ariaPressed])"
    )
    assert states == [[each, str(each == lang).lower()] for each in language.LANGS]
    group = page.get_attribute(".widget-toggle-buttons", "aria-label")
    assert group == text("panel_language", lang)


TYPED = [("1.25", "1.25"), ("１", "1"), (" 0.50", "0.5")]
REFUSED = ["333", "0,5", "1,000", "ten", "50%", "0.33"]


def test_what_is_typed_is_drawn_or_refused_before_the_eye(page, root, lang):
    open_page(page, root, CUSTOMS, f"lang={lang}")
    panel = next(each for each in panels(page) if "arrivals=" in each.evaluate(STATE)[0])
    field = panel.query_selector(FIELD)
    line, _ = settle(page, panel, lang)
    for leave in ("Enter", "Tab"):
        for written, shown in TYPED:
            field.fill(written)
            field.press(leave)
            line, _ = settle(page, panel, lang, line)
            assert field.input_value() == shown
            assert f"arrivals={float(shown)}" in line
    alert = panel.query_selector(".ftz-number [role=alert]")
    for written in REFUSED:
        field.fill(written)
        # As after a click elsewhere.
        field.evaluate("each => each.blur()")
        refusal = text("panel_refused", lang, value=written, allowed="")
        page.wait_for_function(
            "([alert, words]) => alert.innerText.includes(words)", arg=[alert, refusal.rstrip()]
        )
        assert field.input_value() == shown, "the field shows a number that is not drawn"
        assert settle(page, panel, lang)[0] == line
        assert field.get_attribute("aria-invalid") == "true"
    if lang == "en":
        put_in_without_keys(page, panel, field, lang)


# What a paste, a drop and an input method do, each to text that is selected.
WAYS = {
    "pasted": "text => document.execCommand('insertText', false, text)",
    "dropped": """text => {
        document.activeElement.value = text;
        const kind = { bubbles: true, inputType: "insertFromDrop" };
        document.activeElement.dispatchEvent(new InputEvent("input", kind));
    }""",
}


def put_in_without_keys(page, panel, field, lang):
    """Try ways of input that press no key; what is left of each is read or refused."""
    composing = page.context.new_cdp_session(page)

    def put(way, text):
        field.focus()
        field.select_text()
        if way == "composed":
            # What is not chosen yet stands in the field already.
            given = {"text": "ｙｉ", "selectionStart": 2, "selectionEnd": 2}
            composing.send("Input.imeSetComposition", given)
            composing.send("Input.insertText", {"text": text})
        else:
            page.evaluate(WAYS[way], text)
        panel.query_selector(SLIDER).focus()

    for way in (*WAYS, "composed"):
        line, _ = settle(page, panel, lang)
        put(way, "１．２" if "1.2," not in line else "1.3")
        line, _ = settle(page, panel, lang, line)
        assert f"arrivals={float(field.input_value())}" in line, way
        put(way, "一")
        alert = panel.query_selector(".ftz-number [role=alert]")
        page.wait_for_function("alert => alert.innerText.includes('一')", arg=alert)
        assert f"arrivals={float(field.input_value())}" in line, way
        # A field that is emptied has nothing to refuse, and shows what is drawn.
        field.select_text()
        page.keyboard.press("Delete")
        panel.query_selector(SLIDER).focus()
        assert f"arrivals={float(field.input_value())}" in settle(page, panel, lang)[0], way
    for key in ("Home", "End", "PageDown", "ArrowUp"):
        panel.query_selector(SLIDER).press(key)
        line, _ = settle(page, panel, lang, line)
        assert f"arrivals={float(field.input_value())}," in line, key


def test_forced_colours_show_what_is_chosen_and_where_a_slider_runs(page, root):
    open_page(page, root, CUSTOMS, "lang=zh")
    page.emulate_media(forced_colors="active")
    borders = page.eval_on_selector_all(
        ".widget-toggle-button", "all => all.map(each => getComputedStyle(each).borderTopWidth)"
    )
    assert borders[1] == "3px" != borders[0], "the chosen language looks like the other"
    chosen = "getComputedStyle(document.querySelectorAll('.widget-toggle-button')[1], '::before')"
    assert "✓" in page.evaluate(f"{chosen}.content"), "colour alone says which is chosen"
    # A browser's own slider takes the colours of the system, unless a style turns that off.
    own = "each => [getComputedStyle(each).appearance, getComputedStyle(each).forcedColorAdjust]"
    assert page.query_selector(SLIDER).evaluate(own) == ["auto", "auto"]


def test_text_that_is_put_into_a_filter_without_keys_filters(page, root):
    path = next(path for path in NOTEBOOKS if "explorer" in path.read_text(encoding="utf-8"))
    open_page(page, root, path, "lang=zh")
    page.wait_for_selector(".dt-container thead input")
    names = page.eval_on_selector_all(
        ".dt-container thead :is(input, [role=button])", "all => all.map(each => each.ariaLabel)"
    )
    column = text("column_printed", "zh")
    for key in ("table_sort", "table_filter"):
        assert text(key, "zh", column=column) in names, names
    info = "document.querySelector('.dt-info').innerText"
    whole = page.evaluate(info)
    field = page.query_selector(".dt-container thead input")
    # Each puts text in without a key: a drop, a paste by mouse, an input method, voice.
    for way in (
        "insertFromDrop",
        "insertFromPaste",
        "insertCompositionText",
        "insertReplacementText",
    ):
        for written in ("原油", ""):
            before = page.evaluate(info)
            field.evaluate(
                """(each, [inputType, value]) => {
                    each.value = value;
                    each.dispatchEvent(new InputEvent("input", { bubbles: true, inputType }));
                }""",
                [way, written],
            )
            page.wait_for_function(f"before => {info} !== before", arg=before, timeout=120_000)
            assert (page.evaluate(info) == whole) == (written == ""), f"{way} of {written!r}"
    # Drawn anew, the buttons keep their names.
    page.wait_for_function(
        "!document.querySelector('.dt-container [aria-label*=Activate]')", timeout=120_000
    )
