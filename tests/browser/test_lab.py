"""The notebooks in JupyterLab in Chromium: run, moved, switched, interrupted and run anew."""

import json

import nbformat
import psutil
import pytest
import requests
from nbconvert.preprocessors import ClearOutputPreprocessor

from browser.conftest import Watch
from browser.driving import (
    MOVABLE,
    NOTEBOOKS,
    STATE,
    drive,
    log_in,
    opened,
    panel_calls,
    press,
    settle,
    some,
    sources,
    until_ready,
)
from browser.serving import TOKEN, free_port, kernels, lab_command, lab_environment, serving
from ftz_data import language
from ftz_data.panels.controls import Number
from ftz_data.panels.page import page as current_page

pytestmark = pytest.mark.browser

DEADLINE = 120_000
SWITCH = ".widget-toggle-button:text-is('English')"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of the notebooks that was never run, since JupyterLab saves what it runs."""
    folder = tmp_path_factory.mktemp("lab") / "notebooks"
    folder.mkdir()
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        ClearOutputPreprocessor().preprocess(notebook, {})
        nbformat.write(notebook, folder / path.name)
    return folder


@pytest.fixture(scope="module")
def port():
    return free_port()


@pytest.fixture(scope="module")
def server(folder, port):
    own = lab_environment(folder.parent / "config")
    with serving(lab_command(port, folder), port, folder.parent / "log", own) as process:
        yield psutil.Process(process.pid)


@pytest.fixture(scope="module")
def root(server, port):
    return f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def context(browser, root):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    log_in(context, root)
    yield context
    context.close()


# Remembers the connections of a page, so that a test can cut them.
REMEMBER = """{
  const Plain = WebSocket;
  window.sockets = [];
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      window.sockets.push(this);
    }
  };
}"""

# What JupyterLab says where a kernel speaks of a widget that it has forgotten.
FORGOTTEN = "Comm not found for comm id "


@pytest.fixture
def watch(context):
    return Watch(context)


@pytest.fixture
def page(context, root, watch):
    page = context.new_page()
    page.set_default_timeout(DEADLINE)
    yield page
    page.close()
    given = {"token": TOKEN}
    for session in requests.get(f"{root}/api/sessions", params=given, timeout=120).json():
        requests.delete(f"{root}/api/sessions/{session['id']}", params=given, timeout=120)
    assert watch.errors == []
    assert watch.hosts <= {"127.0.0.1"}


@pytest.fixture(params=some("06_outcomes", "08_reader"))
def path(request):
    return request.param


def moved(path):
    """Query string of a page whose panels were each moved by a step, and the lines of Python."""
    language.use("zh")
    with opened(path) as shown:
        for panel in shown:
            for control in panel.controls().values():
                if isinstance(control, Number):
                    other = control.start + control.step
                    panel.set(**{control.name: other if other <= control.high else control.low})
                    break
                if len(control.options) > 1:
                    panel.set(**{control.name: control.options[1]})
                    break
        state, lines = current_page().state, [panel.code for panel in shown]
    language.use("en")
    return state, lines


def choose(page, menu, item):
    """Choose an item of JupyterLab's menu bar."""
    page.click(f".lm-MenuBar-itemLabel:text-is('{menu}')")
    page.click(f".lm-Menu-itemLabel:text-is('{item}')")


def last_prompt(page, number):
    """Wait until the last code cell has a number, which only a fresh kernel gives it."""
    page.wait_for_function(
        """number => {
          const area = document.querySelector(".jp-WindowedPanel-outer");
          area.scrollTop = area.scrollHeight;
          const prompts = document.querySelectorAll(".jp-CodeCell .jp-InputPrompt");
          return prompts.length && [...prompts].at(-1).textContent === `[${number}]:`;
        }""",
        arg=number,
    )


