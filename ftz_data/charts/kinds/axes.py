"""Scales that all kinds share: round limits and ticks, numbers in the reader's language, the rail.

What stands still in a picture, its scales, is said by a `Scales` before anything is drawn: equal
ones look the same, so that a panel draws them once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ... import style, words
from . import lines
from .marks import gid
from .table import Row

TICKS, LABEL = 0.24, 0.26


# Limits end at these steps of a decade, so that they stay while a number moves a little.
_RUNGS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_EDGE = 1.06


@dataclass(frozen=True)
class Scale:
    """One axis: where it begins and ends, its ticks, and its title.

    `ticks` are ``"numbers"``, ``"periods"`` (whole ones, as a year is written), ``"labels"`` (those
    of `labels`, each with its place) or ``"none"``; at most about `most` of them. `away` are the
    inches between ticks and title.
    """

    low: float
    high: float
    ticks: Literal["numbers", "periods", "labels", "none"] = "numbers"
    title: str = ""
    most: int = 5
    labels: tuple[tuple[float, str], ...] = ()
    away: float = 0.0
    grid: bool = False


@dataclass(frozen=True)
class Scales:
    """Both axes of a picture; `left` draws the line of the y axis, `shown` whether there are any.

    Where they are not shown, both count inches.
    """

    x: Scale
    y: Scale
    left: bool = False
    shown: bool = True


def bare(wide: float, tall: float) -> Scales:
    """Axes that only count inches."""
    return Scales(Scale(0, wide, "none"), Scale(0, tall, "none"), shown=False)


def set_up(ax: Axes, scales: Scales, lang: str, size: style.Size) -> None:
    """Give axes their scales: limits, ticks, lines and titles."""
    x, y = scales.x, scales.y
    ax.set(xlim=(x.low, x.high), ylim=(y.low, y.high))
    if not scales.shown:
        ax.set_aspect("equal")
        ax.set_axis_off()
        return
    _ticks(ax, "x", x, lang, size)
    _ticks(ax, "y", y, lang, size)
    ax.set_axisbelow(True)
    for name, spine in ax.spines.items():
        spine.set_visible(name == "bottom" or (scales.left and name == "left"))
        spine.set(color=style.MUTED, linewidth=1.3)
    ax.set_xlabel(x.title, size=size.label, labelpad=3 + x.away * 72)
    ax.set_ylabel("")
    if y.title:
        _title_y(ax, y, size)


def _ticks(ax: Axes, which: Literal["x", "y"], scale: Scale, lang: str, size: style.Size) -> None:
    axis = ax.xaxis if which == "x" else ax.yaxis
    ax.grid(scale.grid, axis=which)
    if scale.ticks in ("labels", "none"):
        axis.set_ticks([y for y, _ in scale.labels], [label for _, label in scale.labels])
        ax.tick_params(which, length=0, labelsize=size.label, pad=8)
        for tick in axis.get_major_ticks():
            tick.label1.set(va="center_baseline", linespacing=1.1)
        return
    if scale.ticks == "numbers":
        axis.set_major_locator(MaxNLocator(scale.most, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter(FuncFormatter(lambda value, _: words.number(value, lang)))
    else:
        # As they are written: 2024 and not 2,024.
        axis.set_major_locator(MaxNLocator(scale.most, integer=True))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.tick_params(
        which,
        labelsize=size.tick,
        labelcolor=style.MUTED,
        length=0,
        pad=4,
        labelfontfamily=style.FONTS,
    )


def _title_y(ax: Axes, scale: Scale, size: style.Size) -> None:
    """Title of the y axis, lying above it, where it is read without turning the head."""
    ax.annotate(
        scale.title,
        (0, 1),
        xycoords="axes fraction",
        xytext=(-24, 7 + scale.away * 72),
        textcoords="offset points",
        size=size.tick,
        color=style.MUTED,
        ha="left",
        va="bottom",
        gid="axis-y",
        annotation_clip=False,
    )


def inches(ax: Axes) -> tuple[float, float]:
    """Width and height of axes in inches."""
    root, place = ax.get_figure(root=True), ax.get_position()
    if root is None:
        raise ValueError("the Axes stand in no figure; take those of Figure().subplots()")
    return place.width * root.get_figwidth(), place.height * root.get_figheight()


def rung(value: float) -> float:
    """The next round number that is not nearer to zero, of eleven to a decade.

    Examples
    --------
    >>> rung(0), rung(1.2), rung(-31), rung(700)
    (0.0, 1.2, -40.0, 800.0)
    """
    if not value:
        return 0.0
    decade = 10.0 ** math.floor(math.log10(abs(value)))
    step = next((step for step in _RUNGS if abs(value) <= step * decade * (1 + 1e-9)), 10.0)
    return math.copysign(step * decade, value)


def span(values: Iterable[float], pad: float = 0.08, around: float = 0.0) -> tuple[float, float]:
    """Round limits that hold values and `around`, with some room beyond all but `around`.

    They depend on the values alone, and seldom change where these move a little.
    """
    ends = [float(value) - around for value in values if value == value] + [0.0]
    low, high = min(ends), max(ends)
    room = pad * (high - low)
    # Somewhat beyond the round number, whose tick would else stand at the very edge.
    below = _EDGE * rung(low - room) if low else 0.0
    above = _EDGE * rung(high + room) if high else 0.0 if low else 1.0
    return around + below, around + above


@dataclass(frozen=True)
class Flag:
    """A number and a word below an x axis, at the x of a mark."""

    row: Row
    x: float
    number: str
    word: str
    color: str


RAIL_WORD = 1.15


def rail_height(flags: list[Flag], size: style.Size) -> float:
    """Inches that a rail takes below the ticks."""
    if not flags:
        return 0.0
    most = max(len(lines.wrap(flag.word, RAIL_WORD, size.tick)) for flag in flags)
    return 0.14 + lines.height(1 + most, size.tick)


def rail(ax: Axes, flags: list[Flag], size: style.Size) -> None:
    """Flags below the x axis, the most important first.

    A flag that would touch a more important one is left out; its mark stays.
    """
    wide, place = inches(ax)[0], ax.get_position()
    margins = wide / place.width
    left, right = place.x0 * margins - 0.08, wide + (1 - place.x1) * margins - 0.08
    low, high = ax.get_xlim()
    taken: list[tuple[float, float]] = []
    for flag in flags:
        words = [flag.number, *lines.wrap(flag.word, RAIL_WORD, size.tick)]
        half = max(lines.width(each, size.tick) for each in words) / 2
        x = (flag.x - low) / (high - low) * wide
        middle = min(max(x, half - left), right - half)
        if any(
            middle - half < stop + 0.08 and start - 0.08 < middle + half for start, stop in taken
        ):
            continue
        taken.append((middle - half, middle + half))
        ax.annotate(
            "\n".join(words),
            (flag.x, 0),
            xycoords=ax.get_xaxis_transform(),
            xytext=((middle - x) * 72, -(TICKS + 0.06) * 72),
            textcoords="offset points",
            size=size.tick,
            color=flag.color,
            ha="center",
            va="top",
            linespacing=1.15,
            gid=gid("flag", flag.row),
            annotation_clip=False,
        )
        ax.plot(
            [flag.x, flag.x],
            [0, -0.025],
            transform=ax.get_xaxis_transform(),
            color=flag.color,
            linewidth=1.6,
            clip_on=False,
            gid=gid("tick", flag.row),
        )


def free(y: float, half: float, taken: list[tuple[float, float]], tall: float) -> float | None:
    """The place nearest to y, in inches, where words of this height touch no others."""
    tries = [y, *(edge for low, high in taken for edge in (low - half - 0.02, high + half + 0.02))]
    free = [
        place
        for place in tries
        if all(place + half <= low + 1e-9 or place - half >= high - 1e-9 for low, high in taken)
        and -0.1 <= place - half
        and place + half <= tall + 0.2
    ]
    return min(free, key=lambda place: abs(place - y), default=None)
