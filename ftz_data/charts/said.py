"""What pictures and tables of the report share: names, source lines, caveats, readings."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .. import derived
from ..language import Wording, cell, label, text, worded
from ..package import BUILT_IN, Package, unknown
from ..words import place, source_title, title


def system(instrument: str, package: Package) -> Wording:
    """Name of a system; a KeyError names the nearest."""
    if instrument not in package.rows("instruments"):
        raise unknown("instrument", instrument, package.rows("instruments"))
    return Wording(cell, package.row("instruments", instrument), "name")


def section(code: str, package: Package) -> Wording:
    """Name of a section."""
    return Wording(label, "section", code, package=package)


def sources(
    rows: list[Any],
    package: Package,
    method: Any = None,
    model: bool = False,
    readings: Any = None,
) -> Wording:
    """Source line: places in the report, titles of what others published, whose model it is.

    Parameters
    ----------
    rows : list of rows
        Of observations, claims or other tables with a place in the report (`locator`), and of
        published figures (`source`).
    package : Package
    method : str, optional
        Source of the model's method.
    model : bool
        Whether a model is drawn.
    readings : Wording, optional
        Which readings of the figures a picture rests on: it has no other line for them.
    """
    return Wording(_sources, rows, method, model, readings, package=package)


def _sources(
    rows: list[Any], method: Any, model: bool, readings: Any, lang: str, package: Package
) -> str:
    between, parts = text("place_separator", lang), []
    locators = [row.locator for row in rows if hasattr(row, "locator")]
    if locators:
        places = between.join(dict.fromkeys(place(each, lang, package) for each in locators))
        parts.append(text("source_line", lang, report=report(lang, package), places=places))
    published = [row for row in rows if hasattr(row, "context_id")]
    if published:
        titles = dict.fromkeys(source_title(row.source, lang, package) for row in published)
        parts.append(text("source_published", lang, titles=between.join(titles)))
    if model and (method is None or pd.isna(method)):
        parts.append(text("model_source_own", lang))
    elif model:
        parts.append(text("model_source", lang, method=source_title(method, lang)))
    if readings is not None:
        parts.append(worded(readings, lang))
    return text("clause_separator", lang).join(filter(None, parts))


def report(lang: str, package: Package) -> str:
    """What source lines call the report of a package."""
    return label("cited", "report", lang, package)


def own(key: str, lang: str, package: Package) -> str:
    """A text in the words of a package, where it has texts of its own: another report's subject."""
    having = package if "texts" in package.resources else BUILT_IN
    return getattr(having.row("texts", key), lang)


def caveats(rows: list[Any], package: Package) -> tuple[Any, ...]:
    """Caveats of figures or claims, each once, and every reading that a figure allows."""
    own = {row.caveat_en: Wording(cell, row, "caveat") for row in rows if cell(row, "caveat", "en")}
    keys = [row.observation_id for row in rows if hasattr(row, "observation_id")]
    named = [each for key in keys for each in derived.readings(key, package)]
    return (*own.values(), *(Wording(reads, each.reading, package=package) for each in named))


def reads(reading: str, lang: str, package: Package) -> str:
    """What a reading is, and what it assumes of its figure."""
    row = package.row("readings", reading)
    titles = {"title": cell(row, "title", lang), "assumes": cell(row, "assumes", lang)}
    return text("reading_note", lang, **titles)


def allowed(observation: str, lang: str, package: Package) -> str:
    """Readings that the wording of a figure allows; empty where it allows but one."""
    return _joined("reading_allowed", derived.readings(observation, package), lang)


def allowed_of(rows: list[Any], lang: str, package: Package) -> str:
    """Readings of each figure that allows several, after its title."""
    known = {row.observation_id: row for row in rows if hasattr(row, "observation_id")}
    parts = [
        _joined("reading_allowed_of", ways, lang, title=title(row, lang, package))
        for key, row in known.items()
        if (ways := derived.readings(key, package))
    ]
    return text("clause_separator", lang).join(parts)


def taken(readings: Any, lang: str, package: Package) -> str:
    """The readings that something rests on, given as in the tables; empty where it needs none."""
    keys = [] if pd.isna(readings) else readings.split(";")
    return _joined("reading_taken", [package.row("readings", key) for key in keys], lang)


def _joined(key: str, rows: list[Any], lang: str, **more: str) -> str:
    titles = text("reading_or", lang).join(cell(row, "title", lang) for row in rows)
    return text(key, lang, readings=titles, **more) if rows else ""


def unbroken(formula: str) -> str:
    """A formula that no line breaks."""
    return formula.replace(" ", "\N{NO-BREAK SPACE}")
