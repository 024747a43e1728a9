"""Derived rows against the published list of consequences, and verdicts against the bounds."""

import math
import re

import pandas as pd
import pytest

import ftz_data
from ftz_data import __main__ as command
from ftz_data import derived, load
from ftz_data.interval import Interval

DERIVED = derived.load_derived().set_index("derived_id")
OBSERVATIONS = ftz_data.load_observations()

# Worked by hand from the printed figures, with their bounds.
EXPECTED = {
    "crude_time_saved": (1.5, 2.5),
    "crude_time_change": (-100 * 5 / 6, -75),
    "crude_base_cycle": (1.5 * 1.35 / 0.35, 2.5 * 1.35 / 0.35),
    "crude_saving_per_day": (800_000, 2_000_000 / 1.5),
    "ore_speed_time": (-100 / 6, -100 / 6),
    "ore_speed_base": (30, 30),
    "ore_time_speed": (25, 25),
    "ore_time_base": (25, 25),
    "cotton_output_independent": (5, math.inf),
    "cotton_output_labour": (2.5, 2.5),
    "cotton_output_time": (2, math.inf),
    "containers_per_vessel": (700_000 / 2400, 800_000 / 2300),
    "setup_time_rest": (0, 32),
    "offshore_province_factor": (1, 1.25),
    "offshore_province_total": (1e10, math.inf),
    "barter_province_factor": (1, 20 / 17),
    "freight_speed_time": (-100 * 0.7 / 1.7, -100 * 0.7 / 1.7),
    "freight_time_speed": (700 / 3, 700 / 3),
    "pool_per_loan": (1.175e9 / 146, 1.185e9 / 146),
    "pool_per_enterprise": (1.175e9 / 80, 1.185e9 / 70),
    "pool_loans_per_enterprise": (146 / 80, 146 / 70),
    "pool_saving_per_loan": (5e6 / 146, math.inf),
    "pool_saving_per_enterprise": (62_500, math.inf),
    "pool_saving_points": (5e6 / 1.185e9 * 1e4, math.inf),
    "pool_leverage": (11.75, 11.85),
    "fx_per_enterprise": (2e9 / 4100, math.inf),
    "genomes_china_world": (0, 60),
    "projects_per_institution": (1400 / 440, 1500 / 430),
    "park_square_metres": (1e7 / 15, 1e7 / 15),
    "gop_before": (244.805e8 / 1.0915, 244.815e8 / 1.0905),
    "gop_increase": (244.805e8 * (1 - 1 / 1.0905), 244.815e8 * (1 - 1 / 1.0915)),
    "gop_base_4": (244.805e8 / 1.12755**4, 244.815e8 / 1.12745**4),
    "gop_base_5": (244.805e8 / 1.12755**5, 244.815e8 / 1.12745**5),
    "gop_base_6": (244.805e8 / 1.12755**6, 244.815e8 / 1.12745**6),
    "storage_base_points": (70, 70),
    "storage_base_relative": (100 / 1.3, 100 / 1.3),
}


def test_every_derived_row_is_worked_by_hand():
    assert set(EXPECTED) == set(DERIVED.index)


@pytest.mark.parametrize(("key", "bounds"), EXPECTED.items())
def test_derived_bounds(key, bounds):
    row = DERIVED.loc[key]
    ends = [math.inf if math.isnan(row.upper) else row.upper]
    assert (row.lower, *ends) == pytest.approx(bounds, rel=1e-12)


def test_no_expression_uses_a_figure_twice():
    # Used twice, a figure would be free to take two values at once, and the bounds too wide.
    for expression in [*DERIVED["expression"], *load._fresh("consistency")["left"]]:
        names = derived.names(expression)
        for name in names:
            used = len(re.findall(rf"\b{name}\b", expression))
            assert used == 1, f"{name} is used {used} times in {expression}"


@pytest.mark.parametrize("changed", list(OBSERVATIONS["observation_id"]))
def test_changing_a_figure_changes_exactly_the_rows_that_name_it(changed, monkeypatch):
    table = ftz_data.load_observations()
    row = table["observation_id"] == changed
    # A tenth less, or more where that keeps the figure within the limits of its indicator.
    for column in ("value", "lower", "upper"):
        table.loc[row, column] = table.loc[row, column] * 0.9
    monkeypatch.setattr(derived, "load_observations", lambda: table)
    # Computed anew, not as it was kept.
    monkeypatch.setattr(derived, "_computed", derived._computed.__wrapped__)
    after = derived.load_derived().set_index("derived_id")
    columns = ["value", "lower", "upper"]
    differs = ((after[columns] - DERIVED[columns]).abs() > 1e-12 * DERIVED[columns].abs()).any(
        axis=1
    )
    names = DERIVED["observations"].str.split(";")
    assert set(after.index[differs]) == set(DERIVED.index[names.map(lambda used: changed in used)])


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (Interval.exact(4), Interval.exact(4), "agrees"),
        (Interval.exact(4), Interval.exact(5), "contradicts"),
        (Interval.exact(4), None, "cannot be tested"),
        (Interval(3, 2, 4, True, True), Interval(2.5, 1, 5, True, True), "agrees"),
        (Interval(3, 1, 5, True, True), Interval(2.5, 2, 3, True, True), "allowed"),
        # The ends meet only where both are allowed.
        (Interval(3, 2, 4, True, True), Interval(4, 4, 6, True, True), "allowed"),
        (Interval(3, 2, 4, True, False), Interval(4, 4, 6, True, True), "contradicts"),
        (Interval(3, 2, 4, True, True), Interval(5, 4, 6, False, True), "contradicts"),
        # An end that is allowed does not lie within an interval without it.
        (Interval(3, 2, 4, True, True), Interval(3, 2, 4, False, True), "allowed"),
    ],
)
def test_verdicts(one, other, verdict):
    assert derived.verdict(one, other) == verdict


