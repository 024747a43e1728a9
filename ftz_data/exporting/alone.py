"""A chart alone, at print size."""

from __future__ import annotations

from .content import Content

# Dots an inch that print asks for.
_DPI = 300


def png(content: Content) -> bytes:
    """The picture of one system in one language, as PNG."""
    return _drawn(content, "png")


def svg(content: Content) -> bytes:
    """The picture of one system in one language, as SVG with glyphs as paths."""
    return _drawn(content, "svg")


def _drawn(content: Content, form: str) -> bytes:
    pages = list(content.pages())
    if len(pages) > 1:
        raise ValueError(f"{form} holds one picture: name one system and one language, en or zh")
    [(lang, system)] = pages
    if system.picture is None:
        raise ValueError(f"{system.key} has no picture; its figures are in xlsx and csv")
    return system.picture.drawn(lang, form, _DPI)
