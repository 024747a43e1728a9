"""A text as it was laid out, to one line in which a figure holds no white space.

White space may stand within a number (`2 0 万元`, as columns of a newspaper give it), or between
two that must not be joined (cells of a table, the number of a page). The first is removed; the
second is kept as one sign, which nothing that reads a figure can pass.
"""

from __future__ import annotations

import re
import unicodedata

from .lexicon import kinds

BREAK = "\x1f"  # two cells, lines or paragraphs meet here
UNSURE = "\x1e"  # two numbers stand here, or one that is spaced

VARIANTS = kinds("variant")
_PAGE = re.compile(r"(?m)^[^\S\n]*(?:[—–·•-]+[^\S\n]*\d{1,4}[^\S\n]*[—–·•-]+)[^\S\n]*$")
_LONE = re.compile(r"(?m)^[^\S\n]*[(（]?\d+[)）]?[^\S\n]*$")
_MARKER = re.compile(
    r"(?m)^[^\S\n]*(?:\d{1,3}|[一二三四五六七八九十]{1,3}(?!、[一二三四五六七八九十]))(?:[、)）]|[.．](?=[^\S\n]))"
)
_WIDE = re.compile(r"(?<![\d.,])\d{1,3}(?:，\d{3})+(?!\d)")
_APOSTROPHE = re.compile(r"(?<![\d.,])\d{1,3}(?:['’]\d{3})+(?!\d)")
# Amounts on bills are written out, so that none can be altered: 贰拾万元整.
_BILL = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟圆", "一二三四五六七八九十百千元", strict=True))
_WRITTEN = re.compile(r"(?<!大)[壹贰叁肆伍陆柒捌玖][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]*[元圆]")
_THIN = re.compile("[\u2007\u2009\u202f\u00a0]")
_SPACE = re.compile(r"\s+")
_SIGN = "-−–"
_LABEL = "表图件注栏章节条附第、.．)）"


def squeeze(text: str) -> tuple[str, list[int]]:
    """Remove white space and invisible marks; bring characters to one form.

    Full-width digits and letters become plain ones, traditional characters that the reader's words
    hold become simplified ones, and separators of thousands become commas.

    Parameters
    ----------
    text : str

    Returns
    -------
    squeezed : str
        Where two cells, lines or numbers meet that must not be joined, one control character
        (``\\x1f`` or ``\\x1e``) stands between them.
    places : list of int
        Offset in `text` of each character of `squeezed`.
    """
    plain = "".join(map(_plain, text))
    plain = _APOSTROPHE.sub(lambda match: re.sub("['’]", ",", match[0]), plain)
    plain = _WIDE.sub(lambda match: match[0].replace("，", ","), plain)
    plain = _WRITTEN.sub(lambda match: "".join(_BILL.get(c, c) for c in match[0]), plain)
    plain = _PAGE.sub(lambda match: " " * len(match[0]), plain)
    cut = {match.end() for match in _MARKER.finditer(plain)}
    for match in _LONE.finditer(plain):
        cut |= {match.start(), match.end()}
    visible = [
        (character, place)
        for place, character in enumerate(plain)
        if character.isspace() or unicodedata.category(character) != "Cf"
    ]
    line = "".join(character for character, _ in visible)
    kept: list[str] = []
    places: list[int] = []
    pos = 0

    def keep(start: int, end: int) -> None:
        for index in range(start, end):
            place = visible[index][1]
            if place in cut and kept and kept[-1] != BREAK:
                kept.append(BREAK)
                places.append(place)
            kept.append(line[index])
            places.append(place)

    for space in _SPACE.finditer(line):
        keep(pos, space.start())
        pos = space.end()
        if 0 < space.start() and pos < len(line):
            between = _between(line, space.start(), pos, visible, cut)
            if between and kept[-1] != between:
                kept.append(between)
                places.append(visible[pos][1])
    keep(pos, len(line))
    return "".join(kept), places


def _between(line: str, start: int, end: int, visible: list[tuple[str, int]], cut: set[int]) -> str:
    """What stays of the white space between two characters."""
    before, space, after = line[start - 1], line[start:end], line[end]
    if any(mark in space for mark in "\t\v\f"):
        return BREAK
    if any(place in cut for place in range(visible[start][1], visible[end][1] + 1)):
        return BREAK
    signed = after in _SIGN + "—" and end + 1 < len(line) and line[end + 1].isdigit()
    if signed and (before.isdigit() or before in "%元吨点倍天年"):
        return BREAK
    if before.isdigit() and (after.isdigit() or after in ".,"):
        return _between_digits(line, start, end)
    if before in ".," and after.isdigit() and start > 1 and line[start - 2].isdigit():
        return BREAK
    if space.count("\n") > 1 and (after.isdigit() and before in "。；"):
        return BREAK
    return ""


def _between_digits(line: str, start: int, end: int) -> str:
    """Whether the white space stands within one number, printed with spaces, or between two."""
    space = line[start:end]
    if line[end] in ".,":
        return BREAK if "\n" in space else ""
    left = re.search(r"\d+$", line[max(start - 20, 0) : start])
    right = re.match(r"\d+", line[end : end + 20])
    assert left and right
    if _THIN.search(space) and len(right[0]) == 3:
        return ""
    first = start - len(left[0])
    leading = line[max(first - 1, 0) : first]
    # A number that a word leads up to goes on; behind a label, a year or a cell it does not.
    leads = leading not in tuple(_LABEL) and not leading.isspace() and bool(leading)
    year = len(left[0]) == 4 and left[0][:2] in ("19", "20")
    zeros = set(right[0]) == {"0"}
    if "\n" in space or len(space) > 1:
        return "" if zeros and leads and len(space) == 1 else BREAK
    spaced = len(left[0]) == len(right[0]) == 1 and leading not in tuple(_LABEL)
    if spaced or (leads and not year) or (zeros and leading not in tuple(_LABEL)):
        return ""
    # A broken number or two cells: neither is read.
    return BREAK if year or leading in tuple(_LABEL) else UNSURE


def simplified(text: str) -> str:
    """A text with the traditional characters that the reader's words hold made simplified.

    Examples
    --------
    >>> simplified("同比增長5.8%")
    '同比增长5.8%'
    """
    return "".join(VARIANTS.get(character, character) for character in text)


def _plain(character: str) -> str:
    # Circled and raised numbers (category No) mark notes; they are no figures.
    if character.isascii():
        return character
    if character in VARIANTS:
        return VARIANTS[character]
    if unicodedata.category(character) == "No" or character in "，：；！？（）":
        return character
    if character.isspace():
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
