"""Figures in English sentences: a number with its unit, its bounds, and the verb that it measures.

What has two readings is refused, as in Chinese: a verb of falling that may be about another thing,
a range that may be a change and a level, words that bound twice.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from .before import FLIPPED
from .english_grammar import (
    AFTER,
    ARTICLE,
    ARTICLES,
    BOUND,
    BOUNDS,
    CLAUSE,
    COMPARED,
    CURRENCIES,
    DIRECT,
    FALLS,
    LABEL,
    LASTING,
    LEADS,
    LEVELS,
    LOWER,
    MULTIPLE,
    NEGATION,
    NUMBERED,
    NUMBERS,
    NUMERAL,
    PER,
    PREPOSITION,
    RATE,
    SAVES,
    SCALES,
    SECOND,
    SHARED,
    SPAN,
    UNITS,
    VERBS,
    WENT,
    WHEN,
    YEAR,
)
from .figure import Figure, Reason, Unread, why
from .lexicon import KIND, TIMES
from .numbers import Unreadable

_WINDOW = 160  # no clause puts its verb farther from its figure
_SIGNED = ("share", "money", "number", "temperature", "rate")
Found = tuple[int, int, Figure]


@dataclass
class _Amount:
    """What is known of a figure while it is read."""

    text: str
    match: re.Match[str]
    start: int
    end: int
    unit: str
    numbers: list[Decimal]
    step: Decimal
    before: str  # the clause up to the number, as far as it is not understood yet
    kind: str = "exact"
    word: str | None = None
    preposition: str = ""
    carried: bool = False  # whether the figure before it in the clause is a reduction
    falls: bool = False
    rises: bool = False
    per: str | None = None
    refused: int = 0  # where reading goes on if this is refused

    def fail(self, reason: Reason) -> NoReturn:
        raise Unreadable(reason, self.start, max(self.refused, self.match.end()))


def read(text: str) -> tuple[list[Found], list[Unread]]:
    """Figures of an English text, and the numerals in none with the reason, in text order."""
    found: list[Found] = []
    unread: list[Unread] = []
    pos = 0
    while match := NUMERAL.search(text, pos):
        pos = match.end()
        if match["number"].lower() in (*ARTICLES, "half a") and not match["scale"]:
            continue
        try:
            figure = _figure(text, match, found[-1] if found else None)
        except Unreadable as error:
            unread.append(Unread(*match.span("number"), match["number"], error.why))
            pos = max(pos, error.resume)
        else:
            found.append(figure)
            pos = max(pos, figure[1])
    unread += _left(text, found, unread)
    return found, sorted(unread, key=lambda each: each.start)


def _left(text: str, found: list[Found], unread: list[Unread]) -> list[Unread]:
    """Digits that form no numeral, as in names, codes and dates, or were passed with a refusal."""
    spans = sorted([each[:2] for each in found] + [(each.start, each.end) for each in unread])
    left, index = [], 0
    for match in re.finditer(r"\d[\d.,]*", text):
        while index < len(spans) and spans[index][1] <= match.start():
            index += 1
        if index == len(spans) or match.start() < spans[index][0]:
            printed = match[0].rstrip(".,")
            end = match.start() + len(printed)
            left.append(Unread(match.start(), end, printed, why("no_english")))
    return left


def _figure(text: str, match: re.Match[str], last: Found | None) -> Found:
    start, end = match.start(), match.end()
    first = max(start - _WINDOW, last[1] if last else 0, 0)
    window = text[first:start]
    clause = 0
    for stop in CLAUSE.finditer(window):
        clause = stop.end()
    step = Decimal(1).scaleb(-len(match["number"].partition(".")[2])) * _scale(match)
    read = _Amount(text, match, start, end, "", [_value(match)], step, window[clause:])
    if clause == 0 and last and first == last[1]:
        _share(read, last)
    _bound(read)
    _refuse_names(read)
    _direction(read)
    _range(read)
    _refuse_units(read)
    _behind(read)
    return _finish(read)


def _scaled(match: re.Match[str]) -> bool:
    return bool(match["scale"] or match["short"])


def _scale(match: re.Match[str]) -> Decimal:
    word = match["scale"] or match["short"]
    return SCALES[word.lower()] if word else Decimal(1)


def _value(match: re.Match[str]) -> Decimal:
    printed = match["number"]
    word = NUMBERS.get(" ".join(printed.lower().split()))
    return Decimal(word if word else printed.replace(",", "")) * _scale(match)


def _unit(match: re.Match[str]) -> str:
    """The unit that stands with a number, or its currency; empty where there is neither."""
    unit = match["unit"] and " ".join(match["unit"].split())
    code = (UNITS.get(unit) or UNITS.get(unit.lower(), "")) if unit else ""
    return code or CURRENCIES.get(match["currency"] or "", "")


def _share(read: _Amount, last: Found) -> None:
    """The direction that a figure shares with the one before it: fell 45 points, or 1.2 %."""
    bare = BOUND.sub("", read.before)
    shared = SHARED.match(bare)
    read.carried = last[2].value < 0
    if shared and read.carried:
        if shared["word"] == "and" and _unit(read.match) != last[2].unit:
            read.fail(why("earlier_verb"))
        read.falls = True


def _bound(read: _Amount) -> None:
    """The word that sets a bound, directly before the number."""
    found = BOUND.search(read.before)
    if not found:
        return
    word = " ".join(found["word"].lower().split())
    rest = read.before[: found.start()]
    read.kind, read.word = BOUNDS[word], found["word"]
    if not rest.strip() and read.start - len(read.before) > 0 and word in (*LEVELS, "more than"):
        near = read.text[max(read.start - len(read.before) - 1, 0)]
        if near.isalnum() or near == "%":
            read.fail(why("compares", word=word))
    if negation := NEGATION.search(rest):
        if read.kind not in FLIPPED:
            read.fail(why("negation", word=word))
        read.kind = FLIPPED[read.kind]
        read.word = rest[negation.start() :] + found["word"]
        rest = rest[: negation.start()]
    if BOUND.search(rest):
        read.fail(why("stacked_bounds", word=word))
    if word == "up to" and WENT.search(rest):
        read.fail(why("up_to"))
    unit = _unit(read.match)
    if word == "over" and unit in TIMES:
        read.fail(why("over_span"))
    if word == "within" and KIND.get(unit) not in ("time", "length"):
        read.fail(why("within"))
    read.start -= len(read.before) - len(rest)
    read.before = rest


def _refuse_names(read: _Amount) -> None:
    """Refuse numbers of articles, flights and years, and spans such as the first nine months."""
    match, before = read.match, read.before
    bare = not (match["currency"] or _scaled(match))
    if bare and LABEL.search(before) and not read.word:
        read.fail(why("behind_label"))
    if bare and YEAR.fullmatch(match["number"]) and KIND.get(_unit(match)) in ("count", "time"):
        read.fail(why("calendar_year"))
    if SPAN.search(before):
        read.fail(why("span_or_order"))
    if NUMBERED.search(before):
        read.fail(why("longer_number"))
    if match["number"].startswith("0") and re.match(r"0\d", match["number"]):
        read.fail(why("leading_zero"))


def _direction(read: _Amount) -> None:
    """The verb of rising or falling that the figure measures, and what leads from it."""
    rest = read.before
    if article := ARTICLE.search(rest):
        rest = rest[: article.start()]
    offset = read.start - len(read.before)
    while found := PREPOSITION.search(rest):
        word = found["word"].lower()
        if word == "between":
            read.start = offset + found.start()
        read.preposition = word if read.preposition in ("", "between") else read.preposition
        rest = rest[: found.start()]
        if word != "between":
            break
    direct = DIRECT.search(rest)
    verb = direct
    for found in () if direct else VERBS.finditer(rest):
        verb = found
    if not verb:
        if read.carried and not read.falls and read.preposition not in LEADS:
            read.fail(why("earlier_verb"))
        return
    word = verb["verb"].lower()
    if NEGATION.search(rest, 0, verb.start()):
        read.fail(why("negation", word=word))
    if read.preposition in LEADS:
        return
    read.rises = word not in FALLS
    if read.rises:
        return
    level = (read.word or "").lower() in LEVELS and not read.preposition
    if direct and level:
        return
    if direct and read.word and read.word.lower() == "under":
        read.fail(why("under_level"))
    if not direct and read.preposition != "by":
        read.fail(why("about_other", word=word))
    if not (word in SAVES and KIND.get(_unit(read.match)) == "money"):
        read.falls, read.start = True, offset + verb.start()


def _range(read: _Amount) -> None:
    """Two ends of a range, the second of which may lend its unit and multiplier."""
    unit = _unit(read.match)
    second = SECOND.match(read.text, read.match.end())
    joint = second["joint"] if second else ""
    if read.preposition == "between" and joint != "and":
        read.fail(why("range_missing"))
    if not second or (joint == "and" and read.preposition != "between"):
        read.unit = unit
        return
    other = _unit(second)
    if read.match["currency"] and joint not in ("to", "and") and not second["unit"]:
        other = unit
    if unit and (joint == "to" and (unit != other or read.preposition == "from")):
        read.unit = unit
        return
    read.refused = second.end()
    if not other or (unit and unit != other):
        read.fail(why("range_units"))
    if read.preposition == "from":
        read.fail(why("range_or_change"))
    if unit and joint == "to" and (read.rises or read.falls or read.preposition):
        # As in Chinese: so far off, the second can only be the level that was reached.
        if _scaled(read.match) and _value(second) >= 3 * read.numbers[0]:
            read.unit, read.refused = unit, 0
            return
        read.fail(why("by_to"))
    low, high, scale = read.numbers[0], _value(second), _scale(second)
    if scale != 1 and not _scaled(read.match):
        low, read.step = low * scale, read.step * scale
    if not low < high:
        read.fail(why("range_falls"))
    read.numbers, read.unit, read.end = [low, high], other, second.end()


def _refuse_units(read: _Amount) -> None:
    """Refuse numbers without a unit, or with one that says another thing here."""
    match, unit = read.match, read.unit
    if not unit:
        read.fail(why("no_unit"))
    if match["currency"] and CURRENCIES[match["currency"]] != unit:
        read.fail(why("two_units", one=match["currency"], other=match["unit"]))
    if match["unit"] == "m" and not match["gap"] and not match["currency"]:
        read.fail(why("metres_or_millions"))
    if match["unit"] and "-" in match["gap"] and KIND[unit] not in ("time", "money", "share"):
        read.fail(why("class"))
    after = read.text[read.end : read.end + 40]
    if unit == "{times}" and not MULTIPLE.match(after):
        read.fail(why("times"))
    if unit in TIMES and WHEN.match(after):
        read.fail(why("when"))
    if unit == "{quarter}" and read.numbers == [3] and not match["number"].isdigit():
        if not LASTING.search(read.before):
            read.fail(why("quarters"))
    if KIND[unit] == "count" and any(number % 1 for number in read.numbers):
        read.fail(why("broken", unit=match["unit"]))


def _behind(read: _Amount) -> None:
    """Words behind the unit: a denominator, bounds, less or more than something."""
    text = read.text
    if rate := RATE.match(text, read.end):
        word = rate["per"] or rate["each"]
        if word not in PER:
            read.fail(why("unknown_denominator", word=word))
        read.per, read.end = PER[word], rate.end()
    if after := AFTER.match(text, read.end):
        if read.word:
            read.fail(why("two_bounds", one=read.word, other=after["word"]))
        read.kind = BOUNDS[" ".join(after["word"].lower().split())]
        read.word, read.end = after["word"], after.end()
    if lower := LOWER.match(text, read.end):
        noun = lower["word"].lower() not in COMPARED
        if read.falls or (noun and not ARTICLE.search(read.before)):
            read.fail(why("about_other", word=lower["word"]))
        read.falls, read.end = True, lower.end()


_ENDS = {
    "exact": (True, True),
    "over": (False, None),
    "at least": (True, None),
    "under": (None, False),
    "at most": (None, True),
    "about": (None, None),
}


def _finish(read: _Amount) -> Found:
    low, high = read.numbers[0], read.numbers[-1]
    if low != high and read.kind not in ("exact", "about"):
        read.fail(why("bounded_range", word=read.word))
    if read.match["minus"]:
        if read.falls or low != high or KIND[read.unit] not in _SIGNED:
            read.fail(why("minus"))
        low, high = -low, -high
    lower, upper = zip((low, high), _ENDS[read.kind], strict=True)
    sign = -1 if read.falls else 1
    if read.falls:
        lower, upper = upper, lower

    def bound(end: tuple[Decimal, bool | None]) -> float:
        return math.nan if end[1] is None else float(sign * end[0])

    figure = Figure(
        printed=" ".join(read.text[read.start : read.end].split()),
        value=float(sign * (low + high) / 2),
        lower=bound(lower),
        upper=bound(upper),
        lower_closed=lower[1],
        upper_closed=upper[1],
        qualifier=" ".join(read.word.split()) if read.word else None,
        resolution=float(read.step),
        unit=read.unit,
        per=read.per,
    )
    return read.start, read.end, figure
