"""What stands around the figures: who does what, what happened when, and what to say."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pandas as pd

from .. import briefs, tables
from ..charts.kinds import Chart
from ..extras import needs
from ..language import LANGS, Text, Wording, cell, label, text
from ..package import BUILT_IN, unknown
from ..words import period
from .following import Worded

with needs("notebooks"):
    import ipywidgets as widgets


def actors(section: str) -> widgets.Widget:
    """A matrix of who decides, runs, pays, gains and bears the risk in each system of a section.

    Parameters
    ----------
    section : str
        A section with systems.

    Returns
    -------
    ipywidgets.Widget

    Raises
    ------
    KeyError
        If there is no such section; the message names those that are there.
    """
    matrix = who_does_what(section)
    style = f"<style>{tables.stylesheet()}</style>"
    return _shown(f"actors-{section}", lambda lang: style + matrix.html(lang), matrix.words)


def who_does_what(section: str) -> tables.Table:
    """The matrix that `actors` shows: a row a system, a column a role."""
    systems = BUILT_IN.rows("instruments")
    known = list(dict.fromkeys(row.section for row in systems.values()))
    if section not in known:
        raise unknown("section with systems", section, known)
    cells: dict[tuple[str, str], list[Any]] = {}
    for row in BUILT_IN.rows("actors").values():
        if systems[row.instrument].section == section:
            cells.setdefault((row.role, row.instrument), []).append(row)
    # Columns stand in the order of the code list.
    roles = [code for codelist, code in BUILT_IN.rows("codes") if codelist == "role"]
    ordered = sorted(cells.values(), key=lambda rows: roles.index(rows[0].role))
    caption = _each(
        lambda lang: text("actors_title", lang, section=label("section", section, lang))
    )
    data = pd.DataFrame([_cell(rows) for rows in ordered])
    marks = {name: tables.MARKS[name] for name in ("reported", "published", "assumed")}
    return tables.matrix(data, caption, Text("actors_source", **marks))


def _cell(rows: list[Any]) -> dict[str, str]:
    """Those who have one role in one system; the mark is that of the weakest basis among them."""
    found = [_basis(row.source) for row in rows]
    weakest = max(found, key=("reported", "published", "assumed").index)

    def said(lang: str) -> str:
        names = [label("actor", row.actor, lang) for row in rows]
        return text("list_separator", lang).join(
            name
            if basis == weakest
            else text("actor_based", lang, actor=name, basis=label("basis", basis, lang))
            for name, basis in zip(names, found, strict=True)
        )

    system = BUILT_IN.row("instruments", rows[0].instrument)
    shown = {"basis": weakest}
    for lang in LANGS:
        shown[f"row_{lang}"] = cell(system, "name", lang)
        shown[f"column_{lang}"] = label("role", rows[0].role, lang)
        shown[f"words_{lang}"] = said(lang)
    return shown


def _basis(source: Any) -> str:
    """What a row rests on: no source is our own reading."""
    if pd.isna(source):
        return "assumed"
    return "reported" if source == "report" else "published"


def timeline() -> widgets.Widget:
    """Dated events from the founding of the zone to the report, as a picture.

    Returns
    -------
    ipywidgets.Widget
    """
    chart = events()
    return _shown("timeline", chart.html, chart.words)


def events() -> Chart:
    """The chart that `timeline` shows: a row an event."""
    rows = BUILT_IN.rows("events").values()
    data = pd.DataFrame(
        [
            {
                **{f"label_{lang}": cell(row, "title", lang) for lang in LANGS},
                "date": row.date,
                "basis": _basis(row.source),
            }
            for row in rows
        ]
    )
    others = {row.source for row in rows} - {"report"}
    reading = Wording(_reading, list(rows))
    report = Wording(label, "cited", "report")
    source = Text("timeline_source", report=report, count=len(others))
    return Chart("timeline", data, Text("timeline_title"), reading, source, Text("timeline_axis"))


def _reading(rows: list[Any], lang: str) -> str:
    """When the first and the last event were, and how many rest on other sources."""
    days = sorted(row.date.removeprefix("../").partition("/")[0] for row in rows)
    return text(
        "timeline_reading",
        lang,
        first=period(days[0], lang),
        last=period(days[-1], lang),
        count=len(rows),
        others=sum(row.source != "report" for row in rows),
    )


def brief(key: str) -> widgets.Widget:
    """What to say of one system: quotes, what must be added, what must not be said, questions.

    Parameters
    ----------
    key : str
        Key of an instrument.

    Returns
    -------
    ipywidgets.Widget

    Raises
    ------
    KeyError
        If there is no such instrument; the message names the nearest.
    """
    system = BUILT_IN.row("instruments", key)

    def heading(lang: str) -> str:
        return text("brief_title", lang, system=cell(system, "name", lang))

    def written(lang: str) -> str:
        parts = [f"<h4>{html.escape(heading(lang))}</h4>"]
        for kind, lines in briefs.say(key, lang).items():
            items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
            parts.append(f"<p><strong>{html.escape(kind)}</strong></p><ul>{items}</ul>")
        return "".join(parts)

    def words(lang: str) -> str:
        said = briefs.say(key, lang).items()
        lines = [f"{kind}{text('separator', lang)}{line}" for kind, each in said for line in each]
        return "\n".join([heading(lang), *lines])

    return _shown(f"brief-{key}", written, words)


def _each(function: Callable[[str], str]) -> dict[str, str]:
    return {lang: function(lang) for lang in LANGS}


def _shown(key: str, written: Callable[[str], str], words: Callable[[str], str]) -> widgets.Widget:
    """A box of HTML that follows the language of the page."""
    box = widgets.HTML()

    def follow(lang: str) -> None:
        box.value = f'<div lang="{lang}">{written(lang)}</div>'

    return Worded(key, [box], words, follow)
