"""What reading a text gives: figures, where they stand, and what was not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from .lexicon import REASONS


@dataclass(frozen=True)
class Figure:
    """A printed figure and what its wording allows.

    Attributes
    ----------
    printed : str
        The figure as printed, white space removed.
    value : float
        In `unit`, multipliers resolved; the midpoint of a range; negative for a reduction.
    lower, upper : float
        Bounds that the wording sets; NaN where it sets none.
    lower_closed, upper_closed : bool or None
        Whether the bound itself is allowed; None where there is no bound.
    qualifier : str or None
        The qualifying word as printed.
    resolution : float
        One unit in the last printed place, in `unit`; NaN for a fraction such as 三分之一.
    unit : str
        UCUM code, ISO 4217 code for money.
    per : str or None
        Denominator, such as ``"year"``.
    """

    printed: str
    value: float
    lower: float
    upper: float
    lower_closed: bool | None
    upper_closed: bool | None
    qualifier: str | None
    resolution: float
    unit: str
    per: str | None = None


@dataclass(frozen=True)
class Match:
    """A figure in a squeezed text: its span, and where its number starts."""

    start: int
    number: int
    end: int
    figure: Figure


class Reason(NamedTuple):
    """Why a numeral was not read: a text of `texts.csv` and the words that stand in it."""

    key: str
    words: tuple[tuple[str, str | None], ...]

    def in_(self, lang: str) -> str:
        """The reason in one line, in a language."""
        return REASONS[self.key][lang].format(**dict(self.words))


def why(key: str, **words: str | None) -> Reason:
    """A reason by its key in `texts.csv`, without `unread_`."""
    return Reason(key, tuple(words.items()))


@dataclass(frozen=True)
class Unread:
    """A numeral that is no figure, or none that can be read for certain, and why."""

    start: int
    end: int
    printed: str
    why: Reason

    @property
    def reason(self) -> str:
        """The reason in English; ``why.in_("zh")`` gives it in Chinese."""
        return self.why.in_("en")


@dataclass(frozen=True)
class Reading:
    """Figures of a text as `(start, end, figure)`, and the numerals that were not read."""

    figures: list[tuple[int, int, Figure]]
    unread: list[Unread]


def moved(figure: Any) -> bool:
    """Whether a figure in ranks says by how many they moved: 前移3位, which is not 第3位.

    Parameters
    ----------
    figure : Figure or row of observations
    """
    printed = str(getattr(figure, "printed", ""))
    return figure.unit == "{rank}" and "位" in printed and "第" not in printed
