"""The picture of a system: which shape shows its mechanism is a row of `pictures.csv`.

A picture asks a question that stays still, draws what its model makes of the present assumptions,
and answers with the present numbers. What the report prints is drawn as it is worded, and no
assumption moves it.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd

from .. import models
from ..language import Text, Wording, cell, text, worded
from ..package import BUILT_IN, Package, unknown
from ..words import in_words, quantity
from . import said
from .draft import Draft, Shown, basis_word
from .kinds import Chart
from .shapes import SHAPES, lines


def load_pictures(package: Package = BUILT_IN) -> pd.DataFrame:
    """Pictures of the systems, in the order of the sections.

    Parameters
    ----------
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    pandas.DataFrame
        Key: `picture`. `instrument` (the system, or an outcome), `shape` (how its mechanism is
        drawn), `model` (empty where figures alone are drawn), `along` (parameters of the axes,
        separated by ``;``), `family` (a further parameter and the values that it is drawn for),
        `figures` (figures that are drawn as printed, each with what it is in the picture),
        `question_en`, `question_zh`, `reading_en` and `reading_zh` (the answer, with the present
        numbers in braces).
    """
    return package.table("pictures")


def names(instrument: str, package: Package = BUILT_IN) -> list[str]:
    """Pictures of a system or an outcome, in order.

    Parameters
    ----------
    package : Package, optional
        The built-in report by default.

    Raises
    ------
    KeyError
        If there is no such system.
    """
    package.row("instruments", instrument)
    rows = package.rows("pictures")
    return [key for key, row in rows.items() if row.instrument == instrument]


def picture(picture: str, solve: str = "", package: Package = BUILT_IN, **values: float) -> Chart:
    """The picture of a system's mechanism.

    Parameters
    ----------
    picture : str
        Key of `load_pictures`.
    solve : str, optional
        Which parameter to solve for, where the report prints a figure for the result; the one
        along which the model is seen by default.
    package : Package, optional
        The built-in report by default.
    **values : float
        Parameters of the model by name; the others stand at their default.

    Returns
    -------
    Chart

    Raises
    ------
    KeyError
        If there is no such picture; the message names the nearest.
    ValueError
        If a parameter is unknown or its value not allowed.

    Examples
    --------
    >>> print(picture("gene_bank").words("en").splitlines()[0])
    How much of the world's marine genomes can be China's?
    """
    if picture not in package.rows("pictures"):
        raise unknown("picture", picture, package.rows("pictures"), "pictures.csv")
    row = package.row("pictures", picture)
    draft = Draft(row, values, _solve(row, solve, package), package)
    kind, shape = SHAPES[row.shape]
    rows, titles = shape(draft)
    return Chart(
        kind,
        pd.DataFrame(rows),
        Wording(cell, row, "question"),
        Wording(_reading, draft),
        _source(draft),
        notes=tuple(_notes(draft)),
        **titles,
    )


def doubt(model: str, package: Package = BUILT_IN) -> Chart:
    """How far off the result of a model may be, and which assumption matters most.

    Parameters
    ----------
    model : str
        Key of `load_models`.
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Chart

    Raises
    ------
    KeyError
        If the model is unknown; the message names the nearest.
    """
    found = models.get(model)
    own = BUILT_IN.row("models", model)
    row = SimpleNamespace(
        picture=model,
        model=model,
        along=found.along,
        figures=f"reported:{found.observation}"
        if found.observation in package.rows("observations")
        else None,
    )
    draft = Draft(row, {}, package=package)
    rows, titles = lines.doubt(draft)
    reading = Text(
        "answer_doubt", **{name: draft.said[name] for name in ("off", "low", "high", "most")}
    )
    question = Text("question_doubt", what=Wording(cell, own, "title"))
    notes = tuple(_notes(draft))
    return Chart(
        "doubt", pd.DataFrame(rows), question, reading, _source(draft), notes=notes, **titles
    )


def _solve(row: Any, solve: str, package: Package) -> str:
    """The parameter to solve for; empty where there is nothing to solve."""
    model = None if pd.isna(row.model) else models.get(row.model)
    if model is None or model.observation not in package.rows("observations"):
        return ""
    if solve and solve not in model.parameters:
        allowed = ", ".join(model.parameters)
        raise ValueError(f"{row.model} has no parameter {solve!r}; allowed are {allowed}")
    return solve or (model.along if pd.isna(row.along) else row.along.split(";")[0])


def _reading(draft: Draft, lang: str) -> str:
    """The answer with the present numbers, and how it meets the report."""
    words = {name: worded(each, lang) for name, each in draft.said.items()}
    return cell(draft.row, "reading", lang).format(**words) + _meets(draft, lang)


def _meets(draft: Draft, lang: str) -> str:
    """Which value of the parameter to solve for gives the reported figure."""
    if not draft.solve or draft.meets:
        return ""
    if draft.within:
        result = worded(draft.said["result"], lang)
        return text(
            "reading_within",
            lang,
            result=result,
            figure=in_words(draft.reported, lang, package=draft.package),
        )
    parameter = draft.known.parameters[draft.solve]
    title = worded(draft.parameter(draft.solve), lang)
    if draft.solved is None:
        ends = {
            name: quantity(value, parameter.unit, lang, 3)
            for name, value in (("low", parameter.low), ("high", parameter.high))
        }
        return text("reading_unsolved", lang, title=title, **ends)
    value = quantity(draft.solved, parameter.unit, lang, 3)
    return text("reading_solved", lang, title=title, value=value)


def _source(draft: Draft) -> Wording:
    """Places in the report, titles of what others published, and whose model it is."""
    rows = [own.row for own in draft.figures().values() if own.basis != "derived"]
    rows += [] if draft.reported is None else [draft.reported]
    if draft.model is None:
        readings = Wording(said.allowed_of, rows, package=draft.package)
        return said.sources(rows, draft.package, readings=readings)
    own = BUILT_IN.row("models", draft.model.name)
    readings = Wording(said.taken, own.reading, package=BUILT_IN)
    return said.sources(rows, draft.package, own.source, True, readings)


def _notes(draft: Draft) -> list[Any]:
    """What is assumed, which reading is drawn, and what is ambiguous in the figures."""
    notes: list[Any] = []
    if draft.model is not None:
        row = BUILT_IN.row("models", draft.model.name)
        notes.append(Wording(cell, row, "words"))
        notes += [_assumes(draft, name) for name in draft.model.parameters]
        notes += [Wording(said.reads, key, package=draft.package) for key in _keys(row.reading)]
    for own in draft.figures().values():
        notes += _of(own)
    return notes


def _keys(listed: Any) -> list[str]:
    return [] if pd.isna(listed) else listed.split(";")


def _assumes(draft: Draft, name: str) -> Text:
    """A parameter, its value, what the value rests on, and why it stands there at the start."""
    parameter, value = draft.known.parameters[name], draft.values[name]
    row = BUILT_IN.row("parameters", draft.known.name, name)
    reason: Any = Wording(cell, row, "reason")
    if value != parameter.default:
        reason = Text("model_own", default=Wording(quantity, parameter.default, parameter.unit))
    return Text(
        "model_assumes",
        title=Wording(cell, row, "title"),
        symbol=parameter.symbol,
        value=Wording(quantity, value, parameter.unit),
        basis=basis_word(parameter.basis_of(value)),
        reason=reason,
    )


def _of(own: Shown) -> list[Any]:
    """Caveat of a reported figure, and note on a published one."""
    column = {"reported": "caveat", "published": "note"}.get(own.basis)
    if column is None or not cell(own.row, column, "en"):
        return []
    return [Wording(cell, own.row, column)]
