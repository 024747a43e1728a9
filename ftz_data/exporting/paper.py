"""Sheets of paper: lines, rows and pictures that know their height before they are drawn.

The font of the charts stands in the file, cut down to the signs that are used. It has one weight,
so that bold is the same signs with an outline.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from .. import style
from ..charts.kinds.lines import pieces, width
from ..extras import needs
from .pages import SPACING

with needs("export"):
    from fpdf import FPDF, ViewerPreferences
    from fpdf.enums import TextMode
    from PIL import Image

# A4 and its margin, in points; the number of the page stands in the lower one.
WIDE, HIGH, MARGIN = 595.28, 841.89, 45.0
WIDTH, HEIGHT = WIDE - 2 * MARGIN, HIGH - 2 * MARGIN
# Our names for the fonts of the charts: one writes, the other what it lacks.
_FAMILIES = ("text", "rest")
# An outline of this part of the size makes a sign bold.
_BOLD = 0.03
_LANGUAGES = {"en": "en-US", "zh": "zh-CN"}
# What sums of heights may be wrong by.
_NOTHING = 0.01
# The same report gives the same bytes.
_NEVER = datetime(1980, 1, 1, tzinfo=UTC)

# Words, and the address or the link that they lead to.
Run = tuple[str, Any]


class Block(Protocol):
    """What stands on a sheet from one margin to the other."""

    @property
    def high(self) -> float:
        """Points from its top to its foot."""

    @property
    def kept(self) -> bool:
        """Whether it stays on one sheet with the block that follows."""

    def draw(self, paper: Any, top: float) -> None:
        """Draw it at a height."""


@dataclass(frozen=True)
class Look:
    """Size in points, what comes before and after, indent, and whether it is bold or muted."""

    size: float
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    bold: bool = False
    muted: bool = False
    kept: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph, broken into lines; one that is indented has a bullet."""

    lines: Sequence[Sequence[Run]]
    look: Look
    lang: str

    @property
    def high(self) -> float:
        """Points with the space before and after."""
        lead = self.look.size * SPACING[self.lang]
        return self.look.before + len(self.lines) * lead + self.look.after

    @property
    def kept(self) -> bool:
        """As the look says."""
        return self.look.kept

    def draw(self, paper: Any, top: float) -> None:
        """Draw each line, and the bullet before the first."""
        look, lead = self.look, self.look.size * SPACING[self.lang]
        top += look.before
        if look.indent:
            paper.put("•", MARGIN + look.indent / 3, top, lead, look)
        for number, line in enumerate(self.lines):
            left = MARGIN + look.indent
            for words, goal in line:
                left += paper.put(words, left, top + number * lead, lead, look, goal)


@dataclass(frozen=True)
class Entry:
    """A line of the contents: name, dots, the number of the page."""

    name: str
    number: int
    look: Look
    lang: str
    kept: bool = False

    @property
    def high(self) -> float:
        """Points of one line."""
        return self.look.size * SPACING[self.lang] + self.look.after

    def draw(self, paper: Any, top: float) -> None:
        """Draw the line, which leads to its page."""
        lead, goal = self.look.size * SPACING[self.lang], paper.add_link(page=self.number)
        taken = paper.put(self.name, MARGIN, top, lead, self.look, goal)
        shown = str(self.number)
        room = WIDTH - taken - _points(shown, self.look.size)
        dots = "." * int((room - 8) / _points(".", self.look.size))
        right = MARGIN + WIDTH - _points(shown, self.look.size)
        paper.put(dots, right - 4 - _points(dots, self.look.size), top, lead, self.look)
        paper.put(shown, right, top, lead, self.look, goal)


@dataclass(frozen=True)
class Row:
    """A row of a table: lines of each cell, in columns of some widths."""

    cells: Sequence[Sequence[Sequence[Run]]]
    widths: Sequence[float]
    look: Look
    lang: str
    inset: float = 2.0
    kept: bool = False

    @property
    def high(self) -> float:
        """Points of the cell that has the most lines."""
        most = max(len(lines) for lines in self.cells)
        return most * self.look.size * SPACING[self.lang] + 2 * self.inset

    def draw(self, paper: Any, top: float) -> None:
        """Draw each cell in its border."""
        left, lead = MARGIN, self.look.size * SPACING[self.lang]
        paper.set_draw_color(style.GRID)
        paper.set_line_width(0.5)
        if self.look.bold:
            paper.set_fill_color(style.TRACK)
        for lines, wide in zip(self.cells, self.widths, strict=True):
            paper.rect(left, top, wide, self.high, "DF" if self.look.bold else "D")
            for number, line in enumerate(lines):
                for words, _ in line:
                    down = top + self.inset + number * lead
                    paper.put(words, left + 2 * self.inset, down, lead, self.look)
            left += wide


