"""path: a quantity through time: back to a base, on to a target."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ... import language, style
from . import axes, lines, marks
from .axes import Scale, Scales
from .chart import Kind, into, line_of
from .frame import Room
from .table import Row, bounds, figure, flag, number, of_role, rows, word

HEIGHT, _TOP = 2.6, 0.34


def check(data: pd.DataFrame) -> list[Row]:
    """Rows of a path, checked."""
    needed = {
        "path": ("period", "value"),
        "fan": ("period", "lower", "upper"),
        "point": ("label", "period", "value"),
        "level": ("label", "value"),
    }
    return rows("path", data, needed)


def room(found: list[Row], lang: str, size: style.Size) -> Room:
    """Room that the axes need."""
    said = [line for _, wrapped in _notes(found, lang, size) for line in wrapped]
    right = max((lines.width(line, size.tick) for line in said), default=0.0) + 0.3
    return Room(HEIGHT, 0.9, right, _TOP, axes.TICKS + axes.LABEL)


def _notes(found: list[Row], lang: str, size: style.Size) -> list[tuple[Row, list[str]]]:
    most = 0.95 if size.narrow else 1.7
    return [
        (
            row,
            [
                *lines.wrap(word(row, "label", lang), most, size.tick),
                *lines.wrap(figure(row, lang), most, size.tick),
            ],
        )
        for row in of_role(found, "point", "level")
    ]


def path(
    data: pd.DataFrame,
    ax: Axes,
    lang: str | None = None,
    size: style.Size = style.WIDE,
    x: str = "",
    y: str = "",
) -> Axes:
    """A quantity through time: known points, the path between, and what is left open.

    Parameters
    ----------
    data : pandas.DataFrame
        `role` is ``path`` (`period`, `value`, one row a point of the line; `implied` true where the
        pace is not known, which is dashed), ``fan`` (`period`, `lower`, `upper`: what the wording
        leaves open), ``point`` (`label`, `period`, `value` and bounds) or ``level`` (`label`,
        `value`: a target without a date, dashed). `period` is a year or a day, as a number.
        Further `basis` and `words`.
    ax : matplotlib.axes.Axes
        Where to draw; your own subplot too.
    lang : {"en", "zh"}, optional
    size : style.Size
        Sizes of the texts.
    x, y : str
        Titles of the axes.

    Returns
    -------
    matplotlib.axes.Axes
    """
    return into(KIND, data, ax, lang, size, x=x, y=y)


def scales(
    found: list[Row], lang: str, size: style.Size, inches: tuple[float, float], x: str, y: str
) -> Scales:
    """Periods from the left, the quantity from below."""
    periods = [number(row, "period") for row in found if row["role"] != "level"]
    # Ticks are whole periods, of which there are two at least.
    first, last = min(periods), max(math.ceil(max(periods)), min(periods) + 1)
    # So that the first period does not stand below the zero of the other axis.
    aside = (0.12 if size.narrow else 0.04) * (last - first)
    values = [number(row, name) for row in found for name in ("value", "lower", "upper")]
    low, high = axes.span(values)
    return Scales(
        Scale(first - aside, last + aside, "periods", x, 6 if size.narrow else 9),
        Scale(low, high, title=y, most=4, grid=True),
    )


def draw_marks(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """The fan, the path, levels and points, and their words."""
    _fan(ax, of_role(found, "fan"))
    _line(ax, of_role(found, "path"))
    for row in of_role(found, "level"):
        ax.axhline(
            number(row, "value"),
            color=marks.look(row).color,
            linewidth=2,
            linestyle=(0, (4, 2)),
            zorder=3,
            gid=marks.gid("level", row),
        )
    for row in of_role(found, "point"):
        _point(ax, row)
    _say_beside(ax, found, lang, size)


def _fan(ax: Axes, fan: list[Row]) -> None:
    groups: dict[object, list[Row]] = {}
    for row in fan:
        groups.setdefault(row.get("series"), []).append(row)
    for group in groups.values():
        filled = ax.fill_between(
            [number(row, "period") for row in group],
            [number(row, "lower") for row in group],
            [number(row, "upper") for row in group],
            color=marks.look(group[0]).color,
            alpha=0.18,
            linewidth=0,
            zorder=2,
        )
        filled.set_gid(marks.gid("fan", group[0]))


def _line(ax: Axes, points: list[Row]) -> None:
    """The path, in as few lines as have one look: dashes where its pace is implied."""
    runs: list[list[Row]] = []
    for start, stop in itertools.pairwise(points):
        if start.get("series") != stop.get("series"):
            continue
        before = runs[-1] if runs else []
        if before and before[-1] is start and _look(before[1]) == _look(stop):
            before.append(stop)
        else:
            runs.append([start, stop])
    for run in runs:
        xs, ys = ([number(row, name) for row in run] for name in ("period", "value"))
        marks.line(ax, xs, ys, marks.gid("path", run[-1]), linewidth=3, zorder=4, **_look(run[-1]))


def _look(stop: Row) -> dict[str, Any]:
    dashes = (0, (2.2, 1)) if flag(stop, "implied") else "-"
    return {"color": marks.look(stop).color, "linestyle": dashes}


def _point(ax: Axes, row: Row) -> None:
    """A point with a drop line; the end of it that is not allowed is hollow, no end an arrow."""
    own = marks.look(row)
    x, value = number(row, "period"), number(row, "value")
    low, high = bounds(row)
    bottom = ax.get_ylim()[0]
    if row["basis"] != "reported":
        ax.plot(
            [x, x],
            [bottom, value],
            color=own.color,
            linewidth=1.2,
            zorder=3,
            linestyle=(0, (2, 1.5)),
            gid=marks.gid("drop", row),
        )
    if low == low and high == high and low != high:
        ax.plot(
            [x, x], [low, high], color=own.color, linewidth=3, zorder=4, gid=marks.gid("range", row)
        )
        marks.mark(ax, row, x, low, flag(row, "lower_closed", True))
        marks.mark(ax, row, x, high, flag(row, "upper_closed", True))
        return
    if math.isnan(low) and math.isnan(high):
        marks.about(ax, row, x, value, (0, 22))
    elif math.isnan(low) or math.isnan(high):
        marks.open_end(ax, row, (x, value), (0, 26 if low == low else -26))
    closed = flag(row, "lower_closed" if low == low else "upper_closed", True)
    marks.mark(ax, row, x, value, closed and not marks.is_target(row), size=10)


def _say_beside(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """Words of points and levels at the right edge, as near to their height as there is room."""
    bottom, top = ax.get_ylim()
    tall = axes.inches(ax)[1]
    taken: list[tuple[float, float]] = []
    for row, said in sorted(_notes(found, lang, size), key=lambda each: -number(each[0], "value")):
        half = lines.height(len(said), size.tick, 1.2) / 2
        wanted = (number(row, "value") - bottom) / (top - bottom) * tall
        y = axes.free(wanted, half, taken, tall)
        y = wanted if y is None else y
        taken.append((y - half, y + half))
        ax.annotate(
            "\n".join(said),
            (1, y / tall),
            xycoords="axes fraction",
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            size=size.tick,
            linespacing=1.15,
            color=marks.look(row).text,
            gid=marks.gid("words", row),
            annotation_clip=False,
        )


def say(found: list[Row], lang: str) -> list[str]:
    """The path by its points, then what is known and what is left open."""
    said = []
    for row in found:
        if row["role"] == "path":
            year = f"{number(row, 'period'):g}"
            value = figure(row, lang)
            basis = language.label("basis", row["basis"], lang)
            key = "path_implied" if flag(row, "implied") else "path_line"
            said.append(language.text(key, lang, period=year, value=value, basis=basis))
        elif row["role"] != "fan":
            said.append(line_of(row, lang))
    return said


KIND = Kind("path", path, room, scales, draw_marks, check, say, ("x", "y"))
