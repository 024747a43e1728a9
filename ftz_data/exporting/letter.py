"""Templates of briefs: the built-in one, and those that an office brings.

A template has the styles that a brief is written in, and a paragraph ``{{brief}}`` where it is to
stand; whatever else is in it stays.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from ..extras import needs
from .target import given

with needs("export"):
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Emu, Pt, RGBColor

PLACE = "{{brief}}"
LATIN, CHINESE = "Calibri", "Microsoft YaHei"
# Styles with the size of their type, the space after them, and whether it is bold.
STYLES = {
    "Normal": (10.5, 3.0, False),
    "Title": (30.0, 12.0, True),
    "Subtitle": (14.0, 6.0, False),
    "Heading 1": (18.0, 2.0, True),
    "Heading 2": (10.5, 1.0, True),
    "List Bullet": (10.0, 1.0, False),
    "Caption": (9.0, 3.0, False),
    "Table Grid": (9.0, 0.0, False),
}
_MARGIN = 1.6


def opened(template: Path | None) -> tuple[Any, Any]:
    """A document, and the paragraph of it that the brief takes the place of.

    Raises
    ------
    ValueError
        If the template is no document, or lacks the paragraph or a style: one line names it.
    """
    if template is None:
        document = _built_in()
        return document, document.add_paragraph(PLACE)
    read = io.BytesIO(given(template))
    try:
        document = Document(read)
    except Exception:
        # Whatever a damaged archive makes the library raise.
        raise ValueError(f"{template}: not a document (.docx)") from None
    place = next((each for each in document.paragraphs if each.text.strip() == PLACE), None)
    if place is None:
        raise ValueError(f"{template}: has no paragraph {PLACE} where the brief is to stand")
    known = {style.name for style in document.styles}
    lacking = [name for name in STYLES if name not in known]
    if lacking:
        raise ValueError(f"{template}: lacks the style {lacking[0]!r}, which a brief is written in")
    return document, place


def width(document: Any) -> float:
    """Points between the margins of the last section."""
    section = document.sections[-1]
    return Emu(section.page_width - section.left_margin - section.right_margin).pt


def height(document: Any) -> float:
    """Points between the upper and the lower margin of the last section."""
    section = document.sections[-1]
    return Emu(section.page_height - section.top_margin - section.bottom_margin).pt


def size(document: Any, style: str) -> float:
    """Size of the type of a style in points, which it may take from the one that it is based on."""
    found = document.styles[style]
    while found is not None:
        if found.font.size is not None:
            return found.font.size.pt
        found = found.base_style
    return STYLES[style][0]


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field, such as the number of a page, with what it shows until it is computed."""
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), instruction)
    paragraph._p.append(simple)
    run = paragraph.add_run(shown)
    simple.append(run._r)


def link(paragraph: Any, words: str, address: str) -> Any:
    """Add words that lead to an address, and return their run."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    found = OxmlElement("w:hyperlink")
    found.set(qn("r:id"), relation)
    paragraph._p.append(found)
    run = paragraph.add_run(words)
    run.font.underline = True
    found.append(run._r)
    return run


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Name the place of a paragraph."""
    for tag, attributes in (
        ("w:bookmarkStart", {"w:id": str(number), "w:name": name}),
        ("w:bookmarkEnd", {"w:id": str(number)}),
    ):
        mark = OxmlElement(tag)
        for key, value in attributes.items():
            mark.set(qn(key), value)
        paragraph._p.append(mark)


def _built_in() -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(_MARGIN)
    section.top_margin = section.bottom_margin = Cm(_MARGIN)
    section.footer_distance = Cm(0.8)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field(footer, "PAGE", "1")
    for name, (points, after, bold) in STYLES.items():
        _look(document.styles[name], points, after, bold)
    return document


def _look(style: Any, points: float, after: float, bold: bool) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(points), bold, False
    style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    spacing = style.element.rPr.find(qn("w:spacing"))
    if spacing is not None:
        style.element.rPr.remove(spacing)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        # A font of the theme would win over the one that is named.
        del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{key}"), LATIN)
    fonts.set(qn("w:eastAsia"), CHINESE)
    look = style.paragraph_format
    look.space_before, look.space_after, look.line_spacing = Pt(0), Pt(after), 1.0
