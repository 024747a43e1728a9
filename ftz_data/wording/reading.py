"""The figures of a text, and what of it was not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from . import english
from .before import Before, look
from .english_grammar import WORDED
from .figure import Figure, Match, Reading, Unread, why
from .grammar import LATIN, NAMES, START
from .layout import squeeze
from .lexicon import CHINESE, measure
from .numbers import Unreadable, numeral_end
from .sense import read_at

_WORDS = re.compile("[a-z]{3,}")


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
        return replace(_whole(text, printed), printed=text)
    except Unreadable as error:
        place = error.place
        shown = f"{text[max(place - 12, 0) : place]}▸{text[place : place + 12]}"
        offset = places[place] if place < len(text) else len(printed)
        short = printed if len(printed) <= 40 else printed[:39] + "…"
        unknown = error.why.key == "unknown_measure"
        table = "; add it to a row of units.csv, or a row for it" if unknown else ""
        raise ValueError(
            f"printed is {short!r}, which cannot be read at position {offset} ({shown}): "
            f"{error}{table}"
        ) from None


def _whole(text: str, printed: str) -> Figure:
    """The one figure that a text is; Unreadable where it is none, or holds more."""
    if _is_english(text):
        found, unread = english.read(printed)
        if len(found) == 1 and found[0][2].printed == " ".join(printed.split()):
            return found[0][2]
        reason = unread[0].why if unread else why("no_english")
        raise Unreadable(reason, 0, 0)
    first: Unreadable | None = None
    for start in START.finditer(text):
        try:
            match, before = read_at(text, start.start(), 0, alone=True)
            if before.begin > 0:
                raise Unreadable(why("no_number"), 0, 0)
            if match.end < len(text):
                raise Unreadable(why("figure_ends"), match.end, 0)
            return match.figure
        except Unreadable as error:
            first = first or error
    raise first or Unreadable(why("no_number"), _words_only(text), 0)


def _words_only(text: str) -> int:
    """Where the words that may stand before a number end."""
    return 0 if look(text, len(text), 0).begin else len(text)


def find_figures(text: str) -> list[tuple[int, int, Figure]]:
    """Find the figures of a running text.

    What cannot be read for certain is left out: calendar dates, ordinals such as 第一批, code
    numbers, numbers without a known measure word; `read_text` says what, and why.

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
    return read_text(text).figures


def read_text(text: str) -> Reading:
    """Find the figures of a running text, and the numerals that were not read.

    Parameters
    ----------
    text : str
        As for `find_figures`.

    Returns
    -------
    Reading
        `figures` as `find_figures` returns them; `unread` has a row for each other numeral, with
        its offsets in `text` and the reason in one line, in English as `reason` and in either
        language as ``why.in_(lang)``.

    Examples
    --------
    >>> [(each.printed, each.reason) for each in read_text("2024年，第3家").unread]
    [('2024', 'this names a calendar year'), ('3', 'this names an order, not a quantity')]
    """
    if not isinstance(text, str):
        raise TypeError(f"text is {text!r}; a str is allowed")
    squeezed, places = squeeze(text)
    figures: list[tuple[int, int, Figure]] = []
    unread: list[Unread] = []
    for each in _parts(squeezed):
        start, end = places[each.start], places[each.end - 1] + 1
        if isinstance(each, Match):
            figures.append((start, end, each.figure))
        elif each.printed:
            unread.append(replace(each, start=start, end=end))
        else:
            _read_english(text, start, end, figures, unread)
    return Reading(figures, unread)


def _read_english(
    text: str,
    start: int,
    end: int,
    figures: list[tuple[int, int, Figure]],
    unread: list[Unread],
) -> None:
    """Add what a stretch of English holds."""
    stretch = text[start:end]
    found, left = english.read(stretch)
    figures += [(start + low, start + high, figure) for low, high, figure in found]
    unread += [replace(each, start=start + each.start, end=start + each.end) for each in left]


def matches(squeezed: str) -> Iterator[Match]:
    """Figures in Chinese of a squeezed text, in text order."""
    return (each for each in _parts(squeezed) if isinstance(each, Match))


def _is_english(stretch: str) -> bool:
    """Whether a stretch of Latin letters holds words, and not only abbreviations and units."""
    return bool(WORDED.search(stretch)) and any(
        not measure(stretch, word.start()) for word in _WORDS.finditer(stretch)
    )


def _parts(squeezed: str) -> Iterator[Match | Unread]:
    """Figures, and numerals that are none, in text order.

    A stretch of English is given as an `Unread` that prints nothing: its spaces are gone here.
    """
    names = NAMES.finditer(squeezed)
    name = next(names, None)
    latin = (each for each in LATIN.finditer(squeezed) if _is_english(each[0]))
    stretch = next(latin, None)
    pos, limit = 0, 0
    last: tuple[Match, Before] | None = None
    start = START.search(squeezed)
    while True:
        if start and start.start() < pos:
            start = START.search(squeezed, pos)
        if not (start or stretch):
            return
        number = start.start() if start else len(squeezed)
        while name and name.end() <= number:
            name = next(names, None)
        # Before the number, as figures in words have no digit to start at.
        if stretch and stretch.start() <= number:
            if stretch.end() > pos:
                yield Unread(max(stretch.start(), pos), stretch.end(), "", why("no_english"))
                pos = limit = stretch.end()
            stretch = next(latin, None)
            continue
        if name and name.start() <= number and not _counted(squeezed, name):
            pos = name.end()
            yield Unread(number, pos, squeezed[number:pos], why("name", word=name[0]))
            continue
        try:
            match, before = read_at(squeezed, number, limit, last=last)
        except Unreadable as error:
            # Not from within what contradicts itself: the rest of it would be misread.
            end = numeral_end(squeezed, number)
            pos = max(error.resume, end)
            limit = pos if pos > end else limit
            if not re.fullmatch("[翻半￥¥$€£]", squeezed[number:end]):
                yield Unread(number, end, squeezed[number:end], error.why)
            # 由2019年的980辆增至2023年的1600辆 goes on over the year.
            if error.why.key != "calendar_year":
                last = None
        else:
            yield match
            pos = limit = match.end
            last = match, before


def _counted(squeezed: str, name: re.Match[str]) -> bool:
    """Whether what reads like a name is the start of a longer number."""
    return squeezed[name.end() - 1] in CHINESE and squeezed[name.end() : name.end() + 1] in tuple(
        CHINESE
    )
