"""The frame of a picture: question, reading, axes, key of bases, source.

Margins are fixed in inches and not solved for, so nothing moves when a number does.
"""

from __future__ import annotations

import base64
import functools
import html
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from PIL import Image

from ... import language, style
from . import lines

SIDE, TOP, BOTTOM, KEY = 0.13, 0.14, 0.12, 0.235
# Between reading and axes, and between axes and key.
ABOVE, BELOW, SIGN = 0.14, 0.16, 0.66


@dataclass(frozen=True)
class Room:
    """Inches that axes need: their height, and the margins for what stands beside them."""

    height: float
    left: float
    right: float
    top: float = 0.0
    bottom: float = 0.0


def said(words: Any, lang: str) -> str:
    """Words in a language: a string, a `Text`, a `Wording`, or a mapping by language."""
    return words[lang] if isinstance(words, Mapping) else language.worded(words, lang)


class Picture(Figure):
    """A Matplotlib figure that shows itself in Jupyter, with its alternative text."""

    words: str = ""

    def __repr__(self) -> str:
        return self.words or super().__repr__()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        payload = png(self)
        return {
            "text/plain": self.words,
            "text/html": image(payload, self.words),
            "image/png": payload,
        }


def png(figure: Figure) -> bytes:
    """A figure as PNG bytes that are small, for what is kept: 64 colours show a chart as well."""
    # Matplotlib types its canvas in part.
    canvas: Any = FigureCanvasAgg(figure)
    with style.settings():
        canvas.draw()
    few = _pixels(canvas).quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # Quantised white is not quite white, which shows beside the page.
    few.putpalette([255 if level > 248 else level for level in few.getpalette() or []])
    return _encoded(few)


def _pixels(canvas: Any) -> Image.Image:
    """What a canvas of Agg shows."""
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


def quick(canvas: Any) -> bytes:
    """What a canvas shows as PNG bytes that are made fast, for what is seen once."""
    few = _pixels(canvas).quantize(palette=_palette(), dither=Image.Dither.NONE)
    return _encoded(few, compress_level=1)


