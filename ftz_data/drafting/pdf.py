"""The text of a PDF, in the order of its pages, without their numbers."""

from __future__ import annotations

import re

from ..extras import needs
from .blocks import joined, paragraphs
from .document import LONGEST, Unreadable

with needs("draft"):
    # Of three libraries it alone read both what LibreOffice and what fpdf2 wrote, Chinese included.
    import pypdfium2

# The number of a page, alone on its first or last line.
_NUMBER = re.compile(r"[-—–\s·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*/\s*\d{1,4})?[-—–\s·]*")


def blocks(raw: bytes) -> list[str]:
    """Paragraphs; one that goes on over the end of a page is one."""
    try:
        opened = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("is locked; save it without a password") from None
        raise Unreadable("is broken or no PDF; open it in a viewer and save it anew") from None
    with opened:
        text, pages = "", len(opened)
        for page in opened:
            text += _page(page.get_textpage().get_text_range())
            if len(text) > LONGEST:
                # What is too long is refused by the caller; the rest need not be read for it.
                break
    if not text.strip():
        raise Unreadable(
            f"{pages} pages hold pictures and no text; run text recognition (OCR) on it first"
        )
    return [joined(text[start:end]) for start, end in paragraphs(text)]


def _page(text: str) -> str:
    """Lines of a page; a mark where a word was broken, and its number, are no text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").split("\n")
    lines = [line for line in lines if line.strip()]
    for place in (-1, 0):
        if len(lines) > 1 and _NUMBER.fullmatch(lines[place].strip()):
            del lines[place]
    return "".join(line + "\n" for line in lines)
