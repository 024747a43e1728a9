"""What the figures imply: arithmetic on reported figures, with their bounds carried through."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from .interval import Interval
from .load import load_indicators


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


def limited(figure: Any) -> Interval:
    """The interval of a figure, cut to the limits that arithmetic sets for its indicator.

    A share of "80% or more" cannot pass 100%: the wording sets no upper bound, the indicator does.
    A figure without any bound ("about a third") is left without, since the limits of a share would
    say nothing about it.
    """
    interval = Interval.of(figure)
    if math.isnan(figure.lower) and math.isnan(figure.upper):
        return interval
    limits = load_indicators().set_index("indicator").loc[figure.indicator]
    return interval.within(limits.minimum, limits.maximum)


def ratio(above: Any, below: Any) -> Derived:
    """Quotient of two figures, with the bounds of both carried through.

    Parameters
    ----------
    above, below : row of observations
        The divisor's interval does not hold zero.

    Returns
    -------
    Derived
        In the unit of `above`.

    Raises
    ------
    ValueError
        If the divisor may be zero.
    """
    return Derived.of(Interval.of(above) / Interval.of(below), above.unit)


def what_if(figure: Any, amount: float) -> Derived:
    """What a reported figure makes of a number of the reader's own.

    A change is applied to a baseline (after = b (1 + c/100) for a change c in percent, after =
    b + c otherwise), a share gives the whole from the part (whole = part · 100/s), and a level is
    multiplied (total = n x).

    Parameters
    ----------
    figure : row of observations
        Stage ``change``, ``share`` or ``level``.
    amount : float
        Baseline, part or count; the reader's assumption, not the report's.

    Returns
    -------
    Derived
        With the bounds of the reported figure carried through.

    Raises
    ------
    ValueError
        If the figure's stage has no such reading, or the amount is negative or not finite.
    """
    if not (isinstance(amount, (int, float)) and math.isfinite(amount) and amount >= 0):
        raise ValueError(f"amount is {amount!r}; a finite number of at least 0 is allowed")
    if figure.stage == "change" and figure.unit == "%":
        return Derived.of(amount * (1 + limited(figure) / 100), "1")
    if figure.stage == "change":
        return Derived.of(amount + Interval.of(figure), figure.unit)
    if figure.stage == "share":
        if math.isnan(figure.lower) and math.isnan(figure.upper):
            value = amount * 100 / figure.value
            return Derived.of(Interval(value, -math.inf, math.inf, False, False), "1")
        return Derived.of(amount * 100 / limited(figure), "1")
    if figure.stage == "level":
        return Derived.of(amount * Interval.of(figure), figure.unit)
    raise ValueError(
        f"{figure.observation_id} has the stage {figure.stage!r}; "
        "allowed are 'change', 'share' and 'level'"
    )
