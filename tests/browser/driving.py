"""Panels in a browser: where they are, how their controls are moved, and what they should say."""

import io
import re
import tokenize

import nbformat
from conftest import ROOT

import ftz_data

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# In one call, since each costs some milliseconds: code and alternative text of a panel.
STATE = """panel => [
  panel.querySelector("code")?.textContent ?? "",
  panel.querySelector("img")?.alt ?? "",
]"""


def sources(path):
    return [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]


def panel_calls(path):
    """How many cells of a notebook show a panel with a picture."""
    calls = re.compile(r"^panels\.(?!language_switch|explorer|glossary)", re.MULTILINE)
    return sum(len(calls.findall(source)) for source in sources(path))


def expected(code, lang):
    """Words of the chart that a panel's line of Python draws."""
    # The line is the panel's own; a call of one of our charts is all that it may be.
    assert re.fullmatch(r"ftz_data\.charts\.\w+\([^()]*\)", code), code
    kinds = {each.string for each in tokenize.generate_tokens(io.StringIO(code).readline)}
    assert "import" not in kinds
    return eval(code, {"__builtins__": {}, "ftz_data": ftz_data}).words(lang)


def settle(page, panel, lang, before=None, line=None):
    """Wait until a panel shows what its line of Python draws; return line and words.

    With `before`, a line, wait until the line is another one; with `line`, until it is that.
    """
    for _ in range(400):
        code, alt = panel.evaluate(STATE)
        if not code or code == before or line not in (None, code):
            pass
        elif alt == expected(code, lang):
            return code, alt
        page.wait_for_timeout(25)
    raise AssertionError(f"after ten seconds {code!r} (not {before!r}, but {line!r}) shows {alt!r}")


def panels(page):
    return page.query_selector_all(".ftz-panel")


MOVABLE = "select:has(option:nth-child(2)), .noUi-handle"


def press(page, control):
    """Move a control by one step with the keyboard."""
    control.focus()
    # At its end a control cannot go further.
    back, forth, at_end = control.evaluate(
        """each => each.matches("select")
          ? ["ArrowUp", "ArrowDown", each.selectedIndex === each.options.length - 1]
          : ["ArrowLeft", "ArrowRight", each.ariaValueNow === each.ariaValueMax]"""
    )
    page.keyboard.press(back if at_end else forth)


def point(page, control):
    """Move a control with the mouse, away from where it stands."""
    if control.get_attribute("role") != "slider":
        # The list that a browser opens is its own, so a choice stands for the mouse.
        control.select_option(index=int(control.evaluate("each => each.selectedIndex === 0")))
        return
    # A click beside the handle brings it there.
    base = control.evaluate_handle("each => each.closest('.noUi-base')").as_element()
    base.scroll_into_view_if_needed()
    box, handle = base.bounding_box(), control.bounding_box()
    left = handle["x"] + handle["width"] / 2 < box["x"] + box["width"] / 2
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
