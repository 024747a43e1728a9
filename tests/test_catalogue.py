"""All figures in one table, and the search over whatever has a name."""

import re

import pandas as pd
import pytest

import ftz_data
from ftz_data import language
from ftz_data.package import BUILT_IN, Package
from ftz_data.words import in_words, title


def test_all_figures_stand_in_reading_order_with_their_values():
    figures, observations = ftz_data.load_figures("en"), ftz_data.load_observations()
    for column in ("observation_id", "value", "lower", "upper", "printed"):
        pd.testing.assert_series_equal(figures[column], observations[column])


def test_a_figure_in_plain_text():
    row = ftz_data.load_figures("en").set_index("observation_id").loc["crude_saving_level"]
    assert row.drop(["value", "lower", "upper"]).to_dict() == {
        "title": "Cost saved per oil tanker",
        "words": "2 million yuan per vessel",
        "unit": "yuan per vessel",
        "section": "Customs clearance",
        "system": "Release before inspection of imported crude oil",
        "stage": "Level",
        "period": "not given",
        "area": "Port of Qingdao",
        "place": "institutional innovation, paragraph 2",
        "printed": "200万元",
        "quotable": "To be quoted with its caveat",
        "caveat": BUILT_IN.row("observations", "crude_saving_level").caveat_en,
    }


def test_figures_are_in_one_language_the_current_one_by_default():
    chinese, english = (ftz_data.load_figures(lang) for lang in ("zh", "en"))
    texts = ["title", "section", "stage", "area", "place", "quotable"]
    for column in texts:
        for words in english[column]:
            assert not re.search("[\u3400-\u9fff]", words), f"{column} holds Chinese: {words}"
        assert (english[column] != chinese[column]).all(), f"{column} reads the same in both"
    ftz_data.use_language("zh")
    pd.testing.assert_frame_equal(ftz_data.load_figures(), chinese)


def test_every_text_of_a_figure_is_a_text():
    for lang in language.LANGS:
        figures = ftz_data.load_figures(lang)
        texts = figures.drop(columns=["value", "lower", "upper"])
        assert texts.map(lambda cell: isinstance(cell, str)).all(axis=None), "a cell is no text"
        assert (figures["system"] != "").sum() == ftz_data.load_observations()["instrument"].count()


def test_figures_come_from_the_package_that_is_asked(data):
    path = data / "indicators.csv"
    words = path.read_text(encoding="utf-8").replace("Cost saved per oil tanker", "Money kept")
    path.write_text(words, encoding="utf-8")
    figures = ftz_data.load_figures("en", package=Package(data)).set_index("observation_id")
    assert figures.loc["crude_saving_level", "title"] == "Money kept"


def _hits(words):
    return list(ftz_data.find(words)[["table", "key"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("oil", ("instruments", "crude_release")),
        ("OIL crude", ("indicators", "crude_time")),
        ("先放后检", ("instruments", "crude_release")),
        ("原油 周转", ("indicators", "crude_turnover")),
        ("zone_demonstration_role", ("claims", "zone_demonstration_role")),
        ("标准箱", ("glossary", "teu")),
        ("teams that check", ("parameters", "crude_release.teams")),
    ],
)
def test_what_has_a_name_is_found_in_either_language(words, expected):
    assert expected in _hits(words)


def test_a_figure_is_found_by_the_title_of_its_indicator():
    row = BUILT_IN.row("observations", "crude_time_after")
    for lang in language.LANGS:
        assert _hits(title(row, lang))[0] == ("observations", "crude_time_after")


def test_the_best_hit_comes_first():
    hits = _hits("crude_release")
    assert {table for table, key in hits[:2]} == {"instruments", "models"}
    assert all(key == "crude_release" for _, key in hits[:2]), "the very key is not first"
    # Many titles hold the word; the term is just it, though its table comes late.
    hits = _hits("Clearance")
    assert hits[0] == ("glossary", "clearance")
    assert any(table == "instruments" for table, _ in hits[1:])
    found = ftz_data.find("rank")
    whole = [bool(re.search(r"\brank\b", words, re.IGNORECASE)) for words in found["title_en"]]
    keyed = ["rank" in key.split("_") for key in found["key"]]
    ranks = [a or b for a, b in zip(whole, keyed, strict=True)]
    assert ranks == sorted(ranks, reverse=True), "part of a word stands before a whole word"


def test_nothing_found_is_an_empty_table_and_nothing_asked_an_error():
    assert not ftz_data.find("oil").empty
    assert ftz_data.find("oil zeppelin").empty, "one of two words is enough"
    found = ftz_data.find("zeppelin")
    assert found.empty and list(found.columns) == ["table", "key", "title_en", "title_zh"]
    with pytest.raises(ValueError, match="words is ' '; one or more words are allowed"):
        ftz_data.find(" ")


def test_every_figure_of_the_tables_is_said_as_the_search_and_the_table_say_it():
    rows = BUILT_IN.rows("observations")
    figures = ftz_data.load_figures("zh").set_index("observation_id")
    for key, row in rows.items():
        assert figures.loc[key, "words"] == in_words(row, "zh"), key
