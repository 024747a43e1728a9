"""What people read: the strings of `data/texts.csv` and `data/codes.csv`, and figures in words.

Every function takes the language (``"en"`` or ``"zh"``) and returns text in that language alone.
"""

from __future__ import annotations

import difflib
import functools
import math
import os
from typing import Any

import pandas as pd

from .load import load_codes, load_texts

LANGS = ("en", "zh")
_chosen: str | None = None


def check_language(lang: str) -> str:
    """Return `lang`, or raise a ValueError where it is neither ``"en"`` nor ``"zh"``."""
    if lang not in LANGS:
        raise ValueError(f"lang is {lang!r}; allowed are 'en' and 'zh'")
    return lang


def current() -> str:
    """Language of the page: what `use` set, else the environment's ``FTZ_LANG``, else English."""
    return _chosen or check_language(os.environ.get("FTZ_LANG") or "en")


def use(lang: str) -> None:
    """Make `lang` the language of the page."""
    global _chosen
    _chosen = check_language(lang)


@functools.cache
def _texts() -> dict[str, dict[str, str]]:
    return load_texts().set_index("key").to_dict("index")


@functools.cache
def _codes() -> dict[tuple[str, str], dict[str, str]]:
    return load_codes().set_index(["codelist", "code"]).to_dict("index")


def text(key: str, lang: str, **fields: Any) -> str:
    """A string of `texts.csv` with its fields filled in."""
    return _texts()[key][check_language(lang)].format(**fields)


def label(codelist: str, code: str, lang: str) -> str:
    """Label of a code."""
    return _codes()[codelist, code][f"label_{check_language(lang)}"]


def codes(codelist: str) -> list[str]:
    """Codes of a list, in the order of the file."""
    return [code for name, code in _codes() if name == codelist]


def nearest(key: str, known: list[str]) -> str:
    """Words for an error message: the known keys nearest to `key`."""
    near = difflib.get_close_matches(key, known, n=3, cutoff=0.5)
    return f"nearest: {', '.join(near)}" if near else f"known: {', '.join(known[:5])} …"


def number(value: float, lang: str, digits: int = 5) -> str:
    """A number as people write it, to five significant digits where nothing else is asked for.

    Examples
    --------
    >>> number(24481000000, "en"), number(24481000000, "zh"), number(-0.5, "en")
    ('24.481 billion', '244.81亿', '−0.5')
    """
    magnitude = abs(value)
    if not math.isfinite(magnitude):
        raise ValueError(f"value is {value!r}; only finite numbers can be shown")
    scales = {
        "en": ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")),
        "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
    }
    # Rounded first, so that 999,999.9 becomes one million and not 1,000,000.
    magnitude = float(f"{magnitude:.{digits}g}")
    factor, word = next((s for s in scales[lang] if magnitude >= s[0]), (1, ""))
    digits = f"{magnitude / factor:{',' if lang == 'en' else ''}.10f}".rstrip("0").rstrip(".")
    return ("−" if value < 0 and magnitude else "") + digits + word


def quantity(value: float, unit: str, lang: str, digits: int = 5) -> str:
    """A number with its unit.

    Examples
    --------
    >>> quantity(1, "mo", "en"), quantity(2.5, "d", "zh"), quantity(4, "{rank}", "zh")
    ('1 month', '2.5天', '第4名')
    """
    one = abs(value) == 1 and ("unit_one", unit) in _codes()
    return label("unit_one" if one else "unit", unit, lang).format(number(value, lang, digits))


def unit_name(unit: str, lang: str) -> str:
    """A unit as shown on an axis; empty for a plain number."""
    if ("unit_axis", unit) in _codes():
        return label("unit_axis", unit, lang)
    return label("unit", unit, lang).replace("{}", "").strip()


def in_words(figure: Any, lang: str, digits: int = 5) -> str:
    """A figure in words, with the bounds that its wording sets.

    Parameters
    ----------
    figure : row of observations, or any object with its fields
        `value`, `lower`, `upper`, `lower_closed`, `upper_closed`, `unit`, and where it has them
        `stage` and `per`.
    lang : {"en", "zh"}
        Language of the words.
    digits : int
        Significant digits.

    Returns
    -------
    str
        Such as "more than 5 million yuan" or "down by at least 50%".
    """
    stage, per = getattr(figure, "stage", None), getattr(figure, "per", None)
    value, low, high = figure.value, figure.lower, figure.upper
    low_closed, high_closed = figure.lower_closed, figure.upper_closed
    falls = stage == "change" and value < 0
    if falls:
        # "Down by" says the sign, so the bounds of the fall are those of the value, mirrored.
        value, low, high = -value, -high, -low
        low_closed, high_closed = high_closed, low_closed

    def say(number_: float) -> str:
        return quantity(number_, figure.unit, lang, digits)

    has_low, has_high = not math.isnan(low), not math.isnan(high)
    if has_low and has_high and low < high:
        # Two ends that read the same would say that nothing lies between them.
        while digits < 15 and number(low, lang, digits) == number(high, lang, digits):
            digits += 1
    if has_low and has_high and low == high:
        words = say(value)
    elif has_low and has_high:
        kind = ("from" if low_closed else "over") + "_" + ("to" if high_closed else "under")
        words = text(f"bounds_{kind}", lang, low=number(low, lang, digits), high=say(high))
    elif has_low:
        words = text("bounds_at_least" if low_closed else "bounds_over", lang, low=say(low))
    elif has_high:
        words = text("bounds_at_most" if high_closed else "bounds_under", lang, high=say(high))
    else:
        # Three digits: more would claim what "about" does not say.
        words = text("bounds_about", lang, value=say(float(f"{value:.3g}")))
    if stage == "change":
        words = text("change_down" if falls else "change_up", lang, words=words)
    if stage == "target":
        words = text("target", lang, words=words)
    if isinstance(per, str) and not pd.isna(per):
        words = text("per", lang, words=words, per=label("per", per, lang))
    return words
