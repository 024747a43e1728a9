"""A number with its unit, read at a place of a text: digits, fractions, ranges and halves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import NoReturn

from .figure import Reason, why
from .grammar import (
    ARABIC,
    DASH,
    DISCOUNT,
    FRACTION,
    HALVES,
    HANZI,
    LATE_ODD,
    MIXED,
    ODD,
    SCALE,
    SLASH,
    TWICE,
)
from .lexicon import (
    CHINESE,
    CURRENCY,
    DIGITS,
    FACTORS,
    HALF,
    HUNDRED,
    KIND,
    LIMIT,
    NEIGHBOURS,
    NO_STEP,
    measure,
    multiplier,
    pattern,
    product,
)


class Unreadable(ValueError):
    """Why a text is no figure, the place that shows it, and where to look for the next figure."""

    def __init__(self, reason: Reason, place: int, resume: int) -> None:
        super().__init__(reason)
        self.why, self.place, self.resume = reason, place, resume

    def __str__(self) -> str:
        return self.why.in_("en")


@cache
def _compiled(pattern_: str) -> re.Pattern[str]:
    return re.compile(pattern_)


class Scan:
    """A place in a text that moves on with whatever is read."""

    def __init__(self, text: str, pos: int, qualified: bool = False) -> None:
        self.text, self.pos, self.qualified = text, pos, qualified

    def take(self, pattern_: str) -> re.Match[str] | None:
        found = _compiled(pattern_).match(self.text, self.pos)
        if found:
            self.pos = found.end()
        return found

    def at(self, pattern_: str) -> re.Match[str] | None:
        return _compiled(pattern_).match(self.text, self.pos)

    def fail(self, reason: Reason, place: int | None = None, resume: int | None = None) -> NoReturn:
        raise Unreadable(
            reason, self.pos if place is None else place, self.pos if resume is None else resume
        )


@dataclass
class Quantity:
    """A number with its unit, as read; two numbers for a range."""

    numbers: list[Decimal]
    step: Decimal  # one unit in the last printed place; not a number for a fraction
    place: Decimal  # one unit of the last digit that is not zero
    scale: Decimal = Decimal(1)  # the multiplier, which one end of a range may lend to the other
    odd: str | None = None  # 余 or 多
    unit: str = ""  # empty until a measure word is read
    factor: Decimal = Decimal(1)  # 成 is 10 %
    word: str = ""  # the measure word as printed
    digits: str = ""  # the numeral as printed


# What a length of time may go on in, and how many of it make one.
_SMALLER = {"a": ("个月", 12), "d": ("小时", 24), "h": ("分钟?", 60), "min": ("秒钟?", 60)}
_BODIES = ("time", "mass", "length", "area", "volume")


def read_part(scan: Scan, alone: bool, qualified: bool) -> tuple[Quantity, str | None] | None:
    """A part or multiple of a whole, in percent: 三分之一, 百分之五, 过半, 翻两番, 2/5."""
    start = scan.pos
    if found := scan.take(TWICE):
        times = _decimals(scan, found["times"] or "一", start)[0]
        return Quantity([100 * (2**times - 1)], NO_STEP, HUNDRED, unit="%"), None
    if (found := scan.take(MIXED)) and scan.take("倍"):
        first, of, parts = (
            _decimals(scan, found[name], start)[0] for name in ("first", "of", "parts")
        )
        if not of:
            scan.fail(why("zero_parts"), start)
        return Quantity([first + parts / of], NO_STEP, Decimal(1), unit="{times}"), None
    scan.pos = start
    if found := scan.take(FRACTION):
        return _fraction(scan, found, start), None
    if found := scan.take(DISCOUNT):
        if found["tenths"] + found["hundredths"] in NEIGHBOURS:
            scan.fail(why("range_or_number"), start, scan.pos)
        tenths, hundredths = (_chinese(found[name]) for name in ("tenths", "hundredths"))
        return Quantity([10 * tenths + hundredths], Decimal(1), Decimal(1), unit="%"), None
    if (alone or qualified) and (found := scan.take(SLASH)):
        upper, under = Decimal(found["upper"]), Decimal(found["under"])
        if not under or upper >= under:
            scan.fail(why("date_or_fraction"), start)
        return Quantity([upper * HUNDRED / under], NO_STEP, HUNDRED, unit="%"), None
    if (found := scan.take(HALVES)) and (found[0] != "半" or qualified):
        return Quantity([HUNDRED / 2], NO_STEP, HUNDRED, unit="%"), found["over"]
    scan.pos = start
    return None


def _fraction(scan: Scan, found: re.Match[str], start: int) -> Quantity:
    (whole,), parts = (_decimals(scan, found[name], start) for name in ("whole", "part"))
    if not whole:
        scan.fail(why("zero_parts"), start)
    step = NO_STEP
    if whole in (100, 1000, 10000):
        step = _step(found["part"], parts[0]) * HUNDRED / whole
        more = scan.take(rf"(?:{DASH})(?:百分之)?(?P<part>[{CHINESE}]+(?:点[{DIGITS}]+)?|{ARABIC})")
        if more and whole == 100 and len(parts) == 1:
            if scan.at("[%成倍个]") or measure(scan.text, scan.pos):
                scan.fail(why("percent_unit"), start)
            parts = parts + _decimals(scan, more["part"], start)
            if len(parts) != 2 or not parts[0] < parts[1]:
                scan.fail(why("range_falls"), start)
        elif more:
            scan.fail(why("range_end"), start)
    values = [part * HUNDRED / whole for part in parts]
    return Quantity(values, step, HUNDRED, unit="%")


def read_amount(scan: Scan, alone: bool = False) -> Quantity:
    """A number and its unit; `numbers` holds one value, or two for 两三天 and 两、三天."""
    start = scan.pos
    read = read_number(scan)
    if not read.odd and (
        found := scan.take(rf"、(?P<next>[{DIGITS[2:]}])(?=[十百千万亿]*[^{CHINESE}、])")
    ):
        first, second = read.digits, found["next"]
        if len(first) == 1 and first + second in NEIGHBOURS:
            scan.pos = start + 1
            rest = read_number(Scan(scan.text, start + 2))
            scan.pos = start + 2 + len(rest.digits)
            read = replace(rest, numbers=[read.numbers[0] * rest.scale, rest.numbers[0]])
            scale = product(_word(scan, SCALE) or "")
            read.numbers = [number * scale for number in read.numbers]
            read.step, read.place = read.step * scale, read.place * scale
        else:
            scan.pos = found.start()
    return _with_unit(scan, read, start, alone)


def _with_unit(scan: Scan, read: Quantity, start: int, alone: bool) -> Quantity:
    if scan.at("分之"):
        scan.fail(why("no_fraction"), start)
    if scan.at("个(?!百分|[十百千万亿]+级)[十百千万亿]"):
        scan.fail(why("spoken"), start)
    if scan.at("个一(?!半)"):
        scan.fail(why("programme"), start)
    unit_start, found = scan.pos, measure(scan.text, scan.pos)
    counted = scan.take("个") is not None
    if counted:
        if scan.take("半(?=[月小])"):
            _add_half(read)
        # The 多 of 3个多月 stands before the unit, that of 3个多 behind it.
        odd = None if read.odd else _word(scan, ODD)
        if inner := measure(scan.text, scan.pos):
            found, read.odd = max(found or inner, inner), odd or read.odd
    if found is None:
        return read
    end, read.unit = found
    read.word = scan.text[unit_start:end].removeprefix("个") or "个"
    read.factor = next(
        (f for (unit, word), f in FACTORS.items() if unit == read.unit and read.word == word),
        Decimal(1),
    )
    scan.pos = end
    _refuse_times(scan, read, start, unit_start, alone, counted)
    _tail(scan, read)
    read.numbers = [number * read.factor for number in read.numbers]
    read.step, read.place = read.step * read.factor, read.place * read.factor
    broken = KIND[read.unit] == "count" and read.scale == 1 and any(n % 1 for n in read.numbers)
    # A mean may be broken: 户均2.5人.
    if broken and not (alone or re.search("[均每]", scan.text[max(start - 16, 0) : start])):
        scan.fail(why("broken", unit=read.word), start)
    return read


def _refuse_times(
    scan: Scan, read: Quantity, start: int, unit: int, alone: bool, counted: bool
) -> None:
    """Refuse years, months and days of a calendar, which look like amounts of time."""
    if read.unit == "a" and read.word == "年":
        if re.fullmatch(r"[12]\d{3}", read.digits):
            scan.fail(why("calendar_year"), start)
        if re.fullmatch(r"\d\d", read.digits) and scan.at(
            rf"[\d{CHINESE}]+月(?!份?以)|[底末初]|度"
        ):
            scan.fail(why("calendar_year"), start)
        if re.fullmatch(r"\d\d", read.digits) and scan.at("以来"):
            scan.fail(why("when"), start)
        if scan.at("期(?![间满])"):
            scan.fail(why("term"), start)
    if read.unit == "mo" and not (counted or read.odd or read.digits == "半"):
        scan.fail(why("month"), unit)
    if read.word == "点" and not (alone or counted) and read.numbers[-1] <= 24:
        scan.fail(why("time_of_day"), start)
    if read.word == "季度" and not counted:
        scan.fail(why("quarter"), start)
    if read.word == "日" and not (
        alone or scan.at(r"以?内|之内|游(?![客艇])|以上|左右") or read.numbers[-1] > 31
    ):
        scan.fail(why("day_of_month"), start)


def _tail(scan: Scan, read: Quantity) -> None:
    """What may follow a measure word and belongs to the number: 半, 多, 五 of 三成五, 角 and 分."""
    kind = KIND[read.unit]
    if kind == "length" and scan.at(r"\d"):
        scan.fail(why("decimals_behind"), resume=_past(scan.text, scan.pos))
    if read.unit in _SMALLER:
        _compound(scan, read)
    if kind in _BODIES and scan.take("半(?![年天月日径导岛程场价数])"):
        _add_half(read)
    elif read.word == "成":
        if found := scan.take(rf"[{DIGITS[2:]}半](?![成十百千万亿个年月天倍点])"):
            more = HALF if found[0] == "半" else _chinese(found[0]) / 10
            read.numbers = [number + more for number in read.numbers]
            read.step = read.place = Decimal("0.1")
    elif read.unit == "CNY" and read.word in ("元", "角", "块"):
        _coins(scan, read)
    read.odd = read.odd or _word(scan, LATE_ODD)


def _compound(scan: Scan, read: Quantity) -> None:
    """The rest of 3年零6个月 or 5小时30分钟, in the larger unit."""
    word, radix = _SMALLER[read.unit]
    if found := scan.take(rf"零?(?P<number>\d{{1,2}}|[{CHINESE}]{{1,3}}){word}"):
        (more,) = _decimals(scan, found["number"], scan.pos)
        read.numbers = [number + more / radix for number in read.numbers]
        read.step = read.place = 1 / Decimal(radix)


def _coins(scan: Scan, read: Quantity) -> None:
    amount = read.numbers[0]
    if read.word != "角" and (found := scan.take(rf"(?P<tenths>[{DIGITS}\d])角")):
        amount += _digit(found["tenths"]) / 10
        read.step = read.place = Decimal("0.1")
        if found := scan.take(rf"(?P<cents>[{DIGITS}\d])分(?![之钟])"):
            amount += _digit(found["cents"]) / 100
            read.step = read.place = Decimal("0.01")
        read.numbers = [amount]
    if read.word in ("元", "块") and (
        # With a note behind it, as in (人民币，下同), to the end of the bracket.
        found := scan.take(
            rf"(?:等值)?(?:[(（](?P<noted>{pattern('currency')})[^()（）\d]{{0,8}}[)）]"
            rf"|[(（]?(?P<currency>{pattern('currency')}))"
        )
    ):
        read.unit = CURRENCY[found["noted"] or found["currency"]]


def _digit(sign: str) -> Decimal:
    return Decimal(sign) if sign.isdigit() else _chinese(sign)


def read_number(scan: Scan) -> Quantity:
    """A number with its multipliers: 7.1亿, 70余万, 1亿2000万, 三千五百, 两三, 十几."""
    start = scan.pos
    if scan.take("半"):
        return Quantity([HALF], HALF, HALF, digits="半")
    found = scan.take(HANZI) or scan.take(ARABIC)
    if not found:
        scan.fail(why("no_number"), start, _past(scan.text, start))
    printed = found[0]
    if printed[0] in CHINESE:
        printed = _trim(scan, printed)
    elif re.match(r"0\d", printed):
        scan.fail(why("leading_zero"), start)
    if printed in ("万", "亿") and not (scan.qualified or scan.at("[余多个亩名人家种艘]")):
        scan.fail(why("table_head", word=printed), start)
    numbers = _decimals(scan, printed, start)
    step = _step(printed, numbers[0])
    odd = "几" if printed[-1] == "十" and scan.take("几(?!乎)") else _word(scan, ODD)
    scale = product(_word(scan, SCALE) or "")
    if not odd and (odd := _word(scan, ODD)):
        scale *= product(_word(scan, SCALE) or "")
    numbers = [number * scale for number in numbers]
    if numbers[-1] >= LIMIT:
        scan.fail(why("too_large"), start)
    read = Quantity(numbers, step * scale, _last_digit(numbers[0]), odd=odd, digits=printed)
    # 三万 holds its multiplier; 二至三万 lends it to 二.
    read.scale = scale * (multiplier(printed) if printed[0] in CHINESE else 1)
    if scale > 1 and not odd:
        zero = scan.take(r"零(?=\d)")
        if _compiled(ARABIC).match(scan.text, scan.pos):
            return _continued(scan, numbers[0], scale, start, zero is not None)
    return read


def _continued(scan: Scan, first: Decimal, scale: Decimal, start: int, zero: bool) -> Quantity:
    """The second number of 1亿2000万 or 1亿零600万."""
    rest = read_number(scan)
    fits = rest.scale > 1 or rest.numbers[0] * 10 >= scale or zero
    if not (rest.numbers[0] < scale and fits):
        scan.fail(why("not_continued"), start)
    return replace(rest, numbers=[first + rest.numbers[0]])


def _trim(scan: Scan, printed: str) -> str:
    """Leave 千 to the unit in 三千克."""
    if printed[-1] == "千" and scan.at("[克米瓦卡伏]"):
        if len(printed) == 1:
            scan.fail(why("thousand_unit"), scan.pos - 1)
        scan.pos -= 1
        return printed[:-1]
    return printed


def _past(text: str, pos: int) -> int:
    """Past a row of digits, signs and letters, of which no part may be read alone."""
    found = _compiled(r"[\dA-Za-z.,]+").match(text, pos)
    return found.end() if found else pos


def _decimals(scan: Scan, number: str, start: int) -> list[Decimal]:
    """The value of a number in Arabic or Chinese numerals; two values for 两三 or 三四十."""
    if number[0] not in CHINESE:
        return [Decimal(number.replace(",", "").replace("点", "."))]
    if len(number) > 24:
        scan.fail(why("no_numeral"), start)
    words = [number]
    if pair := re.fullmatch(rf"(.*[十百千万亿])?({NEIGHBOURS})([十百千万亿]*)", number):
        before, digits, after = pair.groups("")
        words = [before + digit + after for digit in digits]
    elif re.search(rf"[一二两三四五六七八九][{DIGITS}]", number.partition("点")[0]):
        scan.fail(why("digit_row"), start)
    try:
        return [_chinese(word) for word in words]
    except (ValueError, KeyError):  # cn2an raises a KeyError for 一亿二
        scan.fail(why("no_numeral"), start)


@lru_cache(maxsize=4096)
def _chinese(number: str) -> Decimal:
    import cn2an  # slow to import, and not needed for Arabic digits

    # cn2an reads 一百, not 百.
    number = number if number[0] in DIGITS else "一" + number
    return Decimal(str(cn2an.cn2an(number, "normal")))


def _last_digit(number: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(number.normalize().as_tuple().exponent))


def _step(printed: str, number: Decimal) -> Decimal:
    """One unit in the last printed place: 30 is printed to one, 三十 to ten."""
    _, point, decimals = printed.replace("点", ".").partition(".")
    if point:
        return Decimal(1).scaleb(-len(decimals))
    return _last_digit(number) if printed[0] in CHINESE else Decimal(1)


def _add_half(read: Quantity) -> None:
    read.numbers = [number + HALF for number in read.numbers]
    read.step = read.place = HALF


def _word(scan: Scan, pattern_: str) -> str | None:
    found = scan.take(pattern_)
    return found[0] if found else None


def numeral_end(text: str, pos: int) -> int:
    """Past the numeral at a place, and past what may not be read without it."""
    found = _compiled(rf"\d[\d.,]*[{CHINESE}]*|[{CHINESE}]+|.").match(text, pos)
    assert found is not None
    return found.end()
