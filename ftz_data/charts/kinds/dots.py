"""dots: figures of one unit on one axis; with places, a ranking by several measures."""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import ConnectionPatch

from ... import language, style
from . import axes, lines, marks
from .axes import Scale, Scales
from .chart import Kind, into, line_of
from .frame import Room
from .rows import Grid, lay_out
from .rows import scale as row_scale
from .rows import write as write_rows
from .table import Row, bounds, flag, given, number, rows, word

_RANK, _HEAD, _BETWEEN = 0.31, 0.36, 0.35


def check(data: pd.DataFrame) -> list[Row]:
    """Rows in the order in which they are drawn: by value, or by measure and place."""
    found = rows("dots", data, {"": ("label", "value")})
    if _ranking(found):
        return sorted(found, key=lambda row: (_measures(found).index(row["measure"]), row["place"]))
    order = {word(row, "label", "en"): number(row, "value") for row in found if not _second(row)}
    return sorted(found, key=lambda row: (-order.get(word(row, "label", "en"), 0.0), _second(row)))


def _second(row: Row) -> bool:
    return flag(row, "reading")


def _ranking(found: list[Row]) -> bool:
    return any(given(row, "place") for row in found)


def _measures(found: list[Row]) -> list[Any]:
    return list(dict.fromkeys(row["measure"] for row in found))


def _grid(found: list[Row], lang: str, size: style.Size) -> Grid:
    second = {word(row, "label", lang) for row in found if _second(row)}
    own = [row for row in found if not _second(row)]
    noted = frozenset(row["index"] for row in own if word(row, "label", lang) in second)
    return lay_out(own, lang, size, noted)


def _depths(found: list[Row], size: style.Size) -> list[int]:
    """Places that the list of each measure takes: beside each other all take the same."""
    own = [
        max(int(row["place"]) for row in found if row["measure"] == measure)
        for measure in _measures(found)
    ]
    if not size.narrow:
        return [max(own)] * len(own)
    return [count + (count < max(own)) for count in own]


def room(found: list[Row], lang: str, size: style.Size) -> Room:
    """Room that the axes need."""
    if _ranking(found):
        tall = [_HEAD + _RANK * depth for depth in _depths(found, size)]
        height = sum(tall) + _BETWEEN * (len(tall) - 1) if size.narrow else max(tall)
        return Room(height, 0.13, 0.13)
    grid = _grid(found, lang, size)
    return Room(grid.height, grid.left, grid.right, 0.05, axes.TICKS + axes.LABEL)


