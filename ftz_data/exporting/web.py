"""A page that needs no server and no network: one file with texts, tables and pictures."""

from __future__ import annotations

import base64
import html
from pathlib import Path

from ..language import text
from .content import Content
from .pages import Page, page

_NAMES = {"en": "English", "zh": "中文"}
# Whatever a browser would fetch is refused, so that the page is the same without a network.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def html_page(content: Content) -> bytes:
    """All systems with their figures, what to say of them and their pictures."""
    pages: dict[str, list[Page]] = {lang: [] for lang in content.langs}
    articles: dict[str, list[str]] = {lang: [] for lang in content.langs}
    for lang, system in content.pages():
        shown = page(system, lang, content)
        pages[lang].append(shown)
        articles[lang].append(_article(shown))
    bodies = [_main(content, lang, pages[lang], articles[lang]) for lang in content.langs]
    first = content.langs[0]
    parts = [
        f'<!doctype html>\n<html lang="{first}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_safe(content.title[first])}</title>",
        f"<style>\n{_part('web.css')}</style>\n</head>\n<body>",
        _bar(content),
        *bodies,
        f"<script>\n{_part('web.js')}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _part(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _safe(words: str) -> str:
    return html.escape(words)


def _bar(content: Content) -> str:
    """The field to search with, and a button a language where there are two."""
    buttons = [
        f'<button type="button" lang="{lang}" data-lang="{lang}">{_NAMES[lang]}</button>'
        for lang in content.langs
        if len(content.langs) > 1
    ]
    return f'<header class="bar">{"".join(buttons)}<input id="search" type="search"></header>'


def _main(content: Content, lang: str, pages: list[Page], articles: list[str]) -> str:
    title, source = _safe(content.title[lang]), content.package.row("sources", "report")
    entries = "".join(
        f'<li><a href="#{each.key}_{lang}">{_safe(each.name)}</a></li>' for each in pages
    )
    contents = _safe(text("export_contents", lang))
    return "\n".join(
        [
            f'<main lang="{lang}" data-title="{title}" '
            f'data-search="{_safe(text("export_search", lang))}">',
            f"<h1>{title}</h1>",
            f"<p>{_safe(text('export_subtitle', lang))}</p>",
            f'<p class="source">{_safe(getattr(source, f"title_{lang}"))}</p>',
            f'<nav aria-label="{contents}"><ul>{entries}</ul></nav>',
            *articles,
            "</main>",
        ]
    )


def _article(shown: Page) -> str:
    return "\n".join(
        [
            "<article>",
            f'<h2 id="{shown.key}_{shown.lang}">{_safe(shown.name)}</h2>',
            f'<p class="section">{_safe(shown.section)}</p>',
            f'<p class="finding">{_safe(shown.finding)}</p>',
            *([_table(shown)] if shown.rows else []),
            *[_list(label, said) for label, said in [*shown.shown, *shown.before]],
            *_picture(shown),
            *[_list(label, said) for label, said in [*shown.after, *shown.story]],
            _sources(shown),
            "</article>",
        ]
    )


def _table(shown: Page) -> str:
    head = "".join(f'<th scope="col">{_safe(each)}</th>' for each in shown.head)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{_safe(words)}</td>" for words in row) + "</tr>"
        for row in shown.rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _list(label: str, said: list[str]) -> str:
    entries = "".join(f"<li>{_safe(line)}</li>" for line in said)
    return f"<h3>{_safe(label)}</h3>\n<ul>{entries}</ul>"


def _picture(shown: Page) -> list[str]:
    if shown.picture is None:
        return []
    drawn = base64.b64encode(shown.picture.drawn(shown.lang)).decode()
    alt = _safe(shown.picture.words(shown.lang))
    return [f'<figure><img alt="{alt}" src="data:image/png;base64,{drawn}"></figure>']


def _sources(shown: Page) -> str:
    label, listed = shown.sources
    entries = [
        f'<a href="{_safe(each.url)}" rel="noreferrer">{_safe(each.title[shown.lang])}</a>'
        if each.url
        else _safe(each.title[shown.lang])
        for each in listed
    ]
    return f"<h3>{_safe(label)}</h3>\n<ul>{''.join(f'<li>{each}</li>' for each in entries)}</ul>"
