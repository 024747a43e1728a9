"""Questions about one figure: what its wording allows, its ends, its size, its unit, its stage."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd

from ..derived import Derived
from ..language import Text, Wording, label
from ..package import Package
from ..words import denominator_name, in_words, title, unit_name
from .draft import Draft, Option, figure, said, where


def _shown(row: Any, package: Package) -> dict[str, Any]:
    """Fields that name a figure: its title and what is printed."""
    return {"title": Wording(title, row, package=package), "printed": row.printed}


def _once(package: Package) -> Iterator[Any]:
    """Figures of a report, each quantity once: it may stand in several paragraphs."""
    seen = set()
    for row in package.rows("observations").values():
        if (row.indicator, row.stage) not in seen:
            seen.add((row.indicator, row.stage))
            yield row


def _is_bounded(row: Any) -> bool:
    """Whether the wording of a figure allows more than its value."""
    return bool(row.unit != "{rank}" and not (row.lower == row.upper == row.value))


def _none(end: Any) -> bool:
    return bool(end != end)


def allows(package: Package) -> list[Draft]:
    """What a wording allows: more than, at least, about, nearly, exactly."""
    return [_allows(row, package) for row in _once(package) if _is_bounded(row)]


def _allows(row: Any, package: Package) -> Draft:
    low, high = row.lower, row.upper
    base = low if not _none(low) else high if not _none(high) else row.value
    nan = math.nan
    ends = [
        (base, base, True, True),
        (base, nan, True, None),
        (base, nan, False, None),
        (nan, base, None, True),
        (nan, base, None, False),
        (nan, nan, None, None),
    ]
    if not _none(low) and not _none(high):
        ends += [(low, high, False, False), (low, high, True, True)]
    per = None if pd.isna(row.per) else row.per

    def option(one: float, other: float, one_closed: Any, other_closed: Any) -> Option:
        closed = (one_closed, other_closed)
        return figure(Derived(base, one, other, *closed, row.unit, row.stage, per), package, 5)

    closed = [None if _none(end) else bool(is_in) for end, is_in in zip(
        (low, high), (row.lower_closed, row.upper_closed), strict=True)]  # fmt: skip
    right = option(low, high, *closed)
    wrong = [option(*each) for each in ends]
    why = said(
        "why_allows",
        printed=row.printed,
        words=Wording(in_words, row, package=package),
        ends=_ends_words(_ends(row)),
    )
    asks = said("asks_allows", **_shown(row, package))
    return Draft("allows", row.observation_id, asks, right, wrong, why, where([row], package))


def ends(package: Package) -> list[Draft]:
    """Which ends a wording sets, and whether they are themselves allowed."""
    kinds = [(low, high) for low in _ENDS for high in _ENDS]
    drafts = []
    for row in _once(package):
        if not _is_bounded(row):
            continue
        right = _ends(row)
        options = [Option(_ends_words(each), each) for each in kinds if each != right]
        falls = row.stage == "change" and row.value < 0
        asks = said("asks_ends_fall" if falls else "asks_ends", **_shown(row, package))
        words = Wording(in_words, row, package=package)
        why = said("why_ends", printed=row.printed, words=words)
        own = Option(_ends_words(right), right)
        key = row.observation_id
        drafts.append(Draft("ends", key, asks, own, options, why, where([row], package)))
    return drafts


_ENDS = ("none", "open", "closed")


def _ends(row: Any) -> tuple[str, str]:
    """Lower and upper end of a figure; of a fall, those of how large it is."""
    found = [
        "none" if _none(end) else "closed" if closed else "open"
        for end, closed in ((row.lower, row.lower_closed), (row.upper, row.upper_closed))
    ]
    low, high = reversed(found) if row.stage == "change" and row.value < 0 else found
    return low, high


def _ends_words(ends: tuple[str, str]) -> Text:
    return said("ends", low=said(f"low_{ends[0]}"), high=said(f"high_{ends[1]}"))


# Numerals that count in ten thousands and hundred millions, and by what they are mistaken: a zero
# too few or too many, 万 for a million, 亿 for a billion, the one for the other.
_LARGE = re.compile(r"[万亿]")
_MISTAKEN = tuple(map(Decimal, ("10", "0.1", "100", "0.01", "10000", "0.0001")))


def factor(package: Package) -> list[Draft]:
    """Which number a numeral in 万 or 亿 is, written out."""
    drafts = []
    for row in _once(package):
        if not _LARGE.search(row.printed):
            continue
        value = Decimal(f"{row.value:.15g}")
        unit = Wording(unit_name, row.unit, package=package)

        def option(number: Decimal, unit: Wording = unit) -> Option:
            return Option(said("written_out", number=f"{number.normalize():,f}", unit=unit), number)

        wrong = [option(value * each) for each in _MISTAKEN]
        why = said("why_factor", printed=row.printed, words=Wording(in_words, row, package=package))
        asks = said("asks_factor", **_shown(row, package))
        key, place = row.observation_id, where([row], package)
        drafts.append(Draft("factor", key, asks, option(value), wrong, why, place))
    return drafts


def unit(package: Package) -> list[Draft]:
    """In what money is counted, and whether for each or per year."""
    rows = [row for row in _once(package) if re.fullmatch("[A-Z]{3}", row.unit)]
    units = dict.fromkeys(row.unit for row in rows)
    pers = dict.fromkeys(None if pd.isna(row.per) else row.per for row in rows)
    drafts = []
    for row in rows:
        right = (row.unit, None if pd.isna(row.per) else row.per)
        options = {(one, per): _counted(one, per, package) for one in units for per in pers}
        wrong = [words for meaning, words in options.items() if meaning != right]
        why = said("why_unit", words=Wording(in_words, row, package=package))
        asks = said("asks_unit", **_shown(row, package))
        key, place = row.observation_id, where([row], package)
        drafts.append(Draft("unit", key, asks, options[right], wrong, why, place))
    return drafts


def _counted(one: str, per: str | None, package: Package) -> Option:
    own = Wording(unit_name, one, package=package)
    if per is None:
        return Option(said("unit_alone", unit=own), (one, per))
    each = Wording(denominator_name, per, package=package)
    return Option(Text("unit_per", unit=own, per=each), (one, per))


# A share and a rank say in their title what they are.
_STAGES = ("level", "change", "target", "share", "rank")


def stage(package: Package) -> list[Draft]:
    """Whether a figure is an amount, a change or a plan."""
    drafts = []
    for row in _once(package):
        if row.stage not in _STAGES[:3]:
            continue
        options = {
            code: Option(Wording(label, "stage", code, package=package), code) for code in _STAGES
        }
        right = options.pop(row.stage)
        asks, why = said("asks_stage", **_shown(row, package)), said(f"why_{row.stage}")
        key, place = row.observation_id, where([row], package)
        drafts.append(Draft("stage", key, asks, right, list(options.values()), why, place))
    return drafts
