"""The brief as it is printed: one page a system, which looks the same wherever it is opened."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..extras import needs
from ..language import text
from .content import Content
from .pages import Page, page
from .paper import HEIGHT, WIDTH, Block, Drawing, Entry, Look, Paper, Row, Run, Text, filled, sheets
from .picture import PRINT

# Sizes of type that a page is tried in.
_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
# Parts of a table's width.
_PARTS = (0.34, 0.27, 0.39)
# Heights of a picture in points: at least, wanted where rows can wait or type be smaller, and at
# most.
_LEAST, _WANTED, _GREATEST = 130.0, 240.0, 330.0
_GAP = 4.0
_BULLET, _INSET = 14.0, 2.0

with needs("export"):
    from PIL import Image

Sheets = list[list[tuple[Block, float]]]


def pdf(content: Content) -> bytes:
    """One page a system, and for several a cover page and contents, in each language."""
    paper = Paper(content.title[content.langs[0]], content.langs[0])
    parts: dict[str, list[tuple[Page, Sheets]]] = {lang: [] for lang in content.langs}
    for lang, system in content.pages():
        shown = page(system, lang, content)
        parts[lang].append((shown, sheets(_blocks(shown))))
    for lang, part in parts.items():
        _write(paper, content, lang, part)
    return bytes(paper.output())


def _write(paper: Paper, content: Content, lang: str, part: list[tuple[Page, Sheets]]) -> None:
    """Cover, contents and pages of a language, with a bookmark each."""
    several = len(part) > 1
    level, section = 0, ""
    if several:
        _draw(paper, _cover(content, lang), (content.title[lang], 0))
        contents = _contents(part, lang, paper.page_no())
        _draw(paper, contents, (text("export_contents", lang), 1))
        level = 2
    for shown, found in part:
        marks = [(shown.name, level)]
        if several and shown.section != section:
            section = shown.section
            marks.insert(0, (section, 1))
        _draw(paper, found, *marks)


def _draw(paper: Paper, found: Sheets, *marks: tuple[str, int]) -> None:
    for number, blocks in enumerate(found):
        paper.add_page()
        for name, level in marks if not number else ():
            paper.start_section(name, level)
        for block, top in blocks:
            block.draw(paper, top)


def _paragraph(words: str, look: Look, lang: str) -> Text:
    return Text(filled([(words, "")], WIDTH - look.indent, look.size), look, lang)


def _cover(content: Content, lang: str) -> Sheets:
    source = content.package.row("sources", "report")
    subtitle = Look(14.0, after=6.0)
    return sheets(
        [
            _paragraph(content.title[lang], Look(30.0, HEIGHT / 4, 12.0, bold=True), lang),
            _paragraph(text("export_subtitle", lang), subtitle, lang),
            _paragraph(getattr(source, f"title_{lang}"), subtitle, lang),
        ]
    )


def _contents(part: list[tuple[Page, Sheets]], lang: str, before: int) -> Sheets:
    """Systems by section with their pages; `before` pages come before the contents."""
    # How many pages the contents have does not hang on the numbers in them.
    own = len(sheets(list(_entries(part, lang, 0))))
    return sheets(list(_entries(part, lang, before + own)))


def _entries(part: list[tuple[Page, Sheets]], lang: str, before: int) -> Iterator[Block]:
    yield _paragraph(text("export_contents", lang), Look(18.0, after=4.0, bold=True), lang)
    section, number = "", before + 1
    for shown, found in part:
        if shown.section != section:
            section = shown.section
            yield _paragraph(section, Look(10.5, 6.0, 1.0, bold=True, kept=True), lang)
        yield Entry(shown.name, number, Look(10.5, after=3.0), lang)
        number += len(found)


@dataclass(frozen=True)
class _Layout:
    """A page in one size of type: what stands above the table, below it, and below the picture."""

    shown: Page
    size: float

    @property
    def opening(self) -> list[Block]:
        shown = self.shown
        return [
            self._said(shown.name, Look(18.0, after=2.0, bold=True)),
            self._said(shown.section, Look(9.0, after=3.0, muted=True)),
            self._said(shown.finding, Look(self.size + 0.5, after=_GAP, bold=True)),
        ]

    @property
    def before(self) -> list[Block]:
        return self._lists([*self.shown.shown, *self.shown.before])

    @property
    def after(self) -> list[Block]:
        """What follows the picture, the sources last, each a link where it has an address."""
        label, listed = self.shown.sources
        runs: list[Run] = []
        for each in listed:
            runs += [(text("place_separator", self.shown.lang), "")] if runs else []
            runs.append((each.title[self.shown.lang], each.url))
        small = Look(self.size - 1.0, after=0.0, muted=True)
        lines = filled(runs, WIDTH, small.size)
        cited = [self._label(label), Text(lines, small, self.shown.lang)] if listed else []
        return [*self._lists(self.shown.after), *cited]

    def rows(self, room: float) -> list[Row]:
        """As many rows of the table as there is room for, and at least those that are needed."""
        if not self.shown.rows:
            return []
        head, *rows = [self._row(row) for row in [self.shown.head, *self.shown.rows]]
        head = replace(head, look=replace(head.look, bold=True))
        found = [head, *rows]
        most = len(rows)
        while most > self.shown.least and _high(found) > room:
            most -= 1
            found = [head, *rows[: most - 1], self._row(self.shown.fitting(most)[-1])]
        return found

    def _said(self, words: str, look: Look) -> Text:
        return _paragraph(words, look, self.shown.lang)

    def _label(self, label: str) -> Text:
        return self._said(label, Look(self.size, _GAP, 1.0, bold=True, kept=True))

    def _lists(self, lists: list[tuple[str, list[str]]]) -> list[Block]:
        found: list[Block] = []
        for label, said in lists:
            found.append(self._label(label))
            look = Look(self.size, after=1.0, indent=_BULLET)
            found += [self._said(line, look) for line in said]
        return found

    def _row(self, row: list[str]) -> Row:
        look = Look(self.size - 1.0)
        widths = [WIDTH * part for part in _PARTS]
        cells = [
            filled([(words, "")], wide - 4 * _INSET, look.size)
            for words, wide in zip(row, widths, strict=True)
        ]
        return Row(cells, widths, look, self.shown.lang, _INSET)


def _blocks(shown: Page) -> list[Block]:
    """A page in the largest type that leaves room for the picture and for the report's figures."""
    drawn = b"" if shown.picture is None else shown.picture.drawn(shown.lang, dpi=PRINT)
    wanted = _WANTED + 2 * _GAP if drawn else 0.0
    for size in _SIZES:
        layout = _Layout(shown, size)
        opening, before, after = layout.opening, layout.before, layout.after
        room = HEIGHT - _high([*opening, *before, *after])
        rows = layout.rows(room - wanted)
        room -= _high(rows)
        if room >= wanted:
            break
    picture = [_picture(shown, drawn, room - 2 * _GAP)] if drawn else []
    return [*opening, *rows, *before, *picture, *after]


def _high(blocks: Sequence[Block]) -> float:
    return sum(block.high for block in blocks)


def _picture(shown: Page, drawn: bytes, room: float) -> Drawing:
    """The chart as large as the page has room for, with what it shows in words."""
    assert shown.picture is not None
    with Image.open(io.BytesIO(drawn)) as image:
        shape = image.width / image.height
    high = min(max(room, _LEAST), _GREATEST, WIDTH / shape)
    return Drawing(drawn, high * shape, high + 2 * _GAP, shown.picture.words(shown.lang))
