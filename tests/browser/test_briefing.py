"""The briefing in Chromium: every page, every control, both languages, both schemes."""

import contextlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import psutil
import pytest
import requests
import websocket
from axe_playwright_python.sync_playwright import Axe

from browser.conftest import Watch
from browser.driving import (
    FIELD,
    MOVABLE,
    NOTEBOOKS,
    SLIDER,
    STATE,
    drive,
    expected,
    panel_calls,
    panels,
    press,
    settle,
    some,
)
from browser.serving import TOKEN, briefing_command, free_port, kernels, serving
from browser.viewing import Viewer
from conftest import ROOT
from ftz_data import language, style

pytestmark = pytest.mark.browser

PHONE_PIXELS = int(style.PHONE.width * style.PHONE.dpi)
MARKUP = "\"'><img src=x onerror=window.hit=1><script>window.hit=1</script>"
OTHER = {"en": "zh", "zh": "en"}
BUTTON = {"en": "English", "zh": "中文"}


@pytest.fixture(scope="module")
def port():
    return free_port()


@pytest.fixture(scope="module")
def server(port, tmp_path_factory):
    log = tmp_path_factory.mktemp("briefing") / "log"
    with serving(briefing_command(port), port, log) as process:
        yield process


@pytest.fixture(scope="module")
def root(server, port):
    return f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def context(browser, root):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{root}/?token={TOKEN}")
    assert TOKEN not in page.url, "a link from the screen would carry the token"
    page.close()
    yield context
    context.close()


@pytest.fixture
def watch(context):
    watch = Watch(context)
    yield watch
    assert watch.errors == []
    assert watch.hosts <= {"127.0.0.1"}


@pytest.fixture
def page(context, watch):
    page = context.new_page()
    page.set_default_timeout(120_000)
    # The first page waits for kernels that are started ahead for all pages at once.
    page.set_default_navigation_timeout(180_000)
    yield page
    page.close()


@pytest.fixture(params=some("00_overview", "06_outcomes", "08_reader"))
def path(request):
    return request.param


def open_page(page, root, path, query=""):
    page.goto(f"{root}/voila/render/{path.name}?{query}")
    page.wait_for_function(
        "count => document.querySelectorAll('.ftz-panel img[alt]').length === count"
        " && document.querySelector('.widget-toggle-button')",
        arg=panel_calls(path),
    )


def switch(page, lang):
    page.click(f".widget-toggle-button:text-is('{BUTTON[lang]}')")
    page.wait_for_function("lang => document.documentElement.lang === lang", arg=lang)


def visible(page):
    return page.inner_text("#rendered_cells")


