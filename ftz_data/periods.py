"""Codes of time periods, and where a Chinese text names one.

A code is that of SDMX where it has one: ``2026``, ``2026-S1`` (a half year), ``2026-Q3``,
``2026-07``, ``2026-07-31``. Two of them with a stroke between are all from the one to the other,
``../`` is all up to one, and ``P6Y/2025`` is six years up to one.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

_DIGITS = "〇零一二三四五六七八九"
_ARABIC = str.maketrans(_DIGITS, "00123456789")
_YEAR = rf"(?P<year>[12]\d{{3}}|[一二][{_DIGITS}]{{3}})年"
_DAY = r"(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|3[01]|0?[1-9])日|(?P<last>末|底))?"
# A day, a month or a year that is named with its year.
DATE = re.compile(rf"{_YEAR}(?:{_DAY})?")

_NUMBER = "(?:1[0-2]|[1-9]|十[一二]?|[一二两三四五六七八九])"
_DASH = "—–~～－-"
_TO = f"[至到{_DASH}]"
# Parts of a year: a half, a quarter, its first quarters or months, a month, a day, and its end.
_PARTS = (
    "(?P<half>[上下])半年",
    f"前(?P<quarters>[23二两三])个?季度|第?[1一]季?度?{_TO}第?(?P<to_quarter>[2-4二三四])季度",
    "第?(?P<quarter>[1-4一二三四])季度",
    f"前(?P<months>{_NUMBER})个月|(?:0?1|一)月?{_TO}(?P<to_month>{_NUMBER})月",
    _DAY,
    rf"(?P<end>(?:(?<=[\d{_DIGITS}]年)|年)[末底])",
    "(?P<whole>全年)",
)
# 每季度, 上一季度, 3—5月 and 近3月 name no part of a year, and 12月 is none of 112月.
_ALONE = rf"(?<![\d每上下近前第.])(?<![\d月][至到{_DASH}])"
_NAMED = re.compile(f"(?:{_YEAR}的?|{_ALONE})(?:{'|'.join(f'(?:{each})' for each in _PARTS)})?")
_OPEN_END = re.compile(rf"[\d至到{_DASH}]|以来|起|初|末|底|以[后前]|之[后前]|[后前]")
# The year of 今年上半年 is known to those who wrote it.
_WRITER = re.compile("[今本去上前明次翌往历当同]年(?:的|度)?\\Z")
_CODE = re.compile(r"(\d{4})(?:-(?:S([12])|Q([1-4])|(\d{2})(?:-(\d{2}))?))?")


class Named(NamedTuple):
    """A period that a text names.

    Attributes
    ----------
    start, end : int
        Its span in the text.
    code : str or None
        Its code; None where the words name none for certain: 2025年以来, or a part without a year.
    dated : bool
        Whether its year stands with it.
    """

    start: int
    end: int
    code: str | None
    dated: bool


def iso_date(match: re.Match[str]) -> str:
    """ISO 8601 of what `DATE` matches."""
    return _iso(match, int(match["year"].translate(_ARABIC)))


def named(text: str, year: str | None = None) -> list[Named]:
    """Periods that a Chinese text names, in its order.

    Parameters
    ----------
    text : str
        Without white space between Chinese characters.
    year : str, optional
        Year of parts that stand without one.

    Returns
    -------
    list of Named

    Examples
    --------
    >>> [each.code for each in named("2026年上半年增长5%；一季度增长6%，1—7月增长7%", "2026")]
    ['2026-S1', '2026-Q1', '2026-01/2026-07']
    """
    found = []
    for match in _NAMED.finditer(text):
        if not match[0]:
            continue
        own = match["year"].translate(_ARABIC) if match["year"] else year
        # Behind 2025年的 a number is one of its own.
        more = _OPEN_END.match(text, match.end()) and not match[0].endswith("的")
        spoken = _WRITER.search(text, max(match.start() - 3, 0), match.start())
        certain = own and not more and not spoken
        code = _code(match, int(own)) if own and certain else None
        found.append(Named(*match.span(), code, bool(match["year"])))
    return found


def _code(match: re.Match[str], year: int) -> str:
    """Code of a part of a year."""
    if match["half"]:
        return f"{year:04}-S{'上下'.index(match['half']) + 1}"
    if match["quarter"]:
        return f"{year:04}-Q{_number(match['quarter'])}"
    quarters, months = (
        match["quarters"] or match["to_quarter"],
        match["months"] or match["to_month"],
    )
    if quarters or months:
        return first_months(year, 3 * _number(quarters) if quarters else _number(months))
    return f"{year:04}-12-31" if match["end"] else _iso(match, year)


def first_months(year: int, last: int) -> str:
    """Code of the months of a year up to one; where SDMX has one for them, that.

    Examples
    --------
    >>> first_months(2026, 6), first_months(2026, 9)
    ('2026-S1', '2026-01/2026-09')
    """
    short = {1: f"{year:04}-01", 3: f"{year:04}-Q1", 6: f"{year:04}-S1", 12: f"{year:04}"}
    return short.get(last, f"{year:04}-01/{year:04}-{last:02}")


def _iso(match: re.Match[str], year: int) -> str:
    if not match["month"]:
        return f"{year:04}"
    month = int(match["month"])
    day = calendar.monthrange(year, month)[1] if match["last"] else int(match["day"] or 0)
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


def _number(words: str) -> int:
    """A number from 1 to 12."""
    if words.isdecimal():
        return int(words)
    tens, _, ones = words.rpartition("十")
    if "十" in words:
        return 10 + ("一二".index(ones) + 1 if ones else 0)
    return "一二三四五六七八九".index(words.replace("两", "二")) + 1


def days(code: str) -> tuple[date, date]:
    """First and last day of a period; of one that is open at its start, those of its end.

    Raises
    ------
    ValueError
        If the calendar has no such days, the code names none, or the end is before the start.

    Examples
    --------
    >>> [str(day) for day in days("2026-01/2026-09")]
    ['2026-01-01', '2026-09-30']
    """
    start, _, end = code.rpartition("/")
    begins, ends = _days(end)
    if start and start != ".." and not start.startswith("P"):
        begins, _ = _days(start)
    if begins > ends:
        raise ValueError(f"{code!r} ends before it starts")
    return begins, ends


def _days(code: str) -> tuple[date, date]:
    """First and last day of a year or of a part of one."""
    match = _CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"{code!r} is no year and no part of one")
    year, half, quarter, month, day = (
        None if each is None else int(each) for each in match.groups()
    )
    assert year is not None
    if month is not None:
        if day is not None:
            return date(year, month, day), date(year, month, day)
        first = last = month
    else:
        length = 6 if half else 3 if quarter else 12
        last = length * (half or quarter or 1)
        first = last - length + 1
    begins = date(year, first, 1)
    return begins, date(year, last, calendar.monthrange(year, last)[1])


def exists(code: str) -> bool:
    """Whether the calendar has what a code names; years that it does not name are there.

    Examples
    --------
    >>> exists("2026-02-30"), exists("P3Y"), exists("P6Y/2025"), exists("../2026-Q3")
    (False, True, True, True)
    """
    try:
        return re.fullmatch(r"P\d+Y", code) is not None or bool(days(code))
    except ValueError:
        return False
