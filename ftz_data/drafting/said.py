"""What the sentence of a figure says of it beside the figure: its stage, and a comparison."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..wording import Figure
from ..wording.figure import moved
from ..wording.layout import simplified
from .blocks import joined

_CLAUSE = re.compile(r"[^，。；：！？,;:!?]*\Z")
_YEAR_AGO = re.compile(
    r"同比|[比较]上年|[比较]去年|year[- ]on[- ]year|(?:from|than|over) a year (?:earlier|before)"
)
_PREVIOUS = re.compile(r"环比|[比较]上[个一]?[月季]|month[- ]on[- ]month|quarter[- ]on[- ]quarter")
_GROWTH = re.compile(
    r"增长(?![面点极])|增速|增幅|涨幅|增加(?!值)|上涨|上升|回升|翻[了两一]*番"
    r"|\b(?:grew|grow|growth|rose|risen|fell|up|down|gained|increase[sd]?|decrease[sd]?)\b"
)
_CHANGE = re.compile(
    r"提升|提高|提速|加快|减少|缩短|压缩|缩减|节[省约]|降低|下降|\b(?:cut|saved?|reduced|shortened)\b"
)
# A difference in what is counted: 比上年增加了2家; 新增 counts what is new.
_MORE = re.compile(r"(?:增加|增长|提升|提高|上升|多)了?\Z")
_SHARE = re.compile(r"占|比重|份额|覆盖率|\b(?:share|account(?:s|ed)? for)\b")
# When that was, between: 从2020年的5家增至目前的8家.
_OF = r"(?:(?:[^\W\d至到]|\d{4}年){1,14}的)?"
_BEFORE = re.compile(rf"(?:由|从|原本|原来|原先)(?:的|{_OF})(?:平均)?\Z")
_AFTER = re.compile(
    r"(?:缩短|压缩|缩减|减少|降低?|下降|提升|提高|提速|增加?|增长|上升|扩大)(?:[至为]|到了?)"
    + _OF
    + r"\Z"
)
_TARGET = re.compile(r"力争|目标|预期|预计|\b(?:aims?|targets?|plans?)\b")


class Said(NamedTuple):
    """What a sentence says of a figure; None where it says nothing for certain."""

    stage: str
    comparison: str | None


def said(sentence: str, start: int, end: int, figure: Figure) -> Said:
    """What the words around a figure say of it.

    Parameters
    ----------
    sentence : str
    start, end : int
        Span of the figure in it.
    figure : Figure

    Returns
    -------
    Said
        `stage` is a code of its list; `comparison` is ``year``, ``previous`` or None.

    Examples
    --------
    >>> from ftz_data import find_figures
    >>> text = "2025年，货物吞吐量同比增长5.8%"
    >>> said(text, *find_figures(text)[0])
    Said(stage='growth', comparison='year')
    """
    sentence = simplified(sentence)
    clause = _CLAUSE.search(sentence[:end])
    words = joined(clause[0] if clause else "")
    comparison = "year" if _YEAR_AGO.search(words) else None
    if comparison is None and _PREVIOUS.search(words):
        comparison = "previous"
    return Said(_stage(joined(sentence[:start]), words, figure, comparison), comparison)


def _stage(before: str, words: str, figure: Figure, comparison: str | None) -> str:
    """The stage, by what stands before a figure and by the clause up to its end."""
    if figure.unit == "{rank}":
        return "change" if moved(figure) else "rank"
    # What a sentence aims at holds for all that it lists behind that word.
    if _TARGET.search(before):
        return "target"
    if _BEFORE.search(before):
        return "before"
    if _AFTER.search(before):
        return "after"
    share = figure.unit in ("%", "[pp]")
    if (share or figure.unit == "{times}") and (comparison or _GROWTH.search(words)):
        return "growth"
    if figure.value < 0 or _MORE.search(before) or (share and _CHANGE.search(words)):
        return "change"
    return "share" if share and _SHARE.search(words) else "level"
