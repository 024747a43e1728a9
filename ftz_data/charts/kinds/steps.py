"""steps: what waits for what, before and after."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ... import language, style
from . import axes, marks
from .axes import Scale, Scales
from .chart import Kind, into, line_of
from .frame import Room
from .rows import BAR, Grid, Slot, lay_out
from .rows import scale as row_scale
from .rows import write as write_rows
from .table import Row, bounds, flag, given, number, rows, word


def check(data: pd.DataFrame) -> list[Row]:
    """Rows of steps, checked."""
    needed = {
        "head": ("label",),
        "step": ("label", "start", "stop"),
        "end": ("label", "value"),
        "now": ("value",),
        "saved": ("label", "start", "stop"),
    }
    return rows("steps", data, needed)


def _grid(found: list[Row], lang: str, size: style.Size) -> Grid:
    return lay_out([row for row in found if row["role"] != "now"], lang, size)


def room(found: list[Row], lang: str, size: style.Size) -> Room:
    """Room that the axes need."""
    grid = _grid(found, lang, size)
    return Room(grid.height, grid.left, grid.right, 0.0, axes.TICKS + axes.LABEL)


def steps(
    data: pd.DataFrame,
    ax: Axes,
    lang: str | None = None,
    size: style.Size = style.WIDE,
    x: str = "",
) -> Axes:
    """Steps on one axis of time: which take how long, which are waited for, when it is over.

    Parameters
    ----------
    data : pandas.DataFrame
        In the order of the rows. `role` is ``head`` (a heading, such as before and after: `label`),
        ``step`` (`label`, `start`, `stop`, and `upper` where the stop may come as late as that;
        `waits` false where nothing waits for it), ``end`` (`label`, `value` and bounds: when the
        report says that it is over; a band through the steps above it), ``now`` (`value`: when it
        is over by a model, drawn on the row of the end before it) or ``saved`` (`label`, `start`,
        `stop`: an arrow back in time). Further `basis` and `words`.
    ax : matplotlib.axes.Axes
        Where to draw; your own subplot too.
    lang : {"en", "zh"}, optional
    size : style.Size
        Sizes of the texts.
    x : str
        Title of the axis, with the unit of time.

    Returns
    -------
    matplotlib.axes.Axes
    """
    return into(KIND, data, ax, lang, size, x=x)


def scales(
    found: list[Row], lang: str, size: style.Size, inches: tuple[float, float], x: str
) -> Scales:
    """Time from the left, rows from the top down."""
    columns = ("start", "stop", "value", "lower", "upper")
    low, high = axes.span([number(row, name) for row in found for name in columns])
    return Scales(Scale(low, high, title=x, grid=True), row_scale(_grid(found, lang, size), size))


def draw_marks(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """Bars, ends, and their words."""
    grid = _grid(found, lang, size)
    write_rows(ax, grid, size)
    top = grid.slots[0].top
    for slot in grid.slots:
        role = slot.row["role"]
        if role == "head":
            top = slot.y + 0.12
        elif role == "step":
            _step(ax, slot)
        elif role == "end":
            _band(ax, slot, top)
            marks.figure(ax, slot.row, slot.y)
        else:
            _saved(ax, slot)
    for row, slot in _ends(found, grid):
        marks.mark(ax, row, number(row, "value"), slot.y, size=9.5, gid=marks.gid("now", row))
    ax.axvline(0, color=style.MUTED, linewidth=1.3, zorder=2, gid="zero")


def _step(ax: Axes, slot: Slot) -> None:
    """A bar to the earliest stop, and dashed on to the latest; dashed where nothing waits."""
    row = slot.row
    start, stop = number(row, "start"), number(row, "stop")
    latest = number(row, "upper", stop)
    y = slot.y - BAR / 2
    if not flag(row, "waits", True):
        marks.bar(ax, row, start, y, latest - start, BAR, open=True)
        return
    marks.bar(ax, row, start, y, stop - start, BAR)
    if latest > stop:
        marks.bar(ax, row, stop, y, latest - stop, BAR, open=True)


def _band(ax: Axes, slot: Slot, top: float) -> None:
    """When it is over, as the report words it, through all steps above."""
    own = marks.look(slot.row)
    low, high = (end for end in bounds(slot.row))
    low, high = (number(slot.row, "value") if math.isnan(end) else end for end in (low, high))
    ax.add_patch(
        Rectangle(
            (low, top),
            high - low,
            slot.y + BAR - top,
            facecolor=style.tint(own.color, 0.16),
            linewidth=0,
            zorder=1,
            gid=marks.gid("band", slot.row),
        )
    )
    for end in {low, high}:
        ax.plot(
            [end, end],
            [top, slot.y + BAR],
            color=own.color,
            linewidth=2,
            zorder=4,
            gid=marks.gid("line", slot.row),
        )


def _saved(ax: Axes, slot: Slot) -> None:
    row = slot.row
    own = marks.look(row)
    ax.annotate(
        "",
        xy=(number(row, "stop"), slot.y),
        xytext=(number(row, "start"), slot.y),
        arrowprops={
            "arrowstyle": "-|>,head_width=0.28,head_length=0.5",
            "color": own.color,
            "linewidth": 2.4,
            "shrinkA": 0,
            "shrinkB": 0,
        },
        gid=marks.gid("saved", row),
        zorder=5,
    )


def _ends(found: list[Row], grid: Grid) -> list[tuple[Row, Slot]]:
    """Ends by the model, each with the row of the reported end before it."""
    slots = {slot.row["index"]: slot for slot in grid.slots}
    pairs, last = [], None
    for row in found:
        if row["role"] in ("end", "step"):
            last = slots[row["index"]]
        if row["role"] == "now" and last is not None:
            pairs.append((row, last))
    return pairs


def say(found: list[Row], lang: str) -> list[str]:
    """Each step, and whether the end waits for it."""
    said = []
    for row in found:
        line = line_of(row, lang)
        if row["role"] == "step":
            key = "waited_for" if flag(row, "waits", True) else "not_waited_for"
            line = language.text(key, lang, line=line)
        if row["role"] == "now" and not given(row, "label") and not word(row, "label", lang):
            line = word(row, "words", lang)
        said.append(line)
    return [line for line in said if line]


KIND = Kind("steps", steps, room, scales, draw_marks, check, say, ("x",))
