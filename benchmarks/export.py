"""What exporting the whole report costs, over bare writes of the same content by the libraries.

Requirement: processor time and peak memory of all formats in both languages, at most 1.5 times the
sum of the bare writes. A bare write draws each chart that the file holds once, from its own
figure, and gives the texts, tables and pictures of the file to the library that writes it, in
their order and without looks. Each side runs in a process of its own that has imported the same
modules before.
"""

import base64
import io
import json
import multiprocessing
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import fpdf
import noto_cjk_sans_otc
import openpyxl
import pandas as pd
import pptx
import pypdfium2
import xlsxwriter
from pptx.chart.data import CategoryChartData
from tqdm import tqdm

import ftz_data
from ftz_data import charts, style
from ftz_data.exporting import content, write
from ftz_data.exporting.picture import PRINT, SCREEN, Picture
from ftz_data.language import LANGS

LIMIT = 1.5
FORMATS = ("docx", "pdf", "pptx", "html", "xlsx", "csv", "json", "parquet", "zip")
DRAWN = ("docx", "pdf", "pptx", "html")
FONT = Path(noto_cjk_sans_otc.__file__).parent / "NotoSansCJK-Regular.ttc"


def own(form: str, _: Path) -> bytes:
    """The file as the package writes it."""
    return write(content.gather(None, "both", ftz_data.Report().package, lambda *_: None), form)


def draw(form: str) -> list[bytes]:
    """Every chart that a format holds, in both languages, each drawn once."""
    drawn: list[bytes] = []
    if form not in DRAWN:
        return drawn
    dpi = SCREEN if form == "html" else PRINT
    found = content.gather(None, "both", ftz_data.Report().package, lambda *_: None)
    keys = [system.picture.key for system in found.systems if isinstance(system.picture, Picture)]
    for key in keys:
        for lang in LANGS:
            buffer = io.BytesIO()
            figure = charts.picture(key).figure(lang)
            with style.settings():
                figure.savefig(buffer, format="png", dpi=dpi)
            drawn.append(buffer.getvalue())
    return drawn


def bare_docx(file: Path, pictures: list[bytes]) -> bytes:
    read, made = docx.Document(str(file)), docx.Document()
    for paragraph in read.paragraphs:
        made.add_paragraph(paragraph.text)
    for table in read.tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        new = made.add_table(len(rows), len(rows[0]))
        for cells, row in zip(new.rows, rows, strict=True):
            for cell, words in zip(cells.cells, row, strict=True):
                cell.text = words
    for picture in pictures:
        made.add_picture(io.BytesIO(picture))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def bare_pptx(file: Path, pictures: list[bytes]) -> bytes:
    read, made = pptx.Presentation(str(file)), pptx.Presentation()
    waiting = iter(pictures)
    for slide in read.slides:
        new = made.slides.add_slide(made.slide_layouts[6])
        for shape in slide.shapes:
            place = shape.left, shape.top, shape.width, shape.height
            if shape.has_text_frame:
                new.shapes.add_textbox(*place).text_frame.text = shape.text_frame.text
            elif shape.has_table:
                rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
                table = new.shapes.add_table(len(rows), len(rows[0]), *place).table
                for cells, row in zip(table.rows, rows, strict=True):
                    for cell, words in zip(cells.cells, row, strict=True):
                        cell.text = words
            elif shape.has_chart:
                plot = shape.chart.plots[0]
                data = CategoryChartData()
                data.categories = list(plot.categories)
                data.add_series(plot.series[0].name, plot.series[0].values)
                new.shapes.add_chart(shape.chart.chart_type, *place, data)
            elif shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.PICTURE:
                new.shapes.add_picture(io.BytesIO(next(waiting)), *place)
        if slide.has_notes_slide:
            new.notes_slide.notes_text_frame.text = slide.notes_slide.notes_text_frame.text
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def bare_pdf(file: Path, pictures: list[bytes]) -> bytes:
    made = fpdf.FPDF()
    made.add_font("cjk", "", FONT)
    made.set_font("cjk", size=9)
    for page in pypdfium2.PdfDocument(file):
        made.add_page()
        for line in page.get_textpage().get_text_range().splitlines():
            made.multi_cell(0, 4, line, new_x="LMARGIN", new_y="NEXT")
    for picture in pictures:
        made.add_page()
        made.image(io.BytesIO(picture), w=180)
    return bytes(made.output())


def bare_xlsx(file: Path, _: list[bytes]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for sheet in openpyxl.load_workbook(file):
        new = book.add_worksheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    new.write(cell.row - 1, cell.column - 1, cell.value)
    book.close()
    return buffer.getvalue()


def bare_html(file: Path, pictures: list[bytes]) -> bytes:
    encoded = [base64.b64encode(picture) for picture in pictures]
    return file.read_bytes() + b"".join(encoded)


def bare_table(file: Path, _: list[bytes]) -> bytes:
    form = file.suffix[1:]
    if form == "json":
        return json.dumps(json.loads(file.read_bytes()), ensure_ascii=False, indent=1).encode()
    if form == "csv":
        return pd.read_csv(file, dtype=str).to_csv(index=False).encode()
    if form == "parquet":
        return pd.read_parquet(file).to_parquet()
    buffer = io.BytesIO()
    with zipfile.ZipFile(file) as read, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name in read.namelist():
            made.writestr(name, read.read(name))
    return buffer.getvalue()


def bare(form: str, folder: Path) -> bytes:
    """The content of the file that `own` has written, given to the library at once."""
    file, pictures = folder / f"report.{form}", draw(form)
    writers: dict[str, Callable[[Path, list[bytes]], bytes]] = {
        "docx": bare_docx,
        "pptx": bare_pptx,
        "pdf": bare_pdf,
        "xlsx": bare_xlsx,
        "html": bare_html,
    }
    return writers.get(form, bare_table)(file, pictures)


def measured(side: Callable[[str, Path], bytes], form: str, folder: Path) -> tuple[float, float]:
    """Seconds of processor time, and MiB at most, that one side takes in this process."""
    # Fonts and tables are read once in a process, whoever asks for them first.
    own("json", folder)
    charts.percentages("growth").figure("en")
    start = time.process_time()
    written = side(form, folder)
    took = time.process_time() - start
    if side is own:
        (folder / f"report.{form}").write_bytes(written)
    return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    sums = {own: [0.0, 0.0], bare: [0.0, 0.0]}
    spawned = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as place:
        for form in tqdm(FORMATS, leave=False):
            said = []
            for side in (own, bare):
                with spawned.Pool(1) as pool:
                    took, memory = pool.apply(measured, (side, form, Path(place)))
                sums[side][0] += took
                sums[side][1] = max(sums[side][1], memory)
                said += [f"{took:6.2f} s {memory:4.0f} MiB"]
            tqdm.write(f"{form:8} {said[0]}   bare {said[1]}")
    ratios = [ours / theirs for ours, theirs in zip(sums[own], sums[bare], strict=True)]
    failed = max(ratios) > LIMIT
    print(
        f"{'FAIL' if failed else 'pass'}: time {ratios[0]:.2f}, peak memory {ratios[1]:.2f} of the "
        f"bare writes (limit {LIMIT})"
    )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
