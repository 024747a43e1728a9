"""A chart: rows, the question that they answer, and the picture of a kind drawn from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from ... import language, style
from ...package import unknown
from . import axes, live
from .frame import Frame, Picture, Room, image, png, said
from .table import Row, figure, word

# Kept in notebooks, so that the same chart is the same bytes.
_UNDATED = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}


@dataclass(frozen=True)
class Kind:
    """One kind of picture.

    Attributes
    ----------
    name : str
        Key of the kind.
    draw : callable
        ``draw(data, ax, lang, size, **titles)`` draws a table into Axes.
    room : callable
        ``room(rows, lang, size)`` says how much room the Axes need.
    scales : callable
        ``scales(rows, lang, size, inches, **titles)`` says what stands still in Axes of that size.
    marks : callable
        ``marks(ax, rows, lang, size)`` draws all else into Axes that have these scales.
    check : callable
        ``check(data)`` returns the rows; a ValueError names what does not fit.
    say : callable
        ``say(rows, lang)`` returns one line of words a mark.
    titles : tuple of str
        Axes that have a title: ``"x"``, ``"y"``.
    """

    name: str
    draw: Callable[..., Axes]
    room: Callable[[list[Row], str, style.Size], Room]
    scales: Callable[..., axes.Scales]
    marks: Callable[[Axes, list[Row], str, style.Size], None]
    check: Callable[[pd.DataFrame], list[Row]]
    say: Callable[[list[Row], str], list[str]]
    titles: tuple[str, ...] = ()


@style.settings()
def into(
    kind: Kind, data: pd.DataFrame, ax: Axes, lang: str | None, size: style.Size, **titles: str
) -> Axes:
    """Draw a table as a kind into Axes, and return these."""
    lang = language.resolve(lang)
    rows = kind.check(data)
    axes.set_up(ax, kind.scales(rows, lang, size, axes.inches(ax), **titles), lang, size)
    kind.marks(ax, rows, lang, size)
    return ax


def lines_of(rows: list[Row], lang: str) -> list[str]:
    """One line a row: label, figure with its bounds, and basis."""
    return [line_of(row, lang) for row in rows if word(row, "label", lang)]


def line_of(row: Row, lang: str) -> str:
    """Label, figure and basis of one row."""
    label, shown = word(row, "label", lang), figure(row, lang)
    if not shown:
        return label
    basis = language.label("basis", row["basis"], lang)
    return language.text("words_mark", lang, label=label, figure=shown, basis=basis)


@dataclass(frozen=True, repr=False)
class Chart:
    """A question, the rows that answer it, and how they are shown.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    data : pandas.DataFrame
        One row a mark; the function of the kind documents the columns.
    title : str, dict by language, Text or Wording
        The question.
    reading : the same
        The answer in a sentence or two, with the present numbers.
    source : the same
        Where the figures come from.
    x, y : the same
        Titles of the axes, for kinds that have them.
    notes : tuple of the same
        What is assumed or ambiguous; shown beside the picture, and not in it.

    Raises
    ------
    KeyError
        If there is no such kind.
    ValueError
        If the rows do not fit it.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"label": ["Cotton", "Ore"], "value": [-60, 20], "unit": "%",
    ...                      "basis": "reported"})
    >>> chart = Chart("dots", rows, "What has changed by how much?", source="A press report")
    >>> print(chart.words("en"))
    What has changed by how much?
    Ore: 20% (Reported)
    Cotton: −60% (Reported)
    A press report
    >>> len(chart.figure("en").axes)
    1
    """

    kind: str
    data: pd.DataFrame
    title: Any
    reading: Any = ""
    source: Any = ""
    x: Any = ""
    y: Any = ""
    notes: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        self._kind.check(self.data)

    @property
    def _kind(self) -> Kind:
        from . import KINDS

        if self.kind not in KINDS:
            raise unknown("kind of chart", self.kind, KINDS)
        return KINDS[self.kind]

    def words(self, lang: str | None = None) -> str:
        """What the picture shows: question, reading, one line a mark, source.

        The picture's alternative text, and what is compared in tests.
        """
        lang = language.resolve(lang)
        rows = self._kind.say(self._kind.check(self.data), lang)
        x, y = said(self.x, lang), said(self.y, lang)
        if x and y:
            # Points of two numbers say by their axes what and in which unit.
            rows.append(language.text("axes_line", lang, x=x, y=y))
        parts = [said(self.title, lang), said(self.reading, lang), *rows, said(self.source, lang)]
        return "\n".join(part for part in parts if part)

    def png(self, lang: str | None = None, phone: bool = False) -> bytes:
        """The picture alone as PNG bytes, for a page that shows question and reading as text.

        Parameters
        ----------
        lang, phone
            As for `figure`.

        Returns
        -------
        bytes
        """
        size = style.PHONE if phone else style.WIDE
        lang = language.resolve(lang)
        rows = self._kind.check(self.data)
        with style.settings():
            frame, scales = self._still("", "", rows, lang, size)
            return live.png(frame, scales, lambda ax: self._kind.marks(ax, rows, lang, size))

    def figure(self, lang: str | None = None, phone: bool = False) -> Picture:
        """The picture as a Matplotlib figure, whose Axes and artists can be changed.

        Parameters
        ----------
        lang : {"en", "zh"}, optional
            The current language by default.
        phone : bool
            3.9 inches wide, with labels above their marks, in place of 8.

        Returns
        -------
        matplotlib.figure.Figure
        """
        lang = language.resolve(lang)
        size = style.PHONE if phone else style.WIDE
        rows = self._kind.check(self.data)
        title, reading = said(self.title, lang), said(self.reading, lang)
        with style.settings():
            frame, scales = self._still(title, reading, rows, lang, size)
            figure, ax = frame.make()
            axes.set_up(ax, scales, lang, size)
            self._kind.marks(ax, rows, lang, size)
        figure.words = self.words(lang)
        return figure

    def _still(
        self, title: str, reading: str, rows: list[Row], lang: str, size: style.Size
    ) -> tuple[Frame, axes.Scales]:
        """What stands still around and in the axes."""
        drawn = {row["basis"] for row in rows if row.get("role") != "head"}
        bases = tuple(basis for basis in style.LOOKS if basis in drawn)
        room = self._kind.room(rows, lang, size)
        frame = Frame(title, reading, said(self.source, lang), bases, lang, size, room)
        titles = {name: said(getattr(self, name), lang) for name in self._kind.titles}
        return frame, self._kind.scales(rows, lang, size, frame.inches, **titles)

    def html(self, lang: str | None = None) -> str:
        """The picture for a page, with its words as alternative text, and narrower on a phone."""
        lang = language.resolve(lang)
        narrow = png(self.figure(lang, phone=True))
        return image(png(self.figure(lang)), self.words(lang), narrow)

    def save(self, path: str | Path, lang: str | None = None, phone: bool = False) -> None:
        """Save the picture as PNG, SVG (glyphs as paths) or PDF (font embedded).

        Parameters
        ----------
        path : path-like
            Its ending says the format.
        lang, phone
            As for `figure`.

        Raises
        ------
        ValueError
            If the ending is none of ``.png``, ``.svg`` and ``.pdf``.
        """
        ending = Path(path).suffix.lower().removeprefix(".")
        if ending not in _UNDATED:
            raise ValueError(f"path ends in {Path(path).suffix!r}; allowed are .png, .svg, .pdf")
        figure = self.figure(lang, phone)
        with style.settings():
            figure.savefig(path, format=ending, dpi=figure.dpi, metadata=_UNDATED[ending])

    def __repr__(self) -> str:
        return self.words()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/plain": repr(self),
            "text/html": language.bilingual({lang: self.html(lang) for lang in language.LANGS}),
            "image/png": png(self.figure()),
        }
