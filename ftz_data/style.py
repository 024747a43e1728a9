"""How charts look: seaborn's theme, a Chinese font that ships as a dependency, one look a basis.

What the report says, what others published, what follows by arithmetic and what is assumed each
have one colour, marker and hatch everywhere; the words for them are the code list ``basis``.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import noto_cjk_sans_otc
import seaborn as sns
from matplotlib import font_manager

INK = "#1A1A1A"
MUTED = "#595959"
PAPER = "#FFFFFF"
TRACK = "#EFEFEF"
GRID = "#CCCCCC"


@dataclass(frozen=True)
class Look:
    """Colour, marker and hatch of one basis."""

    color: str
    marker: str
    hatch: str


# Chosen by a search over hues for the largest smallest difference (CAM02-UCS) that is left under
# each of the three colour-vision deficiencies, with at least 3:1 against white.
LOOKS = {
    "reported": Look("#0B7FD5", "o", ""),
    "published": Look("#D77611", "s", "\\\\\\"),
    "derived": Look("#125948", "^", "///"),
    "assumed": Look("#530A70", "D", "..."),
}


def tint(color: str, part: float) -> str:
    """`part` (0 to 1) of a colour on paper, as a hexadecimal colour."""
    channels = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (channel - 255) * part):02X}" for channel in channels)


@functools.cache
def theme() -> dict[str, object]:
    """Matplotlib settings for a chart, to be used within `matplotlib.rc_context`."""
    font_manager.fontManager.addfont(str(noto_cjk_sans_otc.FONT_PATH))
    return {
        **sns.axes_style("whitegrid"),
        **sns.plotting_context("notebook"),
        # A list of families falls back glyph by glyph, which font.sans-serif does not.
        "font.family": ["Noto Sans CJK SC", "DejaVu Sans"],
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
    }
