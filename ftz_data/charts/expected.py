"""What was expected of a figure beside what it is."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd

from .. import predicting
from ..language import Text, Wording, cell
from ..package import BUILT_IN, Package
from ..tables import Table
from ..words import in_words
from . import boards, said
from .kinds import Chart


def predicted(key: str, expected: Any, package: Package = BUILT_IN) -> Chart | Table:
    """What was expected of a figure or a verdict beside what it is, and how far off that was.

    Parameters
    ----------
    key : str
        Key of an observation, of a derived quantity, or of a pair of statements.
    expected : float or str
        A number in the unit of the figure, a rank, or the code of a verdict.
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Chart or Table
        Of a number or a rank, both on one axis, the figure with its bounds as worded. Of a
        verdict, the two statements and what the comparison gives.

    Raises
    ------
    KeyError
        If there is no such key; the message names the nearest.
    ValueError
        If a verdict is expected that there is not.

    Examples
    --------
    >>> print(predicted("crude_time_after", 1).words("en").splitlines()[1])
    You expected: 1 day. The report says: 0.5 days; you were 0.5 days too high.
    """
    question = predicting.asked(key, package)
    sentence = predicting.compared(question, expected, package)
    if question.kind == "verdict":
        return dataclasses.replace(boards.one_pair(key, package), caption=sentence)
    row = question.row
    yours = predicting.expectation(question, expected)
    if question.basis == "reported":
        rows, notes = [row], said.caveats([row], package)
    else:
        rows = [package.row("observations", name) for name in row.observations.split(";") if name]
        notes = _rests_on(row, package)
    source = said.sources(rows, package) if rows else Text("model_source_own")
    return Chart(
        "dots",
        pd.DataFrame(
            [
                _mark(yours, Text("predict_yours"), "assumed", package),
                _mark(row, question.name, question.basis, package),
            ]
        ),
        Text("predict_question", title=question.name),
        sentence,
        Text("predict_source", source=source),
        x=question.title,
        notes=notes,
    )


def _mark(figure: Any, heading: Any, basis: str, package: Package) -> dict[str, Any]:
    """A row of the picture: a figure with its bounds."""
    names = ("value", "lower", "upper", "lower_closed", "upper_closed", "unit")
    told = {name: getattr(figure, name) for name in names}
    told["stage"] = getattr(figure, "stage", None)
    words = Wording(in_words, figure, digits=predicting.DIGITS[basis], package=package)
    return {**told, "label": heading, "basis": basis, "words": words}


def _rests_on(row: Any, package: Package) -> tuple[Any, ...]:
    """How a derived quantity is reckoned, what it assumes and what it shows."""
    notes: list[Any] = [
        Text("predict_formula", title=Wording(cell, row, "words"), formula=row.formula)
    ]
    if not pd.isna(row.reading):
        notes.append(Wording(said.taken, row.reading, package=package))
    named = ("assumes", "shows")
    return (*notes, *(Wording(cell, row, name) for name in named if cell(row, name, "en")))
