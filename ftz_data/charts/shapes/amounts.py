"""Shapes of amounts: what a total is made of, a part of a whole, who gives what to whom."""

from __future__ import annotations

import itertools
import string
from typing import Any

from ...language import LANGS, Text, Wording, cell, label, text
from ...package import BUILT_IN
from ...words import unit_name
from ..draft import Draft, Row, amount, both, named

Shaped = tuple[list[Row], dict[str, object]]
# More parties than this are drawn in groups, and said in full.
MOST = 12


def bridge(draft: Draft) -> Shaped:
    """What the result is made of, part by part, and what stays unexplained.

    Where there are two panels the result is what the first costs less what the second does. The
    reading may name ``gap``, what the report prints beyond the result.
    """
    unit = draft.known.unit
    first, last = _sides(draft)
    rows: list[Row] = []
    level = 0.0
    # Parts of the first side add up, those of the other are taken off, whatever their order.
    for part in (part for side in dict.fromkeys((first, last)) for part in draft.of_panel(side)):
        saved = first != last and part.panel == last
        step = -part.amount if saved else part.amount
        rows.append(
            {
                "role": "part",
                "start": level,
                "stop": level + step,
                **both("label", part, "title"),
                "words": amount(step, unit),
                "basis": part.basis,
                "unit": unit,
            }
        )
        level += step
    words = draft.say("sum", level, unit)
    whole: Row = {"role": "total", "start": 0.0, "stop": level, "unit": unit, "basis": "assumed"}
    rows.append(whole | {"label": Text("model_result"), "words": words})
    for shown in draft.figures().values():
        gap = shown.row.value - level
        words = draft.say("gap", abs(gap), unit)
        basis = {"basis": "derived", "label": Text("gap_more" if gap * level > 0 else "gap_less")}
        rows.append({"role": "gap", "start": level, "stop": level + gap, "words": words, **basis})
        rows.append(shown.mark("reported"))
    return rows, {"x": draft.result_axis()}


def _sides(draft: Draft) -> tuple[str, str]:
    """The panel that is counted, and the one that is taken off it to give the result."""
    if len(draft.panels) == 1:
        return draft.panels[0], draft.panels[0]
    first, last = draft.panels[:2]
    gained = draft.total(first) - draft.total(last)
    return (first, last) if gained * draft.result >= 0 else (last, first)


def nest(draft: Draft) -> Shaped:
    """Boxes in boxes, the whole first; figures of the row name the level of a bound."""
    # The reading names each part, one of nothing too.
    words = {
        part.part: draft.say(f"part_{part.part}", part.amount, part.unit) for part in draft.parts
    }
    rows: list[Row] = [
        {
            "role": "now",
            "value": part.amount,
            "unit": part.unit,
            **both("label", part, "title"),
            "words": words[part.part],
            "basis": part.basis,
        }
        for part in draft.parts
        # What is held back is what is left of the box around.
        if part.amount > 0
    ]
    rows += [
        shown.mark("bound", level=int(level.partition("_")[0]))
        for level, shown in draft.figures().items()
    ]
    return rows, {"x": named(Text("axis_amount"), draft.parts[0].unit)}


def share(draft: Draft) -> Shaped:
    """Shares that the report prints, each in its whole, without a model."""
    first = next(iter(draft.figures().values()))
    whole: Row = {"role": "now", "value": 100.0, "lower": 100.0, "upper": 100.0, "unit": "%"}
    rows = [whole | {"label": Text("whole"), "basis": first.basis}]
    for name, shown in draft.figures().items():
        rows.append(shown.mark("now" if name == "now" else "bound", level=1))
    return rows, {"x": Text("axis_share", unit=Wording(unit_name, "%"))}


def area(draft: Draft) -> Shaped:
    """Two factors before and after, as areas; the reading may name ``before`` and ``after``."""
    rows: list[Row] = []
    for panel, role in zip(draft.panels, ("old", "now"), strict=True):
        x, y = draft.of_panel(panel)
        words = draft.say(panel, x.amount * y.amount, x.unit)
        rows.append(
            {
                "role": role,
                "x": x.amount,
                "y": y.amount,
                "basis": "assumed",
                "label": Wording(label, "panel", panel),
                "words": Text("area_work", work=words),
            }
        )
    return rows, {"x": _part_title(draft, x), "y": _part_title(draft, y)}


