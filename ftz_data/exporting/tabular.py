"""Figures as CSV, JSON and Parquet, and the tables of the whole report as a Data Package."""

from __future__ import annotations

import io
import json
from typing import Any

import pandas as pd

from ..extras import needs
from ..language import text
from .archive import packed
from .columns import COLUMNS, sources, table
from .content import Content, System
from .figures import Words

# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv(content: Content) -> bytes:
    """One row a figure; a text that a spreadsheet would take for a formula has an apostrophe."""
    figures = table(content.figures, content.langs, content.package)
    for name in figures.select_dtypes("str"):
        risky = figures[name].str.startswith(_FORMULA)
        figures[name] = figures[name].mask(risky, "'" + figures[name])
    # With its mark of UTF-8, without which Excel takes Chinese for something else.
    return figures.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def parquet(content: Content) -> bytes:
    """One row a figure, with a description of each column in the file."""
    with needs("export"):
        import pyarrow
        import pyarrow.parquet

    figures = table(content.figures, content.langs, content.package)
    about = {
        name: text(f"export_about_{column.name}", lang or content.langs[0])
        for column in COLUMNS
        for name, lang in column.heads(content.langs)
    }
    found = pyarrow.Table.from_pandas(figures, preserve_index=False)
    described = pyarrow.schema(
        [
            each.with_metadata({"description": about[each.name]})
            for each in found.schema.remove_metadata()
        ]
    )
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(found.cast(described), buffer)
    return buffer.getvalue()


def as_json(content: Content) -> bytes:
    """Systems with their story, what to say of them and their figures, and the sources."""
    langs = content.langs
    figures = table(content.figures, langs, content.package)
    listed = [_plain(row) for row in figures.to_dict("records")]
    by_key = {row["key"]: row for row in listed}
    whole = {
        "title": _in(content.title, langs),
        "systems": [_system(each, langs, by_key) for each in content.systems],
        "figures": listed,
        "sources": sources(content.sources, langs).to_dict("records"),
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    """A row without what JSON does not know: a missing number or truth is null."""
    missing = {name for name, value in row.items() if value is pd.NA or value != value}
    return {name: None if name in missing else value for name, value in row.items()}


def _in(words: Words, langs: tuple[str, ...]) -> Words:
    return {lang: words[lang] for lang in langs}


def _system(system: System, langs: tuple[str, ...], figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": system.key,
        "section": system.section,
        "name": _in(system.name, langs),
        "story": {key.removeprefix("card_"): _in(words, langs) for key, words in system.story},
        "say": {kind: [_in(each, langs) for each in said] for kind, said in system.said.items()},
        "figures": [each.key for each in system.figures if each.key in figures],
        "sources": [each.key for each in system.sources],
    }


def package(content: Content) -> bytes:
    """The CSV files and their descriptor, as `open_report` takes them once they are unpacked."""
    if not content.whole:
        raise ValueError(
            "a data package holds the whole report; take csv, json, parquet or xlsx for a part"
        )
    folder = content.package.path
    names = ["datapackage.json"]
    names += sorted(each["path"] for each in content.package.resources.values())
    return packed((name, (folder / name).read_bytes()) for name in names)
