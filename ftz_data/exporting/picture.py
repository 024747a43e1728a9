"""The one place where an export asks for a picture."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from ..package import BUILT_IN, Package

# Dots an inch, of what is shown on a screen and of what goes to paper or onto a wall.
SCREEN, PRINT = 144, 200
# Neither says when or by what it was made, so that the same chart gives the same bytes.
_UNDATED = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}


@dataclass(frozen=True)
class Picture:
    """A chart as a file, with the words that say what it shows.

    Parameters
    ----------
    key : str
        Key of `load_pictures`.
    package : Package
    """

    key: str
    package: Package

    @property
    def chart(self) -> Any:
        """The chart, made where it is used: a table needs neither picture nor Matplotlib."""
        from .. import charts

        return charts.picture(self.key, package=self.package)

    def words(self, lang: str) -> str:
        """What the picture shows: its alternative text."""
        return self.chart.words(lang)

    def drawn(self, lang: str, form: str = "png", dpi: int = SCREEN) -> bytes:
        """The picture in a language.

        Parameters
        ----------
        lang : {"en", "zh"}
        form : {"png", "svg"}
        dpi : int
            Dots an inch of a PNG.
        """
        from .. import style

        buffer = io.BytesIO()
        figure = self.chart.figure(lang)
        with style.settings():
            figure.savefig(buffer, format=form, dpi=dpi, metadata=_UNDATED[form])
        return buffer.getvalue()


def picture(key: str, package: Package = BUILT_IN) -> Picture | None:
    """The first picture of a system; None where there is none to draw."""
    rows = package.rows("pictures").values()
    return next((Picture(row.picture, package) for row in rows if row.instrument == key), None)
