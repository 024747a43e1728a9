"""The desk in JupyterLab: twenty figures by keyboard alone, a kernel that is killed, two tabs."""

import nbformat
import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe

import ftz_data
from browser.conftest import Watch
from browser.driving import log_in, run_all
from browser.serving import free_port, kernels, lab_command, lab_environment, serving
from browser.test_reach import RULES
from ftz_data.deciding import PRACTICE, Desk
from ftz_data.language import label, text

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = ["from ftz_data import panels", "panels.language_switch()", "panels.desk('draft')"]
NAMES = ("one.ipynb", "two.ipynb")
PANEL = ".ftz-desk"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk") / "work"
    folder.mkdir()
    ftz_data.draft(PRACTICE, folder / "draft")
    for name in NAMES:
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        nbformat.write(notebook, folder / name)
    return folder


@pytest.fixture(scope="module")
def server(folder):
    port = free_port()
    own = lab_environment(folder.parent / "config") | {"HOME": str(folder.parent)}
    with serving(lab_command(port, folder), port, folder.parent / "log", own) as process:
        yield psutil.Process(process.pid), f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def context(browser, server):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    log_in(context, server[1])
    yield context
    context.close()


def open_tab(context, server, name):
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{server[1]}/doc/tree/{name}")
    run_all(page)
    page.wait_for_selector(f"{PANEL} form")
    return page


def progress(page, done, total, lang="en"):
    page.wait_for_function(
        "([panel, words]) => document.querySelector(`${panel} .ftz-progress`)"
        "?.textContent.startsWith(words)",
        arg=[PANEL, text("desk_progress", lang, done=done, total=total)],
    )


def focused(page):
    return page.evaluate("document.activeElement.name ?? ''")


def tab_to(page, name):
    """Press Tab until a field or a button has the focus."""
    for _ in range(40):
        if page.evaluate(
            "name => [document.activeElement.name, document.activeElement.textContent]"
            ".includes(name)",
            name,
        ):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}")


def choose(page, column, code):
    """Choose from a list by typing the first of its words."""
    tab_to(page, column)
    page.keyboard.type(label(column, code, "en").split()[0], delay=5)


def accept(page, at, total):
    """Fill the figure that is asked for, and accept it; the focus stands in what is empty."""
    assert focused(page) == "title_en"
    page.keyboard.type(f"Title {at}")
    if at == 0:
        choose(page, "section", "outcomes")
        choose(page, "ref_area", "port")
    page.keyboard.press("Enter")
    progress(page, at + 1, total)


def test_twenty_figures_by_keyboard_a_killed_kernel_and_a_second_tab(context, server, folder):
    process, _ = server
    watch = Watch(context)
    page = open_tab(context, server, NAMES[0])
    total = len(Desk(folder / "draft").entries)
    assert total > 21
    # The one time that the hand is needed is to come into the panel from JupyterLab.
    page.focus(f"{PANEL} [name=title_en]")
    for at in range(10):
        accept(page, at, total)
    [kernel] = kernels(process)
    kernel.kill()
    kernel.wait(60)
    assert Desk(folder / "draft").decided == (10, total), "a decision is lost with its kernel"
    page.click(".jp-Dialog .jp-mod-accept")
    run_all(page)
    progress(page, 10, total)
    page.focus(f"{PANEL} [name=title_en]")
    assert page.input_value(f"{PANEL} [name=section]") == ""
    choose(page, "section", "outcomes")
    choose(page, "ref_area", "port")
    page.focus(f"{PANEL} [name=title_en]")
    for at in range(10, 19):
        accept(page, at, total)
    tab_to(page, text("desk_reject", "en"))
    page.keyboard.press("Enter")
    progress(page, 20, total)
    statuses = [each.status for each in Desk(folder / "draft").entries]
    assert statuses == ["accepted"] * 19 + ["rejected"] + ["open"] * (total - 20)

    # Another tab, with a kernel of its own, decides on what this one shows.
    other = open_tab(context, server, NAMES[1])
    progress(other, 20, total)
    other.click(f"{PANEL} button:text-is('{text('desk_reject', 'en')}')")
    progress(other, 21, total)
    page.bring_to_front()
    page.focus(f"{PANEL} [name=title_en]")
    page.keyboard.type("Mine")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "words => document.querySelector('.ftz-desk [role=alert]').textContent === words",
        arg=text("desk_changed", "en"),
    )
    assert Desk(folder / "draft").entries[20].status == "rejected"

    for lang, name in (("zh", "中文"), ("en", "English")):
        page.click(f".widget-toggle-button:text-is('{name}')")
        progress(page, 21, total, lang)
        found = Axe().run(page, context=PANEL, options=RULES).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
        if lang == "zh":
            words = page.inner_text(f"{PANEL} form")
            assert "Accept" not in words and "采纳" in words
    assert watch.hosts <= {"127.0.0.1"}
