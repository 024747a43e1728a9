"""The figures of a draft as entries to be decided on."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import periods
from ..auditing import NUMERAL
from ..drafting.rows import OPEN, UNNAMED
from ..language import Wording, codes, label, text
from ..package import BUILT_IN, Package
from ..schema import nearest
from ..wording import parse_figure, squeeze
from . import finishing, suggesting
from .journal import Decision, Doubted, Journal, NotTaken
from .suggesting import SHARED

# What a person sets of a figure: columns of its indicator, columns of the observation, and the
# wording that it is to be read as.
COLUMNS = (
    *("indicator", "title_en", "title_zh", "section"),
    *("stage", "ref_area", "time_period", "reading"),
)
# Left empty, a figure has no period; without any other there is no row.
REQUIRED = tuple(name for name in COLUMNS if name != "time_period")
_CODED = ("section", "stage", "ref_area")
# Columns in which a figure that stands in a text twice is the same.
_SAME = ("indicator", "stage", "ref_area", "time_period", "reading")
# Characters on either side in which a number may stand that a reading takes up.
_NEAR = 80
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Entry:
    """A figure of the text and what is decided of it.

    Attributes
    ----------
    observation : str
        Key in the draft.
    start, stop : int
        Its span in the text.
    status : {"open", "accepted", "corrected", "rejected"}
        ``corrected``: accepted with another reading than the program's.
    fields : dict of str to str
        What `COLUMNS` hold by now; empty where nothing is known.
    """

    observation: str
    start: int
    stop: int
    status: str
    fields: dict[str, str]

    @property
    def open(self) -> tuple[str, ...]:
        """Columns that must be filled before the figure can be accepted."""
        return tuple(name for name in REQUIRED if not self.fields[name])


class Desk:
    """The figures of a draft, decided one at a time.

    Parameters
    ----------
    directory : path-like
        Folder that `draft` has made.

    Raises
    ------
    ValueError
        If it is no draft, may not be written, or its journal is damaged: one line.

    Examples
    --------
    >>> import tempfile
    >>> from ..drafting import draft
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "news.txt")
    ...     _ = file.write_text("2025年，港口完成货物吞吐量7.1亿吨。", encoding="utf-8")
    ...     desk = Desk(draft(file, Path(place, "news")))
    ...     desk.entries[0].open, desk.decided
    (('title_en', 'section', 'ref_area'), (0, 1))
    """

    def __init__(self, directory: Any) -> None:
        self.directory = Path(directory)
        if not (self.directory / "drafts.csv").is_file():
            raise ValueError(
                f"{self.directory}: is no draft; make one with python -m ftz_data draft FILE -o DIR"
            )
        if not os.access(self.directory, os.W_OK):
            raise ValueError(
                f"{self.directory}: may not be written by you; copy it to a folder that may"
            )
        self.package = Package(self.directory)
        self.text = (self.directory / "report.txt").read_bytes().decode("utf-8")
        # What `finish` has done is kept with the folder: decisions are on what was drafted.
        self._drafts = finishing.drafted(self.package)
        self._read = finishing.read(self.package)
        self._journal = Journal(self.directory, self._drafts)

    def refresh(self) -> None:
        """Take in what another desk on the same folder has decided since."""
        self._journal.read()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All figures, in the order of the text."""
        decided = {each.observation: each for each in self._journal.standing}
        return tuple(self._entry(key, decided.get(key)) for key in self._drafts)

    @property
    def finished(self) -> bool:
        """Whether the tables were written once, so that they hold what was decided then."""
        return finishing.finished(self.package)

    @property
    def decided(self) -> tuple[int, int]:
        """How many figures are decided, and how many there are."""
        return len({each.observation for each in self._journal.standing}), len(self._drafts)

    def entry(self, observation: str) -> Entry:
        """One figure by its key."""
        return next(each for each in self.entries if each.observation == observation)

    def _entry(self, key: str, decision: Decision | None) -> Entry:
        draft = self._drafts[key]
        if decision is None:
            return Entry(key, draft.start, draft.stop, OPEN, _drafted(draft))
        if decision.do == "reject":
            return Entry(key, draft.start, draft.stop, "rejected", _drafted(draft))
        fields = dict.fromkeys(COLUMNS, "") | decision.fields
        status = "accepted" if fields["reading"] == draft.observation["printed"] else "corrected"
        return Entry(key, draft.start, draft.stop, status, fields)

    def figure(self, observation: str) -> Any:
        """What the program has read: a row of the drafted observations."""
        return self._read[observation]

    def understood(self, observation: str) -> bool:
        """Whether the drafted period is not said by the figure's own sentence."""
        draft = self._drafts[observation]
        return bool(draft.observation["time_period"]) and "time_period" in draft.open

    def choices(self, column: str) -> list[tuple[str, str, str]]:
        """Codes that a column may hold, each with its label in English and Chinese."""
        if column not in _CODED:
            return []
        return [
            (code, label(column, code, "en", self.package), label(column, code, "zh", self.package))
            for code in codes(column, self.package)
            if code != OPEN
        ]

    def suggestions(self, observation: str) -> list[dict[str, str]]:
        """Up to three indicators of the built-in report that are most like a figure.

        Each is what it would set: `indicator`, both titles and the section. The area is not: of
        another port the same is measured.
        """
        draft = self._drafts[observation]
        return suggesting.alike(draft.observation["unit"], _words(draft.indicator["title_zh"]))

    def accept(self, observation: str, fields: dict[str, str], sure: bool = False) -> None:
        """Take a figure with what a person has set.

        Parameters
        ----------
        observation : str
        fields : dict of str to str
            Columns that differ from those of the entry.
        sure : bool, default False
            Whether what is doubted is meant.

        Raises
        ------
        NotTaken
            If a column is empty or holds what is not on offer, or the disk is full.
        Doubted
            If the number of the reading does not stand near the figure, or the same figure is
            accepted already, and `sure` is not set.
        Changed
            If another desk has decided on the figure meanwhile.
        """
        given = self.entry(observation).fields | {
            name: value.strip() for name, value in fields.items() if name in COLUMNS
        }
        given["time_period"] = _period(given["time_period"])
        self._check(observation, given)
        if not sure:
            self._doubt(observation, given)
        self._journal.add(observation, "accept", given)

    def reject(self, observation: str) -> None:
        """Leave a figure out, as none of the report's; its numeral stays accounted for."""
        self.entry(observation)
        self._journal.add(observation, "reject")

    def undo(self) -> str | None:
        """Take back the last decision; its observation, or None where there is none."""
        if not self._journal.standing:
            return None
        last = self._journal.standing[-1].observation
        self._journal.add(last, "undo")
        return last

    def finish(self) -> Package:
        """Write the tables as decided, and return the package, which is complete and valid.

        Raises
        ------
        NotTaken
            If a figure is open, the disk is full, or the tables do not hold together; they are as
            they were.
        """
        self.refresh()
        done, total = self.decided
        if done < total:
            raise NotTaken("desk_open", count=total - done)
        self.package = finishing.write(self.directory, self._drafts, self.entries, self.text)
        return self.package

    def _check(self, observation: str, given: dict[str, str]) -> None:
        """Refuse what would make no row."""
        empty = [name for name in REQUIRED if not given[name]]
        if empty:
            raise NotTaken("desk_empty", empty[0], columns=Wording(_listed, empty))
        if _HAN.search(given["title_en"]):
            raise NotTaken("desk_title_en", "title_en")
        for name in _CODED:
            known = [code for code, *_ in self.choices(name)]
            if given[name] not in known:
                near = nearest(given[name], known)
                raise NotTaken("desk_code", name, value=given[name], near=near)
        if not re.fullmatch(finishing.pattern(self.package, "indicator"), given["indicator"]):
            raise NotTaken("desk_pattern", "indicator", value=given["indicator"])
        period = given["time_period"]
        allowed = re.fullmatch(finishing.pattern(self.package, "time_period"), period)
        if period and not (allowed and periods.exists(period)):
            raise NotTaken("desk_period", "time_period", value=period)
        self._check_indicator(observation, given)

    def _doubt(self, observation: str, given: dict[str, str]) -> None:
        """Ask about a number that the text does not hold, and about what stands there twice."""
        if not self._holds(observation, given["reading"]):
            raise Doubted("desk_doubted", "reading", value=given["reading"])
        for number, each in enumerate(self.entries, start=1):
            taken = each.status not in (OPEN, "rejected") and each.observation != observation
            if taken and all(each.fields[name] == given[name] for name in _SAME):
                raise Doubted("desk_repeated", "indicator", number=number)

    def _holds(self, observation: str, reading: str) -> bool:
        """Whether the numerals of a reading stand near the figure, as they are printed."""
        draft = self._drafts[observation]
        around = self.text[max(draft.start - _NEAR, 0) : draft.stop + _NEAR]
        return _numerals(around).issuperset(_numerals(reading))

    def _check_indicator(self, observation: str, given: dict[str, str]) -> None:
        """One indicator has one unit, title and section; the unit is that of the report before."""
        key, unit = given["indicator"], self._unit(observation, given["reading"])
        before = BUILT_IN.rows("indicators").get(key)
        if before is not None and before.unit != unit:
            raise NotTaken("desk_unit", "indicator", indicator=key)
        for each in self.entries:
            if each.observation == observation or each.status in (OPEN, "rejected"):
                continue
            if each.fields["indicator"] == key:
                if self._unit(each.observation, each.fields["reading"]) != unit:
                    raise NotTaken("desk_unit", "indicator", indicator=key)
                if any(each.fields[name] != given[name] for name in SHARED):
                    title = each.fields["title_zh"]
                    raise NotTaken("desk_title", "indicator", indicator=key, title=title)

    def _unit(self, observation: str, reading: str) -> str:
        """Unit of a figure in the wording that it is to be read as."""
        row = self._drafts[observation].observation
        if reading == row["printed"]:
            return row["unit"]
        try:
            return parse_figure(reading).unit
        except ValueError:
            raise NotTaken("desk_reading", "reading", value=reading) from None


def _listed(columns: list[str], lang: str) -> str:
    labels = [text(f"desk_column_{name}", lang) for name in columns]
    return text("list_separator", lang).join(labels)


def _period(typed: str) -> str:
    """The code of a period that is typed in Chinese, such as 2025年前三季度."""
    found = periods.named(typed)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(typed))
    return found[0].code or typed if whole else typed


def _numerals(text: str) -> set[str]:
    return {each.replace(",", "") for each in NUMERAL.findall(squeeze(text)[0])}


def _words(title: str) -> str:
    """A drafted title without the word that says that it is open."""
    return title.removeprefix(UNNAMED[1])


def _drafted(draft: finishing.Draft) -> dict[str, str]:
    """What the program has filled in; a title in the language of the text alone."""
    words = _words(draft.indicator["title_zh"])
    row = draft.observation
    return {
        "indicator": row["indicator"],
        "title_en": "" if _HAN.search(words) else words,
        "title_zh": words,
        "section": "",
        "stage": row["stage"],
        "ref_area": "",
        "time_period": row["time_period"],
        "reading": row["printed"],
    }
