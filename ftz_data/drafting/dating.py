"""When the figures of a text hold: in its own words, or in those of the sentences before.

A sentence that names one period, before its figure or in English right behind, says when for
certain, and so does a year that a figure is said to be of. A sentence that names none, or a part
of a year without the year, is understood from what stands before it in its paragraph, or from the
year of a title: that is told apart, for a person to confirm. What speaks of a plan, or of now, says
nothing of either.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..periods import Named, first_months, named
from ..wording.layout import simplified
from .blocks import Sentence, joined

_YEAR = r"(?P<year>[12]\d{3})\b(?!\s*[-–—])"
_ORDINALS = ("first", "second", "third", "fourth")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_ENGLISH = re.compile(
    r"\b(?:(?P<half>first|second) half (?:of )?"
    rf"|(?P<quarter>{'|'.join(_ORDINALS)}) quarter (?:of )?"
    rf"|Q(?P<q>[1-4]) (?:of )?|first (?P<months>{'|'.join(_WORDS)}|\d\d?) months of "
    rf"|(?:[Ii]n|during) (?:(?P<month>{'|'.join(_MONTHS)}) )?){_YEAR}"
)
# A date that something is measured from, or that leads a plan, is not when the figure holds.
_FROM = re.compile(r"(?:同|自|从|由|以来|—|-|–|至|到|早在)\Z")
_COMPARED = re.compile(r"[比较与]\Z")
_SPANNED = re.compile(r"(?:[\d年月日][—–~～至到-]|截[至止]到?|自)\Z")
_UNTIL = re.compile(r"截[至止]到?\Z")
_AGO = re.compile(r"[比较][上去]年(?:同期|末|底)?|[比较]上[个一]?[月季]度?")
# From a figure to a date that is its own, in English: 7.1 million tonnes in 2025.
_BEHIND = re.compile(
    r"\D*\d[\d.,]*(?: (?!(?:after|and|before|but|by|from|on|or|over|since|than|that|to|while)\b)"
    r"[A-Za-z%]+){1,3} ",
    re.ASCII,
)
# Behind the date, these lead to another one: 2025年为5亿元，去年同期为4亿元.
_OTHER = re.compile("[今本去上前明次翌往历]年|此前|原先|\\b(?:last|previous|next) year\\b")
_PLANNED = (
    r"未来|今后|下一步|[将拟]|计划|规划|力争|目标|预计|预期|\b(?:will|plans?|aims?|targets?)\b"
)
# A time that is none of those before, or that nobody can date.
_ELSEWHERE = re.compile(
    rf"{_PLANNED}|[今去上前当本次翌近明]年|[本上当次]月|[上本]季|目前|现在|现已|如今|当前|今天|迄今|至今"
    r"|最近|近期|此前|以来|累计|历史|截[至止]|每年|年均|常年|单日|当[日天时]|\d[年月季日]|年[初末底]"
    r"|季度|半年|十[一二三四五]五|之前|早在|曾"
    r"|\b(?:now|today|currently|since|so far|years?|months?|quarters?|by|until)\b"
)
# A title of what tells of one year, and of no other that it plans.
_TELLS = re.compile(r"公报|统计|经济运行|年鉴|年报|年度报告|半年报|季报|月报|快报")
_ONE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年)")


class When(NamedTuple):
    """Period of a figure, None where nothing says it; whether its own sentence says so."""

    code: str | None
    certain: bool


class Dating:
    """Periods of the figures of one text.

    Parameters
    ----------
    text : str
    sentences : list of Sentence
    title : str
    """

    def __init__(self, text: str, sentences: list[Sentence], title: str = "") -> None:
        self._text = text
        years = _ONE_YEAR.findall(title) if _TELLS.search(title) else []
        self._year = years[0] if len(set(years)) == 1 else None
        # What a sentence takes from those before: a period, and the year of parts of years.
        self._before: dict[Sentence, tuple[str | None, str | None]] = {}
        paragraph, period, year = 0, None, self._year
        for each in sentences:
            if each.paragraph != paragraph:
                paragraph, period, year = each.paragraph, None, self._year
            self._before[each] = period, year
            period, year = self._after(text[each.start : each.end], period, year)

    def when(self, sentence: Sentence, start: int, stop: int) -> When:
        """Period of a figure with its span in the text."""
        period, year = self._before[sentence]
        whole = self._text[sentence.start : max(sentence.end, stop)]
        return _when(whole, start - sentence.start, period, year)

    def _after(
        self, words: str, period: str | None, year: str | None
    ) -> tuple[str | None, str | None]:
        """What the next sentence takes from one."""
        # Neither a plan nor its year is when what comes next holds.
        if re.search(_PLANNED, simplified(words)):
            return None, year
        found = _periods(joined(simplified(words)), year)
        dated = [each.code[:4] for each in found if each.dated and each.code]
        own = _when(words, len(words), period, year).code
        return own, (dated[-1] if dated else year)


def when(sentence: str, start: int) -> When:
    """Period of a figure by its own sentence alone.

    Examples
    --------
    >>> when("2026年上半年，货物吞吐量增长5.8%", 15)
    When(code='2026-S1', certain=True)
    """
    return _when(sentence, start, None, None)


def _when(sentence: str, start: int, before: str | None, year: str | None) -> When:
    words, place = simplified(joined(sentence)), len(joined(sentence[:start]))
    for each in named(words):
        # 由2020年的5家增至2025年的8家: each has a year of its own; 2020年至2025年的8家 has not.
        if each.end == place and each.code and words[place - 1] == "的":
            if not _SPANNED.search(words[: each.start]):
                return When(each.code, True)
    found = _periods(words, year)
    if not found:
        silent = not _ELSEWHERE.search(_AGO.sub("", words))
        return When(before if silent else None, False)
    own = found[0]
    if len(found) > 1 or own.code is None:
        return When(None, False)
    # English says when right behind the figure, too; Chinese begins something new there.
    if own.end > place and not _BEHIND.fullmatch(words[place : own.start]):
        return When(None, False)
    if _OTHER.search(_AGO.sub("", words[own.end : place])):
        return When(None, False)
    lead = words[: own.start]
    if _UNTIL.search(lead):
        return When(f"../{own.code}", own.dated)
    return When(None, False) if _FROM.search(lead) else When(own.code, own.dated)


def _periods(words: str, year: str | None) -> list[Named]:
    """Periods that a sentence names, in either language, but for those that it compares with."""
    found = [each for each in named(words, year) if not _COMPARED.search(words[: each.start])]
    for match in _ENGLISH.finditer(words):
        found.append(Named(*match.span(), _code(match), True))
    return found


def _code(match: re.Match[str]) -> str | None:
    """Code of a period in English."""
    year = match["year"]
    if match["half"]:
        return f"{year}-S{_ORDINALS.index(match['half']) + 1}"
    if match["quarter"] or match["q"]:
        return f"{year}-Q{match['q'] or _ORDINALS.index(match['quarter']) + 1}"
    if match["month"]:
        return f"{year}-{_MONTHS.index(match['month']) + 1:02}"
    if match["months"]:
        said = match["months"]
        return first_months(int(year), int(said) if said.isdecimal() else _WORDS.index(said) + 1)
    return year
