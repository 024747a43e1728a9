"""What the Tab key reaches on a page, in order, and what it is called in each language."""

import csv

from browser.driving import made, opened
from conftest import ROOT
from ftz_data import language
from ftz_data.language import text, worded
from ftz_data.panels import download
from ftz_data.panels.controls import Number
from ftz_data.tables import Table

# What the keyboard has reached: where it is, its kind, name, size and place.
FOCUSED = """() => {
  const each = document.activeElement;
  // After the last one a browser goes to its own bar, or to the first one again.
  if (!each || each === document.body || each === window.ftzFirst) return null;
  window.ftzFirst ??= each;
  const { y, width, height } = each.getBoundingClientRect();
  const by = (each.getAttribute("aria-labelledby") ?? "").split(" ")
    .map((id) => document.getElementById(id));
  const label = [...(each.labels ?? []), ...by].map((label) => label?.textContent ?? "").join(" ");
  const said = [each.ariaLabel, label, each.innerText, each.title, each.placeholder];
  const name = said.find((words) => words?.trim())?.trim() ?? "";
  const kind = each.type || each.getAttribute("role") || each.localName;
  const within = ["#bar", ".ftz-panel", ".ftz-table"].find((place) => each.closest(place)) ?? "";
  return { within, kind, name, width, height, y: y + scrollY };
}"""

# What can be scrolled sideways, and whether the keyboard can do so.
SCROLLED = """() => [...document.querySelectorAll("#rendered_cells *")].filter((each) =>
    ["auto", "scroll"].includes(getComputedStyle(each).overflowX)
    // Less than a letter is rounding.
    && each.scrollWidth > each.clientWidth + 8 && each.checkVisibility())
  .map((each) => [each.className, each.tabIndex, each.ariaLabel])"""


def open_page(page, root, path, query):
    page.goto(f"{root}/voila/render/{path.name}?{query}")
    page.wait_for_selector(".widget-toggle-button")
    # Widgets are put in one after the other; the last ones are the panels'.
    count = -1
    while count != (now := page.evaluate("document.querySelectorAll('.jupyter-widgets').length")):
        count = now
        page.wait_for_timeout(1500)


def walk(page):
    """What the Tab key reaches from the start of a page to its end."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0); delete window.ftzFirst")
    found = []
    while len(found) < 400:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None:
            return found
        found.append(at)
    raise AssertionError(f"the walk does not end: {found[-3:]}")


def declared(path, lang):
    """Kind and name of what the panels of a notebook offer to the keyboard, in order."""
    language.use(lang)
    try:
        with opened(path) as panels:
            return [step for panel in panels for step in _steps(panel, lang)]
    finally:
        language.use("en")


def _steps(panel, lang):
    for control in panel.controls().values():
        label = worded(control.label, lang)
        if isinstance(control, Number):
            yield "range", label
            yield "text", text("panel_type", lang, label=label)
        else:
            yield "select-one", label
    yield "submit", text("panel_reset", lang)
    for form in download.FORMATS:
        # A table is no picture.
        if form != "png" or not isinstance(made(panel.code), Table):
            yield "button", form
    yield "summary", text("panel_notes", lang)


def record(path, walks):
    """Keep the focus order of a page: kind, and name in each language, of each step."""
    folder = ROOT / "build" / "focus"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f"{path.stem}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["step", "within", "kind", *(f"name_{lang}" for lang in walks)])
        for number, steps in enumerate(zip(*walks.values(), strict=True), 1):
            first, *_ = steps
            names = [each["name"] for each in steps]
            writer.writerow([number, first["within"], first["kind"], *names])
