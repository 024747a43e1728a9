"""Numbers, quantities, bounds and periods in words, worked by hand."""

import itertools
import math
import re
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ftz_data.language import label
from ftz_data.package import BUILT_IN
from ftz_data.wording import Figure, find_figures, parse_figure
from ftz_data.words import (
    denominator_name,
    in_words,
    number,
    period,
    place,
    quantity,
    source_title,
    system,
    title,
    unit,
    unit_name,
)

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
        (0.000012345678, "0.000012346", "0.000012346"),
        (4.2e-15, "0.0000000000000042", "0.0000000000000042"),
    ],
)
def test_numbers(value, english, chinese):
    assert (number(value, "en"), number(value, "zh")) == (english, chinese)


@pytest.mark.parametrize("value", [NAN, math.inf])
def test_only_finite_numbers_are_shown(value):
    with pytest.raises(ValueError, match="only finite numbers"):
        number(value, "en")


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
            "more than 15.147 billion and less than 15.148 billion yuan",
            "超过151.47亿、不足151.48亿元",
        ),
        ("change", 35, 35, 35, True, True, "%", "up by 35%", "提高35%"),
        ("change", -50, NAN, -50, None, True, "%", "down by at least 50%", "至少减少50%"),
        ("change", -60, -60, NAN, False, None, "%", "down by less than 60%", "减少不足60%"),
        ("change", 50, 50, NAN, True, None, "%", "up by at least 50%", "至少提高50%"),
        ("change", 50, NAN, 50, None, True, "%", "up by at most 50%", "至多提高50%"),
        ("change", -50, -50, NAN, True, None, "%", "down by at most 50%", "至多减少50%"),
        ("rank", 4, 4, 4, True, True, "{rank}", "rank 4", "第4名"),
    ],
)  # fmt: skip
def test_bounds_in_words(stage, value, low, high, low_closed, high_closed, unit, english, chinese):
    figure = SimpleNamespace(
        stage=stage, value=value, lower=low, upper=high,
        lower_closed=low_closed, upper_closed=high_closed, unit=unit, per=None,
    )  # fmt: skip
    assert in_words(figure, "en") == english
    assert in_words(figure, "zh") == chinese


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        (pd.NA, "not given", "未注明"),
        ("2024", "2024", "2024年"),
        ("../2025-07-31", "up to 2025-07-31", "截至2025年7月31日"),
        ("P3Y", "3 years in a row, not named", "连续3年，年份未注明"),
        ("P10Y/2025", "the 10 years up to 2025", "截至2025年的10年"),
        ("2026-S1", "H1 2026", "2026年上半年"),
        ("../2026-Q3", "up to Q3 2026", "截至2026年第三季度"),
        ("2026-01/2026-09", "2026-01 to 2026-09", "2026年1月至9月"),
        ("2025-10/2026-03", "2025-10 to 2026-03", "2025年10月至2026年3月"),
    ],
)
def test_periods_in_words(code, english, chinese):
    assert (period(code, "en"), period(code, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("locator", "english", "chinese"),
    [
        ("lead", "opening", "开篇"),
        ("digital.4", "digital services, paragraph 4", "数字化服务第4段"),
    ],
)
def test_places_in_words(locator, english, chinese):
    assert (place(locator, "en"), place(locator, "zh")) == (english, chinese)


def test_before_and_after_are_told_apart_in_a_title():
    rows = BUILT_IN.rows("observations")
    base = BUILT_IN.row("indicators", "crude_time")
    assert title(rows["crude_time_before"], "en") == f"{base.title_en}: before"
    assert title(rows["crude_time_after"], "en") == f"{base.title_en}: after"
    assert title(rows["crude_time_after"], "zh") == f"{base.title_zh}：之后"
    plain = rows["crude_turnover_change"]
    assert title(plain, "en") == BUILT_IN.row("indicators", plain.indicator).title_en


def test_unit_and_system_of_a_figure():
    rows = BUILT_IN.rows("observations")
    assert unit(rows["crude_time_before"], "zh") == "天"
    assert unit(rows["crude_saving_level"], "zh") == "元（每艘）"
    assert system(rows["crude_saving_level"], "zh") == "先放后检"
    assert system(rows["zone_age_level"], "en") == "", "the age of the zone is of no system"


@pytest.mark.parametrize(
    ("printed", "english", "chinese"),
    [
        # Nearly is close to the bound; "less than" would stress the shortfall.
        ("近30%", "nearly 30% (below 30%)", "近30%（低于30%）"),
        ("接近200万元", "nearly 2 million yuan (below 2 million yuan)",
         "接近200万元（低于200万元）"),
        ("不足30%", "less than 30%", "不足30%"),
        # A fraction is no percentage to three digits.
        ("约三分之一", "about one third", "约三分之一"),
        ("超过三分之二", "more than two thirds", "超过三分之二"),
        ("近三分之一", "nearly one third (below one third)", "近三分之一（低于三分之一）"),
        ("约33.3%", "about 33.3%", "约33.3%"),
        ("约十七分之三", "about 17.6%", "约17.6%"),
    ],
)  # fmt: skip
def test_what_is_nearly_or_a_fraction_stays_so(printed, english, chinese):
    figure = parse_figure(printed)
    assert in_words(figure, "en") == english, printed
    assert in_words(figure, "zh") == chinese, printed


def test_every_fraction_has_the_words_of_its_key():
    names = {code for name, code in BUILT_IN.rows("codes") if name == "fraction"}
    assert names, "no fraction has words"
    for name in names:
        part, whole = (int(each) for each in name.split("/"))
        words = label("fraction", name, "zh")
        assert parse_figure(words).value == pytest.approx(100 * part / whole), name


UNITS = list(BUILT_IN.rows("units").values())
READ = [row for row in UNITS if not pd.isna(row.measure_words)]
DENOMINATORS = [row for row in UNITS if not pd.isna(row.per)]
CHINESE = re.compile("[\u3400-\u9fff]")


def said(figure):
    """A figure in both languages, neither of which may hold the other or a field left open."""
    english, chinese = in_words(figure, "en"), in_words(figure, "zh")
    assert not CHINESE.search(english), f"{figure}: {english}"
    for words in (english, chinese):
        assert words and "{" not in words and "nan" not in words, f"{figure}: {words}"
        number_ = re.search(r"\d|third|half|quarter|分之", words)
        assert number_, f"{figure}: {words} says no number"
    return english, chinese


@pytest.mark.parametrize("row", UNITS, ids=lambda row: row.unit)
def test_every_unit_is_said_with_every_denominator(row):
    for value, per in itertools.product((1.0, 2.5), [None, *(each.per for each in DENOMINATORS)]):
        figure = Figure("", value, value, value, True, True, None, 1, row.unit, per)
        english, chinese = said(figure)
        if per:
            assert english.endswith(denominator_name(per, "en")), english
            assert chinese.startswith(denominator_name(per, "zh")), chinese


def test_one_has_a_word_of_its_own():
    assert quantity(1, "{vessel}", "en") == "1 vessel"
    assert quantity(2, "{vessel}", "en") == "2 vessels"
    assert quantity(-1, "d", "en") == "−1 day"
    assert quantity(1, "{vessel}", "zh") == "1艘"
    assert quantity(1, "[TEU]", "en") == "1 TEU", "where one reads like many, nothing is entered"


@pytest.mark.parametrize(
    ("printed", "english", "chinese"),
    [
        ("第3位", "rank 3", "第3名"),
        ("前移3位", "3 ranks", "3位"),
        ("下降2位", "−2 ranks", "−2位"),
    ],
)
def test_a_move_in_a_ranking_is_no_place_in_it(printed, english, chinese):
    figure = parse_figure(printed)
    assert (in_words(figure, "en"), in_words(figure, "zh")) == (english, chinese)


def test_a_unit_on_an_axis():
    assert (unit_name("d", "en"), unit_name("d", "zh")) == ("days", "天")
    assert (unit_name("{rank}", "en"), unit_name("CNY/t", "zh")) == ("rank", "元/吨")
    assert unit_name("1", "en") == ""


def test_a_unit_without_words_is_named_with_the_table_to_add_it_to():
    with pytest.raises(
        KeyError, match="no unit 'kWh'; nearest: kW.h.*; each is a row of units.csv"
    ):
        quantity(1, "kWh", "en")
    with pytest.raises(KeyError, match="no denominator 'vessels'; nearest: vessel; .*units.csv"):
        denominator_name("vessels", "en")


# Words that set bounds, and numerals, as a text may print them; the measure words are the table's.
BEFORE = ["", "超", "近", "接近", "约", "至少", "不足", "至多", "突破", "节省", "增长"]
AFTER = ["", "以上", "以下", "左右"]
NUMERALS = ["1", "35", "2.5", "2—3", "70余", "1400多", "70余万", "244.81亿", "三十", "两三", "半"]


@st.composite
def printed_figures(draw):
    row = draw(st.sampled_from(READ))
    # Three characters stand for the few words that may come before a noun.
    pattern = row.measure_words.replace("…", "[新型优]{0,2}")
    measure = draw(st.from_regex(pattern, fullmatch=True))
    per = draw(st.sampled_from(["", *(w for each in DENOMINATORS for w in _per_words(each))]))
    lead = f"每{per}" if per else ""
    before, after = draw(st.sampled_from(BEFORE)), draw(st.sampled_from(AFTER))
    if draw(st.booleans()):
        return before + draw(st.sampled_from(["三分之一", "1/3", "一半", "第4名", "翻番"])) + after
    return f"{lead}{before}{draw(st.sampled_from(NUMERALS))}{measure}{after}"


def _per_words(row):
    return [] if pd.isna(row.per_words) else row.per_words.split("|")


@given(printed_figures())
def test_whatever_can_be_read_can_be_said(printed):
    try:
        figure = parse_figure(printed)
    except ValueError:
        assume(False)
    said(figure)


@pytest.mark.parametrize(
    ("word", "per"), [(word, row.per) for row in DENOMINATORS for word in _per_words(row)]
)
def test_every_word_of_a_denominator_is_read_as_it(word, per):
    assert parse_figure(f"超200万元/{word}").per == per
    ((_, _, figure),) = find_figures(f"每{word}节省200万元")
    assert figure.per == per


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_source_that_nobody_read_says_so(lang):
    flag = {"en": " (From memory, not verified)", "zh": "（凭记忆引用，未核实）"}[lang]
    kinds = set()
    for row in BUILT_IN.rows("sources").values():
        said = source_title(row.source, lang)
        assert said.startswith(getattr(row, f"title_{lang}")), row.source
        assert said.endswith(flag) == (row.seen == "memory"), f"{row.source}: {said}"
        kinds.add(row.seen)
    assert kinds == {"read", "excerpt", "memory"}
