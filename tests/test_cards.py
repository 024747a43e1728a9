"""Cards: complete for every key, escaped, and helpful where the key is unknown."""

import pandas as pd
import pytest

import ftz_data
from ftz_data import cards, language

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
        "Area: Qingdao area of the free trade zone",
        "Place in the report: institutional innovation, paragraph 2",
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


def _name(instrument, lang):
    return ftz_data.load_instruments().set_index("instrument").loc[instrument, f"name_{lang}"]


@pytest.mark.parametrize("lang", language.LANGS)
def test_every_key_has_a_card(lang):
    for key in KEYS:
        card = ftz_data.describe(key, lang)
        assert card.title[lang] and len(card.lines[lang]) >= 4, key
        assert "nan" not in repr(card).lower().replace("finan", ""), key
        html = card._repr_html_()
        assert html.count("<div lang=") == 2, key


def test_a_card_names_every_bound_of_its_figure():
    for row in ftz_data.load_observations().itertuples():
        for lang in language.LANGS:
            assert language.in_words(row, lang) in repr(ftz_data.describe(row.observation_id, lang))


def test_everything_in_a_card_is_escaped(monkeypatch):
    payload = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    real = ftz_data.load_observations()
    for column in ("printed", "caveat_en", "caveat_zh"):
        real.loc[0, column] = payload
    monkeypatch.setattr(cards, "_KINDS", ((lambda: real, "observation_id", cards._observation),))
    html = ftz_data.describe(real["observation_id"][0])._repr_html_()
    assert "<script" not in html and "<img" not in html
    assert html.count("&lt;script&gt;") == 4


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(KeyError, match="no observation, indicator or instrument 'crud_turnover'; "
                       "nearest: crude_turnover"):  # fmt: skip
        ftz_data.describe("crud_turnover")


def test_an_unknown_language_is_named():
    with pytest.raises(ValueError, match="lang is 'fr'"):
        ftz_data.describe("crude_turnover", "fr")


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        (pd.NA, "not given", "未注明"),
        ("2024", "2024", "2024年"),
        ("../2025-07-31", "up to 2025-07-31", "截至2025年7月31日"),
        ("P3Y", "3 years in a row, not named", "连续3年，年份未注明"),
        ("P10Y/2025", "the 10 years up to 2025", "截至2025年的10年"),
    ],
)
def test_periods_in_words(code, english, chinese):
    assert (cards.period(code, "en"), cards.period(code, "zh")) == (english, chinese)
