"""Briefs, slides and the page: what stands in them, and templates of one's own."""

import io
import re
import shutil
from dataclasses import replace

import docx
import noto_cjk_sans_otc
import openpyxl
import pptx
import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTCollection

import ftz_data
from conftest import ROOT
from ftz_data import exporting
from ftz_data.__main__ import main
from ftz_data.exporting.content import gather
from ftz_data.exporting.pages import page
from ftz_data.language import LANGS, label
from ftz_data.package import BUILT_IN, Package
from ftz_data.words import title

# A section of three systems, which is quick to draw.
PART = "customs"
CONTENT = gather(PART)
# Each page of it: the language, and the system.
PAGES = [(lang, system) for lang in LANGS for system in CONTENT.systems]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The section in a format, written once."""
    folder, paths = tmp_path_factory.mktemp("export"), {}

    def write(form):
        if form not in paths:
            paths[form] = ftz_data.export(folder / f"part.{form}", PART)
        return paths[form]

    return write


def _basis(figure, lang, alone):
    """What stands beside a figure; one of the report that no brief speaks of says what is open."""
    told = [
        label("basis", figure.basis, lang)
        + ftz_data.language.text("separator", lang)
        + figure.source[lang]
    ]
    if alone and figure.basis == "reported":
        row = figure.row
        dated = figure.period[lang] if isinstance(row.time_period, str) else ""
        caveat = getattr(row, f"caveat_{lang}")
        own = [dated, label("quotable", row.quotable, lang), caveat]
        told += [each for each in own if isinstance(each, str) and each]
    return ftz_data.language.text("place_separator", lang).join(told)


def held_against_figures(rows, system, lang, whole):
    """Rows of a document are figures of the system, worded as the tables word them."""
    expected = [
        [
            figure.title[lang],
            ftz_data.in_words(figure.row, lang, 4 if figure.basis == "derived" else 5),
            _basis(figure, lang, alone=not system.said),
        ]
        for figure in system.figures
    ]
    head, *rows = rows
    if len(rows) < len(expected):
        assert not whole, f"{system.key}: {len(rows)} of {len(expected)} figures"
        *rows, [more, *empty] = rows
        count = str(len(expected) - len(rows))
        assert count in more and not any(empty), f"{system.key}: what is left out is not counted"
    assert rows == expected[: len(rows)], f"{system.key}: rows are not those of the tables"
    reported = sum(figure.basis == "reported" for figure in system.figures)
    assert len(rows) >= reported, f"{system.key}: a figure of the report is left out"


def drawn(system, lang):
    """Words of the first picture of a system."""
    pictures = ftz_data.charts.load_pictures()
    first = pictures.loc[pictures["instrument"] == system, "picture"].iloc[0]
    return ftz_data.charts.picture(first).words(lang)


def rows_of(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_slide_has_finding_table_picture_sources_and_story(written):
    show = pptx.Presentation(written("pptx"))
    assert show.slide_width / show.slide_height == pytest.approx(16 / 9, rel=1e-3)
    slides = [each for each in show.slides if each.slide_layout.name == "System"]
    assert len(slides) == len(PAGES) and len(show.slides) == len(PAGES) + len(LANGS)
    for slide, (lang, system) in zip(slides, PAGES, strict=True):
        assert slide.shapes.title.text == system.finding[lang]
        [table] = [shape.table for shape in slide.shapes if shape.has_table]
        held_against_figures(rows_of(table), system, lang, whole=False)
        [picture] = [shape for shape in slide.shapes if shape.name == "Picture"]
        alt = picture._element.nvPicPr.cNvPr.get("descr")
        assert alt == drawn(system.key, lang), system.key
        for shape in slide.placeholders:
            assert shape.text_frame.text, f"{system.key}: {shape.name} is empty"
        notes = slide.notes_slide.notes_text_frame.text
        for lines in system.said.values():
            for line in lines:
                assert line[lang] in notes, f"{system.key}: {line[lang]} is not in the notes"
        for source in system.sources:
            assert source.title[lang] in notes and source.url in notes, source.key


def _whole(package, lang):
    """The slides of a whole report, with one system and without its picture, for speed."""
    content = gather(None, lang, package)
    content = replace(content, systems=[replace(content.systems[0], picture=None)])
    return pptx.Presentation(io.BytesIO(exporting.write(content, "pptx")))


def _charts(show):
    return [shape for slide in show.slides for shape in slide.shapes if shape.has_chart]


@pytest.mark.parametrize("lang", LANGS)
def test_the_changes_of_a_report_are_a_chart_that_can_be_changed(lang):
    [shape] = _charts(_whole(BUILT_IN, lang))
    rows = ftz_data.load_observations()
    rows = rows[(rows["stage"] == "change") & (rows["unit"] == "%")].sort_values("value")
    separator = ftz_data.language.text("separator", lang)
    wanted = {
        title(row, lang) + separator + ftz_data.in_words(row, lang): row.value
        for row in rows.itertuples(index=False)
    }
    [series] = shape.chart.plots[0].series
    labels = list(shape.chart.plots[0].categories)
    drawn = dict(zip(labels, series.values, strict=True))
    basis = label("basis", "reported", lang)
    for words, value in wanted.items():
        [own] = [each for each in labels if each.startswith(words)]
        assert drawn[own] == value and basis in own[len(words) :]
    assert len(drawn) == len(wanted)
    # What PowerPoint opens when the chart is changed holds the same.
    book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
    [_, *cells] = [tuple(cell.value for cell in row) for row in book.active.iter_rows()]
    assert cells == list(drawn.items())
    described = shape._element.nvGraphicFramePr.cNvPr.get("descr")
    assert described == ftz_data.charts.percentages("change").words(lang)


def test_a_report_without_changes_and_a_part_have_no_such_chart(tmp_path, written):
    assert _charts(pptx.Presentation(written("pptx"))) == []
    (tmp_path / "a.txt").write_text("2026年，货物吞吐量3亿吨。", encoding="utf-8")
    report = ftz_data.open_report(ftz_data.draft(tmp_path / "a.txt", tmp_path / "a"))
    assert _charts(_whole(report.package, "zh")) == []


def test_a_changed_change_changes_the_chart(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(BUILT_IN.path, data)
    path = data / "observations.csv"
    table = path.read_text(encoding="utf-8")
    old = "change,port,,35,35,35,"
    assert table.count(old) == 1, "the row is written otherwise"
    path.write_text(table.replace(old, "change,port,,36,36,36,"), encoding="utf-8")
    ours, theirs = (
        max(list(_charts(_whole(each, "en"))[0].chart.plots[0].series[0].values)[1:])
        for each in (BUILT_IN, Package(data))
    )
    assert (ours, theirs) == (35, 36)


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """Another report, drafted and not decided: 30 figures and no system."""
    folder = tmp_path_factory.mktemp("other")
    text = "。".join(
        f"2026年，第{number}项业务额{number}亿元，同比增长{number}%" for number in range(1, 16)
    )
    (folder / "a.txt").write_text(f"海湾新区2026年公报\n\n{text}。", encoding="utf-8")
    return ftz_data.open_report(ftz_data.draft(folder / "a.txt", folder / "a"))


@pytest.mark.parametrize("lang", LANGS)
def test_another_report_goes_by_its_own_name_and_says_when(other, lang):
    content = gather(None, lang, other.package)
    assert content.title[lang] == "海湾新区2026年公报"
    shown = page(content.systems[0], lang, content)
    assert len(shown.rows) == 30
    own = "海湾新区2026年公报, 2026" if lang == "en" else "《海湾新区2026年公报》（2026年）"
    for row in shown.rows:
        assert own in row[2] and "2025" not in row[2]
    period = ftz_data.words.period("2026", lang)
    assert all(f"{period}" in row[2].rpartition(own)[2] for row in shown.rows)
    caveat = "Compared with" if lang == "en" else "与上年同期相比"
    assert [caveat in row[2] for row in shown.rows] == [False, True] * 15


def test_figures_without_a_picture_go_on_over_as_many_slides_as_they_need(other):
    show = pptx.Presentation(io.BytesIO(exporting.write(gather(None, "en", other.package), "pptx")))
    tables = [shape for slide in show.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) > 1
    listed = [row.cells[1].text for shape in tables for row in list(shape.table.rows)[1:]]
    assert listed == [each.words["en"] for each in gather(None, "en", other.package).figures]
    for shape in tables:
        assert shape.top + sum(row.height for row in shape.table.rows) < show.slide_height


def test_a_system_without_a_brief_leaves_no_empty_field_on_its_slide(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(BUILT_IN.path, data)
    briefs = (data / "briefs.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in briefs if not line.startswith("loan_pool_")]
    assert len(kept) < len(briefs)
    (data / "briefs.csv").write_text("".join(kept), encoding="utf-8")
    path = ftz_data.export(tmp_path / "a.pptx", "loan_pool", lang="en", package=Package(data))
    [slide] = [s for s in pptx.Presentation(path).slides if s.slide_layout.name == "System"]
    empty = [place.name for place in slide.placeholders if not place.text_frame.text]
    assert not empty, f"fields that stay empty: {empty}"


def test_a_slide_names_the_fonts_that_office_has_and_the_language(written):
    show = pptx.Presentation(written("pptx"))
    theme = next(
        part.blob.decode() for part in show.part.package.iter_parts()
        if part.partname.endswith("theme1.xml")
    )  # fmt: skip
    assert (
        '<a:ea typeface="Microsoft YaHei"/>' in theme and '<a:latin typeface="Calibri"/>' in theme
    )
    for slide in show.slides:
        xml = slide.shapes._spTree.xml
        assert set(re.findall(r'lang="([^"]*)"', xml)) <= {"en-US", "zh-CN"}
        assert "lang=" in xml, "no language is named"


def test_a_brief_has_all_its_parts(written):
    document = docx.Document(written("docx"))
    assert len(document.tables) == len(PAGES)
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for table, (lang, system) in zip(document.tables, PAGES, strict=True):
        held_against_figures(rows_of(table), system, lang, whole=False)
        for kind, lines in system.said.items():
            assert label("brief_kind", kind, lang) in words, kind
            for line in lines:
                assert line[lang] in words, f"{system.key}: {line[lang]}"
    pictures = document.element.xpath("//wp:docPr/@descr")
    assert pictures == [drawn(system.key, lang) for lang, system in PAGES]
    links = {each.target_ref for each in document.part.rels.values() if each.is_external}
    assert links == {source.url for _, system in PAGES for source in system.sources if source.url}


def test_contents_of_a_brief_name_every_page(written):
    document = docx.Document(written("docx"))
    fields = document.element.xpath("//w:fldSimple/@w:instr")
    marks = document.element.xpath("//w:bookmarkStart/@w:name")
    assert [each.split()[1] for each in fields if each.startswith("PAGEREF")] == marks
    shown = document.element.xpath("//w:fldSimple[starts-with(@w:instr, 'PAGEREF')]//w:t/text()")
    # A cover and the contents come before the systems of each language.
    systems = len(PAGES) // len(LANGS)
    pages = [block * (2 + systems) + 3 + n for block in range(len(LANGS)) for n in range(systems)]
    assert [int(each) for each in shown] == pages, "the contents name other pages"


def test_one_system_has_neither_cover_nor_contents(tmp_path):
    path = ftz_data.export(tmp_path / "one.docx", "loan_pool", lang="zh")
    document = docx.Document(path)
    assert not document.element.xpath("//w:fldSimple[starts-with(@w:instr, 'PAGEREF')]")
    assert document.paragraphs[0].text == BUILT_IN.row("instruments", "loan_pool").name_zh


def test_the_page_holds_all_and_asks_nobody(written):
    page = BeautifulSoup(written("html").read_text(encoding="utf-8"), "html.parser")
    articles = page.find_all("article")
    assert len(articles) == len(PAGES)
    for article, (lang, system) in zip(articles, PAGES, strict=True):
        rows = [
            [cell.text for cell in row.find_all(["th", "td"])] for row in article.find_all("tr")
        ]
        held_against_figures(rows, system, lang, whole=True)
        assert article.img["alt"] == drawn(system.key, lang)
        for lines in system.said.values():
            for line in lines:
                assert line[lang] in article.text, f"{system.key}: {line[lang]}"
    for tag in page.find_all(["script", "img", "link", "iframe"]):
        asked = tag.get("src", "") + tag.get("href", "")
        assert not asked or asked.startswith("data:"), f"{tag.name} asks {asked}"


def test_a_page_in_one_language_has_no_switch(tmp_path):
    path = ftz_data.export(tmp_path / "one.html", "loan_pool", lang="zh")
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert not page.find_all("button") and page.html["lang"] == "zh"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["docx", "pdf", "pptx", "html"])
def test_two_runs_give_the_same_bytes(form, written, tmp_path):
    again = ftz_data.export(tmp_path / f"again.{form}", PART)
    assert written(form).read_bytes() == again.read_bytes(), f"two {form} of one report differ"


def test_an_exported_presentation_is_a_template(written, tmp_path):
    mine = pptx.Presentation(written("pptx"))
    mine.slide_layouts.get_by_name("System").placeholders[0].top = 12345
    mine.save(tmp_path / "mine.pptx")
    path = ftz_data.export(
        tmp_path / "out.pptx", "loan_pool", lang="en", template=tmp_path / "mine.pptx"
    )
    show = pptx.Presentation(path)
    assert len(show.slides) == 2, "slides of the template are left"
    tops = [each.top for each in show.slide_layouts.get_by_name("System").placeholders]
    assert 12345 in tops, "the layouts are not those of the template"


def _letter(path, without=""):
    """A document of an office, with a paragraph for the brief between two of its own."""
    document = docx.Document()
    document.add_paragraph("Our office")
    document.add_paragraph("{{brief}}")
    document.add_paragraph("Our address")
    if without:
        document.styles.element.remove(document.styles[without].element)
    document.save(path)
    return path


def test_a_brief_stands_where_the_template_has_its_place(tmp_path):
    template = _letter(tmp_path / "mine.docx")
    path = ftz_data.export(tmp_path / "out.docx", "loan_pool", lang="en", template=template)
    words = [paragraph.text for paragraph in docx.Document(path).paragraphs]
    assert words[0] == "Our office" and words[1] == "Loan support pool"
    assert words[-1] == "Our address" and "{{brief}}" not in words


def _without_layout(path):
    show = pptx.Presentation()
    show.save(path)
    return path


def _without_placeholder(path):
    show = pptx.Presentation(io.BytesIO(exporting.write(gather("bg136", "en"), "pptx")))
    layout = show.slide_layouts.get_by_name("System")
    [table] = [each for each in layout.placeholders if each.name == "Table"]
    table._element.getparent().remove(table._element)
    show.save(path)
    return path


def _without_place(path):
    docx.Document().save(path)
    return path


def _no_archive(path):
    return shutil.copy(ROOT / "README.md", path)


def _absent(path):
    return path


TEMPLATES = {
    "no layout": ("pptx", _without_layout, "has no layout 'Cover'"),
    "no placeholder": ("pptx", _without_placeholder, "'System' lacks the placeholder 'Table'"),
    "no presentation": ("pptx", _no_archive, "not a presentation"),
    "no file": ("pptx", _absent, "no such file"),
    "no place": ("docx", _without_place, "has no paragraph {{brief}}"),
    "no style": (
        "docx",
        lambda path: _letter(path, "List Bullet"),
        "lacks the style 'List Bullet'",
    ),
    "no document": ("docx", _no_archive, "not a document"),
    "no file for a brief": ("docx", _absent, "no such file"),
    "no template": ("csv", _absent, "csv takes no template; docx and pptx do"),
}


@pytest.mark.parametrize("form, make, says", TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_that_will_not_do_is_one_line(form, make, says, tmp_path, capsys):
    template, path = make(tmp_path / f"mine.{form}"), tmp_path / f"out.{form}"
    arguments = ["--system", "bg136", "--template", str(template), "-o", str(path)]
    assert main(["export", *arguments]) == 2
    said = capsys.readouterr().err
    assert says in said and said.count("\n") == 1, said
    assert not list(tmp_path.glob("*out*")), "a part of a file is left behind"


def test_every_sign_is_one_that_the_fonts_have():
    # The Chinese font of the charts stands for those of Office, which are not to be had here.
    with TTCollection(noto_cjk_sans_otc.FONT_PATH) as fonts:
        known = set(fonts[2].getBestCmap())
    shown = gather()
    for lang in LANGS:
        for system in shown.systems:
            words = str(page(system, lang, shown))
            lacking = {letter for letter in words if ord(letter) not in known}
            assert not lacking, f"{system.key}: no font has {sorted(lacking)}"
