"""What a panel shows now, as a brief of its system: present answer, picture and assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from .. import models
from ..language import text, worded
from ..package import BUILT_IN
from ..words import quantity, unit_name
from .content import REST, Content, System, gather
from .figures import Figure, Words
from .picture import Picture

_NOTHING: Words = {"en": "", "zh": ""}


@dataclass(frozen=True)
class Setting:
    """A number that a panel is set to.

    Attributes
    ----------
    name, title : str
        Argument of the chart function, and what a panel calls it.
    value, start : float
        As it stands, and at the start.
    unit : str
        Code of its unit; empty where the title names it.
    """

    name: str
    title: str
    value: float
    start: float
    unit: str


@dataclass(frozen=True)
class _Shown(Picture):
    """A chart that is there already."""

    shown: Any = None

    @property
    def chart(self) -> Any:
        return self.shown


def present(
    shown: Any, arguments: dict[str, Any], settings: Sequence[Setting], code: str, lang: str
) -> Content:
    """Put together what a panel shows, in one language.

    Parameters
    ----------
    shown : Chart or Table
        What the chart function returned.
    arguments : dict
        What it was called with.
    settings : sequence of Setting
        The numbers among these that stand for a control.
    code : str
        The line of Python that draws the same.
    lang : {"en", "zh"}

    Returns
    -------
    Content
        The brief of the system that is shown, with the settings before its figures: whatever the
        report does not print is said to be assumed.
    """
    system = _system(arguments)
    lines = shown.words(lang).splitlines()
    drawn = hasattr(shown, "figure")
    question = worded(shown.title, lang) if drawn else lines[0]
    answer = worded(shown.reading, lang) if drawn else ""
    said = [("panel_notes", [worded(note, lang) for note in shown.notes]), ("panel_code", [code])]
    if not drawn:
        # A table has no picture: its rows stand as lines.
        said.insert(0, ("export_shown", lines[1:]))
    own = [_figure(each, arguments, system, lang) for each in settings]
    brief = replace(
        system,
        name={lang: question},
        finding={lang: answer or system.name[lang]},
        # What may be quoted stands in the table; who wants questions too exports the system.
        said={kind: lines for kind, lines in system.said.items() if kind in ("add", "avoid")},
        shown=[(key, [{lang: line} for line in listed]) for key, listed in said if listed],
        figures=[*own, *(each for each in system.figures if each.basis == "reported")],
        picture=_Shown(system.key, BUILT_IN, shown) if drawn else None,
    )
    return Content({lang: question}, (lang,), [brief], False, BUILT_IN)


def _system(arguments: dict[str, Any]) -> System:
    """The system that a chart is of; the page of the zone where it is of none."""
    found = arguments.get("instrument")
    for table, name in (("pictures", "picture"), ("observations", "observation")):
        if name in arguments:
            found = BUILT_IN.row(table, arguments[name]).instrument
    if "model" in arguments:
        found = BUILT_IN.row("models", arguments["model"]).instrument
    systems = {each.key: each for each in gather().systems}
    if found in systems:
        return systems[str(found)]
    return replace(systems[REST], figures=[])


def _figure(own: Setting, arguments: dict[str, Any], system: System, lang: str) -> Figure:
    basis = _basis(own, arguments)
    moved = own.value != own.start
    number = (lambda value: quantity(value, own.unit, lang)) if own.unit else "{:.10g}".format
    missing = float("nan")
    row = SimpleNamespace(
        value=own.value, lower=missing, upper=missing, lower_closed=None, upper_closed=None
    )
    set_ = text("export_moved", lang, start=number(own.start))
    return Figure(
        own.name,
        system.section,
        "" if system.key == REST else system.key,
        basis,
        row,
        title={lang: own.title},
        words={lang: number(own.value)},
        unit={lang: unit_name(own.unit, lang) if own.unit else ""},
        source={lang: set_ if moved else text("export_start", lang)},
        caveat={lang: text("export_assumed", lang) if basis == "assumed" else ""},
        period=_NOTHING,
        area=_NOTHING,
        quoting=_NOTHING,
    )


def _basis(own: Setting, arguments: dict[str, Any]) -> str:
    """What a number rests on: one of the reader's own is assumed."""
    if "picture" in arguments:
        model = models.get(BUILT_IN.row("pictures", arguments["picture"]).model)
        if own.name in model.parameters:
            return model.parameters[own.name].basis_of(own.value)
    return "assumed"
