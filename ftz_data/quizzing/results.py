"""Questions about what figures come to: bases, verdicts, readings, points, what follows."""

from __future__ import annotations

import dataclasses
import itertools
import math
from typing import Any

import pandas as pd

from .. import derived, expressions
from ..derived import Derived
from ..interval import Interval
from ..language import Text, Wording, cell, codes, label, text
from ..package import Package
from ..words import in_words, number, period, quantity, title
from .draft import DIGITS, Draft, Option, figure, said, where


def _from(names: str, package: Package) -> list[Any]:
    """Observations and published figures that an expression rests on, through what is derived."""
    ours, others = package.rows("observations"), package.rows("context")
    through = package.rows("derived")
    rows: list[Any] = []
    for name in expressions.names(names):
        if name in through:
            rows += _from(through[name].expression, package)
        else:
            rows += [table[name] for table in (ours, others) if name in table]
    return rows


def basis(package: Package) -> list[Draft]:
    """Which of several figures is printed, published elsewhere, worked out or assumed."""
    known = [*_reported(package), *_worked_out(package), *_published(package), *_assumed(package)]
    drafts = []
    for one in known:
        # What is of the same unit and value as the right one might have its basis as well.
        others = [
            other
            for other in known
            if other.basis != one.basis and (other.unit, other.value) != (one.unit, one.value)
        ]
        near = [other for other in others if other.section == one.section]
        wrong = [other.option for other in (near if len(near) >= _WRONG else others)]
        mark = Wording(label, "basis", one.basis, package=package)
        why = said("why_basis", figure=one.option.words, basis=mark)
        asks = said(f"asks_{one.basis}")
        drafts.append(Draft("basis", one.key, asks, one.option, wrong, why, one.place))
    return drafts


_WRONG = 4


@dataclasses.dataclass(frozen=True)
class _Known:
    """A figure of whatever basis, with its title."""

    key: str
    basis: str
    section: Any
    unit: str
    value: float
    option: Option
    place: Any


def _known(row: Any, key: str, basis: str, name: Any, place: Any, package: Package) -> _Known:
    shown = Wording(in_words, row, digits=DIGITS, package=package)
    option = Option(Text("label_figure", label=name, figure=shown), key)
    return _Known(key, basis, row.section, row.unit, row.value, option, place)


def _reported(package: Package) -> list[_Known]:
    rows = {
        (row.indicator, row.stage): row
        for row in reversed(list(package.rows("observations").values()))
    }
    return [
        _known(row, row.observation_id, "reported", Wording(title, row, package=package),
               where([row], package), package)
        for row in rows.values()
    ]  # fmt: skip


def _worked_out(package: Package) -> list[_Known]:
    return [
        _known(row, row.derived_id, "derived", Wording(cell, row, "title"),
               where(_from(row.expression, package), package), package)
        for row in derived.load_derived(package).itertuples()
    ]  # fmt: skip


def _published(package: Package) -> list[_Known]:
    return [
        _known(row, row.context_id, "published",
               Text("context_label", title=Wording(cell, row, "title"),
                    period=Wording(period, row.time_period)),
               where([row], package), package)
        for row in package.rows("context").values()
    ]  # fmt: skip


def _assumed(package: Package) -> list[_Known]:
    found = []
    models = package.rows("models")
    for row in package.rows("parameters").values():
        if row.basis != "assumed" or row.model not in models:
            continue
        key, model = f"{row.model}.{row.parameter}", models[row.model]
        shown = Wording(quantity, row.default, row.unit, package=package)
        option = Option(Text("label_figure", label=Wording(cell, row, "title"), figure=shown), key)
        place = said("place_model", title=Wording(cell, model, "title"))
        found.append(_Known(key, "assumed", model.section, row.unit, row.default, option, place))
    return found


def verdict(package: Package) -> list[Draft]:
    """What the comparison of two statements gives."""
    drafts = []
    for row in derived.consistency(package).itertuples():
        options = {
            code: Option(Wording(label, "verdict", code, package=package), code)
            for code in codes("verdict", package)
        }
        right = options.pop(row.verdict)
        sides = {"statement": Wording(cell, row, "statement"), "left": Wording(cell, row, "left")}
        if pd.isna(row.right):
            asks = said("asks_alone", **sides)
        else:
            asks = said(f"asks_{row.test}", **sides, right=Wording(cell, row, "right"))
        if not pd.isna(row.apart):
            apart = Wording(label, "apart", row.apart, package=package)
            asks = said("asks_apart", asks=asks, apart=apart)
        why = said("why_verdict", meaning=Wording(cell, row, "meaning"))
        rests = [each for side in (row.left, row.right) if not pd.isna(side) for each in
                 _from(side, package)]  # fmt: skip
        wrong = list(options.values())
        drafts.append(Draft("verdict", row.pair, asks, right, wrong, why, where(rests, package)))
    return drafts


