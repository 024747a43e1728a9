"""A text of the reader's own, with its figures marked; nothing of it is kept."""

from __future__ import annotations

import base64
import html
from pathlib import Path
from typing import Any

import pandas as pd

from .. import language
from ..extras import needs
from ..language import text
from ..wording import Reading, read_text
from ..words import in_words
from .following import Worded

with needs("notebooks"):
    import ipywidgets as widgets

_CSS = Path(__file__).with_name("reader.css")
# A long report; more would keep a shared kernel from the others.
LIMIT = 100_000


def reader() -> widgets.Widget:
    """A page on which a text is pasted or uploaded, and every figure in it is marked.

    Each figure shows its bounds in words; numerals that are no figure, or that have two readings,
    are marked as not read. The figures stand in a table too, which can be taken along as CSV. The
    text stays in the memory of the page and is gone with it.

    Returns
    -------
    ipywidgets.Widget
    """
    pasted = widgets.Textarea(rows=8, layout={"width": "60em", "max_width": "100%"})
    upload = widgets.FileUpload(
        accept=".txt,.md,.html", multiple=False, layout={"width": "max-content"}
    )
    style = widgets.HTML(f"<style>{_CSS.read_text(encoding='utf-8')}</style>")
    refusal, marked, table = widgets.HTML(), widgets.HTML(), widgets.HTML()

    def show(_: Any = None) -> None:
        lang, given = language.current(), pasted.value
        too_long = len(given) > LIMIT
        refuse(text("reader_limit", lang, size=f"{len(given):,}", most=f"{LIMIT:,}"), too_long)
        reading = read_text("" if too_long else given)
        marked.value = "" if too_long else _marked(given, reading, lang)
        table.value = _table(reading, lang)

    def refuse(words: str, refused: bool) -> None:
        refusal.value = f"<p role='alert'>{html.escape(words)}</p>" if refused else ""

    def take(change: dict[str, Any]) -> None:
        for each in change["new"]:
            content = bytes(each["content"])
            upload.value = ()
            decoded = _decoded(content) if len(content) <= 4 * LIMIT else None
            if len(content) > 4 * LIMIT:
                words = text("reader_limit", size=f"{len(content):,}", most=f"{LIMIT:,}")
                refuse(words, True)
            elif decoded is None:
                refuse(text("reader_no_text", name=each["name"]), True)
            else:
                pasted.value = decoded

    def follow(lang: str) -> None:
        pasted.description = text("reader_text", lang)
        pasted.placeholder = text("reader_paste", lang)
        upload.description = upload.tooltip = text("reader_upload", lang)
        show()

    def words(lang: str) -> str:
        found = read_text(pasted.value[:LIMIT]).figures
        said = [f"{f.printed}: {in_words(f, lang)}" for _, _, f in found]
        return "\n".join([text("reader_title", lang), *said])

    pasted.observe(show, "value")
    upload.observe(take, "value")
    follow(language.current())
    return Worded("reader", [style, pasted, upload, refusal, marked, table], words, follow)


def _decoded(content: bytes) -> str | None:
    """A text in one of the encodings that Chinese texts have; None where it is none."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            decoded = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in decoded else decoded
    return None


def _marked(given: str, reading: Reading, lang: str) -> str:
    """The text with figures and numerals marked, everything else as it was given."""
    spans = [(start, end, "mark", in_words(figure, lang)) for start, end, figure in reading.figures]
    spans += [
        (each.start, each.end, "span class='unread'", each.why.in_(lang)) for each in reading.unread
    ]
    parts, pos = [], 0
    for start, end, tag, words in sorted(spans):
        shown = html.escape(given[start:end])
        parts += [
            html.escape(given[pos:start]),
            f"<{tag} title='{html.escape(words, quote=True)}'>{shown}</{tag.split()[0]}>",
        ]
        pos = end
    parts.append(html.escape(given[pos:]))
    return f"<div class='ftz-read'>{''.join(parts)}</div>"


def _table(reading: Reading, lang: str) -> str:
    """Figures with their words, what was not read, and the same to take along."""
    if not reading.figures and not reading.unread:
        return ""
    frame = pd.DataFrame([vars(figure) for _, _, figure in reading.figures])
    rows = "".join(
        f"<tr><td>{html.escape(figure.printed)}</td>"
        f"<td>{html.escape(in_words(figure, lang))}</td></tr>"
        for _, _, figure in reading.figures
    )
    heads = "".join(
        f"<th scope='col'>{html.escape(text(f'column_{name}', lang))}</th>"
        for name in ("printed", "words")
    )
    caption = html.escape(text("reader_figures", lang, count=len(reading.figures)))
    rest = _unread(reading, lang) if reading.unread else ""
    data = base64.b64encode(frame.to_csv(index=False).encode("utf-8-sig")).decode()
    return (
        f"<table class='ftz-figures'><caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>{rest}<p><a download='figures.csv' "
        f"href='data:text/csv;base64,{data}'>{html.escape(text('reader_csv', lang))}</a></p>"
    )


def _unread(reading: Reading, lang: str) -> str:
    """What was not read: a line a reason, with the numerals that it is the reason for."""
    numerals: dict[str, list[str]] = {}
    for each in reading.unread:
        numerals.setdefault(each.why.in_(lang), []).append(each.printed)
    comma, colon = text("list_separator", lang), text("separator", lang)
    lines = "".join(
        f"<li>{html.escape(f'{comma.join(printed)}{colon}{reason}')}</li>"
        for reason, printed in numerals.items()
    )
    return f"<p>{html.escape(text('reader_unread', lang))}</p><ul class='ftz-unread'>{lines}</ul>"
