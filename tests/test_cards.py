"""Cards: complete for every key, escaped, and helpful where the key is unknown."""

import csv

import pandas as pd
import pytest

import ftz_data
from ftz_data import language
from ftz_data.package import Package
from ftz_data.words import in_words, title

KEYS = [
    *ftz_data.load_observations()["observation_id"],
    *ftz_data.load_indicators()["indicator"],
    *ftz_data.load_instruments()["instrument"],
]


def test_a_card_in_english():
    assert repr(ftz_data.describe("cotton_time_change", "en")).splitlines() == [
        "Time to weigh imported cotton",
        "As printed: 节省时间50%以上",
        "In words: down by at least 50%",
        "Unit: %",
        "Role: Change",
        "System: " + _name("cotton_weighing", "en"),
        "Period: not given",
        "Area: Port of Qingdao",
        "Place in the report: institutional innovation, paragraph 2",
        "Quoting: Not to be quoted without a baseline",
        "Caveat: May overlap with the labour saved: the two may be one gain seen twice",
    ]


def test_a_card_in_chinese():
    lines = repr(ftz_data.describe("crude_saving_level", "zh")).splitlines()
    assert lines[:5] == [
        "每艘油轮节省成本",
        "原文数字：200万元",
        "含义：每艘200万元",
        "单位：元（每艘）",
        "性质：数值",
    ]


def test_a_card_of_a_system_says_what_it_rests_on_since_when_and_how_far():
    lines = repr(ftz_data.describe("crude_release", "en")).splitlines()
    assert lines[2].startswith("Legal basis: Notice on the inspection"), lines[2]
    assert lines[3:5] == ["Start: 2020-10-01", "Reach: The country"]
    pool = repr(ftz_data.describe("loan_pool", "zh"))
    assert "起始时间：不晚于2024年7月2日" in pool and "适用范围：片区" in pool
    # The product of a firm has neither.
    assert "Reach" not in repr(ftz_data.describe("spatial_chip", "en"))


def _name(instrument, lang):
    return ftz_data.load_instruments().set_index("instrument").loc[instrument, f"name_{lang}"]


@pytest.mark.parametrize("lang", language.LANGS)
def test_every_key_has_a_card(lang):
    for key in KEYS:
        card = ftz_data.describe(key, lang)
        title, *lines = repr(card).splitlines()
        separator = language.text("separator", lang)
        assert title and len(lines) >= 4, key
        assert all(line.partition(separator)[2] for line in lines), f"{key}: a line is empty"
        assert "nan" not in repr(card).lower().replace("finan", ""), key
        html = card._repr_html_()
        assert html.count("<div lang=") == 2, key


def test_a_card_names_every_bound_of_its_figure():
    for row in ftz_data.load_observations().itertuples():
        for lang in language.LANGS:
            card = repr(ftz_data.describe(row.observation_id, lang))
            assert in_words(row, lang) in card, row.observation_id


def test_a_card_follows_the_current_language_where_none_is_named():
    card = ftz_data.describe("crude_release")
    assert repr(card).startswith("Release before inspection")
    language.use("zh")
    assert repr(card).startswith("先放后检"), "the card was worded before it was shown"


def test_everything_in_a_card_is_escaped(data):
    payload = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    path = data / "observations.csv"
    header, row, rest = path.read_text(encoding="utf-8").split("\n", 2)
    cells = dict(zip(header.split(","), next(csv.reader([row])), strict=True))
    cells |= dict.fromkeys(("printed", "caveat_en", "caveat_zh"), payload)
    path.write_text("\n".join([header, ",".join(cells.values()), rest]), encoding="utf-8")
    html = ftz_data.describe(cells["observation_id"], package=Package(data))._repr_html_()
    assert "<script" not in html and "<img" not in html
    assert html.count("&lt;script&gt;") == 4


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(KeyError, match="no observation, indicator or instrument 'crud_turnover'; "
                       "nearest: crude_turnover"):  # fmt: skip
        ftz_data.describe("crud_turnover")


def test_an_unknown_language_is_named():
    with pytest.raises(ValueError, match="lang is 'xx'"):
        ftz_data.describe("crude_turnover", "xx")


def _line(key, name, lang="en"):
    """What a card says on one of its lines; None where it has no such line."""
    head = language.text(name, lang) + language.text("separator", lang)
    lines = [line for line in repr(ftz_data.describe(key, lang)).splitlines()]
    return next((line.removeprefix(head) for line in lines if line.startswith(head)), None)


@pytest.mark.parametrize("lang", language.LANGS)
def test_a_card_lists_its_own_figures_and_claims_and_no_others(lang):
    observations, claims = ftz_data.load_observations(), ftz_data.load_claims()
    separator, colon = language.text("place_separator", lang), language.text("separator", lang)
    for column in ("indicator", "instrument"):
        for key, rows in observations.groupby(column):
            figures = [title(row, lang) + colon + in_words(row, lang) for row in rows.itertuples()]
            assert _line(key, "card_figures", lang) == separator.join(figures), key
    for key, rows in claims.groupby("instrument"):
        assert _line(key, "card_claims", lang) == separator.join(rows[f"title_{lang}"]), key


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("offshore_share", "0% to 100%"),
        ("crude_turnover", "from −100%"),
        ("rail_financing_time", None),
    ],
)
def test_a_card_says_the_limits_that_arithmetic_sets(key, words):
    assert _line(key, "card_limits") == words


def test_an_upper_limit_alone_is_said_as_one(data):
    path = data / "indicators.csv"
    header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    row = next(row for row in rows if row[0] == "offshore_share")
    row[header.index("minimum")] = ""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    card = ftz_data.describe("offshore_share", "en", package=Package(data))
    assert "Limits set by arithmetic: up to 100%" in repr(card).splitlines()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_card_names_and_links_every_source_beside_the_report(lang):
    sources = ftz_data.load_sources().set_index("source")
    published = ftz_data.load_context()
    seen = set()
    for row in ftz_data.load_instruments().itertuples():
        card = ftz_data.describe(row.instrument, lang)
        listed = [key for key in (row.legal_basis, row.also_source) if not pd.isna(key)]
        keys = set(";".join(listed).split(";")) - {""}
        keys |= set(published.loc[published["instrument"] == row.instrument, "source"])
        for key in keys:
            source = sources.loc[key]
            how = language.label("seen", source["seen"], lang)
            opening = "（" if lang == "zh" else " ("
            flagged = source[f"title_{lang}"] + opening + how
            assert flagged in repr(card), f"{row.instrument} does not say how {key} was seen"
            if not pd.isna(source["url"]):
                link = f'<a href="{source["url"]}">'.replace("&", "&amp;")
                assert link in card._repr_html_(), f"{row.instrument} does not link {key}"
            seen.add(source["seen"])
    assert seen >= {"excerpt", "memory"}, seen


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_card_names_every_reading_of_its_figures(lang):
    readings = ftz_data.load_readings()
    figures = ftz_data.load_observations().set_index("observation_id")
    named = 0
    for reading in readings.itertuples():
        figure = figures.loc[reading.observation]
        keys = [reading.observation, figure["indicator"], figure["instrument"]]
        for key in (key for key in keys if not pd.isna(key)):
            shown = repr(ftz_data.describe(key, lang))
            assumed = getattr(reading, f"assumes_{lang}")
            assert assumed in shown, f"the card of {key} is silent on {reading.reading}"
            named += 1
    assert named > 2 * len(readings), "cards of figures, indicators and systems were not found"
    plain = repr(ftz_data.describe("port_containers_level", lang))
    assert language.text("card_readings", lang) not in plain, "a reading where there is none"
