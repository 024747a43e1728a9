"""nest: a part in a whole in a larger whole; or an area of two factors."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ... import language, style
from . import axes, lines, marks
from .axes import Scale, Scales
from .chart import Kind, into, lines_of
from .frame import Room
from .table import Row, bounds, figure, flag, given, number, of_role, rows, word

_LEVEL, _HEIGHT, _LINE = 0.62, 2.3, 0.27


def check(data: pd.DataFrame) -> list[Row]:
    """Rows of a nest, checked."""
    needed = {
        "now": ("label",),
        "old": ("label",),
        "bound": ("label", "value"),
        "half": ("label", "value"),
    }
    return rows("nest", data, needed)


def _factors(found: list[Row]) -> bool:
    return any(given(row, "x") for row in found)


def _boxes(found: list[Row]) -> list[Row]:
    return of_role(found, "old", "now")


def _height(found: list[Row]) -> float:
    return _HEIGHT if _factors(found) else _LEVEL * len(_boxes(found))


def _notes(found: list[Row], lang: str, size: style.Size) -> list[tuple[Row, list[str]]]:
    """Words of marks, and of boxes that are too small for them, in lines below the axis."""
    most = size.width - 0.75
    noted = [*of_role(found, "bound"), *(_boxes(found) if _factors(found) else [])]
    return [(row, lines.wrap(_said(row, lang), most, size.tick)) for row in noted]


def _said(row: Row, lang: str) -> str:
    return language.text(
        "label_figure", lang, label=word(row, "label", lang), figure=figure(row, lang)
    )


def _notes_height(found: list[Row], lang: str, size: style.Size) -> float:
    return sum(_LINE * len(said) for _, said in _notes(found, lang, size)) + 0.05


def room(found: list[Row], lang: str, size: style.Size) -> Room:
    """Room that the axes need."""
    below = axes.TICKS + axes.LABEL + _notes_height(found, lang, size)
    if _factors(found):
        return Room(_height(found), 0.55, 0.3, 0.35, below)
    return Room(_height(found), 0.2, 0.45, 0.05, below)


def nest(
    data: pd.DataFrame,
    ax: Axes,
    lang: str | None = None,
    size: style.Size = style.WIDE,
    x: str = "",
    y: str = "",
) -> Axes:
    """Boxes in boxes, as wide as their share; or areas, as wide and as high as two factors.

    Parameters
    ----------
    data : pandas.DataFrame
        `role` is ``now`` (a box: `label`, `value`, the whole first), ``bound`` (a figure with its
        bounds: `label`, `value`; a marker on a dashed stem where the end is not allowed) or
        ``half`` (`label`, `value`: a line in the box of level `level`). A box whose `upper` is not
        set fades, hatched, to the whole. With `x` and `y` in place of `value` the boxes are areas:
        ``old`` before and ``now`` after. Further `basis`, `words`, bounds.
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
    """Shares from the left and a level a box; or the two factors."""
    boxes = _boxes(found)
    if _factors(found):
        wide, tall = (axes.rung(1.06 * max(number(row, name) for row in boxes)) for name in "xy")
        return Scales(Scale(0, wide, title=x), Scale(0, tall, title=y), left=True)
    whole = axes.rung(max(number(row, "value") for row in boxes))
    most = 4 if size.narrow else 5
    return Scales(Scale(0, whole, title=x, most=most), Scale(0, len(boxes), "none"))


