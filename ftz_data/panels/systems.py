"""Panels for the systems, figures, claims and models of the report.

Each looks its key up before it builds anything, so that an unknown one is one line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from .. import charts, derived, language, models
from ..language import Text, Wording, cell, label
from ..load import load_context
from ..package import BUILT_IN, unknown
from ..words import in_words, title
from .controls import Choice, Control, Number
from .panel import Panel


def what_if(instrument: str) -> Panel:
    """A panel that applies the figures of a system to a number of the reader's own.

    Parameters
    ----------
    instrument : str
        Key of an instrument with figures that `derived.question` has something to ask about.

    Returns
    -------
    Panel

    Raises
    ------
    KeyError
        If there is no such instrument, or no number of the reader's makes anything of its figures;
        the message names some of which it does.
    """
    BUILT_IN.row("instruments", instrument)
    able = [
        row
        for row in BUILT_IN.rows("observations").values()
        if isinstance(row.instrument, str) and derived.question(row)
    ]
    rows = {row.observation_id: row for row in able if row.instrument == instrument}
    if not rows:
        known = dict.fromkeys(row.instrument for row in able)
        raise unknown("figure to apply of", instrument, known)

    def declare(values: dict[str, Any]) -> list[Control]:
        row = rows[values.get("observation", next(iter(rows)))]
        # Round numbers of ours, marked as assumed: the report prints no baseline and no count.
        if row.stage == "change" and row.unit != "%":
            low, high, step, start = -row.value, -10 * row.value, 0.5, -2 * row.value
            unit = row.unit
        else:
            low, high, step, start = 1.0, 1000.0, 1.0, 100.0
            # The reader's own, whatever it is.
            unit = ""
        words = Text(f"panel_amount_{derived.question(row)}")
        return [
            Choice("observation", Text("panel_figure"), list(rows), _figure_words),
            Number("amount", words, low, high, step, start, unit),
        ]

    def lead(values: dict[str, Any]) -> Text:
        return Text(f"lead_{derived.question(rows[values['observation']])}")

    return Panel(f"what_if-{instrument}", lead, charts.what_if, declare)


def _says(key: str) -> Callable[[dict[str, Any]], Text]:
    return lambda _: Text(key)


def _figure_words(observation: str, lang: str) -> str:
    row = BUILT_IN.row("observations", observation)
    return title(row, lang) + language.text("separator", lang) + in_words(row, lang)


def _system_words(instrument: str, lang: str) -> str:
    return cell(BUILT_IN.row("instruments", instrument), "name", lang)


def _model_words(model: str, lang: str) -> str:
    return cell(BUILT_IN.row("models", model), "title", lang)


def supervision_modes() -> Panel:
    """A panel that finds the customs supervision mode of a sale across the border.

    Returns
    -------
    Panel
    """
    controls = [
        Choice(codelist, Text(f"mode_{codelist}"), language.codes(codelist), _Label(codelist))
        for codelist in ("buyer", "direction", "stock")
    ]
    return Panel(
        "supervision_modes",
        _says("lead_supervision_modes"),
        charts.supervision_modes,
        lambda _: controls,
    )


class _Label:
    """Words for the codes of a list."""

    def __init__(self, codelist: str) -> None:
        self._codelist = codelist

    def __call__(self, code: str, lang: str) -> str:
        return label(self._codelist, code, lang)


def picture(key: str) -> Panel:
    """A panel for the picture of a system: a control for each assumption of its model.

    Parameters
    ----------
    key : str
        Key of `load_pictures`, of a picture that has a model.

    Returns
    -------
    Panel
        Where the report prints a figure for the model's result, one more control chooses the
        assumption to solve for.

    Raises
    ------
    KeyError
        If there is no such picture, or it has no model; the message names the nearest.
    """
    row = BUILT_IN.rows("pictures").get(key)
    if row is None or pd.isna(row.model):
        able = [name for name, each in BUILT_IN.rows("pictures").items() if not pd.isna(each.model)]
        raise unknown("picture with a model", key, able)
    found = models.get(row.model)
    # The one along which the picture is seen comes first: it is solved for at the start.
    along = found.along if pd.isna(row.along) else row.along.split(";")[0]
    solvable = sorted(found.parameters, key=lambda name: name != along)

    def say(name: str, lang: str) -> str:
        own = BUILT_IN.row("parameters", found.name, name)
        return language.text(
            "parameter_label", lang, title=cell(own, "title", lang), symbol=own.symbol
        )

    def declare(values: dict[str, Any]) -> list[Control]:
        controls: list[Control] = []
        for p in found.parameters.values():
            own = BUILT_IN.row("parameters", found.name, p.name)
            words = Text(
                "parameter_control",
                title=Wording(cell, own, "title"),
                symbol=p.symbol,
                basis=Wording(label, "basis", p.basis_of(values.get(p.name, p.default))),
            )
            controls.append(Number(p.name, words, p.low, p.high, p.step, p.default, p.unit))
        if found.observation:
            controls.append(Choice("solve", Text("panel_solve"), solvable, say))
        return controls

    reported = found.observation and Wording(_figure_words, found.observation)
    lead = Text("lead_model_reported", figure=reported) if reported else Text("lead_model")
    return Panel(f"picture-{key}", lambda _: lead, charts.picture, declare, picture=key)


def doubt(section: str) -> Panel:
    """A panel that shows how far off a model of a section may be, and what matters most.

    Parameters
    ----------
    section : str
        A section with models.

    Returns
    -------
    Panel

    Raises
    ------
    KeyError
        If there is no such section, or it has no model.
    """
    keys = _of_section("models", section, "model")
    control = Choice("model", Text("panel_model"), keys, _model_words)
    return Panel(f"doubt-{section}", _says("lead_doubt"), charts.doubt, lambda _: [control])


def implied() -> Panel:
    """A panel that shows what follows from the figures of one system at a time.

    Returns
    -------
    Panel
    """
    about = set(pd.concat([derived.load_derived()["instrument"], load_context()["instrument"]]))
    keys = [key for key in BUILT_IN.rows("instruments") if key in about]
    control = Choice("instrument", Text("panel_system"), keys, _system_words)
    return Panel("implied", _says("lead_implied"), charts.implied, lambda _: [control])


def _of_section(table: str, section: str, column: str) -> list[Any]:
    """What the rows of a section hold in a column, each once, in order."""
    rows = BUILT_IN.rows(table).values()
    found = dict.fromkeys(getattr(row, column) for row in rows if row.section == section)
    if not found:
        raise unknown("section", section, dict.fromkeys(row.section for row in rows))
    return list(found)
