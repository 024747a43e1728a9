"""Panels in a browser: where they are, how their controls are moved, and what they should say."""

import io
import re
import time
import tokenize
from contextlib import contextmanager

import nbformat
import pytest

import ftz_data
from browser.serving import TOKEN
from conftest import ROOT

# Seconds that a picture may take on a machine that does much else.
_PATIENCE = 60
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def some(*names):
    """All notebooks as parameters, those that are not named in the tests that take minutes."""
    assert set(names) <= {path.stem for path in NOTEBOOKS}
    return [
        pytest.param(path, id=path.stem, marks=() if path.stem in names else pytest.mark.slow)
        for path in NOTEBOOKS
    ]


def log_in(context, root):
    """Have JupyterLab know a browser; what it complains of at the log-in is no page's of ours."""
    page = context.new_page()
    page.goto(f"{root}/doc/tree?token={TOKEN}")
    page.close()


def until_ready(page):
    """Wait for a notebook's kernel: JupyterLab drops what it is asked to run before."""
    page.wait_for_selector(
        ".jp-Toolbar:has(.jp-Toolbar-kernelName:has-text('Python'))"
        " .jp-Notebook-ExecutionIndicator[data-status=idle]"
    )


def run_all(page):
    """Run a notebook that is open in JupyterLab."""
    until_ready(page)
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")


# In one call, since each costs some milliseconds: code and alternative text of a panel.
STATE = """panel => [
  panel.querySelector("code")?.textContent ?? "",
  panel.querySelector("img")?.alt ?? "",
]"""


def sources(path):
    return [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


def panel_calls(path):
    """How many cells of a notebook show a panel with a picture."""
    others = "language_switch|explorer|glossary|actors|brief|timeline|reader|predict|quiz"
    calls = re.compile(rf"^panels\.(?!{others})", re.MULTILINE)
    return sum(len(calls.findall(source)) for source in sources(path))


@contextmanager
def opened(path):
    """The panels that a notebook shows, in order, as they are at the start."""
    shown = []
    for source in sources(path):
        for call in re.findall(r"^panels\.\w+\(.*\)$", source, re.MULTILINE):
            # Calls of our own notebooks.
            panel = eval(call, {"panels": ftz_data.panels})
            if isinstance(panel, ftz_data.panels.Panel):
                shown.append(panel)
    try:
        yield shown
    finally:
        for panel in shown:
            panel.close()


def made(code):
    """The chart or table that a panel's line of Python makes."""
    # The line is the panel's own; a call of one of our charts is all that it may be.
    assert re.fullmatch(r"ftz_data\.charts\.\w+\([^()]*\)", code), code
    kinds = {each.string for each in tokenize.generate_tokens(io.StringIO(code).readline)}
    assert "import" not in kinds
    return eval(code, {"__builtins__": {}, "ftz_data": ftz_data})


def expected(code, lang):
    """Words of what a panel's line of Python makes."""
    return made(code).words(lang)


def settle(page, panel, lang, before=None, line=None):
    """Wait until a panel shows what its line of Python draws; return line and words.

    With `before`, a line, wait until the line is another one; with `line`, until it is that.
    """
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        code, alt = panel.evaluate(STATE)
        if not code or code == before or line not in (None, code):
            pass
        elif alt == expected(code, lang):
            return code, alt
        page.wait_for_timeout(25)
    said = f"{code!r} (not {before!r}, but {line!r}) shows {alt!r}"
    raise AssertionError(f"after {_PATIENCE} seconds {said}")


def panels(page):
    return page.query_selector_all(".ftz-panel")


SLIDER, FIELD = ".ftz-number [type=range]", ".ftz-number [type=text]"
MOVABLE = f"select:has(option:nth-child(2)), {SLIDER}"


def press(page, control):
    """Move a control by one step with the keyboard."""
    control.focus()
    # At its end a control cannot go further.
    back, forth, at_end = control.evaluate(
        """each => each.matches("select")
          ? ["ArrowUp", "ArrowDown", each.selectedIndex === each.options.length - 1]
          : ["ArrowLeft", "ArrowRight", each.value === each.max]"""
    )
    page.keyboard.press(back if at_end else forth)


def point(page, control):
    """Move a control with the mouse, away from where it stands."""
    if not control.evaluate("(each, slider) => each.matches(slider)", SLIDER):
        # The list that a browser opens is its own, so a choice stands for the mouse.
        control.select_option(index=int(control.evaluate("each => each.selectedIndex === 0")))
        return
    # A click beside the handle brings it there.
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    left = control.evaluate("each => 2 * each.value < Number(each.min) + Number(each.max)")
    target = 0.75 if left else 0.25
    page.mouse.click(box["x"] + target * box["width"], box["y"] + box["height"] / 2)


def drive(page, panel, lang):
    """Move every control of a panel by keyboard and by mouse; return how many moves there were."""
    code, start = settle(page, panel, lang)
    seen = [start]
    for control in panel.query_selector_all(MOVABLE):
        for move in (press, point):
            move(page, control)
            code, alt = settle(page, panel, lang, code)
            seen.append(alt)
    assert len(set(seen)) > 1 or len(seen) == 1, f"no control changes what is said: {code}"
    return len(seen) - 1
