"""timeline: events by their dates, as exact as they are known."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from ... import language, style
from ...words import period
from . import axes, marks
from .axes import Scale, Scales
from .chart import Kind, into
from .frame import Room
from .rows import BAR, Grid, Slot, lay_out
from .rows import scale as row_scale
from .rows import write as write_rows
from .table import Row, rows, word

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)")
_SIGN = re.compile(r"[~?%]")


@dataclass(frozen=True)
class Span:
    """First and last moment of a date, in years; infinite where it has no end; about or not."""

    start: float
    stop: float
    about: bool = False


def span(date: str) -> Span:
    """The span of an EDTF date: a year, month or day, ``~`` for about, or an interval of two.

    Raises
    ------
    ValueError
        If it is none of these.

    Examples
    --------
    >>> span("2019"), span("../2024-06")
    (Span(start=2019.0, stop=2020.0, about=False), Span(start=-inf, stop=2024.5, about=False))
    """
    first, slash, last = date.partition("/")
    if not slash:
        return _single(first, date)
    one = Span(float("-inf"), 0.0) if first in ("", "..") else _single(first, date)
    two = Span(0.0, float("inf")) if last in ("", "..") else _single(last, date)
    if one.start >= two.stop:
        raise ValueError(f"date is {date!r}; its end lies before its start")
    return Span(one.start, two.stop, one.about or two.about)


def _single(part: str, date: str) -> Span:
    found = _DATE.fullmatch(part)
    if not found:
        raise ValueError(
            f"date is {date!r}; allowed are 2024, 2024-07, 2024-07-31, with ~ for about, "
            "and two of them with / between"
        )
    year, month, day, about = found.groups()
    if month is None:
        return Span(float(year), float(year) + 1, bool(about))
    start = int(year) + (int(month) - 1) / 12
    if not 1 <= int(month) <= 12:
        raise ValueError(f"date is {date!r}; a month is 01 to 12")
    if day is None:
        return Span(start, start + 1 / 12, bool(about))
    days = calendar.monthrange(int(year), int(month))[1]
    if not 1 <= int(day) <= days:
        raise ValueError(f"date is {date!r}; that month has {days} days")
    start += (int(day) - 1) / days / 12
    return Span(start, start + 1 / days / 12, bool(about))


def check(data: pd.DataFrame) -> list[Row]:
    """Events in the order of their dates."""
    found = rows("timeline", data, {"": ("label", "date")})
    for row in found:
        try:
            row["span"] = span(str(row["date"]))
        except ValueError as error:
            raise ValueError(f"timeline, row {row['index']}: {error}") from None
    return sorted(found, key=_order)


def _order(row: Row) -> tuple[float, float]:
    known = row["span"]
    return (known.start if known.start > float("-inf") else known.stop, known.stop)


def _grid(found: list[Row], lang: str, size: style.Size) -> Grid:
    worded = [row | {"words": _date(row, lang)} for row in found]
    return lay_out(worded, lang, size)


def _date(row: Row, lang: str) -> str:
    if own := word(row, "words", lang):
        return own
    first, slash, last = str(row["date"]).partition("/")
    ends = [period(_SIGN.sub("", end), lang) if end.strip(".") else "" for end in (first, last)]
    if not slash:
        said = ends[0]
    elif all(ends):
        said = language.text("bounds_from_to", lang, low=ends[0], high=ends[1])
    else:
        key = "period_from" if ends[0] else "period_until"
        said = language.text(key, lang, date=ends[0] or ends[1])
    return language.text("bounds_about", lang, value=said) if row["span"].about else said


def room(found: list[Row], lang: str, size: style.Size) -> Room:
    """Room that the axes need."""
    grid = _grid(found, lang, size)
    return Room(grid.height, grid.left, grid.right, 0.05, axes.TICKS + axes.LABEL)


def timeline(
    data: pd.DataFrame,
    ax: Axes,
    lang: str | None = None,
    size: style.Size = style.WIDE,
    x: str = "",
) -> Axes:
    """Events in the order of their dates, each as long as its date is inexact.

    Parameters
    ----------
    data : pandas.DataFrame
        `label`, `basis` and `date`, in EDTF: ``2019``, ``2019-08``, ``2019-08-31``, ``2020~`` for
        about, ``2019/2024``, ``../2024`` with an arrow where no end is given. `words` where the
        date is to be worded otherwise.
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
    """Years from the left, events from the top down."""
    spans = [end for row in found for end in (row["span"].start, row["span"].stop)]
    ends = [end for end in spans if abs(end) < float("inf")]
    low, high = int(min(ends)) - 0.5, int(max(ends)) + 1.5
    years = Scale(low, high, "periods", x, 5 if size.narrow else 9, grid=True)
    return Scales(years, row_scale(_grid(found, lang, size), size))


def draw_marks(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """An event a row."""
    grid = _grid(found, lang, size)
    write_rows(ax, grid, size)
    for slot in grid.slots:
        _event(ax, slot)


def _event(ax: Axes, slot: Slot) -> None:
    """A mark for a day, a bar for a month or more, an arrow where a date has no end."""
    row, known = slot.row, slot.row["span"]
    left, right = ax.get_xlim()
    start, stop = max(known.start, left), min(known.stop, right)
    if stop - start < 0.02:
        marks.mark(ax, row, (start + stop) / 2, slot.y)
        return
    bar = marks.bar(ax, row, start, slot.y - BAR / 2, stop - start, BAR)
    if known.about:
        bar.set_linestyle(":")
    if known.start == float("-inf"):
        marks.arrow(ax, row, stop, slot.y, upward=False)
    if known.stop == float("inf"):
        marks.arrow(ax, row, start, slot.y, upward=True)


def say(found: list[Row], lang: str) -> list[str]:
    """Events in order, each with its date."""
    said = []
    for row in found:
        basis = language.label("basis", row["basis"], lang)
        label, date = word(row, "label", lang), _date(row, lang)
        said.append(language.text("words_mark", lang, label=label, figure=date, basis=basis))
    return said


KIND = Kind("timeline", timeline, room, scales, draw_marks, check, say, ("x",))
