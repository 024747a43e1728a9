"""Codes of periods, and where a Chinese text names one."""

import calendar
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftz_data.package import BUILT_IN
from ftz_data.periods import DATE, days, exists, first_months, iso_date, named
from ftz_data.words import period

YEARS = st.integers(1900, 2100)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2025年3月服务", ["2025-03"]),
        ("二〇二五年下半年", ["2025-S2"]),
        ("前三季度", ["2026-01/2026-09"]),
        ("前两季度", ["2026-S1"]),
        ("1-3季度", ["2026-01/2026-09"]),
        ("一至二季度", ["2026-S1"]),
        ("第四季度", ["2026-Q4"]),
        ("1—11月", ["2026-01/2026-11"]),
        ("1月至十月", ["2026-01/2026-10"]),
        ("前11个月", ["2026-01/2026-11"]),
        ("1—12月", ["2026"]),
        ("前三个月", ["2026-Q1"]),
        ("7月15日", ["2026-07-15"]),
        ("2024年2月底", ["2024-02-29"]),
        ("年末", ["2026-12-31"]),
        ("全年", ["2026"]),
        # Named, and not to be said in a code.
        ("2025年以来", [None]),
        ("二季度末", [None]),
        ("1月1日起", [None]),
        ("2020年至2025年", [None, "2025"]),
        ("2025年1月至2026年3月", [None, "2026-03"]),
        # No part of a year.
        *(
            (each, [])
            for each in ("上一季度", "每季度", "3—5月", "连续3个月", "112月", "海底", "周末")
        ),
    ],
)
def test_a_text_names_periods(text, codes):
    assert [each.code for each in named(text, "2026")] == codes


def test_a_part_without_a_year_has_no_code():
    [half, whole] = named("上半年比2025年好")
    assert (half.code, half.dated, whole.code, whole.dated) == (None, False, "2025", True)


@given(YEARS, st.integers(1, 12))
def test_the_first_months_end_with_the_last_of_them(year, last):
    code = first_months(year, last)
    begins, ends = days(code)
    assert (begins.year, begins.month, begins.day) == (year, 1, 1)
    assert (ends.year, ends.month, ends.day) == (year, last, calendar.monthrange(year, last)[1])


@given(YEARS, st.sampled_from(["", "-S1", "-S2", "-Q1", "-Q2", "-Q3", "-Q4", "-02", "-12"]))
def test_every_code_is_allowed_by_the_schema_and_has_words(year, part):
    pattern = next(
        each["constraints"]["pattern"]
        for each in BUILT_IN.resources["observations"]["schema"]["fields"]
        if each["name"] == "time_period"
    )
    for code in (f"{year}{part}", f"../{year}{part}", f"{year}-01/{year}{part}"):
        assert re.fullmatch(pattern, code) and exists(code)
        said = period(code, "zh"), period(code, "en")
        assert all(str(year) in each for each in said) and len(set(said)) == 2


@pytest.mark.parametrize(
    "code",
    ["2026-S3", "2026-Q5", "2026-13", "2026-00", "2026-02-30", "June 2026", "2026-09/2026-01"],
)
def test_what_no_calendar_has_does_not_exist(code):
    assert not exists(code)
    with pytest.raises(ValueError):
        days(code)


def test_halves_and_quarters_fill_the_year():
    for parts in (("S1", "S2"), ("Q1", "Q2", "Q3", "Q4")):
        spans = [days(f"2026-{part}") for part in parts]
        assert spans[0][0] == days("2026")[0] and spans[-1][1] == days("2026")[1]
        for (_, before), (after, _) in zip(spans, spans[1:], strict=False):
            assert (after - before).days == 1


def test_a_date_with_its_year_is_iso():
    assert [iso_date(each) for each in DATE.finditer("2025年，2025年3月，2025年3月5日")] == [
        "2025",
        "2025-03",
        "2025-03-05",
    ]
