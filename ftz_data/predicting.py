"""What is expected of a figure before it is seen, and how far off that was."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from . import words
from .derived import Derived, by_id, consistency
from .expressions import limited
from .interval import Interval
from .language import Text, Wording, cell, codes, label
from .package import BUILT_IN, Package, unknown

# Significant digits of a figure that is compared.
DIGITS = {"reported": 5, "derived": 4, "assumed": 5}


@dataclass(frozen=True)
class Scale:
    """The numbers that can be expected of a figure, on a grid of steps from the lower end."""

    low: float
    high: float
    step: float
    start: float


@dataclass(frozen=True)
class Asked:
    """A figure or a verdict that is to be expected before it is seen.

    Attributes
    ----------
    key : str
        Of an observation, a derived quantity or a pair of statements.
    kind : {"number", "rank", "verdict"}
        What is expected.
    basis : {"reported", "derived"}
        Where the answer comes from.
    row : row of observations, derived quantities or pairs
        What holds the answer.
    name : Text or Wording
        What is asked for; it does not hold the answer.
    title : Text or Wording
        The same with the unit of a number.
    """

    key: str
    kind: str
    basis: str
    row: Any
    name: Text | Wording
    title: Text | Wording


def asked(key: str, package: Package = BUILT_IN) -> Asked:
    """What a key asks for.

    Raises
    ------
    KeyError
        If no observation, derived quantity or pair of statements has the key; the message names
        the nearest.

    Examples
    --------
    >>> asked("crude_time_before").title.in_("en")
    'Time to inspect and release imported crude oil: before, days'
    >>> asked("port_rank_rank").kind, asked("gop_growth").kind
    ('rank', 'verdict')
    """
    observations, derived, pairs = package.once(_tables)
    if key in observations:
        row = observations[key]
        name: Any = Wording(words.title, row, package=package)
        if row.stage in ("change", "target"):
            stage = Wording(label, "stage", row.stage, package=package)
            name = Text("label_figure", label=stage, figure=name)
        if row.unit == _RANK:
            return Asked(key, "rank", "reported", row, name, name)
        unit = Wording(words.unit, row, package=package)
        return Asked(key, "number", "reported", row, name, _with_unit(name, unit))
    if key in derived:
        row = derived[key]
        name, unit = Wording(cell, row, "title"), Wording(_derived_unit, row, package=package)
        bare = not unit.in_("en")
        return Asked(key, "number", "derived", row, name, name if bare else _with_unit(name, unit))
    if key not in pairs:
        raise unknown("figure or pair of statements", key, [*observations, *derived, *pairs])
    statement = Wording(cell, pairs[key], "statement")
    return Asked(key, "verdict", "derived", pairs[key], statement, statement)


def _tables(package: Package) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Rows by key of what can be asked for: observations, derived quantities, pairs."""
    derived = by_id(package)
    pairs = {row.pair: row for row in consistency(package).itertuples()}
    return dict(package.rows("observations")), derived, pairs


_RANK = "{rank}"


def _with_unit(name: Any, unit: Wording) -> Text:
    return Text("predict_unit", name=name, unit=unit)


def _derived_unit(row: Any, lang: str, package: Package) -> str:
    """Unit of a derived quantity with its denominator; empty for a plain number."""
    unit = words.unit_name(row.unit, lang, package)
    if not unit or pd.isna(row.per):
        return unit
    per = words.denominator_name(row.per, lang, package)
    return Text("unit_per", unit=unit, per=per).in_(lang)


def scale(question: Asked, package: Package = BUILT_IN) -> Scale:
    """The numbers that are offered to expect, which do not give the figure away.

    The scale holds all that such a figure can be where the tables set both limits, as for a share.
    Else it ends at the power of ten above the largest figure of the same quantity, so that it tells
    the order of magnitude alone; what may have fallen or risen has as much room below zero.

    Parameters
    ----------
    question : Asked
        For a number or a rank.

    Examples
    --------
    >>> scale(asked("cotton_time_change"))
    Scale(low=-100.0, high=100.0, step=1.0, start=0.0)
    >>> scale(asked("crude_time_before")) == scale(asked("crude_time_after"))
    True
    """
    row = question.row
    low, high = _limits(question, package)
    if math.isnan(low) or math.isnan(high):
        magnitude = max(map(_largest, _alike(question, package)))
        high = float(10 ** (Decimal(magnitude).adjusted() + 1))
        moves = row.unit in ("%", "[pp]") if question.basis == "derived" else row.stage in _MOVES
        least = -high if moves or row.value < 0 else 0.0
        low = least if math.isnan(low) else max(low, least)
    step = float(Decimal(str(high)) / 100)
    whole = package.row("units", row.unit).kind in ("count", "rank")
    if question.basis == "reported" and whole:
        step = max(step, 1.0)
    return Scale(float(low), float(high), step, max(float(low), 0.0))