def violations(page):
    found = Axe().run(page).response["violations"]
    return [
        (each["id"], each["nodes"][0]["html"][:300], each["nodes"][0]["failureSummary"])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


# Each slider has an alert, which is empty until something is refused.
ALERTS = """() => [...document.querySelectorAll("#rendered_cells [role=alert]")]
    .map(each => each.innerText.trim()).filter(Boolean)"""


def alerts(page):
    return page.evaluate(ALERTS)


def test_every_page(page, root, path):
    open_page(page, root, path, "lang=en&scheme=light")
    assert not page.query_selector(".jp-RenderedText[data-mime-type*=stderr], .jp-Error")
    assert not re.search(r"ftz_data\.|panels\.", visible(page)), "code is on the page"
    assert violations(page) == []

    # Every control, by keyboard and by mouse.
    moved = [drive(page, panel, "en") for panel in panels(page)]
    assert sum(moved) > 0 or not moved

    # The other language: prose, labels and charts.
    prose = visible(page)
    switch(page, "zh")
    shown = [settle(page, panel, "zh") for panel in panels(page)]
    assert visible(page) != prose
    assert "重置" in visible(page) or not shown
    page.click("#scheme")
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    assert violations(page) == []

    # A link reopens what is on screen.
    again = page.context.new_page()
    open_page(again, root, path, urlsplit(page.url).query)
    for panel, (code, alt) in zip(panels(again), shown, strict=True):
        assert settle(again, panel, "zh", line=code) == (code, alt)
    assert again.evaluate("document.documentElement.dataset.scheme") == "dark"
    assert alerts(again) == []
    again.close()


def test_markup_in_the_address_is_text(page, root, path):
    # Each control's value, and each name, is a payload.
    open_page(page, root, path)
    codes = [panel.evaluate(STATE) for panel in panels(page)]
    for panel in panels(page):
        before, _ = settle(page, panel, "en")
        press(page, panel.query_selector(MOVABLE))
        settle(page, panel, "en", before)
    state = parse_qsl(urlsplit(page.url).query)
    names = [name for name, _ in state if "." in name]
    query = urlencode(
        [(name, MARKUP) for name in names]
        + [("lang", MARKUP), ("scheme", MARKUP), (f"{MARKUP}.{MARKUP}", MARKUP), (MARKUP, MARKUP)]
    )
    open_page(page, root, path, query)
    page.wait_for_function(f"({ALERTS})().length")
    found = alerts(page)
    assert any(MARKUP in alert for alert in found)
    assert len(found) >= 1 + len({name.partition(".")[0] for name in names})
    assert page.evaluate("window.hit") is None
    # What was refused leaves the start in place.
    assert [panel.evaluate(STATE) for panel in panels(page)] == codes


def test_values_from_the_address_are_checked(page, root):
    path = next(path for path in NOTEBOOKS if path.stem == "01_customs")
    query = "lang=zh&what_if-ore_blending.amount=51&picture-crude_release.arrivals=0.5"
    open_page(page, root, path, query)
    page.wait_for_function(f"({ALERTS})().length")
    assert alerts(page) == [
        language.text("address_refused", "zh", name="amount", value="51.0", allowed="5至50")
    ]
    shown = [settle(page, panel, "zh")[0] for panel in panels(page)]
    assert any("picture='crude_release', arrivals=0.5," in code for code in shown)
    assert any("amount=10.0" in code for code in shown)


def test_presenter_keys_go_from_system_to_system(page, root):
    first, second = NOTEBOOKS[1], NOTEBOOKS[2]
    open_page(page, root, first, "lang=en&scheme=light")
    focused = "document.activeElement.closest('h1, h2')?.textContent"
    titles = [
        heading.inner_text()
        for heading in page.query_selector_all("#rendered_cells h2")
        if heading.is_visible()
    ]
    assert len(titles) > 3
    for key, title in [
        ("n", titles[0]),
        ("PageDown", titles[1]),
        ("p", titles[0]),
        *[("n", title) for title in titles[1:]],
    ]:
        page.keyboard.press(key)
        assert page.evaluate(focused).startswith(title)
    # Partway into a system, back leads to its start.
    before = page.evaluate("scrollY")
    page.mouse.move(640, 450)
    # The last sections are shorter than a screen.
    page.mouse.wheel(0, -60)
    page.wait_for_function("y => scrollY < y", arg=before)
    page.keyboard.press("PageUp")
    assert page.evaluate(focused).startswith(titles[-2])
    # Past the last system comes the next section, in the same language and scheme.
    page.keyboard.press("n")
    with page.expect_navigation():
        page.keyboard.press("n")
    address = urlsplit(page.url)
    assert address.path.endswith(second.name)
    assert dict(parse_qsl(address.query)) == {"lang": "en", "scheme": "light"}


def test_the_keys_of_a_control_stay_its_own(page, root):
    open_page(page, root, NOTEBOOKS[1], "lang=en")
    for field in (SLIDER, FIELD):
        page.focus(field)
        place = page.evaluate("scrollY")
        for key in ("PageUp", "PageDown", "n", "P"):
            page.keyboard.press(key)
            assert page.evaluate("field => document.activeElement.matches(field)", field), key
        assert page.evaluate("scrollY") == place, "the page has moved"


@pytest.mark.parametrize("lang", language.LANGS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_index_lists_every_notebook(page, root, lang, scheme):
    page.goto(f"{root}/?lang={lang}&scheme={scheme}")
    links = page.query_selector_all(".sections a")
    addresses = [urlsplit(link.get_attribute("href")) for link in links]
    assert [each.path.split("/")[-1] for each in addresses] == [path.name for path in NOTEBOOKS]
    # However a link is opened, its page has the same language and scheme.
    assert {each.query for each in addresses} == {f"lang={lang}&scheme={scheme}"}
    other = page.eval_on_selector_all("a[hreflang]", "all => all.map(each => each.search)")
    assert other == [f"?lang={each}&scheme={scheme}" for each in language.LANGS]
    chinese = re.search(r"[\u3400-\u9fff]", page.inner_text("ol"))
    assert bool(chinese) == (lang == "zh")
    assert violations(page) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_chart_and_controls_stand_beside_each_other_where_there_is_room(page, root, width):
    page.set_viewport_size({"width": width, "height": 844})
    open_page(page, root, NOTEBOOKS[1], "lang=en")
    for panel in panels(page):
        controls = panel.query_selector(".ftz-controls").bounding_box()
        picture = panel.query_selector("img:not([hidden]), .ftz-tables").bounding_box()
        if width == 390:
            assert picture["y"] >= controls["y"] + controls["height"]
        else:
            assert picture["x"] >= controls["x"] + controls["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


def test_every_picture_fits_a_phone(page, root):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, root, NOTEBOOKS[1], "lang=en")
    # Pictures of the phone's own width take the place of wide ones once the page has said its own.
    for panel in panels(page):
        for _ in range(1200):
            pixels = panel.evaluate("each => each.querySelector('img:not([hidden])')?.naturalWidth")
            if pixels in (None, PHONE_PIXELS):
                break
            page.wait_for_timeout(50)
        assert pixels in (None, PHONE_PIXELS)
    boxes = [each.bounding_box() for each in page.query_selector_all("img") if each.is_visible()]
    assert len(boxes) > 3
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)


def test_print_shows_pictures_and_no_controls(page, root):
    open_page(page, root, NOTEBOOKS[1], "lang=en&scheme=dark")
    page.emulate_media(media="print")
    assert not page.is_visible("#bar")
    assert not page.is_visible(".ftz-controls")
    assert page.is_visible(".ftz-panel img")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('img')).filter") == "none"
    # What scrolls would be pushed to the next page, away from the sentence that announces it.
    outputs = "[...document.querySelectorAll('.jp-OutputArea, .jp-OutputArea-child > *')]"
    styles = page.evaluate(f"{outputs}.map(each => getComputedStyle(each).overflow)")
    assert set(styles) == {"visible"}


