"""Does the package account for every numeral of a text?

Tables that are typed from a report must be shown to be complete. The audit goes from the text to
the tables, so that a figure that nobody entered comes to light.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from . import load, wording

_DIGITS = "零〇一二两三四五六七八九"
_CHINESE = _DIGITS + "十百千万亿半"
_NUMERAL = re.compile(
    rf"(?:\d+(?:[.,]\d+)*|[{_CHINESE}]|[余多](?=[十百千万亿])|(?<=[{_CHINESE}\d])分之(?=[{_CHINESE}\d]))+"
)
_DATE = re.compile(
    rf"(?P<year>[12]\d{{3}}|[一二][{_DIGITS}]{{3}})年"
    r"(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|3[01]|0?[1-9])日|(?P<last>末|底))?)?"
)
_ARABIC = str.maketrans(_DIGITS, "001223456789")
_SPAN = re.compile(rf"(?:最近|近|过去|连续)(?P<length>(?:\d+|[{_CHINESE}]+)(?:年|个月|天))")
_SPAN_UNITS = {"a": "Y", "mo": "M", "d": "D"}


@dataclass
class _Entry:
    """A numeral of the squeezed text: the span of its number, and what accounts for it."""

    start: int
    end: int
    printed: str
    figure: wording.Figure | None = None
    period: str | None = None
    locator: str | None = None
    kind: str | None = None
    key: str | None = None


def audit(
    text: str,
    observations: pd.DataFrame | None = None,
    claims: pd.DataFrame | None = None,
    supervision_modes: pd.DataFrame | None = None,
    names: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Account for every numeral of a text.

    Parameters
    ----------
    text : str
        The report; white space may stand anywhere, even within a number.
    observations, claims, supervision_modes, names : pandas.DataFrame, optional
        Tables that may account for a numeral, in the form that their loaders return; those of the
        package by default.

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
    observations = load.load_observations() if observations is None else observations
    claims = load.load_claims() if claims is None else claims
    modes = load.load_supervision_modes() if supervision_modes is None else supervision_modes
    names = load.load_names() if names is None else names

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


def missing(found: pd.DataFrame, observations: pd.DataFrame | None = None) -> pd.DataFrame:
    """Observations that an audited text does not hold.

    Parameters
    ----------
    found : pandas.DataFrame
        What `audit` returned.
    observations : pandas.DataFrame, optional
        The table that was audited against; that of the package by default.

    Returns
    -------
    pandas.DataFrame
        Rows of `observations`, none where every one was found.

    Examples
    --------
    >>> found = audit("原油周转率提升35%")
    >>> len(missing(found)) == len(load.load_observations()) - 1
    True
    """
    observations = load.load_observations() if observations is None else observations
    keys = found.loc[found["kind"] == "observation", "key"]
    return observations[~observations["observation_id"].isin(keys)]


def _entries(squeezed: str) -> list[_Entry]:
    """Every numeral once: first what reads as a figure, then dates, then what is left."""
    entries: list[_Entry] = []
    taken = [False] * len(squeezed)
    numerals = [match.span() for match in _NUMERAL.finditer(squeezed)]

    def add(start: int, end: int, printed: str, **details: Any) -> None:
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            last = max(stop for begin, stop in numerals if begin < end)
            entries.append(_Entry(start, min(last, end), printed, **details))

    for match in wording.matches(squeezed):
        add(match.number, match.end, match.figure.printed, figure=match.figure)
    for match in _DATE.finditer(squeezed):
        add(*match.span(), match[0], period=_iso_date(match))
    spans = {match.start("length"): match for match in _SPAN.finditer(squeezed)}
    for match in spans.values():
        add(*match.span("length"), match[0])
    for start, end in numerals:
        add(start, end, squeezed[start:end])
    for entry in entries:
        if entry.start in spans:
            entry.period = _iso_span(spans[entry.start]["length"])
    return sorted(entries, key=lambda entry: entry.start)


def _iso_date(match: re.Match[str]) -> str:
    year = int(match["year"].translate(_ARABIC))
    if not match["month"]:
        return f"{year}"
    month = int(match["month"])
    day = calendar.monthrange(year, month)[1] if match["last"] else int(match["day"] or 0)
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _iso_span(length: str) -> str | None:
    try:
        figure = wording.parse_figure(length)
    except ValueError:
        return None
    return f"P{figure.value:g}{_SPAN_UNITS[figure.unit]}"


def _occurrences(squeezed: str, printed: str) -> list[tuple[int, int]]:
    """Spans of a printed string in a text, not within a longer word of Latin letters or digits."""
    words, _ = wording.squeeze(printed)
    before = r"(?<![A-Za-z0-9])" if re.match("[A-Za-z0-9]", words) else ""
    after = r"(?![A-Za-z0-9])" if re.search("[A-Za-z0-9]$", words) else ""
    # A look-ahead finds overlapping occurrences too.
    pattern = f"{before}(?=({re.escape(words)}){after})"
    return [match.span(1) for match in re.finditer(pattern, squeezed)]


def _observe(squeezed: str, entries: list[_Entry], observations: pd.DataFrame) -> None:
    """Match figures to observations one to one, in text order.

    A match needs the same printed string at that place and the same reading, so that the 30% in
    下降30% is not taken for a rise of 30%. The longest printed string comes first: 成立6年 would
    else lose its place to 6年.
    """
    rows = sorted(observations.itertuples(), key=lambda row: -len(row.printed))
    spans = {row.observation_id: _occurrences(squeezed, row.printed) for row in rows}
    readings = {row.observation_id: _reading(row) for row in rows}
    for entry in entries:
        for row in rows:
            key = row.observation_id
            if (
                key in spans
                and entry.figure
                and _reading(entry.figure) == readings[key]
                and any(start <= entry.start and entry.end <= end for start, end in spans[key])
            ):
                entry.kind, entry.key, entry.locator = "observation", key, row.locator
                del spans[key]
                break


def _reading(figure: Any) -> tuple[Any, ...]:
    """Value, bounds and unit of a figure or observation, comparable where bounds are missing."""
    names = ("value", "lower", "upper", "lower_closed", "upper_closed", "unit")
    return tuple(
        None if pd.isna(value) else value for value in (getattr(figure, name) for name in names)
    )


def _date(entries: list[_Entry], observations: pd.DataFrame, claims: pd.DataFrame) -> None:
    """Accept a date or span where it stands within the time period of an observation or claim."""
    periods = [
        (part, row[0])
        for table, key in ((observations, "observation_id"), (claims, "claim_id"))
        for row in table[[key, "time_period"]].dropna().itertuples(index=False)
        for part in row.time_period.split("/")
    ]
    for entry in entries:
        for part, key in periods:
            if entry.kind is None and entry.period and part.startswith(entry.period):
                entry.kind, entry.key = "period", key


def _cover(
    squeezed: str, entries: list[_Entry], table: pd.DataFrame, kind: str, key: str, printed: str
) -> None:
    """Accept numerals within a printed string of a table, the longest string first."""
    for row in sorted(table.to_dict("records"), key=lambda row: -len(row[printed])):
        for start, end in _occurrences(squeezed, row[printed]):
            for entry in entries:
                if entry.kind is None and start <= entry.start and entry.end <= end:
                    entry.kind, entry.key, entry.locator = kind, row[key], row.get("locator")