_MOVES = ("change", "growth")


def _limits(question: Asked, package: Package) -> tuple[float, float]:
    """What the indicator of a figure can be at least and at most; NaN where it has no limit."""
    if question.basis == "derived":
        return math.nan, math.nan
    limits = package.row("indicators", question.row.indicator)
    return limits.minimum, limits.maximum


def has_limits(question: Asked, package: Package = BUILT_IN) -> bool:
    """Whether the tables set both limits of a quantity."""
    return not any(map(math.isnan, _limits(question, package)))


def _alike(question: Asked, package: Package) -> list[Any]:
    """Figures of one quantity and unit, such as that before a measure and that after it."""
    own = question.row
    if question.basis == "derived":
        return [own]
    rows = package.rows("observations").values()
    return [row for row in rows if (row.indicator, row.unit) == (own.indicator, own.unit)]


def _largest(row: Any) -> float:
    return max(abs(end) for end in (row.value, row.lower, row.upper) if not math.isnan(end))


def choices(question: Asked, package: Package = BUILT_IN) -> list[Any]:
    """Ranks or verdicts that are offered to expect, in order; none for a number."""
    if question.kind == "verdict":
        return codes("verdict", package)
    if question.kind == "number":
        return []
    found = scale(question, package)
    return list(range(max(int(found.low), 1), int(found.high) + 1))


def choice_words(question: Asked, choice: Any, package: Package = BUILT_IN) -> Wording:
    """Words for a rank or a verdict."""
    if question.kind == "verdict":
        return Wording(label, "verdict", choice, package=package)
    return Wording(words.quantity, choice, question.row.unit, package=package)


def expectation(question: Asked, expected: float) -> Derived:
    """An expected number as a figure: exact, and otherwise like the one that is asked for."""
    row = question.row
    stage, per = getattr(row, "stage", None), None if pd.isna(row.per) else row.per
    return Derived(expected, expected, expected, True, True, row.unit, stage, per)


def compared(question: Asked, expected: Any, package: Package = BUILT_IN) -> Text:
    """One sentence: what was expected, what it is, how far off that was and on which side.

    Parameters
    ----------
    question : Asked
    expected : float or str
        A number, a rank, or the code of a verdict.

    Examples
    --------
    >>> compared(asked("crude_time_before"), 4).in_("en").rpartition("; ")[2]
    'you were 1 day above the highest that it allows.'
    >>> compared(asked("pool_saving_level"), 5e6).in_("en").rpartition("; ")[2]
    'you named the bound itself, which the wording leaves out.'
    """
    row = question.row
    if question.kind == "verdict":
        verdict = choice_words(question, row.verdict, package)
        meaning = Wording(cell, row, "meaning")
        key = "predict_verdict_right" if expected == row.verdict else "predict_verdict"
        named = choice_words(question, expected, package)
        return Text(key, expected=named, verdict=verdict, meaning=meaning)
    own: Any = Wording(words.in_words, expectation(question, expected), package=package)
    if getattr(row, "stage", None) == "change" and expected == 0:
        own = Text("predict_no_change")
    figure = Wording(words.in_words, row, digits=DIGITS[question.basis], package=package)
    how = _how_far(question, expected, package)
    return Text(f"predict_{question.basis}", expected=own, figure=figure, how=how)


def _how_far(question: Asked, expected: float, package: Package) -> Text:
    row = question.row
    bounds = limited(row, package)
    value, change = row.value, getattr(row, "stage", None) == "change"
    if change and expected * value <= 0:
        return Text("predict_opposite" if expected else "predict_still")
    if change and value < 0:
        # Of a fall it is said how large it is.
        bounds, value, expected = -bounds, -value, -expected
    kind = "change" if change else "rank" if question.kind == "rank" else "number"
    if math.isinf(bounds.low) and math.isinf(bounds.high):
        if expected == value:
            return Text("predict_about_right")
        side, end, ends = ("low" if expected < value else "high"), value, "about"
    elif Interval.exact(expected).inside(bounds):
        return Text("predict_exact" if bounds.low == bounds.high else "predict_inside")
    elif expected in (bounds.low, bounds.high):
        return Text("predict_bound")
    else:
        side = "low" if expected < bounds.low else "high"
        end = bounds.low if side == "low" else bounds.high
        ends = "exact" if bounds.low == bounds.high else "bound"
    unit = {"%": "[pp]", _RANK: "{place}"}.get(row.unit, row.unit)
    gap = Wording(words.quantity, abs(expected - end), unit, digits=3, package=package)
    return Text(f"predict_{kind}_{side}_{ends}", gap=gap)