ADDRESSES = [
    "",
    "voila/render/01_customs.ipynb",
    "voila/tree",
    "voila/static/voila.js",
    "voila/templates/ftz/static/index.css",
    "voila/api/contents",
    "voila/files/01_customs.ipynb",
    "voila/labextensions/anywidget/package.json",
    "voila/api/themes/@jupyterlab/theme-light-extension/index.css",
    "api/kernels",
    "api/kernels/00000000-0000-0000-0000-000000000000",
    "voila/query/00000000-0000-0000-0000-000000000000",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("token", [None, "another"])
def test_nothing_is_answered_without_the_token(root, address, token):
    given = {"token": token} if token else None
    answer = requests.get(f"{root}/{address}", params=given, allow_redirects=False, timeout=120)
    if answer.status_code == 302:
        assert urlsplit(answer.headers["Location"]).path == "/login"
    else:
        assert answer.status_code in (403, 404), answer.status_code
    # The page that says so is the briefing's own.
    assert f"<p>{answer.status_code}</p>" in answer.text or "ftz" not in answer.text
    assert not [each for path in NOTEBOOKS if (each := path.stem) in answer.text]


def test_the_log_in_page_takes_the_token_alone(browser, root):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{root}/?lang=zh&scheme=dark")
    looks = "[document.documentElement.lang, document.documentElement.dataset.scheme]"
    assert page.evaluate(looks) == ["zh", "dark"], "the form looks unlike the page behind it"
    assert violations(page) == []
    page.fill("#token", "another")
    page.click("button[type=submit]")
    assert not page.query_selector(".sections")
    page.fill("#token", TOKEN)
    page.click("button[type=submit]")
    page.wait_for_selector(".sections")
    assert page.evaluate(looks) == ["zh", "dark"]
    context.close()


OUTSIDE = [
    "voila/files/../pyproject.toml",
    "voila/files/%2e%2e/pyproject.toml",
    "voila/files/01_customs.ipynb",
    "voila/files/..%2fREADME.md",
    "voila/render/../README.md",
    "voila/render/%2e%2e/README.md",
    "voila/render//etc/passwd",
    "voila/static/../../../../etc/passwd",
    "voila/static/%2e%2e/%2e%2e/serve.py",
    "voila/templates/ftz/static/../conf.json",
    "voila/templates/ftz/static/%2e%2e/conf.json",
    "voila/tree/../",
]


@pytest.mark.parametrize("address", OUTSIDE)
def test_files_outside_the_notebooks_are_not_served(root, address):
    session = requests.Session()
    request = requests.Request(
        "GET", f"{root}/{address}", headers={"Authorization": f"token {TOKEN}"}
    )
    prepared = session.prepare_request(request)
    # As typed: requests would tidy the dots away.
    prepared.url = f"{root}/{address}"
    answer = session.send(prepared, allow_redirects=False, timeout=120)
    assert answer.status_code in (302, 403, 404, 405) or 'ol class="sections"' in answer.text
    for secret in ("[project]", "root:x:", "base_template", "LimitedKernelManager", "# ftz-data"):
        assert secret not in answer.text


def test_a_viewer_cannot_run_code(root):
    viewer = Viewer(root, NOTEBOOKS[1].name)
    viewer.connect()
    target = ROOT / "build" / "written-by-a-viewer"
    assert not target.exists()
    sent = [
        viewer.send("execute_request", {"code": f"open({str(target)!r}, 'w')", "silent": False}),
        viewer.send("complete_request", {"code": "imp", "cursor_pos": 3}),
        viewer.send("inspect_request", {"code": "open", "cursor_pos": 2, "detail_level": 0}),
        viewer.send("debug_request", {}, "control"),
        viewer.send("kernel_info_request", {}),
    ]
    answered = set()
    while sent[-1] not in answered:
        header, request, _ = viewer.receive()
        if header["msg_type"].endswith("_reply"):
            answered.add(request["msg_id"])
    # Requests on a channel are answered in order, so what came before it was dropped.
    assert answered == {sent[-1]}
    assert not target.exists()
    viewer.close()


def test_a_message_that_is_none_does_not_hold_up_the_server(root):
    viewer = Viewer(root, NOTEBOOKS[1].name)
    with pytest.raises(websocket.WebSocketBadStatusException, match="400"):
        viewer.connect(protocols=[])
    for message in [b"\xff" * 8, b"", "text", b"\x02" + b"\x00" * 7]:
        viewer.connect()
        send = viewer.socket.send_text if isinstance(message, str) else viewer.socket.send_bytes
        send(message)
        with pytest.raises(websocket.WebSocketConnectionClosedException):
            while True:
                viewer.receive()
        viewer.socket.shutdown()
    viewer.connect()
    assert viewer.panels()
    viewer.close()


def listening(process):
    """Addresses on which a process waits for others; a kernel may end as it is asked."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return {
            each.laddr.ip
            for each in process.net_connections("inet")
            if each.status == psutil.CONN_LISTEN
        }
    return set()


def test_nothing_listens_beyond_loopback(server):
    process = psutil.Process(server.pid)
    assert kernels(process)
    processes = [process, *process.children(recursive=True)]
    assert set.union(*map(listening, processes)) == {"127.0.0.1"}


def test_words_of_a_page_are_those_of_the_chart_function(page, root):
    # The test above would prove nothing if a wrong line passed for a right one.
    open_page(page, root, NOTEBOOKS[1], "lang=en")
    codes = {panel.evaluate(STATE)[0] for panel in panels(page)}
    assert len({expected(code, "en") for code in codes}) == len(codes)
