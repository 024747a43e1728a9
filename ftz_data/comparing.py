"""Two reports side by side: figures of the same indicator, and what became of each.

A verdict is given only where the bounds of both figures allow no other. What two wordings leave
open, as "more than 10 billion" and "more than 11 billion" do, is told as open.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from . import periods
from .derived import Derived, readings
from .expressions import limited
from .interval import Interval
from .language import LANGS, Text, label, worded
from .package import Package
from .words import in_words, title


class HasPackage(Protocol):
    """A report: what has a data package, as `ftz_data.Report` does."""

    package: Package


@dataclass(frozen=True)
class Pair:
    """A figure of one report beside that of another, and what may be said of the two.

    Attributes
    ----------
    one, other : row of observations or None
        The earlier report's figure and the later one's; None where there is none.
    verdict : str
        Code of the list ``comparison``.
    change : Derived or None
        From the one to the other; None where the two cannot be held beside each other.
    reason : Text or None
        In what the two differ, where they are not comparable; what is supposed, where both allow
        the same readings.
    """

    one: Any
    other: Any
    verdict: str
    change: Derived | None = None
    reason: Text | None = None


def compare(a: HasPackage, b: HasPackage) -> pd.DataFrame:
    """Figures of two reports side by side, with the change from the one to the other.

    Figures belong together that have the same indicator and stage. Of several in the first report,
    the one of the same area, unit and denominator is taken, then the one of the same period, then
    the latest. A figure that a report prints twice alike counts once. A figure without a date in
    its period is as of its report.

    Parameters
    ----------
    a, b : Report
        The earlier report and the later one.

    Returns
    -------
    pandas.DataFrame
        One row a pair, those of `b` first. The columns are `indicator`, `stage`, `title_en`,
        `title_zh`, `observation_a`, `observation_b` (keys, missing where there is none), `a_en`,
        `a_zh`, `b_en`, `b_zh` (the figures in words), `verdict` (see `verdict`), `verdict_en`,
        `verdict_zh`, `value`, `lower`, `upper`, `lower_closed`, `upper_closed`, `unit`, `per` (the
        change: percentage points for a percentage, places gained for a rank), `change_en`,
        `change_zh` (the change in words, empty where nothing can be said of it), `reason_en` and
        `reason_zh` (in what the two differ, where they are not comparable; what is supposed, where
        the wording of both allows the same readings).

    Examples
    --------
    >>> import ftz_data
    >>> same = compare(ftz_data.Report(), ftz_data.Report()).set_index("indicator")
    >>> same.loc["port_cargo", "verdict"], same.loc["pool_saving", "verdict"]
    ('unchanged', 'cannot_say')
    """
    rows = [_row(pair, a.package, b.package) for pair in pairs(a.package, b.package)]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    return frame.astype({"lower_closed": "boolean", "upper_closed": "boolean"})


def pairs(a: Package, b: Package) -> list[Pair]:
    """Pairs of the figures of two packages: in the order of `b`, and what is gone at the end."""
    ours, found, met = _figures(a), [], set()
    for other in _figures(b):
        known = [one for one in ours if _subject(one) == _subject(other)]
        if not known:
            found.append(Pair(None, other, "new"))
            continue
        one = max(known, key=lambda each: _nearness(each, other, a, b))
        met.add(one.observation_id)
        found.append(_held(one, other, a, b))
    return found + [Pair(one, None, "gone") for one in ours if one.observation_id not in met]


def verdict(one: Interval, other: Interval, change: Interval, same_period: bool) -> str:
    """Verdict on two figures that are comparable.

    Parameters
    ----------
    one, other : Interval
        What the two figures allow.
    change : Interval
        From the one to the other.
    same_period : bool
        Whether both are of the same period.

    Returns
    -------
    str
        ``risen``, ``fallen``: the change is above, or below, zero whatever the figures are within
        their bounds. ``restated``: of one period, and no number fits both. ``unchanged``: both are
        the same number. ``cannot_say``: the bounds meet, so that the wordings allow several of
        these.

    Examples
    --------
    >>> fund, over = Interval.exact(1), Interval(1, 1, float("inf"), False, False)
    >>> verdict(fund, over, over - fund, False), verdict(over, over, over - over, False)
    ('risen', 'cannot_say')
    """
    if change.low == change.high == 0:
        return "unchanged"
    if one.meets(other):
        return "cannot_say"
    if same_period:
        return "restated"
    # The bounds decide: the values of "1" and "more than 1" are both 1.
    return "risen" if change.low >= 0 else "fallen"


def _held(one: Any, other: Any, a: Package, b: Package) -> Pair:
    """Two figures of one indicator, held beside each other."""
    reason = _apart(one, other, a, b)
    if reason is not None:
        return Pair(one, other, "not_comparable", None, reason)
    left, right = _intervals(one, other, a, b)
    # The place that a rank names is the better, the smaller its number.
    change = left - right if one.unit == "{rank}" else right - left
    said = verdict(left, right, change, _dated(one, a) == _dated(other, b))
    figure = Derived.of(change, _CHANGES.get(one.unit, one.unit))
    figure = dataclasses.replace(figure, stage="change", per=_given(one.per))
    supposed = Text("compared_supposes") if readings(one.observation_id, a) else None
    return Pair(one, other, said, figure, supposed)


def _intervals(one: Any, other: Any, a: Package, b: Package) -> tuple[Interval, Interval]:
    """What the two allow; the one printed to fewer places is all that rounds to it."""
    found = limited(one, a), limited(other, b)
    places = one.resolution, other.resolution
    # A wording with bounds says itself how far it reaches, and a missing place says nothing.
    rounds = [
        each.low == each.high and own > another
        for each, own, another in zip(found, places, reversed(places), strict=True)
    ]
    left, right = (
        each.rounded(own) if so else each
        for each, own, so in zip(found, places, rounds, strict=True)
    )
    return left, right


def _apart(one: Any, other: Any, a: Package, b: Package) -> Text | None:
    """In what two figures differ so that they are not comparable; None where in nothing."""
    # One code may name two places, since each package has its own list of areas.
    scope = label("ref_area", one.ref_area, "en", a), label("ref_area", other.ref_area, "en", b)
    ways = [
        {each.reading for each in readings(figure.observation_id, package)}
        for figure, package in ((one, a), (other, b))
    ]
    differs = {
        "compared_unit": one.unit != other.unit or _given(one.per) != _given(other.per),
        "compared_area": one.ref_area != other.ref_area or scope[0] != scope[1],
        "compared_span": _span(one) != _span(other),
        "compared_reading": ways[0] != ways[1],
    }
    keys = [key for key, so in differs.items() if so]
    return Text(keys[0]) if keys else None


def _figures(package: Package) -> list[Any]:
    """Observations of a package; one that is printed twice alike counts once."""
    found: dict[Any, Any] = {}
    for row in package.rows("observations").values():
        values = [_given(getattr(row, name)) for name in _PRINTED]
        found.setdefault((_subject(row), *values), row)
    return list(found.values())


def _subject(row: Any) -> tuple[str, str]:
    return row.indicator, row.stage


def _given(value: Any) -> Any:
    """A cell, None for a missing one."""
    return None if pd.isna(value) else value


def _nearness(one: Any, other: Any, a: Package, b: Package) -> tuple[bool, bool, str]:
    """How well a figure of the first report answers to one of the second."""
    scope = all(
        _given(getattr(one, name)) == _given(getattr(other, name))
        for name in ("ref_area", "unit", "per")
    )
    return scope, _dated(one, a) == _dated(other, b), _end(one, a)


def _dated(row: Any, package: Package) -> tuple[str, str]:
    """Period of a figure; one without a date is as of its report."""
    code = _given(row.time_period) or ""
    if _YEAR.search(code):
        return code, ""
    # A report without a date is as of itself: no other is known to be of the same time.
    return code, _given(package.row("sources", row.source).date) or str(package.path)


def _end(row: Any, package: Package) -> str:
    """Last day of a period and its length, so that later ones sort after earlier ones."""
    code, of_report = _dated(row, package)
    last = of_report or code
    try:
        begins, ends = periods.days(last)
    except ValueError:
        # Of a report without a date its path stands for it.
        return last
    # Of a year and its last month, which end on one day, the year is the one that sums up.
    return f"{ends} {(ends - begins).days:03}"


def _span(row: Any) -> str:
    """What a period spans, whenever that is: a year, ten years, its first half; empty up to now."""
    code = _given(row.time_period) or ""
    return "" if code.startswith("../") else _YEAR.sub("Y", code)


def _row(pair: Pair, a: Package, b: Package) -> dict[str, Any]:
    named, own = (pair.one, a) if pair.other is None else (pair.other, b)
    row = {"indicator": named.indicator, "stage": named.stage, "verdict": pair.verdict}
    sides = (("a", pair.one, a), ("b", pair.other, b))
    for side, figure, _ in sides:
        row[f"observation_{side}"] = None if figure is None else figure.observation_id
    for lang in LANGS:
        row[f"title_{lang}"] = title(named, lang, own)
        for side, figure, package in sides:
            row[f"{side}_{lang}"] = (
                "" if figure is None else in_words(figure, lang, package=package)
            )
        row[f"verdict_{lang}"] = label("comparison", pair.verdict, lang)
        row[f"change_{lang}"] = change_words(pair, lang)
        row[f"reason_{lang}"] = worded(pair.reason, lang) or ""
    return row if pair.change is None else row | vars(pair.change)


def change_words(pair: Pair, lang: str) -> str:
    """The change in words; empty where there is none, or its direction is open."""
    if pair.change is None or pair.verdict in ("unchanged", "cannot_say"):
        return ""
    return in_words(pair.change, lang, digits=4)


_YEAR = re.compile(r"\b\d{4}\b")
# What a figure says; the same once more is the same figure.
_PRINTED = ("ref_area", "time_period", "unit", "per", "value", "lower", "upper")
# Units of a change, where it is in another than the figures.
_CHANGES = {"%": "[pp]", "{rank}": "{place}"}
_COLUMNS = [
    *("indicator", "stage", "title_en", "title_zh", "observation_a", "observation_b"),
    *("a_en", "a_zh", "b_en", "b_zh", "verdict", "verdict_en", "verdict_zh"),
    *("value", "lower", "upper", "lower_closed", "upper_closed", "unit", "per"),
    *("change_en", "change_zh", "reason_en", "reason_zh"),
]
