"""The data package of a draft, written whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .. import schema
from ..package import BUILT_IN
from .rows import OPEN, Row, Rows

# Tables of the built-in report that hold for any.
_SHARED = ("units", "lexicon", "glossary")
# Texts of ours that name our report's subject, in words that hold for any.
_TEXTS = {
    "question_growth": ("How fast does what grow?", "哪些方面增长多快？"),
    "answer_growth": ("Every growth rate that the report prints.", "报道给出的全部增速。"),
    "answer_change": (
        "Every change in percent that the report prints.",
        "报道给出的全部百分比变化。",
    ),
}
_CODES = [
    ("section", OPEN, "Not decided", "待定"),
    ("ref_area", OPEN, "Not decided", "待定"),
    ("name_kind", OPEN, "Not decided", "待定"),
    ("name_kind", "decided", "Decided by a person", "由人判定"),
    ("draft_status", OPEN, "Open", "待定"),
    ("draft_status", "accepted", "Accepted", "已采纳"),
    ("draft_status", "corrected", "Corrected", "已更正"),
    ("draft_status", "rejected", "Rejected", "已剔除"),
]
# Lists whose codes name the built-in report.
_OWN = ("cited", "locator")
_LOCATOR = r"p\d+s\d+"


@contextmanager
def made(directory: Path) -> Iterator[Path]:
    """A folder beside `directory` that becomes it when the block ends, and else is gone.

    Raises
    ------
    ValueError
        If `directory` exists or cannot be written: one line says why.
    """
    if os.path.lexists(directory):
        raise ValueError(f"{directory}: is there already; name a folder that is not")
    if not directory.parent.is_dir():
        raise ValueError(f"{directory.parent}: no such folder; make it first")
    try:
        part = Path(tempfile.mkdtemp(prefix=".draft-", dir=directory.parent))
        try:
            yield part
            # Made for its owner alone; a folder like any other is for whom the user lets in.
            mask = os.umask(0)
            os.umask(mask)
            part.chmod(0o777 & ~mask)
            # Over a folder that another has made in the meantime it fails, unless that is empty.
            part.rename(directory)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as error:
        raise ValueError(f"{directory}: not written: {error.strerror}") from None


def write(folder: Path, text: str, title: str, year: str | None, file: str, rows: Rows) -> None:
    """Write all tables, the text and the descriptor; names are still empty."""
    (folder / "report.txt").write_bytes(text.encode("utf-8"))
    for name in BUILT_IN.resources:
        if name in _SHARED:
            path = BUILT_IN.resources[name]["path"]
            (folder / path).write_bytes((BUILT_IN.path / path).read_bytes())
        else:
            write_table(folder, name, [])
    write_table(folder, "observations", rows.observations)
    write_table(folder, "indicators", rows.indicators)
    write_table(folder, "texts", map(_neutral, kept("texts")))
    write_table(folder, "codes", _codes(title, year, rows))
    write_table(folder, "sources", _sources(title, year, file))
    write_drafts(folder, rows.drafts)
    path = folder / "datapackage.json"
    path.write_text(json.dumps(_descriptor(title), ensure_ascii=False), encoding="utf-8")
    path.write_text(schema.descriptor(folder), encoding="utf-8")


def write_drafts(folder: Path, rows: Iterable[Row]) -> None:
    """Write the table that says where each figure stands and what is decided of it."""
    _write(folder / "drafts.csv", [field["name"] for field in _DRAFTS], rows)


def write_table(folder: Path, name: str, rows: Iterable[Row]) -> None:
    """Write a table with the columns that the built-in report's has."""
    resource = BUILT_IN.resources[name]
    _write(folder / resource["path"], [each["name"] for each in resource["schema"]["fields"]], rows)


def _write(path: Path, header: list[str], rows: Iterable[Row]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def kept(name: str) -> list[Row]:
    """Rows of a built-in table as they are written."""
    table = BUILT_IN.table(name)
    return [{key: schema.written(cell) for key, cell in row.items()} for row in _records(table)]


def _records(table: Any) -> list[dict[str, Any]]:
    return table.to_dict("records")


def _neutral(row: Row) -> Row:
    return row | dict(zip(("en", "zh"), _TEXTS.get(row["key"], ()), strict=False))


def _codes(title: str, year: str | None, rows: Rows) -> list[Row]:
    header = ("codelist", "code", "label_en", "label_zh")
    cited = (
        f"{title}, {year}" if year else title,
        f"《{title}》（{year}年）" if year else f"《{title}》",
    )
    own = [*_CODES, ("cited", "report", *cited), ("cited", "brief", title, title)]
    others = [row for row in kept("codes") if row["codelist"] not in _OWN]
    added = [dict(zip(header, row, strict=True)) for row in own]
    return [*others, *added, *rows.locators.values()]


def _sources(title: str, year: str | None, file: str) -> list[Row]:
    """The report, and what the glossary rests on."""
    named = set(BUILT_IN.table("glossary")["source"])
    report = {
        "source": "report",
        "kind": "report",
        "title_en": title,
        "title_zh": title,
        "publisher_en": "Open: who published it",
        "publisher_zh": "待定：出版者",
        "date": year or "",
        "seen": "read",
        "note_en": f"Drafted from the file {file}",
        "note_zh": f"由文件{file}起草",
    }
    return [report, *(row for row in kept("sources") if row["source"] in named)]


def _descriptor(title: str) -> dict[str, Any]:
    """Ours with the places of a drafted text, and with the table of drafts."""
    given = json.loads((BUILT_IN.path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in given["resources"]:
        for each in resource["schema"]["fields"]:
            if each["name"] == "locator":
                each["description"] = "Paragraph and sentence of report.txt, counted from 1"
                each["constraints"]["pattern"] = _LOCATOR
    given["resources"].append(_resource())
    own = {
        "name": "ftz-draft",
        "id": "ftz-draft",
        "title": f"Draft of the figures of: {title}",
        "description": "Figures that were found in report.txt; what is open has to be decided",
        "sources": [{"title": title, "path": "report.txt"}],
    }
    # What holds for our tables alone.
    return {key: value for key, value in given.items() if key != "licenses"} | own


_DRAFTS: list[dict[str, Any]] = [
    {
        "name": "observation",
        "title": "Observation",
        "description": "Key of the observation that was drafted",
        "type": "string",
        "constraints": {"required": True, "unique": True},
    },
    {
        "name": "start",
        "title": "Start",
        "description": "Where the figure starts in report.txt, in characters from 0",
        "type": "integer",
        "constraints": {"required": True, "minimum": 0},
    },
    {
        "name": "stop",
        "title": "Stop",
        "description": "Where the figure ends in report.txt, its last character not counted in",
        "type": "integer",
        "constraints": {"required": True, "minimum": 1},
    },
    {
        "name": "status",
        "title": "Status",
        "description": "What a person has decided of it",
        "type": "string",
        "codelist": "draft_status",
        "constraints": {"required": True},
    },
    {
        "name": "open",
        "title": "Open",
        "description": "Columns of the observation that a person must fill or confirm, by |",
        "type": "string",
    },
]


def _resource() -> dict[str, Any]:
    return {
        "name": "drafts",
        "type": "table",
        "path": "drafts.csv",
        "title": "What is decided of each drafted figure",
        "description": "One row for each figure that was found in report.txt",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": _DRAFTS, "primaryKey": "observation", "missingValues": [""]},
    }
