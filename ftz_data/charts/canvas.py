"""A canvas that sets each text once.

To set a text in the Chinese font takes longer than to draw all marks of a chart, and most texts of
a chart stand in the one before it too. So what a text looks like is kept from chart to chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cachetools
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg, get_hinting_flag
from matplotlib.font_manager import FontProperties

# Texts kept; a line of text takes some ten kilobytes.
TEXTS = 1024


@dataclass(frozen=True)
class _Setting:
    """What a text looks like: its pixels, its size, and where its first pixel stands."""

    pixels: np.ndarray
    size: tuple[float, float, float]
    offset: tuple[float, float]


def _key(renderer: RendererAgg, words: str, font: FontProperties) -> tuple:
    return words, font.get_size_in_points(), font.get_weight(), *font.get_family(), renderer.dpi


@cachetools.cached(cachetools.LRUCache(TEXTS), key=_key)
def _set(renderer: RendererAgg, words: str, font: FontProperties) -> _Setting:
    face = renderer._prepare_font(font)
    face.set_text(words, 0, flags=get_hinting_flag())
    face.draw_glyphs_to_bitmap()
    # FreeType counts in 64ths of a pixel.
    width, height = (each / 64 for each in face.get_width_height())
    left, below = (each / 64 for each in face.get_bitmap_offset())
    pixels = np.array(face.get_image(), dtype=np.uint8)
    return _Setting(pixels, (width, height, face.get_descent() / 64), (left, below))


class _Renderer(RendererAgg):
    """Agg, which takes texts that were set before from where they are kept."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        return _set(self, s, prop).size

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        if ismath or angle:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        setting = _set(self, s, prop)
        left, below = setting.offset
        bottom = y + setting.size[2] + below
        self._renderer.draw_text_image(setting.pixels, round(x + left), round(bottom) + 1, 0, gc)


class Canvas(FigureCanvasAgg):
    """Agg canvas with a renderer that sets each text once."""

    def get_renderer(self) -> RendererAgg:
        """The renderer for the present size of the figure."""
        width, height = self.get_width_height(physical=True)
        key = width, height, self.figure.dpi
        if self._lastKey != key:
            self.renderer, self._lastKey = _Renderer(*key), key
        return self.renderer
