"""Tables as HTML: what rows say stands there, escaped, for the eye and for the ear."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from chart_samples import both, said

from ftz_data import language, style, tables, words

NASTY = '"><script>alert(1)</script>'


def soup(table, lang="en"):
    return BeautifulSoup(table.html(lang), "html.parser")


def cells(**more):
    row = {**both("Customs", "口岸通关", "row"), **both("Figure", "数字", "column"), "words": "8"}
    return pd.DataFrame([row | {"basis": "reported", "part": 1.0} | more])


def figures(**more):
    row = {"value": 5e6, "unit": "CNY", "basis": "reported", **both("Saved", "节省")}
    return pd.DataFrame([row | more])


STEPS = pd.DataFrame(
    [
        {"label": "Chip", "step": step, "here": step == "Trial", "basis": "reported",
         "words": "In phase II" if step == "Trial" else None}
        for step in ("Research", "Trial", "Market")
    ]
)  # fmt: skip
EACH = {
    "tiles": lambda: tables.tiles(figures(), said("Few", "几个"), said("A report", "报道")),
    "table": lambda: tables.table(cells(), said("All", "全部"), said("A report", "报道")),
    "counts": lambda: tables.counts(cells(), said("How many", "多少"), said("A report", "报道")),
    "matrix": lambda: tables.matrix(cells(), said("Which", "哪些"), said("A report", "报道")),
    "ladder": lambda: tables.ladder(STEPS, said("How far", "到哪"), said("A report", "报道")),
}


@pytest.mark.parametrize("kind", EACH)
def test_both_languages_stand_in_one_output_with_caption_and_source(kind):
    table = EACH[kind]()
    bundle = table._repr_mimebundle_()
    assert bundle["text/plain"] == table.words("en") == repr(table)
    blocks = BeautifulSoup(bundle["text/html"], "html.parser").find_all("div", lang=True)
    assert [block["lang"] for block in blocks] == list(language.LANGS)
    for block, lang in zip(blocks, language.LANGS, strict=True):
        shown = block.get_text()
        assert table.caption[lang] in shown, f"no caption in {lang}"
        assert table.source[lang] in shown, f"no source in {lang}"
        assert table.words(lang).startswith(table.caption[lang]), "words without a caption"
    assert not BeautifulSoup(bundle["text/html"], "html.parser").find("img"), "a picture of a table"


@pytest.mark.parametrize("kind", ["table", "counts", "matrix"])
def test_a_table_has_a_caption_and_headings_with_a_scope(kind):
    shown = soup(EACH[kind](), "zh")
    assert shown.caption.get_text() == EACH[kind]().caption["zh"]
    assert [head["scope"] for head in shown.find_all("th")] == ["col", "row"]
    assert shown.find("th", scope="row").get_text() == "口岸通关", "the row has no name"
    region = shown.find(role="region")
    assert region["tabindex"] == "0" and region["aria-label"], "a box that scrolls has no name"


@pytest.mark.parametrize("kind", EACH)
def test_whatever_rows_say_is_escaped(kind):
    data = EACH[kind]().data.assign(
        **{name: NASTY for name in ("label", "row", "column", "step", "words", "place", "printed")}
    )
    data = data.drop(columns=[name for name in data if name.endswith(("_en", "_zh"))])
    if kind == "ladder":
        data = data.head(1).assign(here=True)
    table = tables.Table(kind, data, NASTY, NASTY, NASTY)
    html = table._repr_mimebundle_()["text/html"]
    assert "<script" not in html, "markup of the rows is markup of the page"
    assert "&lt;script" in html, "what the rows say is lost"


@pytest.mark.parametrize(
    ("bounds", "closed", "arrows", "said_"),
    [
        ({"lower": 5e6, "upper": 5e6, "lower_closed": True, "upper_closed": True}, ["true"], [],
         "5 million yuan"),
        ({"lower": 5e6, "lower_closed": False}, ["false"], ["none-above"],
         "more than 5 million yuan"),
        ({"upper": 5e6, "upper_closed": True}, ["true"], ["none-below"],
         "at most 5 million yuan"),
        ({"lower": 4e6, "upper": 6e6, "lower_closed": False, "upper_closed": True},
         ["false", "true"], [], "more than 4 million and at most 6 million yuan"),
        ({}, [], [], "about 5 million yuan"),
    ],
)  # fmt: skip
def test_the_glyph_of_a_tile_draws_the_bounds_that_its_words_say(bounds, closed, arrows, said_):
    shown = soup(tables.tiles(figures(**bounds), "Few"))
    assert shown.strong.get_text() == said_
    assert [each["data-closed"] for each in shown.find_all("circle")] == closed, "ends"
    assert [each["data-end"] for each in shown.find_all("path") if each.get("data-end")] == arrows
    for circle in shown.find_all("circle"):
        assert (circle["fill"] != "none") == (circle["data-closed"] == "true"), "hollow or not"


def test_a_tile_says_basis_place_and_printed_wording_and_leads_to_its_place():
    row = {"place": "paragraph 5", "printed": "超500万元", "href": "04.html?a=1&b=2"}
    shown = soup(tables.tiles(figures(**row), "Few"))
    assert shown.q.get_text() == "超500万元" and shown.q["lang"] == "zh"
    assert shown.a["href"] == "04.html?a=1&b=2" and shown.a.get_text() == "Saved"
    assert "Reported, paragraph 5" in shown.small.get_text()
    assert shown.small.span["aria-hidden"] == "true", "the sign is read aloud beside its word"


def test_a_basis_is_said_once_in_the_heading_or_in_each_cell():
    same = soup(tables.table(cells(), "All"))
    assert same.thead.find(class_="reported") and not same.tbody.find(class_="mark")
    mixed = pd.concat([cells(row_en="Trade"), cells(basis="published")])
    shown = soup(tables.table(mixed, "All"))
    assert not shown.thead.find(class_="mark"), "a heading says what holds for one cell"
    marks = [each["class"][1] for each in shown.tbody.find_all(class_="mark")]
    assert marks == ["reported", "published"]
    heard = [each.get_text() for each in shown.tbody.find_all(class_="unseen")]
    assert heard == ["Reported", "Published elsewhere"], "the ear is not told the basis"


def test_counts_are_as_dark_as_their_part_and_a_dot_stands_for_none():
    more = cells(part=0.5, words="4", row_en="Trade", column_en="Claim")
    shown = soup(tables.counts(pd.concat([cells(), more]), "How many"))
    texts = [[cell.get_text() for cell in row.find_all("td")] for row in shown.tbody.find_all("tr")]
    assert texts == [["8", "·"], ["·", "4"]]
    parts = [cell.get("style") for cell in shown.tbody.find_all("td")]
    assert parts == ["--part:1.00", None, None, "--part:0.50"]


def test_a_ladder_marks_the_reported_stage_and_those_before_it():
    shown = soup(EACH["ladder"]())
    steps = shown.find_all("li")
    assert [step["class"][0] for step in steps] == ["passed", "here", "later"]
    assert [step.get("aria-current") for step in steps] == [None, "step", None]
    assert steps[1].small.get_text() == "In phase II"
    assert steps[2].find(class_="unseen").get_text() == "(not reported)", "colour alone says it"


def test_a_chosen_row_is_marked():
    shown = soup(tables.table(pd.concat([cells(strong=True), cells(row_en="B")]), "All"))
    assert [row.get("class") for row in shown.tbody.find_all("tr")] == [["strong"], None]


def test_the_signs_are_those_of_pictures():
    assert list(tables.MARKS) == list(style.LOOKS), "another order or another basis"
    for basis, look in style.LOOKS.items():
        rule = re.search(rf"\.ftz-tables \.{basis} {{color:[^}}]*(#\w+)", tables.stylesheet())
        assert rule, f"no colour for {basis}"
        if basis != "assumed":
            assert rule[1] == look.color, f"{basis} has another colour in tables"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: tables.table(cells().head(0), "x"), ValueError, "table: the table has no row"),
        (lambda: tables.table(cells().drop(columns="words"), "x"), ValueError,
         "table, row 0: 'words' is missing"),
        (lambda: tables.tiles(figures(basis="reporte"), "x"), KeyError, "nearest: reported"),
        (lambda: tables.ladder(STEPS.assign(here=True), "x"), ValueError,
         "'Chip' stands at 3 stages"),
        (lambda: EACH["table"]().html("fr"), ValueError, "lang is 'fr'"),
    ],
)  # fmt: skip
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=re.escape(message)):
        call()


def test_a_figure_is_worded_as_everywhere():
    row = figures(lower=5e6, lower_closed=False, upper=float("nan"), upper_closed=None)
    figure = next(row.itertuples())
    for lang in language.LANGS:
        assert soup(tables.tiles(row, "x"), lang).strong.get_text() == words.in_words(figure, lang)
