"""From a document to a draft: a data package with one row for each figure of a report's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..package import Package
from ..wording import find_figures
from . import blocks, document, folder
from .rows import OPEN, rows_of
from .unread import unread

__all__ = ["draft"]

# Text read, figures found, tables written, numerals accounted for.
_STEPS = 4
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_HEADING = 40
_MEANING = {
    "meaning_en": "Open: a numeral that was not read as a figure",
    "meaning_zh": "待定：未读作数字的数词",
}


def draft(file: Any, directory: Any, progress: Callable[[int, int], None] | None = None) -> Path:
    """Draft the data package of a report from its document.

    Parameters
    ----------
    file : path-like
        A .txt, .md, .html, .docx or .pdf file; texts in UTF-8, UTF-16 or GB18030.
    directory : path-like
        Where the package is written; nothing may be there yet.
    progress : callable, optional
        ``progress(done, total)`` is called after each step.

    Returns
    -------
    pathlib.Path
        `directory`: the tables of the built-in report, with one observation and one indicator a
        figure; `report.txt`, the text as it was read; and `drafts.csv`, which says where in it each
        figure stands and which of its columns are open. `open_report` opens it.

    Raises
    ------
    ValueError
        If the file cannot be read or holds no figure, or the directory cannot be written: one line
        that says what to do. Nothing is left behind.
    MissingExtra
        If the library that the format needs is not installed.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "news.txt")
    ...     _ = file.write_text("2025年，港口完成货物吞吐量7.1亿吨。", encoding="utf-8")
    ...     report = Package(draft(file, Path(place, "news")))
    ...     report.table("observations")[["printed", "time_period", "locator"]].values.tolist()
    [['7.1亿吨', '2025', 'p1s1']]
    """
    file, directory = Path(file), Path(directory)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, _STEPS)

    with folder.made(directory) as part:
        read = document.read(file)
        step()
        figures = find_figures(read.text)
        if not figures:
            raise ValueError(f"{file}: holds no figure with a unit; nothing to draft")
        step()
        title = _title(read, file)
        year = _YEAR.findall(title)
        rows = rows_of(read, title, figures)
        folder.write(part, read.text, title, year[0] if len(year) == 1 else None, file.name, rows)
        step()
        folder.write_table(part, "names", unread(read.text, Package(part), OPEN, _MEANING))
        step()
    return directory


def _title(read: document.Document, file: Path) -> str:
    """The first paragraph where it is a heading, else the name of the file."""
    first, *others = read.sentences
    words = read.text[first.start : first.end]
    alone = bool(others) and others[0].paragraph > 1 and "\n" not in words
    return words if alone and len(words) <= _HEADING and not blocks.ends(words) else file.stem
