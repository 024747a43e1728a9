"""Breaking words into lines that are even, in Chinese and in English.

Widths are those of the font's own glyphs, so a line is known to fit before anything is drawn.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font, LoadFlags

from ... import style

# What stays together: a run of letters and signs of arithmetic, a number with the unit behind it,
# a date, and punctuation with what it opens or closes.
_OPEN, _CLOSE = r"[（【《“‘([]*", r"[，。、；：！？）】》”’,.;:!?)\]%]*"
_NUMBER = r"[+−-]?\d[\d.,]*%?(?:[万亿]*(?:分钟|小时|标箱|个月|[\u4e00-\u9fff]))?(?:\d+[月日])*"
_WORD = r"[^\s\u3000-\u9fff\uff00-\uffef，。、；：！？（）【】《》“”‘’]+"
_PIECE = re.compile(rf"\s+|{_OPEN}(?:{_NUMBER}(?![A-Za-z])|{_WORD}|[^\s]){_CLOSE}")
_SENTENCE, _CLAUSE = tuple("。；！？.;!?"), tuple("，、：,:）)")


@functools.cache
def _fonts() -> list[tuple[FT2Font, frozenset[int]]]:
    fonts = []
    for path in style.fonts():
        font = font_manager.get_font(path)
        fonts.append((font, frozenset(font.get_charmap())))
    return fonts


@functools.lru_cache(4096)
def _advance(letter: str) -> float:
    """Width of a letter in parts of the size of the font."""
    # A font of FreeType's serves one thread at a time.
    with style.ONE_AT_A_TIME:
        for font, known in _fonts():
            if ord(letter) in known:
                glyph = font.load_char(ord(letter), flags=LoadFlags.NO_SCALE)
                return glyph.horiAdvance / font.units_per_EM
    return 1.0


def width(words: str, points: float) -> float:
    """Inches that the widest line of a text takes at a size in points."""
    return max(sum(map(_advance, line)) for line in words.split("\n")) * points / 72


def height(lines: int, points: float, spacing: float = 1.25) -> float:
    """Inches that lines of text take at a size in points."""
    return lines * points * spacing / 72


def pieces(words: str) -> list[str]:
    """Pieces of a text between which a line may end; put together they are the text again."""
    return _PIECE.findall(words)


def _cost(line: str, last: bool, only: bool, fill: float) -> float:
    """How bad a line is: ragged, broken in the midst of a clause, or a lone character."""
    ragged = (1 - fill) ** 2
    if last:
        lone = len(line.strip(" ，。、；：！？,.;:!?")) <= 1 and not only
        return ragged + (100 if lone else 0)
    if line.endswith(_SENTENCE):
        return ragged
    return ragged + (0.06 if line.endswith(_CLAUSE) else 0.12)


def wrap(words: str, inches: float, points: float) -> list[str]:
    """Break a text into as few lines as fit, as even as they can be.

    Lines end rather at the end of a sentence, next at a comma. No lone character is left on the
    last line, and no closing punctuation begins a line.

    Parameters
    ----------
    words : str
        A newline in it is kept.
    inches : float
        Widest line. A piece that is wider stands on a line of its own.
    points : float
        Size of the font.

    Returns
    -------
    list of str
    """
    return [line for part in words.split("\n") for line in _wrap(part, inches, points)]


@functools.lru_cache(2048)
def _wrap(words: str, inches: float, points: float) -> tuple[str, ...]:
    if width(words, points) <= inches:
        return (words,)
    parts = pieces(words)
    widths = [width(part, points) for part in parts]
    few = _fewest(parts, widths, inches)
    # One line more may be had where the fewest leave a lone character.
    best = min((_even(parts, widths, inches, count) for count in (few, few + 1)), key=_total)
    return tuple(best[1])


def _total(found: tuple[float, list[str]]) -> float:
    return found[0] + 0.5 * len(found[1])


def _fewest(parts: Sequence[str], widths: Sequence[float], inches: float) -> int:
    lines, taken = 1, 0.0
    for part, wide in zip(parts, widths, strict=True):
        if taken and not part.isspace() and taken + wide > inches:
            lines, taken = lines + 1, 0.0
        taken += wide if taken or not part.isspace() else 0
    return lines


def _even(
    parts: Sequence[str], widths: Sequence[float], inches: float, count: int
) -> tuple[float, list[str]]:
    """The cheapest way to set all pieces in so many lines."""
    size = len(parts)
    best: dict[tuple[int, int], tuple[float, list[str]]] = {(0, 0): (0.0, [])}
    for row in range(1, count + 1):
        for stop in range(1, size + 1):
            found: list[tuple[float, list[str]]] = []
            for start in range(stop):
                before = best.get((row - 1, start))
                line = "".join(parts[start:stop]).strip()
                wide = sum(widths[start:stop])
                wide -= widths[stop - 1] if parts[stop - 1].isspace() else 0
                wide -= widths[start] if parts[start].isspace() else 0
                if before is None or not line or (wide > inches + 1e-9 and stop - start > 1):
                    continue
                cost = _cost(line, stop == size, count == 1, min(1.0, wide / inches))
                found.append((before[0] + cost, [*before[1], line]))
            if found:
                best[row, stop] = min(found, key=lambda each: each[0])
    return best.get((count, size), (float("inf"), list(parts)))