def walk(page):
    """Panels of a notebook from top to bottom; JupyterLab keeps those alone that are on screen."""
    page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
    met = 0
    while True:
        page.wait_for_function(
            """() => [...document.querySelectorAll("[data-mime-type*=widget-view]")].every(
              (area) => area.querySelector(".jupyter-widgets") && (
                !area.querySelector(".ftz-panel") || area.querySelector(".ftz-panel img[alt]")))"""
        )
        for panel in page.query_selector_all(".ftz-panel:not([data-met])"):
            panel.evaluate("(panel, met) => { panel.dataset.met = met }", met)
            panel.scroll_into_view_if_needed()
            panel.wait_for_element_state("visible")
            met += 1
            yield panel
        if page.evaluate(
            """() => {
              const area = document.querySelector(".jp-WindowedPanel-outer");
              const before = area.scrollTop;
              area.scrollBy({ top: area.clientHeight / 2, behavior: "instant" });
              return area.scrollTop === before;
            }"""
        ):
            break
    for panel in page.query_selector_all("[data-met]"):
        panel.evaluate("panel => delete panel.dataset.met")


def speaks(page, lang, other):
    """Wait until the prose at the top of the page is in a language."""
    page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
    page.wait_for_selector(f".jp-RenderedMarkdown div[lang={lang}] h1", state="visible")
    page.wait_for_selector(f".jp-RenderedMarkdown div[lang={other}] h1", state="hidden")


