"""The page of a system in one language: what a brief, a slide and a web page have in common."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import wcwidth

from ..language import label, text
from .content import Content, Source, System
from .figures import Figure
from .picture import Picture

# What comes before the picture of a page, and what after it: kinds of `briefs.csv`.
BEFORE, AFTER = ("quote", "add", "avoid"), ("question", "request")


@dataclass(frozen=True)
class Page:
    """A page in one language.

    Attributes
    ----------
    key, lang, section, name, finding : str
    head : list of str
        Headings of the columns of the figures.
    rows : list of list of str
        A row a figure: what it counts, the figure in words, basis and source.
    needed : int
        Rows that no page does without: those of the report's own figures, which come first.
    before, after, story : list of (str, list of str)
        Label and lines: what to say before the picture and after it, and the story.
    shown : list of (str, list of str)
        What a panel says beside its picture.
    sources : (str, list of Source)
    picture : Picture or None
    """

    key: str
    lang: str
    section: str
    name: str
    finding: str
    head: list[str]
    rows: list[list[str]]
    needed: int
    before: list[tuple[str, list[str]]]
    after: list[tuple[str, list[str]]]
    story: list[tuple[str, list[str]]]
    shown: list[tuple[str, list[str]]]
    sources: tuple[str, list[Source]]
    picture: Picture | None

    @property
    def least(self) -> int:
        """Rows that a page has at least: those that are needed, and one that counts the others."""
        return min(self.needed + 1, len(self.rows))

    def fitting(self, most: int) -> list[list[str]]:
        """The first rows, and one that says how many more there are where they do not fit."""
        if len(self.rows) <= most:
            return self.rows
        more = text("export_more", self.lang, count=len(self.rows) - most + 1)
        return [*self.rows[: most - 1], [more, "", ""]]


def page(system: System, lang: str, content: Content) -> Page:
    """Word a system in one language."""

    def said(kinds: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        return [
            (label("brief_kind", kind, lang), [line[lang] for line in system.said[kind]])
            for kind in kinds
            if kind in system.said
        ]

    head = [text(f"export_column_{name}", lang) for name in ("title", "words")]
    return Page(
        system.key,
        lang,
        label("section", system.section, lang, content.package),
        system.name[lang],
        system.finding[lang],
        [*head, text("export_basis_source", lang)],
        [_row(figure, lang, content, not system.said) for figure in system.figures],
        sum(figure.basis in ("reported", "assumed") for figure in system.figures),
        said(BEFORE),
        said(AFTER),
        [(text(key, lang), [words[lang]]) for key, words in system.story if words[lang]],
        [(text(key, lang), [line[lang] for line in lines]) for key, lines in system.shown],
        (text("source", lang), system.sources),
        system.picture,
    )


def _row(figure: Figure, lang: str, content: Content, alone: bool) -> list[str]:
    """A row of the table; where no brief says what must be added, the figure says it itself."""
    basis = label("basis", figure.basis, lang, content.package)
    based = text("label_figure", lang, label=basis, figure=figure.source[lang])
    if alone and figure.basis == "reported":
        dated = "" if pd.isna(figure.row.time_period) else figure.period[lang]
        own = filter(None, [dated, figure.quoting[lang], figure.caveat[lang]])
        based = text("place_separator", lang).join([based, *own])
    return [figure.title[lang], figure.words[lang], based]


# Widths of a letter, of a bold one where the font that is asked for is missing, and of a Chinese
# character, in ems; and what words leave over at a line's end.
_NARROW, _BOLD, _WIDE, _FILLED = 0.47, 0.65, 1.0, 0.95
# Height of a line in ems: Chinese fonts stand higher.
SPACING = {"en": 1.22, "zh": 1.45}


def lines(words: str, width: float, size: float, bold: bool = False) -> int:
    """Lines that a text takes, estimated.

    Parameters
    ----------
    words : str
    width, size : float
        Of the column and of the type, in points.
    bold : bool, default False
        A title, which must have room in another font too: it would stand on what is below.
    """
    room = width * _FILLED / size

    def taken(line: str) -> float:
        cells = [wcwidth.wcwidth(letter) for letter in line]
        return sum(_WIDE if each == 2 else _BOLD if bold else _NARROW for each in cells)

    return sum(max(math.ceil(taken(line) / room), 1) for line in words.split("\n"))


def height(words: str, width: float, size: float, lang: str, bold: bool = False) -> float:
    """Points that a text takes from top to bottom, estimated."""
    return lines(words, width, size, bold) * size * SPACING[lang]
