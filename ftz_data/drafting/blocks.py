"""Paragraphs and sentences of a text, and the place of a figure among them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_END = "。！？!?…"
_CLOSING = "”’」』）)》"
# Marks at which a sentence ends; a full stop of Latin script where a new one begins behind it.
_STOP = re.compile(rf"[{_END}]+[{_CLOSING}\"]*|\.[{_CLOSING}\"]*(?=\s+[A-Z“\"(])")
_GAP = re.compile(r"\n[^\S\n]*(?:\n\s*)?")
_SPACE = re.compile(r"\s+")
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·"
_HEADING = 40
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Sentence(NamedTuple):
    """A sentence: its span in the text, and which one it is of which paragraph, from 1."""

    start: int
    end: int
    paragraph: int
    number: int


def joined(text: str) -> str:
    """A stretch of text as one line: white space stays between Latin words and numbers alone.

    Examples
    --------
    >>> joined("海洋经\\n济总值 244.8 亿元"), joined("7.1 million\\ntonnes")
    ('海洋经济总值244.8亿元', '7.1 million tonnes')
    """
    text = _SPACE.sub(" ", text.strip())
    return re.sub(rf"(?<=[{_WIDE}]) | (?=[{_WIDE}])", "", text)


def raised(words: str) -> str:
    """Raised figures as the signs for them, so that the mark of a note is no digit: m² and 吨¹."""
    return words.translate(_RAISED)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs of a plain text.

    Lines may be broken anywhere, as in the columns of a newspaper: a paragraph goes on until a line
    ends a sentence. A short line without any mark, and with an empty line around it, is a heading.
    In a text that separates some paragraphs by empty lines, a line end alone separates none.
    """
    spaced = bool(re.search(r"\n[^\S\n]*\n", text.strip()))
    found, start, pos = [], 0, 0
    for gap in [*_GAP.finditer(text), None]:
        stop = gap.start() if gap else len(text)
        line = text[pos:stop].strip()
        empty = gap is None or gap[0].count("\n") > 1
        heading = line and start == pos and len(line) <= _HEADING and not _marked(line)
        pos = gap.end() if gap else stop
        if (ends(line) and (empty or not spaced)) or (heading and empty) or gap is None:
            found.append((start, stop))
            start = pos
    return _trimmed(text, found)


def ends(line: str) -> bool:
    """Whether a line ends a sentence."""
    return bool(re.search(rf"[{_END}.][{_CLOSING}\"]*$", line))


def _marked(line: str) -> bool:
    """Whether a line holds a mark or a number, but for the year that a heading may name."""
    return bool(re.search(r"[，。；：、！？“”（）()《》,.;:—]|\d", re.sub(r"\d{4}年", "", line)))


def _trimmed(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without the white space at their ends; what is empty is left out."""
    kept = []
    for start, end in spans:
        inner = text[start:end]
        if inner.strip():
            kept.append((start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())))
    return kept


def sentences(text: str, spans: list[tuple[int, int]]) -> list[Sentence]:
    """Sentences of paragraphs, in the order of the text."""
    found = []
    for paragraph, (start, end) in enumerate(spans, start=1):
        stops = [match.end() for match in _STOP.finditer(text, start, end)]
        parts = [stop for stop in stops if stop < end] + [end]
        begins = [start, *parts]
        cut = _trimmed(text, list(zip(begins, parts, strict=False)))
        found += [Sentence(*span, paragraph, number) for number, span in enumerate(cut, start=1)]
    return found


def sentence_at(known: list[Sentence], place: int) -> Sentence:
    """The sentence that a place of the text is in, or the last one before it."""
    begins = [each.start for each in known]
    return known[max(bisect_right(begins, place) - 1, 0)]
