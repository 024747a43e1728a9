"""Figures as people take them home: bounds in words, basis, source and caveat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from ..derived import load_derived
from ..language import LANGS, cell, label, text
from ..package import Package
from ..words import denominator_name, in_words, period, place, title, unit, unit_name

# Words by language.
Words = dict[str, str]


@dataclass(frozen=True)
class Figure:
    """A figure with its bounds in words, its basis, its source and its caveat.

    Attributes
    ----------
    key, section, system : str
        Keys of the tables; `system` is empty where the figure is of none.
    basis : {"reported", "derived", "published"}
    row : row of observations, derived quantities or context
        `value`, `lower`, `upper`, `lower_closed`, `upper_closed`, and for a derived one
        `expression`.
    title, words, unit, source, caveat, period, area, quoting : dict of str to str
        By language; empty where there is nothing to say.
    printed : str
        As the report prints it; empty for one that it does not print.
    """

    key: str
    section: str
    system: str
    basis: str
    row: Any
    title: Words
    words: Words
    unit: Words
    source: Words
    caveat: Words
    period: Words
    area: Words
    quoting: Words
    printed: str = ""


def in_both(words: Callable[[str], str]) -> Words:
    """What a function words, by language."""
    return {lang: words(lang) for lang in LANGS}


def all_figures(package: Package) -> dict[str, Figure]:
    """All figures by key: what the report prints, what follows, what others published."""
    named = {
        row.observation: row.instrument
        for row in package.rows("briefs").values()
        if not pd.isna(row.observation)
    }
    found = [_reported(row, named, package) for row in package.rows("observations").values()]
    found += [_derived(row, package) for row in load_derived(package).itertuples()]
    found += [_published(row, package) for row in package.rows("context").values()]
    return {figure.key: figure for figure in found}


def _reported(row: Any, named: dict[str, str], package: Package) -> Figure:
    # A figure of the port or of the zone has no system; the brief that quotes it names one.
    system = named.get(row.observation_id, "") if pd.isna(row.instrument) else row.instrument
    return Figure(
        row.observation_id,
        row.section,
        system,
        "reported",
        row,
        title=in_both(lambda lang: title(row, lang, package)),
        words=in_both(lambda lang: in_words(row, lang, package=package)),
        unit=in_both(lambda lang: unit(row, lang, package)),
        source=in_both(
            lambda lang: text(
                "export_reported",
                lang,
                report=_capital(label("cited", "report", lang, package)),
                place=place(row.locator, lang, package),
            )
        ),
        caveat=in_both(partial(cell, row, "caveat")),
        period=in_both(partial(period, row.time_period)),
        area=in_both(lambda lang: label("ref_area", row.ref_area, lang, package)),
        quoting=in_both(lambda lang: label("quotable", row.quotable, lang, package)),
        printed=row.printed,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _derived(row: Any, package: Package) -> Figure:
    return Figure(
        row.derived_id,
        row.section,
        "" if pd.isna(row.instrument) else row.instrument,
        "derived",
        row,
        title=in_both(partial(cell, row, "title")),
        words=in_both(lambda lang: in_words(row, lang, digits=4, package=package)),
        unit=in_both(lambda lang: _unit(row, lang, package)),
        source=in_both(partial(cell, row, "words")),
        caveat=in_both(lambda lang: _premise(row, lang, package)),
        period=in_both(lambda lang: ""),
        area=in_both(lambda lang: ""),
        quoting=in_both(lambda lang: ""),
    )


def _published(row: Any, package: Package) -> Figure:
    source = package.row("sources", row.source)
    return Figure(
        row.context_id,
        row.section,
        "" if pd.isna(row.instrument) else row.instrument,
        "published",
        row,
        title=in_both(partial(cell, row, "title")),
        words=in_both(lambda lang: in_words(row, lang, package=package)),
        unit=in_both(lambda lang: _unit(row, lang, package)),
        source=in_both(partial(citation, source)),
        caveat=in_both(partial(cell, row, "note")),
        period=in_both(partial(period, row.time_period)),
        area=in_both(lambda lang: label("ref_area", row.ref_area, lang, package)),
        quoting=in_both(lambda lang: ""),
    )


def _unit(row: Any, lang: str, package: Package) -> str:
    words = unit_name(row.unit, lang, package)
    if pd.isna(row.per):
        return words
    per = denominator_name(row.per, lang, package)
    return text("unit_per", lang, unit=words, per=per) if words else per


def _premise(row: Any, lang: str, package: Package) -> str:
    """What a derived figure takes for granted: readings of the wording, and what it assumes."""
    keys = [] if pd.isna(row.reading) else row.reading.split(";")
    parts = [cell(package.row("readings", key), "assumes", lang) for key in keys]
    return text("premise_separator", lang).join(
        part for part in [*parts, cell(row, "assumes", lang)] if part
    )


def citation(source: Any, lang: str) -> str:
    """Title, publisher and date of a source."""
    publisher = cell(source, "publisher", lang)
    known = [publisher] if publisher else []
    known += [] if pd.isna(source.date) else [period(source.date, lang)]
    if not known:
        return cell(source, "title", lang)
    where = text("list_separator", lang).join(known)
    return text("export_cited", lang, title=cell(source, "title", lang), where=where)
