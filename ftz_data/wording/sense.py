"""What a number and the words around it make together: unit, sign, bounds and denominator."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from .amounts import amount, ordinal, suffix
from .before import Before, look
from .figure import Figure, Match, why
from .grammar import DENIED, DENOMINATOR, LEADS_ON, SLASH
from .layout import UNSURE
from .lexicon import CHINESE, KIND, PER, TIMES, measure
from .numbers import Quantity, Scan, Unreadable, numeral_end, read_part

_SIGNED = ("share", "money", "number", "temperature", "rate")
_AMOUNTS = ("mass", "energy", "volume", "area", "money", "work")
_HOURS = ("h", "min", "s")


def read_at(
    text: str,
    number: int,
    limit: int,
    alone: bool = False,
    last: tuple[Match, Before] | None = None,
) -> tuple[Match, Before]:
    """The figure whose number stands at a place, and what stood before it.

    Parameters
    ----------
    text : str
        Squeezed.
    number : int
        Where the number starts.
    limit : int
        Where the figure before it ends.
    alone : bool
        Whether the text is one figure, and no running text.
    last : (Match, Before), optional
        The figure before it, whose direction and unit it may share.

    Raises
    ------
    Unreadable
    """
    if text[number] in "￥¥$€£":
        number += 1
        if not text[number : number + 1].isdigit():
            raise Unreadable(why("no_number"), number, number)
    before = look(text, number, 0 if alone else limit)
    _refuse_before(text, number, before, alone)
    scan = Scan(text, number, qualified=bool(before.qualifiers))
    qualifiers = list(before.qualifiers)
    if before.order:
        read = ordinal(scan, before, alone)
    elif part := read_part(scan, alone, bool(qualifiers)):
        read, word = part
        if word:
            qualifiers.append((word, "over"))
    else:
        read = amount(scan, before, alone, text.endswith(("从", "由", "自"), 0, number))
        if read.odd:
            qualifiers.append((read.odd, "odd"))
    suffix(scan, read, qualifiers)
    return _finish(scan, read, before, qualifiers, number, last, alone)


def _refuse_before(text: str, number: int, before: Before, alone: bool) -> None:
    """What stands before some numbers makes them no figures."""
    previous = text[number - 1 : number]
    numeral = numeral_end(text, number)
    if previous and previous.isascii() and (previous.isalpha() or previous in "_."):
        letters = re.search(r"[A-Za-z]+\Z", text[max(number - 12, 0) : number])
        if not (letters and len(letters[0]) >= 3 and letters[0].isupper()):
            raise Unreadable(why("behind_letters"), number, numeral)
    if re.search(r"[\d%‰][-−–—~]+\Z", text[max(number - 4, 0) : number]):
        raise Unreadable(why("range_unread"), number, numeral)
    if previous and previous in "×*":
        raise Unreadable(why("product"), number, numeral)
    if UNSURE in (previous, text[numeral : numeral + 1]):
        raise Unreadable(why("two_numbers"), number, numeral)
    if previous and previous in "几数若" and text[number] in CHINESE:
        raise Unreadable(why("no_count_before", word=previous), number, numeral)
    if re.search(r"[成上数]百\Z|[成上]千\Z", text[max(number - 2, 0) : number]):
        raise Unreadable(why("counts_nothing"), number, numeral)
    if text[number] == "一" and DENIED.search(text, max(number - 6, 0), number):
        raise Unreadable(why("counts_nothing"), number, numeral)
    if previous == "届":
        raise Unreadable(why("order"), number, numeral)
    if before.each:
        raise Unreadable(why("denominator"), number, numeral)
    if text[number] == "半" and previous and previous in "大小":
        raise Unreadable(why("near_half"), number, numeral)
    halved = text[number] == "半" and text[max(number - 2, 0) : number]
    if halved and re.search(r"[上下后]\Z|(?<!提)前\Z", halved):
        raise Unreadable(why("half_year"), number, numeral)
    joined = text[numeral : numeral + 1] in ("/", ":") and text[numeral + 1 : numeral + 2].isdigit()
    # A bound says that 1/3 is a share and no date.
    share = before.qualifiers and re.compile(SLASH).match(text, number)
    if not (alone or share) and (previous == "/" or joined):
        raise Unreadable(why("date_or_code"), number, numeral)


def _finish(
    scan: Scan,
    read: Quantity,
    before: Before,
    qualifiers: list[tuple[str, str]],
    number: int,
    last: tuple[Match, Before] | None,
    alone: bool,
) -> tuple[Match, Before]:
    if not qualifiers and last and _joined(scan, before, last) and last[1].several:
        # 分别超过30%和40%: the bound holds for each.
        qualifiers = before.qualifiers = last[1].qualifiers
        before.several = True
    qualifiers = _whole_qualifiers(read, qualifiers, before, number)
    if len(qualifiers) > 1:
        first, second = qualifiers[0][0], qualifiers[1][0]
        scan.fail(why("two_bounds", one=first, other=second))
    qualifier, kind = qualifiers[0] if qualifiers else (None, "exact")
    if len(read.numbers) > 1 and kind not in ("exact", "about"):
        scan.fail(why("bounded_range", word=qualifier))
    _refuse_span(scan, read, before, alone)
    _refuse_article(scan, read, before, alone)
    unit = _unit(scan, read, before, last)
    falls = _falls(scan, read, before, unit, last)
    per = _per(scan, before, unit, last)
    start = before.start if falls or not before.falls else before.own
    figure = _figure(scan.text[start : scan.pos], read, kind, qualifier, falls, per, unit)
    before.begin = min(before.begin, start)
    return Match(start, number, scan.pos, figure), before


def _whole_qualifiers(
    read: Quantity, qualifiers: list[tuple[str, str]], before: Before, number: int
) -> list[tuple[str, str]]:
    """Drop a bound on a whole where the figure is no share of it: 高于全国3个百分点."""
    kept = []
    for word, kind in qualifiers:
        if kind.startswith("whole "):
            if read.unit != "%":
                before.start = number
                continue
            kind = kind.removeprefix("whole ")
        kept.append((word, kind))
    return kept


def _refuse_span(scan: Scan, read: Quantity, before: Before, alone: bool) -> None:
    """Refuse 近三年, 过去10天 and 近3小时内, which say when and not how long."""
    if not before.span or read.unit not in TIMES:
        return
    # 历时近4年 lasted nearly four years; a figure alone may be meant so too.
    lasts = before.span == "近" and (alone or before.lasting or read.unit in _HOURS)
    if not lasts or scan.at("以?来|[间内里]"):
        scan.fail(why("span"))


def _refuse_article(scan: Scan, read: Quantity, before: Before, alone: bool) -> None:
    """Refuse 一 that is an article (一批企业), unless a count follows it in a list."""
    counted = KIND[read.unit] == "count" and len(read.word) == 1
    if alone or read.digits != "一" or not counted or before.qualifiers:
        return
    if not scan.at(r"[^，。；]{0,8}[、，][二两三四五六七八九十]"):
        scan.fail(why("article"))


def _unit(scan: Scan, read: Quantity, before: Before, last: tuple[Match, Before] | None) -> str:
    """The unit, where another word than the measure word says what is counted."""
    unit = read.unit
    for word, of, kind in before.subjects:
        if unit == of and _counts(read.word, word, kind):
            unit = kind
            if scan.text.endswith(word, 0, before.start):
                before.start -= len(word)
    if unit == "deg" and read.scale >= 10000:
        unit = "kW.h"  # nobody turns 10,000 degrees, and 度 of electricity are sold so
    if read.word == "个" and before.level and last and "个" in last[0].figure.printed:
        # From 10个工作日 to 5个.
        unit = last[0].figure.unit
    if before.currency and unit == "CNY":
        return before.currency
    if before.currency and KIND[unit] == "money" and before.currency != unit:
        scan.fail(why("two_units", one=before.currency, other=unit))
    return unit


def _counts(measure_word: str, noun: str, unit: str) -> bool:
    """Whether a measure word may count the noun: 条 counts 航线, 位 a place in a ranking."""
    if unit in ("{rank}", "{passenger}"):
        return measure_word in ("位", "人次")
    joined = noun if measure_word == "个" else measure_word + noun
    found = measure(joined, 0)
    return found is not None and found == (len(joined), unit)


def _per(scan: Scan, before: Before, unit: str, last: tuple[Match, Before] | None) -> str | None:
    """The denominator: behind the figure, before it, or that of the figure that it goes on from."""
    if scan.at(r"/|每(?=[一-鿿])"):
        start = scan.pos
        found = scan.take(rf"/{DENOMINATOR}") or scan.take(rf"每{DENOMINATOR}(?![\w])")
        if found:
            return PER[found["per"]]
        if scan.at(r"/[\w%]"):
            scan.fail(why("unknown_denominator", word=scan.text[start : start + 4]), start)
    if before.many and KIND[unit] != "share":
        scan.fail(why("denominator_number"))
    if before.per is None and last and last[0].figure.unit == unit:
        # 日均由980辆增至目前的1600辆, 人均3万元、5万元.
        listed = _joined(scan, before, last)
        if listed or LEADS_ON.fullmatch(scan.text, last[0].end, before.start):
            return last[0].figure.per
    # A mean rate of growth holds for each year; it is no amount per year.
    return None if before.mean and unit in ("%", "[pp]") else before.per


def _joined(scan: Scan, before: Before, last: tuple[Match, Before]) -> bool:
    """Whether a figure goes on a list, without a verb of its own."""
    if before.falls or before.rises or before.verb or before.level:
        return False
    return scan.text[last[0].end : before.start] in ("、", "和", "与", "及", "以及")


def _falls(
    scan: Scan,
    read: Quantity,
    before: Before,
    unit: str,
    last: tuple[Match, Before] | None,
) -> bool:
    """Whether the figure is a reduction, and so negative."""
    # Money saved is an amount; time or a share saved is a reduction.
    saved = before.saves and KIND[unit] in _AMOUNTS
    if before.unclear and not saved:
        scan.fail(before.unclear, before.begin, before.begin + 1)
    down = before.falls and not saved
    if before.minus:
        if down or KIND[unit] not in _SIGNED:
            scan.fail(why("minus"), before.start)
        # The ends of a range have signs of their own by now.
        return len(read.numbers) == 1
    if last and _joined(scan, before, last):
        match, earlier = last
        if match.figure.value < 0 and match.figure.unit == unit and not earlier.minus:
            before.falls, before.verb = True, earlier.verb
            return True
    return down


def _figure(
    printed: str,
    read: Quantity,
    kind: str,
    qualifier: str | None,
    falls: bool,
    per: str | None,
    unit: str,
) -> Figure:
    low, high = read.numbers[0], read.numbers[-1]
    least, most = {
        "exact": ((low, True), (high, True)),
        "over": ((low, False), None),
        "at least": ((low, True), None),
        "under": (None, (high, False)),
        "at most": (None, (high, True)),
        "odd": ((low, False), (low + read.place, False)),
        "about": (None, None),
    }[kind]
    sign = -1 if falls else 1
    if falls:
        least, most = most, least

    def bound(end: tuple[Decimal, bool] | None) -> tuple[float, bool | None]:
        return (math.nan, None) if end is None else (float(sign * end[0]), end[1])

    (lower, lower_closed), (upper, upper_closed) = bound(least), bound(most)
    return Figure(
        printed=printed,
        value=float(sign * (low + high) / 2),
        lower=lower,
        upper=upper,
        lower_closed=lower_closed,
        upper_closed=upper_closed,
        qualifier=qualifier,
        resolution=float(read.step),
        unit=unit,
        per=per,
    )
