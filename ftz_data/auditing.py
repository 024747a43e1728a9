"""Does the package account for every numeral of a text?

Tables that are typed from a report must be shown to be complete. The audit goes from the text to
the tables, so that a figure that nobody entered comes to light.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import pandas as pd

from . import wording
from .package import BUILT_IN, Package
from .periods import DATE, Named, iso_date, named

_DIGITS = "零〇一二两三四五六七八九"
_CHINESE = _DIGITS + "十百千万亿半"
NUMERAL = re.compile(
    rf"(?:\d+(?:[.,]\d+)*|[{_CHINESE}]|[余多](?=[十百千万亿])|(?<=[{_CHINESE}\d])分之(?=[{_CHINESE}\d]))+"
)
# Stands for the year of a part of a year that the text names without it.
_NO_YEAR = "0000"
_YEARS = re.compile(r"\d{4}(?=-)")
# Two signs of one Latin word or number: what ends between them is a part of it.
_LATIN = re.compile("[A-Za-z0-9]{2}")
_SPAN = re.compile(rf"(?:最近|近|过去|连续)(?P<length>(?:\d+|[{_CHINESE}]+)(?:年|个月|天))")


@dataclass
class _Entry:
    """A numeral of the squeezed text: the span of its number, and what accounts for it."""

    start: int
    end: int
    printed: str
    figure: wording.Figure | None = None
    periods: tuple[str, ...] = ()
    locator: str | None = None
    kind: str | None = None
    key: str | None = None


def audit(
    text: str,
    observations: pd.DataFrame | None = None,
    claims: pd.DataFrame | None = None,
    supervision_modes: pd.DataFrame | None = None,
    names: pd.DataFrame | None = None,
    package: Package = BUILT_IN,
) -> pd.DataFrame:
    """Account for every numeral of a text.

    Parameters
    ----------
    text : str
        The report; white space may stand anywhere, even within a number.
    observations, claims, supervision_modes, names : pandas.DataFrame, optional
        Tables that may account for a numeral, in the form that their loaders return; those of
        `package` by default.
    package : Package, optional
        The report's tables; the built-in ones by default.

    Returns
    -------
    pandas.DataFrame
        One row a numeral, in text order. `printed` is the numeral, with its wording where it reads
        as a figure; `position` the offset of the number in `text`; `locator` the place in the
        report, where known; `kind` is ``observation``, ``supervision_mode``, ``period``, ``claim``,
        ``name``, or missing where nothing accounts for it; `key` is the row that does. An
        observation accounts for one place only.

    Raises
    ------
    TypeError
        If `text` is not a str.
    ValueError
        If `text` holds no numeral.

    See Also
    --------
    missing : observations that a text does not hold.

    Examples
    --------
    >>> audit("原油周转率提升3 5%")[["printed", "position", "key"]].values.tolist()
    [['35%', 7, 'crude_turnover_change']]
    """
    if not isinstance(text, str):
        raise TypeError(f"text is {text!r}; a str is allowed")
    observations = _table("observations", observations, package)
    claims = _table("claims", claims, package)
    modes = _table("supervision_modes", supervision_modes, package)
    names = _table("names", names, package)

    squeezed, places = wording.squeeze(text)
    entries = _entries(squeezed)
    if not entries:
        raise ValueError("text holds no numeral; Arabic, full-width and Chinese ones are read")
    _observe(squeezed, entries, observations)
    plain = [entry for entry in entries if entry.figure is None]
    _cover(squeezed, plain, modes, "supervision_mode", "mode", "mode")
    _date(entries, observations, claims)
    _cover(squeezed, entries, claims, "claim", "claim_id", "printed")
    _cover(squeezed, entries, names, "name", "name", "name")
    table = pd.DataFrame(
        [(e.printed, places[e.start], e.locator, e.kind, e.key) for e in entries],
        columns=["printed", "position", "locator", "kind", "key"],
    )
    return table.astype(dict.fromkeys(["printed", "locator", "kind", "key"], "str"))


def missing(
    found: pd.DataFrame, observations: pd.DataFrame | None = None, package: Package = BUILT_IN
) -> pd.DataFrame:
    """Observations that an audited text does not hold.

    Parameters
    ----------
    found : pandas.DataFrame
        What `audit` returned.
    observations : pandas.DataFrame, optional
        The table that was audited against; that of `package` by default.
    package : Package, optional
        The report's tables; the built-in ones by default.

    Returns
    -------
    pandas.DataFrame
        Rows of `observations`, none where every one was found.

    Examples
    --------
    >>> found = audit("原油周转率提升35%")
    >>> len(missing(found)) == len(BUILT_IN.table("observations")) - 1
    True
    """
    observations = _table("observations", observations, package)
    keys = found.loc[found["kind"] == "observation", "key"]
    return observations[~observations["observation_id"].isin(keys)]


def _table(name: str, given: pd.DataFrame | None, package: Package) -> pd.DataFrame:
    return package.table(name) if given is None else given


def _entries(squeezed: str) -> list[_Entry]:
    """Every numeral once: first what reads as a figure, then dates, then what is left."""
    entries: list[_Entry] = []
    taken = [False] * len(squeezed)
    numerals = [match.span() for match in NUMERAL.finditer(squeezed)]
    begins = [begin for begin, _ in numerals]

    def add(start: int, end: int, printed: str, **details: Any) -> None:
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            last = numerals[bisect_left(begins, end) - 1][1]
            entries.append(_Entry(start, min(last, end), printed, **details))

    for found in wording.matches(squeezed):
        add(found.number, found.end, found.figure.printed, figure=found.figure)
    for part in named(squeezed, _NO_YEAR):
        # 年末 and 全年 hold no numeral.
        if NUMERAL.search(squeezed, part.start, part.end) and (codes := _codes(squeezed, part)):
            add(part.start, part.end, squeezed[part.start : part.end], periods=codes)
    for match in _SPAN.finditer(squeezed):
        add(*match.span("length"), match["length"], figure=_length(match["length"]))
    for start, end in numerals:
        add(start, end, squeezed[start:end])
    return sorted(entries, key=lambda entry: entry.start)


def _codes(squeezed: str, part: Named) -> tuple[str, ...]:
    """Codes of a period that a text names: of all of it, and of what stands with its year."""
    codes = [part.code] if part.code else []
    if part.dated and (match := DATE.match(squeezed, part.start)):
        codes.append(iso_date(match))
    return tuple(codes)


def _length(length: str) -> wording.Figure | None:
    """The length of a span as a figure of its own: 近10年来 is ten years, and not nearly ten."""
    try:
        return wording.parse_figure(length)
    except ValueError:
        return None


def _occurrences(squeezed: str, printed: str) -> list[tuple[int, int]]:
    """Spans of a printed string in a text, not within a longer word of Latin letters or digits."""
    words, _ = wording.squeeze(printed)
    found, start = [], squeezed.find(words)
    while start >= 0:
        end = start + len(words)
        if not (
            _LATIN.match(squeezed[start - 1 : start + 1])
            or _LATIN.match(squeezed[end - 1 : end + 1])
        ):
            found.append((start, end))
        start = squeezed.find(words, start + 1)
    return found


def _observe(squeezed: str, entries: list[_Entry], observations: pd.DataFrame) -> None:
    """Match figures to observations one to one, in text order.

    A match needs the same printed string at that place and the same reading, so that the 30% in
    下降30% is not taken for a rise of 30%. The longest printed string comes first: 成立6年 would
    else lose its place to 6年.
    """
    rows = sorted(observations.itertuples(), key=lambda row: -len(row.printed))
    alike: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        alike.setdefault(_reading(row), []).append(row)
    spans = {each: _occurrences(squeezed, each) for each in dict.fromkeys(observations["printed"])}
    for entry in entries:
        own = alike.get(_reading(entry.figure), []) if entry.figure else []
        for row in own:
            if any(start <= entry.start and entry.end <= end for start, end in spans[row.printed]):
                entry.kind, entry.key = "observation", row.observation_id
                entry.locator = row.locator
                # An observation accounts for one place.
                own.remove(row)
                break


def _reading(figure: Any) -> tuple[Any, ...]:
    """Value, bounds and unit of a figure or observation, comparable where bounds are missing."""
    names = ("value", "lower", "upper", "lower_closed", "upper_closed", "unit")
    return tuple(
        None if pd.isna(value) else value for value in (getattr(figure, name) for name in names)
    )


def _date(entries: list[_Entry], observations: pd.DataFrame, claims: pd.DataFrame) -> None:
    """Accept a date where it stands within the time period of an observation or claim."""
    periods = [
        (part, row[0])
        for table, key in ((observations, "observation_id"), (claims, "claim_id"))
        for row in table[[key, "time_period"]].dropna().itertuples(index=False)
        for part in (row.time_period, *row.time_period.split("/"))
    ]
    for entry in entries:
        for part, key in periods:
            if entry.kind is None and any(_names(code, part) for code in entry.periods):
                entry.kind, entry.key = "period", key


def _names(code: str, period: str) -> bool:
    """Whether words with a code name a period, or a part of a date that it has."""
    if code.startswith(_NO_YEAR):
        return _YEARS.sub(_NO_YEAR, period) == code
    return period.startswith(code)


def _cover(
    squeezed: str, entries: list[_Entry], table: pd.DataFrame, kind: str, key: str, printed: str
) -> None:
    """Accept numerals within a printed string of a table, the longest string first."""
    for row in sorted(table.to_dict("records"), key=lambda row: -len(row[printed])):
        for start, end in _occurrences(squeezed, row[printed]):
            for entry in entries:
                if entry.kind is None and start <= entry.start and entry.end <= end:
                    entry.kind, entry.key, entry.locator = kind, row[key], row.get("locator")
