"""What a chart is: marks, words and picture, in both languages."""

from __future__ import annotations

import base64
import html
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import wcwidth
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

from .. import language, style
from ..cards import bilingual
from ..language import label, text
from .canvas import Canvas

DPI = 144
WIDTH = 9.0
# Inches above the first axis and below the last, beside the lines of title and source.
HEAD, TITLE, FOOT, SOURCE = 0.74, 0.26, 0.18, 0.16
TITLE_COLUMNS, SOURCE_COLUMNS = 84, 128


@dataclass(frozen=True)
class Chart:
    """A chart in both languages: marks, words and picture.

    Attributes
    ----------
    kind : str
        Kind of chart, a key of the texts.
    title : dict of str to str
        Title by language.
    marks : pandas.DataFrame
        One row a mark: `label`, `words` and `basis` (reported, published, derived or assumed),
        the first two in both languages; further columns are for the painter of the chart.
    source : dict of str to str
        Source line by language.
    caveat : dict of str to list of str
        What is ambiguous in the figures shown, by language.
    paint : callable
        Draws marks into a Matplotlib figure: ``paint(figure, chart, lang)``.
    """

    kind: str
    title: dict[str, str]
    marks: pd.DataFrame
    source: dict[str, str]
    caveat: dict[str, list[str]]
    paint: Callable[[Figure, Chart, str], None] = field(repr=False)

    def words(self, lang: str) -> str:
        """What the picture shows: kind and title, each mark with bounds and basis, the source."""
        kind = text(f"chart_{self.kind}", lang)
        marks = [
            text(
                "words_mark",
                lang,
                label=mark[f"label_{lang}"],
                figure=mark[f"words_{lang}"],
                basis=label("basis", mark["basis"], lang),
            )
            for mark in self.marks.to_dict("records")
        ]
        head = text("words_head", lang, kind=kind, title=self.title[lang])
        axes = []
        if f"facet_{lang}" in self.marks:
            facets = dict.fromkeys(self.marks[f"facet_{lang}"])
            axes = [text("words_axis", lang, axis=axis) for axis in facets]
        return "\n".join([head, *marks, *axes, self.source[lang]])

    def figure(self, lang: str) -> Figure:
        """The picture as a Matplotlib figure with labels in one language."""
        with mpl.rc_context(style.theme()):
            figure = Figure(dpi=DPI)
            Canvas(figure)
            self.paint(figure, self, lang)
        return figure

    def _pixels(self, lang: str) -> Image.Image:
        figure = self.figure(lang)
        with mpl.rc_context(style.theme()):
            figure.canvas.draw()
        return Image.fromarray(np.asarray(figure.canvas.buffer_rgba())).convert("RGB")

    def png(self, lang: str) -> bytes:
        """The picture as PNG bytes."""
        # Light compression: most of the time of a heavier one would be spent for a few kB.
        return _encode(self._pixels(lang), compress_level=1)

    def __repr__(self) -> str:
        return self.words(language.current())

    def _repr_html_(self) -> str:
        return bilingual({lang: self._image(lang) for lang in language.LANGS})

    def _image(self, lang: str) -> str:
        # Notebooks keep their pictures: 64 colours show a chart as well at a third of the size.
        few = self._pixels(lang).quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        # Quantised white is not quite white, which shows beside the page.
        few.putpalette([255 if level > 248 else level for level in few.getpalette()])
        payload = base64.b64encode(_encode(few)).decode()
        alt = html.escape(self.words(lang))
        # HTML and not image/png: JupyterLab and nbconvert drop the alt text of the latter.
        return f'<img style="max-width:100%" alt="{alt}" src="data:image/png;base64,{payload}">'


def _encode(image: Image.Image, **options: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "png", **options)
    return buffer.getvalue()


# A run of letters, digits and signs of arithmetic stays whole, and so do a date and what a no-break
# space joins; closing punctuation stays with what it closes.
_PIECES = re.compile(
    r"(?:(?:\d+[年月日])+|(?:[^\W\u3000-\u9fff]|[.,%/()=≤+−·√₋\u00a0-])+|\s+|[（“《]*.)[，。、；：）”》]*"
)


def wrap(words: str, columns: int) -> list[str]:
    """Break a text into lines; a Chinese character takes two columns, and may end a line."""
    lines = [""]
    for piece in _PIECES.findall(words):
        if lines[-1] and wcwidth.wcswidth(lines[-1] + piece.rstrip()) > columns:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


def _title(chart: Chart, lang: str) -> list[str]:
    kind = text(f"chart_{chart.kind}", lang)
    words = text("words_head", lang, kind=kind, title=chart.title[lang])
    return wrap(words, TITLE_COLUMNS)


def _source(chart: Chart, lang: str) -> list[str]:
    return wrap(chart.source[lang], SOURCE_COLUMNS)


def head_height(chart: Chart, lang: str) -> float:
    """Inches that title and legend take."""
    return HEAD + TITLE * len(_title(chart, lang))


def foot_height(chart: Chart, lang: str) -> float:
    """Inches that the source line takes."""
    return FOOT + SOURCE * len(_source(chart, lang))


def write(figure: Figure, x: float, y: float, lines: list[str], **look: Any) -> Text:
    """Write lines of text at a place in inches from the lower left corner."""
    return figure.text(x, y, "\n".join(lines), transform=figure.dpi_scale_trans, **look)


def draw(figure: Figure, x: list[float], y: list[float], **look: Any) -> None:
    """Draw a line, or a marker, through places in inches from the lower left corner."""
    figure.add_artist(Line2D(x, y, transform=figure.dpi_scale_trans, **look))


def fill(figure: Figure, x: float, y: float, width: float, height: float, **look: Any) -> None:
    """Fill a rectangle, given in inches, its lower left corner first."""
    figure.add_artist(Rectangle((x, y), width, height, transform=figure.dpi_scale_trans, **look))


def head(figure: Figure, chart: Chart, lang: str) -> None:
    """Title, and the legend of what is reported, published, derived or assumed."""
    height = figure.get_figheight()
    lines = _title(chart, lang)
    write(figure, 0.12, height - 0.16, lines, size=14, va="top", linespacing=1.25)
    # Placed by hand: a legend of Matplotlib's takes as long as the rest of a small chart.
    x, y = 0.22, height - 0.34 - TITLE * len(lines)
    for basis, look in style.LOOKS.items():
        if basis not in set(chart.marks["basis"]):
            continue
        draw(figure, [x], [y], marker=look.marker, color=look.color, ms=8)
        words = label("basis", basis, lang)
        write(figure, x + 0.14, y, [words], size=10, va="center_baseline")
        x += 0.42 + 0.078 * wcwidth.wcswidth(words)


def foot(figure: Figure, chart: Chart, lang: str) -> None:
    """Source line at the lower edge."""
    write(figure, 0.12, 0.1, _source(chart, lang), size=9, va="bottom", color=style.MUTED)
