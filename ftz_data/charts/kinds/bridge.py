"""bridge: what a total or a saving is made of, and what stays unexplained."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from ... import language, style
from . import axes, lines, marks
from .axes import Scale, Scales
from .chart import Kind, into, lines_of
from .frame import Room
from .rows import BAR, Grid, Slot, lay_out
from .rows import scale as row_scale
from .rows import write as write_rows
from .table import Row, bounds, figure, flag, number, of_role, rows, word

_HEAD = 0.3


def check(data: pd.DataFrame) -> list[Row]:
    """Rows of a bridge, checked."""
    parts = ("label", "start", "stop")
    needed = {"total": parts, "part": parts, "gap": parts, "reported": ("label", "value")}
    return rows("bridge", data, needed)


def _grid(found: list[Row], lang: str, size: style.Size) -> Grid:
    return lay_out(of_role(found, "total", "part", "gap"), lang, size)


def room(found: list[Row], lang: str, size: style.Size) -> Room:
    """Room that the axes need."""
    grid = _grid(found, lang, size)
    head = sum(line_height(row, lang, size) for row in of_role(found, "reported")) or 0.05
    return Room(grid.height, grid.left, grid.right, head, axes.TICKS + axes.LABEL)


def bridge(
    data: pd.DataFrame,
    ax: Axes,
    lang: str | None = None,
    size: style.Size = style.WIDE,
    x: str = "",
) -> Axes:
    """Parts of a total as floating bars, one below the other, and the report's line over them.

    Parameters
    ----------
    data : pandas.DataFrame
        `role` (``total``: a bar from zero; ``part``: a step; ``gap``: what stays open, dashed;
        ``reported``: a line), `label`, `start`, `stop` (`value` for the line), `basis`, `words`.
        Parts depend on their order, which is that of the rows.
    ax : matplotlib.axes.Axes
        Where to draw; your own subplot too.
    lang : {"en", "zh"}, optional
    size : style.Size
        Sizes of the texts.
    x : str
        Title of the axis.

    Returns
    -------
    matplotlib.axes.Axes
    """
    return into(KIND, data, ax, lang, size, x=x)


def scales(
    found: list[Row], lang: str, size: style.Size, inches: tuple[float, float], x: str
) -> Scales:
    """Amounts from the left, rows from the top down."""
    ends = [number(row, end) for row in found for end in ("start", "stop", "value")]
    low, high = axes.span(ends)
    return Scales(Scale(low, high, title=x, grid=True), row_scale(_grid(found, lang, size), size))


def draw_marks(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """Bars from row to row, and the report's line over them."""
    grid = _grid(found, lang, size)
    write_rows(ax, grid, size)
    ax.axvline(0, color=style.MUTED, linewidth=1.3, zorder=2, gid="zero")
    for above, slot in zip((None, *grid.slots), grid.slots, strict=False):
        _step(ax, above, slot)
    for row in of_role(found, "reported"):
        line(ax, row, lang, size)


def _step(ax: Axes, above: Slot | None, slot: Slot) -> None:
    row = slot.row
    start, stop = sorted((number(row, "start"), number(row, "stop")))
    marks.bar(ax, row, start, slot.y - BAR / 2, stop - start, BAR, open=row["role"] == "gap")
    if above is not None:
        # From where the row above ended to this one.
        x = number(above.row, "stop")
        ends = [above.y + BAR / 2, slot.y - BAR / 2]
        ax.plot([x, x], ends, color=style.MUTED, linewidth=1.2, gid=marks.gid("link", row))


def line(ax: Axes, row: Row, lang: str, size: style.Size) -> Annotation:
    """A figure that no slider moves: a line through all rows, over the bars, with its words."""
    x = number(row, "value")
    own = marks.look(row)
    low, high = bounds(row)
    if low < high:
        tint = style.tint(own.color, 0.16)
        ax.axvspan(low, high, facecolor=tint, linewidth=0, zorder=1, gid=marks.gid("band", row))
    for end, name in ((low, "lower_closed"), (high, "upper_closed")):
        if end == end and not (name == "upper_closed" and low == high):
            dashes = "-" if flag(row, name, True) else marks.DASHED
            _edge(ax, row, end, dashes)
    if math.isnan(low) and math.isnan(high):
        _edge(ax, row, x, ":")
    elif math.isnan(low) or math.isnan(high):
        side = 26 if math.isnan(high) else -26
        start = (low if math.isnan(high) else high, 0.97)
        marks.open_end(ax, row, start, (side, 0), ax.get_xaxis_transform())
    said = _said(row, lang, size)
    low, high = ax.get_xlim()
    wide, place = axes.inches(ax)[0], ax.get_position()
    # Over their line, and moved aside where they would leave the picture.
    middle = (x - low) / (high - low) * wide
    half = max(lines.width(each, size.label) for each in said) / 2
    left, right = place.x0 * wide / place.width, (1 - place.x1) * wide / place.width
    moved = min(max(middle, half + 0.1 - left), wide + right - half - 0.1) - middle
    return ax.annotate(
        "\n".join(said),
        (x, 1),
        xycoords=ax.get_xaxis_transform(),
        xytext=(moved * 72, 6),
        textcoords="offset points",
        ha="center",
        va="bottom",
        size=size.label,
        color=own.text,
        gid=marks.gid("words", row),
        annotation_clip=False,
    )


def _said(row: Row, lang: str, size: style.Size) -> list[str]:
    """Words over a line, broken where they are wider than the picture."""
    label, shown = word(row, "label", lang), figure(row, lang)
    words = language.text("label_figure", lang, label=label, figure=shown)
    return lines.wrap(words, size.width - 0.3, size.label)


def line_height(row: Row, lang: str, size: style.Size) -> float:
    """Inches that the words over a line take."""
    return _HEAD + lines.height(len(_said(row, lang, size)) - 1, size.label, 1.3)


def _edge(ax: Axes, row: Row, x: float, dashes: Any) -> None:
    own = marks.look(row)
    ax.axvline(
        x, color=own.color, linewidth=3, linestyle=dashes, zorder=5, gid=marks.gid("line", row)
    )


KIND = Kind("bridge", bridge, room, scales, draw_marks, check, lines_of, ("x",))
