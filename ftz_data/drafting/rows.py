"""Rows of the tables that a document's text gives, and which of their columns are open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from ..package import BUILT_IN
from ..schema import written
from ..wording import Figure
from .blocks import Sentence, sentence_at
from .dating import Dating, When
from .document import Document
from .said import Said, said
from .titles import title

Row = dict[str, str]
# The code of every list for what nobody has decided yet.
OPEN = "open"
# Columns of an observation that no sentence decides; a person fills or confirms them.
_DECIDED = ("indicator", "section", "stage", "ref_area", "quotable")
# What the reader of figures says of one.
_READ = tuple(each.name for each in fields(Figure))
_LEAD = re.compile("[\u4e00-\u9fff]+")
_LABELS = {
    "year": ("Compared with the same time of the year before", "与上年同期相比"),
    "previous": ("Compared with the period before", "与上一期相比"),
}
# How a title begins that nobody has given.
UNNAMED = ("Open: ", "待定：")
# What a row says that nobody has confirmed; and where its period is not from its own sentence.
DRAFTED = ("Drafted from the sentence; not confirmed", "由程序从句子起草，尚待确认")
UNDERSTOOD = (
    "Drafted from the sentence, its period from what stands before; not confirmed",
    "由程序从句子起草，时间取自前文，尚待确认",
)


class Place(NamedTuple):
    """Where a figure stands: its span in the text, and its sentence."""

    start: int
    stop: int
    sentence: Sentence

    @property
    def locator(self) -> str:
        """Code of the sentence, such as ``p3s2``."""
        return f"p{self.sentence.paragraph}s{self.sentence.number}"


@dataclass
class Rows:
    """Rows by table."""

    observations: list[Row] = field(default_factory=list)
    indicators: list[Row] = field(default_factory=list)
    drafts: list[Row] = field(default_factory=list)
    locators: dict[str, Row] = field(default_factory=dict)


def rows_of(document: Document, heading: str, figures: list[tuple[int, int, Figure]]) -> Rows:
    """One observation, indicator and draft a figure, in the order of the text."""
    rows = Rows()
    dating = Dating(document.text, document.sentences, heading)
    for number, (start, stop, figure) in enumerate(figures, start=1):
        place = Place(start, stop, sentence_at(document.sentences, start))
        own = place.sentence
        # A figure that goes on behind what ends its sentence is read up to there.
        sentence = document.text[own.start : max(own.end, stop)]
        told = said(sentence, start - own.start, stop - own.start, figure)
        when = dating.when(own, start, stop)
        key = f"{number:03}"
        rows.observations.append(_observation(key, figure, place, told, when))
        rows.indicators.append(
            _indicator(key, figure, title(sentence, start - own.start) + _noun(figure))
        )
        rows.drafts.append(_draft(key, place, when))
        rows.locators.setdefault(place.locator, _locator(place))
    return rows


def _noun(figure: Figure) -> str:
    """The noun that a wording begins with, such as 航线 of 航线12条; empty where it has none."""
    before = _LEAD.match(figure.printed)
    known = str(BUILT_IN.row("units", figure.unit).measure_words)
    return before[0] if before and before[0] in known else ""


def _observation(key: str, figure: Figure, place: Place, told: Said, when: When) -> Row:
    notes = [_LABELS[told.comparison]] if told.comparison else []
    mark = DRAFTED if when.certain or when.code is None else UNDERSTOOD
    english, chinese = zip(*notes, mark, strict=True)
    undated = told.stage == "growth" and when.code is None
    bare = undated or told.stage == "change"
    cells: dict[str, Any] = {
        "observation_id": f"figure_{key}",
        "indicator": f"indicator_{key}",
        "section": OPEN,
        "stage": told.stage,
        "ref_area": OPEN,
        "time_period": when.code,
        "locator": place.locator,
        "source": "report",
        # By the rule of `briefs.quotable`, whose state before is never known here.
        "quotable": "needs_baseline" if bare else "with_caveat",
        "caveat_en": "; ".join(english),
        "caveat_zh": "；".join(chinese),
    }
    cells |= {name: getattr(figure, name) for name in _READ}
    return {name: written(cell) for name, cell in cells.items()}


def _indicator(key: str, figure: Figure, words: str) -> Row:
    return indicator(f"indicator_{key}", figure.unit) | {
        "section": OPEN,
        "title_en": f"{UNNAMED[0]}{words or figure.printed}",
        "title_zh": f"{UNNAMED[1]}{words or figure.printed}",
        "description_en": "Open: what the figure measures",
        "description_zh": "待定：该数字衡量的内容",
    }


def indicator(key: str, code: str) -> Row:
    """The row of a new indicator as far as its unit goes; neither end of it is better."""
    unit = BUILT_IN.row("units", code)
    return {
        "indicator": key,
        "unit": code,
        "short_unit_en": unit.axis_en if isinstance(unit.axis_en, str) else _bare(unit.en),
        "short_unit_zh": unit.axis_zh if isinstance(unit.axis_zh, str) else _bare(unit.zh),
        "better": "neutral",
    }


def _bare(words: Any) -> str:
    """A unit without the place of its number; a bare number has none."""
    return str(words).replace("{}", "").strip() or "1"


def _draft(key: str, place: Place, when: When) -> Row:
    undated = () if when.certain else ("time_period",)
    return {
        "observation": f"figure_{key}",
        "start": str(place.start),
        "stop": str(place.stop),
        "status": OPEN,
        "open": "|".join((*_DECIDED, *undated)),
    }


def _locator(place: Place) -> Row:
    paragraph, sentence = place.sentence.paragraph, place.sentence.number
    return {
        "codelist": "locator",
        "code": place.locator,
        "label_en": f"paragraph {paragraph}, sentence {sentence}",
        "label_zh": f"第{paragraph}段第{sentence}句",
    }
