"""The brief as a PDF, read by the reader that is in Chromium."""

import io
from dataclasses import replace

import pypdf
import pypdfium2
import pytest

import ftz_data
from ftz_data import exporting
from ftz_data.exporting import paper
from ftz_data.exporting.content import gather
from ftz_data.language import LANGS, label, text

# Two systems, of which one has its picture: another takes a second to draw.
WHOLE = gather()
_DRAWN, _PLAIN = (
    next(each for each in WHOLE.systems if each.key == key) for key in ("barter_trade", "loan_pool")
)
PART = replace(WHOLE, systems=[_DRAWN, replace(_PLAIN, picture=None)], whole=False)


@pytest.fixture(scope="module")
def written():
    """Two systems in both languages, written once."""
    return exporting.write(PART, "pdf")


def _pages(payload):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(payload)]


def _squeezed(words):
    return "".join(words.split())


def _held(page, system, lang):
    """A page has a system's figures as the tables have them, what to say of it, and sources."""
    said = _squeezed(page)
    assert said.startswith(_squeezed(system.name[lang])), f"{system.key} does not begin a page"
    assert _squeezed(system.finding[lang]) in said
    shown = 0
    for figure in system.figures:
        words = ftz_data.in_words(figure.row, lang, 4 if figure.basis == "derived" else 5)
        basis = label("basis", figure.basis, lang) + text("separator", lang)
        row = _squeezed(figure.title[lang] + words + basis + figure.source[lang])
        assert row in said or figure.basis != "reported", f"{system.key}: {row} is not in {said}"
        shown += row in said
    left = len(system.figures) - shown
    more = text("export_more", lang, count=left)
    assert (_squeezed(more) in said) == bool(left), f"{system.key}: {left} figures are left out"
    for kind, lines in system.said.items():
        assert _squeezed(label("brief_kind", kind, lang)) in said, kind
        for line in lines:
            assert _squeezed(line[lang]) in said, f"{system.key}: {line[lang]}"
    for source in system.sources:
        assert _squeezed(source.title[lang]) in said, source.key


def _stand_inside(payload):
    """No sign reaches into a margin; the number of the page alone stands in the lower one."""
    for number, page in enumerate(pypdfium2.PdfDocument(payload), start=1):
        words = page.get_textpage()
        for index in range(words.count_chars()):
            letter = words.get_text_range(index, 1)
            left, bottom, right, top = words.get_charbox(index)
            inside = paper.MARGIN - 2 < left and right < paper.WIDE - paper.MARGIN + 2
            assert inside or not letter.strip(), f"page {number}: {letter!r} at {left}, {right}"
            above = bottom > paper.MARGIN - 2 or letter.isdigit()
            assert above or not letter.strip(), f"page {number}: {letter!r} at {bottom}"
            assert letter != "\ufffd", f"page {number} has a sign that cannot be read"


def test_a_page_holds_its_system_as_the_tables_have_it(written):
    pages = _pages(written)
    assert len(pages) == len(LANGS) * (2 + len(PART.systems)), f"{len(pages)} pages"
    for lang in LANGS:
        cover, contents, *systems = [pages.pop(0) for _ in range(2 + len(PART.systems))]
        assert _squeezed(cover).startswith(_squeezed(PART.title[lang]))
        assert _squeezed(contents).startswith(_squeezed(text("export_contents", lang)))
        for page, system in zip(systems, PART.systems, strict=True):
            _held(page, system, lang)
    _stand_inside(written)


def test_a_picture_says_what_it_shows(written):
    read = pypdf.PdfReader(io.BytesIO(written))
    said = {
        each.get_object()["/Alt"]
        for each in read.trailer["/Root"]["/StructTreeRoot"]["/K"][0]["/K"]
        if "/Alt" in each.get_object()
    }
    assert said == {
        system.picture.words(lang)
        for lang in LANGS
        for system in PART.systems
        if system.picture is not None
    }
    assert said, "no picture"


