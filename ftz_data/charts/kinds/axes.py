"""Scales that all kinds share: round ticks, numbers in the reader's language, the rail."""

from __future__ import annotations

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


def numbers(
    axis_of: Axes, which: Literal["x", "y"], lang: str, size: style.Size, ticks: int = 5
) -> None:
    """Round ticks with numbers as the language writes them, on ``"x"`` or ``"y"``."""
    axis = axis_of.xaxis if which == "x" else axis_of.yaxis
    axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: words.number(value, lang)))
    axis_of.tick_params(
        which,
        labelsize=size.tick,
        labelcolor=style.MUTED,
        length=0,
        pad=4,
        labelfontfamily=style.FONTS,
    )
    axis_of.set_axisbelow(True)


def inches(ax: Axes) -> tuple[float, float]:
    """Width and height of axes in inches."""
    root, place = ax.get_figure(root=True), ax.get_position()
    if root is None:
        raise ValueError("the Axes stand in no figure; take those of Figure().subplots()")
    return place.width * root.get_figwidth(), place.height * root.get_figheight()


def plain(ax: Axes, left: bool = False) -> None:
    """Spines as charts have them: the axis below, and the one at the left where it is asked for."""
    for name, spine in ax.spines.items():
        spine.set_visible(name == "bottom" or (left and name == "left"))
        spine.set(color=style.MUTED, linewidth=1.3)


def span(values: Iterable[float], zero: bool = True, pad: float = 0.08) -> tuple[float, float]:
    """Limits that hold values, and zero, with some room beyond all but zero."""
    ends = [float(value) for value in values if value == value]
    ends += [0.0] if zero or not ends else []
    low, high = min(ends), max(ends)
    room = pad * (high - low or abs(high) or 1.0)
    return low - (room if low else 0.0), high + (room if high or low == high else 0.0)


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


def title_x(ax: Axes, words_: str, size: style.Size, below: float = 0.0) -> None:
    """Title of the x axis, below ticks and rail."""
    ax.set_xlabel(words_, size=size.label, labelpad=3 + below * 72)


def title_y(ax: Axes, words_: str, size: style.Size, above: float = 0.0) -> None:
    """Title of the y axis, lying above it, where it is read without turning the head."""
    ax.set_ylabel("")
    ax.annotate(
        words_,
        (0, 1),
        xycoords="axes fraction",
        xytext=(-24, 7 + above * 72),
        textcoords="offset points",
        size=size.tick,
        color=style.MUTED,
        ha="left",
        va="bottom",
        gid="axis-y",
        annotation_clip=False,
    )
