"""A chart that the office can change: bars that PowerPoint draws from a workbook of its own."""

from __future__ import annotations

import datetime
import io
from typing import Any

from .. import style
from ..extras import needs
from ..language import label, text, worded
from ..package import Package
from .archive import EPOCH

with needs("export"):
    import xlsxwriter
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

_SIZE = 12
_FORMAT = '0"%"'


def percentages(package: Package) -> Any:
    """The chart of all changes in percent of a report; None where it prints none."""
    from .. import charts

    rows = package.table("observations")
    if rows[(rows["stage"] == "change") & (rows["unit"] == "%")].empty:
        return None
    return charts.percentages("change", package)


def bars(slide: Any, box: tuple[int, int, int, int], chart: Any, lang: str) -> None:
    """Add a chart's rows as bars that can be changed, the greatest first.

    Parameters
    ----------
    slide : pptx.slide.Slide
    box : tuple of int
        Left, top, width and height.
    chart : Chart
        Of rows in percent; a bar is as long as the value, and its label has bounds and basis in
        words.
    lang : {"en", "zh"}
    """
    rows = chart.data.sort_values("value", ascending=False)
    labels = [_label(row, lang) for row in rows.to_dict("records")]
    values = [float(value) for value in rows["value"]]
    data: Any = CategoryChartData
    given = data(number_format=_FORMAT)
    given.categories = labels
    name = str(worded(chart.x, lang))
    given.add_series(name, values)
    frame: Any = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, given)
    frame.name = "Chart"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.words(lang))
    drawn = frame.chart
    # The workbook that python-pptx makes says when.
    drawn.part.chart_workbook.update_from_xlsx_blob(_workbook(name, labels, values))
    drawn.has_legend = drawn.has_title = False
    drawn.font.size = Pt(_SIZE)
    drawn.category_axis.reverse_order = True
    # Beside the bars that go to the left it would stand on them.
    drawn.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    drawn.category_axis.format.line.color.rgb = _color("#595959")
    drawn.value_axis.tick_labels.number_format = _FORMAT
    drawn.value_axis.tick_labels.number_format_is_linked = False
    drawn.value_axis.major_gridlines.format.line.color.rgb = _color("#D9D9D9")
    [plot] = drawn.plots
    plot.gap_width = 60
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = _color(style.LOOKS["reported"].color)
    plot.series[0].invert_if_negative = False


def _label(row: dict[str, Any], lang: str) -> str:
    """Title, figure in words with its bounds, and basis."""
    figure, basis = worded(row["words"], lang), label("basis", row["basis"], lang)
    return text("words_mark", lang, label=row[f"label_{lang}"], figure=figure, basis=basis)


def _color(code: str) -> Any:
    made: Any = RGBColor
    return made.from_string(code[1:])


def _workbook(name: str, labels: list[str], values: list[float]) -> bytes:
    """The sheet that the chart refers to: labels in A from the second row on, values in B."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(*EPOCH, tzinfo=datetime.UTC)})
    sheet = book.add_worksheet("Sheet1")
    sheet.write_string(0, 1, name)
    for number, (words, value) in enumerate(zip(labels, values, strict=True), start=1):
        sheet.write_string(number, 0, words)
        sheet.write_number(number, 1, value)
    book.close()
    return buffer.getvalue()
