"""Rows of marks on axes: every chart of figures with bounds is painted here."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .. import language, style
from .chart import WIDTH, Chart, foot, foot_height, head, head_height, wrap

# Layout in inches: fixed, not solved for, since solving costs more than drawing.
LEFT, RIGHT = 2.75, 6.1
AXIS, LINE, GAP = 0.62, 0.19, 0.2
LABEL_COLUMNS, WORDS_COLUMNS = 32, 36


def paint_rows(figure: Figure, chart: Chart, lang: str) -> None:
    """Rows of marks: one axis a facet, labels on the left, the figure in words on the right."""
    facets = [rows for _, rows in chart.marks.groupby(f"facet_{lang}", sort=False)]
    lines = [[_row_lines(row, lang) for row in rows.to_dict("records")] for rows in facets]
    heights = [sum(each) * LINE + GAP * len(each) for each in lines]
    above, below = head_height(chart, lang), foot_height(chart, lang)
    height = above + sum(heights) + AXIS * len(facets) + below
    figure.set_size_inches(WIDTH, height)
    head(figure, chart, lang)
    top = height - above
    for rows, spans, tall in zip(facets, lines, heights, strict=True):
        axes = figure.add_axes(
            (LEFT / WIDTH, (top - tall) / height, (RIGHT - LEFT) / WIDTH, tall / height)
        )
        _facet(axes, rows, spans, lang)
        top -= tall + AXIS
    foot(figure, chart, lang)


def _row_lines(mark: dict, lang: str) -> int:
    """Lines of text that the row of a mark needs."""
    return max(
        len(wrap(mark[f"label_{lang}"], LABEL_COLUMNS)),
        len(wrap(mark[f"words_{lang}"], WORDS_COLUMNS)),
        2,
    )


def _facet(axes: Axes, rows: pd.DataFrame, spans: list[int], lang: str) -> None:
    """One axis with its marks, the first on top."""
    marks = rows.to_dict("records")
    ends = [mark[name] for mark in marks for name in ("value", "lower", "upper")]
    ends = [0.0, *(end for end in ends if not math.isnan(end))]
    reach = max(ends) - min(ends) or 1.0
    pad = 0.2 * reach
    axes.set_xlim(
        min(ends) - (pad if min(ends) < 0 else 0), max(ends) + (pad if max(ends) > 0 else 0)
    )
    if all(mark["stage"] == "share" for mark in marks):
        # A share is a part of a whole, so the whole is drawn too.
        axes.set_xlim(0, 100)
        axes.axvspan(0, 100, color=style.TRACK, zorder=0)
    tall = sum(spans) * LINE + GAP * len(spans)
    axes.set_ylim(0, tall)
    y = tall
    for mark, span in zip(marks, spans, strict=True):
        step = span * LINE + GAP
        _draw_mark(axes, mark, y - step / 2)
        for words, columns, x, side in (
            (mark[f"label_{lang}"], LABEL_COLUMNS, -0.04, "right"),
            (mark[f"words_{lang}"], WORDS_COLUMNS, 1.04, "left"),
        ):
            axes.text(
                x,
                (y - step / 2) / tall,
                "\n".join(wrap(words, columns)),
                transform=axes.transAxes,
                ha=side,
                va="center",
                size=10.5,
                linespacing=1.2,
            )
        y -= step
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(lambda tick, _: language.number(tick, lang))
    axes.tick_params(axis="x", labelsize=9)
    axes.set_xlabel(rows[f"facet_{lang}"].iloc[0], size=9.5, labelpad=2)
    axes.axvline(0, color=style.MUTED, lw=1)
    for spine in ("top", "left", "right"):
        axes.spines[spine].set_visible(False)


def _draw_mark(axes: Axes, mark: dict, y: float) -> None:
    """A point, an interval, or a bound with an arrow where the wording leaves the end open."""
    look = style.LOOKS[mark["basis"]]
    low, high = mark["lower"], mark["upper"]
    has_low, has_high = not math.isnan(low), not math.isnan(high)
    if has_low and has_high and low != high:
        axes.barh(
            y,
            high - low,
            left=low,
            height=0.2,
            color=look.color + "55",
            edgecolor=look.color,
            hatch=look.hatch,
            linewidth=1.2,
        )
        ends = [(low, mark["lower_closed"]), (high, mark["upper_closed"])]
    else:
        bound = low if has_low else high if has_high else mark["value"]
        # A target is not a result: its stem is dashed and its mark hollow.
        target = mark["stage"] == "target"
        stem = "--" if target else "-"
        axes.plot([0, bound], [y, y], color=look.color, lw=1.5, alpha=0.6, ls=stem)
        if has_low != has_high:
            axes.annotate(
                "",
                xy=(axes.get_xlim()[1 if has_low else 0], y),
                xytext=(bound, y),
                arrowprops={"arrowstyle": "-|>", "color": look.color, "lw": 2.5},
            )
        if not has_low and not has_high:
            # No bound at all: dots on both sides say "about".
            reach = 0.08 * (axes.get_xlim()[1] - axes.get_xlim()[0])
            axes.plot([bound - reach, bound + reach], [y, y], color=look.color, lw=2.5, ls=":")
        closed = mark["lower_closed"] if has_low else mark["upper_closed"] if has_high else True
        ends = [(bound, closed and not target)]
    for end, closed in ends:
        axes.plot(
            end,
            y,
            marker=look.marker,
            ms=9,
            color=look.color,
            markerfacecolor=look.color if closed else style.PAPER,
            markeredgewidth=2,
            clip_on=False,
        )
