"""The workbook: figures, what follows from them as formulas, codebook and sources."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ..expressions import names
from ..extras import needs
from ..language import LANGS, text
from .archive import EPOCH
from .columns import COLUMNS, Column, sources, table
from .content import Content
from .figures import Figure
from .formulas import formulas

with needs("export"):
    import xlsxwriter
    from xlsxwriter.utility import xl_col_to_name

# Widths of columns in characters; a text that is longer wraps.
_WIDTHS = {
    "key": 24, "section": 16, "system": 28, "title": 38, "words": 28, "unit": 14, "basis": 14,
    "source": 34, "printed": 14, "period": 14, "area": 18, "quoting": 18, "caveat": 44,
}  # fmt: skip
_NUMBER_WIDTH = 12
# One column more than those of figures: the arithmetic in symbols.
_FORMULA = "formula"


def xlsx(content: Content) -> bytes:
    """Four sheets: figures, derived quantities, codebook, sources."""
    return _Book(content).written()


@dataclass
class _Book:
    content: Content
    buffer: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        # Nothing but what is written as a formula or an address is one.
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.buffer, options)
        self.book.set_properties(
            {
                "title": self._both(self.content.title),
                "created": datetime.datetime(*EPOCH, tzinfo=datetime.UTC),
            }
        )
        base = {"valign": "top", "font_name": "Microsoft YaHei", "font_size": 10}
        look = self.book.add_format
        self.text = look({**base, "text_wrap": True})
        # As many digits as there are, and no sign of a decimal where there is none to show.
        self.number = look({**base, "num_format": "General"})
        bold = {"bold": True, "text_wrap": True, "bg_color": "#E8EEF4", "bottom": 1}
        self.head = look({**base, **bold})
        everything = self.content.figures
        self.given = [each for each in everything if each.basis != "derived"]
        self.derived = [each for each in everything if each.basis == "derived"]
        self.rows = {each.key: number for number, each in enumerate(self.given, start=2)}
        names_ = [name for column in COLUMNS for name, _ in column.heads(self.content.langs)]
        self.letters = {name: xl_col_to_name(number) for number, name in enumerate(names_)}

    def written(self) -> bytes:
        self._figures(self._sheet("figures"), self.given)
        if self.derived:
            self._figures(self._sheet("derived"), self.derived)
        self._codebook()
        self._sources()
        self.book.close()
        return self.buffer.getvalue()

    def _both(self, words: dict[str, str]) -> str:
        return " ".join(words[lang] for lang in self.content.langs)

    def _worded(self, key: str, lang: str | None) -> str:
        """A text in the language of its column; in all languages where it has none."""
        return text(key, lang) if lang else self._both({each: text(key, each) for each in LANGS})

    def _name(self, sheet: str) -> str:
        return self._worded(f"export_sheet_{sheet}", None)

    def _sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(self._name(name))
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _figures(self, sheet: Any, figures: list[Figure]) -> None:
        """A row a figure; what is derived is a formula over the rows of the figures."""
        data = table(figures, self.content.langs, self.content.package)
        heads = [(column, name, lang) for column in COLUMNS
                 for name, lang in column.heads(self.content.langs)]  # fmt: skip
        for number, (column, name, lang) in enumerate(heads):
            sheet.write_string(0, number, self._heading(column, lang), self.head)
            width = _WIDTHS.get(column.name, _NUMBER_WIDTH)
            sheet.set_column(number, number, width)
            for row, value in enumerate(data[name], start=1):
                self._cell(sheet, row, number, value)
        for row, figure in enumerate(figures, start=1):
            for name, formula in self._formulas(figure).items():
                number = list(data).index(name)
                value = getattr(figure.row, name)
                sheet.write_formula(row, number, formula, self.number, value)
        columns = len(heads)
        if figures and figures[0].basis == "derived":
            sheet.write_string(0, columns, self._worded("export_column_formula", None), self.head)
            sheet.set_column(columns, columns, _WIDTHS["source"])
            for row, figure in enumerate(figures, start=1):
                self._cell(sheet, row, columns, figure.row.formula)
            columns += 1
        sheet.autofilter(0, 0, len(figures), columns - 1)

    def _formulas(self, figure: Figure) -> dict[str, str]:
        if figure.basis != "derived":
            return {}
        rows = {each.key: each.row for each in self.given}
        sheet = "'" + self._name("figures").replace("'", "''") + "'"

        def place(key: str, column: str) -> str:
            return f"{sheet}!${self.letters[column]}${self.rows[key]}"

        used = {name: rows[name] for name in names(figure.row.expression)}
        found = formulas(figure.row.expression, used, place, self.content.package)
        return {name: formula for name, formula in found.items() if formula}

    def _heading(self, column: Column, lang: str | None) -> str:
        heading = self._worded(f"export_column_{column.name}", lang)
        if column.kind != "number":
            return heading
        letter = self.letters[f"unit_{self.content.langs[0]}"]
        units = {each: text("export_in_unit", each, column=letter) for each in LANGS}
        return f"{heading} {self._both(units)}"

    def _cell(self, sheet: Any, row: int, number: int, value: Any) -> None:
        if pd.isna(value) or value == "":
            sheet.write_blank(row, number, None, self.text)
        elif isinstance(value, str):
            sheet.write_string(row, number, value, self.text)
        elif isinstance(value, bool):
            sheet.write_boolean(row, number, value, self.number)
        else:
            sheet.write_number(row, number, value, self.number)

    def _codebook(self) -> None:
        sheet = self._sheet("codebook")
        langs = self.content.langs
        heads = [self._worded("export_column_column", None)]
        heads += [text("export_column_about", lang) for lang in langs]
        for number, heading in enumerate(heads):
            sheet.write_string(0, number, heading, self.head)
        sheet.set_column(0, 0, _WIDTHS["title"])
        sheet.set_column(1, len(langs), 70)
        for row, column in enumerate(COLUMNS, start=1):
            self._cell(sheet, row, 0, self._worded(f"export_column_{column.name}", None))
            for number, lang in enumerate(langs, start=1):
                self._cell(sheet, row, number, text(f"export_about_{column.name}", lang))
        sheet.autofilter(0, 0, len(COLUMNS), len(langs))

    def _sources(self) -> None:
        sheet = self._sheet("sources")
        data = sources(self.content.sources, self.content.langs)
        widths = {"source": 24, "title": 60, "seen": 24, "url": 60}
        for number, name in enumerate(data):
            stem, _, lang = name.partition("_")
            heading = self._worded(f"export_source_{stem}", lang or None)
            sheet.write_string(0, number, heading, self.head)
            sheet.set_column(number, number, widths[stem])
            for row, value in enumerate(data[name], start=1):
                self._cell(sheet, row, number, value)
        sheet.autofilter(0, 0, len(data), len(data.columns) - 1)
