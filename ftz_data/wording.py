"""A figure as a Chinese text prints it, to value, bounds, resolution and unit.

Press reports qualify figures by words: "over 5 million", "70-odd", "nearly 30 %". Each word says
how far the true number may lie from the printed one, and this module is the one place that knows.
Arithmetic is decimal, so that 244.81亿 is exactly 24481000000.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
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
_WORDS = r"[^\W\d_的和及与]{0,6}?"
_UNIT_PATTERNS = [(re.compile(p.replace("…", _WORDS)), unit) for unit, p in _UNITS.items()]
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

# "以上" and "以下" hold the number itself, "超过" and "不满" do not: Civil Code of China, art. 1259.
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
    "odd": "余 多",
}
_KINDS = {w: kind for table in (_BEFORE, _AFTER) for kind in table for w in table[kind].split()}
_KINDS["过"] = "over"

_SAVE = "节省|节约|减负|降本"
_FALL = "减少|下降|降低|缩短|缩减|压缩|压减|下滑|回落|负增长|[降减跌]幅为?"
_RISE = "提升|提高|增长|增加|上升|上涨|扩大|新增|[增涨]幅为?"
_VERB = f"{_SAVE}|{_FALL}|{_RISE}"

_DIGITS = "零〇一二两三四五六七八九"
_CHINESE = _DIGITS + "十百千万亿"


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_FILL = rf"(?:(?!{_VERB})[^\W\d_的每半{_CHINESE}])"
_QUALIFIER = rf"(?<![最附靠临])(?:{_any(' '.join(_BEFORE.values()))})"
# Whatever stands before a number and changes how it reads.
_LEAD = re.compile(
    rf"""
    (?: 每个? (?P<per> {_any(" ".join(_PER))} ) {_FILL}{{0,12}}? )?
    (?: (?: (?P<verb> {_VERB} ) 了? (?P<object> {_FILL}{{0,12}}? ) | (?P<short> [减降缩增升] ) 了? )
        (?P<level> [至到为] )? )?
    (?: (?P<share> {_QUALIFIER} ) 占 [^，。；、,;]{{1,20}}? 的 )?
    (?: 高达 | 达到? | 仅 | 平均 )?
    (?P<before> {_QUALIFIER} )?
    (?: 人民币 )?
    (?P<order> 第 | (?<![目之以当此先年月日天]) 前 )?
    (?P<minus> (?<![\dA-Za-z%]) [-−] (?=\d) )?
    (?= [\d半过翻{_CHINESE}] )
    """,
    re.VERBOSE,
)
_PREFIX = re.compile(rf"(?:{_VERB}|{_QUALIFIER}|第|高达|达到?|仅|平均|每|-)*")
_ARABIC = r"(?<![\dA-Za-z])(?<!\d[.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![.,]?\d)"
_HANZI = rf"(?<![{_CHINESE}])[{_CHINESE}]+(?:点[{_DIGITS}]+)?"
_NUMBER = f"(?:{_ARABIC}|{_HANZI})"
_SCALE = r"(?:[十百万亿]|千(?![克米瓦]))+"
_MORE = r"余(?![额下])|多(?!式|样|边|元化|功能)"
_DASH = r"[—–―~〜-]|至|到"
_FRACTION = rf"(?P<whole>[{_CHINESE}]+|\d+)分之(?P<part>{_NUMBER})"
_HALF = r"(?P<over>过)半(?![年天个])|半数|一半|半(?!\w)"
_SUFFIX = r"及?以上(?!海)|及?以下(?!简?称)|以内(?!部)|之内|左右|上下(?![游级])"


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
        place = self.pos if place is None else place
        raise _Unreadable(reason, place, self.pos if resume is None else resume)


@dataclass
class _Quantity:
    """Number and unit as read; two numbers for 两三天."""

    numbers: list[Decimal]
    step: Decimal
    scale: Decimal
    more: str | None
    unit: str | None = None


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
    wide = re.sub(r"(?<=[０-９])，(?=[０-９]{3})", "\uff64", "".join(c for c, _ in kept))
    squeezed = "".join(_plain(character) for character in wide).replace("\uff64", ",")
    return squeezed, [place for _, place in kept]


def _plain(character: str) -> str:
    # Circled and raised numbers (category No) mark notes; they are no figures.
    plain = unicodedata.normalize("NFKC", character)
    keeps = len(plain) != 1 or unicodedata.category(character) == "No" or character in "，：；！？\uff64"
    return character if keeps else plain


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
            place = _PREFIX.match(text).end()
            raise _Unreadable("no number stands here", place, place)
        match = _read(text, lead)
        if match.end < len(text):
            raise _Unreadable("nothing is expected after the figure", match.end, match.end)
    except _Unreadable as error:
        place = error.place
        shown = f"{text[max(place - 12, 0) : place]}▸{text[place : place + 12]}"
        offset = places[place] if place < len(text) else len(printed)
        short = printed if len(printed) <= 40 else printed[:39] + "…"
        raise ValueError(
            f"printed is {short!r}, which cannot be read at position {offset} ({shown}): {error}"
        ) from None
    return Figure(**{**vars(match.figure), "printed": text})


def find_figures(text: str) -> list[tuple[int, int, Figure]]:
    """Find the figures of a running text.

    What cannot be read for certain is left out: calendar dates, ordinals such as 第一, code numbers,
    numbers without a known measure word.

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
    >>> [(figure.printed, figure.value) for _, _, figure in find_figures("每艘节省2 00万元，提速2 0%")]
    [('200万元', 2000000.0), ('20%', 20.0)]
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
            # Never from within a number or a figure that contradicts itself: its rest would misread.
            pos = max(error.resume, lead.start() + 1)
        else:
            yield match
            pos = match.end


