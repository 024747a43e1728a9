"""The notebooks in JupyterLab in Chromium: run, moved, switched, interrupted and run anew."""

import json
import re

import ipywidgets
import nbformat
import pytest
import requests
from nbconvert.preprocessors import ClearOutputPreprocessor

from browser.conftest import Watch
from browser.driving import NOTEBOOKS, drive, panel_calls, settle, sources
from browser.serving import TOKEN, free_port, lab_command, lab_environment, serving
from ftz_data import panels

DEADLINE = 60_000
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
def root(folder):
    port = free_port()
    own = lab_environment(folder.parent / "config")
    with serving(lab_command(port, folder), port, folder.parent / "log", own):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def context(browser, root):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{root}/doc/tree?token={TOKEN}")
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(context, root):
    watch = Watch(context)
    page = context.new_page()
    page.set_default_timeout(DEADLINE)
    yield page
    page.close()
    given = {"token": TOKEN}
    for session in requests.get(f"{root}/api/sessions", params=given, timeout=10).json():
        requests.delete(f"{root}/api/sessions/{session['id']}", params=given, timeout=10)
    assert watch.errors == []
    assert watch.hosts <= {"127.0.0.1"}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


def moved(path):
    """Query string of a page whose panels were each moved by a step, and the lines of Python."""
    panels._page.lang = "zh"
    shown = []
    for source in sources(path):
        for call in re.findall(r"^panels\.\w+\(.*\)$", source, re.MULTILINE):
            panel = eval(call, {"panels": panels})
            if isinstance(panel, panels.Panel):
                shown.append(panel)
    for panel in shown:
        for control in panel._declare(panel.values):
            if isinstance(control, panels.Number):
                other = control.start + control.step
                panel.set(**{control.name: other if other <= control.high else control.low})
                break
            if len(control.options) > 1:
                panel.set(**{control.name: control.options[1]})
                break
    state, lines = panels._page.state, [panel._code() for panel in shown]
    ipywidgets.Widget.close_all()
    panels._page.panels.clear()
    panels._page.lang = "en"
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


def test_every_notebook(page, root, folder, path):
    state, lines = moved(path)
    assert len(lines) == panel_calls(path)
    count = len(sources(path))
    page.goto(f"{root}/lab/workspaces/{path.stem}/tree/{path.name}?{state}")
    # JupyterLab drops what it is asked to run before the kernel is ready.
    page.wait_for_selector(
        ".jp-Toolbar:has(.jp-Toolbar-kernelName:has-text('Python'))"
        " .jp-Notebook-ExecutionIndicator[data-status=idle]"
    )

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
    page.click(".jp-Dialog-button:has-text('Restart')")
    last_prompt(page, count)
    again = [settle(page, panel, "zh", line=line) for panel, line in walk_with(page, lines)]
    assert again == shown
    for cell in saved(page, folder, path):
        for output in cell["outputs"]:
            assert output["output_type"] != "error" and output.get("name") != "stderr", output


def walk_with(page, lines):
    """Panels with the line that each should show."""
    return zip(walk(page), lines, strict=True)