def saved(page, folder, path):
    """Code cells of the notebook as JupyterLab saves it."""
    with page.expect_response(
        lambda answer: answer.request.method == "PUT" and path.name in answer.url
    ):
        choose(page, "File", "Save Notebook")
    cells = json.loads((folder / path.name).read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_every_notebook(page, watch, root, folder, path):
    state, lines = moved(path)
    assert len(lines) == panel_calls(path)
    count = len(sources(path))
    page.goto(f"{root}/lab/workspaces/{path.stem}/tree/{path.name}?{state}")
    until_ready(page)

    # The link reopens what was on screen.
    choose(page, "Run", "Run All Cells")
    last_prompt(page, count)
    shown = [settle(page, panel, "zh", line=line) for panel, line in walk_with(page, lines)]
    assert [code for code, _ in shown] == lines
    speaks(page, "zh", "en")

    # Every control, by keyboard and by mouse.
    for panel in walk(page):
        assert "重置" in panel.text_content()
        drive(page, panel, "zh")

    # The other language: prose, labels and charts.
    speaks(page, "zh", "en")
    page.focus(SWITCH)
    page.keyboard.press("Space")
    speaks(page, "en", "zh")
    for panel in walk(page):
        settle(page, panel, "en")
        assert "Reset" in panel.text_content() and "重置" not in panel.text_content()

    for cell in saved(page, folder, path):
        for output in cell["outputs"]:
            assert output["output_type"] != "error" and output.get("name") != "stderr", output

    # Interrupted and started anew, it comes back to what the link asks for.
    choose(page, "Run", "Run All Cells")
    choose(page, "Kernel", "Interrupt Kernel")
    choose(page, "Kernel", "Restart Kernel and Run All Cells…")
    assert watch.errors == []
    page.click(".jp-Dialog-button:has-text('Restart')")
    last_prompt(page, count)
    again = [settle(page, panel, "zh", line=line) for panel, line in walk_with(page, lines)]
    assert again == shown
    # JupyterLab forgets the widgets as it restarts their kernel, which closes them as it ends.
    watch.errors[:] = [each for each in watch.errors if not each.startswith(FORGOTTEN)]
    for cell in saved(page, folder, path):
        for output in cell["outputs"]:
            assert output["output_type"] != "error" and output.get("name") != "stderr", output


def notice(page, key, lang):
    """Wait until a picture says what is lost."""
    page.wait_for_function(
        """words => [...document.querySelectorAll(".ftz-panel [role=alert]")]
          .some((each) => !each.hidden && each.innerText === words)""",
        arg=language.text(f"panel_{key}", lang),
    )


def answered(page):
    """Wait until no picture says that something is lost."""
    page.wait_for_function(
        "[...document.querySelectorAll('.ftz-panel [role=alert]')].every(each => each.hidden"
        " || !each.innerText)"
    )


def run_outcomes(page, root, lang):
    """A notebook that was run: its first panel, and the line of Python that it shows."""
    [path] = [path for path in NOTEBOOKS if path.stem == "06_outcomes"]
    page.goto(f"{root}/lab/workspaces/lost/tree/{path.name}?lang={lang}")
    until_ready(page)
    choose(page, "Run", "Run All Cells")
    last_prompt(page, len(sources(path)))
    # The kernel comes to the language of the address after the cells.
    for panel in walk(page):
        settle(page, panel, lang)
    panel = next(walk(page))
    line, _ = settle(page, panel, lang)
    until_ready(page)
    return panel, line


@pytest.mark.slow
@pytest.mark.parametrize("lang", language.LANGS)
def test_a_picture_says_that_its_connection_or_its_kernel_is_lost(page, watch, root, lang):
    page.add_init_script(REMEMBER)
    panel, line = run_outcomes(page, root, lang)
    page.context.set_offline(True)
    page.evaluate("window.sockets.forEach(each => each.close())")
    notice(page, "lost", lang)
    page.context.set_offline(False)
    answered(page)
    press(page, panel.query_selector(MOVABLE))
    settle(page, panel, lang, line)
    given = {"token": TOKEN}
    [session] = requests.get(f"{root}/api/sessions", params=given, timeout=120).json()
    requests.delete(f"{root}/api/kernels/{session['kernel']['id']}", params=given, timeout=120)
    notice(page, "gone", lang)
    # What JupyterLab says of it is its own.
    watch.errors.clear()


@pytest.mark.slow
@pytest.mark.parametrize("lang", language.LANGS)
def test_a_picture_says_that_the_server_hangs_and_goes_on_after_it(page, watch, server, root, lang):
    panel, line = run_outcomes(page, root, lang)
    server.suspend()
    try:
        press(page, panel.query_selector(MOVABLE))
        notice(page, "lost", lang)
        assert panel.evaluate(STATE)[0] == line
    finally:
        server.resume()
    answered(page)
    settle(page, panel, lang, line)
    # What JupyterLab says of it is its own.
    watch.errors.clear()


@pytest.mark.slow
@pytest.mark.parametrize("lang", language.LANGS)
def test_a_picture_of_a_kernel_that_is_started_anew_says_so(page, watch, root, lang):
    panel, _ = run_outcomes(page, root, lang)
    choose(page, "Kernel", "Restart Kernel…")
    page.click(".jp-Dialog-button:has-text('Restart')")
    notice(page, "gone", lang)
    until_ready(page)
    before = panel.evaluate(STATE)
    press(page, panel.query_selector(MOVABLE))
    # As long as a hanging server is waited for.
    page.wait_for_timeout(12_000)
    assert panel.evaluate(STATE) == before, "a kernel that knows nothing of it has answered"
    notice(page, "gone", lang)
    # What JupyterLab says of it is its own.
    watch.errors.clear()


@pytest.mark.slow
def test_a_picture_says_that_the_server_was_killed(context, folder, tmp_path):
    port, own = free_port(), lab_environment(tmp_path / "config")
    with serving(lab_command(port, folder), port, tmp_path / "log", own) as process:
        page = context.new_page()
        page.set_default_timeout(DEADLINE)
        page.goto(f"http://127.0.0.1:{port}/doc/tree?token={TOKEN}")
        panel, line = run_outcomes(page, f"http://127.0.0.1:{port}", "zh")
        left = kernels(process)
        process.kill()
        process.wait()
        for each in left:
            each.kill()
        notice(page, "lost", "zh")
        press(page, panel.query_selector(MOVABLE))
        assert panel.evaluate(STATE)[0] == line
        page.close()


def walk_with(page, lines):
    """Panels with the line that each should show."""
    return zip(walk(page), lines, strict=True)
