"""The text of a page or of Markdown, without what a reader does not see."""

from __future__ import annotations

import re
from typing import Any

from ..extras import needs
from . import blocks as blocks_
from . import decoding
from .document import Unreadable

with needs("draft"):
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString, PreformattedString, Tag
    from markdown_it import MarkdownIt

_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
_UNSEEN = set("script style template noscript head svg select button nav del s strike".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_INLINE = set(
    "a abbr b bdi bdo cite code data dfn em font i ins kbd mark q samp small span strong sub "
    "sup time u var wbr label".split()
)
_CELLS = {"td", "th"}
_BLOCK = "\n\n"


def blocks(raw: bytes) -> list[str]:
    """Paragraphs of a page, and rows of its tables with a tab between cells."""
    declared = _DECLARED.search(raw[:4096])
    name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if name not in decoding.KNOWN:
        raise Unreadable(f"declares the encoding {name}; save the page as UTF-8")
    return _visible(decoding.decoded(raw))


def blocks_of_markdown(raw: bytes) -> list[str]:
    """Paragraphs, headings, items and rows of tables, without their marks."""
    return _visible(MarkdownIt("commonmark").enable("table").render(decoding.decoded(raw)))


def _visible(page: str) -> list[str]:
    """Text by block, walked without recursion: a page may be nested as deep as it likes."""
    found: list[str] = []
    line: list[str] = []
    # Elements with what holds for them: whether they stand in a cell, and whether they are raised.
    # A string of ours stands where an element ends.
    stack: list[tuple[Any, bool, bool]] = [(BeautifulSoup(page, "html.parser"), False, False)]
    while stack:
        each, in_cell, raised = stack.pop()
        if isinstance(each, Tag):
            if not _unseen(each):
                _open(each, in_cell, raised, stack)
        elif isinstance(each, NavigableString):
            # Comments and declarations are strings too.
            if not isinstance(each, PreformattedString):
                words = re.sub(r"\s+", " ", str(each))
                line.append(blocks_.raised(words) if raised else words)
        elif each == _BLOCK:
            _flush(line, found)
        else:
            line.append(each)
    _flush(line, found)
    return found


def _unseen(tag: Tag) -> bool:
    style = str(tag.get("style") or "")
    return tag.name in _UNSEEN or tag.has_attr("hidden") or bool(_HIDDEN.search(style))


def _open(tag: Tag, in_cell: bool, raised: bool, stack: list[tuple[Any, bool, bool]]) -> None:
    """Put what an element holds on the stack, between the marks that it sets."""
    cell = tag.name in _CELLS
    around = "\n" if tag.name == "br" or in_cell else _BLOCK
    if tag.name in _INLINE:
        around = ""
    state = in_cell or cell, raised or tag.name == "sup"
    marks = ("", "\t") if cell else (around, around)
    stack.append((marks[1], False, False))
    stack += [(each, *state) for each in reversed(tag.contents)]
    stack.append((marks[0], False, False))


def _flush(line: list[str], found: list[str]) -> None:
    """Close a block."""
    words = re.sub(" +", " ", "".join(line))
    words = re.sub(r"\s*\n\s*", "\n", re.sub(r" *\t *", "\t", words))
    if words.strip():
        found.append(words.strip())
    line.clear()
