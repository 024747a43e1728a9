"""The rows that a picture is drawn from: which columns, which bases, and their words.

Every kind takes a tidy DataFrame, one row a mark. Columns that many kinds share:

``label``, ``words``
    What the mark is, and its figure in words. ``label_en`` and ``label_zh`` (``words_en`` and
    ``words_zh``) where it is shown in two languages, ``label`` where in one. Without words the
    figure is worded from `value`, bounds and `unit`. What is worded when it is shown (`Text`,
    `Wording`) stands in ``label`` or ``words`` and is worded in one language alone.
``basis``
    ``reported``, ``published``, ``derived`` or ``assumed``; what names none is assumed.
``role``
    What the row is in the picture; each kind names its roles.
``value``, ``lower``, ``upper``, ``lower_closed``, ``upper_closed``, ``unit``, ``stage``
    As in `ftz_data.load_observations`: a bound that the wording does not set is NaN, and a figure
    with neither bound is "about" its value. In a table without the columns `lower` and `upper` all
    values are exact, and so is what is not a figure of a source: the present point, a part, a step.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pandas as pd

from ... import language, style, words
from ...package import nearest

Row = dict[str, Any]

_BASES = tuple(style.LOOKS)
# What is worked out or assumed has a value, and no wording that could leave a bound open.
_EXACT = {"now", "old", "half", "total", "part", "gap", "model", "solved", "knee", "grid", "path"}


def given(row: Row, name: str) -> bool:
    """Whether a row has a value in a column."""
    value = row.get(name)
    if isinstance(value, float):
        return value == value
    return value is not None and value is not pd.NA and value is not pd.NaT


def number(row: Row, name: str, default: float = math.nan) -> float:
    """A number of a row, or the default where there is none."""
    return float(row[name]) if given(row, name) else default


def flag(row: Row, name: str, default: bool = False) -> bool:
    """A yes or no of a row, or the default where it does not say."""
    return bool(row[name]) if given(row, name) else default


def word(row: Row, name: str, lang: str) -> str:
    """Words of a row in one language; empty where it has none."""
    for column in (f"{name}_{lang}", name):
        if given(row, column):
            return str(language.worded(row[column], lang))
    return ""


def figure(row: Row, lang: str) -> str:
    """The figure of a row in words: its own, or those of its value, bounds and unit."""
    if own := word(row, "words", lang):
        return own
    if not given(row, "value"):
        return ""
    value = number(row, "value")
    low, high = bounds(row)
    shown = SimpleNamespace(
        value=value,
        lower=low,
        upper=high,
        lower_closed=flag(row, "lower_closed", True),
        upper_closed=flag(row, "upper_closed", True),
        unit=row["unit"] if given(row, "unit") else "1",
        stage=row["stage"] if given(row, "stage") else None,
        per=row["per"] if given(row, "per") else None,
    )
    return words.in_words(shown, lang, 4)


def bounds(row: Row) -> tuple[float, float]:
    """Lower and upper end of a row; NaN where the wording sets none."""
    return number(row, "lower"), number(row, "upper")


def rows(kind: str, data: pd.DataFrame, needed: dict[str, tuple[str, ...]]) -> list[Row]:
    """Rows of a table, checked; `index` counts them.

    Parameters
    ----------
    kind : str
        Name of the kind, for messages.
    data : pandas.DataFrame
    needed : dict of str to tuple of str
        Columns that rows of a role must hold, by role; the role ``""`` is that of kinds without.

    Raises
    ------
    ValueError
        If there is no row, a role or basis is unknown, or a row lacks a column; the message names
        kind, row, column and what is allowed.
    """
    if not len(data):
        raise ValueError(f"{kind}: the table has no row; nothing to draw")
    found = []
    bounded = "lower" in data or "upper" in data
    for index, row in enumerate(data.to_dict("records")):
        row = {str(name): value for name, value in row.items()} | {"index": index}
        role = str(row["role"]) if "" not in needed and given(row, "role") else ""
        where = f"{kind}, row {index}"
        if role not in needed:
            near = nearest(role, needed)
            raise ValueError(f"{where}: role is {role!r}; allowed are {', '.join(needed)} ({near})")
        for column in needed[role]:
            if not given(row, column) and not word(row, column, language.current()):
                raise ValueError(f"{where}: a row of role {role!r} needs {column!r}")
        row["basis"] = row["basis"] if given(row, "basis") else "assumed"
        if row["basis"] not in _BASES:
            basis = row["basis"]
            raise ValueError(f"{where}: basis is {basis!r}; allowed are {', '.join(_BASES)}")
        if not bounded or row.get("role") in _EXACT and not _bounded(row):
            row["lower"] = row["upper"] = number(row, "value")
        found.append(row)
    return found


def _bounded(row: Row) -> bool:
    return given(row, "lower") or given(row, "upper")


def of_role(found: list[Row], *roles: str) -> list[Row]:
    """The rows of some roles, in their order."""
    return [row for row in found if row.get("role") in roles]
