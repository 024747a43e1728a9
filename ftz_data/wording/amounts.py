"""An amount at a place of a text: a number, a range, one of a list, or a place in a ranking."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from .before import Before
from .figure import Reason, why
from .grammar import DASH, SUFFIX
from .lexicon import CHINESE, KIND, QUALIFIERS, measure, multiplier, product
from .numbers import Quantity, Scan, read_amount, read_number

# Words that bound some kinds of quantity, and mean something else behind others.
_ONLY = {"内": ("time", "length"), "起": ("money", "share"), "强": ("share",), "弱": ("share",)}


def ordinal(scan: Scan, before: Before, alone: bool) -> Quantity:
    """A place in a ranking or a phase: 第4名, 第二期, 全球第一."""
    read = read_number(scan)
    if before.order == "第":
        if scan.take("[名位]"):
            read.unit = "{rank}"
            return read
        if scan.take("期(?![间货权])"):
            read.unit = "{phase}"
            return read
        # 全球第四大港 is a place in a ranking too.
        if (
            before.ranked
            and scan.at("大[^，。；]")
            or ((before.ranked or alone) and scan.at(r"的|$|\W"))
        ):
            read.unit = "{rank}"
            return read
    # 第三至五名: neither end counts.
    last = scan.at(rf"(?:{DASH}|[、和])第?(?:\d+|[{CHINESE}]+)")
    scan.fail(why("order"), resume=last.end() if last else scan.pos)


def amount(scan: Scan, before: Before, alone: bool, origin: bool) -> Quantity:
    """An amount, or a range of two, or one of a list that shares its unit."""
    number = scan.pos
    first, end = read_amount(scan, alone), scan.pos
    if dash := scan.take(rf"(?:{DASH})(?:[-−](?=\d))?(?=[\d半{CHINESE}])"):
        joined = not dash[0].startswith(("至", "到"))
        if not joined and first.unit and _leads(scan, first, before, origin, number):
            scan.pos = end
        else:
            minus_last = dash[0][-1] in "-−" and len(dash[0]) > 1 and dash[0][0] not in "-−"
            return _range(scan, first, read_amount(scan, alone), end, before, minus_last)
    elif first.unit and scan.take(rf"[与和](?=-?[\d{CHINESE}])"):
        rest = read_amount(scan, alone)
        if rest.unit == first.unit and scan.at("之间"):
            return _range(scan, first, rest, end, before, False)
        scan.pos = end
    first.unit = first.unit or before.currency or ""
    return first if first.unit else _lent(scan, first, end, before)


def _leads(scan: Scan, first: Quantity, before: Before, origin: bool, number: int) -> bool:
    """Whether 至 or 到 leads to a second figure, as in 上涨5元至72元, and does not join a range."""
    if origin or before.verb == "" and not before.rises:
        return origin
    ahead = read_amount(Scan(scan.text, scan.pos))
    if ahead.unit != first.unit:
        return True
    if before.level:
        return False
    if ahead.numbers[0] >= 3 * first.numbers[-1]:
        return True
    scan.fail(
        why("by_to"),
        number,
        scan.pos + len(ahead.digits),
    )


def _range(
    scan: Scan, first: Quantity, last: Quantity, end: int, before: Before, minus_last: bool
) -> Quantity:
    if minus_last:
        last.numbers = [-value for value in last.numbers]
    if before.minus:
        first.numbers = [-value for value in first.numbers]
    if not last.unit and before.currency:
        last.unit = before.currency
    read = _join(scan, first, last, end)
    scan.take("之间|不等")
    return read


def _lent(scan: Scan, first: Quantity, end: int, before: Before) -> Quantity:
    """The unit that the last number of a list lends to each: 分别出口6.4亿、2.9亿元."""
    ahead = Scan(scan.text, end)
    if first.scale > 1 or before.several:
        for _ in range(12):
            if not ahead.take(rf"(?:[、和与及]|以及)(?=[\d{CHINESE}])"):
                break
            other = read_amount(ahead)
            if other.unit:
                first.unit, first.word, first.factor = other.unit, other.word, other.factor
                first.numbers = [value * other.factor for value in first.numbers]
                if first.scale == 1 and other.scale > 1 and not before.several:
                    break
                if first.scale == 1:
                    first.numbers = [value * other.scale for value in first.numbers]
                    first.step, first.place = first.step * other.scale, first.place * other.scale
                return first
    scan.fail(_no_unit(scan))


def _join(scan: Scan, low: Quantity, high: Quantity, end: int) -> Quantity:
    """Two ends of a range, one of which may lend its multiplier or unit to the other."""
    if not high.unit:
        scan.fail(_no_unit(scan))
    if low.unit not in ("", high.unit):
        scan.fail(why("range_between", low=low.unit, high=high.unit), end)
    if low.odd or high.odd or len(low.numbers) + len(high.numbers) > 2:
        scan.fail(why("range_end"), end)
    (first,), (last,) = low.numbers, high.numbers
    if not low.unit:
        lent = high.scale if low.scale == 1 else Decimal(1)
        if high.digits and high.digits[0] in CHINESE and low.scale == 1:
            lent = _shared(low.digits, high.digits) * high.scale / multiplier(high.digits)
        # In 2—3万元 both are 万, in 8000—1万元 one is.
        if lent > 1 and (first * lent < last or first * 100 < last):
            first, low.step = first * lent, low.step * lent
        elif high.factor != 1:
            first, low.step = first * high.factor, low.step * high.factor
    if not first < last:
        scan.fail(why("range_falls"), end)
    return replace(high, numbers=[first, last], step=max(low.step, high.step), odd=None)


def _shared(low: str, high: str) -> Decimal:
    """The multipliers at the end of a Chinese numeral that a bare one before it may share."""
    if low[-1] in "十百千万亿" or high[0] in "十百千万亿":
        return multiplier(high)
    tail = high[len(high.rstrip("百千万亿")) :]
    return product(tail)


def _no_unit(scan: Scan) -> Reason:
    rest = scan.text[scan.pos : scan.pos + 4]
    return why("unknown_measure", word=rest) if rest else why("no_unit")


def suffix(scan: Scan, read: Quantity, qualifiers: list[tuple[str, str]]) -> None:
    """Words behind the unit: bounds, and the noun that says what is counted."""
    if scan.at("级(?!别)|位数"):
        scan.fail(why("class"))
    if scan.at("[×*]"):
        scan.fail(why("product"), resume=scan.pos + 1)
    if found := scan.take(SUFFIX):
        word = found[0]
        if word in _ONLY and KIND[read.unit] not in _ONLY[word]:
            scan.pos = found.start()
        elif QUALIFIERS[word] != "exact":
            qualifiers.append((word, QUALIFIERS[word]))
            _late_noun(scan, read)


def _late_noun(scan: Scan, read: Quantity) -> None:
    """What is counted, where it stands behind the bound: 50家以上科研机构."""
    if len(read.word) == 1 and KIND[read.unit] == "count":
        found = measure(read.word + scan.text[scan.pos : scan.pos + 10], 0)
        if found and found[0] > 1:
            read.unit = found[1]
            scan.pos += found[0] - 1
