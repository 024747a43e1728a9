"""Something to take home: briefs, slides, a workbook, a page and data, each one file.

What a file holds is put together once, by `content.gather`; one writer a format writes it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ..package import BUILT_IN, Package, nearest
from . import target
from .content import Content, gather

__all__ = ["FORMATS", "export"]

# Format, which is also the ending of the file: module and function that write it.
FORMATS = {
    "docx": ("brief", "docx"),
    "pdf": ("printed", "pdf"),
    "pptx": ("slides", "pptx"),
    "html": ("web", "html_page"),
    "xlsx": ("workbook", "xlsx"),
    "csv": ("tabular", "csv"),
    "json": ("tabular", "as_json"),
    "parquet": ("tabular", "parquet"),
    "zip": ("tabular", "package"),
    "png": ("alone", "png"),
    "svg": ("alone", "svg"),
}

# Those that take a template of one's own.
TEMPLATES = ("docx", "pptx")


def _quiet(done: int, total: int) -> None:
    pass


def export(
    path: Any,
    what: str | Sequence[str] | None = None,
    format: str | None = None,
    lang: str = "both",
    template: Any = None,
    force: bool = False,
    progress: Callable[[int, int], None] = _quiet,
    package: Package = BUILT_IN,
) -> Path:
    """Write a brief, slides, a workbook, a page or data to a file.

    Parameters
    ----------
    path : path-like
        The file.
    what : str or sequence of str, optional
        A section, a system, or a list of figures by their keys; the whole report by default.
    format : str, optional
        One of ``docx``, ``pdf``, ``pptx``, ``html``, ``xlsx``, ``csv``, ``json``, ``parquet``,
        ``zip`` (the Data Package), ``png`` and ``svg`` (the picture of one system in
        one language); the ending of `path` by default.
    lang : {"both", "en", "zh"}
        Languages of the texts.
    template : path-like, optional
        A document or a presentation of one's own: one with a paragraph ``{{brief}}`` where the
        brief is to stand, one with the layouts of an exported presentation.
    force : bool
        Whether to write over a file that is there.
    progress : callable, optional
        ``progress(done, total)`` is called as pages are written.
    package : Package, optional
        The report; the built-in one by default.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    ValueError
        If the format or the language is unknown, or the file cannot be written: one line says why,
        and no part of a file is left behind.
    KeyError
        If there is no such section, system or figure; the message names the nearest.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = export(Path(folder) / "figures.csv", "finance", lang="en")
    ...     written.read_text(encoding="utf-8-sig").splitlines()[0].split(",")[:4]
    ['key', 'section_en', 'system_en', 'title_en']
    """
    path = Path(path)
    form = _format(path, format)
    target.check(path, force)
    found = gather(what, lang, package, progress)
    target.save(path, write(found, form, template))
    return path


def write(found: Content, form: str, template: Any = None) -> bytes:
    """Content in a format, as the bytes of a file."""
    module, function = FORMATS[form]
    writer: Callable[..., bytes] = getattr(
        importlib.import_module(f".{module}", __name__), function
    )
    if template is None:
        return writer(found)
    if form not in TEMPLATES:
        raise ValueError(f"{form} takes no template; {' and '.join(TEMPLATES)} do")
    return writer(found, Path(template))


def _format(path: Path, named: str | None) -> str:
    """The format that is named, or that the ending of a path says."""
    ending = path.suffix.lower().removeprefix(".")
    form = ending if named is None else named
    if form not in FORMATS:
        raise ValueError(f"no format {form!r}; {nearest(form, FORMATS)}")
    if ending != form:
        raise ValueError(f"{path}: a file of format {form} ends in .{form}")
    return form
