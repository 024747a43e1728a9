"""The amounts of two reports: how far each has moved from the one to the other."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd

from ..comparing import HasPackage, Pair, pairs
from ..derived import Derived
from ..expressions import limited
from ..language import Text, Wording, label, text
from ..package import BUILT_IN, Package
from ..words import in_words, title
from . import said
from .kinds import Chart


def compared(other: HasPackage, package: Package = BUILT_IN) -> Chart:
    """Change of every amount from a report to another, in percent of the first, on one axis.

    Parameters
    ----------
    other : Report
        The later report.
    package : Package, optional
        The earlier report; the built-in one by default.

    Returns
    -------
    Chart
        Percentages and ranks are not drawn, since a percentage of them misleads. What is not drawn,
        and stands in both reports or is new, is among the notes.

    Raises
    ------
    ValueError
        If the two share no amount.

    Examples
    --------
    >>> import ftz_data
    >>> compared(ftz_data.Report()).words("en").splitlines()[0]
    'What has changed from one report to the next?'
    """
    found = pairs(package, other.package)
    drawn = [pair for pair in found if _is_amount(pair, package)]
    if not drawn:
        raise ValueError(text("compared_none", "en"))
    sides = [
        said.sources([getattr(pair, side) for pair in drawn], own)
        for side, own in (("one", package), ("other", other.package))
    ]
    rest = [pair for pair in found if pair not in drawn and pair.other is not None]
    notes = [
        Text(
            "compared_note",
            title=Wording(title, pair.other, package=other.package),
            verdict=Wording(label, "comparison", pair.verdict),
        )
        for pair in rest
    ]
    return Chart(
        "dots",
        pd.DataFrame([_mark(pair, package, other.package) for pair in drawn]),
        Text("compared_question"),
        Text("compared_answer", all=len(found), drawn=len(drawn)),
        Text("compared_source", earlier=sides[0], later=sides[1]),
        notes=tuple(notes),
        x=Text("compared_axis"),
    )


def _is_amount(pair: Pair, package: Package) -> bool:
    """Whether a change in percent can be said of a pair: of what is above zero for sure."""
    if pair.change is None or pair.one.unit in ("%", "{rank}"):
        return False
    return pair.one.stage not in ("change", "growth") and limited(pair.one, package).low > 0


def _mark(pair: Pair, a: Package, b: Package) -> dict[str, Any]:
    moved = 100 * (limited(pair.other, b) / limited(pair.one, a)) - 100
    figure = dataclasses.replace(Derived.of(moved, "%"), stage="change")
    heading = Wording(title, pair.other, package=b)
    return {
        **vars(figure),
        "label": heading,
        "basis": "derived",
        "words": Wording(_said, pair, figure),
    }


def _said(pair: Pair, figure: Derived, lang: str) -> str:
    """The verdict, and the change where its direction is known."""
    verdict = label("comparison", pair.verdict, lang)
    if pair.verdict in ("unchanged", "cannot_say"):
        return verdict
    return text("label_figure", lang, label=verdict, figure=in_words(figure, lang, digits=3))
