"""Two reports side by side: every verdict once, worked by hand, and what may not be claimed."""

import math

import pandas as pd
import pytest

import ftz_data
from conftest import ROOT
from ftz_data.__main__ import main
from ftz_data.charts import compared
from ftz_data.comparing import compare
from ftz_data.language import codes

NEXT = ROOT / "docs" / "next-report"
OPEN = math.nan


@pytest.fixture(scope="module")
def later():
    return ftz_data.open_report(NEXT)


@pytest.fixture(scope="module")
def table(later):
    return compare(ftz_data.Report(), later).set_index("indicator")


@pytest.fixture
def changed(data):
    """A copy of the built-in report in which a figure is another."""

    def change(key, file="observations.csv", **cells):
        path = data / file
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        where = rows.iloc[:, 0] == key
        assert where.sum() == 1, f"{file} has no row {key}"
        for name, cell in cells.items():
            rows.loc[where, name] = cell
        rows.to_csv(path, index=False)
        return ftz_data.open_report(data)

    return change


def _of(later, indicator):
    found = compare(ftz_data.Report(), later).set_index("indicator").loc[[indicator]]
    assert len(found) == 1, f"{indicator} stands in {len(found)} pairs"
    return found.iloc[0]


# Worked by hand from the two printed forms: (90, 100) - (70, 80) = (10, 30), both ends open;
# 8万 - 10万 = -2万; 4 - 4 = 0; 7.3亿 - 7.1亿 = 2000万, both of 2024; [110亿, ...) - [100亿, ...)
# has no end; 5000 firms of the zone are not to be held against 4100 of the city.
BY_HAND = {
    "pool_enterprises": ("risen", 20, 10, 30, False, False),
    "warehouse_area": ("fallen", -20000, -20000, -20000, True, True),
    "cbec_modes_covered": ("unchanged", 0, 0, 0, True, True),
    "port_cargo": ("restated", 20e6, 20e6, 20e6, True, True),
    "offshore_value": ("cannot_say", 1e9, OPEN, OPEN, None, None),
    "fx_enterprises": ("not_comparable", OPEN, OPEN, OPEN, None, None),
    "cold_store": ("new", OPEN, OPEN, OPEN, None, None),
    "port_containers": ("gone", OPEN, OPEN, OPEN, None, None),
}


@pytest.mark.parametrize("indicator", BY_HAND)
def test_a_verdict_and_its_change_are_what_hand_work_gives(table, indicator):
    row, (verdict, *ends, low_closed, high_closed) = table.loc[indicator], BY_HAND[indicator]
    assert row.verdict == verdict, f"{indicator} is told as {row.verdict}"
    found = [row["value"], row["lower"], row["upper"]]
    assert found == pytest.approx(ends, nan_ok=True), f"{indicator}: another change"
    closed = [None if pd.isna(each) else each for each in (row.lower_closed, row.upper_closed)]
    assert closed == [low_closed, high_closed], f"{indicator}: an end is open that was closed"


def test_every_verdict_occurs_and_only_what_is_gone_more_than_once(table):
    counts = table["verdict"].value_counts().to_dict()
    assert set(counts) == set(codes("comparison")) == {row[0] for row in BY_HAND.values()}
    gone = counts.pop("gone")
    assert set(counts.values()) == {1}, f"a verdict of the example occurs more than once: {counts}"
    ours = ftz_data.load_observations().drop_duplicates(["indicator", "stage"])
    assert gone == len(ours) - 6, "what the example does not print is gone, and nothing else"


def test_a_change_is_told_in_both_languages(table):
    assert table.loc["pool_enterprises", ["change_en", "change_zh"]].tolist() == [
        "up by more than 10 and less than 30 firms",
        "增加超过10、不足30家企业",
    ]
    assert table.loc["fx_enterprises", "reason_zh"] == "地域范围不同"
    open_ = table.loc["offshore_value", ["change_en", "change_zh"]].tolist()
    assert open_ == ["", ""], "a direction is told that the wording leaves open"


