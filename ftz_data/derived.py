"""What the figures imply: arithmetic on reported figures, with their bounds carried through.

Each row of `data/derived.csv` holds an expression over observations; nothing that follows is typed.
Where the wording of a figure allows several readings, `data/readings.csv` holds one row for each,
and whatever follows from the figure names the reading that it rests on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .expressions import evaluate, limited, names
from .interval import Interval
from .language import LANGS
from .package import BUILT_IN, Package
from .words import in_words


@dataclass(frozen=True)
class Derived:
    """A figure that follows by arithmetic; the fields are those of an observation."""

    value: float
    lower: float
    upper: float
    lower_closed: bool | None
    upper_closed: bool | None
    unit: str
    stage: str | None = None
    per: str | None = None

    @classmethod
    def of(cls, interval: Interval, unit: str) -> Derived:
        """The figure of an interval; a missing end becomes NaN, and its closedness None."""
        low, high = math.isfinite(interval.low), math.isfinite(interval.high)
        return cls(
            interval.value,
            interval.low if low else math.nan,
            interval.high if high else math.nan,
            interval.low_closed if low else None,
            interval.high_closed if high else None,
            unit,
        )


def ratio(above: Any, below: Any) -> Derived:
    """Quotient of two figures, with the bounds of both carried through.

    Parameters
    ----------
    above, below : row of observations
        The divisor's interval does not hold zero.

    Returns
    -------
    Derived
        In the unit of `above`. An amount that is printed rounded counts with all that it may stand
        for.

    Raises
    ------
    ValueError
        If the divisor may be zero.
    """
    one, other = (_meant(row) for row in (above, below))
    return Derived.of(one / other, above.unit)


def _meant(row: Any) -> Interval:
    """What a printed figure stands for: 11.8亿 is rounded, and a count of 146 is not."""
    own = Interval.of(row)
    return own.rounded(row.resolution) if row.lower == row.upper and row.resolution > 1 else own


def readings(observation: str, package: Package = BUILT_IN) -> list[Any]:
    """Readings that the wording of a figure allows; none where it allows but one.

    Returns
    -------
    list of row
        Rows of `load_readings`, in the order of the file.

    Examples
    --------
    >>> [row.reading for row in readings("storage_capacity_change")]
    ['storage_points', 'storage_ratio']
    """
    rows = package.rows("readings").values()
    return [row for row in rows if row.observation == observation]


def read(reading: str, package: Package = BUILT_IN) -> Derived | None:
    """What a figure comes to under one of its readings; None where the reading is but words.

    Parameters
    ----------
    reading : str
        Key of `load_readings`.

    Returns
    -------
    Derived or None
        In the unit of the reading.

    Examples
    --------
    >>> read("ore_time").value
    80.0
    """
    row = package.row("readings", reading)
    if pd.isna(row.expression):
        return None
    return Derived.of(evaluate(row.expression, reported_and_published(package), package), row.unit)


def question(figure: Any, package: Package = BUILT_IN) -> str | None:
    """What may be asked of the reader about a figure, so that arithmetic on the answer has meaning.

    Parameters
    ----------
    figure : row of observations

    Returns
    -------
    {"baseline", "part", "count", "divisor"} or None
        ``baseline``: what a change is applied to. ``part``: what a share is of. ``count``: by how
        many a figure for each is multiplied, such as the saving per vessel. ``divisor``: among how
        many a total is divided. None: no number of the reader's makes anything of it, as of a
        count, a rank or a target.
    """
    if figure.stage == "change":
        return "baseline"
    if figure.stage == "share":
        return "part"
    if figure.stage != "level":
        return None
    if figure.per in _COUNTED:
        return "count"
    return "divisor" if re.fullmatch(_SHARED_OUT, figure.unit) else None


# Denominators that come in whole numbers, and units of what can be shared out: money and space.
_COUNTED = ("vessel", "consignment", "enterprise", "loan", "container", "institution")
_SHARED_OUT = "[A-Z]{3}|m2"


def what_if(
    figure: Any, amount: float, reading: str | None = None, package: Package = BUILT_IN
) -> Derived:
    """What a reported figure makes of a number of the reader's own.

    A change is applied to a baseline (after = b (1 + c/100) for a change c in percent, after =
    b + c otherwise), a share gives the whole from the part (whole = part · 100/s), a figure for
    each is multiplied (total = n x), and a total is divided (each = x/n).

    Parameters
    ----------
    figure : row of observations
        One that `question` has something to ask about.
    amount : float
        Baseline, part, count or divisor; the reader's assumption, not the report's.
    reading : str, optional
        Key of `load_readings`; needed where readings of the figure make different things of it.

    Returns
    -------
    Derived
        With the bounds of the reported figure carried through.

    Raises
    ------
    ValueError
        If nothing is asked about such a figure, the amount is negative or not finite, or zero for
        a divisor, or the figure needs a reading and none of its own is named.
    """
    is_number = isinstance(amount, (int, float)) and not isinstance(amount, bool)
    if not (is_number and math.isfinite(amount) and amount >= 0):
        raise ValueError(f"amount is {amount!r}; a finite number of at least 0 is allowed")
    asked = question(figure, package)
    if asked is None:
        raise ValueError(
            f"{figure.observation_id} is a {figure.stage} in {figure.unit}; no number of your own "
            "makes anything of it"
        )
    applied = {row.reading: row.applied for row in applied_readings(figure, package)}
    if applied:
        if reading not in applied:
            raise ValueError(
                f"reading is {reading!r}; {figure.observation_id} needs one of {', '.join(applied)}"
            )
        own = {figure.observation_id: figure, "amount": Interval.exact(amount)}
        unit = "1" if figure.unit == "%" else figure.unit
        return Derived.of(evaluate(applied[reading], own, package), unit)
    if asked == "baseline" and figure.unit == "%":
        return Derived.of(amount * (1 + limited(figure, package) / 100), "1")
    if asked == "baseline":
        return Derived.of(amount + Interval.of(figure), figure.unit)
    if asked == "part":
        return Derived.of(_whole(figure, amount, package), "1")
    if asked == "count":
        return Derived.of(amount * Interval.of(figure), figure.unit)
    return Derived.of(Interval.of(figure) / amount, figure.unit)


def applied_readings(figure: Any, package: Package = BUILT_IN) -> list[Any]:
    """Readings of a figure that make different things of a number of the reader's own."""
    rows = readings(figure.observation_id, package)
    return [row for row in rows if not pd.isna(row.applied)]


