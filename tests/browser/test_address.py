"""A browser that limits how often an address may change, as Safari does: 100 times in 30 seconds.

Here the page may change its address as often as `window.left` says, and then raises as Safari does.
"""

import time

import pytest

from browser.conftest import Watch
from browser.driving import NOTEBOOKS, SLIDER, panels, settle
from browser.serving import TOKEN, briefing_command, free_port, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATH = next(path for path in NOTEBOOKS if path.stem == "03_trade")
LIMITED = """
const plain = history.replaceState.bind(history);
Object.assign(window, { left: 100, writes: 0 });
history.replaceState = (...given) => {
  window.writes += 1;
  if (window.left < 1) throw new DOMException("more than 100 times", "SecurityError");
  window.left -= 1;
  plain(...given);
};
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    port = free_port()
    log = tmp_path_factory.mktemp("address") / "log"
    with serving(briefing_command(port, "--preheat_kernel=False"), port, log):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def page(browser, root):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(LIMITED)
    watch = Watch(context)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{root}/?token={TOKEN}")
    page.goto(f"{root}/voila/render/{PATH.name}?lang=en&scheme=light")
    page.wait_for_selector(".ftz-panel img[alt]")
    for panel in panels(page):
        settle(page, panel, "en")
    yield page
    assert watch.errors == []
    context.close()


def drag(page, panel):
    """Pull a slider to and fro for some seconds, without a rest."""
    slider = panel.query_selector(SLIDER)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, height)
    page.mouse.down()
    for step in range(200):
        share = 0.1 + 0.8 * abs((step % 40) - 20) / 20
        page.mouse.move(box["x"] + share * box["width"], height)
        page.wait_for_timeout(15)
    page.mouse.up()
    # Pictures follow the hand, on a busy machine seconds behind; the last one is there when nothing
    # changes any more.
    lines = [""]
    while len(lines) < 4 or len(set(lines[-3:])) > 1:
        page.wait_for_timeout(2000)
        lines.append(settle(page, panel, "en")[0])
    return lines[-1]


def slidered(page):
    """Number and handle of the first panel with a slider."""
    return next((i, each) for i, each in enumerate(panels(page)) if each.query_selector(SLIDER))


def reopens(page, number, lang, line):
    """A second page at the same address shows the same."""
    again = page.context.new_page()
    again.goto(page.url)
    again.wait_for_selector(".ftz-panel img[alt]")
    settle(again, panels(again)[number], lang, line=line)
    scheme = again.evaluate("document.documentElement.dataset.scheme")
    again.close()
    return scheme


def test_a_slider_that_is_dragged_writes_a_few_times_and_the_last_state_wins(page):
    number, panel = slidered(page)
    before, _ = settle(page, panel, "en")
    page.evaluate("window.writes = 0")
    start = time.monotonic()
    line = drag(page, panel)
    seconds = time.monotonic() - start
    assert line != before, "nothing has moved"
    writes = page.evaluate("window.writes")
    # 200 moves; where the kernel is slow, each state that it sends may rest for 0.3 seconds.
    assert 0 < writes < min(100, seconds / 0.3), f"{writes} writes in {seconds:.0f} s for one pull"
    reopens(page, number, "en", line)


def test_past_the_limit_the_last_state_is_in_the_address_in_the_end(page):
    number, panel = slidered(page)
    before, _ = settle(page, panel, "en")
    page.evaluate("window.left = 0")
    line = drag(page, panel)
    assert line != before, "nothing has moved"
    behind = page.url
    page.evaluate("window.left = 100")
    page.wait_for_url(lambda url: url != behind, timeout=120_000)
    reopens(page, number, "en", line)


def test_past_the_limit_language_and_scheme_change_all_the_same(page):
    page.evaluate("window.left = 0")
    page.click(".widget-toggle-button:text-is('中文')")
    page.wait_for_function("document.documentElement.lang === 'zh'")
    assert page.is_visible("#rendered_cells div[lang=zh] h1"), "no prose is to be seen"
    assert not page.is_visible("#rendered_cells div[lang=en] h1")
    for panel in panels(page):
        settle(page, panel, "zh")
    page.click("#scheme")
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    links = page.eval_on_selector_all("#bar a", "all => all.map(each => each.search)")
    assert set(links) == {"?lang=zh&scheme=dark"}, "links lead to another language or scheme"
    page.evaluate("window.left = 100")
    page.wait_for_url(lambda url: "lang=zh" in url and "scheme=dark" in url, timeout=120_000)
    number, panel = slidered(page)
    line, _ = settle(page, panel, "zh")
    assert reopens(page, number, "zh", line) == "dark"
