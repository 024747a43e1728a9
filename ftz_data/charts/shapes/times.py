"""Shapes in time: steps that wait for each other, and a quantity on its way."""

from __future__ import annotations

from ... import models
from ...language import Text, Wording, label
from ...words import number, unit_name
from ..draft import Draft, Row, amount, both, exact, named

Shaped = tuple[list[Row], dict[str, object]]


def steps(draft: Draft) -> Shaped:
    """What waits for what, a panel below the other, each with its end.

    Figures of the row name a panel, for the end that the report prints, or ``saved``. The reading
    may name ``before``, ``after`` and the like, the ends by the model, and ``saved``.
    """
    figures, rows, ends = draft.figures(), [], {}
    unit = draft.parts[0].unit
    for panel in draft.panels:
        rows.append({"role": "head", "label": Wording(label, "panel", panel)})
        for part in draft.of_panel(panel):
            rows.append(
                {
                    "role": "step",
                    "start": part.start,
                    "stop": part.stop,
                    "waits": part.waits,
                    **both("label", part, "title"),
                    "words": amount(part.amount, unit),
                    "basis": part.basis,
                }
            )
        if panel in figures:
            rows.append(figures[panel].mark("end", unit))
        ends[panel] = draft.total(panel)
        words = draft.say(panel, ends[panel], unit)
        rows.append(draft.now(value=ends[panel]) | {"label": Text("end_model"), "words": words})
    start, stop = list(ends.values())[0], list(ends.values())[-1]
    saved = draft.say("saved", start - stop, unit)
    rows.append(_saved(start, stop, "assumed", Text("saved_model"), saved))
    if "saved" in figures:
        own = figures["saved"]
        change = abs(own.row.value)
        rows.append(_saved(start, start - change, own.basis, own.title, own.words))
    return rows, {"x": named(Text("axis_time"), unit)}


def _saved(start: float, stop: float, basis: str, label_: object, words: object) -> Row:
    return {
        "role": "saved",
        "start": start,
        "stop": stop,
        "basis": basis,
        "label": label_,
        "words": words,
    }


def path(draft: Draft) -> Shaped:
    """A quantity through time, as the model's own function of its path gives it.

    Figures of the row are points that the report or others print: the name is their period. The
    reading may name each point of the path by its key.
    """
    path_, rows = models.path(draft.known.name, **draft.moved), []
    for point in path_.points:
        row: Row = {"role": point.role, "period": point.period, "basis": "assumed"}
        row |= {"unit": path_.unit, "series": point.series}
        if point.role == "fan":
            rows.append(row | {"lower": point.lower, "upper": point.upper})
            continue
        row |= exact(point.value)
        if point.of:
            parameter = draft.known.parameters[point.of]
            row["basis"] = parameter.basis_of(draft.values[point.of])
        if point.name:
            words = draft.say(point.name, point.value, path_.unit)
            draft.said[f"{point.name}_period"] = Wording(number, point.period, digits=5)
            row |= {"label": Wording(label, "point", point.name), "words": words}
        rows.append(row)
    for period, own in draft.figures().items():
        role = "level" if period == "level" else "point"
        place = {} if role == "level" else {"period": float(period)}
        rows.append(own.mark(role, **place))
    return rows, {"x": Text(f"axis_{path_.time}"), "y": Wording(unit_name, path_.unit)}
