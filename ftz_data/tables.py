"""Tables as HTML, to be selected, searched, copied and read aloud: no picture of a table.

Five kinds: `tiles` for the few figures that matter most, `table` for rows and columns of words,
`counts` for numbers shaded by their size, `matrix` for which touches which, and `ladder` for the
stage that something has reached. Each takes rows of your own, in one language (`label`) or in both
(`label_en`, `label_zh`), and returns a `Table` that shows itself in Jupyter in the page's language.

Everything that comes from rows is escaped.
"""

from __future__ import annotations

import dataclasses
import functools
import html
import importlib.resources
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from . import language, words
from .language import label, text
from .package import unknown

Row = dict[str, Any]

# The same four signs as in pictures, beside the word.
MARKS = {"reported": "●", "published": "■", "derived": "▲", "assumed": "◆"}
_NONE = "·"


@dataclass(frozen=True, repr=False)
class Table:
    """Rows, a caption and a source, shown as HTML of one kind.

    Attributes
    ----------
    kind : {"tiles", "table", "counts", "matrix", "ladder"}
        How the rows are shown.
    data : pandas.DataFrame
        The rows; the function of the kind documents the columns.
    caption, source, corner : str, dict by language, Text or Wording
        What is shown, where it comes from, and what the first column holds.
    notes : tuple of the same
        What is assumed or ambiguous; a panel shows them beside the table.
    """

    kind: str
    data: pd.DataFrame
    caption: Any
    source: Any = ""
    corner: Any = ""
    notes: tuple[Any, ...] = ()

    def noted(self, *notes: Any) -> Table:
        """The same table with notes."""
        return dataclasses.replace(self, notes=notes)

    def html(self, lang: str | None = None) -> str:
        """The table as HTML in one language."""
        lang = language.resolve(lang)
        body = _KINDS[self.kind](self, _rows(self), lang)
        source = _said(self.source, lang)
        foot = f'<p class="source">{html.escape(source)}</p>' if source else ""
        return f'<div class="ftz-tables">{body}{foot}</div>'

    def words(self, lang: str | None = None) -> str:
        """The table as plain text: caption, a line a row or cell, source."""
        lang = language.resolve(lang)
        lines = [_said(self.caption, lang), *(_line(self, row, lang) for row in _rows(self))]
        return "\n".join([*lines, *filter(None, [_said(self.source, lang)])])

    def __repr__(self) -> str:
        return self.words()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        blocks = {lang: self.html(lang) for lang in language.LANGS}
        style = f"<style>{stylesheet()}</style>"
        return {"text/plain": repr(self), "text/html": style + language.bilingual(blocks)}


def tiles(data: pd.DataFrame, caption: Any, source: Any = "") -> Table:
    """Figures that matter most, each in words with its bounds, basis, place and wording.

    Parameters
    ----------
    data : pandas.DataFrame
        `label`, `basis`, and `words` or `value` with bounds and `unit`, as in
        `ftz_data.load_observations`. Where there are: `place` (words), `reading` (how the figure
        is read, where its wording allows several readings), `printed`, `href`.
    caption, source : str, dict by language, Text or Wording

    Returns
    -------
    Table

    Examples
    --------
    >>> rows = pd.DataFrame({"label": ["Loans"], "value": [146], "lower": [146], "upper": [146],
    ...                      "unit": ["{loan}"], "basis": ["reported"]})
    >>> tiles(rows, "The pool").words("en").splitlines()[1]
    'Loans: 146 loans (Reported)'
    """
    return _checked(Table("tiles", data, caption, source), ("label", "basis"))


def table(data: pd.DataFrame, caption: Any, source: Any = "", corner: Any = "") -> Table:
    """Words in rows and columns, one row of data a cell.

    Parameters
    ----------
    data : pandas.DataFrame
        `row`, `column`, `words`, `basis`; where there is, `strong`: true for a row that is chosen.
        A basis that holds for a whole column is said in its heading, others in their cells.
    caption, source, corner : str, dict by language, Text or Wording
        `corner` heads the first column.

    Returns
    -------
    Table
    """
    return _checked(Table("table", data, caption, source, corner), _CELL)


def counts(data: pd.DataFrame, caption: Any, source: Any = "", corner: Any = "") -> Table:
    """Counts in rows and columns, shaded by their size; a dot stands for none.

    Parameters
    ----------
    data : pandas.DataFrame
        `row`, `column`, `words`, `basis`, and `part` (0 to 1), how dark the cell is.
    caption, source, corner : str, dict by language, Text or Wording

    Returns
    -------
    Table
    """
    return _checked(Table("counts", data, caption, source, corner), (*_CELL, "part"))


def matrix(data: pd.DataFrame, caption: Any, source: Any = "", corner: Any = "") -> Table:
    """Which row touches which column, and why.

    Parameters
    ----------
    data : pandas.DataFrame
        `row`, `column`, `words` (the reason), `basis`; pairs that do not touch have no row.
    caption, source, corner : str, dict by language, Text or Wording

    Returns
    -------
    Table
    """
    return _checked(Table("matrix", data, caption, source, corner), _CELL)


