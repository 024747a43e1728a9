"""curve: how a result answers to one parameter, and where it bends."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ... import language, style, words
from . import axes, lines, marks
from .axes import Scale, Scales
from .chart import Kind, into, line_of
from .frame import Room
from .table import Row, bounds, figure, flag, number, of_role, rows, word

HEIGHT, HEIGHT_PHONE, _TOP = 2.6, 2.3, 0.5
# The most important first: a flag that would touch one before it is left out.
_FLAGS = ("now", "solved", "limit", "knee")


def check(data: pd.DataFrame) -> list[Row]:
    """Rows of a curve, checked."""
    point = ("x", "y")
    needed: dict[str, tuple[str, ...]] = {
        "curve": ("series", "x"),
        "reported": ("label", "value"),
        "now": point,
        "solved": point,
        "knee": point,
        "limit": ("label", "x"),
    }
    return rows("curve", data, needed)


def _beside(found: list[Row], lang: str, size: style.Size) -> list[tuple[Row, list[str]]]:
    """What the report says, and chosen series, in words beside the axes."""
    most = 0.95 if size.narrow else 1.7
    return [
        (
            row,
            [
                *lines.wrap(word(row, "label", lang), most, size.tick),
                *lines.wrap(figure(row, lang), most, size.tick),
            ],
        )
        for row in of_role(found, "reported")
    ]


def _series(found: list[Row]) -> dict[object, list[Row]]:
    series: dict[object, list[Row]] = {}
    for row in of_role(found, "curve"):
        series.setdefault(row["series"], []).append(row)
    return series


def _names(found: list[Row], lang: str, size: style.Size) -> float:
    own = [word(each[0], "label", lang) for each in _series(found).values()]
    return max((lines.width(name, size.tick) for name in own), default=0.0)


def room(found: list[Row], lang: str, size: style.Size) -> Room:
    """Room that the axes need."""
    beside = [
        lines.width(line, size.tick) for _, said in _beside(found, lang, size) for line in said
    ]
    right = max([*beside, _names(found, lang, size)], default=0.0) + 0.25
    rail = axes.rail_height(_flags(found, lang), size)
    height = HEIGHT_PHONE if size.narrow else HEIGHT
    return Room(height, 0.6, right, _TOP, axes.TICKS + rail + axes.LABEL)


def _limits(found: list[Row]) -> tuple[float, float]:
    """From zero to somewhat above the report, the present point and what was solved for."""
    held = [
        end for row in of_role(found, "reported") for end in (number(row, "value"), *bounds(row))
    ]
    held += [number(row, "y") for row in of_role(found, "now", "solved", "knee")]
    if not held:
        held = [number(row, "y") for row in of_role(found, "curve")]
    return axes.span(held, pad=0.12)


def curve(
    data: pd.DataFrame,
    ax: Axes,
    lang: str | None = None,
    size: style.Size = style.WIDE,
    x: str = "",
    y: str = "",
) -> Axes:
    """A result over one parameter: a family of curves, the report's band, and marked points.

    Parameters
    ----------
    data : pandas.DataFrame
        `role` is ``curve`` (`series`, `x`, `y`, one row a point; `chosen` true for the thick one,
        `label` its name; `y` is NaN where there is no answer), ``reported`` (`label`, `value` and
        bounds: a band), ``now`` (`x`, `y`: the present point), ``solved`` (where the curve meets
        the report), ``knee`` (where it bends) or ``limit`` (`x`, `label`: from there on there is no
        answer). Points take `label`, a word for the rail below. Further `basis` and `words`.
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
    """The parameter from the left, the result from below."""
    xs = [number(row, "x") for row in of_role(found, "curve")]
    low = 0.0 if 0 < min(xs) < 0.05 * max(xs) else min(xs)
    rail = axes.rail_height(_flags(found, lang), size)
    above = lines.height(1, size.tick)
    return Scales(
        Scale(low, max(xs), title=x, away=rail),
        Scale(*_limits(found), title=y, away=above, grid=True),
    )


