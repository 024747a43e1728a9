"""One data package: its tables, its caches and its look-ups.

Everything that is read from files, or computed from them once, is kept on a `Package`, so that
several reports can be open side by side. Functions take `package=`; the built-in report is theirs
where nothing else is said.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from . import schema
from .schema import nearest as nearest


class Package:
    """The tables of one data package, each read and checked once.

    Parameters
    ----------
    path : path-like, optional
        Directory with `datapackage.json` and the CSV files; that of the built-in report by default.

    Raises
    ------
    ValueError
        If a file is missing or a cell does not fit, at the first use of the table: one line that
        names the file, the row, the column and what is allowed.

    Examples
    --------
    >>> Package().row("instruments", "crude_release").name_zh
    '先放后检'
    """

    def __init__(self, path: Any = None) -> None:
        self.path = Path(
            str(importlib.resources.files("ftz_data") / "data" if path is None else path)
        )
        self._kept: dict[Any, Any] = {}

    def __repr__(self) -> str:
        return f"Package({str(self.path)!r})"

    @property
    def resources(self) -> dict[str, dict[str, Any]]:
        """Tables by name, each a Data Package v2 resource."""
        return self._once("resources", lambda: schema.resources(self.path))

    def table(self, name: str) -> pd.DataFrame:
        """A table by its name, as a fresh copy: what a caller changes never reaches the next call.

        Raises
        ------
        KeyError
            If there is no such table; the message names the nearest.
        """
        return self._table(name).copy()

    def rows(self, table: str) -> dict[Any, Any]:
        """Rows of a table by key, as named tuples; a key of several columns is a tuple.

        The same dict at each call, to be read and not changed.
        """
        return self._once(("rows", table), lambda: self._rows(table))

    def row(self, table: str, *key: str) -> Any:
        """One row of a table as a named tuple.

        Parameters
        ----------
        table : str
            Name of the table.
        *key : str
            Its key; as many as the table has key columns.

        Raises
        ------
        KeyError
            If there is none; the message names the nearest keys.
        """
        rows = self.rows(table)
        wanted = key[0] if len(key) == 1 else key
        if wanted not in rows:
            noun = self._key(table)[-1].removesuffix("_id")
            # In a table of several key columns the last one is what is looked for among the others.
            known = [each[-1] for each in rows if each[:-1] == key[:-1]] if len(key) > 1 else rows
            raise unknown(noun, key[-1], known, self.resources[table]["path"])
        return rows[wanted]

    def broken_references(self) -> list[str]:
        """Foreign keys that lead nowhere, one line each; all tables are read and checked for it."""
        tables = {name: self._table(name) for name in self.resources}
        return schema.broken_references(self.resources, tables)

    def once(self, function: Callable[[Package], Any]) -> Any:
        """What `function` makes of this package, computed once and kept.

        The same object at each call: a caller that hands it on copies it first.
        """
        return self._once(function, lambda: function(self))

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def _key(self, table: str) -> list[str]:
        key = self.resources[table]["schema"]["primaryKey"]
        return [key] if isinstance(key, str) else list(key)

    def _table(self, name: str) -> pd.DataFrame:
        if name not in self.resources:
            raise unknown("table", name, self.resources)
        return self._once(
            ("table", name), lambda: schema.read_table(self.path, self.resources[name])
        )

    def _rows(self, table: str) -> dict[Any, Any]:
        frame = self._table(table)
        keys = frame[self._key(table)].itertuples(index=False, name=None)
        rows = frame.itertuples(index=False, name="Row")
        return {key[0] if len(key) == 1 else key: row for key, row in zip(keys, rows, strict=True)}


BUILT_IN = Package()


def unknown(noun: str, key: str, known: Iterable[str], file: str | None = None) -> KeyError:
    """The error for a key that is not there: one message everywhere.

    `file` is the table that a row would have to be added to.
    """
    where = f"; each is a row of {file}" if file else ""
    return KeyError(f"no {noun} {key!r}; {nearest(key, known)}{where}")
