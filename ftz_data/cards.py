"""Readable cards: what one figure, indicator or system is, in words, with its caveat."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .derived import readings
from .language import LANGS, Text, Wording, bilingual, cell, label, resolve, text, worded
from .package import BUILT_IN, Package, unknown
from .words import in_words, period, place, quantity, source_title, system, title, unit

# An address ends before the mark that separates it from the next source.
_ADDRESS = re.compile(r"(https?://[^\s；]+?)(?=;?(?:\s|；|$))")

# Label of a line, a key of the texts, and what stands in it.
Line = tuple[str, Text | Wording | str]


@dataclass(frozen=True)
class Card:
    """A title with labelled lines, worded when it is shown.

    Attributes
    ----------
    title : Wording
        Title; ``title.in_("zh")`` words it.
    lines : list of (str, Text or Wording or str)
        Each line's label, a key of the texts, and what stands in it; one that says nothing is not
        shown.
    lang : str or None
        Language of the plain text; None is the current one.
    """

    title: Wording
    lines: list[Line]
    lang: str | None = None

    def __repr__(self) -> str:
        lines = [text("separator", self.lang).join(line) for line in self._lines(self.lang)]
        return "\n".join([self.title.in_(self.lang), *lines])

    def _repr_html_(self) -> str:
        return bilingual({lang: self._html(lang) for lang in LANGS})

    def _html(self, lang: str) -> str:
        lines = "".join(
            f"<dt><strong>{html.escape(name)}</strong></dt><dd>{_linked(words)}</dd>"
            for name, words in self._lines(lang)
        )
        return f"<h4>{html.escape(self.title.in_(lang))}</h4><dl>{lines}</dl>"

    def _lines(self, lang: str | None) -> list[tuple[str, str]]:
        said = ((text(key, lang), worded(content, lang)) for key, content in self.lines)
        return [(name, words) for name, words in said if words]


def _linked(words: str) -> str:
    """Words as HTML, addresses as links."""
    pieces = [html.escape(piece) for piece in _ADDRESS.split(words)]
    pieces[1::2] = [f'<a href="{address}">{address}</a>' for address in pieces[1::2]]
    return "".join(pieces)


def describe(key: str, lang: str | None = None, package: Package = BUILT_IN) -> Card:
    """A readable card for an observation, an indicator or an instrument.

    Parameters
    ----------
    key : str
        Key of a row of `load_observations`, `load_indicators` or `load_instruments`.
    lang : {"en", "zh"}, optional
        Language of the plain text; the current one by default. Jupyter is given both.
    package : Package, optional
        The report that the key is of; the built-in one by default.

    Returns
    -------
    Card
        Shows as text in a terminal and as HTML in Jupyter; everything in it is escaped.

    Raises
    ------
    KeyError
        If the key is unknown; the message names the nearest keys.
    ValueError
        If the language is unknown.

    Examples
    --------
    >>> print(describe("crude_time_before", "en"))
    Time to inspect and release imported crude oil: before
    As printed: 2—3天
    In words: 2 to 3 days
    Unit: days
    Role: Before
    System: Release before inspection of imported crude oil
    Period: not given
    Area: Port of Qingdao
    Place in the report: institutional innovation, paragraph 2
    Quoting: To be quoted with its caveat
    Caveat: Time for inspection and release, not the whole stay in port
    """
    resolve(lang)
    for table, describe_row in _KINDS.items():
        if key in package.rows(table):
            heading, lines = describe_row(package.row(table, key), package)
            return Card(heading, lines, lang)
    known = [each for table in _KINDS for each in package.rows(table)]
    raise unknown("observation, indicator or instrument", key, known)


def _observation(row: Any, package: Package) -> tuple[Wording, list[Line]]:
    return Wording(title, row, package=package), [
        ("card_printed", row.printed),
        ("card_meaning", Wording(in_words, row, package=package)),
        ("card_unit", Wording(unit, row, package=package)),
        ("card_stage", Wording(label, "stage", row.stage, package=package)),
        ("card_system", Wording(system, row, package=package)),
        ("card_period", Wording(period, row.time_period)),
        ("card_area", Wording(label, "ref_area", row.ref_area, package=package)),
        ("card_readings", Wording(_readings, [row], package=package)),
        ("card_place", Wording(place, row.locator, package=package)),
        ("card_quotable", Wording(label, "quotable", row.quotable, package=package)),
        ("card_caveat", Wording(cell, row, "caveat")),
    ]


def _indicator(row: Any, package: Package) -> tuple[Wording, list[Line]]:
    figures = [
        figure
        for figure in package.rows("observations").values()
        if figure.indicator == row.indicator
    ]
    return Wording(cell, row, "title"), [
        ("card_description", Wording(cell, row, "description")),
        ("card_unit", Wording(cell, row, "short_unit")),
        ("card_better", Wording(label, "better", row.better, package=package)),
        ("card_limits", _limits(row, package)),
        ("card_figures", Wording(_figures, figures, package=package)),
        ("card_readings", Wording(_readings, figures, package=package)),
    ]


def _instrument(row: Any, package: Package) -> tuple[Wording, list[Line]]:
    figures, claims = (
        [each for each in package.rows(table).values() if each.instrument == row.instrument]
        for table in ("observations", "claims")
    )
    return Wording(cell, row, "name"), [
        ("card_lead", Wording(cell, row, "lead")),
        ("card_basis", Wording(_legal_basis, row, package=package)),
        ("card_start", Wording(_start, row)),
        ("card_scope", _scope(row, package)),
        ("card_problem", Wording(cell, row, "problem")),
        ("card_mechanism", Wording(cell, row, "mechanism")),
        ("card_change", Wording(cell, row, "change")),
        ("card_figures", Wording(_figures, figures, package=package)),
        ("card_readings", Wording(_readings, figures, package=package)),
        ("card_claims", Wording(_claims, claims)),
        ("card_place", Wording(place, row.locator, package=package)),
        ("card_caveat", Wording(cell, row, "caveat")),
        ("card_also", Wording(_also, row, package=package)),
    ]


def _also(row: Any, lang: str, package: Package) -> str:
    """Every source beside the report: title, how it was seen, and address where there is one."""
    keys = _keys(row.legal_basis) + _keys(row.also_source)
    published = package.rows("context").values()
    keys += [each.source for each in published if each.instrument == row.instrument]
    return text("place_separator", lang).join(
        text(
            "card_also_one",
            lang,
            title=cell(source, "title", lang),
            seen=label("seen", source.seen, lang, package=package),
            url="" if pd.isna(source.url) else source.url,
        ).strip()
        for source in (package.row("sources", key) for key in dict.fromkeys(keys))
    )


def _keys(listed: Any) -> list[str]:
    """Keys of a cell that lists some, separated by ``;``."""
    return [] if pd.isna(listed) else listed.split(";")


def _legal_basis(row: Any, lang: str, package: Package) -> str:
    named = [source_title(key, lang, package) for key in _keys(row.legal_basis)]
    return text("place_separator", lang).join(named)


def _start(row: Any, lang: str) -> str:
    """When the system began, or the day by which it was in use; empty where neither is known."""
    if pd.isna(row.start_date):
        return ""
    open_end, _, date = str(row.start_date).rpartition("/")
    words = period(date, lang)
    return text("start_by", lang, date=words) if open_end else words


def _scope(row: Any, package: Package) -> Wording | str:
    return "" if pd.isna(row.scope) else Wording(label, "scope", row.scope, package=package)


_KINDS = {"observations": _observation, "indicators": _indicator, "instruments": _instrument}


def _limits(row: Any, package: Package) -> Text | str:
    low, high = (
        None if pd.isna(limit) else Wording(quantity, limit, row.unit, package=package)
        for limit in (row.minimum, row.maximum)
    )
    if low and high:
        return Text("limits_both", low=low, high=high)
    if low:
        return Text("limits_from", low=low)
    return Text("limits_to", high=high) if high else ""


def _figures(rows: list[Any], lang: str, package: Package) -> str:
    separator = text("separator", lang)
    return text("place_separator", lang).join(
        title(row, lang, package) + separator + in_words(row, lang, package=package) for row in rows
    )


def _readings(rows: list[Any], lang: str, package: Package) -> str:
    """What each figure means under each of its readings."""
    return text("place_separator", lang).join(
        cell(reading, "assumes", lang)
        for row in rows
        for reading in readings(row.observation_id, package)
    )


def _claims(rows: list[Any], lang: str) -> str:
    return text("place_separator", lang).join(cell(row, "title", lang) for row in rows)
