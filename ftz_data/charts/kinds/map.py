"""map: which pairs of two parameters give the reported figure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.ticker import MaxNLocator

from ... import language, style, words
from . import axes, lines, marks
from .axes import Scale, Scales
from .chart import Kind, into, line_of
from .frame import Room
from .table import Row, figure, flag, given, number, of_role, rows, word

HEIGHT = 2.7


def check(data: pd.DataFrame) -> list[Row]:
    """Rows of a map, checked."""
    point = ("x", "y")
    needed = {
        "grid": (*point, "value"),
        "reported": ("label", "value"),
        "now": point,
        "before": ("label", *point),
    }
    return rows("map", data, needed)


def room(found: list[Row], lang: str, size: style.Size) -> Room:
    """Room that the axes need."""
    right = 0.25 if size.narrow else 1.2
    return Room(HEIGHT, 0.6, right, 0.42, axes.TICKS + axes.LABEL + _legend(found))


def _legend(found: list[Row]) -> float:
    return 0.3 if of_role(found, "reported", "before") else 0.0


def map_(
    data: pd.DataFrame,
    ax: Axes,
    lang: str | None = None,
    size: style.Size = style.WIDE,
    x: str = "",
    y: str = "",
) -> Axes:
    """A result over two parameters as tinted levels, and the line on which it is the report's.

    Parameters
    ----------
    data : pandas.DataFrame
        `role` is ``grid`` (`x`, `y`, `value`, a full grid), ``reported`` (`label`, `value`: a thick
        line where the result is that), ``now`` (`x`, `y`: the present pair, with its two drop
        lines) or ``before`` (`x`, `y`, `label`: a cross). Further `basis` and `words`.
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
    """One parameter from the left, the other from below."""
    points = of_role(found, "grid")
    ends = [
        (min(each), max(each)) for each in ([number(row, name) for row in points] for name in "xy")
    ]
    return Scales(Scale(*ends[0], title=x, away=_legend(found)), Scale(*ends[1], title=y))


