"""Shapes over parameters: a curve, two costs that cross, a map, and how far off all may be."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ... import models
from ...language import Text, Wording, cell, label
from ...package import BUILT_IN
from ...words import unit_name
from ..draft import Draft, Row, amount

Shaped = tuple[list[Row], dict[str, object]]
_POINTS, _GRID, _DRAWS, _BINS = 81, 41, 4000, 30
# How far off each assumption may be, in percent.
OFF = 10.0


def curve(draft: Draft) -> Shaped:
    """The result along one parameter, for some values of another, and the report's band.

    The family of the row names the other parameter and its values. The reading may name
    ``solved``, and ``even`` where the result crosses zero.
    """
    model, (along,) = draft.known, draft.along
    rows: list[Row] = []
    for parameter, value in _family(draft):
        moved = draft.moved | ({parameter: value} if parameter else {})
        moved.pop(along, None)
        swept = models.sweep(model.name, along, _POINTS, **moved)
        chosen = not parameter or value == draft.values[parameter]
        name = _named(draft, parameter, value)
        rows += [
            {"role": "curve", "series": value, "chosen": chosen, "x": x, "y": y, **name}
            for x, y in swept.itertuples(index=False, name=None)
        ]
    rows += [own.mark("reported") for own in draft.figures().values()]
    rows.append(draft.now(x=draft.values[along], y=draft.result))
    own = _chosen(rows)
    if draft.reported is not None and draft.solve == along and draft.solved is not None:
        rows.append(
            {
                "role": "solved",
                "x": draft.solved,
                "y": draft.reported.value,
                "basis": "derived",
                "label": Text("role_solved"),
            }
        )
    if not draft.figures() and (zero := _crossing(own["x"], own["y"])) is not None:
        rows.append(_knee(draft, along, zero, 0.0, Text("breaks_even")))
    return rows, {"x": draft.axis(along), "y": draft.result_axis()}


def _chosen(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame([row for row in rows if row["role"] == "curve" and row["chosen"]])


def _family(draft: Draft) -> list[tuple[str, float]]:
    """Another parameter, and the values that it is drawn for; the present one is among them."""
    if pd.isna(draft.row.family):
        return [("", 0.0)]
    parameter, _, listed = draft.row.family.partition(":")
    values = {float(each) for each in listed.split("|")} | {float(draft.values[parameter])}
    return [(parameter, value) for value in sorted(values)]


def _named(draft: Draft, parameter: str, value: float) -> Row:
    if not parameter:
        return {}
    symbol = draft.known.parameters[parameter].symbol
    words = amount(value, draft.known.parameters[parameter].unit)
    return {"label": Text("series_at", symbol=symbol, value=words)}


def _crossing(x: pd.Series, y: pd.Series) -> float | None:
    """Where a line crosses zero for the first time."""
    xs, ys = x.to_numpy(float), y.to_numpy(float)
    signs = np.sign(ys)
    found = np.flatnonzero((signs[:-1] * signs[1:] <= 0) & (signs[:-1] != signs[1:]))
    if not found.size:
        return None
    i = found[0]
    return float(xs[i] - ys[i] * (xs[i + 1] - xs[i]) / (ys[i + 1] - ys[i]))


def _knee(draft: Draft, along: str, x: float, y: float, words: Text) -> Row:
    draft.say("even", x, draft.known.parameters[along].unit)
    return {"role": "knee", "x": x, "y": y, "basis": "derived", "label": words}


def crossing(draft: Draft) -> Shaped:
    """What two ways cost along one parameter, and where they cost the same.

    The reading may name the totals of both panels at the present point, and ``even``.
    """
    model, (along,) = draft.known, draft.along
    grid = models.sweep(model.name, along, _POINTS)["parameter"].to_numpy()
    unit = draft.parts[0].unit
    assert model.parts is not None
    totals: dict[str, list[float]] = {panel: [] for panel in draft.panels}
    for x in grid:
        # The bare parts: a table of each would take most of the time of the picture.
        parts = model.parts(**draft.values | {along: float(x)})
        for panel, line in totals.items():
            line.append(max(part.stop for part in parts if part.panel == panel))
    rows: list[Row] = []
    for panel, line in totals.items():
        name = Wording(label, "way", f"{model.name}_{panel}")
        rows += [
            {"role": "curve", "series": panel, "chosen": True, "x": x, "y": y, "label": name}
            for x, y in zip(grid, line, strict=True)
        ]
        now = draft.total(panel)
        draft.say(panel, now, unit)
        rows.append(draft.now(x=draft.values[along], y=now))
    first, last = (np.array(line) for line in totals.values())
    if (x := _crossing(pd.Series(grid), pd.Series(first - last))) is not None:
        y = float(np.interp(x, grid, first))
        rows.append(_knee(draft, along, x, y, Text("costs_the_same")))
    return rows, {"x": draft.axis(along), "y": Text("axis_cost", unit=Wording(unit_name, unit))}


def map_(draft: Draft) -> Shaped:
    """The result over two parameters, and the line on which it is the report's."""
    model, (across, up) = draft.known, draft.along
    grids = [models.sweep(model.name, name, _GRID)["parameter"].to_numpy() for name in (across, up)]
    x, y = np.meshgrid(*grids)
    results = models.evaluate(model.name, **draft.moved | {across: x, up: y})
    rows: list[Row] = [
        {"role": "grid", "x": a, "y": b, "value": value, "unit": model.unit, "basis": "assumed"}
        for a, b, value in zip(x.flat, y.flat, np.broadcast_to(results, x.shape).flat, strict=True)
    ]
    rows += [own.mark("reported") for own in draft.figures().values()]
    rows.append(draft.now(x=draft.values[across], y=draft.values[up]))
    return rows, {"x": draft.axis(across), "y": draft.axis(up)}


def doubt(draft: Draft) -> Shaped:
    """Draws with every assumption a little off, and what each alone makes of the result.

    The reading may name ``low`` and ``high``, between which nine draws of ten lie, and ``most``,
    the assumption that matters most.
    """
    model = draft.known
    draws = models.doubt(model.name, _DRAWS, 1, OFF, **draft.moved)
    counts, edges = np.histogram(draws, bins=_BINS)
    rows: list[Row] = [
        {"role": "draw", "lower": a, "upper": b, "count": n}
        for n, a, b in zip(counts, edges, edges[1:], strict=False)
    ]
    draft.say("off", OFF, "%")
    low, high = (float(each) for each in np.quantile(draws, [0.05, 0.95]))
    for name, value in (("low", low), ("high", high)):
        draft.say(name, value, model.unit)
    between = {"lower": low, "upper": high, "lower_closed": True, "upper_closed": True}
    rows.append(
        {
            "role": "range",
            "value": draft.result,
            **between,
            "unit": model.unit,
            "label": Text("all_at_once"),
            "words": Text("nine_of_ten", low=draft.said["low"], high=draft.said["high"]),
        }
    )
    swings = models.sensitivity(model.name, OFF, **draft.moved)
    draft.said["most"] = draft.parameter(swings["parameter"].iloc[0])
    for swing in swings.itertuples():
        row = BUILT_IN.row("parameters", model.name, swing.parameter)
        rows.append(
            {
                "role": "parameter",
                "less": swing.less,
                "more": swing.more,
                "label": Wording(cell, row, "title"),
            }
        )
    rows.append(
        {
            "role": "model",
            "value": draft.result,
            "unit": model.unit,
            "label": Text("model_result"),
            "words": draft.said["result"],
        }
    )
    rows += [own.mark("reported") for own in draft.figures().values()]
    return rows, {"x": draft.result_axis()}
