"""What the figures imply: arithmetic on reported figures, with their bounds carried through.

Each row of `data/derived.csv` holds an expression over observations; nothing that follows is typed.
"""

from __future__ import annotations

import ast
import functools
import math
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from . import language
from .interval import Interval
from .load import _fresh, load_context, load_indicators, load_observations

# Names that an expression may use beside figures.
CONSTANTS = {
    # A calendar month has 28 to 31 days.
    "month": Interval(30, 28, 31, True, True),
    "nonnegative": Interval(0, 0, math.inf, True, False),
    "one_or_more": Interval(1, 1, math.inf, True, False),
    "share_of_whole": Interval(0, 0, 100, True, True),
    # Assumed: about the range in which the rate moved in the years that the figures come from.
    "yuan_per_dollar": Interval(7, 6.3, 7.4, True, True),
}


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
    indicator = getattr(figure, "indicator", None)
    if indicator is None or (math.isnan(figure.lower) and math.isnan(figure.upper)):
        return interval
    limits = load_indicators().set_index("indicator").loc[indicator]
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


def load_derived() -> pd.DataFrame:
    """Quantities that follow from the report's figures by arithmetic.

    Returns
    -------
    pandas.DataFrame
        Key: `derived_id`. The columns are `derived_id`, `section`, `instrument`, `unit`, `per`,
        `value`, `lower`, `upper`, `lower_closed`, `upper_closed` (as in `load_observations`,
        computed), `expression` (over observations), `observations` (those that it uses, separated
        by ``;``), `formula` (in symbols), and in both languages `title`, `words` (the formula in
        words), `reading` (what it assumes of the figures) and `shows` (what it shows).

    Examples
    --------
    >>> derived = load_derived().set_index("derived_id")
    >>> print(*derived.loc["crude_time_saved", ["lower", "upper", "unit"]])
    1.5 2.5 d
    """
    # A deep copy: what a caller changes must never reach the next call.
    return _computed().copy()


@functools.cache
def _computed() -> pd.DataFrame:
    table = _fresh("derived")
    figures = {row.observation_id: row for row in load_observations().itertuples()}
    results = [
        Derived.of(evaluate(row.expression, figures), row.unit) for row in table.itertuples()
    ]
    computed = pd.DataFrame(results)[["value", "lower", "upper", "lower_closed", "upper_closed"]]
    computed = computed.astype({"lower_closed": "boolean", "upper_closed": "boolean"})
    computed["observations"] = [
        ";".join(name for name in names(expression) if name in figures)
        for expression in table["expression"]
    ]
    return pd.concat([table, computed], axis=1)


def consistency() -> pd.DataFrame:
    """Pairs of statements that could contradict each other, with a computed verdict.

    Returns
    -------
    pandas.DataFrame
        Key: `pair`. The columns are `pair`, `section`, `left` and `right` (expressions over
        observations, derived quantities and published figures; `right` is empty where there is
        nothing to test against), the `unit` of both, their intervals in words
        (`left_en`, `left_zh`, `right_en`, `right_zh`), where each comes from (`left_basis`,
        `right_basis`: reported or published as it stands, else derived), `verdict` (agrees: all of
        the left lies within the right; allowed: they overlap; contradicts: they do not; cannot be
        tested), and in both languages `statement` and `meaning`.

    Examples
    --------
    >>> consistency().set_index("pair").loc["port_rank_containers", "verdict"]
    'contradicts'
    """
    table = _fresh("consistency")
    tables = {
        "reported": load_observations(),
        "derived": load_derived(),
        "published": load_context(),
    }
    figures = {row[0]: row for rows in tables.values() for row in rows.itertuples(index=False)}
    # Cut to the limits of its indicator, a figure is no longer what was printed.
    bases = {
        name: basis
        for basis, rows in tables.items()
        for name in rows.iloc[:, 0]
        if limited(figures[name]) == Interval.of(figures[name])
    }
    left = [evaluate(expression, figures) for expression in table["left"]]
    right = [
        None if pd.isna(expression) else evaluate(expression, figures)
        for expression in table["right"]
    ]
    pairs = list(zip(left, right, strict=True))
    for side, intervals in (("left", left), ("right", right)):
        for lang in language.LANGS:
            table[f"{side}_{lang}"] = [
                "" if each is None else language.in_words(Derived.of(each, unit), lang, digits=4)
                for each, unit in zip(intervals, table["unit"], strict=True)
            ]
        table[f"{side}_basis"] = table[side].map(bases).fillna("derived")
    table["verdict"] = [verdict(one, other) for one, other in pairs]
    return table


def verdict(one: Interval, other: Interval | None) -> str:
    """Whether what the one allows always holds for the other, may hold, or cannot."""
    if other is None:
        return "cannot be tested"
    if not one.meets(other):
        return "contradicts"
    return "agrees" if one.inside(other) else "allowed"


def names(expression: str) -> list[str]:
    """Names that an expression uses, each once, in order."""
    found = [node for node in ast.walk(_parse(expression)) if isinstance(node, ast.Name)]
    found.sort(key=lambda node: node.col_offset)
    return list(dict.fromkeys(node.id for node in found if node.id not in _FUNCTIONS))


def evaluate(expression: str, figures: Mapping[str, Any]) -> Interval:
    """Evaluate an expression over figures by interval arithmetic.

    Parameters
    ----------
    expression : str
        Numbers, names of figures and of `CONSTANTS`, ``+ - * / **``, ``rounded(name)`` (the
        interval that a rounded figure stands for) and ``atleast(x, number)``.
    figures : mapping of str to row
        Rows by name, with the fields of an observation.

    Returns
    -------
    Interval

    Raises
    ------
    ValueError
        If the expression holds anything else; the message names it.
    """

    def of(node: ast.AST) -> Any:
        match node:
            case ast.Constant(value=int() | float() as number):
                return number
            case ast.Name(id=name) if name in CONSTANTS:
                return CONSTANTS[name]
            case ast.Name(id=name) if name in figures:
                return limited(figures[name])
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -of(operand)
            case ast.BinOp(op=sign, left=left, right=right) if type(sign) in _OPERATIONS:
                return _OPERATIONS[type(sign)](of(left), of(right))
            case ast.Call(func=ast.Name(id="rounded"), args=[ast.Name(id=name)]):
                return of(node.args[0]).rounded(figures[name].resolution)
            case ast.Call(func=ast.Name(id="atleast"), args=[inner, ast.Constant(value=floor)]):
                return of(inner).within(floor, math.nan)
            case ast.Name(id=name):
                raise ValueError(f"no figure {name!r}; {language.nearest(name, list(figures))}")
        raise ValueError(f"cannot evaluate {ast.unparse(node)!r} in {expression!r}")

    result = of(_parse(expression))
    return result if isinstance(result, Interval) else Interval.exact(result)


_FUNCTIONS = ("rounded", "atleast", *CONSTANTS)
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
