"""Figures in words: numbers, quantities, bounds, titles, periods and places, in both languages.

Every function takes the language, the current one by default, and returns text in that language.
"""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from .language import cell, label, resolve, text
from .package import BUILT_IN, Package, unknown
from .wording.figure import moved


def number(value: float, lang: str | None = None, digits: int = 5) -> str:
    """A number as people write it, to five significant digits where nothing else is asked for.

    Examples
    --------
    >>> number(24481000000, "en"), number(24481000000, "zh"), number(-0.5, "en")
    ('24.481 billion', '244.81亿', '−0.5')
    """
    magnitude = abs(value)
    if not math.isfinite(magnitude):
        raise ValueError(f"value is {value!r}; only finite numbers can be shown")
    lang = resolve(lang)
    scales = {
        "en": ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")),
        "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
    }
    # Rounded first, so that 999,999.9 becomes one million and not 1,000,000.
    magnitude = float(f"{magnitude:.{digits}g}")
    factor, word = next((s for s in scales[lang] if magnitude >= s[0]), (1, ""))
    # As a decimal, which writes small numbers in full.
    shown = format(Decimal(f"{magnitude / factor:.{digits}g}"), ",f" if lang == "en" else "f")
    return ("−" if value < 0 and magnitude else "") + shown + word


def quantity(
    value: float,
    unit: str,
    lang: str | None = None,
    digits: int = 5,
    package: Package = BUILT_IN,
) -> str:
    """A number with its unit.

    Examples
    --------
    >>> quantity(1, "mo", "en"), quantity(2.5, "d", "zh"), quantity(4, "{rank}", "zh")
    ('1 month', '2.5天', '第4名')
    """
    row = package.row("units", unit)
    lang = resolve(lang)
    # Chinese has no plural.
    one = lang == "en" and abs(value) == 1 and not pd.isna(row.en_one)
    words = row.en_one if one else getattr(row, lang)
    return words.format(number(value, lang, digits))


def unit_name(unit: str, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """A unit as shown on an axis; empty for a plain number."""
    row = package.row("units", unit)
    return cell(row, "axis", lang) or getattr(row, resolve(lang)).replace("{}", "").strip()


def denominator_name(per: str, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """Words for a denominator.

    Examples
    --------
    >>> denominator_name("vessel", "en"), denominator_name("vessel", "zh")
    ('per vessel', '每艘')
    """
    rows = package.once(_denominators)
    if per not in rows:
        raise unknown("denominator", per, rows, "units.csv")
    return cell(rows[per], "per", lang)


def _denominators(package: Package) -> dict[str, Any]:
    """Rows of units by the code that they have as a denominator."""
    return {row.per: row for row in package.rows("units").values() if not pd.isna(row.per)}


def in_words(
    figure: Any, lang: str | None = None, digits: int = 5, package: Package = BUILT_IN
) -> str:
    """A figure in words, with the bounds that its wording sets.

    Parameters
    ----------
    figure : row of observations, Figure, or any object with their fields
        `value`, `lower`, `upper`, `lower_closed`, `upper_closed`, `unit`, and where it has them
        `stage`, `per`, `qualifier` and `resolution`.
    lang : {"en", "zh"}, optional
        Language of the words; the current one by default.
    digits : int
        Significant digits.
    package : Package, optional
        Where units and denominators have their words.

    Returns
    -------
    str
        Such as "more than 5 million yuan", "down by at least 50%" or "about one third".
    """
    lang = resolve(lang)
    stage, per = getattr(figure, "stage", None), getattr(figure, "per", None)
    value, low, high = figure.value, figure.lower, figure.upper
    low_closed, high_closed = figure.lower_closed, figure.upper_closed
    falls = stage == "change" and value < 0
    if falls:
        # "Down by" says the sign, so the bounds of the fall are those of the value, mirrored.
        value, low, high = -value, -high, -low
        low_closed, high_closed = high_closed, low_closed

    unit = "{place}" if moved(figure) else figure.unit
    # A share without a last printed place was printed as a fraction, and stays one.
    as_fraction = figure.unit == "%" and math.isnan(getattr(figure, "resolution", 0.0))

    def say(number_: float, at_most: int = 15) -> str:
        words = _fraction(number_, lang, package) if as_fraction else ""
        return words or quantity(number_, unit, lang, min(digits, at_most), package)

    has_low, has_high = not math.isnan(low), not math.isnan(high)
    # Chinese says of a share and of a place that it rises, and of an amount that it grows.
    rises = "change_up" if unit in ("%", "[pp]", "{place}") else "change_more"
    change = ("change_down" if falls else rises) if stage == "change" else ""
    # Whatever the wording allows lies within the bounds as they are said, which never read alike.
    if low != high and not as_fraction:
        low, high = _outward(low, digits, ROUND_FLOOR), _outward(high, digits, ROUND_CEILING)
    if has_low and has_high and low == high:
        words = say(value)
    elif has_low and has_high:
        kind = ("from" if low_closed else "over") + "_" + ("to" if high_closed else "under")
        # Chinese prints the sign of a share at both ends.
        both = lang == "zh" and unit == "%"
        lowest = say(low) if both else number(low, lang, digits)
        words = text(f"bounds_{kind}", lang, low=lowest, high=say(high))
    elif has_low and low_closed and change:
        # Chinese puts "at least" before the verb, English behind it.
        words, change = text(f"{change}_at_least", lang, low=say(low)), ""
    elif has_high and high_closed and change:
        words, change = text(f"{change}_at_most", lang, high=say(high)), ""
    elif has_low:
        words = text("bounds_at_least" if low_closed else "bounds_over", lang, low=say(low))
    elif has_high and (near := _near(figure, lang, package)):
        words = near.format(high=say(high))
    elif has_high:
        words = text("bounds_at_most" if high_closed else "bounds_under", lang, high=say(high))
    else:
        # Three digits: more would claim what "about" does not say.
        words = text("bounds_about", lang, value=say(value, 3))
    if change:
        words = text(change, lang, words=words)
    if stage == "target":
        words = text("target", lang, words=words)
    if isinstance(per, str) and not pd.isna(per):
        words = text("per", lang, words=words, per=denominator_name(per, lang, package))
    return words


def _outward(bound: float, digits: int, rounding: str) -> float:
    """A bound to some significant digits, away from what it bounds."""
    if not bound or math.isnan(bound):
        return bound
    # Fourteen digits leave out what binary fractions add.
    exact = Decimal(f"{bound:.14g}")
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), rounding))


