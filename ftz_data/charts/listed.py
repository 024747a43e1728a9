"""The report's figures, what follows from them, and what they make of the reader's own number."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .. import derived, language, tables
from ..interval import Interval
from ..language import Text, Wording, cell, text
from ..package import BUILT_IN, Package, nearest, unknown
from ..tables import Table
from ..words import denominator_name, in_words, period, place, source_title, title
from . import said
from .kinds import Chart

# What is printed keeps its digits; four are enough for what is computed.
_DIGITS = {"reported": 5, "published": 5, "derived": 4, "assumed": 5}
_FIELDS = ("value", "lower", "upper", "lower_closed", "upper_closed", "unit")


def tile(figure: Any, basis: str, heading: Any, package: Package, **more: Any) -> dict[str, Any]:
    """One tile: a figure in words with its bounds, its title and its basis."""
    own = {name: getattr(figure, name) for name in _FIELDS}
    words = Wording(in_words, figure, digits=_DIGITS[basis], package=package)
    stage = getattr(figure, "stage", None)
    return {**own, "stage": stage, "label": heading, "words": words, "basis": basis, **more}


def _reported(row: Any, package: Package) -> dict[str, Any]:
    more = {"place": Wording(place, row.locator, package=package), "printed": row.printed}
    more["reading"] = Wording(said.allowed, row.observation_id, package=package)
    return tile(row, "reported", _title(row, package), package, **more)


def _title(row: Any, package: Package) -> Wording:
    return Wording(title, row, package=package)


def figures(key: str, package: Package = BUILT_IN) -> Table:
    """Figures as the report prints them, with their bounds.

    Parameters
    ----------
    key : str
        A section, an instrument or an observation.
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Table
        One tile a figure.

    Raises
    ------
    KeyError
        If the key is unknown, or nothing of it carries a figure.

    Examples
    --------
    >>> print(figures("crude_time_after").words("en").splitlines()[1])
    Time to inspect and release imported crude oil: after: 0.5 days (Reported)
    """
    rows = list(package.rows("observations").values())
    sections = language.codes("section", package)
    if key in sections:
        name, own = said.section(key, package), [row for row in rows if row.section == key]
    elif key in package.rows("observations"):
        row = package.row("observations", key)
        name, own = _title(row, package), [row]
    elif key in package.rows("instruments"):
        name, own = said.system(key, package), [row for row in rows if row.instrument == key]
    else:
        known = [*sections, *package.rows("instruments"), *package.rows("observations")]
        raise KeyError(f"no section, instrument or observation {key!r}; {nearest(key, known)}")
    if not own:
        raise KeyError(f"{key!r} has no figure to show")
    caption = Text("tiles_reported", name=name)
    data = pd.DataFrame([_reported(row, package) for row in own])
    return tables.tiles(data, caption, said.sources(own, package)).noted(
        *said.caveats(own, package)
    )


def percentages(stage: str, package: Package = BUILT_IN) -> Chart:
    """All changes, or all growth rates, of the report on one axis.

    Parameters
    ----------
    stage : {"change", "growth"}
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Chart
        The readings of a figure stand below, in the line of sources.

    Raises
    ------
    ValueError
        If the report prints no percentage of that stage.
    """
    frame = package.table("observations")
    frame = frame[(frame["stage"] == stage) & (frame["unit"] == "%")]
    if frame.empty:
        raise ValueError(f"stage is {stage!r}; allowed are 'change' and 'growth'")
    rows = list(frame.itertuples(index=False))
    marks = []
    for row in rows:
        figure = {name: getattr(row, name) for name in _FIELDS}
        heading = {f"label_{lang}": title(row, lang, package) for lang in language.LANGS}
        words = Wording(in_words, row, package=package)
        marks.append({**figure, **heading, "stage": stage, "basis": "reported", "words": words})
    what = {"x": Text(f"axis_{stage}", unit="%")} if stage == "change" else {"x": "%"}
    return Chart(
        "dots",
        pd.DataFrame(marks),
        Wording(said.own, f"question_{stage}", package=package),
        Wording(said.own, f"answer_{stage}", package=package),
        said.sources(rows, package, readings=Wording(said.allowed_of, rows, package=package)),
        notes=said.caveats(rows, package),
        **what,
    )


def implied(instrument: str, package: Package = BUILT_IN) -> Table:
    """What follows from the figures of a system by arithmetic, beside what others published.

    Parameters
    ----------
    instrument : str
        Key of an instrument with derived or published figures.
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Table
        Derived and published tiles; the readings that the arithmetic assumes are among the notes.

    Raises
    ------
    KeyError
        If the instrument is unknown, or nothing follows from its figures.
    """
    name = said.system(instrument, package)
    results = [
        row for row in derived.load_derived(package).itertuples() if row.instrument == instrument
    ]
    others = [row for row in package.rows("context").values() if row.instrument == instrument]
    if not results and not others:
        raise KeyError(f"nothing is derived of {instrument!r} or published beside it")
    used = [key for row in results for key in row.observations.split(";")]
    used += [row.observation for row in others if not pd.isna(row.observation)]
    own = [package.row("observations", key) for key in dict.fromkeys(used)]
    data = [_reported(row, package) for row in own]
    for row in results:
        heading = Wording(cell, row, "title")
        more: dict[str, Any] = {
            "place": Text("formula_of", formula=said.unbroken(row.formula)),
            "reading": Wording(said.taken, row.reading, package=package),
        }
        data.append(tile(row, "derived", heading, package, per=row.per, **more))
    for row in others:
        heading, when = Wording(cell, row, "title"), Wording(_published, row, package=package)
        data.append(tile(row, "published", heading, package, place=when, per=row.per))
    premises = [
        Text(
            "derived_reading",
            title=Wording(cell, row, "title"),
            reading=Wording(_premise, row, package=package),
        )
        for row in results
        if _premise(row, "en", package)
    ]
    notes = [Wording(cell, row, "note") for row in others if cell(row, "note", "en")]
    caption = Text("tiles_implied", name=name)
    found = tables.tiles(pd.DataFrame(data), caption, said.sources([*own, *others], package))
    return found.noted(*premises, *notes)


def _published(row: Any, lang: str, package: Package) -> str:
    between = text("list_separator", lang)
    return between.join([period(row.time_period, lang), source_title(row.source, lang, package)])


def _premise(row: Any, lang: str, package: Package) -> str:
    """What a derived quantity assumes: the readings that it names, and what else it says."""
    named = [] if pd.isna(row.reading) else row.reading.split(";")
    parts = [cell(package.row("readings", key), "assumes", lang) for key in named]
    # Where all readings are named, the quantity holds under each.
    joined = text("reading_or", lang).join(parts)
    return text("premise_separator", lang).join(
        part for part in (joined, cell(row, "assumes", lang)) if part
    )


def what_if(observation: str, amount: float, package: Package = BUILT_IN) -> Table:
    """A reported figure beside what it makes of a number of the reader's own.

    Parameters
    ----------
    observation : str
        Key of an observation that `ftz_data.derived.question` has something to ask about.
    amount : float
        Baseline, part, count or divisor (see `ftz_data.derived.what_if`): assumed, not reported.
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Table
        Where readings make different things of the number, each has its tile.

    Raises
    ------
    KeyError
        If the observation is unknown.
    ValueError
        If no number of the reader's makes anything of it, or the amount is not a finite number of
        at least 0.
    """
    if observation not in package.rows("observations"):
        raise unknown("observation", observation, package.rows("observations"))
    row = package.row("observations", observation)
    asked = derived.question(row, package)
    readings: list[Any] = derived.applied_readings(row, package) or [None]
    results = [
        (each, derived.what_if(row, amount, getattr(each, "reading", None), package))
        for each in readings
    ]
    unit = row.unit if asked == "baseline" and row.unit != "%" else "1"
    own = derived.Derived.of(Interval.exact(amount), unit)
    data = [_reported(row, package), tile(own, "assumed", Text(f"own_{asked}"), package)]
    for each, figure in results:
        heading: Any = Text(f"result_{asked}")
        if each is not None:
            named = Wording(cell, each, "title")
            heading = Text("reading_label", label=heading, reading=named)
        data.append(tile(figure, "derived", heading, package))
    caption = Text("tiles_what_if", name=_title(row, package))
    notes = (*said.caveats([row], package), Text("assumed_reason"))
    return tables.tiles(pd.DataFrame(data), caption, said.sources([row], package)).noted(*notes)


def ratio(numerator: str, denominator: str, package: Package = BUILT_IN) -> Table:
    """Two reported figures and their quotient, with the bounds of both carried through.

    Parameters
    ----------
    numerator, denominator : str
        Keys of observations; the denominator's bounds are above zero.
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Table

    Raises
    ------
    KeyError
        If an observation is unknown.

    Examples
    --------
    >>> print(ratio("pool_loans_level", "pool_enterprises_level").words("en").splitlines()[-2])
    Quotient: more than 1.825 and less than 2.086 loans per firm (Derived by arithmetic)
    """
    rows = [package.row("observations", key) for key in (numerator, denominator)]
    quotient = derived.ratio(*rows)
    per = package.row("units", rows[1].unit).per
    data = [_reported(row, package) for row in rows]
    result = tile(quotient, "derived", Text("ratio_label"), package)
    data.append(result | {"words": Wording(_per, quotient, per, package=package)})
    names = {side: _title(row, package) for side, row in zip(("above", "below"), rows, strict=True)}
    caption = Text("ratio_title", **names)
    return tables.tiles(pd.DataFrame(data), caption, said.sources(rows, package)).noted(
        *said.caveats(rows, package)
    )


def _per(quotient: Any, per: str, lang: str, package: Package) -> str:
    words = in_words(quotient, lang, _DIGITS["derived"], package)
    return text("per", lang, words=words, per=denominator_name(per, lang, package))