def reading(package: Package) -> list[Draft]:
    """What an index of 100 becomes under one reading of a change in percent."""
    observations = package.rows("observations")
    drafts = []
    for row in package.rows("readings").values():
        own = observations[row.observation]
        found = derived.read(row.reading, package)
        if found is None or (own.stage, own.unit) != ("change", "%") or own.value in (0.0, -100.0):
            continue
        value = found.value
        if not found.lower == found.upper == value:
            continue
        size = own.value / 100
        taken = [1 + size, 1 / (1 + size), 1 - size, abs(size)]
        taken += [1 / (1 - size)] if size != 1 else []
        wrong = [_number(100 * each) for each in taken]
        assumes = Wording(cell, row, "assumes")
        asks = said(
            "asks_reading",
            title=Wording(title, own, package=package),
            printed=own.printed,
            reading=assumes,
            gives=Wording(cell, row, "gives"),
        )
        result = Wording(number, value, digits=DIGITS)
        why = said("why_reading", reading=Wording(cell, row, "title"), value=result)
        place = where([own], package)
        drafts.append(Draft("reading", row.reading, asks, _number(value), wrong, why, place))
    return drafts


def _number(value: float) -> Option:
    return Option(Wording(number, value, digits=DIGITS), round(value, 6))


def points(package: Package) -> list[Draft]:
    """How far two percentages lie apart: in percentage points, or in percent of the larger."""
    groups: dict[Any, dict[Any, Any]] = {}
    for row in package.rows("observations").values():
        bounded = not math.isnan(row.lower) or not math.isnan(row.upper)
        if row.unit == "%" and row.stage in ("share", "growth") and row.value > 0 and bounded:
            groups.setdefault((row.section, row.stage), {}).setdefault(row.indicator, row)
    drafts = []
    for rows in groups.values():
        for one, other in itertools.combinations(rows.values(), 2):
            less, more = sorted((one, other), key=lambda row: float(row.value))
            if less.value < more.value:
                drafts += [_points(less, more, way, package) for way in ("points", "percent")]
    return drafts


def _points(less: Any, more: Any, way: str, package: Package) -> Draft:
    low, high = less.value, more.value
    apart = {
        "points": high - low,
        "percent": 100 * (high - low) / high,
        "of_less": 100 * (high - low) / low,
        "ratio": 100 * low / high,
        "inverse": 100 * high / low,
        "sum": high + low,
    }
    unit = "[pp]" if way == "points" else "%"
    options = {
        name: Option(Wording(quantity, value, unit, digits=3, package=package), round(value, 6))
        for name, value in apart.items()
    }
    right = options.pop(way)
    asks = said(
        f"asks_{way}",
        less=Wording(title, less, package=package),
        more=Wording(title, more, package=package),
        low=Wording(quantity, low, "%", package=package),
        high=Wording(quantity, high, "%", package=package),
    )
    key = f"{less.observation_id}.{more.observation_id}.{way}"
    place = where([less, more], package)
    return Draft("points", key, asks, right, list(options.values()), said(f"why_{way}"), place)


def follows(package: Package) -> list[Draft]:
    """What follows by arithmetic, with the bounds that the wording sets."""
    drafts = []
    for row in derived.load_derived(package).itertuples():
        if not row.unit or row.unit == "%" or row.value <= 0:
            continue
        per = None if pd.isna(row.per) else row.per
        own = dataclasses.replace(Derived.of(Interval.of(row), row.unit), per=per)
        rests = _from(row.expression, package)
        asks = said(
            "asks_follows",
            title=Wording(cell, row, "title"),
            words=Wording(cell, row, "words"),
            inputs=Wording(_listed, rests, package=package),
        )
        if _premises(row, "en", package):
            asks = said("supposed", asks=asks, premises=Wording(_premises, row, package=package))
        wrong = [figure(each, package) for each in _misread(own)]
        place = where(rests, package)
        right = figure(own, package)
        why = said("why_follows", formula=row.formula, words=right.words)
        drafts.append(Draft("follows", row.derived_id, asks, right, wrong, why, place))
    return drafts


def _listed(rows: list[Any], lang: str, package: Package) -> str:
    """Figures that something rests on, each with its title."""
    named = [
        text(
            "label_figure",
            lang,
            label=cell(row, "title", lang)
            if hasattr(row, "context_id")
            else title(row, lang, package),
            figure=in_words(row, lang, package=package),
        )
        for row in rows
    ]
    return text("clause_separator", lang).join(named)


def _premises(row: Any, lang: str, package: Package) -> str:
    """What a derived quantity supposes: readings of its figures, and what else is assumed."""
    keys = [] if pd.isna(row.reading) else row.reading.split(";")
    titles = [cell(package.row("readings", key), "title", lang) for key in keys]
    parts = [text("reading_or", lang).join(titles), cell(row, "assumes", lang)]
    parts += [text("quiz_rounded", lang)] if "rounded(" in row.expression else []
    return text("clause_separator", lang).join(filter(None, parts))


def _misread(own: Derived) -> list[Derived]:
    """A result with its bounds lost or turned over, or wrong by a factor of ten or more."""
    value, none = own.value, math.nan
    bare = dataclasses.replace(own, lower=none, upper=none, lower_closed=None, upper_closed=None)
    found = [
        dataclasses.replace(own, lower=value, upper=value, lower_closed=True, upper_closed=True),
        dataclasses.replace(bare, lower=value, lower_closed=False),
        dataclasses.replace(bare, upper=value, upper_closed=False),
    ]
    for times in (10.0, 0.1, 1e4):
        found.append(
            dataclasses.replace(
                own, value=value * times, lower=own.lower * times, upper=own.upper * times
            )
        )
    return found
