"""Readable cards: what one figure, indicator or system is, in words, with its caveat."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

import pandas as pd

from . import language
from .language import in_words, label, text
from .load import load_claims, load_indicators, load_instruments, load_observations


@dataclass(frozen=True)
class Card:
    """A title with labelled lines, in both languages.

    Attributes
    ----------
    lang : str
        Language of the plain text.
    title : dict of str to str
        Title by language.
    lines : dict of str to list of (str, str)
        Label and text of each line, by language.
    """

    lang: str
    title: dict[str, str]
    lines: dict[str, list[tuple[str, str]]]

    def __repr__(self) -> str:
        separator = text("separator", self.lang)
        lines = [f"{name}{separator}{words}" for name, words in self.lines[self.lang]]
        return "\n".join([self.title[self.lang], *lines])

    def _repr_html_(self) -> str:
        return bilingual(
            {
                lang: f"<h4>{html.escape(self.title[lang])}</h4><dl>"
                + "".join(
                    f"<dt><strong>{html.escape(name)}</strong></dt><dd>{html.escape(words)}</dd>"
                    for name, words in self.lines[lang]
                )
                + "</dl>"
                for lang in language.LANGS
            }
        )


def bilingual(blocks: dict[str, str]) -> str:
    """HTML that holds one block a language; the page's switch shows one of them."""
    return "".join(f'<div lang="{lang}">{blocks[lang]}</div>' for lang in language.LANGS)


def describe(key: str, lang: str | None = None) -> Card:
    """A readable card for an observation, an indicator or an instrument.

    Parameters
    ----------
    key : str
        Key of a row of `load_observations`, `load_indicators` or `load_instruments`.
    lang : {"en", "zh"}, optional
        Language of the plain text; the page's language by default. Jupyter is given both.

    Returns
    -------
    Card
        Shows as text in a terminal and as HTML in Jupyter; everything in it is escaped.

    Raises
    ------
    KeyError
        If the key is unknown; the message names the nearest keys.
    ValueError
        If the language is unknown.

    Examples
    --------
    >>> print(describe("crude_time_before", "en"))
    Time to inspect and release imported crude oil: before
    As printed: 2—3天
    In words: 2 to 3 days
    Unit: days
    Role: Before
    System: Release before inspection of imported crude oil
    Period: not given
    Area: Qingdao area of the free trade zone
    Place in the report: institutional innovation, paragraph 2
    Caveat: Time for inspection and release, not the whole stay in port
    """
    lang = language.check_language(lang) if lang else language.current()
    for load, column, lines in _KINDS:
        table = load().set_index(column, drop=False)
        if key in table.index:
            row = table.loc[key]
            titles = {each: lines(row, each) for each in language.LANGS}
            return Card(
                lang,
                {each: title for each, (title, _) in titles.items()},
                {each: [line for line in found if line[1]] for each, (_, found) in titles.items()},
            )
    known = [key_ for load, column, _ in _KINDS for key_ in load()[column]]
    raise KeyError(
        f"no observation, indicator or instrument {key!r}; {language.nearest(key, known)}"
    )


def place(locator: str, lang: str) -> str:
    """Words for a locator, such as "digital services, paragraph 4"."""
    part, _, paragraph = locator.partition(".")
    name = label("locator", part, lang)
    key = "place" if paragraph else "place_single"
    return text(key, lang, part=name, paragraph=paragraph)


def period(code: Any, lang: str) -> str:
    """Words for a time period of the tables."""
    if pd.isna(code):
        return text("period_none", lang)
    start, _, end = str(code).rpartition("/")
    if end.startswith("P"):
        return text("period_years", lang, years=end[1:-1])
    # Chinese marks year, month and day; English keeps the ISO form.
    date = end
    if lang == "zh":
        date = "".join(f"{int(n)}{mark}" for n, mark in zip(end.split("-"), "年月日", strict=False))
    if start.startswith("P"):
        return text("period_years_until", lang, years=start[1:-1], date=date)
    return text("period_until", lang, date=date) if start else date


def title(observation: Any, lang: str) -> str:
    """Title of a figure: that of its indicator, with before and after told apart."""
    indicators = load_indicators().set_index("indicator")
    words = indicators.loc[observation.indicator, f"title_{lang}"]
    if observation.stage in ("before", "after"):
        return text(f"{observation.stage}_label", lang, title=words)
    return words


def _observation(row: pd.Series, lang: str) -> tuple[str, list[tuple[str, str]]]:
    system = ""
    if not pd.isna(row.instrument):
        system = load_instruments().set_index("instrument").loc[row.instrument, f"name_{lang}"]
    return title(row, lang), [
        (text("card_printed", lang), row.printed),
        (text("card_meaning", lang), in_words(row, lang)),
        (text("card_unit", lang), _unit(row, lang)),
        (text("card_stage", lang), label("stage", row.stage, lang)),
        (text("card_system", lang), system),
        (text("card_period", lang), period(row.time_period, lang)),
        (text("card_area", lang), label("ref_area", row.ref_area, lang)),
        (text("card_place", lang), place(row.locator, lang)),
        (text("card_caveat", lang), _given(row[f"caveat_{lang}"])),
    ]


def _unit(row: pd.Series, lang: str) -> str:
    unit = load_indicators().set_index("indicator").loc[row.indicator, f"short_unit_{lang}"]
    per = "" if pd.isna(row.per) else label("per", row.per, lang)
    return text("unit_per", lang, unit=unit, per=per) if per else _given(unit)


def _indicator(row: pd.Series, lang: str) -> tuple[str, list[tuple[str, str]]]:
    low, high = (
        "" if pd.isna(limit) else language.quantity(limit, row.unit, lang)
        for limit in (row.minimum, row.maximum)
    )
    limits = {"both": low and high, "from": low, "to": high}
    kind = next((kind for kind, given in limits.items() if given), None)
    figures = load_observations().query("indicator == @row.indicator")
    return row[f"title_{lang}"], [
        (text("card_description", lang), row[f"description_{lang}"]),
        (text("card_unit", lang), _given(row[f"short_unit_{lang}"])),
        (text("card_better", lang), label("better", row.better, lang)),
        (
            text("card_limits", lang),
            text(f"limits_{kind}", lang, low=low, high=high) if kind else "",
        ),
        (text("card_figures", lang), _list(figures, lang)),
    ]


def _instrument(row: pd.Series, lang: str) -> tuple[str, list[tuple[str, str]]]:
    figures = load_observations().query("instrument == @row.instrument")
    claims = load_claims().query("instrument == @row.instrument")
    separator = text("place_separator", lang)
    return row[f"name_{lang}"], [
        (text("card_lead", lang), row[f"lead_{lang}"]),
        (text("card_problem", lang), row[f"problem_{lang}"]),
        (text("card_mechanism", lang), row[f"mechanism_{lang}"]),
        (text("card_change", lang), row[f"change_{lang}"]),
        (text("card_figures", lang), _list(figures, lang)),
        (text("card_claims", lang), separator.join(claims[f"title_{lang}"])),
        (text("card_place", lang), place(row.locator, lang)),
        (text("card_caveat", lang), _given(row[f"caveat_{lang}"])),
    ]


def _list(figures: pd.DataFrame, lang: str) -> str:
    separator = text("place_separator", lang)
    return separator.join(
        title(row, lang) + text("separator", lang) + in_words(row, lang)
        for row in figures.itertuples()
    )


def _given(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)


_KINDS = (
    (load_observations, "observation_id", _observation),
    (load_indicators, "indicator", _indicator),
    (load_instruments, "instrument", _instrument),
)
