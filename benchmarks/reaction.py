"""What a presenter sees of a redraw: from a key to the picture, in JupyterLab in Chromium.

A panel stands in a notebook beside the same chart under stock `interact` with pyplot, as in
`redraw.py`, and both get the same keys in turn, each of which asks for a picture that was not drawn
before. Needs Chromium.

Requirements: from one key to its picture at most three tenths of the time of stock `interact`; of
40 steps in about two seconds at least four times as many pictures on the way, the last of them
after at most a quarter of the time, and no frame without a picture.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from browser.serving import (
    CHROMIUM,
    TOKEN,
    free_port,
    lab_command,
    lab_environment,
    launch,
    serving,
)
from playwright.sync_api import sync_playwright
from tqdm import tqdm

from ftz_data import panels

MODEL, CONTROL = "rail_bill", "days"
CELLS = [
    "import redraw\nfrom ftz_data import panels",
    f"panel = panels.picture({MODEL!r})\npanel",
    f"stock = redraw.stock(panels.picture({MODEL!r}))",
]
KEYS, ROUNDS, STEPS, PAUSE = 15, 3, 40, 0.05
LIMIT, LAST, MORE = 0.3, 0.25, 4

# Each frame: which picture is to be seen in the output of a cell, and whether there is one at all.
WATCH = """cell => {
  const area = document.querySelectorAll(".jp-CodeCell .jp-OutputArea")[cell];
  const watch = window.watch = { changes: [], blank: 0, frames: 0, keys: [] };
  area.addEventListener("keydown", () => watch.keys.push(performance.now()), true);
  const look = () => {
    if (window.watch !== watch) return;
    const image = area.querySelector("img");
    const shown = image?.complete && image.naturalWidth && image.offsetHeight > 50;
    watch.frames += 1;
    if (!shown) watch.blank += 1;
    else if (image.src !== watch.last) {
      if (watch.last) watch.changes.push(performance.now());
      watch.last = image.src;
    }
    requestAnimationFrame(look);
  };
  look();
}"""


def settle(page) -> None:
    """Wait until no new picture has come for a second."""
    count = -1
    while count != (now := page.evaluate("window.watch.changes.length")):
        count = now
        page.wait_for_timeout(1000)


def watched(page, cell: int, presses: int) -> dict:
    """Press the right arrow in the slider of a cell, and see what pictures come."""
    area = page.query_selector_all(".jp-CodeCell .jp-OutputArea")[cell]
    handle = area.query_selector_all(".noUi-handle, .ftz-number [type=range]")[page.slider]
    handle.scroll_into_view_if_needed()
    page.evaluate(WATCH, cell)
    page.wait_for_timeout(300)
    handle.focus()
    start = time.perf_counter()
    for press in range(presses):
        page.keyboard.press("ArrowRight")
        # On time, whatever the press itself has taken.
        time.sleep(max(0, start + (press + 1) * PAUSE - time.perf_counter()))
    settle(page)
    return page.evaluate("window.watch")


def main() -> int:
    if not CHROMIUM:
        print("Chromium is not installed; Debian has it as the package chromium")
        return 1
    names = list(panels.picture(MODEL).inputs)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in CELLS],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)"}},
        )
        nbformat.write(notebook, folder / "reaction.ipynb")
        own = lab_environment(folder / "config") | {"PYTHONPATH": str(Path(__file__).parent)}
        port = free_port()
        with (
            serving(lab_command(port, folder), port, folder / "log", own),
            sync_playwright() as playwright,
        ):
            browser = launch(playwright)
            page = browser.new_page(viewport={"width": 1280, "height": 1400})
            page.goto(f"http://127.0.0.1:{port}/doc/tree/reaction.ipynb?token={TOKEN}")
            page.wait_for_selector(
                ".jp-Toolbar:has(.jp-Toolbar-kernelName:has-text('Python'))"
                " .jp-Notebook-ExecutionIndicator[data-status=idle]"
            )
            page.click(".lm-MenuBar-itemLabel:text-is('Run')")
            page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
            page.wait_for_function("document.querySelectorAll('.jp-OutputArea img').length === 2")
            page.wait_for_timeout(2000)
            page.slider = names.index(CONTROL)
            single, many = {"stock": [], "ours": []}, {"stock": [], "ours": []}
            cells = {"ours": 1, "stock": 2}
            with tqdm(total=2 * (KEYS + ROUNDS), unit="run") as bar:
                for _ in range(KEYS):
                    for kind, cell in cells.items():
                        single[kind].append(watched(page, cell, 1))
                        bar.update()
                for _ in range(ROUNDS):
                    for kind, cell in cells.items():
                        many[kind].append(watched(page, cell, STEPS))
                        bar.update()
            browser.close()
    return report(single, many)


def report(single: dict, many: dict) -> int:
    """Print what was seen, and whether it is good enough."""
    key = {
        kind: statistics.median(w["changes"][-1] - w["keys"][0] for w in runs)
        for kind, runs in single.items()
    }
    rows = {}
    for kind, runs in many.items():
        rows[kind] = {
            "seconds of keys": statistics.median(w["keys"][-1] - w["keys"][0] for w in runs) / 1e3,
            "on the way": statistics.median(
                sum(change < w["keys"][-1] for change in w["changes"]) for w in runs
            ),
            "last after, ms": statistics.median(w["changes"][-1] - w["keys"][-1] for w in runs),
            "blank frames": sum(w["blank"] for w in runs),
            "frames": sum(w["frames"] for w in runs),
        }
    print(f"{'':20}{'stock':>10}{'ours':>10}{'ratio':>8}")
    table = {"one key, ms": key} | {
        name: {kind: row[name] for kind, row in rows.items()} for name in rows["ours"]
    }
    for name, row in table.items():
        ratio = row["ours"] / row["stock"] if row["stock"] else float("nan")
        print(f"{name:20}{row['stock']:10.1f}{row['ours']:10.1f}{ratio:8.2f}")
    checks = {
        f"one key at most {LIMIT}": key["ours"] <= LIMIT * key["stock"],
        f"pictures on the way at least {MORE}": rows["ours"]["on the way"]
        >= MORE * rows["stock"]["on the way"],
        f"last picture at most {LAST}": rows["ours"]["last after, ms"]
        <= LAST * rows["stock"]["last after, ms"],
        "no frame without a picture": rows["ours"]["blank frames"] == 0,
    }
    for name, good in checks.items():
        print(f"{name}: {'pass' if good else 'FAIL'}")
    return int(not all(checks.values()))


if __name__ == "__main__":
    sys.exit(main())