def test_both_sides_of_a_pair_are_in_its_unit():
    tables = (OBSERVATIONS, ftz_data.load_context(), DERIVED.reset_index())
    units = {row.iloc[0]: row["unit"] for table in tables for _, row in table.iterrows()}
    seen = set()
    for row in derived.consistency().itertuples():
        for side in (row.left, row.right):
            name = re.sub(r"rounded\((\w+)\)", r"\1", side) if isinstance(side, str) else ""
            if name in units:
                assert units[name] == row.unit, (row.pair, name)
                seen.add(row.pair)
    # What is left compares expressions, whose unit is read off by hand: month + d, CNY / CNY.
    assert set(load._fresh("consistency")["pair"]) - seen == {"setup_rest", "gop_part"}


def test_the_intervals_of_a_pair_name_their_unit():
    pairs = derived.consistency().set_index("pair")
    for lang, crude, pool in (("en", "36 to 60 hours", "1 loan"), ("zh", "36至60小时", "1笔")):
        assert pairs.loc["crude_hours", f"left_{lang}"] == crude
        assert pairs.loc["pool_loans", f"right_{lang}"].endswith(pool)


def test_a_side_that_stands_as_it_was_printed_says_who_printed_it():
    bases = derived.consistency().set_index("pair")[["left_basis", "right_basis"]]
    assert [*bases.loc["crude_cycle"]] == ["derived", "reported"]
    assert [*bases.loc["crude_hours"]] == ["derived", "published"]
    assert [*bases.loc["pool_parts"]] == ["reported", "published"]
    # A rate of exchange is put in; a rounded figure stands for an interval; a share ends at 100%.
    assert [*bases.loc["crude_saving"]] == ["reported", "derived"]
    assert [*bases.loc["port_cargo"]] == ["derived", "derived"]
    assert [*bases.loc["genomes_china"]] == ["derived", "published"]


def test_the_reports_own_verdicts():
    verdicts = derived.consistency().set_index("pair")["verdict"]
    # Worked by hand: 5.8 to 9.6 days is no release time of 2 to 3; 60 lies within 50 or more;
    # fourth is not fifth; 49 is not above 50; a month less 30 days may be nothing.
    assert verdicts["crude_cycle"] == "contradicts"
    assert verdicts["cotton_one_gain"] == "agrees"
    assert verdicts["port_rank_cargo"] == "agrees"
    assert verdicts["port_rank_containers"] == "contradicts"
    assert verdicts["genomes_china"] == "contradicts"
    assert verdicts["genomes_world"] == "allowed"
    assert verdicts["setup_rest"] == "allowed"
    assert verdicts["ore_base"] == "cannot be tested"
    assert verdicts["gop_growth"] == "cannot be tested"
    assert verdicts["port_cargo"] == verdicts["port_containers"] == "agrees"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("crude_tim_before", "no figure 'crude_tim_before'; nearest: crude_time_before"),
        ("open('x')", "cannot evaluate"),
        ("__import__", "no figure '__import__'"),
        ("pool_lent_level if 1 else 2", "cannot evaluate"),
    ],
)
def test_an_expression_that_is_no_arithmetic_is_refused(expression, words):
    figures = {row.observation_id: row for row in OBSERVATIONS.itertuples()}
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        derived.evaluate(expression, figures)


def test_the_command_line_prints_both_tables(capsys):
    assert command.main(["derived"]) == 0
    printed = capsys.readouterr().out
    for key in DERIVED.index:
        assert f"\n{key} " in printed
    assert "1.5 to 2.5 days" in printed
    assert command.main(["consistency"]) == 0
    printed = capsys.readouterr().out
    lines = {line.split()[0]: line for line in printed.splitlines()}
    for row in derived.consistency().itertuples():
        assert row.verdict.capitalize() in lines[row.pair]


def test_published_figures_carry_source_and_date():
    context = ftz_data.load_context()
    assert not context["time_period"].isna().any()
    sources = ftz_data.load_sources().set_index("source")
    for row in context.itertuples():
        assert sources.loc[row.source, "kind"] == "published"
        assert pd.isna(row.lower) or row.lower <= row.value
        assert pd.isna(row.upper) or row.value <= row.upper