def _read(text: str, lead: re.Match[str]) -> Match:
    scan = _Scan(text, lead.end())
    words = [lead["share"], lead["before"]]
    if found := scan.take(rf"翻(?:了?(?P<times>{_NUMBER})番|番|倍)"):
        times = _integer(scan, found["times"] or "一")
        numbers, step, unit = [Decimal(100) * (2**times - 1)], None, "%"
    elif found := scan.take(_FRACTION):
        whole, part = (_decimal(scan, found[name])[0] for name in ("whole", "part"))
        if not whole:
            scan.fail("a fraction of zero parts", found.start())
        numbers, step, unit = [part * 100 / whole], None, "%"
        if whole in (100, 1000, 10000):
            step = _step(scan, found["part"], part) * 100 / whole
    elif (found := scan.take(_HALF)) and (found["over"] or found[0] != "半" or lead["before"]):
        numbers, step, unit = [Decimal(50)], None, "%"
        words.append(found["over"])
    else:
        scan.pos = lead.end()
        numbers, step, unit, more = _amount(scan, lead)
        words.append(more)
    if (suffix := scan.take(_SUFFIX)) is not None:
        words.append(suffix[0])
    words = [word for word in words if word]
    if len(words) > 1:
        scan.fail(f"{words[0]} and {words[1]} cannot both qualify a figure")
    qualifier = words[0] if words else None
    per = scan.take(f"/(?P<per>{_any(' '.join(_PER))})") or lead
    falls = _falls(scan, lead, unit)
    if lead["before"] == "近" and unit in _TIMES and re.match("以?来|[间内里]", text[scan.pos :]):
        scan.fail("a span of time up to now, not a figure")
    if len(numbers) == 2 and qualifier and _KINDS[qualifier] != "about":
        scan.fail(f"{qualifier} cannot qualify a range")
    start = next(
        lead.start(name)
        for name in ((*_DOWN_GROUPS,) if falls else ()) + ("share", "before", "order", "minus", 0)
        if name == 0 or lead[name]
    )
    start = lead.end() if start == lead.start() and not _opens(lead, falls) else start
    figure = _figure(text[start : scan.pos], numbers, step, unit, qualifier, falls, per["per"])
    return Match(start, lead.end(), scan.pos, figure)
