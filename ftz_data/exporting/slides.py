"""Slides: one a system, its finding as the title, figures as a table, the story in the notes.

Those of the whole report begin with its changes in percent, as a chart that PowerPoint draws.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..extras import needs
from ..language import text, worded
from . import deck, native
from .archive import undated
from .content import Content
from .figures import citation
from .pages import Page, height, lines, page
from .picture import PRINT

with needs("export"):
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.util import Emu, Pt

_LANGUAGES = {"en": MSO_LANGUAGE_ID.ENGLISH_US, "zh": MSO_LANGUAGE_ID.SIMPLIFIED_CHINESE}
# Sizes of type in points that a title and a note are tried in, and that of the table.
_TITLES, _NOTES, _TABLE, _SMALL = (26, 24, 22, 20, 18), (12, 11, 10), 11, 9
# Parts of the table's width, and the space that a cell keeps around its text, in points.
_PARTS, _MARGIN = (0.36, 0.29, 0.35), 3.0
# Sizes that lines in the place of a picture are tried in.
_LINES = (14, 12, 11, 10, 9, 8)


def pptx(content: Content, template: Path | None = None) -> bytes:
    """A cover, the changes of the whole report, and one slide a system, in each language."""
    show = deck.opened(template)
    covered: set[str] = set()
    for lang, system in content.pages():
        if lang not in covered:
            covered.add(lang)
            _cover(show, content, lang)
            _changes(show, content, lang)
        for shown in _parts(show, page(system, lang, content)):
            _slide(show, shown)
    show.core_properties.title = content.title[content.langs[0]]
    buffer = io.BytesIO()
    show.save(buffer)
    return undated(buffer.getvalue())


def _cover(show: Any, content: Content, lang: str) -> None:
    slide = show.slides.add_slide(deck.layout(show, "Cover"))
    places = deck.places(slide)
    _write(places["Title"], content.title[lang], lang)
    source = content.package.row("sources", "report")
    about = getattr(source, f"title_{lang}")
    _write(places["Subtitle"], f"{text('export_subtitle', lang)}\n{about}", lang)


def _changes(show: Any, content: Content, lang: str) -> None:
    """All changes of the whole report as bars that can be changed, with their sources."""
    chart = native.percentages(content.package) if content.whole else None
    if chart is None:
        return
    slide = show.slides.add_slide(deck.layout(show, "System"))
    places = deck.places(slide)
    _write(places["System"], content.title[lang], lang)
    _write(places["Title"], worded(chart.reading, lang), lang, _TITLES, bold=True)
    box = _whole(places)
    for name in ("Table", "Note", "Picture"):
        _remove(places[name])
    native.bars(slide, box, chart, lang)
    cited = citation(content.package.row("sources", "report"), lang)
    _write(places["Source"], text("source", lang) + text("separator", lang) + cited, lang)
    # With the readings that the wording of some of them allows.
    slide.notes_slide.notes_text_frame.text = chart.words(lang)


def _bare(shown: Page) -> bool:
    """Whether a page has nothing but its figures."""
    return bool(shown.rows) and shown.picture is None and not (shown.shown or shown.before)


def _whole(places: dict[str, Any]) -> tuple[int, int, int, int]:
    """The box of table, note and picture together: left, top, width and height."""
    boxes = [places[name] for name in ("Table", "Note", "Picture")]
    left, top = min(each.left for each in boxes), min(each.top for each in boxes)
    right = max(each.left + each.width for each in boxes)
    return left, top, right - left, max(each.top + each.height for each in boxes) - top


def _parts(show: Any, shown: Page) -> list[Page]:
    """One slide a page; of bare figures as many slides as they need."""
    if not _bare(shown):
        return [shown]
    layout = deck.layout(show, "System")
    _, _, width, high = _whole({shape.name: shape for shape in layout.placeholders})
    widths = [int(width * part) for part in _PARTS]
    parts: list[list[list[str]]] = [[]]
    for row in shown.rows:
        rows = [shown.head, *parts[-1], row]
        if parts[-1] and _high(rows, widths, (_TABLE, _TABLE, _SMALL), shown.lang) > Emu(high).pt:
            parts.append([])
        parts[-1].append(row)
    return [replace(shown, rows=rows, needed=len(rows)) for rows in parts]


def _slide(show: Any, shown: Page) -> None:
    slide = show.slides.add_slide(deck.layout(show, "System"))
    places = deck.places(slide)
    if _bare(shown):
        table = places["Table"]
        table.left, table.top, table.width, table.height = _whole(places)
    lang = shown.lang
    separator = text("separator", lang)
    _write(places["System"], separator.join(dict.fromkeys([shown.section, shown.name])), lang)
    _write(places["Title"], shown.finding, lang, _TITLES, bold=True)
    _table(slide, places["Table"], shown)
    notes = [separator.join([label, " ".join(said)]) for label, said in shown.before[1:]]
    if notes:
        _write(places["Note"], "\n".join(notes), lang, _NOTES)
    else:
        _remove(places["Note"])
    _picture(slide, places["Picture"], shown)
    label, listed = shown.sources[0], [each.title[lang] for each in shown.sources[1]]
    _write(places["Source"], _first(label + separator, listed, places["Source"], lang), lang)
    slide.notes_slide.notes_text_frame.text = _story(shown)


def _story(shown: Page) -> str:
    """What the speaker says, and what to answer."""
    label, listed = shown.sources
    cited = [f"{each.title[shown.lang]} {each.url}".rstrip() for each in listed]
    parts = [*shown.shown, *shown.story, *shown.before, *shown.after, (label, cited)]
    return "\n\n".join("\n".join([label, *said]) for label, said in parts)


def _first(label: str, listed: list[str], place: Any, lang: str) -> str:
    """The sources that one line of the slide has room for; all of them stand in the notes."""
    said = label + listed[0]
    for number, each in enumerate(listed[1:], start=1):
        longer = text("place_separator", lang).join([said, each])
        rest = text("export_more_sources", lang, count=len(listed) - number)
        if lines(longer + rest, Emu(place.width).pt, 10) > 2:
            return said + rest
        said = longer
    return said


def _write(
    place: Any, words: str, lang: str, sizes: tuple[int, ...] = (), bold: bool = False
) -> None:
    """Write text into a placeholder, in the first of some sizes that it fits in."""
    frame = place.text_frame
    frame.text = words
    wide, high = Emu(place.width).pt, Emu(place.height).pt
    fitting = [size for size in sizes if height(words, wide, size, lang, bold) <= high]
    fitting = fitting or list(sizes[-1:])
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = _LANGUAGES[lang]
            if fitting:
                run.font.size = Pt(fitting[0])


def _table(slide: Any, place: Any, shown: Page) -> None:
    """The figures as a table that can be edited; those that there is no room for are counted."""
    left, top, width, room = place.left, place.top, place.width, Emu(place.height).pt
    _remove(place)
    rows, parts, sizes = _rows(shown, width, room)
    widths = [int(width * part) for part in parts]
    frame = slide.shapes.add_table(len(rows), len(widths), left, top, width, Pt(len(rows)))
    frame.name = "Table"
    for column, wide in zip(frame.table.columns, widths, strict=True):
        column.width = wide
    for number, row in enumerate(rows):
        frame.table.rows[number].height = Pt(_high([row], widths, sizes, shown.lang))
        for cell, words, size in zip(frame.table.rows[number].cells, row, sizes, strict=True):
            cell.margin_left = cell.margin_right = Pt(2 * _MARGIN)
            cell.margin_top = cell.margin_bottom = Pt(_MARGIN)
            cell.text_frame.text = words
            for run in cell.text_frame.paragraphs[0].runs:
                run.font.size = Pt(size)
                run.font.language_id = _LANGUAGES[shown.lang]


def _rows(
    shown: Page, width: int, room: float
) -> tuple[list[list[str]], tuple[float, ...], tuple[int, ...]]:
    """Rows with their head, the parts of the width, the sizes of the type.

    A system without figures has its story in their place.
    """
    if not shown.rows:
        head = [text("card_system", shown.lang), shown.name]
        story = [[label, " ".join(said)] for label, said in shown.story]
        return [head, *story], (0.22, 0.78), (_TABLE, _TABLE)
    sizes = (_TABLE, _TABLE, _SMALL)
    widths = [int(width * part) for part in _PARTS]
    most = len(shown.rows)
    while (
        most > shown.least
        and _high([shown.head, *shown.fitting(most)], widths, sizes, shown.lang) > room
    ):
        most -= 1
    return [shown.head, *shown.fitting(most)], _PARTS, sizes


def _high(rows: list[list[str]], widths: list[int], sizes: tuple[int, ...], lang: str) -> float:
    """Points that rows take, estimated."""
    return sum(
        max(
            height(words, Emu(width).pt - 4 * _MARGIN, size, lang)
            for words, width, size in zip(row, widths, sizes, strict=True)
        )
        + 2 * _MARGIN
        for row in rows
    )


def _picture(slide: Any, place: Any, shown: Page) -> None:
    """The chart as large as its place allows, with what it shows as its alternative text."""
    left, top, wide, high = place.left, place.top, place.width, place.height
    if shown.picture is None and shown.shown:
        # What a panel shows without one.
        _write(place, "\n".join(shown.shown[0][1]), shown.lang, _LINES)
        return
    _remove(place)
    if shown.picture is None:
        return
    drawn = io.BytesIO(shown.picture.drawn(shown.lang, dpi=PRINT))
    picture = slide.shapes.add_picture(drawn, left, top)
    scale = min(wide / picture.width, high / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    picture.name = "Picture"
    picture._element.nvPicPr.cNvPr.set("descr", shown.picture.words(shown.lang))


def _remove(place: Any) -> None:
    place._element.getparent().remove(place._element)
