"""What a question is made of: the right answer, the usual misreadings, the reason and the place."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from ..derived import Derived
from ..language import LANGS, Text, Wording, label, text, worded
from ..package import Package
from ..words import in_words, place, source_title

# Significant digits of figures that are worked out.
DIGITS = 4


@dataclass(frozen=True)
class Option:
    """One answer on offer.

    Attributes
    ----------
    words : str, Text or Wording
        As it is shown.
    meaning : hashable
        What it says; two answers of one question never say the same.
    """

    words: Any
    meaning: Hashable

    def same(self, other: Option) -> bool:
        """Whether another answer says the same, or reads the same in one of the languages."""
        alike = any(worded(self.words, lang) == worded(other.words, lang) for lang in LANGS)
        return alike or self.meaning == other.meaning


@dataclass(frozen=True)
class Draft:
    """A question with all its misreadings, of which some are drawn.

    Attributes
    ----------
    kind : str
        What is asked.
    key : str
        Of the figure, quantity, reading or pair that it is about.
    asks : Text
        The question.
    right : Option
    wrong : list of Option
        From the usual misreadings, reckoned from the tables.
    why : Text or Wording
        Why the right answer is right.
    place : Wording or Text
        Where the report, or another source, says it.
    """

    kind: str
    key: str
    asks: Any
    right: Option
    wrong: list[Option] = field(repr=False)
    why: Any = field(repr=False)
    place: Any = field(repr=False)


def figure(value: Derived, package: Package, digits: int = DIGITS) -> Option:
    """A figure as an answer: it means its bounds."""
    ends = (value.lower, value.upper, value.lower_closed, value.upper_closed)
    # A bound that is not set is equal to no other, and must be here.
    meaning = tuple(None if end is None or end != end else end for end in ends)
    words = Wording(in_words, value, digits=digits, package=package)
    about = value.value if meaning[:2] == (None, None) else None
    return Option(words, (meaning, about, value.unit, value.per))


def where(rows: list[Any], package: Package) -> Wording:
    """Source line of observations and published figures."""
    return Wording(_where, rows, package=package)


def _where(rows: list[Any], lang: str, package: Package) -> str:
    between, parts = text("place_separator", lang), []
    places = [place(row.locator, lang, package) for row in rows if hasattr(row, "locator")]
    if places:
        report = label("cited", "report", lang, package)
        listed = between.join(dict.fromkeys(places))
        parts.append(text("source_line", lang, report=report, places=listed))
    titles = [source_title(row.source, lang, package) for row in rows if hasattr(row, "context_id")]
    if titles:
        listed = between.join(dict.fromkeys(titles))
        parts.append(text("source_published", lang, titles=listed))
    return text("clause_separator", lang).join(parts)


def said(key: str, **fields: Any) -> Text:
    """A text of a quiz."""
    return Text(f"quiz_{key}", **fields)
