"""Interval arithmetic with open, closed and missing ends.

A figure such as "more than 5 million" has a lower end that is itself not allowed and no upper end.
Arithmetic on figures must keep both facts, which plain interval libraries do not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Interval:
    """A value with the interval that it may lie in.

    Attributes
    ----------
    value : float
        The value as printed or computed; it lies within the ends or on one of them.
    low, high : float
        Ends; minus or plus infinity where there is none.
    low_closed, high_closed : bool
        Whether the end itself is allowed; never at infinity.

    Examples
    --------
    >>> vessels = Interval(2300, 2300, 2400, False, False)
    >>> quotient = Interval(700000, 700000, 800000, False, False) / vessels
    >>> round(quotient.low), round(quotient.high), quotient.low_closed
    (292, 348, False)
    """

    value: float
    low: float
    high: float
    low_closed: bool
    high_closed: bool

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"value is {self.value!r}; a finite number is allowed")
        if not self.low <= self.value <= self.high:
            raise ValueError(f"value {self.value!r} is outside {self.low!r} to {self.high!r}")

    @classmethod
    def exact(cls, value: float) -> Interval:
        """A number without doubt."""
        return cls(value, value, value, True, True)

    @classmethod
    def of(cls, figure: Any) -> Interval:
        """The interval of an observation or an object with its fields; NaN is a missing end."""
        low, high = figure.lower, figure.upper
        return cls(
            figure.value,
            -math.inf if math.isnan(low) else low,
            math.inf if math.isnan(high) else high,
            not math.isnan(low) and bool(figure.lower_closed),
            not math.isnan(high) and bool(figure.upper_closed),
        )

    def within(self, low: float, high: float) -> Interval:
        """The part between two limits that arithmetic sets; NaN is no limit.

        A value beyond a limit moves to it.
        """
        from_low, from_high = low > self.low, high < self.high
        low, high = (low if from_low else self.low), (high if from_high else self.high)
        return Interval(
            min(max(self.value, low), high),
            low,
            high,
            from_low or self.low_closed,
            from_high or self.high_closed,
        )

    def rounded(self, resolution: float) -> Interval:
        """What a rounded figure stands for: half a unit of its last place to either side."""
        half = resolution / 2
        return Interval(self.value, self.low - half, self.high + half, True, False)

    def meets(self, other: Interval) -> bool:
        """Whether the two have a point in common."""
        return _ends_in_order(self, other) and _ends_in_order(other, self)

    def inside(self, other: Interval) -> bool:
        """Whether every point of this interval is one of the other's."""
        low = self.low > other.low or (
            self.low == other.low and (other.low_closed or not self.low_closed)
        )
        high = self.high < other.high or (
            self.high == other.high and (other.high_closed or not self.high_closed)
        )
        return low and high

    def __neg__(self) -> Interval:
        return Interval(-self.value, -self.high, -self.low, self.high_closed, self.low_closed)

    def __add__(self, other: Interval | float) -> Interval:
        other = _interval(other)
        return Interval(
            self.value + other.value,
            self.low + other.low,
            self.high + other.high,
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def __sub__(self, other: Interval | float) -> Interval:
        return self + -_interval(other)

    def __mul__(self, other: Interval | float) -> Interval:
        other = _interval(other)
        corners = [_corner(one, two) for one in self._ends() for two in other._ends()]
        return _spanning(self.value * other.value, corners)

    def __truediv__(self, other: Interval | float) -> Interval:
        return self * _interval(other)._reciprocal()

    def _reciprocal(self) -> Interval:
        if self.low < 0 < self.high or self.value == 0:
            raise ValueError(f"cannot divide by {self.low!r} to {self.high!r}, which holds zero")
        # Zero itself is no divisor, so an end at zero leads to no end at all.
        upper = math.inf if self.low == 0 else 1 / self.low
        lower = -math.inf if self.high == 0 else 1 / self.high
        return Interval(
            1 / self.value,
            lower,
            upper,
            self.high_closed and self.high != 0,
            self.low_closed and self.low != 0,
        )

    def __pow__(self, exponent: Interval | float) -> Interval:
        """A power of a base that does not fall below zero; the exponent may be any number."""
        power = _interval(exponent)
        if self.low < 0:
            # A product of an interval with itself is wider than its square, and a root has no sign.
            raise ValueError(
                f"cannot raise {self.low!r} to {self.high!r} to a power: it falls below zero"
            )
        if self.value == 0 and power.value < 0:
            raise ValueError(f"cannot raise 0 to the power {power.value!r}: that divides by zero")
        # In base and in exponent alone a power only rises or only falls, so its ends are corners.
        corners = [_power(base, raised) for base in self._ends() for raised in power._ends()]
        value, _ = _power((self.value, True), (power.value, True))
        return _spanning(value, corners)

    def __rpow__(self, base: float) -> Interval:
        return _interval(base) ** self

    def _ends(self) -> tuple[tuple[float, bool], tuple[float, bool]]:
        return (self.low, self.low_closed), (self.high, self.high_closed)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: float) -> Interval:
        return -self + other

    def __rtruediv__(self, other: float) -> Interval:
        return _interval(other) / self


def _ends_in_order(one: Interval, other: Interval) -> bool:
    """Whether the low end of the one does not lie beyond the high end of the other."""
    closed = one.low_closed and other.high_closed
    return one.low < other.high or (one.low == other.high and closed)


def _interval(number: Interval | float) -> Interval:
    return number if isinstance(number, Interval) else Interval.exact(number)


def _corner(one: tuple[float, bool], two: tuple[float, bool]) -> tuple[float, bool]:
    """Product of two ends; zero times no end is zero."""
    (a, a_closed), (b, b_closed) = one, two
    if a == 0 or b == 0:
        reached = (a == 0 and a_closed) or (b == 0 and b_closed)
        return 0.0, reached
    return a * b, a_closed and b_closed


def _power(base: tuple[float, bool], exponent: tuple[float, bool]) -> tuple[float, bool]:
    """Power of two ends; one to any power is one, and so is any base to the power zero."""
    (a, a_closed), (b, b_closed) = base, exponent
    if a == 1 or b == 0:
        return 1.0, (a == 1 and a_closed) or (b == 0 and b_closed)
    if a == 0:
        return (0.0, a_closed) if b > 0 else (math.inf, False)
    try:
        return float(a) ** float(b), a_closed and b_closed
    except OverflowError:
        raise ValueError(
            f"cannot raise {a!r} to the power {b!r}: the result is too large"
        ) from None


def _spanning(value: float, corners: list[tuple[float, bool]]) -> Interval:
    """The interval from the least corner to the greatest; an end is allowed if any reaches it."""
    low, high = min(end for end, _ in corners), max(end for end, _ in corners)
    return Interval(
        # Between two corners in arithmetic, which rounding must not deny.
        min(max(value, low), high),
        low,
        high,
        (low, True) in corners,
        (high, True) in corners,
    )