def ladder(data: pd.DataFrame, caption: Any, source: Any = "") -> Table:
    """Stages in order, and the one that is reported.

    Parameters
    ----------
    data : pandas.DataFrame
        `label` (what climbs), `step` (words of a stage, in order), `here` (true for the stage that
        is reported), `basis`; where there is, `words`: what is said of the stage.
    caption, source : str, dict by language, Text or Wording

    Returns
    -------
    Table

    Raises
    ------
    ValueError
        If something stands at more than one stage.
    """
    found = _checked(Table("ladder", data, caption, source), ("label", "step", "here", "basis"))
    for name, steps in _grouped(_rows(found), "label", "en").items():
        here = sum(bool(row["here"]) for row in steps)
        if here > 1:
            raise ValueError(f"ladder: {name!r} stands at {here} stages; one or none is allowed")
    return found


_CELL = ("row", "column", "words", "basis")


def stylesheet() -> str:
    """The rules that tables are shown by."""
    return _read("tables.css")


@functools.cache
def _read(name: str) -> str:
    return (importlib.resources.files("ftz_data") / name).read_text(encoding="utf-8")


def _rows(table: Table) -> list[Row]:
    records = table.data.to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in records]


def _checked(table: Table, needed: tuple[str, ...]) -> Table:
    if not len(table.data):
        raise ValueError(f"{table.kind}: the table has no row; nothing to show")
    for place, row in enumerate(_rows(table)):
        for column in needed:
            if not any(_given(row, name) for name in (column, f"{column}_en")):
                raise ValueError(f"{table.kind}, row {place}: {column!r} is missing")
        if row["basis"] not in MARKS:
            raise unknown("basis", str(row["basis"]), MARKS)
    return table


def _given(row: Row, name: str) -> bool:
    value = row.get(name)
    return value is not None and not (pd.api.types.is_scalar(value) and pd.isna(value))


def _word(row: Row, name: str, lang: str) -> str:
    column = next((each for each in (f"{name}_{lang}", name) if _given(row, each)), None)
    return str(language.worded(row[column], lang)) if column else ""


def _said(content: Any, lang: str) -> str:
    return content[lang] if isinstance(content, dict) else language.worded(content, lang)


def _figure(row: Row, lang: str) -> str:
    """The figure of a tile in words."""
    if own := _word(row, "words", lang) or not _given(row, "value"):
        return own if isinstance(own, str) else ""
    fields = ("stage", "per", "unit", "lower_closed", "upper_closed")
    shown = {name: row[name] if _given(row, name) else None for name in fields}
    ends = {name: float(row[name]) if _given(row, name) else math.nan for name in _ENDS}
    figure = pd.Series(shown | ends | {"unit": shown["unit"] or "1"}, dtype=object)
    return words.in_words(figure, lang)


_ENDS = ("value", "lower", "upper")


def _line(table: Table, row: Row, lang: str) -> str:
    """One row or cell as plain text."""
    basis = label("basis", row["basis"], lang)
    if table.kind == "tiles":
        name, shown = _word(row, "label", lang), _figure(row, lang)
    elif table.kind == "ladder":
        name, shown = _word(row, "label", lang), _word(row, "step", lang)
        if not row["here"]:
            return f"{name}{text('separator', lang)}{shown}"
        note = _word(row, "words", lang)
        shown = f"● {shown}" + (f"{text('separator', lang)}{note}" if note else "")
    else:
        pair = {name: _word(row, name, lang) for name in ("row", "column")}
        name, shown = text("board_label", lang, **pair), _word(row, "words", lang)
    said = [text("words_mark", lang, label=name, figure=shown, basis=basis)]
    return text("clause_separator", lang).join(filter(None, [*said, _word(row, "reading", lang)]))


def _mark(basis: str, lang: str, seen: bool) -> str:
    """Marker and word of a basis; the word is for the ear alone where a heading says it."""
    name = html.escape(label("basis", basis, lang))
    said = name if seen else f'<span class="unseen">{name}</span>'
    return f'<span class="mark {basis}" aria-hidden="true">{MARKS[basis]}</span>{said}'


def _tiles(table: Table, rows: list[Row], lang: str) -> str:
    items = "".join(_tile(row, lang) for row in rows)
    caption = html.escape(_said(table.caption, lang))
    return f'<h4>{caption}</h4><ul class="tiles">{items}</ul>'


def _tile(row: Row, lang: str) -> str:
    title = html.escape(_word(row, "label", lang))
    if _given(row, "href"):
        title = f'<a href="{html.escape(str(row["href"]))}">{title}</a>'
    place, printed = html.escape(_word(row, "place", lang)), _word(row, "printed", lang)
    said = text("list_separator", lang).join(filter(None, [_mark(row["basis"], lang, True), place]))
    reading = html.escape(_word(row, "reading", lang))
    said = text("clause_separator", lang).join(filter(None, [said, reading]))
    if printed:
        said += f' <q lang="zh">{html.escape(printed)}</q>'
    figure = html.escape(_figure(row, lang))
    return (
        f'<li class="basis-{row["basis"]}">{_glyph(row)}<strong>{figure}</strong>{title}'
        f"<small>{said}</small></li>"
    )


