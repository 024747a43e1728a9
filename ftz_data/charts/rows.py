"""Rows of marks: every chart of figures with bounds is painted here.

All facets are painted onto the figure itself, in inches. Axes of Matplotlib's, with locators,
formatters and spines, would take more time than everything else in the picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .. import language, style
from .chart import (
    WIDTH,
    Chart,
    draw,
    fill,
    foot,
    foot_height,
    head,
    head_height,
    wrap,
    write,
)

# Layout in inches: fixed, not solved for, since solving costs more than drawing.
LEFT, RIGHT = 2.75, 6.1
AXIS, LINE, GAP = 0.62, 0.19, 0.2
LABEL_COLUMNS, WORDS_COLUMNS = 32, 36
_TICKS = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10])


@dataclass(frozen=True)
class _Scale:
    """The numbers at the left and the right end of a facet."""

    low: float
    high: float

    def x(self, number: float) -> float:
        """Inches from the left edge of the picture."""
        return LEFT + (number - self.low) / (self.high - self.low) * (RIGHT - LEFT)

    def ticks(self) -> list[float]:
        """Round numbers on the scale."""
        found = _TICKS.tick_values(self.low, self.high)
        return [float(tick) for tick in found if self.low <= tick <= self.high]


def paint_rows(figure: Figure, chart: Chart, lang: str) -> None:
    """Rows of marks: one scale a facet, labels on the left, the figure in words on the right."""
    facets: dict[str, list[dict]] = {}
    for mark in chart.marks.to_dict("records"):
        facets.setdefault(mark[f"facet_{lang}"], []).append(mark)
    spans = {facet: [_row_lines(mark, lang) for mark in marks] for facet, marks in facets.items()}
    heights = {facet: sum(each) * LINE + GAP * len(each) for facet, each in spans.items()}
    above, below = head_height(chart, lang), foot_height(chart, lang)
    height = above + sum(heights.values()) + AXIS * len(facets) + below
    figure.set_size_inches(WIDTH, height)
    top = height - above
    for facet, marks in facets.items():
        floor = top - heights[facet]
        _facet(figure, facet, marks, spans[facet], top, floor, lang)
        top = floor - AXIS
    head(figure, chart, lang)
    foot(figure, chart, lang)


def _row_lines(mark: dict, lang: str) -> int:
    """Lines of text that the row of a mark needs."""
    return max(
        len(wrap(mark[f"label_{lang}"], LABEL_COLUMNS)),
        len(wrap(mark[f"words_{lang}"], WORDS_COLUMNS)),
        2,
    )


def _facet(
    figure: Figure,
    name: str,
    marks: list[dict],
    spans: list[int],
    top: float,
    floor: float,
    lang: str,
) -> None:
    """One scale with its marks, the first on top."""
    scale = _scale(marks)
    if all(mark["stage"] == "share" for mark in marks):
        # A share is a part of a whole, so the whole is drawn too.
        fill(figure, LEFT, floor, RIGHT - LEFT, top - floor, color=style.TRACK, lw=0)
    for tick in scale.ticks():
        x = scale.x(tick)
        draw(figure, [x, x], [floor, top], color=style.MUTED if tick == 0 else style.GRID, lw=1)
        words = language.number(tick, lang)
        label = write(figure, x, floor - 0.06, [words], ha="center", va="top", size=9)
        label.set(color=style.MUTED, gid="tick")
    draw(figure, [LEFT, RIGHT], [floor, floor], color=style.MUTED, lw=1.2)
    write(figure, (LEFT + RIGHT) / 2, floor - 0.24, [name], ha="center", va="top", size=9.5)
    y = top
    for mark, span in zip(marks, spans, strict=True):
        step = span * LINE + GAP
        middle = y - step / 2
        _draw_mark(figure, mark, scale, middle)
        for words, columns, x, side in (
            (mark[f"label_{lang}"], LABEL_COLUMNS, LEFT - 0.13, "right"),
            (mark[f"words_{lang}"], WORDS_COLUMNS, RIGHT + 0.13, "left"),
        ):
            look = {"ha": side, "va": "center", "size": 10.5, "linespacing": 1.2}
            write(figure, x, middle, wrap(words, columns), **look)
        y -= step


def _scale(marks: list[dict]) -> _Scale:
    """A scale that holds zero, every value and bound, and room for arrows."""
    if all(mark["stage"] == "share" for mark in marks):
        return _Scale(0, 100)
    ends = [mark[name] for mark in marks for name in ("value", "lower", "upper")]
    ends = [0.0, *(end for end in ends if not math.isnan(end))]
    low, high = min(ends), max(ends)
    pad = 0.2 * (high - low or 1.0)
    # A lone zero still needs a scale to stand on.
    return _Scale(low - (pad if low < 0 else 0), high + (pad if high > 0 or low == high else 0))


def _draw_mark(figure: Figure, mark: dict, scale: _Scale, y: float) -> None:
    """A point, an interval, or a bound with an arrow where the wording leaves the end open."""
    look = style.LOOKS[mark["basis"]]
    low, high = mark["lower"], mark["upper"]
    has_low, has_high = not math.isnan(low), not math.isnan(high)

    def line(start: float, stop: float, **more) -> None:
        draw(figure, [start, stop], [y, y], color=look.color, solid_capstyle="butt", **more)

    if has_low and has_high and low != high:
        fill(
            figure,
            scale.x(low),
            y - 0.1,
            scale.x(high) - scale.x(low),
            0.2,
            facecolor=look.color + "55",
            edgecolor=look.color,
            hatch=look.hatch,
            linewidth=1.2,
            gid="interval",
        )
        ends = [(low, mark["lower_closed"]), (high, mark["upper_closed"])]
    else:
        bound = low if has_low else high if has_high else mark["value"]
        # A target is not a result: its stem is dashed and its mark hollow.
        target = mark["stage"] == "target"
        line(scale.x(0), scale.x(bound), lw=1.5, alpha=0.6, ls="--" if target else "-")
        if has_low != has_high:
            tip = RIGHT if has_low else LEFT
            line(scale.x(bound), tip, lw=2.5)
            draw(figure, [tip], [y], marker="><"[has_high], ms=8, color=look.color, gid="arrow")
        if not has_low and not has_high:
            # No bound at all: dots on both sides say "about".
            line(scale.x(bound) - 0.27, scale.x(bound) + 0.27, lw=2.5, ls=":")
        closed = mark["lower_closed"] if has_low else mark["upper_closed"] if has_high else True
        ends = [(bound, closed and not target)]
    for end, closed in ends:
        draw(
            figure,
            [scale.x(end)],
            [y],
            marker=look.marker,
            ms=9,
            color=look.color,
            markerfacecolor=look.color if closed else style.PAPER,
            markeredgewidth=2,
            gid="end",
        )