@dataclass(frozen=True)
class Drawing:
    """A PNG with its width, its height with the space around it, and what it shows in words."""

    drawn: bytes
    wide: float
    high: float
    words: str
    kept: bool = False

    def draw(self, paper: Any, top: float) -> None:
        """Draw it at the left margin, in the middle of its height."""
        # Opened no sooner: the pixels of a whole report would fill the memory.
        with Image.open(io.BytesIO(self.drawn)) as image:
            # Without its transparency, which is a second picture in a PDF.
            opaque = image.convert("RGB")
        drawn = self.wide * opaque.height / opaque.width
        down = top + (self.high - drawn) / 2
        paper.image(opaque, MARGIN, down, w=self.wide, alt_text=self.words)


class Paper(FPDF):
    """A document of our font, without dates."""

    def __init__(self, title: str, lang: str) -> None:
        super().__init__(unit="pt", format="A4")
        self.set_creation_date(_NEVER)
        self.set_title(title)
        self.set_lang(_LANGUAGES[lang])
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_auto_page_break(False)
        self.set_margin(MARGIN)
        self.c_margin = 0.0
        for family, path in zip(_FAMILIES, style.fonts(), strict=True):
            self.add_font(family, fname=path, collection_font_number=path.face_index)
        self.set_fallback_fonts(_FAMILIES[1:])

    def footer(self) -> None:
        """The number of the page, in the middle of the lower margin."""
        shown, look = str(self.page_no()), Look(9.0, muted=True)
        self.put(shown, (WIDE - _points(shown, look.size)) / 2, HIGH - 30, 12.0, look)

    def put(
        self, words: str, left: float, top: float, lead: float, look: Look, goal: Any = ""
    ) -> float:
        """Write words on a line of a height, and return how wide they are."""
        self.set_font(_FAMILIES[0], size=look.size)
        ink = style.MUTED if look.muted else style.INK
        self.set_text_color(ink)
        wide = _points(words, look.size)
        self.set_xy(left, top)
        with self.local_context():
            if look.bold:
                self.set_draw_color(ink)
                self.set_line_width(look.size * _BOLD)
                self.text_mode = TextMode.FILL_STROKE
            self.cell(wide, lead, words, link=goal)
        if isinstance(goal, str) and goal:
            # An address is underlined; what leads to a page of the same file is not.
            self.set_draw_color(ink)
            self.set_line_width(0.4)
            self.line(left, top + lead * 0.88, left + wide, top + lead * 0.88)
        return wide


def filled(runs: Sequence[Run], room: float, size: float) -> list[list[Run]]:
    """Break words into lines of a width, each as full as may be.

    Parameters
    ----------
    runs : sequence of (str, str)
        Words, each with the address that they lead to or nothing.
    room, size : float
        Of the column and of the type, in points.
    """
    lines: list[list[Run]] = [[]]
    taken = 0.0
    for piece, goal in _pieces(runs, room, size):
        if piece == "\n":
            lines.append([])
            taken = 0.0
            continue
        wide = _points(piece, size)
        if taken and not piece.isspace() and taken + wide > room:
            lines.append([])
            taken = 0.0
        if taken or not piece.isspace():
            line = lines[-1]
            if line and line[-1][1] == goal:
                line[-1] = (line[-1][0] + piece, goal)
            else:
                line.append((piece, goal))
            taken += wide
    return lines


def _pieces(runs: Sequence[Run], room: float, size: float) -> Iterator[Run]:
    """What stays together on a line; what is wider than a line is taken sign by sign."""
    for words, goal in runs:
        for number, part in enumerate(words.split("\n")):
            if number:
                yield "\n", ""
            plain = "".join(letter if letter.isprintable() else " " for letter in part)
            for piece in pieces(plain):
                for each in [piece] if _points(piece, size) <= room else piece:
                    yield each, goal


def _points(words: str, size: float) -> float:
    return width(words, size) * 72


def sheets(blocks: Sequence[Block]) -> list[list[tuple[Block, float]]]:
    """Blocks on as many sheets as they need, each with its top."""
    found: list[list[tuple[Block, float]]] = [[]]
    top = MARGIN
    for number, block in enumerate(blocks):
        follows = blocks[number + 1].high if block.kept and number + 1 < len(blocks) else 0.0
        if found[-1] and top + block.high + follows > MARGIN + HEIGHT + _NOTHING:
            found.append([])
            top = MARGIN
        found[-1].append((block, top))
        top += block.high
    return found
