"""What a redraw costs in the kernel, from the change of a control to the new picture.

Each panel of a picture stands beside the same picture, with the same marks and words, drawn by the
same kind into a figure of pyplot's, under stock `interact` with the inline backend, in one kernel;
their changes take turns.

Requirements for every panel: a picture that was not drawn before takes at most a quarter of the
time that it takes there in the median, and two fifths in the 95th percentile; one that was at most
a twentieth in both.
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
from ftz_data.charts.kinds import KINDS
from ftz_data.charts.kinds.frame import said
from ftz_data.panels.controls import Choice, Control, Number
from ftz_data.panels.panel import draw

ROOT = Path(__file__).resolve().parent.parent
CHANGES = 20
# Median and 95th percentile.
LIMITS = {"new": (0.25, 0.4), "kept": (0.05, 0.05)}


def calls() -> list[str]:
    """Calls of all panels that draw, in the order of the notebooks."""
    found = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for call in re.findall(r"^panels\.(?:picture|doubt)\(.*\)$", cell.source, re.MULTILINE):
                found[call] = None
    return list(found)


def steps(control: Control) -> list:
    """Values of a control, far enough apart to give pictures of their own."""
    if isinstance(control, Choice):
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
            kind = KINDS[chart.kind]
            words = (said(each, "en") for each in (chart.title, chart.reading))
            frame, _ = chart._still(*words, kind.check(chart.data), "en", style.WIDE)
            wide, tall, dpi = frame.size.width, frame.height, frame.size.dpi
            axes = frame.fill(plt.figure(figsize=(wide, tall), dpi=dpi))
            titles = {name: said(getattr(chart, name), "en") for name in kind.titles}
            kind.draw(chart.data, axes, lang="en", size=style.WIDE, **titles)
            plt.show()

    controls = {}
    for control in panel.controls().values():
        if isinstance(control, Choice):
            options = [(control.words(key, lang="en"), key) for key in control.options]
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
        for control in panel.controls().values()
        if isinstance(control, Number) or len(control.options) > 1
    )
    ours, theirs = panel.inputs[name], stock(panel)[name]
    times = {"stock": [], "new": [], "kept": []}
    turns = itertools.cycle(values)
    ours.value = theirs.value = last = next(turns)
    for value in itertools.islice(turns, CHANGES):
        times["stock"].append(seconds(theirs, value))
        draw.cache_clear()
        draw(panel._function, "en", False, **panel._fixed, **panel.values)
        times["new"].append(seconds(ours, value))
        times["kept"].append(seconds(ours, last))
        info = draw.cache_info()
        assert (info.hits, info.misses) == (1, 2), info
        ours.value = last = value
    panel.close()
    return times


def main() -> int:
    chosen = sys.argv[1:]
    found = [call for call in calls() if not chosen or any(part in call for part in chosen)]
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
    for kind, limits in LIMITS.items():
        good = bool(np.all(worst[kind] <= np.array(limits)))
        passed &= good
        told = "pass" if good else "FAIL"
        print(f"{kind}: largest ratio{_pair(worst[kind], 3)}, at most{_pair(limits, 2)}: {told}")
    return int(not passed)


def _pair(numbers, digits: int) -> str:
    return "".join(f"{number:7.{digits}f}" for number in numbers)


if __name__ == "__main__":
    sys.exit(main())
