"""What LibreOffice makes of the files that people take home."""

import re
import shutil
import subprocess
import zipfile
from collections import Counter

import pandas as pd
import pptx
import pypdf
import pytest

import ftz_data
from ftz_data.exporting.columns import COLUMNS
from ftz_data.exporting.content import gather
from ftz_data.language import LANGS, label, text

pytestmark = pytest.mark.slow


@pytest.fixture
def office(tmp_path):
    """Convert a file with LibreOffice, which has a profile of its own."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not here; .ci/run installs it")

    def convert(path, form):
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", tmp_path]
        subprocess.run([*command, path], check=True, capture_output=True, timeout=240)
        return tmp_path / f"{path.stem}.{form.partition(':')[0]}"

    return convert


def _without_results(path):
    """A workbook whose formulas have lost the results that were written beside them."""
    bare = path.with_stem("bare")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(bare, "w") as copy:
        for name in archive.namelist():
            member = archive.read(name)
            if name.startswith("xl/worksheets/"):
                member, lost = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", member)
            copy.writestr(name, member)
    return bare


def test_formulas_of_the_workbook_recalculate_to_the_derived_quantities(tmp_path, office):
    path = _without_results(ftz_data.export(tmp_path / "report.xlsx"))
    derived = ftz_data.load_derived().set_index("derived_id")
    # The second sheet, every cell as it is and not as it is shown.
    office(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,2")
    [read] = tmp_path.glob("bare-*.csv")
    names = [head for column in COLUMNS for head, _ in column.heads(LANGS)]
    table = pd.read_csv(read).iloc[:, : len(names)].set_axis(names, axis="columns")
    table = table.set_index("key")
    assert set(table.index) == set(derived.index)
    for key, row in derived.iterrows():
        for name in ("value", "lower", "upper"):
            ours = table.loc[key, name]
            same = ours == pytest.approx(row[name], rel=1e-9, nan_ok=True)
            assert same, f"{key}: {name} is {ours} in LibreOffice, not {row[name]}"


def _words(pdf):
    """Words of each page of a PDF, and how far down each stands, in points."""
    pages = []
    for page in pypdf.PdfReader(pdf).pages:
        found = []

        def visit(words, _, matrix, font, size, found=found, top=float(page.mediabox.top)):
            if words.strip():
                found.append((words, top - matrix[5]))

        page.extract_text(visitor_text=visit)
        pages.append(found)
    return pages


def _squeezed(words):
    """Without spaces, which a PDF has between Chinese and digits, and at the ends of lines."""
    return "".join(words.split())


def test_a_brief_has_one_page_a_system_and_none_is_empty(tmp_path, office):
    content = gather()
    pages = _words(office(ftz_data.export(tmp_path / "report.docx"), "pdf"))
    headings = []
    for lang in LANGS:
        headings += [content.title[lang], text("export_contents", lang)]
        headings += [system.name[lang] for system in content.systems]
    assert len(pages) == len(headings), f"{len(pages)} pages for {len(headings)} headings"
    for page, heading in zip(pages, headings, strict=True):
        words = _squeezed("".join(words for words, _ in page))
        assert words.startswith(_squeezed(heading)), (
            f"{heading} does not begin a page: {words[:80]}"
        )


def test_slides_show_the_whole_of_each_table_above_the_sources(tmp_path, office):
    content = gather()
    path = ftz_data.export(tmp_path / "report.pptx")
    pages = _words(office(path, "pdf"))
    slides, apart = list(pptx.Presentation(path).slides), 0
    # A cover and the changes of the report in each language, and one slide a system; figures of no
    # system, which have no picture, go on over as many as they need.
    assert len(pages) == len(slides) >= len(LANGS) * (len(content.systems) + 2)
    named = Counter(
        shape.text_frame.text
        for slide in slides
        for shape in slide.placeholders
        if shape.name == "System"
    )
    more = {name for name, count in named.items() if count > 1}
    assert more <= {label("section", "frame", lang) for lang in LANGS}, more
    assert len(named) == len(LANGS) * (len(content.systems) + 1)
    for slide, page in zip(slides, pages, strict=True):
        shown = _squeezed("".join(words for words, _ in page))
        for shape in slide.placeholders:
            words = _squeezed(shape.text_frame.text)
            assert words in shown, f"slide {slide.slide_id}: {shape.name} is cut: {words}"
        places = {shape.name: shape for shape in slide.placeholders}
        for shape in slide.shapes:
            for row in shape.table.rows if shape.has_table else ():
                for cell in row.cells:
                    assert _squeezed(cell.text) in shown, f"{cell.text} is cut"
        if "Note" in places:
            _stand_apart(slide, page)
            apart += 1
    assert apart > len(LANGS) * len(content.systems) / 2, "the places are not found"


def _stand_apart(slide, page):
    """The title ends above the table, the table above the note, and the note above the sources."""
    shapes = {shape.name: shape for shape in slide.shapes}
    title, begin = _squeezed(shapes["Title"].text_frame.text), shapes["Table"].top.pt
    table = _squeezed(
        "".join(cell.text for row in shapes["Table"].table.rows for cell in row.cells)
    )
    # However the last line is cut into words, each of them is an end of the title; a table may
    # tell the same once more.
    for said, down in page:
        end = _squeezed(said)
        if len(end) > 3 and title.endswith(end) and end not in table:
            assert down <= begin + 2, f"{title} at {down}"
    for upper, lower in (("Table", "Note"), ("Note", "Source")):
        words = (
            [cell.text for row in shapes[upper].table.rows for cell in row.cells]
            if upper == "Table"
            else [shapes[upper].text_frame.text]
        )
        last = _squeezed(words[-1] or words[-3])[-6:]
        begin = shapes[lower].top.pt
        ends = [down for said, down in page if last and last in _squeezed(said)]
        above = [down for down in ends if down <= begin + 2]
        assert not ends or above, f"{upper} reaches into {lower}: {words[-1]} at {ends}"