def draw_marks(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """Regions, bands, curves, points, and their words."""
    for row in of_role(found, "limit"):
        _impossible(ax, row, lang, size)
    for row in of_role(found, "reported"):
        _band(ax, row)
    for series in _series(found).values():
        _line(ax, series)
    for row in of_role(found, "knee", "solved", "now"):
        _point(ax, row)
    _say_beside(ax, found, lang, size)
    axes.rail(ax, _flags(found, lang), size)


def _line(ax: Axes, series: list[Row]) -> None:
    chosen = flag(series[0], "chosen", True)
    xs, ys = ([number(row, name) for row in series] for name in "xy")
    marks.line(
        ax,
        xs,
        ys,
        marks.gid("curve", series[0]),
        color=marks.look(series[0]).color,
        linewidth=3 if chosen else 1.3,
        alpha=1 if chosen else 0.55,
        zorder=4 if chosen else 3,
    )


def _band(ax: Axes, row: Row) -> None:
    """The report's band over the whole width; an end that is not allowed is dashed."""
    own = marks.look(row)
    low, high = bounds(row)
    bottom, top = ax.get_ylim()
    shown = [bottom if math.isnan(low) else low, top if math.isnan(high) else high]
    if math.isnan(low) and math.isnan(high):
        shown = [number(row, "value")] * 2
    if shown[0] != shown[1]:
        tint = style.tint(own.color, 0.16)
        ax.axhspan(*shown, facecolor=tint, linewidth=0, zorder=1, gid=marks.gid("band", row))
    for end, name in ((low, "lower_closed"), (high, "upper_closed")):
        if end == end and not (name == "upper_closed" and low == high):
            dashes = "-" if flag(row, name, True) else marks.DASHED
            ax.axhline(
                end,
                color=own.color,
                linewidth=2,
                linestyle=dashes,
                zorder=2,
                gid=marks.gid("edge", row),
            )
    if math.isnan(low) and math.isnan(high):
        look: dict[str, Any] = {"color": own.color, "linewidth": 2, "linestyle": ":", "zorder": 2}
        ax.axhline(shown[0], gid=marks.gid("edge", row), **look)
    elif math.isnan(low) or math.isnan(high):
        start = (0.985, low if math.isnan(high) else high)
        points = (0, 22 if math.isnan(high) else -22)
        marks.open_end(ax, row, start, points, ax.get_yaxis_transform())


def _impossible(ax: Axes, row: Row, lang: str, size: style.Size) -> None:
    """The grey region where the model has no answer, with words where they fit."""
    start, stop = number(row, "x"), ax.get_xlim()[1]
    if start >= stop:
        return
    bottom, top = ax.get_ylim()
    ax.add_patch(
        Rectangle(
            (start, bottom),
            stop - start,
            top - bottom,
            facecolor=style.TRACK,
            edgecolor=style.GRID,
            hatch="//",
            linewidth=0,
            zorder=2,
            gid=marks.gid("region", row),
        )
    )
    left, right = ax.get_xlim()
    inches = axes.inches(ax)[0]
    inches *= (stop - start) / (right - left)
    said = lines.wrap(word(row, "label", lang), inches - 0.12, size.tick)
    if inches < 0.7 or max(lines.width(line, size.tick) for line in said) > inches - 0.1:
        return
    ax.text(
        (start + stop) / 2,
        bottom + 0.6 * (top - bottom),
        "\n".join(said),
        ha="center",
        va="center",
        size=size.tick,
        linespacing=1.15,
        zorder=7,
        gid=marks.gid("label", row),
        bbox={"facecolor": style.TRACK, "edgecolor": "none", "pad": 2},
    )


def _point(ax: Axes, row: Row) -> None:
    """A point with a drop line; beyond the axes a chevron at the edge stands for it."""
    own = marks.look(row)
    x, y = number(row, "x"), number(row, "y")
    bottom, top = ax.get_ylim()
    low, high = ax.get_xlim()
    if not low <= x <= high:
        return
    if not bottom <= y <= top:
        ax.plot(
            [x],
            [top if y > top else bottom],
            marker=6 if y > top else 7,
            markersize=8,
            color=own.color,
            clip_on=False,
            gid=marks.gid("beyond", row),
        )
        return
    ax.plot(
        [x, x],
        [bottom, y],
        color=own.color,
        linewidth=1.2,
        linestyle=(0, (2, 1.5)),
        zorder=3,
        gid=marks.gid("drop", row),
    )
    size = 7 if row["role"] == "knee" else 10
    marks.mark(ax, row, x, y, size=size, gid=marks.gid(row["role"], row))


def _flags(found: list[Row], lang: str) -> list[axes.Flag]:
    flags = []
    for row in of_role(found, *_FLAGS):
        limit = row["role"] == "limit"
        name = word(row, "flag" if limit else "label", lang)
        color = style.INK if limit else marks.look(row).text
        flags.append(
            axes.Flag(row, number(row, "x"), words.number(number(row, "x"), lang, 3), name, color)
        )
    return sorted(flags, key=lambda flag_: _FLAGS.index(flag_.row["role"]))


def _say_beside(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """Names of series where they leave the axes, and the report's words at the right edge."""
    bottom, top = ax.get_ylim()
    tall = axes.inches(ax)[1]
    right: list[tuple[float, Row, list[str], bool]] = [
        (sum(_clip(bounds(row), number(row, "value"))) / 2, row, said, True)
        for row, said in _beside(found, lang, size)
    ]
    above: list[tuple[float, Row]] = []
    for series in _series(found).values():
        inside = [row for row in series if bottom <= number(row, "y") <= top]
        if not inside or not word(series[0], "label", lang):
            continue
        last = inside[-1]
        if last is series[-1]:
            name = [word(series[0], "label", lang)]
            right.append((number(last, "y"), series[0], name, flag(series[0], "chosen", True)))
        else:
            above.append((number(last, "x"), series[0]))
    _above(ax, above, lang, size)
    # Chosen series and the report first; the others only where a line is left for them.
    right.sort(key=lambda each: not each[3])
    taken: list[tuple[float, float]] = []
    for middle, row, said, needed in right:
        half = lines.height(len(said), size.tick, 1.2) / 2
        y = axes.free((middle - bottom) / (top - bottom) * tall, half, taken, tall)
        if y is None or (not needed and abs(y - (middle - bottom) / (top - bottom) * tall) > 0.1):
            continue
        taken.append((y - half, y + half))
        ax.annotate(
            "\n".join(said),
            (1, y / tall),
            xycoords="axes fraction",
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            size=size.tick,
            linespacing=1.15,
            color=marks.look(row).text,
            gid=marks.gid("words", row),
            annotation_clip=False,
        )


def _clip(ends: tuple[float, float], value: float) -> tuple[float, float]:
    low, high = (value if math.isnan(end) else end for end in ends)
    return low, high


def _above(ax: Axes, named: list[tuple[float, Row]], lang: str, size: style.Size) -> None:
    """Names of series that leave through the top; the chosen first, others where they fit."""
    low, high = ax.get_xlim()
    inches = axes.inches(ax)[0]
    taken: list[tuple[float, float]] = []
    for x, row in sorted(named, key=lambda each: not flag(each[1], "chosen", True)):
        name = word(row, "label", lang)
        half = lines.width(name, size.tick) / 2
        middle = (x - low) / (high - low) * inches
        if any(middle - half < b + 0.08 and a - 0.08 < middle + half for a, b in taken):
            continue
        taken.append((middle - half, middle + half))
        ax.annotate(
            name,
            (x, 1),
            xycoords=ax.get_xaxis_transform(),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            size=size.tick,
            color=marks.look(row).text,
            gid=marks.gid("words", row),
            annotation_clip=False,
        )


def say(found: list[Row], lang: str) -> list[str]:
    """Each series from its first to its last answer, then the report and the points."""
    said = []
    for series in _series(found).values():
        there = [row for row in series if number(row, "y") == number(row, "y")]
        if there:
            ends = {
                name: words.number(number(row, axis), lang, 3)
                for name, row, axis in (
                    ("x0", there[0], "x"),
                    ("y0", there[0], "y"),
                    ("x1", there[-1], "x"),
                    ("y1", there[-1], "y"),
                )
            }
            label = word(series[0], "label", lang) or language.text("role_curve", lang)
            basis = language.label("basis", series[0]["basis"], lang)
            said.append(language.text("curve_line", lang, label=label, basis=basis, **ends))
    for row in found:
        if row["role"] == "reported":
            said.append(line_of(row, lang))
        elif row["role"] == "limit":
            x = words.number(number(row, "x"), lang, 3)
            label = word(row, "label", lang)
            said.append(language.text("limit_line", lang, label=label, x=x))
        elif row["role"] != "curve":
            x, y = (words.number(number(row, axis), lang, 3) for axis in ("x", "y"))
            basis = language.label("basis", row["basis"], lang)
            label = word(row, "label", lang) or language.text(f"role_{row['role']}", lang)
            said.append(language.text("point_line", lang, label=label, x=x, y=y, basis=basis))
    return said


KIND = Kind("curve", curve, room, scales, draw_marks, check, say, ("x", "y"))