@functools.cache
def _palette() -> Image.Image:
    """Colours of all bases and of words, each on its way from white.

    Pillow takes the nearest of them by the upper bits alone, so nothing else is almost white.
    """
    own = dict.fromkeys(color for look in style.LOOKS.values() for color in (look.color, look.text))
    steps = {color: 191 // len(own) for color in own} | {"#000000": 64}
    tints = (
        style.tint(color, (i + 1) / count) for color, count in steps.items() for i in range(count)
    )
    channels = [[int(tint[at : at + 2], 16) for at in (1, 3, 5)] for tint in tints]
    palette = Image.new("P", (1, 1))
    palette.putpalette(
        [255] * 3 + [level for each in channels if min(each) < 244 for level in each]
    )
    return palette


def _encoded(shown: Image.Image, **options: int) -> bytes:
    buffer = io.BytesIO()
    shown.save(buffer, "png", **options)
    return buffer.getvalue()


# Up to which width a page is a phone's.
PHONE_PAGE = "(max-width: 700px)"


def image(payload: bytes, alt: str, phone: bytes | None = None) -> str:
    """An ``img`` element that holds a PNG and says what it shows; another PNG for a phone."""
    source, alt = _data(payload), html.escape(alt)
    element = f'<img style="max-width:100%" alt="{alt}" src="{source}">'
    if phone is None:
        return element
    narrow = f'<source media="{PHONE_PAGE}" srcset="{_data(phone)}">'
    return f"<picture>{narrow}{element}</picture>"


def _data(payload: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(payload).decode()}"


@dataclass(frozen=True)
class Frame:
    """What stands around the axes of one picture, in one language."""

    title: str
    reading: str
    source: str
    bases: tuple[str, ...]
    lang: str
    size: style.Size
    room: Room
    _lines: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        wide = self.size.width - 2 * SIDE
        texts = {"title": self.title, "reading": self.reading, "source": self.source}
        broken = {
            part: lines.wrap(words, wide, getattr(self.size, part)) if words else []
            for part, words in texts.items()
        }
        object.__setattr__(self, "_lines", broken)

    def _tall(self, part: str) -> float:
        return lines.height(len(self._lines[part]), getattr(self.size, part), 1.3)

    @functools.cached_property
    def _key_columns(self) -> int:
        """As many columns as fit; Matplotlib fills a legend column by column."""
        labels = [language.label("basis", basis, self.lang) for basis in self.bases]
        for columns in range(len(labels), 1, -1):
            filled = np.array_split(labels, columns)
            wide = sum(max(lines.width(w, self.size.tick) for w in each) + SIGN for each in filled)
            if wide < self.size.width:
                return columns
        return 1

    @property
    def _key_height(self) -> float:
        rows = -(-len(self.bases) // self._key_columns)
        return KEY * rows + 0.07 if rows else 0.0

    @property
    def height(self) -> float:
        """Height of the picture in inches."""
        head = TOP + self._tall("title") + 0.06 + self._tall("reading") + ABOVE
        foot = BELOW + self._key_height + self._tall("source") + BOTTOM
        return head + self.room.top + self.room.height + self.room.bottom + foot

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height of the axes."""
        return self.size.width - self.room.left - self.room.right, self.room.height

    def make(self) -> tuple[Picture, Axes]:
        """A figure with its texts, and its empty axes."""
        figure = Picture(figsize=(self.size.width, self.height), dpi=self.size.dpi)
        FigureCanvasAgg(figure)
        return figure, self.fill(figure)

    def fill(self, figure: Figure, kind: type[Axes] = Axes) -> Axes:
        """Write the texts into a figure of this size, and return its empty axes."""
        y = self.height - TOP
        for part, color in (("title", style.INK), ("reading", style.INK)):
            self._write(figure, part, y, color, "top")
            y -= self._tall(part) + 0.06
        y += 0.06 - ABOVE - self.room.top - self.room.height
        wide, tall = self.inches
        place = (
            self.room.left / self.size.width,
            y / self.height,
            wide / self.size.width,
            tall / self.height,
        )
        axes = figure.add_axes(place, axes_class=kind)
        self._write(figure, "source", BOTTOM, style.MUTED, "bottom")
        self._key(figure)
        return axes

    def _write(self, figure: Figure, part: str, y: float, color: str, va: str) -> None:
        if self._lines[part]:
            figure.text(
                SIDE,
                y,
                "\n".join(self._lines[part]),
                transform=figure.dpi_scale_trans,
                size=getattr(self.size, part),
                color=color,
                va=va,
                linespacing=1.2,
                gid=part,
            )

    def _key(self, figure: Figure) -> None:
        """What the colours, markers and hatches say of where a figure comes from."""
        if not self.bases:
            return
        labels = [language.label("basis", basis, self.lang) for basis in self.bases]
        legend = figure.legend(
            handles=[_sign(style.LOOKS[basis]) for basis in self.bases],
            labels=labels,
            handler_map={tuple: HandlerTuple(ndivide=None, pad=0.35)},
            loc="lower left",
            bbox_to_anchor=(SIDE - 0.05, BOTTOM + self._tall("source") + 0.07),
            bbox_transform=figure.dpi_scale_trans,
            ncols=self._key_columns,
            frameon=False,
            fontsize=self.size.tick,
            borderpad=0,
            borderaxespad=0,
            handlelength=2.6,
            handletextpad=0.5,
            columnspacing=1.3,
            labelspacing=0.55,
        )
        legend.set_gid("key")
        for basis, words in zip(self.bases, legend.get_texts(), strict=True):
            words.set_gid(f"key:{basis}")


def _sign(look: style.Look) -> tuple[Patch, Line2D]:
    box = Patch(
        facecolor=style.tint(look.color, 0.35), edgecolor=look.color, hatch=look.hatch, linewidth=1
    )
    return box, Line2D([], [], color=look.color, marker=look.marker, linestyle="none", markersize=7)