def draw_marks(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """Levels, lines, and the present pair."""
    grid = _grid(found)
    xs, ys = grid.columns.to_numpy(float), grid.index.to_numpy(float)
    _levels(ax, grid, of_role(found, "grid")[0], lang, size)
    for row in of_role(found, "reported"):
        shown = ax.contour(
            xs,
            ys,
            grid.to_numpy(),
            levels=[number(row, "value")],
            linewidths=3,
            colors=[marks.look(row).color],
            linestyles="-" if _closed(row) else "--",
            zorder=4,
        )
        shown.set_gid(marks.gid("line", row))
    for row in of_role(found, "before"):
        ax.plot(
            [number(row, "x")],
            [number(row, "y")],
            "+",
            color=style.INK,
            markersize=12,
            markeredgewidth=2.4,
            zorder=5,
            gid=marks.gid("before", row),
        )
    for row in of_role(found, "now"):
        _now(ax, row)
    _key(ax, found, lang, size)


def _closed(row: Row) -> bool:
    """Whether the reported figure itself is allowed."""
    return flag(row, "lower_closed", True) and flag(row, "upper_closed", True)


def _grid(found: list[Row]) -> pd.DataFrame:
    points = pd.DataFrame(of_role(found, "grid"))
    return points.pivot(index="y", columns="x", values="value").sort_index().sort_index(axis=1)


def _levels(ax: Axes, grid: pd.DataFrame, row: Row, lang: str, size: style.Size) -> None:
    """Tinted levels with round numbers, and these numbers in one row near the upper edge."""
    xs, ys, values = grid.columns.to_numpy(float), grid.index.to_numpy(float), grid.to_numpy()
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    levels = MaxNLocator(7, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    color = marks.look(row).color
    tints = [style.tint(color, part) for part in np.linspace(0.42, 0.06, len(levels) + 1)]
    filled = ax.contourf(
        xs, ys, values, levels=levels, cmap=ListedColormap(tints), extend="both", zorder=1
    )
    filled.set_gid(marks.gid("levels", row))
    # Negative levels would be dashed by default, and read as not allowed.
    drawn = ax.contour(
        xs,
        ys,
        values,
        levels=levels,
        colors=[color],
        linewidths=0.7,
        alpha=0.7,
        linestyles="-",
        zorder=2,
    )
    drawn.set_gid(marks.gid("contours", row))
    at = len(ys) - 1 - max(1, len(ys) // 10)
    across = values[at]
    shown: list[tuple[float, float]] = []
    inches = axes.inches(ax)[0]
    for level in levels:
        crossing = np.flatnonzero(np.diff(np.sign(across - level)))
        if not crossing.size:
            continue
        i = int(crossing[0])
        x = xs[i] + (level - across[i]) / (across[i + 1] - across[i]) * (xs[i + 1] - xs[i])
        unit = str(row["unit"]) if given(row, "unit") else "1"
        said = words.quantity(float(level), unit, lang)
        half = lines.width(said, size.tick) / 2
        middle = (x - xs[0]) / (xs[-1] - xs[0]) * inches
        if not half < middle < inches - half or any(
            abs(middle - place) < half + other + 0.1 for place, other in shown
        ):
            continue
        shown.append((middle, half))
        ax.text(
            x,
            ys[at],
            said,
            ha="center",
            va="center",
            size=size.tick,
            zorder=6,
            color=marks.look(row).text,
            gid="level",
            path_effects=marks.HALO,
        )


def _now(ax: Axes, row: Row) -> None:
    x, y = number(row, "x"), number(row, "y")
    left, bottom = ax.get_xlim()[0], ax.get_ylim()[0]
    ax.plot(
        [left, x, x],
        [y, y, bottom],
        color=marks.look(row).color,
        linewidth=1.3,
        linestyle=(0, (2, 1.5)),
        zorder=4,
        gid=marks.gid("drop", row),
    )
    marks.mark(ax, row, x, y, size=11, gid=marks.gid("now", row), markeredgecolor=style.PAPER)


def _key(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """Line and cross with their words, below the axis, where no point can lie over them."""
    shown = of_role(found, "reported", "before")
    inches = axes.inches(ax)[0]
    place = 0.0
    tall = axes.inches(ax)[1]
    y = -(axes.TICKS + 0.13) / tall
    for row in shown:
        label, said = word(row, "label", lang), figure(row, lang)
        words_ = language.text("label_figure", lang, label=label, figure=said) if said else label
        color = marks.look(row).color if row["role"] == "reported" else style.INK
        line: dict[str, Any] = {"transform": ax.transAxes, "clip_on": False, "color": color}
        if row["role"] == "reported":
            ax.plot([place / inches, (place + 0.22) / inches], [y, y], linewidth=3, **line)
        else:
            ax.plot([(place + 0.11) / inches], [y], "+", markersize=9, markeredgewidth=2, **line)
        ax.text(
            (place + 0.3) / inches,
            y,
            words_,
            transform=ax.transAxes,
            size=size.tick,
            va="center_baseline",
            gid=marks.gid("words", row),
            color=marks.look(row).text if row["role"] == "reported" else style.INK,
        )
        place += 0.5 + lines.width(words_, size.tick)


def say(found: list[Row], lang: str) -> list[str]:
    """The span of the result, three points of the report's line, and the present pair."""
    grid = _grid(found)
    low, high = (words.number(float(end), lang, 3) for end in (grid.min().min(), grid.max().max()))
    said = [language.text("map_span", lang, low=low, high=high)]
    for row in found:
        if row["role"] == "reported":
            points = _points(grid, number(row, "value"), lang)
            line = line_of(row, lang)
            said.append(
                language.text("map_line", lang, line=line, points=points)
                if points
                else language.text("map_no_line", lang, line=line)
            )
        elif row["role"] != "grid":
            x, y = (words.number(number(row, axis), lang, 3) for axis in ("x", "y"))
            basis = language.label("basis", row["basis"], lang)
            label = word(row, "label", lang) or language.text(f"role_{row['role']}", lang)
            said.append(language.text("point_line", lang, label=label, x=x, y=y, basis=basis))
    return said


def _points(grid: pd.DataFrame, level: float, lang: str) -> str:
    """Three pairs on the line of a level: at its ends and in its middle."""
    xs = grid.columns.to_numpy(float)
    pairs = []
    for y, across in zip(grid.index.to_numpy(float), grid.to_numpy(), strict=True):
        crossing = np.flatnonzero(np.diff(np.sign(across - level)))
        if crossing.size:
            i = int(crossing[0])
            part = (level - across[i]) / (across[i + 1] - across[i])
            pairs.append((float(xs[i] + part * (xs[i + 1] - xs[i])), float(y)))
    if not pairs:
        return ""
    three = dict.fromkeys((pairs[0], pairs[len(pairs) // 2], pairs[-1]))
    say_pair = (
        language.text("pair", lang, x=words.number(x, lang, 3), y=words.number(y, lang, 3))
        for x, y in three
    )
    return language.text("list_separator", lang).join(say_pair)


KIND = Kind("map", map_, room, scales, draw_marks, check, say, ("x", "y"))
