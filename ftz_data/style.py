"""How charts look: seaborn's theme, a Chinese font that ships as a dependency, one look a basis.

What the report says, what others published, what follows by arithmetic and what is assumed each
have one colour, marker and hatch everywhere; the words for them are the code list ``basis``.

Matplotlib keeps its settings in one place for the whole process. `settings` lends it ours while a
chart is made, one thread at a time, so that no setting of a user's shows in a chart, and none of
ours outlives it.
"""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import noto_cjk_sans_otc
import seaborn as sns
from matplotlib import font_manager

INK = "#1A1A1A"
MUTED = "#595959"
PAPER = "#FFFFFF"
TRACK = "#EFEFEF"
GRID = "#CCCCCC"

# A list of families falls back glyph by glyph, which font.sans-serif does not.
FONTS = ["Noto Sans CJK SC", "DejaVu Sans"]


@dataclass(frozen=True)
class Look:
    """Colour of marks, colour of words, marker and hatch of one basis."""

    color: str
    text: str
    marker: str
    hatch: str


# Chosen by a search over hues for the largest smallest difference (CAM02-UCS) that is left under
# each of the three colour-vision deficiencies, with at least 3:1 against white. Words need 4.5:1,
# so two of the four are written in a darker shade.
LOOKS = {
    "reported": Look("#0B7FD5", "#0968AF", "o", ""),
    "published": Look("#D77611", "#9E5508", "s", "\\\\\\"),
    "derived": Look("#125948", "#125948", "^", "///"),
    "assumed": Look("#530A70", "#530A70", "D", "..."),
}


@dataclass(frozen=True)
class Size:
    """A picture's width in inches, its dots an inch, and the sizes of its texts in points."""

    name: str
    width: float
    dpi: int
    title: float
    reading: float
    label: float
    tick: float
    source: float

    @property
    def narrow(self) -> bool:
        """Whether labels stand above their marks, since no column beside them is left."""
        return self.width < 6


# 1152 pixels beside the controls of a page of 1280, and twice 374 on a phone of 390.
WIDE = Size("wide", 8.0, 144, 15.5, 12.5, 11.5, 10.5, 9.5)
PHONE = Size("phone", 3.9, 192, 13.7, 11.0, 10.0, 9.3, 9.3)


def tint(color: str, part: float) -> str:
    """`part` (0 to 1) of a colour on paper, as a hexadecimal colour."""
    channels = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (channel - 255) * part):02X}" for channel in channels)


@functools.cache
def theme() -> dict[str, Any]:
    """Matplotlib settings for a chart, to be used within `matplotlib.rc_context`."""
    font_manager.fontManager.addfont(str(noto_cjk_sans_otc.FONT_PATH))
    return {
        **sns.axes_style("whitegrid"),
        **sns.plotting_context("notebook"),
        "font.family": FONTS,
        "font.size": 11,
        "axes.unicode_minus": True,
        "axes.edgecolor": MUTED,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": MUTED,
        "ytick.color": INK,
        "figure.facecolor": PAPER,
        "axes.facecolor": PAPER,
        "hatch.linewidth": 0.8,
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
        # Identifiers in an SVG would else be random, and no two files the same.
        "svg.hashsalt": "ftz_data",
    }


def fonts() -> list[Any]:
    """Paths of the fonts in their order, each with the `face_index` that it has in its file."""
    theme()
    return [font_manager.findfont(family, fallback_to_default=False) for family in FONTS]


# Which window system shows a figure is the user's business; charts open no window.
_NOT_A_LOOK = {"backend", "backend_fallback", "interactive", "toolbar", "timezone"}
ONE_AT_A_TIME = threading.RLock()
_lent = False


@functools.cache
def _all_settings() -> Any:
    stock = {key: value for key, value in mpl.rcParamsDefault.items() if key not in _NOT_A_LOOK}
    return stock | theme()


@contextlib.contextmanager
def settings() -> Iterator[None]:
    """Make, draw or save a chart within this: every setting that a chart depends on is ours.

    The user's settings are back afterwards. Threads wait for each other, since Matplotlib's
    settings are those of the whole process. Within itself it changes nothing, which saves time.
    """
    global _lent
    with ONE_AT_A_TIME:
        if _lent:
            yield
            return
        with mpl.rc_context(_all_settings()):
            _lent = True
            try:
                yield
            finally:
                _lent = False