def _whole(figure: Any, part: float, package: Package) -> Interval:
    """The whole that a part is a share of."""
    if math.isnan(figure.lower) and math.isnan(figure.upper):
        return Interval(part * 100 / figure.value, -math.inf, math.inf, False, False)
    return part * 100 / limited(figure, package)


def load_derived(package: Package = BUILT_IN) -> pd.DataFrame:
    """Quantities that follow from the report's figures by arithmetic.

    Returns
    -------
    pandas.DataFrame
        Key: `derived_id`. The columns are `derived_id`, `section`, `instrument`, `unit`, `per`,
        `value`, `lower`, `upper`, `lower_closed`, `upper_closed` (as in `load_observations`,
        computed), `expression` (over observations and published figures), `observations` (those
        that it uses, separated by ``;``), `reading` (the readings of these that it rests on,
        separated by ``;``), `formula` (in symbols), and in both languages `title`, `words` (the
        formula in words), `assumes` (what else it assumes of the figures) and `shows` (what it
        shows).

    Examples
    --------
    >>> derived = load_derived().set_index("derived_id")
    >>> print(*derived.loc["crude_time_saved", ["lower", "upper", "unit"]])
    1.5 2.5 d
    """
    # A deep copy: what a caller changes must never reach the next call.
    return package.once(_computed).copy()


def by_id(package: Package = BUILT_IN) -> dict[str, Any]:
    """Rows of `load_derived` by their key; made once, and not to be changed."""
    return package.once(_by_id)


def _by_id(package: Package) -> dict[str, Any]:
    return {row.derived_id: row for row in package.once(_computed).itertuples()}