def _near(figure: Any, lang: str, package: Package) -> str:
    """Words for a value that is nearly reached; empty for any other qualifier.

    "Less than" would name the same bound, and say of a success that it falls short.
    """
    row = package.rows("codes").get(("near", getattr(figure, "qualifier", None)))
    return "" if row is None else cell(row, "label", lang)


def _fraction(percent: float, lang: str, package: Package) -> str:
    """A percentage as the simple fraction that it is; empty where it is none."""
    part = Fraction(percent / 100).limit_denominator(12)
    row = package.rows("codes").get(("fraction", str(part)))
    if row is None or not math.isclose(part, percent / 100):
        return ""
    return cell(row, "label", lang)


def title(observation: Any, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """Title of a figure: that of its indicator, with before and after told apart."""
    words = cell(package.row("indicators", observation.indicator), "title", lang)
    if observation.stage in ("before", "after"):
        return text(f"{observation.stage}_label", lang, title=words)
    return words


def unit(observation: Any, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """Unit of a figure as its indicator names it, with its denominator; empty for a plain number.

    Examples
    --------
    >>> unit(BUILT_IN.row("observations", "crude_saving_level"), "en")
    'yuan per vessel'
    """
    words = cell(package.row("indicators", observation.indicator), "short_unit", lang)
    if pd.isna(observation.per):
        return words
    return text("unit_per", lang, unit=words, per=denominator_name(observation.per, lang, package))


def system(row: Any, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """Name of the system that a figure or claim is about; empty where it is about none."""
    if pd.isna(row.instrument):
        return ""
    return cell(package.row("instruments", row.instrument), "name", lang)


def period(code: Any, lang: str | None = None) -> str:
    """Words for a time period of the tables.

    Examples
    --------
    >>> period("../2025-07-31", "en"), period("2026-S1", "en"), period("2026-01/2026-09", "zh")
    ('up to 2025-07-31', 'H1 2026', '2026年1月至9月')
    """
    if pd.isna(code):
        return text("period_none", lang)
    start, _, end = str(code).rpartition("/")
    if end.startswith("P"):
        return text("period_years", lang, years=end[1:-1])
    date = _date(end, lang)
    if start.startswith("P"):
        return text("period_years_until", lang, years=start[1:-1], date=date)
    if start == "..":
        return text("period_until", lang, date=date)
    if start and resolve(lang) == "zh" and start[:4] == end[:4]:
        date = date.partition("年")[2]
    return text("bounds_from_to", lang, low=_date(start, lang), high=date) if start else date


def _date(code: str, lang: str | None) -> str:
    """Words for a day, a month, a year, a half of one or a quarter."""
    year, _, part = code.partition("-")
    if part[:1] in ("S", "Q"):
        return text("period_part", lang, year=year, part=text(f"period_{part.lower()}", lang))
    # Chinese marks year, month and day; English keeps the ISO form.
    if resolve(lang) == "zh":
        return "".join(
            f"{int(n)}{mark}" for n, mark in zip(code.split("-"), "年月日", strict=False)
        )
    return code


def place(locator: str, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """Words for a locator, such as "digital services, paragraph 4"."""
    part, _, paragraph = locator.partition(".")
    name = label("locator", part, lang, package)
    key = "place" if paragraph else "place_single"
    return text(key, lang, part=name, paragraph=paragraph)


def source_title(key: str, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """Title of a source; one that nobody has read says so.

    Examples
    --------
    >>> source_title("little_law_1961", "en")
    'A proof for the queuing formula L = λW (From memory, not verified)'
    """
    row = package.row("sources", key)
    name = cell(row, "title", lang)
    if row.seen != "memory":
        return name
    seen = label("seen", row.seen, lang, package=package)
    return text("source_flagged", lang, title=name, seen=seen)
