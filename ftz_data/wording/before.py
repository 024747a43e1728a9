"""What stands before a number and changes how it reads: bounds, direction, denominators, order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .figure import Reason, why
from .grammar import (
    CLAUSE,
    CURRENCIES,
    EACH,
    LASTING,
    MANY,
    MEAN,
    MEASURED,
    ORDER,
    PASSED,
    PRICE,
    RANKED,
    SHARE,
    SPAN,
    STOP,
    TAIL,
    VERB,
    VERBS,
    WHOLE,
)
from .lexicon import AVERAGE, CURRENCY, FALLS, NOUNS, PER, QUALIFIERS, SAVES, SUBJECTS

# A reader looks this far back; no clause of a report puts its verb farther from its figure.
WINDOW = 36
# 少于 falls short of a number, 不少于 does not.
FLIPPED = {"over": "at most", "at least": "under", "under": "at least", "at most": "over"}


@dataclass
class Before:
    """The words before a number, as far as they bear on it."""

    start: int  # where the figure as printed begins: with its qualifier, sign or verb of falling
    begin: int  # where the first word that was understood begins
    own: int  # where it begins without its verb
    qualifiers: list[tuple[str, str]] = field(default_factory=list)  # word and kind of bound
    currency: str | None = None
    minus: bool = False
    falls: bool = False
    rises: bool = False
    saves: bool = False
    level: bool = False
    verb: str = ""
    unclear: Reason | None = None  # a verb of falling that may be about something else
    per: str | None = None
    mean: bool = False  # 年均 and the like, not 每年
    many: bool = False  # 每百人: the denominator is a number of its own
    order: str | None = None
    ranked: bool = False
    span: str | None = None
    each: bool = False  # every three days, per 100,000 people
    lasting: bool = False
    subjects: list[tuple[str, str, str]] = field(default_factory=list)
    several: bool = False  # 分别: what is said holds for each figure of a list


def look(text: str, number: int, limit: int) -> Before:
    """Read backwards from a number to the start of its clause, or to `limit`."""
    first = max(number - WINDOW, limit, 0)
    clause = CLAUSE.search(text, first, number)
    assert clause is not None
    window, offset = clause[0], clause.start()
    found = Before(start=number, begin=number, own=number)
    rest = _sign(window, found, offset)
    rest = _tail(rest, found, offset, power=text[number : number + 1] in "百千万亿")
    _order(text, rest, found, offset)
    if not found.order:
        _direction(rest, found, offset)
    _wider(text, window, found, number, offset)
    return found


def _sign(window: str, found: Before, offset: int) -> str:
    """A minus or a currency directly before the number."""
    if currency := CURRENCIES.search(window):
        found.currency = CURRENCY[currency[0]]
        window = window[: currency.start()]
        found.start = found.begin = offset + len(window)
    if sign := re.search(r"[-−–]\Z", window):
        before = window[: sign.start()][-1:]
        if not re.match(r"[\dA-Za-z%‰元吨天点倍年—–-]", before):
            found.minus = True
            window = window[: sign.start()]
            found.start = found.begin = offset + len(window)
    elif re.search(r"(?:[为增长至降了到率]|增速)—\Z", window):
        found.unclear = why("dash")
    elif window.endswith(("±", "正负")):
        found.unclear = why("margin")
    return window


def _tail(window: str, found: Before, offset: int, power: bool) -> str:
    """Take qualifiers and words that decorate off the end of what stands before."""
    while True:
        if price := PRICE.search(window):
            window = window[: price.start()]
            found.begin = offset + price.start()
            continue
        word = TAIL.search(window)
        # 迈上 3亿 is no bound, 上亿 is; the end of a tag compares nothing.
        if word and (
            (word["before"] == "上" and not power)
            or (word["before"] == ">" and re.search(r"<[^<>]*>\Z", window))
        ):
            return window
        if word is None:
            word = PASSED.search(window)
            if word is None:
                return window
            if window.endswith("不过"):
                return window[:-2]
            if not (power or word["measured"]):
                found.unclear = why("passed")
                return window[:-1]
            found.qualifiers.insert(0, ("过", "over"))
            found.start = offset + len(window) - 1
            window = window[:-1]
            found.begin = found.start
            continue
        elif word["negated"] or word["before"]:
            found.qualifiers.insert(0, _bound(word))
            found.start = offset + word.start()
        elif word["minus"]:
            found.minus = True
            found.start = offset + word.start()
        elif word["level"] and not found.level:
            verb = VERB.search(window, 0, word.start())
            # Behind a noun, as in 降幅为3%, 为 leads to the change itself.
            noun = verb and (verb["verb"] in NOUNS or (verb["rest"] or "").endswith("幅度"))
            found.level = verb is not None and not noun
        elif word["particle"] and word["particle"].startswith("分别"):
            found.several = True
        window = window[: word.start()]
        found.begin = offset + word.start()


def _bound(word: re.Match[str]) -> tuple[str, str]:
    """A word that sets a bound, and which; a negation before it turns the bound."""
    if word["negated"]:
        return word["negated"], FLIPPED[QUALIFIERS[word["word"]]]
    return word["before"], QUALIFIERS[word["before"]]


def _order(text: str, window: str, found: Before, offset: int) -> None:
    # In the whole text: 五年 of 五年前 may be a figure, and the window begin behind it.
    if order := ORDER.search(text, offset, offset + len(window)):
        found.order = order["order"]
        found.start = found.begin = order.start()
        found.ranked = RANKED.search(window, 0, order.start() - offset) is not None
    if span := SPAN.search(window):
        found.span = span["span"]
    elif found.qualifiers and found.qualifiers[0][0] == "近":
        found.span = "近"
    found.lasting = LASTING.search(window) is not None
    found.each = window.endswith("每")


def _direction(window: str, found: Before, offset: int) -> None:
    """The verb of rising or falling that the figure measures."""
    if verb := VERB.search(window):
        _verb(verb["verb"], found, offset + verb.start())
        return
    last = None
    for verb in VERBS.finditer(window):
        last = verb
    if last is None:
        if short := re.search(r"[比较][^比较]{1,12}少\Z", window):
            _verb("减少", found, offset + short.end() - 1)
        return
    between = window[last.end() :]
    if last[0] not in FALLS:
        found.rises = True
        return
    if re.match("了?[至到]", between):
        found.level, found.verb = True, last[0]
        return
    if any(sign.isdigit() or sign == "、" for sign in between) or STOP.search(between):
        return
    if MEASURED.search(between) or len(between) <= 4:
        _verb(last[0], found, offset + last.start())
    else:
        found.unclear = why("about_other", word=last[0])
        found.verb, found.begin = last[0], offset + last.start()
        # Money that is saved is an amount, whatever it is saved on.
        found.saves = last[0] in SAVES


def _verb(verb: str, found: Before, start: int) -> None:
    found.verb = verb
    found.begin = start
    if verb not in FALLS:
        found.rises = True
    elif not found.level:
        found.falls, found.saves = True, verb in SAVES
        found.own, found.start = found.start, start


def _wider(text: str, window: str, found: Before, number: int, offset: int) -> None:
    """Words farther off: a share of something, a denominator, what is counted."""
    if not found.qualifiers:
        share = SHARE.search(text, max(number - WINDOW, 0), number)
        whole = None if share else WHOLE.search(window)
        if share:
            found.qualifiers.append((share["share"], QUALIFIERS[share["share"]]))
            found.start = min(found.start, share.start())
            found.begin = min(found.begin, share.start())
        elif whole:
            # Over half of all; "3 points above the country" is a distance and no bound.
            word, kind = _bound(whole)
            found.qualifiers.append((word, f"whole {kind}"))
            found.start = min(found.start, offset + whole.start())
    found.many = MANY.search(window) is not None
    if each := EACH.search(window):
        found.per = PER[each["per"]]
        found.begin = min(found.begin, offset + each.start())
    elif mean := MEAN.search(text, max(number - WINDOW, 0), number):
        found.per, found.mean = AVERAGE[mean["mean"]], True
        found.begin = min(found.begin, max(offset, mean.start()))
    for word, of, kind in SUBJECTS:
        if word in window:
            found.subjects.append((word, of, kind))
            found.begin = min(found.begin, offset + window.index(word))
    found.several = found.several or "分别" in window
