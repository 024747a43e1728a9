"""What a learner types, read as a number or a range: with a unit or without, in either language."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from typing import Any

from ..interval import Interval
from ..wording import parse_figure

# The reader of figures wants a unit behind every number; where none is typed, one is stood in.
_STAND_INS = ("元", " yuan")
_SIGNS = {"≥": ">=", "≤": "<=", "⩾": ">=", "⩽": "<=", "－": "-", "−": "-", "–": "-", "—": "-"}
_BRACKETS = re.compile(r"([\[(])\s*([^,;，]+?)\s*[,;，]\s*([^,;，]+?)\s*([\])])\s*(.*)")
_BETWEEN = re.compile(r"(?P<low>[^<>=]+?)\s*(?P<one><=?)\s*[a-zA-Z]\s*(?P<two><=?)\s*(?P<high>.+)")
_COMPARED = re.compile(r"(?:[a-zA-Z]\s*)?(?P<sign>>=|<=|>|<)\s*(?P<number>.+)")
_AND = re.compile(
    r"\s*(?:\band\b|\bbut\b|且|而|并|、|，|,\s|(?<=[\d%])(?=小于|不足|少于|低于|不到))\s*", re.I
)
_TO = re.compile(r"\s*(?:\bto\b|至|到|~|～)\s*", re.I)
_TIMES = re.compile(r"(?<=\d)\s*(?:times|-?fold)\b", re.I)
_ENDLESS = {"inf", "∞", "+inf", "+∞", "infinity"}
_LONGEST = 200


@dataclass(frozen=True)
class Given:
    """What was typed.

    Attributes
    ----------
    interval : Interval
        In `unit`, or as a plain number where none was typed.
    unit : str or None
    """

    interval: Interval
    unit: str | None = None


def read(answer: Any) -> Given:
    """Read an answer as a number or a range.

    Parameters
    ----------
    answer : str or number
        Such as ``0.7``, ``"70 %"``, ``"超500万元"``, ``"70 < x < 80"``, ``"at least 5"``.

    Returns
    -------
    Given

    Raises
    ------
    ValueError
        If it is neither.

    Examples
    --------
    >>> read("(70, 80)").interval.low_closed, read("８成").interval.value
    (False, 80.0)
    """
    if isinstance(answer, Real) and not isinstance(answer, bool):
        try:
            number = float(answer)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise ValueError("no finite number")
        return Given(Interval.exact(number))
    if not isinstance(answer, str) or len(answer) > _LONGEST:
        raise ValueError("no text of a number or a range")
    try:
        # As it stands: a raised 2 is part of a unit, and would be lost below.
        figure = parse_figure(answer)
        return Given(Interval.of(figure), figure.unit)
    except ValueError:
        pass
    words = unicodedata.normalize("NFKC", answer).strip().rstrip(".。")
    words = _TIMES.sub("", re.sub(r"^[=≈]\s*", "", words))
    plain = "".join(_SIGNS.get(sign, sign) for sign in words)
    return _notation(plain) or _worded(words, plain)


def _notation(words: str) -> Given | None:
    """Brackets and signs of mathematics."""
    if found := _BRACKETS.fullmatch(words):
        left, low, high, right, unit = found.groups()
        return _joined(_end(low, unit), _end(high, unit), left == "[", right == "]")
    if found := _BETWEEN.fullmatch(words):
        closed = found["one"] == "<=", found["two"] == "<="
        low = _number(found["low"])
        high = _number(found["high"])
        return _joined(low, high, *closed)
    if found := _COMPARED.fullmatch(words):
        number = _number(found["number"])
        itself = len(found["sign"]) == 2
        value = number.interval.value
        if found["sign"][0] == ">":
            return Given(Interval(value, value, math.inf, itself, False), number.unit)
        return Given(Interval(value, -math.inf, value, False, itself), number.unit)
    return None


def _end(words: str, unit: str) -> Given | None:
    """An end of a range in brackets; none where it is endless."""
    if words.strip().lstrip("-") in _ENDLESS:
        return None
    return _number(f"{words}{unit}" if unit and words[-1].isdigit() else words)


def _joined(low: Given | None, high: Given | None, *closed: bool) -> Given:
    """A range of two ends, of which one may have the unit of both."""
    units = {each.unit for each in (low, high) if each and each.unit}
    if len(units) > 1 or not (low or high):
        raise ValueError("two units, or no end")
    first = low.interval.value if low else -math.inf
    last = high.interval.value if high else math.inf
    if first > last:
        raise ValueError("ends in the wrong order")
    value = first if low else last
    interval = Interval(value, first, last, closed[0] and low is not None, closed[1] and bool(high))
    return Given(interval, units.pop() if units else None)


def _number(words: str) -> Given:
    found = _worded(words, words)
    if not found.interval.low == found.interval.high:
        raise ValueError("no single number")
    return found


def _worded(words: str, plain: str) -> Given:
    """Numbers and qualifiers in words; a missing unit is stood in for."""
    if re.fullmatch(r"[-+]?\d+\s*/\s*\d+", plain):
        return Given(Interval.exact(float(Fraction(re.sub(r"\s", "", plain)))))
    try:
        return Given(Interval.exact(float(plain.replace(",", "").replace(" ", ""))))
    except (ValueError, OverflowError):
        pass
    for stands in ("", *_STAND_INS):
        for each in (words, plain):
            try:
                figure = parse_figure(each + stands)
            except ValueError:
                continue
            return Given(Interval.of(figure), None if stands else figure.unit)
    for split, joined in ((_AND, _met), (_TO, _from_to)):
        parts = split.split(plain)
        if len(parts) == 2 and all(parts):
            return joined(*(_worded(part, part) for part in parts))
    raise ValueError("neither a number nor a range")


def _from_to(one: Given, other: Given) -> Given:
    """Two numbers with a word between, in either order: a fall may be told from its larger end."""
    low, high = sorted((one, other), key=lambda each: each.interval.value)
    return _joined(low, high, True, True)


def _met(one: Given, other: Given) -> Given:
    """What two conditions leave: more than 70, and fewer than 80."""
    if one.unit and other.unit and one.unit != other.unit:
        raise ValueError("two units")
    low, high = (
        (one.interval, other.interval)
        if math.isinf(one.interval.high)
        else (other.interval, one.interval)
    )
    if math.isinf(low.low) or math.isinf(high.high) or low.low > high.high:
        raise ValueError("no range")
    interval = Interval(low.low, low.low, high.high, low.low_closed, high.high_closed)
    return Given(interval, one.unit or other.unit)
