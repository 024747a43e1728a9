"""What is drawn of a system before it is a picture: its model at some values, and what is said."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pandas as pd

from .. import derived, models
from ..language import LANGS, Text, Wording, cell, label, text, worded
from ..models import Model
from ..models.made import listed
from ..package import BUILT_IN, Package
from ..words import in_words, period, quantity, title, unit_name

Row = dict[str, Any]
DIGITS = 3


@dataclass
class Draft:
    """One picture of `pictures.csv` at some values of the parameters of its model.

    Attributes
    ----------
    row : row of pictures
    moved : dict of str to float
        Parameters that were set; the others stand at their default.
    solve : str
        Parameter to solve for; empty where the report prints no figure for the result.
    package : Package
        Whose figures are drawn; models are those of the built-in package.
    said : dict of str to Text, Wording or str
        What the reading may name: each parameter by its key, ``result``, and what a shape adds.
    """

    row: Any
    moved: dict[str, float]
    solve: str = ""
    package: Package = BUILT_IN
    said: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.said |= {f"printed_{name}": own.words for name, own in self.figures().items()}
        if self.model is None:
            return
        for name, parameter in self.model.parameters.items():
            # A parameter in full, since it is what was set; results to three digits.
            self.said[name] = Wording(quantity, self.values[name], parameter.unit)
        self.say("result", self.result, self.model.unit)

    @functools.cached_property
    def model(self) -> Model | None:
        """The model that is seen; None for a picture of figures alone."""
        return None if pd.isna(self.row.model) else models.get(self.row.model)

    @property
    def known(self) -> Model:
        """The model, for shapes that have one."""
        if self.model is None:
            raise ValueError(
                f"pictures.csv, row {self.row.picture!r}: {self.row.kind} needs a model"
            )
        return self.model

    @functools.cached_property
    def values(self) -> dict[str, float]:
        """Value of every parameter."""
        return self.known.values(self.moved)

    @functools.cached_property
    def result(self) -> float:
        """Result of the model."""
        return float(models.evaluate(self.known.name, **self.moved))

    @functools.cached_property
    def parts(self) -> list[Any]:
        """Parts of the model, with what the columns of `models.parts` say of each."""
        return [SimpleNamespace(**row) for row in listed(self.known.name, **self.moved)]

    def of_panel(self, panel: str) -> list[Any]:
        """Parts of one panel."""
        return [part for part in self.parts if part.panel == panel]

    @property
    def panels(self) -> list[str]:
        """Panels of the parts, in order."""
        return list(dict.fromkeys(part.panel for part in self.parts))

    def total(self, panel: str) -> float:
        """Where a panel ends: the last stop of what is waited for."""
        return max((part.stop for part in self.of_panel(panel) if part.waits), default=math.nan)

    @functools.cached_property
    def reported(self) -> Any:
        """The reported figure that the result stands beside, or None."""
        if self.model is None or self.model.observation is None:
            return None
        return self.package.rows("observations").get(self.model.observation)

    @functools.cached_property
    def solved(self) -> float | None:
        """Value of the parameter to solve for that gives the reported figure, or None."""
        if not self.solve:
            return None
        others = {name: value for name, value in self.moved.items() if name != self.solve}
        return models.calibrate(self.known.name, self.solve, self.package, **others)

    @property
    def meets(self) -> bool:
        """Whether the result is the reported figure, so that nothing is left to solve for."""
        own = self.reported
        if own is None or own.lower != own.upper:
            return False
        return math.isclose(self.result, own.value, rel_tol=1e-9)

    @property
    def within(self) -> bool:
        """Whether the wording of the reported figure leaves room, and the result lies in it."""
        own = self.reported
        if own is None or own.lower == own.upper:
            return False
        above = self.result >= own.lower if own.lower_closed else self.result > own.lower
        below = self.result <= own.upper if own.upper_closed else self.result < own.upper
        # A bound that is not set is NaN, which no number is below or above.
        low_ok = above or own.lower != own.lower
        return low_ok and (below or own.upper != own.upper)

    @property
    def along(self) -> list[str]:
        """Parameters that the axes show."""
        return self.row.along.split(";")

    def figures(self) -> dict[str, Any]:
        """Figures that are drawn as they are printed, by what they are in the picture."""
        if pd.isna(self.row.figures):
            return {}
        pairs = (each.split(":") for each in self.row.figures.split(";"))
        return {name: figure(key, self.package) for name, key in pairs}

    def say(self, name: str, value: float, unit: str) -> Wording:
        """Let the reading name a quantity; returns its words."""
        self.said[name] = said = amount(value, unit)
        return said

    def parameter(self, name: str) -> Wording:
        """Title of a parameter."""
        return Wording(cell, BUILT_IN.row("parameters", self.known.name, name), "title")

    def axis(self, name: str) -> Wording:
        """Title of an axis that shows a parameter, with its unit."""
        return named(self.parameter(name), self.known.parameters[name].unit)

    def result_axis(self) -> Wording:
        """Title of an axis that shows the result, with its unit."""
        row = BUILT_IN.row("models", self.known.name)
        return named(Wording(cell, row, "title"), self.known.unit)

    def now(self, **place: float) -> Row:
        """The present point."""
        return {"role": "now", "label": Text("role_now"), "basis": "assumed", **place}


def amount(value: float, unit: str) -> Wording:
    """Words of a quantity that is worked out: three digits, and minutes for a short part of a day.

    Examples
    --------
    >>> amount(0.0079, "d").in_("en"), amount(2.408, "d").in_("zh")
    ('11.4 minutes', '2.41天')
    """
    if unit == "d" and 0 < abs(value) < 1 / 24:
        value, unit = value * 24 * 60, "min"
    return Wording(quantity, value, unit, digits=DIGITS)


def named(what: Any, unit: str) -> Wording:
    """A title with its unit, unless it names the unit itself or counts nothing."""
    return Wording(_with_unit, what, unit)


def _with_unit(what: Any, unit: str, lang: str) -> str:
    title, own = worded(what, lang), unit_name(unit, lang)
    if not own or own in title:
        return title
    return text("axis_title", lang, what=title, unit=own)


_TABLES = {"observations": "reported", "context": "published"}


@dataclass(frozen=True)
class Shown:
    """A figure of the tables as pictures draw it: its row, its basis, its title and its words."""

    row: Any
    basis: str
    title: Any
    words: Any

    def mark(self, role: str, unit: str = "", **more: Any) -> Row:
        """The row of a picture that draws it; `unit` is that of the axis, where it has another."""
        own = self.row
        times = _MONTH if (own.unit, unit) == ("mo", "d") else 1.0
        if unit not in ("", own.unit) and times == 1.0:
            raise ValueError(f"{self.row!r} is in {own.unit!r} and cannot be drawn in {unit!r}")
        bounds = {name: getattr(own, name) for name in _CLOSED}
        bounds |= {name: times * getattr(own, name) for name in _BOUNDS}
        stage = getattr(own, "stage", None)
        told = {"label": self.title, "words": self.words, "basis": self.basis, "stage": stage}
        return {"role": role, **bounds, **told, "unit": unit or own.unit} | more


_BOUNDS, _CLOSED = ("value", "lower", "upper"), ("lower_closed", "upper_closed")
# Mean days of a month of the Gregorian calendar, as UCUM has it.
_MONTH = 30.4375


def figure(key: str, package: Package) -> Shown:
    """A reported, published or derived figure by its key.

    Raises
    ------
    KeyError
        If no table has it; the message names the nearest.
    """
    for table, basis in _TABLES.items():
        if key in package.rows(table):
            row = package.row(table, key)
            own = Wording(title, row, package=package) if basis == "reported" else _dated(row)
            return Shown(row, basis, own, Wording(in_words, row, package=package))
    rows = derived.by_id(package)
    if key not in rows:
        package.row("observations", key)
    row = rows[key]
    return Shown(
        row, "derived", Wording(cell, row, "title"), Wording(in_words, row, package=package)
    )


def _dated(row: Any) -> Text:
    return Text(
        "context_label", title=Wording(cell, row, "title"), period=Wording(period, row.time_period)
    )


def basis_word(basis: str) -> Wording:
    """Word for a basis."""
    return Wording(label, "basis", basis)


def exact(value: float) -> Row:
    """Columns of a value that is not a wording's."""
    return {"value": value, "lower": value, "upper": value}


def both(name: str, row: Any, column: str) -> Row:
    """A text of a row in all languages, under the name of a column of pictures."""
    return {f"{name}_{lang}": getattr(row, f"{column}_{lang}") for lang in LANGS}
