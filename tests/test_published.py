"""Published figures: each is told twice, in the table and in the words of its source or note."""

import math

import pandas as pd
from test_numerals import numbers

import ftz_data
from ftz_data.language import label
from ftz_data.package import BUILT_IN

# What has to be said of a figure that is no exact number, in either language.
SAID = {
    "more": {"en": ("over ", "more than "), "zh": ("超", "逾", "余", "以上")},
    "at least": {"en": ("at least ",), "zh": ("至少",)},
    "less": {"en": ("less than ", "several hundred million"), "zh": ("不足", "数亿")},
    "at most": {"en": ("up to ", "<="), "zh": ("最多", "不超过")},
    "range": {"en": (" to ",), "zh": ("至",)},
    "about": {"en": ("about",), "zh": ("约",)},
}
# Quotients of ours, of two numbers that the source prints.
QUOTIENTS = {"crude_hours_per_call": (12_000, 256), "crude_saving_calls_2022": (1e9, 977)}


def published() -> list:
    """Rows of the table as it is now, for a benchmark changes it."""
    rows = list(ftz_data.load_context().itertuples())
    assert len(rows) > 80, "the published figures were not found"
    return rows


def shape(row) -> str:
    """Kind of figure that the bounds make, or the fault of bounds that make none."""
    bounds = (row.lower, row.upper, row.lower_closed, row.upper_closed)
    has = [not pd.isna(each) for each in bounds]
    if has[:2] != has[2:]:
        return "a bound without its end, or an end without its bound"
    lower, upper, low_closed, high_closed = bounds
    if all(has) and low_closed and high_closed:
        if lower == row.value == upper:
            return "exact"
        return "range" if lower < upper and row.value == (lower + upper) / 2 else "no midpoint"
    if has == [True, False, True, False] and lower == row.value:
        return "at least" if low_closed else "more"
    if has == [False, True, False, True] and upper == row.value:
        return "at most" if high_closed else "less"
    return "no kind" if any(has) else "about"


def words(row, lang: str) -> str:
    """Note of a figure, and title and note of its source."""
    source = BUILT_IN.row("sources", row.source)
    texts = (getattr(source, f"title_{lang}"), getattr(source, f"note_{lang}"))
    own = (getattr(row, f"title_{lang}"), getattr(row, f"note_{lang}"))
    return "\n".join(text for text in (*texts, *own) if isinstance(text, str))


def test_bounds_are_of_a_kind_that_the_words_name():
    for row in published():
        kind = shape(row)
        assert kind == "exact" or kind in SAID, f"{row.context_id}: {kind}"
        for lang in ("en", "zh"):
            said = words(row, lang).lower()
            missing = kind in SAID and not any(word in said for word in SAID[kind][lang])
            assert not missing, f"{row.context_id}: nothing says {kind!r} in {lang}"


def test_the_number_stands_in_words_too():
    for row in published():
        wanted = [row.lower, row.upper] if shape(row) == "range" else [row.value]
        for lang in ("en", "zh"):
            told = numbers(words(row, lang), lang)
            if row.context_id in QUOTIENTS:
                whole, parts = QUOTIENTS[row.context_id]
                assert parts in told, (
                    f"{row.context_id}: {parts} stands in no words of it in {lang}"
                )
                told = {round(whole / parts / row.resolution) * row.resolution}
            for number in wanted:
                assert any(math.isclose(abs(number), each) for each in told), (
                    f"{row.context_id}: {number:g} stands in no words of it in {lang}"
                )


def test_only_changes_are_below_zero():
    for row in published():
        assert row.value >= 0 or row.unit == "%", f"{row.context_id}: {row.value}"


def test_the_last_printed_place_is_a_power_of_ten_that_the_number_is_made_of():
    for row in published():
        power = 10.0 ** round(math.log10(row.resolution))
        assert math.isclose(row.resolution, power, rel_tol=1e-12), (
            f"{row.context_id}: {row.resolution}"
        )
        for number in (row.value, row.lower, row.upper):
            steps = 0 if pd.isna(number) or shape(row) == "range" else number / row.resolution
            assert math.isclose(steps, round(steps), rel_tol=1e-9), f"{row.context_id}: {number}"


def test_only_terms_methods_and_legal_bases_rest_on_sources_that_nobody_read():
    """Where these are shown, `source_title` and the cards flag them; elsewhere none may come."""
    unread = {row.source for row in BUILT_IN.rows("sources").values() if row.seen == "memory"}
    flagged = {("glossary", "source"), ("models", "source"), ("instruments", "legal_basis")}
    found = {
        (table, column)
        for table in BUILT_IN.resources
        if table != "sources"
        for row in BUILT_IN.rows(table).values()
        for column, cell in row._asdict().items()
        if isinstance(cell, str) and unread & set(cell.split(";"))
    }
    assert found <= flagged, f"sources from memory, shown without a flag: {found - flagged}"
    assert found, "sources from memory were not found"


def test_a_picture_whose_method_nobody_read_says_so():
    for lang in ("en", "zh"):
        flag = label("seen", "memory", lang)
        said = ftz_data.charts.picture("crude_release").words(lang)
        assert flag in said, f"the source line of crude_release hides it in {lang}"
