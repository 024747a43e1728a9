"""The patterns that words and numerals form around a figure in an English text."""

from __future__ import annotations

import re
from decimal import Decimal

from .lexicon import UNIT_ROWS, kinds


def _any(*roles: str) -> str:
    """A pattern for any word of some roles, the longest first, whatever its case."""
    words = sorted({word for role in roles for word in kinds(f"english {role}")}, key=len)
    return "(?i:" + "|".join(_spaced(word) for word in reversed(words)) + ")"


def _spaced(word: str) -> str:
    return r"\s+".join(map(re.escape, word.split()))


def _units() -> dict[str, str]:
    """Words that name a unit, as printed, and its code."""
    words = kinds("english unit")
    for row in UNIT_ROWS:
        for name in (row["en"], row["en_one"]):
            if name.startswith("{} ") and row["kind"] != "rate":
                words.setdefault(name[3:], row["unit"])
    return words


def _per() -> dict[str, str]:
    """Words that name a denominator, and its code."""
    codes = {row["unit"]: row["per"] for row in UNIT_ROWS if row["per"]}
    words = {word: codes[unit] for word, unit in UNITS.items() if unit in codes}
    words |= {row["per_en"].removeprefix("per "): row["per"] for row in UNIT_ROWS if row["per"]}
    return words | kinds("english per")


UNITS = _units()
PER = _per()
SCALES = {
    word: Decimal(number)
    for role in ("scale", "short scale")
    for word, number in kinds(f"english {role}").items()
}
NUMBERS = kinds("english number")
BOUNDS = kinds("english bound") | kinds("english after")
CURRENCIES = kinds("english currency")
FALLS = set(kinds("english fall"))
SAVES = set(kinds("english save"))
ARTICLES = ("a", "an", "one")
# Behind a verb these lead to a level: what fell below 3 % did not fall by so much.
LEVELS = ("below", "above", "short of", "just short of")

# Symbols keep their case, words do not: MW is no mW.
_UNIT = "|".join(
    f"(?i:{_spaced(word)})" if len(word) > 4 else re.escape(word)
    for word in sorted(UNITS, key=len, reverse=True)
)
_SHORT = _any("short scale")
_CORE = rf"""
    (?: (?P<currency> {"|".join(map(re.escape, sorted(CURRENCIES, key=len, reverse=True)))}) \s* )?
    (?P<number> (?:\d{{1,3}}(?:,\d{{3}})++|\d++) (?:\.\d++)? | {_any("number")} (?=[\s-]) )
    (?: \s* -? \s* (?P<scale> {_any("scale")} ) \b
      | (?P<short> (?(currency) {_SHORT} | {_SHORT} (?= \s+ (?:{_UNIT}) ) ) ) \b )?
    (?: (?P<gap> \s* -? \s* ) (?: {_any("filler")} \s+ )? (?P<unit> {_UNIT} ) (?![A-Za-z]) )?
    (?! \w | [.,/:]\d )
"""
NUMERAL = re.compile(rf"(?: (?<![^\s(]) (?P<minus>[-−–]) | (?<![\w.,/:+–—-]) ) {_CORE}", re.VERBOSE)
SECOND = re.compile(rf"\s*(?P<joint>-|–|—|to\b|and\b)\s*{_CORE}", re.VERBOSE)

# What stands before a number, read backwards from it.
CLAUSE = re.compile(
    r"[;:!?(]|\.(?=\s)|\n\s*\n|,\s*(?:while|but|whereas|and|with|against|compared|although)\b"
)
BOUND = re.compile(
    rf"(?i:\b(?:just|well|slightly|far|only|even|still|currently)\s+)?\b(?P<word>{_any('bound')})\s*\Z"
)
NEGATION = re.compile(r"(?i)(?:\b(?:not|never|cannot|no|without)|n[’']t)\s+(?:\w+\s+)?\Z")
ARTICLE = re.compile(r"(?i)\b(?:a|an|the|its|their)\s*\Z")
PREPOSITION = re.compile(r"(?i)\b(?P<word>by|to|at|of|from|in|into|with|between)\s*\Z")
# Of these a count or a level follows, whatever rose or fell before.
LEADS = ("to", "into", "at", "from", "in", "with")
VERBS = re.compile(rf"\b(?P<verb>{_any('fall', 'save', 'rise')})\b")
DIRECT = re.compile(
    rf"\b(?P<verb>{_any('fall', 'save', 'rise')})"
    r"(?:\s+(?:\w+ly|further|again|only|another|year[- ]on[- ]year))?\s*\Z"
)
WENT = re.compile(r"(?i)\b(?:went|gone|goes|go|moved?|edged|is|are|was|were|pushed|brought)\s*\Z")
LABEL = re.compile(rf"\b{_any('label')}\s*\Z")
SPAN = re.compile(rf"\b{_any('span')}\s*\Z")
# Three quarters are a fraction, unless they last.
LASTING = re.compile(
    r"(?i)\b(?:for|past|last|next|over|consecutive|straight|successive|these|those)\s*\Z"
)
YEAR = re.compile(r"(?:19|20)\d\d")
_COUNT = "|".join(word for word in NUMBERS if " " not in word and word not in ARTICLES)
NUMBERED = re.compile(rf"(?i)\b(?:{_COUNT}|{'|'.join(kinds('english scale'))})(?:\s+and)?[\s-]+\Z")
SHARED = re.compile(r",?\s*(?P<word>or|and)\s*(?:by\s*)?\Z")

# What stands behind it.
AFTER = re.compile(rf",?\s*(?P<word>{_any('after')})\b(?!\s+[\d$€£¥])")
LOWER = re.compile(
    rf"\s*-?\s*(?:year[- ]on[- ]year\s+)?(?P<word>{_any('fall noun', 'comparative')})\b"
)
COMPARED = set(kinds("english comparative"))
MULTIPLE = re.compile(r"\s*(?:that|those|as|the|its|their|what|of)\b")
WHEN = re.compile(r"\s*-?\s*(?:ago|earlier|later|old|before|away)\b")
RATE = re.compile(
    r"\s*(?:(?:per|/)\s*(?P<per>[\w²³-]+)"
    r"|(?:an?|each|every)\s+(?P<each>day|week|month|quarter|year|hour)\b"
    r"(?!\s+(?:ago|earlier|before|later|on)\b))"
)
# A stretch with one of these, white space removed, may hold a figure without a digit.
WORDED = re.compile(rf"(?i)\d|(?:{_COUNT}|half|an?)(?:{'|'.join(kinds('english scale'))})|{_COUNT}")
