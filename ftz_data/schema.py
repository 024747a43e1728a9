"""Columns, types and checks of the tables, which `data/datapackage.json` alone states.

A table is read strictly. What does not fit raises a ValueError of one line that names the file,
the row, the column and what is allowed, so that a slip in a CSV is found where it was made.
"""

from __future__ import annotations

import csv
import difflib
import json
import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd


def resources(folder: Path) -> dict[str, dict[str, Any]]:
    """Tables of the data package in a folder by name, each a Data Package v2 resource.

    Raises
    ------
    ValueError
        If there is no descriptor, or it cannot be read: one line that names it.
    """
    return {resource["name"]: resource for resource in _descriptor(folder)["resources"]}


def _descriptor(folder: Path) -> dict[str, Any]:
    path = folder / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        # Looked at here, so that what is no descriptor is named as such.
        [resource["name"] for resource in package["resources"]]
        return package
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}; a data package has one") from None
    except (ValueError, TypeError, KeyError):
        raise ValueError(f"{path}: not the descriptor of a data package") from None


def descriptor(folder: Path) -> str:
    """Text of `datapackage.json` with its enumerations written anew.

    A field with the property ``codelist`` allows what `codes.csv` lists under that name; ``unit``
    and ``per`` are the units and denominators of `units.csv`.

    Parameters
    ----------
    folder : pathlib.Path
        Where the files of the package are.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If a field names a code list that has no row.
    """
    declared = resources(folder)
    codes: dict[str, list[str]] = {}
    for row in _records(folder, declared["codes"]):
        codes.setdefault(row["codelist"], []).append(row["code"])
    units = _records(folder, declared["units"])
    for column in ("unit", "per"):
        codes[column] = [row[column] for row in units if row[column]]
    for name, resource in declared.items():
        for field in resource["schema"]["fields"]:
            codelist = field.get("codelist")
            if codelist and codelist not in codes:
                raise ValueError(f"{name}, column {field['name']}: no codes of {codelist!r}")
            if codelist:
                field.setdefault("constraints", {})["enum"] = codes[codelist]
    package = _descriptor(folder) | {"resources": list(declared.values())}
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def read_table(folder: Path, resource: dict[str, Any]) -> pd.DataFrame:
    """Read one table of a data package and check it against its schema.

    Parameters
    ----------
    folder : pathlib.Path
        Where the files of the package are.
    resource : dict
        The table's entry in `datapackage.json`, as `resources` returns it.

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
    path, fields = resource["path"], resource["schema"]["fields"]
    rows = _rows(folder, path, _header(resource))
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


def _records(folder: Path, resource: dict[str, Any]) -> list[dict[str, str]]:
    header = _header(resource)
    return [dict(zip(header, row, strict=True)) for row in _rows(folder, resource["path"], header)]


def _header(resource: dict[str, Any]) -> list[str]:
    return [field["name"] for field in resource["schema"]["fields"]]


def _rows(folder: Path, path: str, header: list[str]) -> list[list[str]]:
    try:
        text = (folder / path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ValueError(f"{path}: no such file in {folder}") from None
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
    article = "an" if kind == "integer" else "a"
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
                problem = f"holds {cell!r}, which is not {article} {kind}"
            else:
                problem = _breach(value, field)
        if not problem and limits.get("unique") and cell in seen:
            problem = f"holds {cell!r} a second time"
        if problem:
            raise ValueError(f"{path}, row {number + 2} ({keys[number]}), column {name} {problem}")
        seen.add(cell)
        values.append(value)
    if "enum" in limits:
        return pd.Series(pd.Categorical(values, categories=limits["enum"]))
    return pd.Series(values, dtype=dtype)


def _breach(value: Any, field: dict[str, Any]) -> str:
    limits = field.get("constraints", {})
    if "enum" in limits and value not in limits["enum"]:
        few = len(limits["enum"]) <= _FEW
        known = (
            f"allowed are {', '.join(limits['enum'])}" if few else nearest(value, limits["enum"])
        )
        allowed = f"holds {value!r}; {known}"
        if "codelist" not in field:
            return allowed
        table = _UNITS.get(field["codelist"], f"codes.csv with the codelist {field['codelist']}")
        return f"{allowed}; each is a row of {table}: add one, then run scripts/write_schema.py"
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


def nearest(key: str, known: Iterable[str]) -> str:
    """Words for an error message: the known keys nearest to `key`."""
    known = [str(each) for each in known]
    near = difflib.get_close_matches(str(key), known, n=3, cutoff=0.5)
    if near:
        return f"nearest: {', '.join(near)}"
    return f"known: {', '.join(known[:5]) or 'none'}{' …' if len(known) > 5 else ''}"


def written(value: Any) -> str:
    """A value as the CSV files write it; a missing one is an empty cell.

    Examples
    --------
    >>> written(24481000000.0), written(2.5), written(True), written(None), written("超")
    ('24481000000', '2.5', 'true', '', '超')
    """
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# A line names this many codes at most, and else the nearest.
_FEW = 20

# Code lists that stand in a table of their own.
_UNITS = {"unit": "units.csv", "per": "units.csv"}

_TYPES: dict[str, tuple[Callable[[str], Any], str]] = {
    "string": (str, "str"),
    "number": (_number, "float64"),
    "integer": (int, "Int64"),
    "boolean": (_boolean, "boolean"),
}


def broken_references(
    declared: dict[str, dict[str, Any]], tables: dict[str, pd.DataFrame]
) -> list[str]:
    """Foreign keys that lead nowhere, one line each.

    Parameters
    ----------
    declared : dict of str to dict
        Resources by name, as `resources` returns them.
    tables : dict of str to pandas.DataFrame
        Every table of the data package by name.

    Returns
    -------
    list of str
        Empty where every reference holds.
    """
    problems = []
    for name, resource in declared.items():
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