def dots(
    data: pd.DataFrame,
    ax: Axes,
    lang: str | None = None,
    size: style.Size = style.WIDE,
    x: str = "",
) -> Axes:
    """Figures of one unit on one axis, sorted by value, each with its bounds as worded.

    Parameters
    ----------
    data : pandas.DataFrame
        `label`, `value`, `basis`; where there are, bounds, `stage`, `unit`, `words`, and
        `reading`: true for another reading of the figure of the same label, which is drawn small
        above it. With `measure` and `place` it is a ranking: a list of bars for each measure, and
        the reported row joined from list to list; `code` is then the key by which it is found.
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
    found: list[Row], lang: str, size: style.Size, inches: tuple[float, float], x: str = ""
) -> Scales:
    """Values from the left, rows from the top down; a ranking has axes of its own."""
    if _ranking(found):
        return axes.bare(*inches)
    low, high = axes.span(_ends(found), pad=0.1)
    return Scales(Scale(low, high, title=x, grid=True), row_scale(_grid(found, lang, size), size))


def draw_marks(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """A mark a row; or the lists of a ranking."""
    if _ranking(found):
        _rank(ax, found, lang, size)
        return
    grid = _grid(found, lang, size)
    write_rows(ax, grid, size)
    ax.axvline(0, color=style.MUTED, linewidth=1.3, zorder=2, gid="zero")
    for slot in grid.slots:
        marks.figure(ax, slot.row, slot.y, stem=0.0)
        others = [
            row
            for row in found
            if _second(row) and word(row, "label", lang) == word(slot.row, "label", lang)
        ]
        if others:
            _readings(ax, others, slot.y, lang, size)


def _ends(found: list[Row]) -> list[float]:
    return [end for row in found for end in (number(row, "value"), *bounds(row))]


def _readings(ax: Axes, others: list[Row], y: float, lang: str, size: style.Size) -> None:
    """Other readings of a figure: small marks on its row, joined, with their words above."""
    values = [number(row, "value") for row in others]
    own = marks.look(others[0])
    ax.plot(values, [y] * len(values), ":", color=own.color, gid=marks.gid("link", others[0]))
    for row, value in zip(others, values, strict=True):
        before = len(ax.collections)
        sns.scatterplot(
            x=[value],
            y=[y],
            ax=ax,
            marker=own.marker,
            s=52,
            color=own.color,
            zorder=5,
            legend=False,
        )
        ax.collections[before].set_gid(marks.gid("reading", row))
    words = language.text("or_separator", lang).join(word(row, "words", lang) for row in others)
    ax.annotate(
        words,
        (sum(values) / len(values), y),
        xytext=(0, 6),
        textcoords="offset points",
        ha="center",
        va="bottom",
        size=size.tick,
        color=own.text,
        gid=marks.gid("words", others[0]),
        annotation_clip=False,
        path_effects=marks.HALO,
        zorder=7,
    )


def _rank(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    measures = _measures(found)
    lists = {each: [row for row in found if row["measure"] == each] for each in measures}
    depths = _depths(found, size)
    most = max(int(row["place"]) for row in found)
    total = axes.inches(ax)[1]
    panels, top = [], 1.0
    for order, measure in enumerate(measures):
        tall = (_HEAD + _RANK * depths[order]) / total
        wide = 1.0 if size.narrow else 1 / len(measures)
        left = 0.0 if size.narrow else order * wide
        panel = ax.inset_axes((left, top - tall, wide - (0 if size.narrow else 0.03), tall))
        _list(panel, lists[measure], depths[order], most, lang, size)
        panels.append(panel)
        top -= (tall + _BETWEEN / total) if size.narrow else 0.0
    _join(ax, panels, [lists[each] for each in measures], lang, size)


def _list(ax: Axes, ranked: list[Row], depth: int, most: int, lang: str, size: style.Size) -> None:
    """One measure: a bar a place, with its name before and its figure behind."""
    names = [f"{int(row['place'])}  {word(row, 'label', lang)}" for row in ranked]
    before = max(lines.width(name, size.label) for name in names) + 0.1
    behind = max(lines.width(word(row, "words", lang), size.label) for row in ranked) + 0.15
    inches = _inches(ax)
    top = max(number(row, "value") for row in ranked)
    scale = (inches - before - behind) / top
    tall = max(int(row["place"]) for row in ranked)
    ax.set(xlim=(-before, inches - before), ylim=(depth * _RANK, -_HEAD))
    ax.set_axis_off()
    ax.plot([0, 0], [0, tall * _RANK], color=style.MUTED, linewidth=1.2, gid="zero")
    ax.text(0, -0.12, word(ranked[0], "measure", lang), size=size.label, gid="measure")
    for row, name in zip(ranked, names, strict=True):
        y = (int(row["place"]) - 0.5) * _RANK
        long = number(row, "value") * scale
        marks.bar(ax, row, 0, y - 0.1, long, 0.2)
        own = row["basis"] == "reported"
        look: dict[str, Any] = {"size": size.label, "va": "center_baseline"}
        color = marks.look(row).text if own else style.INK
        ax.text(-0.08, y, name, ha="right", color=color, gid=marks.gid("label", row), **look)
        shown = word(row, "words", lang)
        ax.text(long + 0.07, y, shown, color=color, gid=marks.gid("words", row), **look)
    missing = sorted(set(range(1, most + 1)) - {int(row["place"]) for row in ranked})
    if missing:
        note = language.text("places_missing", lang, first=missing[0], last=missing[-1])
        y = (missing[0] - 0.85) * _RANK
        ax.text(0.1, y, note, size=size.tick, color=style.MUTED, va="top", gid="missing")


def _inches(ax: Axes) -> float:
    """Width of axes within axes, which have their place only when it is asked for."""
    root = ax.get_figure(root=True)
    return ax.get_window_extent().width / root.dpi if root else 0.0


def _join(
    ax: Axes, panels: list[Axes], lists: list[list[Row]], lang: str, size: style.Size
) -> None:
    """An arrow from the reported row of one list to that of the next."""
    own = [[row for row in ranked if row["basis"] == "reported"] for ranked in lists]
    if size.narrow or not all(own):
        return
    for one, other, left, right in zip(panels, panels[1:], own, own[1:], strict=False):
        start = (one.get_xlim()[1] - 0.1, (int(left[0]["place"]) - 0.5) * _RANK)
        name = f"{int(right[0]['place'])}  {word(right[0], 'label', lang)}"
        before = lines.width(name, size.label) + 0.18
        stop = (-before, (int(right[0]["place"]) - 0.5) * _RANK)
        ax.add_artist(
            ConnectionPatch(
                start,
                stop,
                "data",
                "data",
                axesA=one,
                axesB=other,
                arrowstyle="-|>,head_width=0.25,head_length=0.5",
                color=marks.look(left[0]).color,
                linewidth=2,
                gid=marks.gid("join", left[0]),
            )
        )


def say(found: list[Row], lang: str) -> list[str]:
    """The rows in order; a place is said before its name."""
    if not _ranking(found):
        return [line_of(row, lang) for row in found]
    said = []
    for row in found:
        measure = word(row, "measure", lang)
        line = line_of(row, lang)
        said.append(
            language.text("place_line", lang, measure=measure, place=int(row["place"]), line=line)
        )
    return said


KIND = Kind("dots", dots, room, scales, draw_marks, check, say, ("x",))