def _part_title(draft: Draft, part: Any) -> Any:
    row = BUILT_IN.row("parts", draft.known.name, part.part)
    return named(Wording(cell, row, "title"), part.unit)


def flow(draft: Draft) -> Shaped:
    """Who gives what to whom, a panel beside the other; alike parties are named by letters.

    The reading may name ``first`` and ``last``, what passes in all in each panel.
    """
    rows: list[Row] = []
    totals: dict[str, Row] = {}
    head: Row = {}
    for panel in draft.panels:
        own = draft.of_panel(panel)
        passed = [part for part in own if isinstance(part.giver, str)]
        if passed:
            head = {"panel": panel, **both("panel", own[0], "panel")}
        for part in passed:
            rows += [{"role": "flow", **head, **each} for each in _arrows(part)]
        # What passes in all; or what is left of it, where the model says so.
        left = [part for part in own if part.kind == "share"]
        main = left[0] if left else passed[-1]
        whole = sum(part.amount for part in left) if left else main.amount * main.count
        words = draft.say(panel, whole, main.unit)
        told = {"role": "total", "words": words, "basis": main.basis}
        totals[head["panel"]] = told | head | both("label", main, "title")
    return [*rows, *totals.values()], {}


def _arrows(part: Any) -> list[Row]:
    """One arrow for each of the parties that are alike."""
    count = max(1, round(min(part.count, MOST)))
    same = part.giver == part.taker
    if same and part.kind == "link":
        return _pairs(part)
    arrows = []
    for i in range(count):
        sides = {"giver": part.giver, "taker": part.taker}
        names = {side: both(side, part, side) for side in sides}
        if same:
            # A ring: each gives to the next.
            for side, place in (("giver", i), ("taker", (i + 1) % count)):
                letter = string.ascii_uppercase[place]
                sides[side] = letter
                names[side] = {f"{side}_{lang}": letter for lang in LANGS}
            if part.kind == "money":
                sides = {"giver": sides["taker"], "taker": sides["giver"]}
                names = _turned(names)
        elif count > 1:
            sides["taker"] = f"{part.taker} {i + 1}"
            names["taker"] = {
                f"taker_{lang}": f"{getattr(part, f'taker_{lang}')} {i + 1}" for lang in LANGS
            }
        row = {"kind": part.kind, **sides, "amount": part.amount, "unit": part.unit}
        words = amount(part.amount, part.unit)
        arrows.append(
            {**row, **names["giver"], **names["taker"], "basis": part.basis, "words": words}
        )
    return arrows


def _pairs(part: Any) -> list[Row]:
    """Each with each, of as many as are drawn."""
    letters = string.ascii_uppercase[:MOST]
    row = {"kind": part.kind, "amount": part.amount, "unit": part.unit, "basis": part.basis}
    words = amount(part.amount, part.unit)
    return [
        {**row, "giver": one, "taker": other, "words": words}
        | {f"{side}_{lang}": name for side, name in sides for lang in LANGS}
        for one, other in itertools.combinations(letters, 2)
        if (sides := (("giver", one), ("taker", other)))
    ]


def _turned(names: dict[str, Row]) -> dict[str, Row]:
    """Money goes the other way than the goods that it pays for."""
    return {
        "giver": {f"giver_{lang}": names["taker"][f"taker_{lang}"] for lang in LANGS},
        "taker": {f"taker_{lang}": names["giver"][f"giver_{lang}"] for lang in LANGS},
    }


def ranking(draft: Draft) -> Shaped:
    """Lists by several measures, the report's own row joined from list to list."""
    rows: list[Row] = []
    for name, shown in draft.figures().items():
        measure, place, port = name.split("_")
        row = shown.mark("", measure=measure, place=int(place), code=shown.row.ref_area)
        titles = {f"measure_{lang}": text(f"measure_{measure}", lang) for lang in LANGS}
        rows.append(row | titles | {"label": Wording(label, "port", port)})
    return rows, {}
