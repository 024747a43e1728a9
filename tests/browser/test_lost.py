"""A page whose kernel or connection is lost says so, and what is set is not lost with it."""

import os
import signal
from urllib.parse import urlsplit

import psutil
import pytest

from browser.driving import MOVABLE, NOTEBOOKS, panels, press, settle
from browser.serving import TOKEN, briefing_command, free_port, kernels, serving
from ftz_data import language

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATH = next(path for path in NOTEBOOKS if path.stem == "03_trade")
# Remembers the connections of a page, so that a test can cut them.
REMEMBER = """addEventListener("ftz-socket", ({detail}) => (window.sockets ??= []).push(detail))"""


@pytest.fixture(scope="module")
def port():
    return free_port()


@pytest.fixture(scope="module")
def server(port, tmp_path_factory):
    log = tmp_path_factory.mktemp("lost") / "log"
    with serving(briefing_command(port, "--preheat_kernel=False"), port, log) as process:
        yield psutil.Process(process.pid)


@pytest.fixture
def page(browser, server, port):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(REMEMBER)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"http://127.0.0.1:{port}/?token={TOKEN}")
    yield page
    context.close()


@pytest.fixture(params=language.LANGS)
def lang(request):
    return request.param


def open_page(page, lang):
    address = urlsplit(page.url)
    root = f"{address.scheme}://{address.netloc}"
    page.goto(f"{root}/voila/render/{PATH.name}?lang={lang}&scheme=dark")
    page.wait_for_selector(".ftz-panel img[alt]")
    for panel in panels(page):
        settle(page, panel, lang)
    assert page.inner_text("#lost") == "", "nothing is lost yet"


def notice(page, key, lang):
    """Wait for the notice, in the language of the page."""
    words = language.text(f"briefing_{key}", lang)
    page.wait_for_function(
        "words => document.querySelector('#lost[role=alert]').innerText.includes(words)",
        arg=words,
        timeout=120_000,
    )


def gone(page):
    page.wait_for_function("document.getElementById('lost').innerText === ''", timeout=120_000)


def test_a_kernel_that_has_ended_is_said_and_a_reload_brings_the_state_back(page, server, lang):
    before = set(kernels(server))
    open_page(page, lang)
    panel = panels(page)[0]
    code, _ = settle(page, panel, lang)
    press(page, panel.query_selector(MOVABLE))
    moved, _ = settle(page, panel, lang, code)
    for kernel in set(kernels(server)) - before:
        kernel.kill()
    notice(page, "gone", lang)
    assert set(kernels(server)) <= before, "a kernel that no page can use takes a place"
    with page.expect_navigation():
        page.click("#lost button")
    page.wait_for_selector(".ftz-panel img[alt]")
    settle(page, panels(page)[0], lang, line=moved)
    assert page.inner_text("#lost") == ""


def test_a_connection_that_is_cut_comes_back_with_what_was_moved(page, lang):
    open_page(page, lang)
    panel = panels(page)[0]
    code, _ = settle(page, panel, lang)
    # As a proxy that closes it, while the next attempt is held up.
    page.context.set_offline(True)
    page.evaluate("window.sockets.at(-1).close()")
    notice(page, "lost", lang)
    press(page, panel.query_selector(MOVABLE))
    page.context.set_offline(False)
    gone(page)
    settle(page, panel, lang, code)


def test_a_server_that_does_not_answer_is_said(page, server, lang):
    open_page(page, lang)
    panel = panels(page)[0]
    code, _ = settle(page, panel, lang)
    os.kill(server.pid, signal.SIGSTOP)
    try:
        press(page, panel.query_selector(MOVABLE))
        notice(page, "lost", lang)
    finally:
        os.kill(server.pid, signal.SIGCONT)
    gone(page)
    settle(page, panel, lang, code)


def test_a_kernel_that_hangs_is_said_and_draws_what_was_moved_meanwhile(page, server):
    lang = "zh"
    before = set(kernels(server))
    open_page(page, lang)
    panel = panels(page)[0]
    code, _ = settle(page, panel, lang)
    # Its connection and its server are well, as where a machine has no memory left.
    ours = set(kernels(server)) - before
    for kernel in ours:
        kernel.suspend()
    try:
        press(page, panel.query_selector(MOVABLE))
        notice(page, "lost", lang)
    finally:
        for kernel in ours:
            kernel.resume()
    gone(page)
    settle(page, panel, lang, code)


def test_a_connection_that_is_refused_is_said(page, lang):
    # As where a proxy rewrites the Host header, so that the server takes the page for a stranger's.
    page.route_web_socket("**/channels*", lambda socket: socket.close(code=1008))
    address = urlsplit(page.url)
    root = f"{address.scheme}://{address.netloc}"
    page.goto(f"{root}/voila/render/{PATH.name}?lang={lang}")
    notice(page, "lost", lang)


