"""The brief: one page a system, to be edited in an office's own word processor."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..extras import needs
from ..language import text
from . import letter
from .archive import undated
from .content import Content
from .figures import Words
from .pages import Page, height, page
from .picture import PRINT

with needs("export"):
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

# Parts of a table's width; points around the text of its cells and around a paragraph.
_PARTS, _CELL, _GAP = (0.34, 0.27, 0.39), 2.0, 3.0
# Heights of a picture in points: at least, wanted where rows can wait, and at most.
_LEAST, _WANTED, _GREATEST = 90.0, 150.0, 300.0
# What estimates of heights may be wrong by.
_RESERVE = 30.0


def docx(content: Content, template: Path | None = None) -> bytes:
    """One page a system, and for several a cover page and contents, in each language."""
    document, place = letter.opened(template)
    before = set(document.element.body)
    _Brief(document, content).write()
    for each in [each for each in document.element.body if each not in before]:
        place._p.addprevious(each)
    place._p.getparent().remove(place._p)
    document.core_properties.title = content.title[content.langs[0]]
    buffer = io.BytesIO()
    document.save(buffer)
    return undated(buffer.getvalue())


@dataclass
class _Brief:
    document: Any
    content: Content

    def __post_init__(self) -> None:
        self.width, self.height = letter.width(self.document), letter.height(self.document)
        self.marks = 0
        self.page = 0

    def write(self) -> None:
        several = len(self.content.systems) > 1
        begun: set[str] = set()
        for lang, system in self.content.pages():
            if several and lang not in begun:
                self._cover(lang)
                self._contents(lang)
            begun.add(lang)
            self._system(page(system, lang, self.content))

    def _paragraph(self, words: str, style: str, lang: str) -> Any:
        paragraph = self.document.add_paragraph(words, style=style)
        for run in paragraph.runs:
            _tongue(run, lang)
        return paragraph

    def _opening(self, words: str, style: str, lang: str) -> Any:
        """A paragraph that begins a page."""
        paragraph = self._paragraph(words, style, lang)
        paragraph.paragraph_format.page_break_before = self.page > 0
        self.page += 1
        return paragraph

    def _cover(self, lang: str) -> None:
        title = self._opening(self.content.title[lang], "Title", lang)
        title.paragraph_format.space_before = Pt(self.height / 4)
        self._paragraph(text("export_subtitle", lang), "Subtitle", lang)
        source = self.content.package.row("sources", "report")
        self._paragraph(getattr(source, f"title_{lang}"), "Subtitle", lang)

    def _contents(self, lang: str) -> None:
        """Systems by section with their pages, which a word processor can compute anew."""
        self._opening(text("export_contents", lang), "Heading 1", lang)
        section = ""
        for number, system in enumerate(self.content.systems, start=self.page + 1):
            shown = page(system, lang, self.content)
            if shown.section != section:
                section = shown.section
                heading = self._paragraph(section, "Heading 2", lang)
                heading.paragraph_format.space_before = Pt(_GAP)
            line = self._paragraph(f"{shown.name}\t", "Normal", lang)
            stops = line.paragraph_format.tab_stops
            stops.add_tab_stop(Pt(self.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            letter.field(line, f"PAGEREF {_mark(shown)} \\h", str(number))

    def _system(self, shown: Page) -> None:
        lang = shown.lang
        heading = self._opening(shown.name, "Heading 1", lang)
        self.marks += 1
        letter.bookmark(heading, _mark(shown), self.marks)
        self._paragraph(shown.section, "Caption", lang)
        finding = self._paragraph(shown.finding, "Normal", lang)
        for run in finding.runs:
            run.bold = True
        rows, room = self._room(shown)
        if rows:
            self._table([shown.head, *rows], lang)
        self._lists([*shown.shown, *shown.before], lang)
        self._picture(shown, room)
        self._lists(shown.after, lang)
        self._sources(shown)

    def _label(self, label: str, lang: str) -> None:
        heading = self._paragraph(label, "Heading 2", lang)
        heading.paragraph_format.space_before = Pt(_GAP)
        heading.paragraph_format.keep_with_next = True

    def _lists(self, lists: list[tuple[str, list[str]]], lang: str) -> None:
        for label, said in lists:
            self._label(label, lang)
            for line in said:
                self._paragraph(line, "List Bullet", lang)

    def _sources(self, shown: Page) -> None:
        """All sources in one paragraph, each a link where it has an address."""
        label, listed = shown.sources
        self._label(label, shown.lang)
        paragraph = self._paragraph("", "Caption", shown.lang)
        for number, each in enumerate(listed):
            if number:
                _tongue(paragraph.add_run(text("place_separator", shown.lang)), shown.lang)
            words = each.title[shown.lang]
            linked = each.url and letter.link(paragraph, words, each.url)
            _tongue(linked or paragraph.add_run(words), shown.lang)

    def _room(self, shown: Page) -> tuple[list[list[str]], float]:
        """The rows that the page has room for, and the points that are left for the picture."""
        lists = [*shown.shown, *shown.before, *shown.after]
        taken = self._high(shown.name, "Heading 1", shown.lang)
        taken += self._high(shown.section, "Caption", shown.lang)
        taken += self._high(shown.finding, "Normal", shown.lang)
        for label, said in lists:
            taken += self._high(label, "Heading 2", shown.lang) + _GAP
            taken += sum(self._high(line, "List Bullet", shown.lang, 18) for line in said)
        label, listed = shown.sources
        cited = text("place_separator", shown.lang).join(each.title[shown.lang] for each in listed)
        taken += self._high(label, "Heading 2", shown.lang) + _GAP
        taken += self._high(cited, "Caption", shown.lang) + _RESERVE
        wanted = _WANTED if shown.picture else 0.0
        most = len(shown.rows)
        while most > shown.least and taken + self._rows_high(shown, most) + wanted > self.height:
            most -= 1
        return shown.fitting(most), self.height - taken - self._rows_high(shown, most)

    def _high(self, words: str, style: str, lang: str, indent: float = 0.0) -> float:
        after = letter.STYLES[style][1]
        size = letter.size(self.document, style)
        return height(words, self.width - indent, size, lang) + after

    def _rows_high(self, shown: Page, most: int) -> float:
        size = letter.size(self.document, "Table Grid")
        rows = [shown.head, *shown.fitting(most)] if shown.rows else []
        return sum(
            max(
                height(words, self.width * part - 11, size, shown.lang)
                for words, part in zip(row, _PARTS, strict=True)
            )
            + 2 * _CELL
            for row in rows
        )

    def _table(self, rows: list[list[str]], lang: str) -> None:
        table = self.document.add_table(len(rows), len(_PARTS), style="Table Grid")
        table.autofit = False
        for column, part in zip(table.columns, _PARTS, strict=True):
            column.width = Pt(self.width * part)
        size = Pt(letter.size(self.document, "Table Grid"))
        for number, row in enumerate(rows):
            for cell, words, part in zip(table.rows[number].cells, row, _PARTS, strict=True):
                cell.width = Pt(self.width * part)
                paragraph = cell.paragraphs[0]
                look = paragraph.paragraph_format
                look.space_before = look.space_after = Pt(_CELL)
                run = paragraph.add_run(words)
                run.font.size, run.bold = size, number == 0
                _tongue(run, lang)
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(OxmlElement("w:tblHeader"))

    def _picture(self, shown: Page, room: float) -> None:
        """The chart as large as the page has room for, with what it shows in words."""
        if shown.picture is None:
            return
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(_GAP)
        drawn = io.BytesIO(shown.picture.drawn(shown.lang, dpi=PRINT))
        inline = paragraph.add_run().add_picture(drawn)
        wanted = min(max(room - 2 * _GAP, _LEAST), _GREATEST)
        scale = min(self.width / inline.width.pt, wanted / inline.height.pt)
        inline.width, inline.height = int(inline.width * scale), int(inline.height * scale)
        inline._inline.docPr.set("descr", shown.picture.words(shown.lang))


def _mark(shown: Page) -> str:
    return f"{shown.key}_{shown.lang}"


_LANGUAGES: Words = {"en": "en-US", "zh": "zh-CN"}


def _tongue(run: Any, lang: str) -> None:
    """Say which language a run is in, for spelling and for the choice of a font."""
    found = OxmlElement("w:lang")
    found.set(qn("w:val" if lang == "en" else "w:eastAsia"), _LANGUAGES[lang])
    run._r.get_or_add_rPr().append(found)
