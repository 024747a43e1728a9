"""A figure as a Chinese text prints it, to value, bounds, resolution and unit.

Press reports qualify figures by words: "over 5 million", "70-odd", "nearly 30 %". Each word says
how far the true number may lie from the printed one, and this module is the one place that knows.
Arithmetic is decimal, so that 244.81亿 is exactly 24481000000.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NoReturn


@dataclass(frozen=True)
class Figure:
    """A printed figure and what its wording allows.

    Attributes
    ----------
    printed : str
        The figure as printed, white space removed.
    value : float
        In `unit`, multipliers resolved; the midpoint of a range; negative for a reduction.
    lower, upper : float
        Bounds that the wording sets; NaN where it sets none.
    lower_closed, upper_closed : bool or None
        Whether the bound itself is allowed; None where there is no bound.
    qualifier : str or None
        The qualifying word as printed.
    resolution : float
        One unit in the last printed place, in `unit`; NaN for a fraction such as 三分之一.
    unit : str
        UCUM code, ISO 4217 code for money.
    per : str or None
        Denominator, such as ``"year"``.
    """

    printed: str
    value: float
    lower: float
    upper: float
    lower_closed: bool | None
    upper_closed: bool | None
    qualifier: str | None
    resolution: float
    unit: str
    per: str | None = None


@dataclass(frozen=True)
class Match:
    """A figure in a squeezed text: its span, and where its number starts."""

    start: int
    number: int
    end: int
    figure: Figure


# Measure words. The longest match wins; `…` stands for a few words before the noun.
_UNITS = {
    "d": "天(?![津然])",
    "{workday}": "工作日",
    "wk": "周(?!年)|星期",
    "mo": "月",
    "a": "周年|年(?![级代])",
    "h": "小时",
    "min": "分钟",
    "s": "秒",
    "t": "吨",
    "kg": "公斤|千克",
    "m": "米",
    "km": "公里|千米",
    "[nmi_i]": "海里",
    "m2": "平方米|㎡",
    "km2": "平方公里|平方千米",
    "har": "公顷",
    "[mu]": "亩",
    "m3": "立方米",
    "MW": "兆瓦",
    "kW.h": "千瓦时",
    "%": "%|‰|成(?![立为功员果本交长熟品都效就绩])",
    "[pp]": "百分点",
    "[bp]": "基点",
    "{times}": "倍",
    "{rank}": "位次",
    "CNY": "元(?:人民币)?|人民币",
    "USD": "美元|美金",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "HKD": "港元|港币",
    "MOP": "澳门元",
    "TWD": "新台币",
    "KRW": "韩元",
    "SGD": "新加坡元",
    "AUD": "澳元|澳大利亚元",
    "CAD": "加元|加拿大元",
    "CHF": "瑞士法郎|瑞郎",
    "RUB": "卢布",
    "THB": "泰铢",
    "{vessel}": "艘",
    "{call}": "艘次|航次",
    "[TEU]": "标箱|标准箱|TEU",
    "{container}": "箱",
    "{enterprise}": "[家户](?:…(?:企业|公司))?",
    "{institution}": "家…(?:院所|机构|研究所|高校|医院|银行|单位)",
    "{loan}": "笔(?:…贷款)?",
    "{transaction}": "笔…(?:业务|交易)",
    "{consignment}": "票",
    "{collaboration}": "项…合作",
    "{project}": "项目|项…项目",
    "{patent}": "[件项]…专利",
    "{case}": "案例|项…案例",
    "{person}": "名|位|人(?![民次])",
    "{species}": "种",
    "{mode}": "种…模式",
    "{phase}": "期",
    "{theme}": "主题",
    "{feature}": "大…特色",
    "{industry}": "大…产业",
    "{country}": "国家",
    "{city}": "城市",
    "{route}": "条…航线",
    "{berth}": "泊位",
    "{vehicle}": "辆",
}
_NOUN = r"[^\W\d_的和及与]{0,6}?"
_UNIT_OF = {re.compile(p.replace("…", _NOUN)): unit for unit, p in _UNITS.items()}
_FACTORS = {"成": Decimal(10), "‰": Decimal("0.1")}
_TIMES = ("a", "mo", "wk", "d", "h", "min", "s")

_PER = {
    "年": "year",
    "月": "month",
    "天": "day",
    "小时": "hour",
    "艘": "vessel",
    "航次": "call",
    "票": "consignment",
    "家": "enterprise",
    "吨": "t",
    "标箱": "teu",
    "标准箱": "teu",
    "箱": "container",
    "笔": "loan",
    "人": "person",
    "名": "person",
    "亩": "mu",
    "平方米": "m2",
}

# 以上 and 以下 hold the number itself, 超过 and 不满 do not: Civil Code of China, article 1259.
_BEFORE = {
    "over": "超过 超出 超 逾 突破 高于 多于 大于",
    "at least": "至少 不少于 不低于 起码",
    "under": "将近 接近 近 不足 不到 不满 低于 少于 小于",
    "at most": "至多 最多 不超过 不高于 不多于",
    "about": "大约 约为 约",
}
_AFTER = {
    "at least": "及以上 以上",
    "at most": "及以下 以下 以内 之内",
    "about": "左右 上下",
}


def _words(table: dict[str, str]) -> dict[str, str]:
    return {word: kind for kind, words in table.items() for word in words.split()}


_KINDS = _words(_BEFORE) | _words(_AFTER) | {"余": "odd", "多": "odd", "过": "over"}
_HALF, _HUNDRED, _LIMIT = Decimal("0.5"), Decimal(100), Decimal("1e18")

_SAVE = "节省|节约|减负|降本"
_FALL = "减少|下降|降低|缩短|缩减|压缩|压减|下滑|回落|负增长|[降减跌]幅为?"
_RISE = "提升|提高|增长|增加|上升|上涨|扩大|新增|[增涨]幅为?"
_VERB = f"{_SAVE}|{_FALL}|{_RISE}"

_DIGITS = "零〇一二两三四五六七八九"
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_CHINESE = _DIGITS + "".join(_MULTIPLIERS)
# 两三 is two or three, 三五 is three to five.
_NEIGHBOURS = "一二|两三|二三|三四|四五|五六|六七|七八|八九|三五"


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_ARABIC = r"(?<![\dA-Za-z])(?<!\d[.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![.,]?\d)"
_HANZI = rf"(?<![{_CHINESE}])[{_CHINESE}]+(?:点[{_DIGITS}]+)?"
# 千克 and 千米 are units of their own.
_SCALE = r"(?:[十百万亿]|千(?![克米瓦]))+"
_ODD = r"余(?![额下])|多(?!式|样|边|元化|功能)"
_DASH = rf"(?:[—–―~〜-]|至|到)(?=[\d半{_CHINESE}])"
_TWICE = rf"翻了?(?:(?P<times>[{_DIGITS}\d])番|[番倍])"
_FRACTION = rf"(?P<whole>[{_CHINESE}]+|\d+)分之(?P<part>{_ARABIC}|[{_CHINESE}]+(?:点[{_DIGITS}]+)?)"
_HALVES = r"(?P<over>过)半(?![年天个])|半数|一半(?![年天个])|半(?!\w)"
_SUFFIX = rf"(?:{_any(_words(_AFTER))})(?!游|简?称)"
_DENOMINATOR = rf"(?P<per>{_any(_PER)})"
_QUALIFIER = rf"(?<![最附靠临])(?:{_any(_words(_BEFORE))})"
_FILL = rf"(?:(?!{_VERB})[^\W\d_的每半{_CHINESE}])"

# Whatever stands before a number and changes how it reads; `own` belongs to the figure as printed.
_LEAD = re.compile(
    rf"""
    (?: 每个? {_DENOMINATOR} {_FILL}{{0,12}}? )?
    (?: (?P<verb> (?: {_VERB} ) 了? (?P<object> {_FILL}{{0,12}}? ) | [减降缩增升] 了? )
        (?P<level> [至到为] )? )?
    (?: 高达 | 达到? | 仅 | 平均 )?
    (?P<own>
        (?: (?P<share> {_QUALIFIER} ) 占 [^，。；、,;]{{1,20}}? 的 )?
        (?P<before> {_QUALIFIER} )?
        (?: 人民币 )?
        (?P<order> 第 | (?<![目之以当此先年月日天]) 前 )?
        (?P<minus> (?<![\dA-Za-z%]) [-−] (?=\d) )?
    )
    (?= [\d半过翻{_CHINESE}] )
    """,
    re.VERBOSE,
)
_PREFIX = re.compile(rf"(?:{_VERB}|{_QUALIFIER}|第|高达|达到?|仅|平均|每|-)*")


class _Unreadable(ValueError):
    """Why a text is no figure, the place that shows it, and where to look for the next figure."""

    def __init__(self, reason: str, place: int, resume: int) -> None:
        super().__init__(reason)
        self.place, self.resume = place, resume


class _Scan:
    """A place in a text that moves on with whatever is read."""

    def __init__(self, text: str, pos: int) -> None:
        self.text, self.pos = text, pos

    def take(self, pattern: str) -> re.Match[str] | None:
        found = re.compile(pattern).match(self.text, self.pos)
        if found:
            self.pos = found.end()
        return found

    def fail(self, reason: str, place: int | None = None, resume: int | None = None) -> NoReturn:
        raise _Unreadable(
            reason, self.pos if place is None else place, self.pos if resume is None else resume
        )


@dataclass
class _Quantity:
    """A number with its unit, as read; two numbers for a range."""

    numbers: list[Decimal]
    step: Decimal | None  # one unit in the last printed place; None for a fraction
    place: Decimal  # one unit of the last digit that is not zero
    scale: Decimal = Decimal(1)  # the multiplier, which one end of a range may lend to the other
    odd: str | None = None  # 余 or 多
    unit: str | None = None
    factor: Decimal = Decimal(1)  # 成 is 10 %


def squeeze(text: str) -> tuple[str, list[int]]:
    """Remove white space and invisible marks; bring full-width and variant characters to one form.

    Parameters
    ----------
    text : str

    Returns
    -------
    squeezed : str
    places : list of int
        Offset in `text` of each character of `squeezed`.
    """
    kept = [
        (character, place)
        for place, character in enumerate(text)
        if not character.isspace() and unicodedata.category(character) != "Cf"
    ]
    # A full-width comma ends a clause, except within a number that is full-width itself.
    wide = re.sub("(?<=[０-９])，(?=[０-９]{3})", ",", "".join(character for character, _ in kept))
    return "".join(map(_plain, wide)), [place for _, place in kept]


def _plain(character: str) -> str:
    # Circled and raised numbers (category No) mark notes; they are no figures.
    if unicodedata.category(character) == "No" or character in "，：；！？":
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character


def parse_figure(printed: str) -> Figure:
    """Read one printed figure.

    Parameters
    ----------
    printed : str
        The figure with its qualifying words and unit, and nothing else. White space within is
        ignored; digits may be Arabic, full-width or Chinese.

    Returns
    -------
    Figure

    Raises
    ------
    TypeError
        If `printed` is not a str.
    ValueError
        If it cannot be read: one line that shows the text, the place and the reason.

    Examples
    --------
    >>> figure = parse_figure("70余万箱")
    >>> figure.lower, figure.upper, figure.lower_closed, figure.unit
    (700000.0, 800000.0, False, '{container}')
    >>> parse_figure("节省时间50%以上").upper
    -50.0
    >>> parse_figure("很多")
    Traceback (most recent call last):
    ValueError: printed is '很多', which cannot be read at position 0 (▸很多): no number stands here
    """
    if not isinstance(printed, str):
        raise TypeError(f"printed is {printed!r}; a str such as '70余万箱' is allowed")
    text, places = squeeze(printed)
    if not text:
        raise ValueError(f"printed is {printed!r}; a figure such as '70余万箱' is allowed")
    try:
        lead = _LEAD.match(text)
        if lead is None:
            raise _Unreadable("no number stands here", _PREFIX.match(text).end(), 0)
        match = _read(text, lead)
        if match.end < len(text):
            raise _Unreadable("the figure ends here, and nothing may follow it", match.end, 0)
    except _Unreadable as error:
        place = error.place
        shown = f"{text[max(place - 12, 0) : place]}▸{text[place : place + 12]}"
        offset = places[place] if place < len(text) else len(printed)
        short = printed if len(printed) <= 40 else printed[:39] + "…"
        raise ValueError(
            f"printed is {short!r}, which cannot be read at position {offset} ({shown}): {error}"
        ) from None
    return replace(match.figure, printed=text)


def find_figures(text: str) -> list[tuple[int, int, Figure]]:
    """Find the figures of a running text.

    What cannot be read for certain is left out: calendar dates, ordinals such as 第一, code
    numbers, numbers without a known measure word.

    Parameters
    ----------
    text : str
        White space may stand anywhere, as in text taken from the columns of a newspaper.

    Returns
    -------
    list of (int, int, Figure)
        Start and end offset in `text`, and the figure, in text order. The span holds the words
        that set sign and bounds; a denominator further ahead (每年…) is in `per` only.

    Examples
    --------
    >>> found = find_figures("每艘节省2 00万元，提速2 0%")
    >>> [(start, end, figure.printed, figure.per) for start, end, figure in found]
    [(4, 10, '200万元', 'vessel'), (13, 17, '20%', None)]
    """
    if not isinstance(text, str):
        raise TypeError(f"text is {text!r}; a str is allowed")
    squeezed, places = squeeze(text)
    return [(places[m.start], places[m.end - 1] + 1, m.figure) for m in matches(squeezed)]


def matches(squeezed: str) -> Iterator[Match]:
    """Figures of a squeezed text, in text order."""
    pos = 0
    while lead := _LEAD.search(squeezed, pos):
        try:
            match = _read(squeezed, lead)
        except _Unreadable as error:
            # Not from within what contradicts itself: the rest of it would be misread.
            pos = max(error.resume, lead.start() + 1)
        else:
            yield match
            pos = match.end


def _read(text: str, lead: re.Match[str]) -> Match:
    scan = _Scan(text, lead.end())
    words = [lead["share"], lead["before"]]
    if lead["order"]:
        read = _ordinal(scan, lead["order"])
    elif part := _part(scan, lead["before"]):
        read, word = part
        words.append(word)
    else:
        read = _amount(scan, pair=text[: lead.start()].endswith(("从", "由", "自")))
        words.append(read.odd)
    if suffix := scan.take(_SUFFIX):
        words.append(suffix[0])
    words = [word for word in words if word]
    if len(words) > 1:
        scan.fail(f"{words[0]} and {words[1]} cannot both qualify a figure")
    qualifier = words[0] if words else None
    kind = _KINDS[qualifier] if qualifier else "exact"
    if len(read.numbers) > 1 and kind not in ("exact", "about"):
        scan.fail(f"{qualifier} cannot qualify a range")
    looks_back = lead["before"] == "近" or text.endswith(("最近", "过去"), 0, lead.start())
    if looks_back and read.unit in _TIMES and (found := scan.take("以?来|[间内里]")):
        scan.fail("this is a span of time up to now, not a figure", found.start())
    falls = _falls(scan, lead, read.unit)
    start = lead.start("verb" if falls and not lead["minus"] else "own")
    per = scan.take(f"/{_DENOMINATOR}") or lead
    figure = _figure(text[start : scan.pos], read, kind, qualifier, falls, per["per"])
    return Match(start, lead.end(), scan.pos, figure)


def _figure(
    printed: str, read: _Quantity, kind: str, qualifier: str | None, falls: bool, per: str | None
) -> Figure:
    low, high = read.numbers[0], read.numbers[-1]
    lower, upper = {
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
        lower, upper = upper, lower

    def bound(end: tuple[Decimal, bool] | None) -> tuple[float, bool | None]:
        return (math.nan, None) if end is None else (float(sign * end[0]), end[1])

    (lower, lower_closed), (upper, upper_closed) = bound(lower), bound(upper)
    return Figure(
        printed=printed,
        value=float(sign * (low + high) / 2),
        lower=lower,
        upper=upper,
        lower_closed=lower_closed,
        upper_closed=upper_closed,
        qualifier=qualifier,
        resolution=math.nan if read.step is None else float(read.step),
        unit=read.unit,
        per=_PER[per] if per else None,
    )


def _falls(scan: _Scan, lead: re.Match[str], unit: str) -> bool:
    """Whether the figure is a reduction, and so negative."""
    verb = lead["verb"] or ""
    down = not lead["level"] and re.match(f"{_SAVE}|{_FALL}|[减降缩]", verb) is not None
    # Money saved is an amount; time or a share saved is a reduction.
    down = down and not (re.match(_SAVE, verb) and re.fullmatch("[A-Z]{3}", unit))
    if down and unit.startswith("{") and len(lead["object"] or "") > 2:
        scan.fail(f"{verb} may not be about what is counted", lead.start(), lead.start() + 1)
    if lead["minus"]:
        if down or unit not in ("%", "[pp]"):
            scan.fail("the minus sign is unclear", lead.start("minus"))
        return True
    return down


def _part(scan: _Scan, before: str | None) -> tuple[_Quantity, str | None] | None:
    """A part or multiple of a whole, in percent: 三分之一, 百分之五, 过半, 翻两番."""
    start = scan.pos
    if found := scan.take(_TWICE):
        times = _decimals(scan, found["times"] or "一", start)[0]
        return _Quantity([100 * (2**times - 1)], None, _HUNDRED, unit="%"), None
    if found := scan.take(_FRACTION):
        whole, part = (_decimals(scan, found[name], start)[0] for name in ("whole", "part"))
        if not whole:
            scan.fail("nothing has zero parts", start)
        step = None
        if whole in (100, 1000, 10000):
            step = _step(found["part"], part) * _HUNDRED / whole
        return _Quantity([part * _HUNDRED / whole], step, _HUNDRED, unit="%"), None
    if (found := scan.take(_HALVES)) and (found[0] != "半" or before):
        return _Quantity([_HUNDRED / 2], None, _HUNDRED, unit="%"), found["over"]
    scan.pos = start
    return None


def _ordinal(scan: _Scan, order: str) -> _Quantity:
    read = _number(scan)
    if order == "第" and (noun := scan.take("[名位期]")):
        read.unit = "{phase}" if noun[0] == "期" else "{rank}"
        return read
    scan.fail("this names an order, not a quantity")


def _amount(scan: _Scan, pair: bool) -> _Quantity:
    """A quantity, or a range of two; with `pair`, 至 and 到 lead from one figure to another."""
    first, end = _quantity(scan), scan.pos
    dash = scan.take(_DASH)
    if dash and not (pair and dash[0] in "至到"):
        return _range(scan, first, _quantity(scan), end)
    scan.pos = end
    if first.unit is None:
        rest = scan.text[end : end + 4]
        scan.fail(f"unknown measure word {rest!r}" if rest else "no unit follows the number")
    return first


def _range(scan: _Scan, low: _Quantity, high: _Quantity, end: int) -> _Quantity:
    if high.unit is None:
        scan.fail(f"unknown measure word {scan.text[scan.pos : scan.pos + 4]!r}")
    if low.unit not in (None, high.unit):
        scan.fail(f"a range cannot lead from {low.unit} to {high.unit}", end)
    if low.odd or high.odd or len(low.numbers) + len(high.numbers) > 2:
        scan.fail("an end of a range must be one plain number", end)
    (first,), (last,) = low.numbers, high.numbers
    # In 2—3万元 both are 万, in 8000—1万元 one is.
    if low.scale == 1 and low.unit is None and (first * high.scale < last or first * 100 < last):
        first, low.step = first * high.scale, low.step * high.scale
    if low.unit is None and high.factor != 1:
        first, low.step = first * high.factor, low.step * high.factor
    if not first < last:
        scan.fail("the range does not rise", end)
    return _Quantity([first, last], max(low.step, high.step), high.place, unit=high.unit)


def _quantity(scan: _Scan) -> _Quantity:
    """A number with the measure word that follows, if it is a known one."""
    start = scan.pos
    read = _number(scan)
    digits = scan.text[start : scan.pos]
    counted = scan.take("个")
    if counted and scan.take("半(?=[月小])"):
        _add_half(read)
    read.odd = read.odd or _word(scan, _ODD)
    found = max(
        (match for pattern in _UNIT_OF if (match := pattern.match(scan.text, scan.pos))),
        key=re.Match.end,
        default=None,
    )
    if found is None:
        return read
    read.unit = _UNIT_OF[found.re]
    read.factor = _FACTORS.get(found[0], Decimal(1))
    if read.unit == "a" and re.fullmatch(r"[12]\d{3}", digits):
        scan.fail("this names a calendar year", start)
    scan.pos = found.end()
    if read.unit in _TIMES:
        if scan.take("半(?![年天月日径导岛程])"):
            _add_half(read)
    if read.unit in _TIMES or found[0] == "成":
        read.odd = read.odd or _word(scan, rf"(?:{_ODD})(?=以?来|的|时间|\W|$)")
    if read.unit == "mo" and not (counted or read.odd or digits == "半"):
        scan.fail("月 alone may name a month of the year; 个月 counts months", found.start())
    read.numbers = [number * read.factor for number in read.numbers]
    read.step, read.place = read.step * read.factor, read.place * read.factor
    return read


def _number(scan: _Scan) -> _Quantity:
    """A number with its multipliers: 7.1亿, 70余万, 1亿2000万, 三千五百, 两三."""
    start = scan.pos
    if scan.take("半"):
        return _Quantity([_HALF], _HALF, _HALF)
    if found := scan.take(_HANZI) or scan.take(_ARABIC):
        if found[0] in ("万", "亿") and not re.match("[余多个亩名人家种艘]", scan.text[scan.pos :]):
            scan.fail(f"{found[0]} alone heads a table, it is no number", start)
        numbers = _decimals(scan, found[0], start)
    else:
        scan.fail("no number stands here")
    step = _step(found[0], numbers[0])
    odd = _word(scan, _ODD)
    scale = _scale(_word(scan, _SCALE) or "")
    odd = odd or _word(scan, _ODD)
    numbers = [number * scale for number in numbers]
    if numbers[-1] >= _LIMIT:
        scan.fail("the number is too large", start)
    read = _Quantity(numbers, step * scale, _last_digit(numbers[0]), odd=odd)
    # 三万 holds its multiplier; 二至三万 lends it to 二.
    read.scale = scale * _scale(re.search("[万亿]*$", found[0])[0])
    if scale > 1 and not odd and re.compile(_ARABIC).match(scan.text, scan.pos):
        rest = _number(scan)
        if not (rest.numbers[0] < scale and (rest.scale > 1 or rest.numbers[0] * 10 >= scale)):
            scan.fail("the second number does not continue the first", start)
        return replace(rest, numbers=[numbers[0] + rest.numbers[0]])
    return read


def _decimals(scan: _Scan, number: str, start: int) -> list[Decimal]:
    """The value of a number in Arabic or Chinese numerals; two values for 两三 or 三四十."""
    if number[0] not in _CHINESE:
        return [Decimal(number.replace(",", ""))]
    words = [number]
    if pair := re.fullmatch(rf"(.*[十百千万亿])?({_NEIGHBOURS})([十百千万亿]*)", number):
        before, digits, after = pair.groups("")
        words = [before + digit + after for digit in digits]
    elif re.search(rf"[一二两三四五六七八九][{_DIGITS}]", number.partition("点")[0]):
        scan.fail("a row of digits names no amount", start)
    try:
        return [_chinese(word) for word in words]
    except (ValueError, KeyError):  # cn2an raises a KeyError for 一亿二
        scan.fail("no well-formed number stands here", start)


def _chinese(number: str) -> Decimal:
    import cn2an  # slow to import, and not needed for Arabic digits

    # cn2an reads 一百, not 百.
    number = number if number[0] in _DIGITS else "一" + number
    return Decimal(str(cn2an.cn2an(number, "normal")))


def _scale(multipliers: str) -> Decimal:
    return math.prod((_MULTIPLIERS[sign] for sign in multipliers), start=Decimal(1))


def _last_digit(number: Decimal) -> Decimal:
    return Decimal(1).scaleb(number.normalize().as_tuple().exponent)


def _step(printed: str, number: Decimal) -> Decimal:
    """One unit in the last printed place: 30 is printed to one, 三十 to ten."""
    _, point, decimals = printed.replace("点", ".").partition(".")
    if point:
        return Decimal(1).scaleb(-len(decimals))
    return _last_digit(number) if printed[0] in _CHINESE else Decimal(1)


def _add_half(read: _Quantity) -> None:
    read.numbers = [number + _HALF for number in read.numbers]
    read.step = read.place = _HALF


def _word(scan: _Scan, pattern: str) -> str | None:
    found = scan.take(pattern)
    return found[0] if found else None