def test_contents_and_bookmarks_lead_to_the_pages(written):
    read = pypdf.PdfReader(io.BytesIO(written))
    systems = len(PART.systems)
    marks = [
        (mark.get_dest().get_index() + 1, mark.get_title())
        for mark in pypdfium2.PdfDocument(written).get_toc()
    ]
    for number, lang in enumerate(LANGS):
        first = number * (2 + systems) + 1
        assert (first, PART.title[lang]) in marks and (
            first + 1,
            text("export_contents", lang),
        ) in marks
        contents = _pages(written)[first]
        goals = [
            read.get_page_number(link.get_object()["/Dest"][0].get_object()) + 1
            for link in read.pages[first]["/Annots"]
        ]
        for page, system in enumerate(PART.systems, start=first + 2):
            assert (page, system.name[lang]) in marks, f"no bookmark leads to {system.key}"
            [line] = [each for each in contents.splitlines() if each.startswith(system.name[lang])]
            assert line.endswith(str(page)), f"{line} does not name page {page}"
            assert page in goals, f"no entry of the contents leads to page {page}"


def test_a_source_leads_to_its_address(written):
    read = pypdf.PdfReader(io.BytesIO(written))
    found = {
        link.get_object()["/A"]["/URI"]
        for page in read.pages
        for link in page.get("/Annots", [])
        if "/A" in link.get_object()
    }
    assert found == {each.url for system in PART.systems for each in system.sources if each.url}
    assert found, "no source has an address"


def test_our_font_is_in_the_file_cut_down_and_nothing_tells_when_it_was_made(written):
    read = pypdf.PdfReader(io.BytesIO(written))
    assert read.trailer["/Root"]["/Lang"] == "en-US"
    assert read.metadata.title == PART.title["en"]
    fonts = {name.get_object()["/BaseFont"]: name.get_object()
             for page in read.pages for name in page["/Resources"]["/Font"].values()}  # fmt: skip
    assert any("NotoSansCJKSC" in name for name in fonts), sorted(fonts)
    for name, font in fonts.items():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        [embedded] = [each for each in descriptor if each.startswith("/FontFile")]
        size = len(descriptor[embedded].get_data())
        assert 0 < size < 400_000, f"{name}: {size} bytes are no subset"
    assert read.metadata.creation_date.year == 1980


def _alone(**changes):
    """A brief of one system in English, without its picture and with other words."""
    system = replace(PART.systems[0], picture=None, **changes)
    return replace(PART, systems=[system], langs=("en",), whole=False)


HOSTILE = [
    "=1+1 <b>&amp;</b> **bold** __x__",
    "a" * 400,
    "b\x00c\td",
    "🚢 ẞ ½ ∑",
    "港" * 300,
    "+\n-\n@",
]


def test_words_stand_as_they_are_and_inside_the_margins():
    lines = [{"en": words, "zh": words} for words in HOSTILE]
    payload = exporting.write(_alone(said={"add": lines}, finding=lines[0]), "pdf")
    said = _squeezed("".join(_pages(payload)))
    for words in HOSTILE:
        # No font has a ship, and a sign that is not printed stands as a space.
        assert _squeezed(words.replace("\x00", " ").replace("🚢", "")) in said, f"{words} is lost"
    _stand_inside(payload)


def test_what_no_page_has_room_for_goes_on_the_next_and_the_contents_know():
    lines = [{"en": f"Line {n} of what must be added", "zh": ""} for n in range(120)]
    long = _alone(said={"add": lines}).systems[0]
    content = replace(PART, systems=[long, replace(PART.systems[1], picture=None)], langs=("en",))
    pages = _pages(exporting.write(content, "pdf"))
    [begins] = [n for n, page in enumerate(pages, 1) if page.startswith(PART.systems[1].name["en"])]
    assert begins > 4, "the long brief takes one page?"
    [line] = [each for each in pages[1].splitlines() if each.startswith(PART.systems[1].name["en"])]
    assert line.endswith(str(begins)), f"{line}: the system begins on page {begins}"
    said = _squeezed("".join(pages))
    for each in lines:
        assert _squeezed(each["en"]) in said, f"{each['en']} is lost"


def test_one_system_has_neither_cover_nor_contents():
    [page] = _pages(exporting.write(_alone(), "pdf"))
    assert page.startswith(PART.systems[0].name["en"])


@pytest.mark.slow
def test_the_whole_report_has_one_page_a_system_and_none_reaches_over():
    payload = exporting.write(WHOLE, "pdf")
    pages = _pages(payload)
    assert len(pages) == len(LANGS) * (2 + len(WHOLE.systems)), f"{len(pages)} pages"
    for lang in LANGS:
        for system in WHOLE.systems:
            name, section = system.name[lang], label("section", system.section, lang)
            head = _squeezed(name + section + system.finding[lang])
            [page] = [each for each in pages if _squeezed(each).startswith(head)]
            _held(page, system, lang)
    _stand_inside(payload)
