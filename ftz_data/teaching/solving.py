"""The answer to an exercise, as the tables give it.

Each row of `data/exercises.csv` holds an expression; no answer is typed, so that a figure that
changes takes the answer along.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import models, words
from ..briefs import quotable
from ..derived import consistency, load_derived, reported_and_published
from ..expressions import evaluate, limited
from ..interval import Interval
from ..language import LANGS, cell, label
from ..package import BUILT_IN, Package, unknown

# What comes before the key of a model in an expression.
_MODEL = "model_"
# Tables that choices may be rows of, in the order in which a key is looked up.
_TABLES = ("observations", "pipeline", "supervision_modes")


@dataclass(frozen=True)
class Answer:
    """What is right.

    Attributes
    ----------
    allowed : tuple of Interval
        What a number or a range must be, in `unit`; any of them is right.
    unit : str
        UCUM or ISO 4217; empty for a choice.
    choice : str
        Code or key that must be chosen; empty for a number.
    """

    allowed: tuple[Interval, ...] = ()
    unit: str = ""
    choice: str = ""


def solve(row: Any, package: Package = BUILT_IN) -> Answer:
    """The answer to an exercise, computed from the tables.

    Parameters
    ----------
    row : row of exercises
        One that is checked: of kind ``number``, ``range`` or ``choice``.
    package : Package, optional
        Whose figures the answer follows from.

    Returns
    -------
    Answer

    Raises
    ------
    ValueError
        If none, or more than one, of the choices is right, or the expression cannot be evaluated.

    Examples
    --------
    >>> solve(BUILT_IN.row("exercises", "finance-1")).choice
    'more_than'
    """
    if row.kind == "choice":
        return Answer(choice=_chosen(row, package))
    figures = _figures(row, package)
    found = [evaluate(row.expression, figures, package)]
    call = ast.parse(row.expression, mode="eval").body
    if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "printed":
        # As its wording says, or cut to what arithmetic allows: both are right.
        found.append(limited(figures[ast.unparse(call.args[0])], package))
    return Answer(tuple(found), row.unit)


def _figures(row: Any, package: Package) -> Mapping[str, Any]:
    """What an expression may name: figures, what follows from them, and results of models."""
    figures = dict(reported_and_published(package))
    for name in _named(row.expression):
        if name.startswith(_MODEL):
            result = models.evaluate(name.removeprefix(_MODEL), **settings(row))
            figures[name] = Interval.exact(result)
        elif name not in figures:
            derived = load_derived(package).itertuples(index=False)
            figures |= {each.derived_id: each for each in derived}
    return figures


def _named(expression: str) -> list[str]:
    return [node.id for node in ast.walk(ast.parse(expression)) if isinstance(node, ast.Name)]


def options(row: Any) -> list[str]:
    """Codes or keys that an exercise lets one choose from; none where a number is asked for."""
    return [] if pd.isna(row.choices) else row.choices.split(";")


def option_label(row: Any, code: str, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """An option in words."""
    rule, *_ = _call(row)
    if rule == "highest":
        return cell(package.row("derived", code), "title", lang)
    if rule == "which":
        table, found = _row_of(code, package)
        if table == "observations":
            return words.title(found, lang, package)
        return cell(found, "title" if table == "pipeline" else "name", lang)
    if rule == "per":
        return words.denominator_name(code, lang, package)
    return label(rule, code, lang, package)


def _call(row: Any) -> tuple[str, list[str]]:
    """Rule of a choice and what it is applied to: ``which(stage, target)``."""
    call = ast.parse(row.expression, mode="eval").body
    assert isinstance(call, ast.Call) and isinstance(call.func, ast.Name), row.expression
    return call.func.id, [ast.unparse(each) for each in call.args]


def _row_of(key: str, package: Package) -> tuple[str, Any]:
    for table in _TABLES:
        if key in package.rows(table):
            return table, package.rows(table)[key]
    raise unknown("row", key, [name for table in _TABLES for name in package.rows(table)])


def _chosen(row: Any, package: Package) -> str:
    """The one option that the tables make right."""
    rule, given = _call(row)
    found = options(row)
    if rule == "which":
        column, value = given
        right = [key for key in found if _value(key, column, package) == value]
    elif rule == "highest":
        tops = {key: _figures(row, package)[key].value for key in given}
        right = [key for key in found if tops[key] == max(tops.values())]
    else:
        answer = _judged(rule, given[0], package)
        right = [code for code in found if code == answer]
    if len(right) != 1:
        raise ValueError(f"{row.exercise}: {len(right)} of {', '.join(found)} are right, not one")
    return right[0]


def _value(key: str, column: str, package: Package) -> Any:
    table, found = _row_of(key, package)
    if table == "observations" and column == "quotable":
        return quotable(found, package)
    return getattr(found, column)


def _judged(rule: str, name: str, package: Package) -> Any:
    if rule == "ends":
        return ends(Interval.of(package.row("observations", name)))
    if rule == "verdict":
        package.row("consistency", name)
        pairs = package.once(consistency)
        return pairs.loc[pairs["pair"] == name, "verdict"].item()
    return getattr(package.row("observations", name), rule)


def ends(allowed: Interval) -> str:
    """Which ends a wording sets: a code of the list ``ends``.

    Examples
    --------
    >>> ends(Interval(70, 70, 80, False, False)), ends(Interval.exact(6))
    ('between', 'exact')
    """
    low, high = math.isfinite(allowed.low), math.isfinite(allowed.high)
    if low and high and allowed.low == allowed.high:
        return "exact"
    if low and high:
        return "within" if allowed.low_closed and allowed.high_closed else "between"
    if low:
        return "at_least" if allowed.low_closed else "more_than"
    if high:
        return "at_most" if allowed.high_closed else "less_than"
    return "about"


def settings(row: Any) -> dict[str, float]:
    """Parameters of a model that are not as declared."""
    if pd.isna(row.settings):
        return {}
    pairs = (each.split("=") for each in row.settings.split(";"))
    return {name: float(value) for name, value in pairs}


def labels(row: Any, package: Package = BUILT_IN) -> dict[str, set[str]]:
    """Every way to name each option: its key, and its words in both languages."""
    return {
        code: {code, *(option_label(row, code, lang, package) for lang in LANGS)}
        for code in options(row)
    }
