"""The tables: keys, references, code lists, texts, and every figure against its printed form."""

import json
import re

import frictionless
import pandas as pd
import pytest

import ftz_data
from ftz_data import language
from ftz_data.package import BUILT_IN
from ftz_data.words import unit_name

TABLES = list(BUILT_IN.resources)


BILINGUAL = re.compile(r"(.*)_(en|zh)$")
CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")


@pytest.fixture(scope="module")
def observations():
    return ftz_data.load_observations()


def test_package_lists_every_table_with_a_loader():
    files = sorted(path.name for path in BUILT_IN.path.iterdir() if path.name.endswith(".csv"))
    assert files == sorted(f"{name}.csv" for name in TABLES)
    for name in TABLES:
        table = BUILT_IN.table(name)
        fields = [field["name"] for field in BUILT_IN.resources[name]["schema"]["fields"]]
        assert list(table.columns) == fields, name
        assert len(table), f"{name} is empty"


def test_frictionless_finds_the_package_valid():
    report = frictionless.validate(str(BUILT_IN.path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])
    assert len(report.tasks) == len(TABLES)


def test_package_version_is_that_of_the_data():
    package = json.loads((BUILT_IN.path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == ftz_data.__version__


@pytest.mark.parametrize("name", TABLES)
def test_a_loader_returns_a_fresh_frame(name):
    first = BUILT_IN.table(name)
    expected = first.copy()
    first.iloc[0, 0] = first.iloc[1, 0]
    first.insert(0, "new", 1)
    pd.testing.assert_frame_equal(BUILT_IN.table(name), expected)


def test_keys_of_describable_tables_do_not_collide():
    keys = [
        *ftz_data.load_observations()["observation_id"],
        *ftz_data.load_indicators()["indicator"],
        *ftz_data.load_instruments()["instrument"],
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", TABLES)
def test_texts_stand_in_both_languages(name):
    table = BUILT_IN.table(name)
    pairs = [m[1] for m in map(BILINGUAL.match, table.columns) if m and m[2] == "en"]
    for stem in pairs:
        english, chinese = table[f"{stem}_en"], table[f"{stem}_zh"]
        one_sided = english.isna() != chinese.isna()
        assert not one_sided.any(), (
            f"{name}.{stem}: one language only, rows {list(table.index[one_sided])}"
        )
        for text in [*english.dropna(), *chinese.dropna()]:
            assert text == text.strip() and text, f"{name}.{stem}: {text!r} has outer spaces"
        for text in english.dropna():
            assert not CHINESE.search(text), f"{name}.{stem}_en holds Chinese: {text}"


def test_every_unit_has_words_for_its_number_and_its_axis():
    for unit, row in BUILT_IN.rows("units").items():
        for name in ("en", "en_one", "zh"):
            words = getattr(row, name)
            assert pd.isna(words) or words.count("{}") == 1, f"{unit}: {name} is {words!r}"
        # A denominator has words, also where no text names it.
        assert pd.isna(row.per) == pd.isna(row.per_en), unit
        for lang in language.LANGS:
            name = unit_name(unit, lang)
            assert "{" not in name and (name or unit == "1"), f"{unit} on an axis is {name!r}"
            if pd.isna(row.axis_en):
                ends = getattr(row, lang).startswith("{}")
                assert ends, f"{unit}: words before the number need words for the axis"


def test_no_two_units_share_a_denominator_or_a_word_for_it():
    units = ftz_data.load_units()
    assert not units["per"].dropna().duplicated().any()
    words = units["per_words"].dropna().str.split("|").explode()
    assert not words.duplicated().any(), "one word, two denominators"


def test_figure_equals_its_printed_form(observations):
    for row in observations.itertuples():
        figure = ftz_data.parse_figure(row.printed)
        for name in ("value", "lower", "upper", "resolution"):
            ours, read = getattr(row, name), getattr(figure, name)
            same = ours == read or (pd.isna(ours) and pd.isna(read))
            assert same, f"{row.observation_id}: {name} is {ours}, but {row.printed} reads {read}"
        for name in ("lower_closed", "upper_closed", "qualifier", "unit"):
            ours, read = getattr(row, name), getattr(figure, name)
            ours = None if pd.isna(ours) else ours
            assert ours == read, f"{row.observation_id}: {name} is {ours}, but reads {read}"


def test_bounds_enclose_the_value_and_carry_closedness(observations):
    for row in observations.itertuples():
        assert not row.lower > row.value, row.observation_id
        assert not row.upper < row.value, row.observation_id
        assert pd.isna(row.lower) == pd.isna(row.lower_closed), row.observation_id
        assert pd.isna(row.upper) == pd.isna(row.upper_closed), row.observation_id


def test_sequence_counts_the_rows_which_follow_the_reading_order(observations):
    assert observations["sequence"].tolist() == list(range(1, len(observations) + 1))
    columns = list(observations.columns)
    place = columns.index("sequence")
    assert columns[place - 1 : place + 2] == ["locator", "sequence", "source"]
    parts = [f"digital.{n}" for n in range(1, 6)]
    parts += [f"institutional.{n}" for n in range(1, 5)]
    parts += [f"science.{n}" for n in range(1, 6)] + ["outlook.1", "outlook.2"]
    places = ["lead", *parts]
    order = observations["locator"].map(places.index)
    early = observations["observation_id"][order.diff() < 0].tolist()
    assert not early, f"not in reading order, each belongs before the row above it: {early}"


def test_a_figure_keeps_the_unit_section_and_limits_of_its_indicator(observations):
    indicators = ftz_data.load_indicators().set_index("indicator")
    assert set(indicators.index) == set(observations["indicator"])
    for row in observations.itertuples():
        limits = indicators.loc[row.indicator]
        assert (row.unit, row.section) == (limits.unit, limits.section), row.observation_id
        assert not row.value < limits.minimum, row.observation_id
        assert not row.value > limits.maximum, row.observation_id


def test_a_system_has_the_section_of_its_figures(observations):
    sections = ftz_data.load_instruments().set_index("instrument")["section"]
    for row in observations.dropna(subset="instrument").itertuples():
        assert row.section == sections[row.instrument], row.observation_id


def test_every_section_has_a_system_and_every_system_a_figure_or_claim(observations):
    instruments = ftz_data.load_instruments()
    claims = ftz_data.load_claims()
    # The zone's plan alone has figures and claims without a system.
    assert set(instruments["section"]) == set(language.codes("section")) - {"frame"}
    shown = set(observations["instrument"].dropna()) | set(claims["instrument"].dropna())
    assert set(instruments["instrument"]) == shown


@pytest.mark.parametrize("table", ["observations", "claims", "names", "supervision_modes"])
def test_what_is_printed_stands_in_the_report(table, report_text):
    squeezed = re.sub(r"\s", "", report_text)
    column = {"names": "name", "supervision_modes": "mode"}.get(table, "printed")
    for printed in BUILT_IN.table(table)[column]:
        assert printed in squeezed, f"{table}: {printed} is not in the report"


def test_texts_are_not_the_reports_sentences(report_text):
    squeezed = re.sub(r"[\s\W]", "", report_text)
    for name in TABLES:
        table = BUILT_IN.table(name)
        for column in table.columns[table.columns.str.endswith("_zh")]:
            for text in table[column].dropna():
                ours = re.sub(r"[\s\W]", "", text)
                runs = [ours[i : i + 18] for i in range(len(ours) - 17)]
                copied = [run for run in runs if run in squeezed]
                assert not copied, f"{name}.{column} copies {copied[0]}"