def test_a_report_beside_itself_has_changed_in_nothing():
    verdicts = set(compare(ftz_data.Report(), ftz_data.Report())["verdict"])
    assert verdicts == {"unchanged", "cannot_say"}, "a report has changed against itself"


@pytest.mark.parametrize(
    ("key", "cells", "reason"),
    [
        ("pool_lent_level", {"per": "year"}, "Another unit or denominator"),
        ("pool_loans_level", {"ref_area": "city"}, "Another area"),
        ("port_cargo_level", {"time_period": "2025-06"}, "A period of another length"),
    ],
)
def test_what_counts_otherwise_is_not_comparable(changed, key, cells, reason):
    row = _of(changed(key, **cells), key.rpartition("_")[0])
    assert (row.verdict, row.reason_en) == ("not_comparable", reason)
    assert pd.isna(row["value"]), "a change is given of what is not comparable"


def test_another_reading_is_not_comparable(changed):
    later = changed("crude_turnover_cycle", "readings.csv", observation="ore_efficiency_change")
    row = _of(later, "crude_turnover")
    assert (row.verdict, row.reason_en) == ("not_comparable", "Other readings of the wording")


def test_the_same_readings_are_supposed_to_be_meant_alike(changed):
    later = changed("gop_growth_growth", time_period="2025", value="8.4", lower="8.4", upper="8.4")
    row = _of(later, "gop_growth")
    assert (row.verdict, row.unit, row.change_en) == (
        "fallen",
        "[pp]",
        "down by 0.7 percentage points",
    )
    assert row.reason_en == "Supposed that both mean the same, of several readings"


def test_more_than_a_number_has_risen_from_that_number(changed):
    later = changed(
        "pool_fund_level", lower_closed="false", upper="", upper_closed="", qualifier="超"
    )
    # The fund has no period; the report of the copy is a year later.
    later.package.rows("sources")["report"] = later.package.row("sources", "report")._replace(
        date="2026"
    )
    assert _of(later, "pool_fund").verdict == "risen", "1亿元, then more: both values are 1亿"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("2025-S1", "2026-S1", "risen"),
        ("2025-Q3", "2026-Q3", "risen"),
        ("2025-01/2025-09", "2026-01/2026-09", "risen"),
        ("2026-S1", "2026-S1", "restated"),
        ("2025", "2026-S1", "not_comparable"),
        ("2025-Q1", "2026-Q2", "not_comparable"),
    ],
)
def test_halves_and_quarters_are_held_beside_their_like(tmp_path, one, other, verdict):
    reports = []
    for name, period, amount in (("a", one, 3), ("b", other, 4)):
        file = tmp_path / f"{name}.txt"
        file.write_text(f"货物吞吐量{amount}亿吨。", encoding="utf-8")
        place = ftz_data.draft(file, tmp_path / name)
        rows = pd.read_csv(place / "observations.csv", dtype=str, keep_default_na=False)
        rows["time_period"] = period
        rows.to_csv(place / "observations.csv", index=False)
        reports.append(ftz_data.open_report(place))
    assert compare(*reports)["verdict"].tolist() == [verdict]


def test_a_better_place_is_a_rise(changed):
    later = changed("sequencing_rank_rank", value="3", lower="3", upper="3")
    row = compare(later, ftz_data.Report()).set_index("indicator").loc["sequencing_rank"]
    # The rank has no period, and both reports are of 2025.
    assert (row.verdict, row.change_en) == ("restated", "up by 2 ranks")


def test_a_figure_given_more_exactly_is_not_restated(changed):
    # 7.1亿 stands for 7.05 to 7.15亿, so that 7.12亿 may be the same.
    later = changed(
        "port_cargo_level", value="712000000", lower="712000000", upper="712000000",
        resolution="1000000",
    )  # fmt: skip
    row = _of(later, "port_cargo")
    assert row.verdict == "cannot_say", "a rounded figure is told as another than the exact one"
    assert [row.lower, row.upper] == [-3e6, 7e6]


