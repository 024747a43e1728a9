"""Numbers, quantities and bounds in words, worked by hand."""

import math
import string
from types import SimpleNamespace

import pytest

from ftz_data import language, load

NAN = math.nan


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "0", "0"),
        (0.5, "0.5", "0.5"),
        (12.75, "12.75", "12.75"),
        (100 / 3, "33.333", "33.333"),
        (2300, "2,300", "2300"),
        (100000, "100,000", "10万"),
        (30870000, "30.87 million", "3087万"),
        (999999.9, "1 million", "100万"),
        (24481000000, "24.481 billion", "244.81亿"),
        (1.25e12, "1.25 trillion", "1.25万亿"),
        (999999999999, "1 trillion", "1万亿"),
        (-30, "−30", "−30"),
    ],
)
def test_numbers(value, english, chinese):
    assert (language.number(value, "en"), language.number(value, "zh")) == (english, chinese)


@pytest.mark.parametrize("value", [NAN, math.inf])
def test_only_finite_numbers_are_shown(value):
    with pytest.raises(ValueError, match="only finite numbers"):
        language.number(value, "en")


@pytest.mark.parametrize(
    ("stage", "value", "low", "high", "low_closed", "high_closed", "unit", "english", "chinese"),
    [
        ("level", 6, 6, 6, True, True, "a", "6 years", "6年"),
        ("level", 1, 1, 1, True, True, "d", "1 day", "1天"),
        ("before", 2.5, 2, 3, True, True, "d", "2 to 3 days", "2至3天"),
        ("level", 5e6, 5e6, NAN, False, None, "CNY", "more than 5 million yuan", "超过500万元"),
        ("share", 80, 80, NAN, True, None, "%", "at least 80%", "至少80%"),
        ("share", 30, NAN, 30, None, False, "%", "less than 30%", "不足30%"),
        ("share", 30, NAN, 30, None, True, "%", "at most 30%", "至多30%"),
        ("share", 30, NAN, NAN, None, None, "%", "about 30%", "约30%"),
        (
            "level", 70, 70, 80, False, False, "{enterprise}",
            "more than 70 and less than 80 firms", "超过70、不足80家企业",
        ),
        # Five digits would write both ends as 15.147 billion.
        (
            "level", 15.1471e9, 15.14702e9, 15.14714e9, False, False, "CNY",
            "more than 15.147 billion and less than 15.1471 billion yuan",
            "超过151.47亿、不足151.471亿元",
        ),
        ("change", 35, 35, 35, True, True, "%", "up by 35%", "增加35%"),
        ("change", -50, NAN, -50, None, True, "%", "down by at least 50%", "减少至少50%"),
        ("change", -60, -60, NAN, False, None, "%", "down by less than 60%", "减少不足60%"),
        ("rank", 4, 4, 4, True, True, "{rank}", "rank 4", "第4名"),
    ],
)  # fmt: skip
def test_bounds_in_words(stage, value, low, high, low_closed, high_closed, unit, english, chinese):
    figure = SimpleNamespace(
        stage=stage, value=value, lower=low, upper=high,
        lower_closed=low_closed, upper_closed=high_closed, unit=unit, per=None,
    )  # fmt: skip
    assert language.in_words(figure, "en") == english
    assert language.in_words(figure, "zh") == chinese


def test_unknown_language_is_named():
    with pytest.raises(ValueError, match="lang is 'fr'; allowed are 'en' and 'zh'"):
        language.use("fr")


def test_the_environment_chooses_the_language(monkeypatch):
    monkeypatch.setattr(language, "_chosen", None)
    monkeypatch.setenv("FTZ_LANG", "zh")
    assert language.current() == "zh"
    monkeypatch.setenv("FTZ_LANG", "")
    assert language.current() == "en"
    monkeypatch.setenv("FTZ_LANG", "de")
    with pytest.raises(ValueError, match="lang is 'de'"):
        language.current()


def test_both_languages_of_a_text_have_the_same_fields():
    for row in load.load_texts().itertuples():
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(each) if name}
            for each in (row.en, row.zh)
        ]
        assert fields[0] == fields[1], row.key