def _glyph(row: Row) -> str:
    """Which ends the wording sets, drawn as in pictures; the figure in words says it too."""
    low, high = _given(row, "lower"), _given(row, "upper")
    if not low and not high:
        return ""
    exact = low and high and row["lower"] == row["upper"]
    line, ends = [6, 50], [(28, True)] if exact else []
    if not exact:
        ends = [(6, bool(row.get("lower_closed")))] if low else []
        ends += [(50, bool(row.get("upper_closed")))] if high else []
    parts = [] if exact else [f'<path d="M{line[0]} 8H{line[1]}"/>']
    if low and not high:
        parts.append('<path d="M44 3l7 5l-7 5" data-end="none-above"/>')
    if high and not low:
        parts.append('<path d="M12 3l-7 5l7 5" data-end="none-below"/>')
    for x, closed in ends:
        fill = "currentColor" if closed else "none"
        shape = f'<circle cx="{x}" cy="8" r="4" fill="{fill}" data-closed="{closed}"/>'
        parts.append(shape.replace("True", "true").replace("False", "false"))
    return (
        f'<svg class="{row["basis"]}" viewBox="0 0 56 16" aria-hidden="true" fill="none" '
        f'stroke="currentColor" stroke-width="2">{"".join(parts)}</svg>'
    )


def _grouped(rows: list[Row], name: str, lang: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(_word(row, name, lang), []).append(row)
    return found


def _grid(table: Table, rows: list[Row], lang: str) -> str:
    """A table of cells with headings of rows and columns."""
    columns, lines = _grouped(rows, "column", lang), _grouped(rows, "row", lang)
    only = {
        name: cells[0]["basis"] if len({cell["basis"] for cell in cells}) == 1 else None
        for name, cells in columns.items()
    }
    heads = "".join(_head(name, only[name], table.kind, lang) for name in columns)
    body = "".join(_tr(table.kind, name, cells, only, lang) for name, cells in lines.items())
    caption = html.escape(_said(table.caption, lang))
    corner = html.escape(_said(table.corner, lang))
    first = f'<th scope="col">{corner}</th>' if corner else "<td></td>"
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}">'
        f'<table class="{table.kind}"><caption>{caption}</caption>'
        f"<thead><tr>{first}{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _head(name: str, basis: str | None, kind: str, lang: str) -> str:
    mark = f" {_mark(basis, lang, False)}" if basis and kind == "table" else ""
    return f'<th scope="col">{html.escape(name)}{mark}</th>'


def _tr(kind: str, name: str, cells: list[Row], only: dict[str, str | None], lang: str) -> str:
    """One row; a column that this row has no cell in is left empty, or has a dot."""
    by_column = {_word(cell, "column", lang): cell for cell in cells}
    shown = ""
    for column, basis in only.items():
        cell = by_column.get(column)
        if cell is None:
            shown += f"<td>{_NONE if kind == 'counts' else ''}</td>"
            continue
        said = html.escape(_word(cell, "words", lang))
        if kind == "matrix" or (basis is None and kind == "table"):
            said = _mark(cell["basis"], lang, False) + said
        part = f' style="--part:{float(cell["part"]):.2f}"' if kind == "counts" else ""
        shown += f"<td{part}>{said}</td>"
    strong = ' class="strong"' if any(cell.get("strong") is True for cell in cells) else ""
    return f'<tr{strong}><th scope="row">{html.escape(name)}</th>{shown}</tr>'


def _ladder(table: Table, rows: list[Row], lang: str) -> str:
    """For each that climbs an ordered list of stages; those before the reported one are passed."""
    parts = [f"<h4>{html.escape(_said(table.caption, lang))}</h4>"]
    for name, steps in _grouped(rows, "label", lang).items():
        here = next((place for place, row in enumerate(steps) if row["here"]), -1)
        items = "".join(_step(row, place, here, lang) for place, row in enumerate(steps))
        title = html.escape(name)
        parts.append(f'<p>{title}</p><ol class="ladder" aria-label="{title}">{items}</ol>')
    return "".join(parts)


def _step(row: Row, place: int, here: int, lang: str) -> str:
    state = "here" if place == here else "passed" if place < here else "later"
    current = ' aria-current="step"' if place == here else ""
    note = html.escape(_word(row, "words", lang)) if place == here else ""
    name = html.escape(_word(row, "step", lang))
    said = f"{name}<small>{note}</small>" if note else name
    if state != "here":
        heard = html.escape(text(f"step_{state}", lang))
        said += f' <span class="unseen">{heard}</span>'
    return f'<li class="{state}"{current}>{said}</li>'


_KINDS: dict[str, Callable[[Table, list[Row], str], str]] = {
    "tiles": _tiles,
    "table": _grid,
    "counts": _grid,
    "matrix": _grid,
    "ladder": _ladder,
}
