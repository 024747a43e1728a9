"""The tables of a draft as they are when all is decided."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from ..auditing import audit
from ..briefs import quotable
from ..drafting import folder
from ..drafting.rows import DRAFTED, UNDERSTOOD, Row, indicator
from ..drafting.unread import unread
from ..language import LANGS
from ..package import Package
from ..schema import descriptor, read_table, written
from ..wording import parse_figure
from .journal import NotTaken
from .suggesting import SHARED

# Tables as they were drafted, kept before they are written for the first time.
_KEPT = "drafted"
_DESCRIPTOR = "datapackage.json"
_TABLES = ("observations", "indicators", "names", "drafts")
_READ = (
    *("value", "lower", "upper", "lower_closed", "upper_closed"),
    *("qualifier", "resolution", "unit", "per"),
)
_MEANING = {
    "meaning_en": "Decided at the desk: not what the program read",
    "meaning_zh": "在工作台上判定：与程序所读不同",
}
# What the text does not say, and whoever quotes the figure must.
_NO_BASE = ("The text does not say what it is compared with", "原文未说明与何时相比")
_NO_PERIOD = ("The text gives no period", "原文未给出时间")
_CORRECTED = ("Read by a person otherwise than by the program", "由人另行读数，与程序所读不同")


class Draft(NamedTuple):
    """A figure as it was drafted."""

    start: int
    stop: int
    observation: Row
    indicator: Row
    open: tuple[str, ...]


def pattern(package: Package, column: str) -> str:
    """What a column of the observations or indicators must match."""
    for table in ("indicators", "observations"):
        for each in package.resources[table]["schema"]["fields"]:
            if each["name"] == column and "pattern" in each.get("constraints", {}):
                return str(each["constraints"]["pattern"])
    raise KeyError(column)


def drafted(package: Package) -> dict[str, Draft]:
    """The figures of a draft by key, in the order of the text."""
    at = _place(package)
    observations = {row["observation_id"]: row for row in _rows(at, package, "observations")}
    indicators = {row["indicator"]: row for row in _rows(at, package, "indicators")}
    found = {}
    for row in _rows(at, package, "drafts"):
        own = observations[row["observation"]]
        place = (int(row["start"]), int(row["stop"]))
        columns = tuple(row["open"].split("|"))
        found[row["observation"]] = Draft(*place, own, indicators[own["indicator"]], columns)
    return dict(sorted(found.items(), key=lambda item: item[1].start))


def read(package: Package) -> dict[str, Any]:
    """What the program has read of each figure: rows of the drafted observations by key."""
    table = read_table(_place(package), package.resources["observations"])
    return {row.observation_id: row for row in table.itertuples(index=False)}


def finished(package: Package) -> bool:
    """Whether the tables are those of decisions, and those of the draft are kept aside."""
    return (package.path / _KEPT).is_dir()


def _place(package: Package) -> Path:
    """Folder of the tables as they were drafted."""
    return package.path / _KEPT if finished(package) else package.path


def _rows(at: Path, package: Package, table: str) -> list[Row]:
    """Rows of a table as they are written, once the whole has been checked."""
    read_table(at, package.resources[table])
    with open(at / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(directory: Path, drafts: dict[str, Draft], entries: Iterable[Any], text: str) -> Package:
    """Write the decided tables, each file at once, after all of them have been checked together.

    Raises
    ------
    NotTaken
        If the disk does not take them, or they do not hold together; the folder is as it was.
    """
    try:
        _keep(directory)
        with tempfile.TemporaryDirectory(prefix=".finish-", dir=directory) as place:
            part = Path(place)
            for path in [*directory.glob("*.csv"), directory / _DESCRIPTOR]:
                shutil.copy(path, part)
            # A code that a person has added is allowed from now on.
            (part / _DESCRIPTOR).write_text(descriptor(part), encoding="utf-8")
            _fill(part, directory / _KEPT, drafts, list(entries), text)
            _check(Package(part), text)
            for name in (_DESCRIPTOR, *(f"{table}.csv" for table in _TABLES)):
                os.replace(part / name, directory / name)
    except OSError as error:
        raise NotTaken("desk_disk", reason=str(error.strerror)) from None
    except NotTaken:
        raise
    except ValueError as error:
        raise NotTaken("desk_faulty", reason=str(error)) from None
    return Package(directory)


def _keep(directory: Path) -> None:
    """Copy the drafted tables aside, whole or not at all."""
    if not (directory / _KEPT).is_dir():
        part = Path(tempfile.mkdtemp(prefix=".drafted-", dir=directory))
        try:
            for table in _TABLES:
                shutil.copy(directory / f"{table}.csv", part)
            part.rename(directory / _KEPT)
        except OSError:
            shutil.rmtree(part, ignore_errors=True)
            raise


def _fill(part: Path, kept: Path, drafts: dict[str, Draft], entries: list[Any], text: str) -> None:
    taken = [each for each in entries if each.status != "rejected"]
    observations = [_observation(drafts[each.observation], each) for each in taken]
    keys = {each.fields["indicator"] for each in taken}
    indicators = {
        each.fields["indicator"]: _indicator(each, row, keys)
        for each, row in zip(taken, observations, strict=True)
    }
    folder.write_table(part, "observations", observations)
    folder.write_table(part, "indicators", indicators.values())
    folder.write_drafts(part, [_decided(each) for each in entries])
    shutil.copy(kept / "names.csv", part)
    package = Package(part)
    # What may be quoted depends on the other rows.
    quoting = [quotable(row, package) for row in package.rows("observations").values()]
    for row, code in zip(observations, quoting, strict=True):
        row["quotable"] = code
    folder.write_table(part, "observations", observations)
    names = _rows(kept, package, "names")
    more = unread(text, Package(part), "decided", _MEANING)
    folder.write_table(part, "names", [*names, *more])


def _decided(entry: Any) -> Row:
    row = {name: str(getattr(entry, name)) for name in ("observation", "start", "stop", "status")}
    return row | {"open": ""}


def _observation(draft: Draft, entry: Any) -> Row:
    row = dict(draft.observation)
    for name in ("indicator", "section", "stage", "ref_area", "time_period"):
        row[name] = entry.fields[name]
    if entry.status == "corrected":
        figure = parse_figure(entry.fields["reading"])
        row |= {name: written(getattr(figure, name)) for name in _READ}
    for at, (lang, joint) in enumerate(zip(LANGS, ("; ", "；"), strict=True)):
        own = row[f"caveat_{lang}"].removesuffix(DRAFTED[at]).removesuffix(UNDERSTOOD[at])
        own = own.removesuffix(joint)
        notes = [own]
        if row["stage"] == "growth" and not own:
            notes.append(_NO_BASE[at])
        if not row["time_period"]:
            notes.append(_NO_PERIOD[at])
        if entry.status == "corrected":
            notes.append(_CORRECTED[at])
        row[f"caveat_{lang}"] = joint.join(filter(None, notes))
    return row


def _indicator(entry: Any, observation: Row, keys: set[str]) -> Row:
    """The row of an indicator: that of the report before where it is the same."""
    key = entry.fields["indicator"]
    before = {row["indicator"]: row for row in folder.kept("indicators")}.get(key)
    row = before or indicator(key, observation["unit"])
    named = {name: entry.fields[name] for name in SHARED}
    if before is None:
        named |= {f"description_{lang}": entry.fields[f"title_{lang}"] for lang in LANGS}
    # What a change starts from may be an indicator that this report does not have.
    return row | named | {"baseline": row["baseline"] if row.get("baseline") in keys else ""}


def _check(package: Package, text: str) -> None:
    """Refuse tables that do not hold together."""
    faults = package.broken_references()
    found = audit(text, package=package)
    bare = found.loc[found["kind"].isna(), "printed"]
    faults += [f"{printed}: nothing accounts for it" for printed in bare]
    if faults:
        raise NotTaken("desk_faulty", reason=faults[0])
