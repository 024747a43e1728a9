"""What a figure measures, in the words that stand before it: the title of a draft's indicator."""

from __future__ import annotations

import re

from ..periods import named
from ..wording.layout import simplified
from .blocks import joined

_MARK = re.compile(r"[，。；：、！？,;:!?\t]|\n\s*\n")
_BARE = re.compile(
    r"(?:同比|环比|分别|[比较](?:上年|去年)(?:同期)?|按(?:可比|不变|现行|当年)价格?计算|年均|累计|其中|居|占|达到?"
    r"|增长|增速|增加|下降|减少|提高|提升|up|down|or|and)*"
)
_CELL = re.compile(r"[\d.,]+\W?\w{0,3}")
_EDGE = " “”‘’「」『』（）()《》\"'"
_LONGEST = 16
# What parts clauses; a comma within a number parts none.
_CLAUSE = re.compile(r"[，。；：！？;:!?\t\n]|,(?!\d)")
_ITEM = re.compile("、|以及|和|及|与|與")
_IN_TURN = re.compile("分别|依次")
_LEAD = re.compile("截[至止]|今年|去年|上年|到")
# Verbs that say no more than that a figure follows.
_IS = re.compile(r"(?:[为是达]|达[到至]|实现|完成)?")


def title(sentence: str, start: int) -> str:
    """Words for the figure that starts at a place of its sentence.

    Of a list with 分别 each figure has its own name. Else it is the clause before; where that says
    no more than that something grew, or is the cell beside in a table, what stands before says
    what.

    Examples
    --------
    >>> words = "第一、第二产业增加值分别增长3%和5%"
    >>> title(words, words.index("3")), title(words, words.index("5"))
    ('第一产业增加值增长', '第二产业增加值增长')
    """
    own = _in_turn(sentence, start)
    if own:
        return _shortened(own)
    found: list[str] = []
    for part in reversed(_MARK.split(sentence[:start])):
        if words := _undated(_trimmed(joined(part))):
            found.insert(0, _shortened(words))
            if not (_BARE.fullmatch(simplified(words)) or _CELL.fullmatch(words)):
                break
    return "，".join(found)


def _in_turn(sentence: str, start: int) -> str | None:
    """Name of a figure in a list with 分别; None where names and figures are not as many."""
    stops = [0, *(match.end() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    at = max(stop for stop in stops if stop <= start)
    end = min(stop for stop in stops if stop > start)
    turn = list(_IN_TURN.finditer(simplified(sentence), at, start))
    if not turn:
        return None
    before = sentence[turn[-1].end() : start]
    number = len(_ITEM.findall(before))
    total = len(_ITEM.findall(sentence[turn[-1].end() : end])) + 1
    verb = re.match(r"\D*?(?=\d|[零一二三四五六七八九十百千半近超逾约]|\Z)", before)
    lead = joined(sentence[at : turn[-1].start()])
    names = (
        _names(lead)
        if not _BARE.fullmatch(simplified(lead))
        else _names_before(sentence[:at], total)
    )
    if total < 2 or len(names) != total:
        return None
    words = verb[0] if verb else ""
    return names[number] + ("" if _IS.fullmatch(words) else words)


def _names(words: str) -> list[str]:
    """Names of a list; what the last of them alone says is said of all."""
    names = [each.strip(_EDGE) for each in _ITEM.split(words)]
    names = [each for each in names if each]
    *others, last = names or [""]
    ends = {each[-1] for each in others}
    if len(ends) == 1:
        # 第一产业、第二产业增加值: behind the sign that the others end with.
        _, sign, head = last.partition(ends.pop())
        if sign and head:
            return [*(each + head for each in others), last]
    # 第一、第二产业: the others are numbers alone.
    if others and all(re.fullmatch("第[一二三四五]", each) for each in others):
        return [*(each + last[2:] for each in others), last]
    return names


def _names_before(words: str, total: int) -> list[str]:
    """Names of the figures of the clauses before: of their own list, or one a figure."""
    clauses = [each for each in map(joined, _CLAUSE.split(words)) if each]
    if clauses and (turn := _IN_TURN.search(simplified(clauses[-1]))):
        return _names(clauses[-1][: turn.start()])
    parts = [part for each in clauses for part in each.split("、")]
    figures = [part for part in parts[-total:] if re.search(r"\d", part)]
    return [re.split(r"\d", part)[0].strip(_EDGE) for part in figures]


def _undated(words: str) -> str:
    """Words without the period that they begin with, which a row says in a column of its own."""
    lead = _LEAD.match(words)
    start = lead.end() if lead else 0
    for each in named(words):
        # 2025年第三季度 is named at once; 今年以来 and 9月末 are no more than that.
        if each.start == start and each.end < len(words):
            return words[each.end :].strip(_EDGE)
    return words


def _trimmed(words: str) -> str:
    """Words without marks around them; of a bracket that is still open, what it holds."""
    opened = max(words.rfind(sign) for sign in "(（")
    if opened > max(words.rfind(sign) for sign in ")）"):
        return words[opened + 1 :].strip(_EDGE)
    # 生产总值(GDP) keeps the end of its bracket.
    closed = re.search(r"[(（][^()（）]+[)）]\Z", words)
    return words.lstrip(_EDGE) if closed else words.strip(_EDGE)


def _shortened(words: str) -> str:
    """The end of some words that are long, begun at a word where they are Latin."""
    if len(words) <= _LONGEST:
        return words
    end = words[-2 * _LONGEST :] if words.isascii() else words[-_LONGEST:]
    return "…" + (end.partition(" ")[2] or end if words.isascii() else end)