def test_widgets_are_shown_though_their_page_is_too_busy_to_ask_twice(page, lang):
    # The steps in which a view asks for its model end before the next one comes.
    page.add_init_script(
        "const plain = setTimeout; const slow = (wait) => (wait === 100 ? 2500 : wait);"
        "window.setTimeout = (call, wait, ...rest) => plain(call, slow(wait), ...rest)"
    )
    errors = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    open_page(page, lang)
    assert errors == []


# The page is held up by each module that it loads, as a slow laptop is.
SLOW_MODULES = """{
  const make = URL.createObjectURL;
  URL.createObjectURL = (given) => {
    const end = performance.now() + (given.type === "text/javascript" ? 300 : 0);
    while (performance.now() < end);
    return make.call(URL, given);
  };
}"""


def test_widgets_whose_modules_load_slowly_follow_their_kernel(page, lang):
    page.context.add_init_script(SLOW_MODULES)
    open_page(page, lang)
    panel = panels(page)[0]
    code, _ = settle(page, panel, lang)
    press(page, panel.query_selector(MOVABLE))
    settle(page, panel, lang, code)


def test_a_kernel_that_never_answers_is_said(page, lang):
    page.add_init_script(
        "WebSocket.prototype.send = () => {}; const plain = setTimeout;"
        "window.setTimeout = (call, wait, ...rest) => plain(call, Math.min(wait, 5000), ...rest)"
    )
    address = urlsplit(page.url)
    page.goto(f"{address.scheme}://{address.netloc}/voila/render/{PATH.name}?lang={lang}")
    notice(page, "gone", lang)


def test_links_hold_language_and_scheme_before_they_are_opened(page):
    open_page(page, "zh")
    links = page.eval_on_selector_all("#bar a", "all => all.map(each => each.search)")
    assert len(links) == 3
    assert set(links) == {"?lang=zh&scheme=dark"}
    # Whatever is put on the page, except what leads to another part of it or to another host.
    page.evaluate(
        """all => document.getElementById("rendered_cells").append(...all.map(
          href => Object.assign(document.createElement("a"), { href, className: "put" })))""",
        ["01_customs.ipynb#part", "?lesson=15&step=1", "#part", "https://example.org/"],
    )
    written = "each => each.getAttribute('href').split('/').at(-1)"
    put = f"[...document.querySelectorAll('.put')].map({written})"
    page.wait_for_function(f"{put}[1].includes('lang')")
    assert page.evaluate(put) == [
        "01_customs.ipynb?lang=zh&scheme=dark#part",
        f"{PATH.name}?lesson=15&step=1&lang=zh&scheme=dark",
        "#part",
        "",
    ]
    page.click(".widget-toggle-button:text-is('English')")
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.click("#scheme")
    links = page.eval_on_selector_all("#bar a", "all => all.map(each => each.search)")
    assert set(links) == {"?lang=en&scheme=light"}


@pytest.mark.parametrize(
    ("link", "how"),
    [
        ("#bar a[rel=next]", {"button": "middle"}),
        ("#bar a[rel=prev]", {"modifiers": ["Control"]}),
        ("#bar a:not([rel])", {"modifiers": ["Shift"]}),
        ("a[href*='render/02']", {"modifiers": ["Control"]}),
        (".lessons a[href*='lesson=45']", {"button": "middle"}),
    ],
)
def test_a_page_that_opens_beside_has_language_and_scheme_of_this_one(page, link, how):
    lang = "zh"
    if link.startswith("#bar"):
        open_page(page, lang)
    else:
        address = urlsplit(page.url)
        page.goto(f"{address.scheme}://{address.netloc}/?lang={lang}&scheme=dark")
    with page.context.expect_page() as opened:
        page.click(link, **how)
    # The page may still wait for its kernel.
    opened.value.wait_for_function(
        "shown => [document.documentElement.lang, document.documentElement.dataset.scheme]"
        ".join() === shown",
        arg=f"{lang},dark",
        timeout=120_000,
    )


def test_the_letter_keys_can_be_turned_off(page):
    open_page(page, "en")
    focused = "document.activeElement.closest('h1, h2')?.textContent ?? ''"
    page.click("#keys")
    assert page.get_attribute("#keys", "aria-pressed") == "false"
    page.keyboard.press("n")
    assert page.evaluate(focused) == "", "a letter moved the page though the keys are off"
    page.click("#keys")
    page.keyboard.press("n")
    assert page.evaluate(focused) != ""
