"""Columns, types and checks of the tables, which `data/datapackage.json` alone states.

A table is read strictly. What does not fit raises a ValueError of one line that names the file,
the row, the column and what is allowed, so that a slip in a CSV is found where it was made.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
import json
import math
import re
from typing import Any

import pandas as pd

DATA = importlib.resources.files("ftz_data") / "data"


@functools.cache
def resources() -> dict[str, dict[str, Any]]:
    """Tables of the data package by name, each a Data Package v2 resource."""
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def read_table(name: str) -> pd.DataFrame:
    """Read one table of the data package and check it against its schema.

    Parameters
    ----------
    name : str
        Name of a resource in `datapackage.json`, such as ``"observations"``.

    Returns
    -------
    pandas.DataFrame
        One row a record; dtypes follow the schema: ``str``, ``float64``, ``Int64``, ``boolean``,
        and ``category`` for a column with an enumeration.

    Raises
    ------
    ValueError
        If the file is missing, empty, not UTF-8, or a cell does not fit: one line that names the
        file, the row, the column and what is allowed.
    """
    resource = resources()[name]
    path, fields = resource["path"], resource["schema"]["fields"]
    header = [field["name"] for field in fields]
    rows = _rows(path, header)
    keys = [row[0] for row in rows]
    columns = {}
    for position, field in enumerate(fields):
        cells = [row[position] for row in rows]
        columns[field["name"]] = _column(path, field, cells, keys)
    key = resource["schema"]["primaryKey"]
    table = pd.DataFrame(columns)
    repeated = table[key].duplicated() if isinstance(key, str) else table.duplicated(key)
    if repeated.any():
        row = int(repeated.to_numpy().argmax())
        raise ValueError(f"{path}, row {row + 2}: the key {keys[row]!r} stands there a second time")
    return table


def _rows(path: str, header: list[str]) -> list[list[str]]:
    try:
        text = (DATA / path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ValueError(f"{path}: no such file in {DATA}") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from None
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    except csv.Error as error:
        raise ValueError(f"{path}: not a CSV file ({error})") from None
    if not rows or rows[0] != header:
        found = ",".join(rows[0]) if rows else "nothing"
        raise ValueError(f"{path}, row 1: the header is {found}; expected {','.join(header)}")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            raise ValueError(f"{path}, row {number}: {len(row)} cells; expected {len(header)}")
    return rows[1:]


def _column(path: str, field: dict[str, Any], cells: list[str], keys: list[str]) -> pd.Series:
    name, kind = field["name"], field["type"]
    limits = field.get("constraints", {})
    convert, dtype = _TYPES[kind]
    values = []
    seen: set[str] = set()
    for number, cell in enumerate(cells):
        problem = ""
        value = None
        if cell == "":
            problem = "is empty; a value is required" if limits.get("required") else ""
        else:
            try:
                value = convert(cell)
            except ValueError:
                problem = f"holds {cell!r}, which is not a {kind}"
            else:
                problem = _breach(value, limits)
        if not problem and limits.get("unique") and cell in seen:
            problem = f"holds {cell!r} a second time"
        if problem:
            raise ValueError(f"{path}, row {number + 2} ({keys[number]}), column {name} {problem}")
        seen.add(cell)
        values.append(value)
    if "enum" in limits:
        return pd.Series(pd.Categorical(values, categories=limits["enum"]))
    return pd.Series(values, dtype=dtype)


def _breach(value: Any, limits: dict[str, Any]) -> str:
    if "enum" in limits and value not in limits["enum"]:
        return f"holds {value!r}; allowed are {', '.join(map(str, limits['enum']))}"
    if "minimum" in limits and value < limits["minimum"]:
        return f"holds {value!r}; at least {limits['minimum']} is allowed"
    if "pattern" in limits and not re.fullmatch(limits["pattern"], value):
        return f"holds {value!r}, which does not match {limits['pattern']}"
    return ""


def _number(cell: str) -> float:
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError(cell)
    return value


def _boolean(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(cell)
    return cell == "true"


_TYPES = {
    "string": (str, "str"),
    "number": (_number, "float64"),
    "integer": (int, "Int64"),
    "boolean": (_boolean, "boolean"),
}


def broken_references(tables: dict[str, pd.DataFrame]) -> list[str]:
    """Foreign keys that lead nowhere, one line each.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Every table of the data package by name.

    Returns
    -------
    list of str
        Empty where every reference holds.
    """
    problems = []
    for name, resource in resources().items():
        for foreign in resource["schema"].get("foreignKeys", []):
            column = foreign["fields"]
            target, key = foreign["reference"]["resource"], foreign["reference"]["fields"]
            known = set(tables[target][key])
            cells = tables[name][column].dropna()
            problems += [
                f"{resource['path']}, column {column}: {cell!r} is not in {target}"
                for cell in cells
                if cell not in known
            ]
    return problems
