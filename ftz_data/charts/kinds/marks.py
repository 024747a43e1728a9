"""Marks that all kinds share: a figure drawn with its bounds as they are worded.

An end that is allowed is a filled mark, one that is not a hollow mark, no end an arrow, "about" a
dotted line, a target a hollow mark on a dashed stem. Each artist carries a `gid` that says what it
is and of which row: ``end:3`` is an end of row 3.
"""

from __future__ import annotations

import math
from typing import Any

import seaborn as sns
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from ... import style
from .table import Row, bounds, flag, number


def gid(part: str, row: Row) -> str:
    """Name of an artist: what it is, and of which row."""
    return f"{part}:{row['index']}"


# Words that may lie over a line keep it off with a rim of paper.
HALO = [patheffects.withStroke(linewidth=3.5, foreground=style.PAPER)]


_HEAD: dict[str, Any] = {
    "arrowstyle": "-|>,head_width=0.28,head_length=0.5",
    "linewidth": 2.2,
    "shrinkA": 0,
    "shrinkB": 0,
}
_TAIL = "<|-,head_width=0.28,head_length=0.5"
DASHED = (0, (4, 2))


def look(row: Row) -> style.Look:
    """Look of the row's basis."""
    return style.LOOKS[row["basis"]]


def bar(
    ax: Axes, row: Row, x: float, y: float, width: float, height: float, **more: Any
) -> Rectangle:
    """A bar in the look of its basis; ``open=True`` draws what stays open: dashed and empty."""
    own = look(row)
    dashed = more.pop("open", False)
    options: dict[str, Any] = {"gid": gid("open" if dashed else "bar", row), "zorder": 3}
    patch = Rectangle(
        (x, y),
        width,
        height,
        facecolor="none" if dashed else style.tint(own.color, 0.42),
        edgecolor=own.color,
        hatch="" if dashed else own.hatch,
        linestyle=(0, (4, 2)) if dashed else "-",
        linewidth=1.3,
        **options | more,
    )
    ax.add_patch(patch)
    return patch


def mark(
    ax: Axes, row: Row, x: float, y: float, filled: bool = True, size: float = 9, **more: Any
) -> None:
    """The marker of the row's basis, hollow where what it marks is itself not allowed."""
    own = look(row)
    options: dict[str, Any] = {"gid": gid("end", row), "zorder": 6, "clip_on": False}
    ax.plot(
        [x],
        [y],
        marker=own.marker,
        markersize=size,
        linestyle="none",
        color=own.color,
        markerfacecolor=own.color if filled else style.PAPER,
        markeredgewidth=1.8,
        **options | more,
    )


class Again(Axes):
    """Axes that are drawn into again and again; lines that were taken off are used again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.made: list[tuple[Line2D, dict[str, Any]]] = []


def line(ax: Axes, xs: list[float], ys: list[float], name: str, **look: Any) -> Line2D:
    """A line of seaborn's, which takes long to make one and a moment to move it."""
    made = ax.made if isinstance(ax, Again) else []
    for kept, own in made:
        if kept.axes is None and own == look:
            kept.set(data=(xs, ys), gid=name)
            return ax.add_line(kept)
    before = len(ax.lines)
    sns.lineplot(x=xs, y=ys, ax=ax, estimator=None, legend=False, **look)
    drawn = ax.lines[before]
    drawn.set_gid(name)
    made.append((drawn, look))
    return drawn


def is_target(row: Row) -> bool:
    """Whether a row is a target, which is not a result."""
    return row.get("stage") == "target"


def figure(ax: Axes, row: Row, y: float, stem: float | None = None) -> None:
    """A figure at height y on a horizontal axis, its bounds as they are worded.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    row : dict
    y : float
    stem : float, optional
        Where a stem begins that leads to the mark; none by default.
    """
    low, high = bounds(row)
    has_low, has_high = not math.isnan(low), not math.isnan(high)
    if has_low and has_high and low != high:
        _range(ax, row, y, low, high)
        return
    bound = low if has_low else high if has_high else number(row, "value")
    color, target = look(row).color, is_target(row)
    if stem is not None and stem != bound:
        dashes = (0, (3, 2)) if target else "-"
        line: dict[str, Any] = {
            "color": color,
            "linewidth": 1.8,
            "alpha": 0.5,
            "linestyle": dashes,
            "zorder": 3,
        }
        ax.plot([stem, bound], [y, y], gid=gid("stem", row), **line)
    if has_low != has_high:
        arrow(ax, row, bound, y, upward=has_low)
    if not has_low and not has_high:
        about(ax, row, bound, y, (22, 0))
    closed = flag(row, "lower_closed", True) if has_low else True
    closed = flag(row, "upper_closed", True) if has_high and not has_low else closed
    mark(ax, row, bound, y, closed and not target)


def _range(ax: Axes, row: Row, y: float, low: float, high: float) -> None:
    color = look(row).color
    line: dict[str, Any] = {"color": color, "linewidth": 3, "solid_capstyle": "butt", "zorder": 4}
    ax.plot([low, high], [y, y], gid=gid("range", row), **line)
    hollow = is_target(row)
    mark(ax, row, low, y, flag(row, "lower_closed", True) and not hollow)
    mark(ax, row, high, y, flag(row, "upper_closed", True) and not hollow)


def arrow(ax: Axes, row: Row, start: float, y: float, upward: bool) -> None:
    """An arrow from a bound to the edge of the axes: the wording sets no end there."""
    ax.annotate(
        "",
        xy=(1.0 if upward else 0.0, y),
        xycoords=ax.get_yaxis_transform(),
        xytext=(start, y),
        textcoords="data",
        arrowprops=_HEAD | {"color": look(row).color},
        gid=gid("arrow-up" if upward else "arrow-down", row),
        annotation_clip=False,
        zorder=4,
    )


def about(ax: Axes, row: Row, x: float, y: float, points: tuple[float, float]) -> None:
    """Dots on both sides of a mark say "about"; they are as long whatever the axes count."""
    for side in (-1, 1):
        ax.annotate(
            "",
            (x, y),
            (side * points[0], side * points[1]),
            textcoords="offset points",
            arrowprops={
                "arrowstyle": "-",
                "linestyle": ":",
                "color": look(row).color,
                "linewidth": 2.2,
            },
            gid=gid("about", row),
            annotation_clip=False,
        )


def open_end(
    ax: Axes, row: Row, start: tuple[float, float], points: tuple[float, float], frame: Any = "data"
) -> None:
    """A short arrow, in points, where a figure has no end on that side."""
    upward = max(points, key=abs) > 0
    ax.annotate(
        "",
        xy=start,
        xycoords=frame,
        # Only this end may be counted in points, so the head stands here.
        xytext=points,
        textcoords="offset points",
        arrowprops=_HEAD | {"color": look(row).color, "arrowstyle": _TAIL},
        gid=gid("arrow-up" if upward else "arrow-down", row),
        annotation_clip=False,
        zorder=6,
    )