def _computed(package: Package) -> pd.DataFrame:
    table = package.table("derived")
    observations, figures = package.rows("observations"), reported_and_published(package)
    results = [
        Derived.of(evaluate(row.expression, figures, package), row.unit)
        for row in table.itertuples()
    ]
    fields = ["value", "lower", "upper", "lower_closed", "upper_closed"]
    computed = pd.DataFrame([vars(result) for result in results], columns=fields)
    computed = computed.astype({"lower_closed": "boolean", "upper_closed": "boolean"})
    computed["observations"] = [
        ";".join(name for name in names(expression) if name in observations)
        for expression in table["expression"]
    ]
    return pd.concat([table, computed], axis=1)


def reported_and_published(package: Package) -> Mapping[str, Any]:
    """Reported and published figures by key."""
    return {**package.rows("observations"), **package.rows("context")}


def consistency(package: Package = BUILT_IN) -> pd.DataFrame:
    """Pairs of statements that could contradict each other, with a computed verdict.

    Returns
    -------
    pandas.DataFrame
        Key: `pair`. The columns are `pair`, `section`, `reading` (the readings that the pair
        tests, separated by ``;``), `left` and `right` (expressions over observations, derived
        quantities and published figures; `right` is empty where there is nothing to test against),
        `test` (within: the left must lie within the right; equal: the two must be one), `apart`
        (in what the two sides differ, where they do not count the same: year, scope, party,
        measure), the `unit` of both, their intervals in words (`left_en`, `left_zh`, `right_en`,
        `right_zh`), where each comes from (`left_basis`, `right_basis`: reported or published as it
        stands, else derived), `verdict` (see `verdict`), and in both languages `statement` (the
        reading tested) and `meaning`.

    Examples
    --------
    >>> consistency().set_index("pair").loc["port_rank_containers", "verdict"]
    'contradicts'
    """
    table = package.table("consistency")
    derived = load_derived(package).itertuples(index=False)
    tables = {
        "reported": package.rows("observations"),
        "derived": {row.derived_id: row for row in derived},
        "published": package.rows("context"),
    }
    figures = {name: row for rows in tables.values() for name, row in rows.items()}
    # Cut to the limits of its indicator, a figure is no longer what was printed.
    bases = {
        name: basis
        for basis, rows in tables.items()
        for name, row in rows.items()
        if limited(row, package) == Interval.of(row)
    }
    left = [evaluate(expression, figures, package) for expression in table["left"]]
    right = [
        None if pd.isna(expression) else evaluate(expression, figures, package)
        for expression in table["right"]
    ]
    for side, intervals in (("left", left), ("right", right)):
        for lang in LANGS:
            table[f"{side}_{lang}"] = [
                "" if each is None else in_words(Derived.of(each, unit), lang, digits=4)
                for each, unit in zip(intervals, table["unit"], strict=True)
            ]
        table[f"{side}_basis"] = table[side].map(bases).fillna("derived")
    table["verdict"] = [
        verdict(one, other, test, not pd.isna(apart))
        for one, other, test, apart in zip(left, right, table["test"], table["apart"], strict=True)
    ]
    return table


def verdict(
    one: Interval, other: Interval | None, test: str = "within", apart: bool = False
) -> str:
    """Verdict on a pair.

    Parameters
    ----------
    one, other : Interval
        What each side allows; None for the other where there is nothing to test against.
    test : {"within", "equal"}
        Whether the one must lie within the other, or the two must be the same.
    apart : bool
        Whether the sides differ in year, scope, party or measure.

    Returns
    -------
    str
        ``agrees``: it holds, whatever the figures are within their bounds. ``compatible``: it may
        hold. ``contradicts``: it cannot hold of one quantity, period and scope. ``differs``: it
        does not hold, but the two do not count the same. ``cannot be tested``.
    """
    if other is None:
        return "cannot be tested"
    if not one.meets(other):
        return "differs" if apart else "contradicts"
    holds = one.inside(other) and (test == "within" or other.inside(one))
    return "agrees" if holds else "compatible"
