"""Tables to search, sort and filter, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from .. import language
from ..charts import said
from ..extras import needs
from ..language import cell, label, text
from ..package import BUILT_IN
from ..words import in_words, period, place, source_title, title
from .following import Worded

with needs("notebooks"):
    import anywidget
    import ipywidgets as widgets
    import traitlets

_CSS = Path(__file__).with_name("tables.css")

# DataTables' names for its own words, and our texts for them.
_WORDS = {
    "search": "search",
    "lengthMenu": "length_menu",
    "info": "info",
    "infoEmpty": "info_empty",
    "infoFiltered": "info_filtered",
    "zeroRecords": "zero_records",
}
_PAGES = ("first", "previous", "next", "last")


class Names(anywidget.AnyWidget):
    """Names, for screen readers, of what can be pressed in the table beside it."""

    words = traitlets.Dict().tag(sync=True)

    _esm = Path(__file__).with_name("tables.js")


def explorer() -> widgets.Widget:
    """A table of all figures to search, sort and filter, in the language of the page.

    Returns
    -------
    ipywidgets.Widget
    """
    return _table("explorer", BUILT_IN.rows("observations").values(), _figure)


def _figure(row: Any, lang: str) -> dict[str, Any]:
    return {
        "title": title(row, lang),
        "words": in_words(row, lang),
        "printed": row.printed,
        "section": label("section", row.section, lang),
        "stage": label("stage", row.stage, lang),
        "period": period(row.time_period, lang),
        "area": label("ref_area", row.ref_area, lang),
        "place": place(row.locator, lang),
        "quotable": label("quotable", row.quotable, lang),
        "caveat": _caveat(row, lang),
    }


def _caveat(row: Any, lang: str) -> str:
    """What is to be known of a figure, and every reading that its wording allows."""
    parts = [cell(row, "caveat", lang), said.allowed(row.observation_id, lang, BUILT_IN)]
    return text("clause_separator", lang).join(filter(None, parts))


def glossary() -> widgets.Widget:
    """A table of the field's terms, in the language of the page.

    Returns
    -------
    ipywidgets.Widget
    """
    return _table("glossary", BUILT_IN.rows("glossary").values(), _term)


def _term(row: Any, lang: str) -> dict[str, Any]:
    return {
        "term": cell(row, "name", lang),
        "definition": cell(row, "definition", lang),
        "authority": source_title(row.source, lang),
    }


def _table(
    key: str, rows: Iterable[Any], say: Callable[[Any, str], dict[str, Any]]
) -> widgets.Widget:
    """A table widget whose cells, headings and own words follow the language of the page."""
    from itables.widget import ITable

    rows = list(rows)

    def content(lang: str) -> dict[str, Any]:
        table = pd.DataFrame([say(row, lang) for row in rows]).fillna("")
        table.columns = [text(f"column_{name}", lang) for name in table.columns]
        own: dict[str, Any] = {name: text(f"table_{word}", lang) for name, word in _WORDS.items()}
        own["aria"] = {"paginate": {name: text(f"table_{name}", lang) for name in _PAGES}}
        return {"df": table, "language": own, "caption": text(f"{key}_title", lang)}

    table = ITable(
        **content(language.current()),
        showIndex=False,
        classes="display compact",
        column_filters="header",
        scrollX=True,
    )

    def words(lang: str) -> str:
        lines = [
            " | ".join(map(str, row.values())) for row in content(lang)["df"].to_dict("records")
        ]
        return "\n".join([text(f"{key}_title", lang), *lines])

    style = widgets.HTML(f"<style>{_CSS.read_text(encoding='utf-8')}</style>")
    names = Names()

    def follow(lang: str) -> None:
        table.update(**content(lang))
        # The column is put in by the page, which has it from the table.
        names.words = {
            each: text(f"table_{each}", lang, column="{column}")
            for each in ("sort", "filter", "pages", "search", "length")
        } | {"table": text(f"{key}_title", lang)}

    follow(language.current())
    shown = Worded(key, [style, table, names], words, follow)
    shown.add_class("ftz-table")
    return shown
