"""Expressions over figures as formulas of a spreadsheet, one each for value, lower and upper end.

Each step is computed by the interval arithmetic of the package too. Which corner of a product is
its lower end is known from there, so that a formula stays as short as one written by hand; it holds
as long as figures keep their signs.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..expressions import CONSTANTS, limited
from ..interval import Interval
from ..package import Package

# Cell of a figure's column: `place(key, "lower")` is such as ``Figures!$G$4``.
Place = Callable[[str, str], str]


@dataclass(frozen=True)
class Traced:
    """An interval, and the formulas of its value and its ends; empty where there is no end."""

    interval: Interval
    value: str
    low: str
    high: str

    @property
    def ends(self) -> list[tuple[float, str]]:
        """Both ends, each with its formula."""
        return [(self.interval.low, self.low), (self.interval.high, self.high)]


def formulas(
    expression: str, figures: Mapping[str, Any], place: Place, package: Package
) -> dict[str, str]:
    """Formulas for `value`, `lower` and `upper` of an expression; empty for a missing end.

    Parameters
    ----------
    expression : str
        As `expressions.evaluate` takes it.
    figures : mapping of str to row
        Those that it names.
    place : callable
        ``place(key, column)`` is the cell where a figure has its `value`, `lower` or `upper`.
    package : Package
        Whose indicators limit the figures.

    Returns
    -------
    dict of str to str
        Each begins with ``=``.
    """
    traced = _Tracer(figures, place, package).of(ast.parse(expression, mode="eval").body)
    found = {"value": traced.value, "lower": traced.low, "upper": traced.high}
    return {name: f"={_bare(formula)}" if formula else "" for name, formula in found.items()}


@dataclass(frozen=True)
class _Tracer:
    figures: Mapping[str, Any]
    place: Place
    package: Package

    def of(self, node: ast.AST) -> Traced:
        match node:
            case ast.Constant(value=int() | float() as number):
                return _constant(Interval.exact(number))
            case ast.Name(id=name) if name in CONSTANTS:
                return _constant(CONSTANTS[name])
            case ast.Name(id=name):
                return self._figure(name, limited(self.figures[name], self.package))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self.of(operand)
                return _with(-inner.interval, f"(-{inner.value})", inner.high, inner.low, "(-{})")
            case ast.BinOp(op=sign, left=left, right=right):
                return _COMBINED[type(sign)](self.of(left), self.of(right))
            case ast.Call(func=ast.Name(id="rounded"), args=[ast.Name(id=name)]):
                return self._rounded(name)
            case ast.Call(func=ast.Name(id="printed"), args=[ast.Name(id=name)]):
                return self._figure(name, Interval.of(self.figures[name]))
            case ast.Call(
                func=ast.Name(id="atleast"),
                args=[inner, ast.Constant(value=int() | float() as limit)],
            ):
                return _cut(self.of(inner), limit, math.nan)
            case ast.Call(
                func=ast.Name(id="atmost"),
                args=[inner, ast.Constant(value=int() | float() as limit)],
            ):
                return _cut(self.of(inner), math.nan, limit)
        raise ValueError(f"no formula for {ast.unparse(node)!r}")

    def _figure(self, name: str, interval: Interval) -> Traced:
        """Cells of a figure; an end that its indicator sets is that limit."""
        row = self.figures[name]
        low = self.place(name, "lower") if interval.low == row.lower else _number(interval.low)
        high = self.place(name, "upper") if interval.high == row.upper else _number(interval.high)
        value = self.place(name, "value") if interval.value == row.value else low or high
        return Traced(interval, value, low, high)

    def _rounded(self, name: str) -> Traced:
        row = self.figures[name]
        figure = self._figure(name, limited(row, self.package))
        half = _number(row.resolution / 2)
        low = f"({figure.low}-{half})" if figure.low else ""
        high = f"({figure.high}+{half})" if figure.high else ""
        return Traced(figure.interval.rounded(row.resolution), figure.value, low, high)


def _constant(interval: Interval) -> Traced:
    return Traced(interval, *map(_number, (interval.value, interval.low, interval.high)))


def _number(value: float) -> str:
    """A number as a formula writes it; empty for no end."""
    if not math.isfinite(value):
        return ""
    written = repr(int(value)) if float(value).is_integer() else repr(value)
    return f"({written})" if value < 0 else written


def _with(interval: Interval, value: str, low: str, high: str, form: str) -> Traced:
    return Traced(
        interval, value, form.format(low) if low else "", form.format(high) if high else ""
    )


def _sum(one: Traced, two: Traced) -> Traced:
    low, high = (
        f"({a}+{b})" if a and b else "" for a, b in ((one.low, two.low), (one.high, two.high))
    )
    return Traced(one.interval + two.interval, f"({one.value}+{two.value})", low, high)


def _difference(one: Traced, two: Traced) -> Traced:
    low, high = (
        f"({a}-{b})" if a and b else "" for a, b in ((one.low, two.high), (one.high, two.low))
    )
    return Traced(one.interval - two.interval, f"({one.value}-{two.value})", low, high)


def _product(one: Traced, two: Traced) -> Traced:
    corners = [
        (0.0 if 0 in (a, b) else a * b, _joined(x, "*", y))
        for a, x in one.ends
        for b, y in two.ends
    ]
    return _corner(one.interval * two.interval, f"({one.value}*{two.value})", corners)


def _quotient(one: Traced, two: Traced) -> Traced:
    corners = []
    for a, x in one.ends:
        for end, y in two.ends:
            # Zero itself is no divisor: an end at zero leads to no end, on the divisor's side.
            sign = 1 if two.interval.value > 0 else -1
            b = sign * math.inf if end == 0 else 1 / end
            corners.append((0.0 if 0 in (a, b) else a * b, _joined(x, "/", y)))
    return _corner(one.interval / two.interval, f"({one.value}/{two.value})", corners)


def _power(one: Traced, two: Traced) -> Traced:
    corners = [(float(a) ** float(b), _joined(x, "^", y)) for a, x in one.ends for b, y in two.ends]
    return _corner(one.interval**two.interval, f"({one.value}^{two.value})", corners)


def _joined(one: str, sign: str, two: str) -> str:
    """A formula of two; an end that there is none of leaves zero, or no end."""
    return f"({one}{sign}{two})" if one and two else "0"


def _corner(interval: Interval, value: str, corners: list[tuple[float, str]]) -> Traced:
    """The formulas of the corners that are the ends."""

    def formula(end: float) -> str:
        if not math.isfinite(end):
            return ""
        return next(words for number, words in corners if number == end)

    return Traced(interval, value, formula(interval.low), formula(interval.high))


def _cut(inner: Traced, low: float, high: float) -> Traced:
    """What `Interval.within` makes of an interval."""
    interval = inner.interval.within(low, high)
    lower, upper, value = inner.low, inner.high, inner.value
    if not math.isnan(low):
        lower = f"MAX({lower},{_number(low)})" if lower else _number(low)
        value = f"MAX({value},{_number(low)})"
    if not math.isnan(high):
        upper = f"MIN({upper},{_number(high)})" if upper else _number(high)
        value = f"MIN({value},{_number(high)})"
    return Traced(interval, value, lower, upper)


_COMBINED = {
    ast.Add: _sum,
    ast.Sub: _difference,
    ast.Mult: _product,
    ast.Div: _quotient,
    ast.Pow: _power,
}


def _bare(formula: str) -> str:
    """A formula without the parentheses around the whole of it."""
    if not formula.startswith("("):
        return formula
    depth = 0
    for position, sign in enumerate(formula):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return formula[1:-1] if position == len(formula) - 1 else formula
    return formula
