"""The tables: keys, references, code lists, texts, and every figure against its printed form."""

import json
import re

import frictionless
import pandas as pd
import pytest

import ftz_data
from ftz_data import language, load, schema

TABLES = list(schema.resources())


def _load(name):
    # Derived quantities and verdicts are computed, so these two files have no loader in `load`.
    return (
        load._fresh(name) if name in ("derived", "consistency") else getattr(load, f"load_{name}")()
    )


BILINGUAL = re.compile(r"(.*)_(en|zh)$")
CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")


@pytest.fixture(scope="module")
def observations():
    return ftz_data.load_observations()


def test_package_lists_every_table_with_a_loader():
    files = sorted(path.name for path in schema.DATA.iterdir() if path.name.endswith(".csv"))
    assert files == sorted(f"{name}.csv" for name in TABLES)
    for name in TABLES:
        table = _load(name)
        fields = [field["name"] for field in schema.resources()[name]["schema"]["fields"]]
        assert list(table.columns) == fields, name
        assert len(table), f"{name} is empty"


def test_frictionless_finds_the_package_valid():
    report = frictionless.validate(str(schema.DATA / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])
    assert len(report.tasks) == len(TABLES)


def test_package_version_is_that_of_the_data():
    package = json.loads((schema.DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == ftz_data.__version__


@pytest.mark.parametrize("name", TABLES)
def test_a_loader_returns_a_fresh_frame(name):
    first = _load(name)
    expected = first.copy()
    first.iloc[0, 0] = first.iloc[1, 0]
    first.insert(0, "new", 1)
    pd.testing.assert_frame_equal(_load(name), expected)


def test_every_reference_holds():
    tables = {name: _load(name) for name in TABLES}
    assert schema.broken_references(tables) == []
    tables["observations"].loc[0, "indicator"] = "no_such"
    assert schema.broken_references(tables) == [
        "observations.csv, column indicator: 'no_such' is not in indicators"
    ]


def test_keys_of_describable_tables_do_not_collide():
    keys = [
        *ftz_data.load_observations()["observation_id"],
        *ftz_data.load_indicators()["indicator"],
        *ftz_data.load_instruments()["instrument"],
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", TABLES)
def test_texts_stand_in_both_languages(name):
    table = _load(name)
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


@pytest.mark.parametrize(
    ("codelist", "table", "column"),
    [
        ("section", "observations", "section"),
        ("stage", "observations", "stage"),
        ("ref_area", "observations", "ref_area"),
        ("per", "observations", "per"),
        ("claim_kind", "claims", "kind"),
        ("source_kind", "sources", "kind"),
        ("seen", "sources", "seen"),
        ("better", "indicators", "better"),
        ("direction", "supervision_modes", "report_direction"),
        ("buyer", "supervision_modes", "buyer"),
        ("stock", "supervision_modes", "stock"),
    ],
)
def test_code_lists_are_those_of_the_schema(codelist, table, column):
    fields = schema.resources()[table]["schema"]["fields"]
    enum = next(field for field in fields if field["name"] == column)["constraints"]["enum"]
    assert language.codes(codelist) == enum


def test_every_unit_has_words():
    fields = schema.resources()["observations"]["schema"]["fields"]
    enum = next(field for field in fields if field["name"] == "unit")["constraints"]["enum"]
    assert set(enum) <= set(language.codes("unit"))
    for lang in language.LANGS:
        for unit in language.codes("unit"):
            assert language.label("unit", unit, lang).count("{}") == 1, unit


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


def test_sequence_follows_the_reading_order(observations):
    assert observations["sequence"].tolist() == list(range(1, len(observations) + 1))
    parts = [f"digital.{n}" for n in range(1, 6)]
    parts += [f"institutional.{n}" for n in range(1, 5)]
    parts += [f"science.{n}" for n in range(1, 6)] + ["outlook.1", "outlook.2"]
    places = ["lead", *parts]
    order = observations["locator"].map(places.index)
    assert order.is_monotonic_increasing


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


def test_every_system_of_the_report_has_a_row_and_a_figure_or_claim(observations):
    instruments = ftz_data.load_instruments()
    claims = ftz_data.load_claims()
    counts = instruments["section"].value_counts()
    expected = {
        "customs": 3,
        "logistics": 7,
        "trade": 3,
        "finance": 5,
        "gene_tech": 8,
        "outcomes": 2,
    }
    assert counts[counts > 0].to_dict() == expected
    shown = set(observations["instrument"].dropna()) | set(claims["instrument"].dropna())
    assert set(instruments["instrument"]) == shown


@pytest.mark.parametrize("table", ["observations", "claims", "names", "supervision_modes"])
def test_what_is_printed_stands_in_the_report(table, report_text):
    squeezed = re.sub(r"\s", "", report_text)
    column = {"names": "name", "supervision_modes": "mode"}.get(table, "printed")
    for printed in _load(table)[column]:
        assert printed in squeezed, f"{table}: {printed} is not in the report"


def test_texts_are_not_the_reports_sentences(report_text):
    squeezed = re.sub(r"[\s\W]", "", report_text)
    for name in TABLES:
        table = _load(name)
        for column in table.columns[table.columns.str.endswith("_zh")]:
            for text in table[column].dropna():
                ours = re.sub(r"[\s\W]", "", text)
                runs = [ours[i : i + 18] for i in range(len(ours) - 17)]
                copied = [run for run in runs if run in squeezed]
                assert not copied, f"{name}.{column} copies {copied[0]}"


BROKEN = {
    "cell missing": (lambda row: row.rsplit(",", 1)[0], "row 2: 21 cells; expected 22"),
    "not a number": (lambda row: row.replace(",6,6,6,", ",six,6,6,"), "column value holds 'six'"),
    "no value": (lambda row: row.replace(",6,6,6,", ",,6,6,"), "column value is empty"),
    "infinite": (lambda row: row.replace(",6,6,6,", ",inf,6,6,"), "'inf', which is not a number"),
    "unknown code": (lambda row: row.replace(",frame,", ",framework,"), "column section holds"),
    "bad truth": (lambda row: row.replace(",true,true,", ",yes,true,"), "which is not a boolean"),
    "bad place": (lambda row: row.replace(",lead,", ",leader,"), "does not match"),
    "open quote": (lambda row: row.replace(",lead,", ',"lead,'), "not a CSV file"),
}


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the data folder in place of the package's own."""
    for path in schema.DATA.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(schema, "DATA", tmp_path)
    load._table.cache_clear()
    yield tmp_path
    load._table.cache_clear()


@pytest.mark.parametrize(("change", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_row_is_named_in_one_line(data, change, words):
    path = data / "observations.csv"
    header, row, rest = path.read_text(encoding="utf-8").split("\n", 2)
    assert change(row) != row
    path.write_text(f"{header}\n{change(row)}\n{rest}", encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(words)) as caught:
        ftz_data.load_observations()
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("observations.csv")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "observations.csv, row 1: the header is nothing"),
        (b"\xff\xfe\x00", "observations.csv: not UTF-8 text"),
        (b"a,b\n1,2\n", "observations.csv, row 1: the header is a,b"),
        (None, "observations.csv: no such file"),
    ],
)
def test_a_broken_file_is_named_in_one_line(data, content, words):
    path = data / "observations.csv"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(words)):
        ftz_data.load_observations()


def test_a_repeated_key_is_named(data):
    path = data / "sources.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="second time"):
        ftz_data.load_sources()