def draw_marks(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """Boxes, bounds, and their words."""
    if _factors(found):
        _areas(ax, found)
    else:
        _shares(ax, found, lang, size)
    _write_notes(ax, _notes(found, lang, size), size)


def _shares(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    boxes = _boxes(found)
    whole = max(number(row, "value") for row in boxes)
    for level, row in enumerate(boxes):
        _box(ax, row, level, len(boxes), whole, lang, size)
    for row in of_role(found, "half"):
        top = len(boxes) - int(number(row, "level", 1))
        ax.plot(
            [number(row, "value")] * 2,
            [0, top - 0.08],
            color=style.INK,
            linewidth=1.3,
            linestyle=(0, (2, 1.5)),
            zorder=5,
            gid=marks.gid("half", row),
        )
        inside = number(boxes[int(number(row, "level", 1))], "value") - number(row, "value")
        if (
            inside / ax.get_xlim()[1] * axes.inches(ax)[0]
            < lines.width(word(row, "label", lang), size.tick) + 0.12
        ):
            continue
        ax.annotate(
            word(row, "label", lang),
            (number(row, "value"), top),
            xytext=(6, -7),
            textcoords="offset points",
            va="top",
            size=size.tick,
            gid=marks.gid("words", row),
            zorder=7,
        )
    for row in of_role(found, "bound"):
        _bound(ax, row, len(boxes))


def _box(
    ax: Axes, row: Row, level: int, count: int, whole: float, lang: str, size: style.Size
) -> None:
    """One box, its name in its upper left corner; open to the whole where no end is set."""
    own = marks.look(row)
    value, height = number(row, "value"), count - level
    first = level == 0
    patch = Rectangle(
        (0, 0),
        value,
        height,
        zorder=2 + level * 0.1,
        gid=marks.gid("box", row),
        facecolor=style.TRACK if first else style.tint(own.color, 0.14 + 0.22 * (level - 1)),
        edgecolor=style.MUTED if first else own.color,
        linewidth=1.2 if first else 2,
        hatch="" if first else own.hatch.replace("...", ""),
        clip_on=False,
    )
    ax.add_patch(patch)
    low, high = bounds(row)
    if math.isnan(high) and low == low:
        ax.add_patch(
            Rectangle(
                (value, 0),
                whole - value,
                height,
                facecolor="none",
                edgecolor=own.color,
                hatch="..",
                alpha=0.35,
                linewidth=0,
                zorder=2 + level * 0.1,
                gid=marks.gid("open", row),
            )
        )
    said = f"{word(row, 'label', lang)}  {figure(row, lang)}"
    # Words that are wider than their box stand beside it, in the one around it, if that is wider.
    inches, part = axes.inches(ax)[0], value / ax.get_xlim()[1]
    inside = first or part >= 0.5 or lines.width(said, size.label) + 0.2 < part * inches
    most = inches * (part if inside else 1 - part) - 0.2
    ax.annotate(
        "\n".join(lines.wrap(said, most, size.label)),
        (0 if inside else value, height),
        xytext=(8, -6),
        textcoords="offset points",
        va="top",
        size=size.label,
        color=style.INK if first else own.text,
        zorder=7,
        gid=marks.gid("words", row),
        annotation_clip=False,
    )


def _bound(ax: Axes, row: Row, count: int) -> None:
    """A figure as a marker; the end that is not allowed is hollow, its stem dashed."""
    low, high = bounds(row)
    own = marks.look(row)
    level = number(row, "level", 0)
    top = count - level if given(row, "level") else 0.13
    if math.isnan(low) and math.isnan(high):
        x = number(row, "value")
        line: dict[str, Any] = {"color": own.color, "linewidth": 2.2, "linestyle": ":"}
        ax.plot([x, x], [0, top], zorder=5, gid=marks.gid("stem", row), **line)
        marks.mark(ax, row, x, top, zorder=8)
    for end, name in ((low, "lower_closed"), (high, "upper_closed")):
        if math.isnan(end) or (name == "upper_closed" and low == high):
            continue
        closed = flag(row, name, True)
        ax.plot(
            [end, end],
            [0, top],
            color=own.color,
            linewidth=2.2,
            zorder=5,
            linestyle="-" if closed else (0, (3, 2)),
            gid=marks.gid("stem", row),
        )
        marks.mark(ax, row, end, top, closed, zorder=8)


def _areas(ax: Axes, found: list[Row]) -> None:
    boxes = sorted(_boxes(found), key=lambda row: -number(row, "x") * number(row, "y"))
    for row in boxes:
        marks.bar(
            ax,
            row,
            0,
            0,
            number(row, "x"),
            number(row, "y"),
            gid=marks.gid("box", row),
            open=row["role"] == "old",
        )


def _write_notes(ax: Axes, notes: list[tuple[Row, list[str]]], size: style.Size) -> None:
    """A mark and its words, one below the other, under the title of the axis."""
    wide, tall = axes.inches(ax)
    y = -(axes.TICKS + axes.LABEL + 0.18)
    for row, said in notes:
        own = marks.look(row)
        where: dict[str, Any] = {
            "transform": ax.transAxes,
            "clip_on": False,
            "gid": marks.gid("sign", row),
        }
        if row["role"] in ("now", "old"):
            corner = (0.0, (y - 0.06) / tall, 0.14 / wide, 0.12 / tall)
            marks.bar(ax, row, *corner, open=row["role"] == "old", **where)
        else:
            closed = flag(row, "upper_closed", True) and flag(row, "lower_closed", True)
            place = (0.07 / wide, y / tall)
            marks.mark(ax, row, *place, closed, size=8, **where)
        ax.text(
            0.22 / wide,
            (y + 0.09) / tall,
            "\n".join(said),
            va="top",
            size=size.tick,
            color=own.text,
            linespacing=1.25,
            gid=marks.gid("words", row),
            transform=ax.transAxes,
        )
        y -= _LINE * len(said)


KIND = Kind("nest", nest, room, scales, draw_marks, check, lines_of, ("x", "y"))
