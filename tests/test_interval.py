"""Interval arithmetic against brute force, mpmath's intervals, and hand-worked ends."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import iv

from ftz_data.interval import Interval

INF = math.inf
OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


@st.composite
def intervals(draw, least=-50, finite=True):
    low = float(draw(st.integers(least, 50)))
    width = float(draw(st.integers(1, 50)))
    low_closed, high_closed = draw(st.booleans()), draw(st.booleans())
    inside = [low + width / 4, low + width / 2]
    ends = [low] * low_closed + [low + width] * high_closed
    value = draw(st.sampled_from(inside + ends))
    high = low + width
    if not finite and least < 0 and draw(st.booleans()):
        low, low_closed = -INF, False
    if not finite and draw(st.booleans()):
        high, high_closed = INF, False
    return Interval(value, low, high, low_closed, high_closed)


def operands(sign, finite):
    """Two intervals; a divisor lies to one side of zero, and may touch it where ends may miss."""
    first = intervals(finite=finite)
    if sign != "/":
        return st.tuples(first, intervals(finite=finite))
    divisor = intervals(least=1 if finite else 0, finite=finite).filter(lambda d: d.value != 0)
    return st.tuples(first, divisor, st.booleans()).map(lambda t: (t[0], -t[1] if t[2] else t[1]))


def _points(interval):
    """Points of an interval: its allowed ends, points close to the others, and points between."""
    low = max(interval.low, -1e6)
    high = min(interval.high, 1e6)
    tiny = (high - low) * 1e-9
    ends = [
        low if interval.low_closed else low + tiny,
        high if interval.high_closed else high - tiny,
    ]
    return [*ends, interval.value, *(low + (high - low) * part for part in (0.1, 0.5, 0.9))]


@pytest.mark.parametrize("sign", OPERATIONS)
@given(data=st.data())
def test_every_point_lies_within(sign, data):
    one, two = data.draw(operands(sign, finite=False))
    operation = OPERATIONS[sign]
    result = operation(one, two)
    for a, b in itertools.product(_points(one), _points(two)):
        if sign == "/" and b == 0:
            continue
        point = operation(a, b)
        slack = 1e-9 * max(1, abs(point))
        assert result.low - slack <= point <= result.high + slack
        if not result.low_closed and math.isfinite(result.low):
            assert point > result.low - slack
    assert result.value == pytest.approx(operation(one.value, two.value))


@pytest.mark.parametrize("sign", OPERATIONS)
@given(data=st.data())
def test_finite_ends_are_those_of_mpmath(sign, data):
    one, two = data.draw(operands(sign, finite=True))
    result = OPERATIONS[sign](one, two)
    theirs = OPERATIONS[sign](iv.mpf([one.low, one.high]), iv.mpf([two.low, two.high]))
    assert result.low == pytest.approx(float(theirs.a), rel=1e-12, abs=1e-12)
    assert result.high == pytest.approx(float(theirs.b), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("result", "low", "high", "low_closed", "high_closed"),
    [
        # (1, 2] + [3, 4): neither sum of the ends is reached at both sides.
        (Interval(2, 1, 2, False, True) + Interval(3, 3, 4, True, False), 4, 6, False, False),
        # [0, 5] times more than 2: zero is reached whatever the other is.
        (Interval(1, 0, 5, True, True) * Interval(3, 2, INF, False, False), 0, INF, True, False),
        # (0, 5] times [0, 1]: zero is reached through the second.
        (Interval(1, 0, 5, False, True) * Interval(1, 0, 1, True, True), 0, 5, True, True),
        # More than 10 over more than 70 and less than 80.
        (
            Interval(10, 10, INF, False, False) / Interval(70, 70, 80, False, False),
            0.125,
            INF,
            False,
            False,
        ),
        # 30 over at most 100 and more than 0: no upper end.
        (30 / Interval(50, 0, 100, True, True), 0.3, INF, True, False),
        (-Interval(1, 0, 2, True, False), -2, 0, False, True),
        (5 - Interval(1, 0, 2, True, False), 3, 5, False, True),
        # A rounded 7.1 stands for 7.05 up to, not including, 7.15.
        (Interval.exact(7.1).rounded(0.1), 7.05, 7.15, True, False),
        (Interval(80, 80, INF, True, False).within(0, 100), 80, 100, True, True),
        (Interval(30, -INF, 30, False, False).within(0, 100), 0, 30, True, False),
        (30 / Interval(-20, -40, 0, True, True), -INF, -0.75, False, True),
        # A negative power is a quotient: one over (2, 4].
        (Interval(3, 2, 4, False, True) ** -1, 0.25, 0.5, True, False),
        (Interval(3, 2, 4, False, True) ** -2, 1 / 16, 1 / 4, True, False),
        # A root of at least 9, and of what may be zero.
        (Interval(9, 9, INF, True, False) ** 0.5, 3, INF, True, False),
        (Interval(4, 0, 4, True, True) ** 0.5, 0, 2, True, True),
        (Interval(4, 0, 4, True, True) ** -0.5, 0.5, INF, True, False),
        # Two to a power of more than 1 and at most 3; a half falls as the power rises.
        (2 ** Interval(2, 1, 3, False, True), 2, 8, False, True),
        (0.5 ** Interval(2, 1, 3, False, True), 1 / 8, 1 / 2, True, False),
        # Both in doubt, on either side of one: (1/2)² up to 2².
        (
            Interval(1, 0.5, 2, True, True) ** Interval(1.5, 1, 2, True, False),
            0.25,
            4,
            False,
            False,
        ),
        # The power zero is one whatever the base, even where the base itself is not allowed.
        (Interval(2, 1, 3, False, False) ** 0, 1, 1, True, True),
        (Interval(2, 1, 3, False, False) ** Interval(1, 0, 1, True, True), 1, 3, True, False),
        (1 ** Interval(5, 0, INF, False, False), 1, 1, True, True),
        (
            Interval(2, 2, INF, True, False) ** Interval(-1, -INF, -1, False, True),
            0,
            0.5,
            False,
            True,
        ),
    ],
)
def test_ends_worked_by_hand(result, low, high, low_closed, high_closed):
    assert (result.low, result.high) == pytest.approx((low, high))
    assert (result.low_closed, result.high_closed) == (low_closed, high_closed)


def test_zero_is_no_divisor():
    with pytest.raises(ValueError, match="cannot divide by -1 to 1, which holds zero"):
        Interval.exact(1) / Interval(0.5, -1, 1, True, True)
    with pytest.raises(ValueError, match="holds zero"):
        Interval.exact(1) / 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: Interval(1, -1, 2, True, True) ** 2, "it falls below zero"),
        (lambda: Interval.exact(-8) ** (1 / 3), "it falls below zero"),
        (lambda: Interval.exact(0) ** -1, "divides by zero"),
        (lambda: Interval(0, 0, 1, True, True) ** -0.5, "divides by zero"),
        (lambda: Interval.exact(10) ** 400, "10 to the power 400: the result is too large"),
        (lambda: Interval.exact(1e200) * 1e200, "value is inf; a finite number is allowed"),
        (lambda: Interval.exact(1) / Interval.exact(0), "holds zero"),
        (lambda: 2 ** Interval.exact(5000), "too large"),
    ],
)
def test_what_has_no_result_is_refused_in_one_line(wrong, words):
    with pytest.raises(ValueError, match=words) as caught:
        wrong()
    assert "\n" not in str(caught.value)


@st.composite
def powers(draw):
    """A base that is not below zero and an exponent, either with open or closed ends."""
    low = draw(st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, 2.0]))
    base = Interval(low + 0.25, low, low + draw(st.sampled_from([0.25, 0.5, 2.0])),
                    draw(st.booleans()), True)  # fmt: skip
    start = draw(st.sampled_from([-3.0, -1.5, -1.0, 0.0, 0.5, 2.0]))
    width = draw(st.sampled_from([0.0, 0.5, 1.0, 3.0]))
    open_end = draw(st.booleans()) and width > 0
    return base, Interval(start, start, start + width, True, not open_end)


@given(powers())
def test_a_power_holds_every_point_and_no_more(pair):
    base, exponent = pair
    result = base**exponent
    points = [
        a**b for a, b in itertools.product(_points(base), _points(exponent)) if a > 0 or b > 0
    ]
    for point in points:
        slack = 1e-9 * max(1, abs(point))
        assert result.low - slack <= point <= result.high + slack, f"{point} is left out"
    # Points close to its ends come close to the ends of the result, so it is not too wide either.
    assert min(points) == pytest.approx(result.low, rel=1e-6, abs=1e-3)
    if math.isfinite(result.high):
        assert max(points) == pytest.approx(result.high, rel=1e-6, abs=1e-3)
    assert result.value == pytest.approx(base.value**exponent.value)


@given(st.integers(1, 40), st.integers(0, 40), st.integers(-4, 4))
def test_powers_of_whole_numbers_are_those_of_mpmath(low, width, exponent):
    result = Interval(low, low, low + width, True, True) ** exponent
    theirs = iv.mpf([low, low + width]) ** exponent
    assert (result.low, result.high) == pytest.approx((float(theirs.a), float(theirs.b)), rel=1e-12)


@given(st.sampled_from([0.5, 1 / 3, 1.7, -0.5, -2.25]), st.floats(0.1, 20), st.floats(0, 20))
def test_broken_powers_are_those_of_mpmath(exponent, low, width):
    result = Interval(low, low, low + width, True, True) ** exponent
    theirs = iv.mpf([low, low + width]) ** iv.mpf(exponent)
    assert (result.low, result.high) == pytest.approx((float(theirs.a), float(theirs.b)), rel=1e-9)


def test_a_value_outside_its_ends_is_refused():
    with pytest.raises(ValueError, match="value 5 is outside 1 to 2"):
        Interval(5, 1, 2, True, True)


@pytest.mark.parametrize(
    ("one", "other", "meets", "inside"),
    [
        # Up to 2 and from 2: they touch in an end that both allow, or that one does not.
        ((0, 2, True, True), (2, 3, True, True), True, False),
        ((0, 2, True, True), (2, 3, False, True), False, False),
        ((0, 2, True, False), (2, 3, True, True), False, False),
        ((0, 1, True, True), (2, 3, True, True), False, False),
        ((2, 3, True, True), (1, 4, False, False), True, True),
        # The same ends: one that the other does not allow lies outside it.
        ((1, 4, True, True), (1, 4, False, True), True, False),
        ((1, 4, True, True), (1, 4, True, False), True, False),
        ((1, 4, False, False), (1, 4, True, True), True, True),
        ((1, 4, False, False), (1, 4, False, False), True, True),
        ((1, INF, True, False), (0, INF, True, False), True, True),
        ((0, INF, True, False), (1, INF, True, False), True, False),
    ],
)
def test_intervals_meet_and_lie_within_each_other(one, other, meets, inside):
    one, other = (Interval((each[0] + min(each[1], 9)) / 2, *each) for each in (one, other))
    assert one.meets(other) is other.meets(one) is meets, f"{one} and {other}"
    assert one.inside(other) is inside, f"{one} in {other}"
