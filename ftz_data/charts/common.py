"""What chart functions share: texts in both languages, source lines, caveats, look-ups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from .. import language
from ..cards import place
from ..language import text
from ..load import load_instruments, load_observations, load_sources


def each(function: Callable[[str], Any]) -> dict[str, Any]:
    """The result of a function of the language, for each language."""
    return {lang: function(lang) for lang in language.LANGS}


def source_line(rows: pd.DataFrame) -> dict[str, str]:
    """Source line: the places in the report, in reading order."""
    locators = list(dict.fromkeys(rows["locator"]))
    return each(
        lambda lang: text(
            "source_line",
            lang,
            places=text("place_separator", lang).join(place(where, lang) for where in locators),
        )
    )


def with_published(report: dict[str, str], others: pd.DataFrame) -> dict[str, str]:
    """Source line of the report's places and of the titles of what others published."""
    if others.empty:
        return report
    sources = load_sources().set_index("source")

    def say(lang: str) -> str:
        titles = dict.fromkeys(sources.loc[key, f"title_{lang}"] for key in others["source"])
        listed = text("place_separator", lang).join(titles)
        published = text("source_published", lang, titles=listed)
        return text("sources_both", lang, report=report[lang], others=published)

    return each(say)


def unbroken(formula: str) -> str:
    """A formula that no line breaks."""
    return formula.replace(" ", "\N{NO-BREAK SPACE}")


def caveats(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Caveats of figures or claims, each once."""
    return each(lambda lang: list(dict.fromkeys(rows[f"caveat_{lang}"].dropna())))


def system(instrument: str) -> tuple[dict[str, str], pd.DataFrame]:
    """Names of a system and its figures; a KeyError names the nearest systems."""
    instruments = load_instruments().set_index("instrument")
    if instrument not in instruments.index:
        known = list(instruments.index)
        raise KeyError(f"no instrument {instrument!r}; {language.nearest(instrument, known)}")
    names = each(lambda lang: instruments.loc[instrument, f"name_{lang}"])
    return names, load_observations().query("instrument == @instrument")
