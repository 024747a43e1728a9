"""Templates of slides: the built-in one, and those that an office brings.

A template has two layouts, `Cover` and `System`, whose placeholders are found by their names: they
say where a slide has what, and how it looks. Each exported file is a template too.
"""

from __future__ import annotations

import copy
import io
from pathlib import Path
from typing import Any

from ..extras import needs
from .target import given

with needs("export"):
    from pptx import Presentation
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml.ns import qn
    from pptx.util import Inches, Pt

# Placeholders by layout, each with its place in inches (left, top, width, height) in the built-in
# template, and the size of its type in points.
PLACES = {
    "Cover": {
        "Title": ((1.0, 2.2, 11.33, 1.5), 40),
        "Subtitle": ((1.0, 3.8, 11.33, 1.6), 20),
    },
    "System": {
        "System": ((0.5, 0.3, 12.33, 0.4), 14),
        "Title": ((0.5, 0.68, 12.33, 0.95), 24),
        "Table": ((0.5, 1.75, 5.75, 4.0), 11),
        "Note": ((0.5, 5.85, 5.75, 1.0), 12),
        "Picture": ((6.45, 1.7, 6.4, 5.15), 11),
        "Source": ((0.5, 6.92, 12.33, 0.4), 10),
    },
}
WIDTH, HEIGHT = 13.333, 7.5
LATIN, CHINESE = "Calibri", "Microsoft YaHei"


def opened(template: Path | None) -> Any:
    """A presentation without slides, with the layouts of a template or the built-in ones.

    Raises
    ------
    ValueError
        If the template is no presentation, or lacks a layout or a placeholder: one line names it.
    """
    if template is None:
        return _built_in()
    read = io.BytesIO(given(template))
    try:
        deck = Presentation(read)
    except Exception:
        # Whatever a damaged archive makes the library raise.
        raise ValueError(f"{template}: not a presentation (.pptx)") from None
    for name, places in PLACES.items():
        found = layout(deck, name)
        if found is None:
            raise ValueError(f"{template}: has no layout {name!r}; an exported file shows how")
        lacking = [place for place in places if place not in _placeholders(found)]
        if lacking:
            raise ValueError(
                f"{template}: the layout {name!r} lacks the placeholder {lacking[0]!r}; "
                "an exported file shows how"
            )
    listed = deck.slides._sldIdLst
    for each in list(listed):
        deck.part.drop_rel(each.rId)
        listed.remove(each)
    return deck


def layout(deck: Any, name: str) -> Any:
    """A layout by its name; None where there is none."""
    return next((each for each in deck.slide_layouts if each.name == name), None)


def places(slide: Any) -> dict[str, Any]:
    """Placeholders of a slide by the names that its layout gives them, which they take on."""
    named = {shape.placeholder_format.idx: shape.name for shape in slide.slide_layout.placeholders}
    for shape in slide.placeholders:
        shape.name = named[shape.placeholder_format.idx]
    return {shape.name: shape for shape in slide.placeholders}


def _placeholders(found: Any) -> set[str]:
    return {shape.name for shape in found.placeholders}


def _built_in() -> Any:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    kept = {"Title Slide": "Cover", "Comparison": "System"}
    for each in list(deck.slide_layouts):
        if each.name in kept:
            each.name = kept[each.name]
            _arrange(each, PLACES[each.name])
        else:
            deck.slide_layouts.remove(each)
    for shape in deck.slide_master.placeholders:
        shape.width = int(shape.width * WIDTH / 10)
        shape.left = int(shape.left * WIDTH / 10)
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    fonts = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{CHINESE}"/>'.encode()
    plain = b'<a:latin typeface="Calibri"/><a:ea typeface=""/>'
    assert theme._blob.count(plain) == 2, "python-pptx has another theme than it had"
    theme._blob = theme._blob.replace(plain, fonts)
    return deck


def _arrange(found: Any, wanted: dict[str, Any]) -> None:
    """Give a layout the placeholders that are wanted, out of those that it has."""
    titles = [each for each in found.placeholders if each.placeholder_format.idx == 0]
    others = [each for each in found.placeholders if 0 < each.placeholder_format.idx < 10]
    for each in found.placeholders:
        if each.placeholder_format.idx >= 10:
            each._element.getparent().remove(each._element)
    bodies = {name: place for name, place in wanted.items() if name != "Title"}
    while len(others) < len(bodies):
        twin = copy.deepcopy(others[0]._element)
        others[0]._element.getparent().append(twin)
        twin.nvSpPr.nvPr.ph.set("idx", str(20 + len(others)))
        twin.nvSpPr.cNvPr.set("id", str(100 + len(others)))
        others = [each for each in found.placeholders if each.placeholder_format.idx]
    _place(titles[0], "Title", *wanted["Title"])
    for shape, (name, place) in zip(others, bodies.items(), strict=True):
        _place(shape, name, *place)


def _place(shape: Any, name: str, box: tuple[float, ...], size: int) -> None:
    shape.name = name
    shape.left, shape.top, shape.width, shape.height = map(Inches, box)
    body = shape.text_frame._txBody
    body.bodyPr.set("anchor", "t" if name != "Source" else "b")
    for side in ("lIns", "rIns"):
        body.bodyPr.set(side, "0")
    # The look of the levels of the layout that this one was made of.
    for style in body.findall(qn("a:lstStyle")):
        for level in list(style):
            style.remove(level)
        level = style.makeelement(qn("a:lvl1pPr"), {"marL": "0", "indent": "0", "algn": "l"})
        style.append(level)
        level.append(level.makeelement(qn("a:buNone"), {}))
        bold = "1" if name == "Title" else "0"
        look = level.makeelement(qn("a:defRPr"), {"sz": str(Pt(size).centipoints), "b": bold})
        level.append(look)
