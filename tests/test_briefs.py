"""What may be said of each system, and the rule of what may be quoted."""

import re

import pandas as pd
import pytest

import ftz_data
from ftz_data import briefs
from ftz_data.expressions import names
from ftz_data.language import LANGS, cell
from ftz_data.package import BUILT_IN
from ftz_data.words import in_words

ROWS = list(BUILT_IN.rows("briefs").values())
QUESTIONS = [row for row in ROWS if row.kind == "question"]
FIGURES = BUILT_IN.rows("observations")
BRIEFED = sorted({row.instrument for row in ROWS})


def numerals(words):
    return sorted(re.findall(r"\d+", words))


def test_no_system_loses_its_brief():
    # One that is new may stand without.
    assert len(BRIEFED) >= 28, f"briefs.csv has {len(BRIEFED)} systems, of 28 before"


@pytest.mark.parametrize("instrument", BRIEFED)
def test_a_brief_has_each_kind(instrument):
    counts = pd.Series([row.kind for row in ROWS if row.instrument == instrument]).value_counts()
    for kind in ("quote", "add", "avoid", "question"):
        assert counts.get(kind, 0) >= 1, f"{instrument}: nothing of kind {kind}"
    assert counts["request"] == 3, f"{instrument}: {counts['request']} figures to ask for, not 3"


def test_answers_stand_at_questions_alone_and_hold_their_value():
    assert len(QUESTIONS) >= len(BRIEFED)
    for row in ROWS:
        asked = row.kind == "question"
        assert asked == pd.notna(row.answer_en), f"{row.brief}: answer and kind do not fit"
        assert pd.notna(row.expression) == pd.notna(row.unit), f"{row.brief}: no unit, or no value"
        for lang in LANGS if asked else ():
            holds = cell(row, "answer", lang).count("{}")
            assert holds == pd.notna(row.expression), f"{row.brief}: {holds} places for a value"


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row.brief)
def test_every_expression_evaluates_and_is_in_the_answer(row):
    for lang in LANGS:
        said = briefs.answer(row, lang)
        assert said and "{" not in said and "nan" not in said, f"{row.brief}: {said}"
    known = {*FIGURES, *BUILT_IN.rows("context")}
    used = names(row.expression) if pd.notna(row.expression) else []
    assert set(used) <= known, f"{row.brief}: no such figure among {used}"


def test_answers_worked_by_hand():
    said = {row.brief: briefs.answer(row, "en") for row in QUESTIONS}
    # 3 - 0.5 and 2 - 0.5 days; 1.175 and 1.185 billion over 146 loans; 24.481 over 551.32.
    assert "1.5 to 2.5 days" in said["crude_release_question_1"]
    assert "8.04 million and less than 8.12 million yuan" in said["loan_pool_question_1"]
    assert "4.44%" in said["gross_ocean_product_question_1"]


def test_observations_of_briefs_are_of_the_same_system():
    for row in ROWS:
        if pd.isna(row.observation):
            continue
        system = FIGURES[row.observation].instrument
        assert pd.isna(system) or system == row.instrument, f"{row.brief}: {row.observation}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.brief)
def test_both_languages_hold_the_same_numerals(row):
    if row.kind == "quote" and pd.notna(row.observation):
        # Scales differ by language, so each text is held against the figure in its own words.
        for lang in LANGS:
            words = in_words(FIGURES[row.observation], lang)
            assert words in cell(row, "text", lang), f"{row.brief}: the quote lacks {words!r}"
        return
    for stem in ("text", "answer"):
        english, chinese = cell(row, stem, "en"), cell(row, stem, "zh")
        # A month by its name is a numeral in Chinese.
        english = english.replace("October", "10")
        assert numerals(english) == numerals(chinese), f"{row.brief}: {english} / {chinese}"


def test_what_may_not_be_quoted_is_not_among_the_quotes():
    quoted = {row.observation for row in ROWS if row.kind == "quote" and pd.notna(row.observation)}
    for key, figure in FIGURES.items():
        if figure.quotable == "needs_baseline":
            assert key not in quoted, f"{key} has no baseline and is quoted"
        elif figure.instrument in BRIEFED:
            assert key in quoted, f"{key} may be quoted: add a row of kind quote to briefs.csv"


@pytest.mark.parametrize("key", FIGURES)
def test_quotable_is_what_the_rule_gives(key):
    ours, rule = FIGURES[key].quotable, briefs.quotable(FIGURES[key])
    assert ours == rule, f"{key}: the table says {ours}, the rule {rule}"


def test_the_rule_knows_each_of_its_cases():
    cases = {
        # No state before is printed; one is printed, under the indicator's baseline.
        "crude_turnover_change": "needs_baseline",
        "setup_time_saved_change": "with_caveat",
        # An average growth whose first year is not printed; the growth of one year.
        "gop_average_growth_growth": "needs_baseline",
        "gop_growth_growth": "with_caveat",
        # Published elsewhere for the same year; the same, but it may be read in two ways.
        "port_cargo_level": "safe",
        "port_rank_rank": "with_caveat",
    }
    for key, expected in cases.items():
        assert briefs.quotable(FIGURES[key]) == expected, key
    assert set(ftz_data.load_observations()["quotable"].cat.categories) == set(cases.values())


def test_a_published_figure_confirms_only_where_it_meets():
    figure = FIGURES["port_cargo_level"]
    assert briefs.quotable(figure._replace(value=7e8, lower=7e8, upper=7e8)) == "with_caveat"
    assert briefs.quotable(figure._replace(time_period="2023")) == "with_caveat"
    assert briefs.quotable(figure._replace(ref_area="zone")) == "with_caveat"
