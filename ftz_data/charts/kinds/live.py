"""Pictures that are drawn again and again: what stands still in them is drawn once and kept.

A frame and scales look the same wherever they are equal. The last few are kept as figures with
their pixels; a change puts these back and draws the marks alone onto them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ... import style
from . import axes, marks
from .frame import Frame, quick

# Each holds its pixels twice, here and in its canvas: 4 to 8 MB for a wide picture.
KEPT = 4


class Live:
    """A figure, its axes without marks, and the pixels of what stands still in them."""

    def __init__(self, frame: Frame, scales: axes.Scales) -> None:
        self._figure = Figure(figsize=(frame.size.width, frame.height), dpi=frame.size.dpi)
        # Matplotlib types its canvas in part.
        canvas: Any = FigureCanvasAgg(self._figure)
        self._axes = frame.fill(self._figure, marks.Again)
        axes.set_up(self._axes, scales, frame.lang, frame.size)
        # Lines of the axes lie over some marks and are drawn with them.
        lines = set(self._axes.spines.values()) if scales.shown else set()
        for line in lines:
            line.set_animated(True)
        canvas.draw()
        self._canvas, self._pixels = canvas, canvas.copy_from_bbox(self._figure.bbox)
        self._still = set(self._axes.get_children()) - lines

    def png(self, draw: Callable[[Axes], None]) -> bytes:
        """The picture with these marks, as PNG bytes that are made fast."""
        before = set(self._axes.get_children())
        try:
            draw(self._axes)
            self._canvas.restore_region(self._pixels)
            moving = [each for each in self._axes.get_children() if each not in self._still]
            for artist in sorted(moving, key=lambda each: each.get_zorder()):
                self._axes.draw_artist(artist)
            return quick(self._canvas)
        finally:
            for artist in set(self._axes.get_children()) - before:
                artist.remove()


@functools.lru_cache(KEPT)
def _live(frame: Frame, scales: axes.Scales) -> Live:
    return Live(frame, scales)


def png(frame: Frame, scales: axes.Scales, draw: Callable[[Axes], None]) -> bytes:
    """A picture as PNG bytes; what stands still in it is taken from the last few where it can be.

    Parameters
    ----------
    frame : Frame
    scales : axes.Scales
    draw : callable
        ``draw(ax)`` draws what moves.
    """
    with style.ONE_AT_A_TIME:
        return _live(frame, scales).png(draw)
