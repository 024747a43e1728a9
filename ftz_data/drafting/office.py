"""The text of a Word document, with tables, text boxes and notes, and without what was deleted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from ..extras import needs
from .blocks import raised
from .document import Unreadable

with needs("draft"):
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

# What a document unpacks to, in all and by its packed size, is bounded before any of it is read.
_LARGEST = 256 * 2**20
_RATIO = 100
_SMALL = 2**20
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# A drawing stands twice, the second time for readers of long ago; deleted text stays in the file.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_FALLBACK, qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr")}
_NOTES = ("footnotes", "endnotes")


def blocks(raw: bytes) -> list[str]:
    """Paragraphs, and rows of tables with a tab between cells, in the order of the document."""
    _check(raw)
    opened = docx.Document(io.BytesIO(raw))
    found = list(_walk(opened.element.body))
    for relation in opened.part.rels.values():
        if relation.reltype.rpartition("/")[2] in _NOTES and not relation.is_external:
            found += _walk(parse_xml(relation.target_part.blob))
    return found


def _check(raw: bytes) -> None:
    """Refuse what is no archive, or one that unpacks to far more than it is."""
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("is of Word 97 or is locked; save it as .docx without a password")
    try:
        members = zipfile.ZipFile(io.BytesIO(raw)).infolist()
    except zipfile.BadZipFile:
        raise Unreadable("is broken or no DOCX; open it in Word and save it anew") from None
    large = [each for each in members if each.file_size > _SMALL]
    if sum(each.file_size for each in members) > _LARGEST or any(
        each.file_size > _RATIO * max(each.compress_size, 1) for each in large
    ):
        raise Unreadable("unpacks to far more than a report; give its text as .txt")


def _walk(element: Any) -> Iterator[str]:
    """Paragraphs below an element; those of a table's row are one."""
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == qn("w:p"):
            yield _words(child)
            # A text box hangs on a word of a paragraph, and has paragraphs of its own.
            for box in child.iter(qn("w:txbxContent")):
                if not any(each.tag in _SKIPPED for each in box.iterancestors()):
                    yield from _walk(box)
        elif child.tag == qn("w:tr"):
            cells = [each for each in child.iter(qn("w:tc")) if _row_of(each) is child]
            yield "\t".join("\n".join(filter(None, _walk(cell))) for cell in cells)
        elif len(child):
            yield from _walk(child)


def _row_of(cell: Any) -> Any:
    return next(each for each in cell.iterancestors() if each.tag == qn("w:tr"))


def _words(paragraph: Any) -> str:
    """Text of a paragraph; a box's is its own."""
    parts = []
    stack = list(reversed(paragraph))
    while stack:
        each = stack.pop()
        if each.tag in _SKIPPED or each.tag == qn("w:txbxContent"):
            continue
        if each.tag == qn("w:t"):
            words = each.text or ""
            parts.append(raised(words) if _is_raised(each) else words)
        elif each.tag in _BREAKS:
            parts.append(_BREAKS[each.tag])
        stack += reversed(each)
    return "".join(parts).strip()


def _is_raised(text: Any) -> bool:
    aligned = text.getparent().find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return aligned is not None and aligned.get(qn("w:val")) == "superscript"
