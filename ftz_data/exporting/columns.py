"""The columns of a table of figures, the same in every format that holds one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..language import cell, label
from ..package import Package
from .content import Source, page_of
from .figures import Figure


@dataclass(frozen=True)
class Column:
    """A column: its name, its type, and what of a figure stands in it.

    Attributes
    ----------
    name : str
        ``export_column_`` and ``export_about_`` with the name are its heading and its description.
    kind : {"text", "number", "boolean"}
    of : callable
        ``of(figure, package)``; one in both languages gives a dict by language.
    bilingual : bool
    """

    name: str
    kind: str
    of: Callable[[Figure, Package], Any]
    bilingual: bool = False

    def heads(self, langs: tuple[str, ...]) -> list[tuple[str, str | None]]:
        """Name of each column that it becomes, and its language."""
        return [(f"{self.name}_{lang}", lang) for lang in langs] if self.bilingual else self._one()

    def _one(self) -> list[tuple[str, str | None]]:
        return [(self.name, None)]


def _section(figure: Figure, package: Package) -> dict[str, str]:
    return {lang: label("section", figure.section, lang, package) for lang in figure.title}


def _system(figure: Figure, package: Package) -> dict[str, str]:
    if not figure.system:
        key = page_of(figure, package)
        return {lang: label("section", key, lang, package) for lang in figure.title}
    row = package.row("instruments", figure.system)
    return {lang: cell(row, "name", lang) for lang in figure.title}


def _basis(figure: Figure, package: Package) -> dict[str, str]:
    return {lang: label("basis", figure.basis, lang, package) for lang in figure.title}


def _number(name: str) -> Callable[[Figure, Package], Any]:
    return lambda figure, package: getattr(figure.row, name)


def _words(name: str) -> Callable[[Figure, Package], Any]:
    return lambda figure, package: getattr(figure, name)


COLUMNS = [
    Column("key", "text", _words("key")),
    Column("section", "text", _section, bilingual=True),
    Column("system", "text", _system, bilingual=True),
    Column("title", "text", _words("title"), bilingual=True),
    Column("words", "text", _words("words"), bilingual=True),
    Column("value", "number", _number("value")),
    Column("lower", "number", _number("lower")),
    Column("upper", "number", _number("upper")),
    Column("lower_closed", "boolean", _number("lower_closed")),
    Column("upper_closed", "boolean", _number("upper_closed")),
    Column("unit", "text", _words("unit"), bilingual=True),
    Column("basis", "text", _basis, bilingual=True),
    Column("source", "text", _words("source"), bilingual=True),
    Column("printed", "text", _words("printed")),
    Column("period", "text", _words("period"), bilingual=True),
    Column("area", "text", _words("area"), bilingual=True),
    Column("quoting", "text", _words("quoting"), bilingual=True),
    Column("caveat", "text", _words("caveat"), bilingual=True),
]

_DTYPES = {"text": "str", "number": "float64", "boolean": "boolean"}


def table(figures: list[Figure], langs: tuple[str, ...], package: Package) -> pd.DataFrame:
    """Figures as a table: one row a figure, one column for each of `COLUMNS` and its language."""
    data = {}
    for column in COLUMNS:
        cells = [column.of(figure, package) for figure in figures]
        for name, lang in column.heads(langs):
            values = [each[lang] for each in cells] if lang else cells
            data[name] = pd.Series(values, dtype=_DTYPES[column.kind])
    return pd.DataFrame(data)


def sources(listed: list[Source], langs: tuple[str, ...]) -> pd.DataFrame:
    """Sources as a table."""
    data = {"source": [each.key for each in listed]}
    for name in ("title", "seen"):
        for lang in langs:
            data[f"{name}_{lang}"] = [getattr(each, name)[lang] for each in listed]
    data["url"] = [each.url for each in listed]
    return pd.DataFrame(data, dtype="str")
