"""The words that name units and denominators, set bounds, say rise or fall, and write numbers.

They stand in two tables, `units.csv` and `lexicon.csv`, so that a new word is a row. Both are read
without pandas, whose import would take longer than all reading.
"""

from __future__ import annotations

import csv
import importlib.resources
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

_DATA = importlib.resources.files("ftz_data") / "data"


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_DATA / name).read_text(encoding="utf-8").splitlines()))


class Word(NamedTuple):
    """A row of the lexicon: what the word does, and characters that make it part of another."""

    word: str
    kind: str
    of: str
    not_after: str
    not_before: str


_WORDS: dict[str, list[Word]] = {}
for _row in _rows("lexicon.csv"):
    _WORDS.setdefault(_row.pop("role"), []).append(Word(**_row))
UNIT_ROWS = _rows("units.csv")
# Why a numeral is not read, in both languages; read here for the same reason.
REASONS = {
    row["key"].removeprefix("unread_"): row
    for row in _rows("texts.csv")
    if row["key"].startswith("unread_")
}


def pattern(*roles: str) -> str:
    """A pattern for any word of some roles, the longest first, where it is a word of its own."""
    words = sorted((word for role in roles for word in _WORDS[role]), key=lambda w: -len(w.word))
    return "|".join(
        (f"(?<![{word.not_after}])" if word.not_after else "")
        + re.escape(word.word)
        + (f"(?![{word.not_before}])" if word.not_before else "")
        for word in words
    )


def kinds(*roles: str) -> dict[str, str]:
    """What each word of some roles stands for."""
    return {word.word: word.kind for role in roles for word in _WORDS.get(role, ())}


DIGITS = "零〇一二两三四五六七八九"
MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
CHINESE = DIGITS + "".join(MULTIPLIERS)
# 两三 is two or three, 三五 is three to five.
NEIGHBOURS = "一二|一两|两三|二三|三四|四五|五六|六七|七八|八九|三五"
LIMIT = Decimal("1e18")
HALF, HUNDRED, NO_STEP = Decimal("0.5"), Decimal(100), Decimal("NaN")
TIMES = ("a", "mo", "wk", "d", "h", "min", "s", "{quarter}")

QUALIFIERS = (
    kinds("before") | kinds("after") | {"余": "odd", "多": "odd", "几": "odd", "过": "over"}
)
CURRENCY = kinds("currency")
AVERAGE = kinds("average")
FACTORS = {(word.of, word.word): Decimal(word.kind) for word in _WORDS["factor"]}
FALLS = {word.word for role in ("fall", "fall noun", "save") for word in _WORDS[role]}
SAVES = {word.word for word in _WORDS["save"]}
NOUNS = {word.word for role in ("fall noun", "rise noun") for word in _WORDS[role]}
# A word before a number that says what is counted, where the measure word does not.
SUBJECTS = [(word.word, word.of, word.kind) for word in _WORDS["subject"]]

# Words that name a denominator, and its code.
PER = {word: row["per"] for row in UNIT_ROWS for word in row["per_words"].split("|") if word}
KIND = {row["unit"]: row["kind"] for row in UNIT_ROWS}
_NOUN = r"[^\W\d_的和及与在为以]{0,6}?"


def _alternatives(words: str) -> Iterable[str]:
    """Parts of a pattern between the bars that stand in no bracket."""
    depth, start = 0, 0
    for place, sign in enumerate(words):
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and not depth:
            yield words[start:place]
            start = place + 1
    yield words[start:]


def _first(words: str) -> str:
    """Characters that a measure word may begin with."""
    if words.startswith("(?<="):
        return _first(words[words.index(")") + 1 :])
    if words[0] == "[":
        inside = words[1 : words.index("]")]
        return inside + (_first(rest) if (rest := words[len(inside) + 2 :])[:1] == "?" else "")
    if words.startswith("(?:"):
        close = words.index(")")
        first = "".join(each[0] for each in words[3:close].split("|"))
        return first + (_first(words[close + 2 :]) if words[close + 1 : close + 2] == "?" else "")
    return words[0] + (_first(words[2:]) if words[1:2] == "?" else "")


# Measure words by their first character. The longest match wins; `…` stands for a few words.
MEASURES: dict[str, list[tuple[re.Pattern[str], str]]] = {}
for _unit in UNIT_ROWS:
    for _words in _alternatives(_unit["measure_words"]) if _unit["measure_words"] else ():
        _compiled = re.compile(_words.replace("…", _NOUN))
        for _character in set(_first(_words)):
            MEASURES.setdefault(_character, []).append((_compiled, _unit["unit"]))


def measure(text: str, pos: int) -> tuple[int, str] | None:
    """The longest measure word at a place: where it ends, and its unit."""
    best: tuple[int, str] | None = None
    for compiled, unit in MEASURES.get(text[pos : pos + 1], ()):
        found = compiled.match(text, pos, pos + 16)
        if found and (best is None or found.end() > best[0]):
            best = found.end(), unit
    return best


def product(multipliers: str) -> Decimal:
    """What multipliers amount to: 万亿 is 10 to the twelfth."""
    return Decimal(math.prod(MULTIPLIERS[sign] for sign in multipliers))


def multiplier(digits: str) -> Decimal:
    """The multipliers 万 and 亿 at the end of a Chinese numeral."""
    return product(digits[len(digits.rstrip("万亿")) :])
