"""A file to its text, whatever its format; what is wrong with it is said in one line."""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..extras import MissingExtra
from . import blocks, decoding

# Bytes of a file, and signs of its text: more than any report has, and read in a minute.
LARGEST = 32 * 2**20
LONGEST = 200_000
_FORMATS = (".txt", ".md", ".html", ".docx", ".pdf")
_ALIASES = {".htm": ".html", ".markdown": ".md", ".text": ".txt"}


class Unreadable(ValueError):
    """A file that cannot be read as what it should be: one line without its name."""


@dataclass(frozen=True)
class Document:
    """The text of a file.

    Attributes
    ----------
    text : str
        Lines end with a line feed.
    sentences : list of Sentence
        Spans in `text`, each with its paragraph.
    """

    text: str
    sentences: list[blocks.Sentence]


def read(path: Path) -> Document:
    """Read a document.

    Parameters
    ----------
    path : pathlib.Path
        Its ending says what it is: .txt, .md, .html, .docx or .pdf.

    Returns
    -------
    Document

    Raises
    ------
    ValueError
        If it cannot be read, or holds no text: one line that says what to do.
    MissingExtra
        If the library that the format needs is not installed.
    """
    ending = path.suffix.lower()
    ending = _ALIASES.get(ending, ending)
    try:
        raw = _bytes(path)
        if ending not in _FORMATS:
            allowed = ", ".join(_FORMATS)
            raise Unreadable(f"cannot read {ending or 'a file without an ending'}; give {allowed}")
        text, spans = _extracted(raw, ending)
        if not spans:
            raise Unreadable("holds no text; give a file with the text of a report")
        if len(text) > LONGEST:
            raise Unreadable(
                f"{len(text):,} characters of text; at most {LONGEST:,} are read: split it"
            )
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    return Document(text, blocks.sentences(text, spans))


def _bytes(path: Path) -> bytes:
    try:
        told = path.stat()
        if stat.S_ISDIR(told.st_mode):
            raise Unreadable("is a folder; name a file in it")
        if not stat.S_ISREG(told.st_mode):
            # A pipe or a device could keep us waiting for ever.
            raise Unreadable("is no regular file; save the report to one")
        if told.st_size > LARGEST:
            size, most = told.st_size / 2**20, LARGEST // 2**20
            raise Unreadable(
                f"{size:.0f} MiB; at most {most} are read: give the text alone, without pictures"
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("no such file; check the path") from None
    except PermissionError:
        raise Unreadable("you may not read it; ask its owner, or copy it") from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise Unreadable("the name is too long") from None
        raise Unreadable(f"cannot be read: {error.strerror}") from None
    if not raw:
        raise Unreadable("the file is empty; give a file with the text of a report")
    return raw


def _extracted(raw: bytes, ending: str) -> tuple[str, list[tuple[int, int]]]:
    """Text, and the spans of its paragraphs."""
    if ending == ".txt":
        text = decoding.decoded(raw)
        return text, blocks.paragraphs(text)
    try:
        return _laid(_blocks(raw, ending))
    except (Unreadable, MissingExtra):
        raise
    except (Exception, RecursionError) as error:
        # The libraries raise whatever they meet; what it means to the user is one thing.
        name = ending[1:].upper()
        raise Unreadable(
            f"is no {name} that can be read ({type(error).__name__}); open it, save it anew, or "
            "give its text as .txt"
        ) from None


def _blocks(raw: bytes, ending: str) -> list[str]:
    if ending == ".pdf":
        from . import pdf

        return pdf.blocks(raw)
    if ending == ".docx":
        from . import office

        return office.blocks(raw)
    from . import web

    return web.blocks(raw) if ending == ".html" else web.blocks_of_markdown(raw)


def _laid(found: Iterable[str]) -> tuple[str, list[tuple[int, int]]]:
    """Paragraphs with an empty line between them."""
    text, spans = "", []
    for block in found:
        if block.strip():
            text += "\n\n" if text else ""
            spans.append((len(text), len(text) + len(block)))
            text += block
    return text, spans
