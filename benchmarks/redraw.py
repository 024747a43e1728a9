"""What a redraw costs in the kernel, from the change of a control to the new picture.

Each panel of each notebook stands beside the same chart, from the same painter, under stock
`interact` with pyplot and the inline backend, in one kernel; their changes take turns.

Requirements, for median and 95th percentile of every panel: a picture that was not drawn before
takes at most half of the time that it takes there, one that was at most a twentieth.
"""

import ast
import itertools
import re
import sys
import time
from pathlib import Path

import matplotlib as mpl
import nbclient
import nbformat
import numpy as np
from tqdm import tqdm

from ftz_data import panels, style
from ftz_data.charts.chart import DPI

ROOT = Path(__file__).resolve().parent.parent
CHANGES = 20
LIMITS = {"new": 0.5, "kept": 0.05}


def calls() -> list[str]:
    """Calls of all panels with a picture, in the order of the notebooks."""
    found = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for call in re.findall(r"^panels\.\w+\(.*\)$", cell.source, re.MULTILINE):
                if not re.match(r"panels\.(language_switch|explorer|glossary)", call):
                    found[call] = None
    return list(found)


def steps(control: panels.Control) -> list:
    """Values of a control, far enough apart to give pictures of their own."""
    if isinstance(control, panels.Choice):
        return control.options
    count = round((control.high - control.low) / control.step)
    places = np.unique(np.linspace(0, count, CHANGES + 2).astype(int))
    return [float(f"{control.low + place * control.step:.10g}") for place in places]


def stock(panel: panels.Panel) -> dict:
    """Controls of `interact` for the chart function of a panel, drawn with pyplot."""
    import ipywidgets
    import matplotlib.pyplot as plt

    def show(**values):
        chart = panel._function(**panel._fixed, **values)
        with mpl.rc_context(style.theme()):
            figure = plt.figure(dpi=DPI)
            chart.paint(figure, chart, "en")
            # The inline backend shows no figure without axes.
            figure.add_axes((0, 0, 1, 1)).set_axis_off()
            plt.show()

    controls = {}
    for control in panel._declare({}):
        if isinstance(control, panels.Choice):
            options = [(control.say(key, "en"), key) for key in control.options]
            controls[control.name] = ipywidgets.Dropdown(options=options)
        else:
            low, high, step = control.low, control.high, control.step
            slider = ipywidgets.FloatSlider(control.start, min=low, max=high, step=step)
            controls[control.name] = slider
    ipywidgets.interact(show, **controls)
    return controls


def seconds(widget, value) -> float:
    assert widget.value != value
    start = time.perf_counter()
    widget.value = value
    return time.perf_counter() - start


def measure(call: str) -> dict[str, list[float]]:
    """Seconds of each change of the first control of a panel; runs in a kernel."""
    panel = eval(call, {"panels": panels})
    name, values = next(
        (control.name, steps(control))
        for control in panel._declare({})
        if isinstance(control, panels.Number) or len(control.options) > 1
    )
    ours, theirs = panel._widgets[name], stock(panel)[name]
    times = {"stock": [], "new": [], "kept": []}
    turns = itertools.cycle(values)
    ours.value = theirs.value = last = next(turns)
    for value in itertools.islice(turns, CHANGES):
        times["stock"].append(seconds(theirs, value))
        panels._drawn.cache_clear()
        panels._drawn(panel._function, "en", **panel._fixed, **panel.values)
        times["new"].append(seconds(ours, value))
        times["kept"].append(seconds(ours, last))
        info = panels._drawn.cache_info()
        assert (info.hits, info.misses) == (1, 2), info
        ours.value = last = value
    panel.close()
    return times


def main() -> int:
    found = calls()
    assert found, "no panels"
    results = {}
    notebook = nbformat.v4.new_notebook()
    client = nbclient.NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=600,
        resources={"metadata": {"path": str(Path(__file__).parent)}},
        extra_arguments=["--log-level=ERROR"],
    )
    with client.setup_kernel():
        for call in tqdm(found, unit="panel"):
            cell = nbformat.v4.new_code_cell(f"import redraw\nredraw.measure({call!r})")
            notebook.cells = [cell]
            client.execute_cell(cell, 0)
            results[call] = ast.literal_eval(cell.outputs[-1].data["text/plain"])
    print(f"milliseconds, median and 95th percentile of {CHANGES} changes, and ratio to stock")
    print(f"{'':44}{'stock':>12}{'new':>12}{'':>12}{'kept':>12}")
    worst = dict.fromkeys(LIMITS, (0.0, 0.0))
    for call, times in results.items():
        tops = {kind: np.percentile(each, [50, 95]) for kind, each in times.items()}
        line = f"{call.removeprefix('panels.'):44}{_pair(tops['stock'] * 1e3, 0)}"
        for kind in LIMITS:
            ratios = tops[kind] / tops["stock"]
            worst[kind] = tuple(np.maximum(worst[kind], ratios))
            line += _pair(tops[kind] * 1e3, 1) + _pair(ratios, 3)
        print(line)
    passed = True
    for kind, limit in LIMITS.items():
        good = max(worst[kind]) <= limit
        passed &= good
        said = "pass" if good else "FAIL"
        print(f"{kind}: largest ratio{_pair(worst[kind], 3)}, at most {limit}: {said}")
    return int(not passed)


def _pair(numbers, digits: int) -> str:
    return "".join(f"{number:7.{digits}f}" for number in numbers)


if __name__ == "__main__":
    sys.exit(main())
