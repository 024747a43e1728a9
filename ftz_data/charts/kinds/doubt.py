"""doubt: how far a result can be off, and which assumption drives it."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ... import language, style, words
from . import axes, lines, marks
from .axes import Scale, Scales
from .bridge import line as report_line
from .bridge import line_height
from .chart import Kind, into, line_of
from .frame import Room
from .rows import BAR, Grid, Slot, lay_out
from .rows import scale as row_scale
from .rows import write as write_rows
from .table import Row, number, of_role, rows, word

_HEAD, _DRAWS = 0.32, 1.05


def check(data: pd.DataFrame) -> list[Row]:
    """Rows of doubt, checked."""
    needed = {
        "draw": ("lower", "upper", "count"),
        "range": ("label", "lower", "upper"),
        "parameter": ("label", "less", "more"),
        "model": ("label", "value"),
        "reported": ("label", "value"),
    }
    return rows("doubt", data, needed)


def _sorted(found: list[Row]) -> list[Row]:
    """Parameters, the widest swing first."""
    swing = [
        (abs(number(row, "more") - number(row, "less")), row) for row in of_role(found, "parameter")
    ]
    return [row for _, row in sorted(swing, key=lambda each: -each[0])]


def _grid(found: list[Row], lang: str, size: style.Size) -> Grid:
    return lay_out(_sorted(found), lang, size)


def room(found: list[Row], lang: str, size: style.Size) -> Room:
    """Room that the axes need."""
    grid = _grid(found, lang, size)
    left = grid.left
    if not size.narrow:
        head = max(
            (lines.width(word(row, "label", lang), size.label) for row in of_role(found, "range")),
            default=0.0,
        )
        left = max(left, min(head, 2.3) + 0.27)
    named = of_role(found, "model", "reported")
    head = sum(line_height(row, lang, size) for row in named) or _HEAD
    return Room(grid.height + _DRAWS, left, max(grid.right, 0.35), head, axes.TICKS + axes.LABEL)


def doubt(
    data: pd.DataFrame,
    ax: Axes,
    lang: str | None = None,
    size: style.Size = style.WIDE,
    x: str = "",
) -> Axes:
    """Draws of a result above, and below what less and more of each assumption make of it.

    Parameters
    ----------
    data : pandas.DataFrame
        `role` is ``draw`` (a bin of draws: `lower`, `upper`, `count`), ``range`` (`label`, `lower`,
        `upper`: where nine draws of ten lie), ``parameter`` (`label`, `less`, `more`: the result
        with less and with more of it; more is hatched), ``model`` (`label`, `value`: the result at
        the start) or ``reported`` (`label`, `value`). Rows are sorted by swing. Further `basis`
        and `words`.
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
    """The result from the left, draws and assumptions from the top down."""
    ends = ("lower", "upper", "less", "more", "value")
    model = next(iter(of_role(found, "model", "reported")), None)
    around = number(model, "value") if model else 0.0
    held = [number(row, end) for row in found for end in ends]
    low, high = axes.span(held, pad=0.03, around=around)
    below = row_scale(_grid(found, lang, size), size, above=_DRAWS)
    return Scales(Scale(low, high, title=x, grid=True), below)


def draw_marks(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """Draws, swings, and the lines of the result and the report."""
    grid = _grid(found, lang, size)
    write_rows(ax, grid, size)
    _draws(ax, found, lang, size)
    model = next(iter(of_role(found, "model")), None)
    start = number(model, "value") if model else 0.0
    for place, slot in enumerate(grid.slots):
        _swing(ax, slot, start, lang, size, first=place == 0)
    _lines(ax, found, model, lang, size)


def _draws(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """The draws as steps, and a bar below them where nine of ten lie."""
    bins = of_role(found, "draw")
    if bins:
        most = max(number(row, "count") for row in bins)
        heights = [-0.1 - number(row, "count") / most * (_DRAWS - 0.15) for row in bins]
        edges = [number(bins[0], "lower"), *(number(row, "upper") for row in bins)]
        own = marks.look(bins[0])
        steps = ax.stairs(
            heights,
            edges,
            baseline=-0.1,
            fill=True,
            linewidth=1.3,
            zorder=3,
            facecolor=style.tint(own.color, 0.42),
            edgecolor=own.color,
            hatch=own.hatch,
        )
        steps.set_gid(marks.gid("draws", bins[0]))
    for row in of_role(found, "range"):
        ax.add_patch(
            Rectangle(
                (number(row, "lower"), -0.16),
                number(row, "upper") - number(row, "lower"),
                0.06,
                facecolor=marks.look(row).color,
                linewidth=0,
                zorder=4,
                gid=marks.gid("range", row),
            )
        )
        ax.annotate(
            word(row, "label", lang),
            (0, -_DRAWS / 2 - 0.1),
            xycoords=ax.get_yaxis_transform(),
            xytext=(2 if size.narrow else -8, 0),
            textcoords="offset points",
            size=size.label,
            ha="left" if size.narrow else "right",
            va="center",
            gid=marks.gid("label", row),
            annotation_clip=False,
        )
    ax.plot(
        [0, 1],
        [-0.1, -0.1],
        transform=ax.get_yaxis_transform(),
        color=style.MUTED,
        linewidth=1.2,
        zorder=2,
        gid="floor",
    )


def _swing(ax: Axes, slot: Slot, start: float, lang: str, size: style.Size, first: bool) -> None:
    """Two bars from the result at the start: to the result with less, and with more, hatched."""
    row = slot.row
    for name in ("less", "more"):
        end = number(row, name)
        left, right = sorted((start, end))
        plain = {"hatch": "", "facecolor": style.PAPER} if name == "less" else {}
        patch = marks.bar(
            ax, row, left, slot.y - BAR / 2, right - left, BAR, gid=marks.gid(name, row)
        )
        patch.set(**plain)
        if first:
            side = 1 if end > start or (end == start and name == "more") else -1
            ax.annotate(
                language.text(f"doubt_{name}", lang),
                (end, slot.y),
                xytext=(5 * side, 0),
                textcoords="offset points",
                ha="left" if side > 0 else "right",
                va="center_baseline",
                size=size.tick,
                color=marks.look(row).text,
                gid=marks.gid(f"word-{name}", row),
                annotation_clip=False,
            )


def _lines(ax: Axes, found: list[Row], model: Row | None, lang: str, size: style.Size) -> None:
    """The model's result and the report's figure through everything, their words above."""
    reported = [report_line(ax, row, lang, size) for row in of_role(found, "reported")]
    if model is None:
        return
    report_line(ax, model, lang, size)
    for words_ in reported:
        # One above the other, so that they never meet.
        words_.set(y=6 + 72 * line_height(model, lang, size))


def say(found: list[Row], lang: str) -> list[str]:
    """Where the draws lie, the result, the report, and each assumption by its swing."""
    said = [line_of(row, lang) for row in of_role(found, "range", "model", "reported")]
    for row in _sorted(found):
        ends = {name: words.number(number(row, name), lang, 3) for name in ("less", "more")}
        label = word(row, "label", lang)
        said.append(language.text("doubt_line", lang, label=label, **ends))
    return said


KIND = Kind("doubt", doubt, room, scales, draw_marks, check, say, ("x",))
