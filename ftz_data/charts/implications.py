"""Charts of what follows from the figures, what others published, and what models make of them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .. import derived, language, models
from ..cards import period, title
from ..interval import Interval
from ..language import label, quantity, text
from ..load import (
    load_context,
    load_models,
    load_observations,
    load_parameters,
    load_sources,
)
from .chart import Chart
from .common import caveats, each, source_line, system, unbroken, with_published
from .reported import figure_mark
from .rows import paint_rows


def implied(instrument: str) -> Chart:
    """What follows from the figures of a system by arithmetic, beside what others published.

    Parameters
    ----------
    instrument : str
        Key of an instrument with derived or published figures.

    Returns
    -------
    Chart
        Derived and published marks, each basis with its own look; the readings that the arithmetic
        assumes are among the caveats.

    Raises
    ------
    KeyError
        If the instrument is unknown, or nothing follows from its figures.
    """
    name, _ = system(instrument)
    results = derived.load_derived()
    results = results[_about(results, instrument)]
    others = load_context()
    others = others[_about(others, instrument)]
    if results.empty and others.empty:
        raise KeyError(f"nothing is derived of {instrument!r} or published beside it")
    figures = load_observations().set_index("observation_id", drop=False)
    marks = []
    for row in results.itertuples():
        labels = each(
            lambda lang, row=row: text(
                "derived_label",
                lang,
                title=getattr(row, f"title_{lang}"),
                formula=unbroken(row.formula),
            )
        )
        marks.append(figure_mark(row, "derived", labels, _unit(row.unit, row.per)))
    for row in others.itertuples():
        labels = each(
            lambda lang, row=row: text(
                "context_label",
                lang,
                title=getattr(row, f"title_{lang}"),
                period=period(row.time_period, lang),
            )
        )
        if not pd.isna(row.observation):
            own = next(figures.loc[[row.observation]].itertuples())
            # Beside a published figure stands the report's own, where both have one unit.
            if own.unit == row.unit:
                heading = each(lambda lang, own=own: title(own, lang))
                marks.append(figure_mark(own, "reported", heading, _unit(own.unit, own.per)))
        marks.append(figure_mark(row, "published", labels, _unit(row.unit, row.per)))
    used = {key for cell in results["observations"] for key in cell.split(";")}
    used |= set(others["observation"].dropna())
    rows = figures[figures.index.isin(used)]
    readings = each(
        lambda lang: [
            text(
                "derived_reading",
                lang,
                title=getattr(row, f"title_{lang}"),
                reading=getattr(row, f"reading_{lang}"),
            )
            for row in results.itertuples()
            if not pd.isna(row.reading_en)
        ]
    )
    notes = each(lambda lang: list(others[f"note_{lang}"].dropna()))
    return Chart(
        "derived",
        name,
        pd.DataFrame(marks).drop_duplicates(["label_en", "words_en"]),
        with_published(source_line(rows), others),
        each(lambda lang: readings[lang] + notes[lang]),
        paint_rows,
    )


def _about(table: pd.DataFrame, instrument: str) -> pd.Series:
    return (table["instrument"] == instrument).fillna(False)


def _unit(unit: str, per: Any) -> dict[str, str]:
    """Axis label of a unit, without an indicator to take it from."""

    def say(lang: str) -> str:
        words = language.unit_name(unit, lang) or text("axis_times", lang)
        return (
            words
            if pd.isna(per)
            else text("unit_per", lang, unit=words, per=label("per", per, lang))
        )

    return each(say)


def model(name: str, solve: str = "", **values: float) -> Chart:
    """Result of a teaching model beside the reported figure, and which assumptions were moved.

    Parameters
    ----------
    name : str
        Key of `load_models`.
    solve : str, optional
        Parameter to solve for: the value that reproduces the reported figure is drawn too.
    **values : float
        Parameters by name; the others keep their default.

    Returns
    -------
    Chart

    Raises
    ------
    KeyError
        If the model is unknown.
    ValueError
        If a parameter is unknown or its value not allowed.
    """
    found = models.get(name)
    row = load_models().set_index("model").loc[name]
    declared = load_parameters().set_index(["model", "parameter"]).loc[name]
    result = models.evaluate(name, **values)
    facet = _unit(found.unit, pd.NA)
    marks = [
        _exact(result, found.unit, "assumed", each(lambda lang: text("model_result", lang)), facet)
    ]
    rows = load_observations()
    rows = rows[rows["observation_id"] == found.observation]
    for own in rows.itertuples():
        heading = each(lambda lang, own=own: text("model_reported", lang, title=title(own, lang)))
        marks.insert(0, figure_mark(own, "reported", heading, facet))

    def named(key: str, parameter: str, **fields: Any) -> dict[str, str]:
        return each(
            lambda lang: text(
                key,
                lang,
                title=declared.loc[parameter, f"title_{lang}"],
                symbol=declared.loc[parameter, "symbol"],
                **{name: say(lang) for name, say in fields.items()},
            )
        )

    notes: list[dict[str, str]] = []
    for key, value in values.items():
        parameter = found.parameters[key]
        if value != parameter.default:
            labels = named("model_moved", key, default=_say(parameter.default, parameter.unit))
            axis = _parameter_axis(declared, key, parameter.unit)
            marks.append(_exact(value, parameter.unit, "assumed", labels, axis))
    if solve and found.observation:
        if solve not in found.parameters:
            allowed = ", ".join(found.parameters)
            raise ValueError(f"{name} has no parameter {solve!r}; allowed are {allowed}")
        parameter = found.parameters[solve]
        others = {key: value for key, value in values.items() if key != solve}
        answer = models.calibrate(name, solve, **others)
        if answer is None:
            notes.append(
                named(
                    "model_unsolved",
                    solve,
                    low=_say(parameter.low, parameter.unit),
                    high=_say(parameter.high, parameter.unit),
                )
            )
        else:
            labels = named("model_solved", solve)
            axis = _parameter_axis(declared, solve, parameter.unit)
            marks.append(_exact(answer, parameter.unit, "derived", labels, axis))
    for key, parameter in found.parameters.items():
        value = values.get(key, parameter.default)

        def reason(lang: str, key=key, parameter=parameter, value=value) -> str:
            if value == parameter.default:
                return declared.loc[key, f"reason_{lang}"]
            default = quantity(parameter.default, parameter.unit, lang)
            return text("model_own", lang, default=default)

        basis = parameter.basis_of(value)
        notes.append(
            named(
                "model_assumes",
                key,
                value=_say(value, parameter.unit),
                basis=lambda lang, basis=basis: label("basis", basis, lang),
                reason=reason,
            )
        )
    heading = each(
        lambda lang: text(
            "model_title", lang, title=row[f"title_{lang}"], formula=unbroken(row.formula)
        )
    )
    return Chart(
        "model",
        heading,
        pd.DataFrame(marks),
        _method(row, rows),
        each(lambda lang: [row[f"words_{lang}"], *(note[lang] for note in notes)]),
        paint_rows,
    )


def _parameter_axis(declared: pd.DataFrame, parameter: str, unit: str) -> dict[str, str]:
    """Axis label of one parameter: name and unit, so that no two parameters share an axis."""
    units = _unit(unit, pd.NA)
    return each(
        lambda lang: text(
            "parameter_axis", lang, title=declared.loc[parameter, f"title_{lang}"], unit=units[lang]
        )
    )


def _say(value: float, unit: str):
    return lambda lang: quantity(value, unit, lang)


def _exact(
    value: float, unit: str, basis: str, labels: dict[str, str], facet: dict[str, str]
) -> dict:
    return figure_mark(derived.Derived.of(Interval.exact(value), unit), basis, labels, facet)


def _method(row: pd.Series, observations: pd.DataFrame) -> dict[str, str]:
    """Source line of a model: where its method and its reported figure come from."""
    sources = load_sources().set_index("source")

    def say(lang: str) -> str:
        own = text("model_source_own", lang)
        if not pd.isna(row.source):
            own = text("model_source", lang, method=sources.loc[row.source, f"title_{lang}"])
        if observations.empty:
            return own
        report = source_line(observations)[lang]
        return text("sources_both", lang, report=report, others=own)

    return each(say)


def sensitivity(name: str) -> Chart:
    """Which assumption of a model matters most: the result over the range of each parameter.

    Parameters
    ----------
    name : str
        Key of `load_models`.

    Returns
    -------
    Chart
        One interval a parameter, widest first.
    """
    found = models.get(name)
    row = load_models().set_index("model").loc[name]
    declared = load_parameters().set_index(["model", "parameter"]).loc[name]
    start = models.evaluate(name)
    marks = []
    for swing in models.sensitivity(name).itertuples():
        low, high = sorted((swing.low, swing.high))
        # The result at the default need not lie between those at the ends of the range.
        low, high = min(low, start), max(high, start)
        figure = derived.Derived.of(Interval(start, low, high, True, True), found.unit)
        labels = each(
            lambda lang, swing=swing: text(
                "parameter_label",
                lang,
                title=declared.loc[swing.parameter, f"title_{lang}"],
                symbol=declared.loc[swing.parameter, "symbol"],
            )
        )
        marks.append(figure_mark(figure, "assumed", labels, _unit(found.unit, pd.NA)))
    heading = each(
        lambda lang: text(
            "model_title", lang, title=row[f"title_{lang}"], formula=unbroken(row.formula)
        )
    )
    rows = load_observations()
    rows = rows[rows["observation_id"] == found.observation]
    return Chart(
        "sensitivity", heading, pd.DataFrame(marks), _method(row, rows), caveats(rows), paint_rows
    )