def test_a_later_report_holds_a_new_year_and_restates_the_old_one(changed, data):
    path = data / "observations.csv"
    words = path.read_text(encoding="utf-8")
    line = next(each for each in words.splitlines() if each.startswith("port_cargo_level,"))
    old = line.replace("710000000", "720000000")
    new = old.replace("port_cargo_level,", "port_cargo_level_2,").replace(",2024,", ",2025,")
    path.write_text(words.replace(line, f"{old}\n{new}"), encoding="utf-8")
    found = compare(ftz_data.Report(), ftz_data.open_report(data)).set_index("observation_b")
    assert found.loc["port_cargo_level", "verdict"] == "restated"
    assert found.loc["port_cargo_level_2", "verdict"] == "risen"
    # The other way round, the figure of 2024 is held against that of 2024, not against the latest.
    back = compare(ftz_data.open_report(data), ftz_data.Report()).set_index("observation_a")
    verdicts = back.loc[["port_cargo_level", "port_cargo_level_2"], "verdict"].tolist()
    assert verdicts == ["restated", "gone"], f"another year was held against 2024: {verdicts}"


def test_the_example_is_marked_and_prints_what_its_table_holds(later):
    text = (NEXT / "report.txt").read_text(encoding="utf-8")
    assert text.startswith("【虚构练习"), "the example looks like a report"
    assert "Invented exercise" in later.load_sources()["title_en"][0]
    rows = later.load_observations().itertuples()
    for row in rows:
        assert row.printed in text, f"{row.printed} is not in the text of the example"
        figure = ftz_data.parse_figure(row.printed)
        for name in ("value", "lower", "upper", "resolution", "unit"):
            ours, read = getattr(row, name), getattr(figure, name)
            assert ours == read or (ours != ours and read != read), f"{row.printed}: {name}"


def test_what_the_example_shares_with_the_package_is_the_same(later):
    for name in ("indicators", "units", "codes"):
        ours = ftz_data.Report().package.rows(name)
        own = {key: row for key, row in later.package.rows(name).items() if key in ours}
        assert own, f"the example shares no row of {name}"
        # The example's own words for where its figures stand, and for a baseline that it lacks.
        left = {("cited", "report"), ("cited", "brief")}
        for key in set(own) - left:
            theirs = [
                (str(each), str(other)) for column, each, other in
                zip(own[key]._fields, own[key], ours[key], strict=True) if column != "baseline"
            ]  # fmt: skip
            assert all(one == other for one, other in theirs), f"{name}, {key}: {theirs}"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_chart_draws_amounts_and_names_both_reports(later, lang):
    chart = compared(later)
    labels = [each.in_(lang) for each in chart.data["label"]]
    assert len(labels) == 5, f"amounts that are drawn: {labels}"
    # 90/80 - 1 = 12.5 %, 100/70 - 1 = 42.9 %.
    risen = chart.data.iloc[0]
    assert [risen.lower, risen.upper] == pytest.approx([12.5, 300 / 7])
    source = chart.words(lang).splitlines()[-1]
    for name in {"en": ("report of 2025", "exercise of 2026"), "zh": ("2025年报道", "虚构练习")}[
        lang
    ]:
        assert name in source, f"{name} is not in {source!r}"


def test_two_reports_without_a_common_amount_have_no_chart(later):
    package = ftz_data.Report().package
    with pytest.raises(ValueError, match="share no amount"):
        later.charts.compared(_Only(package))


class _Only:
    """A report without figures."""

    def __init__(self, package):
        self.package = _Empty(package.path)


class _Empty(type(ftz_data.Report().package)):
    def rows(self, table):
        return {} if table == "observations" else super().rows(table)


def test_the_command_prints_a_line_a_pair(capsys, table):
    assert main(["compare", "built-in", str(NEXT)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + len(table), "a pair is not printed"
    assert lines[0].split()[:3] == ["What", "In", "A"] and "2026" in lines[1]
    assert "Risen" in lines[1] and "up by more than 10 and less than 30 firms" in lines[1]
    assert main(["compare", "built-in", str(NEXT / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1, "a folder that is not there takes lines"
