"""Expressions over figures, as the tables hold them, evaluated by interval arithmetic."""

from __future__ import annotations

import ast
import functools
import math
import operator
from collections.abc import Mapping
from typing import Any

from .interval import Interval
from .package import BUILT_IN, Package, nearest

# Names that an expression may use beside figures.
CONSTANTS = {
    # A calendar month has 28 to 31 days.
    "month": Interval(30, 28, 31, True, True),
    "positive": Interval(1, 0, math.inf, False, False),
    # A share of a whole that is not nothing, in percent; an index that has not risen.
    "part_of_whole": Interval(100, 0, 100, False, True),
    # People who weigh one container now, for each who did before: no more of them, perhaps fewer.
    "no_more_people": Interval(1, 0, 1, False, True),
    # Assumed: about the range in which the rate moved in the years that the figures come from.
    "yuan_per_dollar": Interval(7, 6.3, 7.4, True, True),
    # Assumed: yearly interest that firms paid in those years, in percent.
    "loan_rate": Interval(3.5, 3, 4, True, True),
}


def limited(figure: Any, package: Package = BUILT_IN) -> Interval:
    """The interval of a figure, cut to the limits that arithmetic sets for its indicator.

    A share of "80% or more" cannot pass 100%: the wording sets no upper bound, the indicator does.
    A figure without any bound ("about a third") is left without, since the limits of a share would
    say nothing about it.
    """
    interval = Interval.of(figure)
    indicator = getattr(figure, "indicator", None)
    if indicator is None or (math.isnan(figure.lower) and math.isnan(figure.upper)):
        return interval
    limits = package.row("indicators", indicator)
    return interval.within(limits.minimum, limits.maximum)


def names(expression: str) -> list[str]:
    """Names that an expression uses, each once, in order."""
    found = [node for node in ast.walk(_parse(expression)) if isinstance(node, ast.Name)]
    found.sort(key=lambda node: node.col_offset)
    return list(dict.fromkeys(node.id for node in found if node.id not in _OWN))


def evaluate(expression: str, figures: Mapping[str, Any], package: Package = BUILT_IN) -> Interval:
    """Evaluate an expression over figures by interval arithmetic.

    Parameters
    ----------
    expression : str
        Numbers, names of figures and of `CONSTANTS`, ``+ - * / **``, ``rounded(name)`` (the
        interval that a rounded figure stands for), ``printed(name)`` (without the limits of its
        indicator), ``atleast(x, number)`` and ``atmost(x, number)``.
    figures : mapping of str to row or Interval
        By name: rows with the fields of an observation, or intervals.
    package : Package, optional
        Whose indicators limit the figures.

    Returns
    -------
    Interval

    Raises
    ------
    ValueError
        If the expression holds anything else; the message names it.
    """

    def of(node: ast.AST) -> Interval:
        match node:
            case ast.Constant(value=int() | float() as number):
                return Interval.exact(number)
            case ast.Name(id=name) if name in CONSTANTS:
                return CONSTANTS[name]
            case ast.Name(id=name) if name in figures:
                figure = figures[name]
                return figure if isinstance(figure, Interval) else limited(figure, package)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -of(operand)
            case ast.BinOp(op=sign, left=left, right=right) if type(sign) in _OPERATIONS:
                return _OPERATIONS[type(sign)](of(left), of(right))
            case ast.Call(func=ast.Name(id="rounded"), args=[ast.Name(id=name)]):
                return of(node.args[0]).rounded(figures[name].resolution)
            case ast.Call(func=ast.Name(id="printed"), args=[ast.Name(id=name)]):
                return Interval.of(figures[name])
            case ast.Call(
                func=ast.Name(id="atleast"),
                args=[inner, ast.Constant(value=float() | int() as floor)],
            ):
                return of(inner).within(floor, math.nan)
            case ast.Call(
                func=ast.Name(id="atmost"),
                args=[inner, ast.Constant(value=float() | int() as roof)],
            ):
                return of(inner).within(math.nan, roof)
            case ast.Name(id=name):
                raise ValueError(f"no figure {name!r}; {nearest(name, list(figures))}")
        raise ValueError(f"cannot evaluate {ast.unparse(node)!r} in {expression!r}")

    return of(_parse(expression))


_OWN = ("rounded", "printed", "atleast", "atmost", *CONSTANTS)
_OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


@functools.cache
def _parse(expression: str) -> ast.expr:
    return ast.parse(expression, mode="eval").body
