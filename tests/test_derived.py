"""Derived figures, worked by hand and against a dense sample of the interval."""

import math

import numpy as np
import pandas as pd
import pytest

import ftz_data
import ftz_data.package
from ftz_data import derived, expressions

NAN = math.nan
ROWS = {row.observation_id: row for row in ftz_data.load_observations().itertuples()}


@pytest.mark.parametrize(
    ("observation", "amount", "value", "lower", "upper", "lower_closed", "upper_closed", "unit"),
    [
        ("crude_turnover_change", 20, 27, 27, 27, True, True, "1"),
        ("ore_preparation_time_change", 8, 3, 3, 3, True, True, "d"),
        # 50% or more saved, and no more than all of it.
        ("cotton_time_change", 10, 5, 0, 5, True, True, "1"),
        ("cotton_labour_change", 10, 4, 4, 4, True, True, "1"),
        # At least 80% and at most all: the whole is 10 to 12.5.
        ("offshore_share_share", 10, 12.5, 10, 12.5, True, True, "1"),
        # Over 50% and at most all.
        ("genomes_china_share", 50, 100, 50, 100, True, False, "1"),
        ("crude_saving_level", 12, 24e6, 24e6, 24e6, True, True, "CNY"),
        ("transit_saving_level", 3, 2400, 2400, 2400, True, True, "CNY"),
        # Totals are divided, not multiplied: more than 2 billion among 4, 100,000 m2 among 5.
        ("fx_paid_level", 4, 5e8, 5e8, NAN, False, None, "USD"),
        ("warehouse_area_level", 5, 20000, 20000, 20000, True, True, "m2"),
        # About a third: no bound in, no bound out.
        ("herbicides_share_share", 1, 3, NAN, NAN, None, None, "1"),
    ],
)
def test_what_if(observation, amount, value, lower, upper, lower_closed, upper_closed, unit):
    result = derived.what_if(ROWS[observation], amount)
    assert (result.value, result.lower, result.upper) == pytest.approx(
        (value, lower, upper), nan_ok=True
    )
    closed = (result.lower_closed, result.upper_closed)
    assert [
        None if math.isnan(end) else bool(flag)
        for end, flag in zip((lower, upper), closed, strict=True)
    ] == [
        lower_closed,
        upper_closed,
    ]
    assert result.unit == unit


def test_a_share_near_zero_leaves_the_whole_without_upper_bound():
    # "Less than 30%" has no lower bound but zero: the whole can be any size.
    result = derived.what_if(ROWS["genomes_world_share"], 30)
    assert result.value == 100
    assert (result.lower, result.lower_closed) == (100, False)
    assert math.isnan(result.upper)


@pytest.mark.parametrize(
    ("above", "below", "lower", "upper", "closed"),
    [
        # 700,000 to 800,000 containers over 2,300 to 2,400 vessels, all ends open.
        ("linkage_containers_level", "linkage_vessels_level", 7e5 / 2400, 8e5 / 2300, False),
        # 1.18 billion is rounded to ten million: from 1.175 billion on, below 1.185 billion.
        ("pool_lent_level", "pool_loans_level", 1.175e9 / 146, 1.185e9 / 146, True),
        ("pool_lent_level", "pool_enterprises_level", 1.175e9 / 80, 1.185e9 / 70, False),
        ("pool_saving_level", "pool_loans_level", 5e6 / 146, NAN, False),
    ],
)
def test_ratio(above, below, lower, upper, closed):
    result = derived.ratio(ROWS[above], ROWS[below])
    assert (result.lower, result.upper) == pytest.approx((lower, upper), nan_ok=True)
    assert result.lower_closed == closed
    assert result.upper_closed is (None if math.isnan(upper) else False)
    # Against every corner and a random sample of both intervals.
    rng = np.random.default_rng(0)
    draws = [
        rng.uniform(row.lower, row.lower * 3 if math.isnan(row.upper) else row.upper, 10000)
        for row in (ROWS[above], ROWS[below])
    ]
    quotients = draws[0] / draws[1]
    slack = 1e-9 * lower
    assert quotients.min() >= lower - slack
    assert math.isnan(upper) or quotients.max() <= upper + slack


def test_ratio_refuses_a_divisor_that_may_be_zero():
    with pytest.raises(ValueError, match="cannot divide by -inf to 30.0, which holds zero"):
        derived.ratio(ROWS["pool_loans_level"], ROWS["genomes_world_share"])


@pytest.mark.parametrize("amount", [-1, NAN, math.inf, "ten", None, True])
def test_a_bad_amount_is_named(amount):
    with pytest.raises(ValueError, match="amount is .*; a finite number of at least 0 is allowed"):
        derived.what_if(ROWS["crude_turnover_change"], amount)


@pytest.mark.parametrize(
    ("observation", "asked"),
    [
        ("crude_turnover_change", "baseline"),
        ("setup_time_saved_change", "baseline"),
        ("offshore_share_share", "part"),
        ("crude_saving_level", "count"),
        ("transit_saving_level", "count"),
        # By the year is no count of anything: the sum is divided.
        ("supplies_saving_level", "divisor"),
        ("offshore_value_level", "divisor"),
        ("warehouse_area_level", "divisor"),
        # 4 modes, 4100 firms, 2300 vessels, phase 2, rank 4 and a target: nothing is asked.
        ("cbec_modes_covered_level", None),
        ("fx_enterprises_level", None),
        ("linkage_vessels_level", None),
        ("bg136_phase_level", None),
        ("port_rank_rank", None),
        ("park_area_target", None),
        ("gop_growth_growth", None),
        ("crude_time_before", None),
    ],
)
def test_only_what_has_a_meaning_is_asked(observation, asked):
    assert derived.question(ROWS[observation]) == asked
    if asked is None:
        with pytest.raises(ValueError, match=f"{observation} is a .*; no number of your own"):
            derived.what_if(ROWS[observation], 100)


@pytest.mark.parametrize(
    ("observation", "amount", "reading", "value"),
    [
        # From 50% use: 30 points more, or 30% more.
        ("storage_capacity_change", 50, "storage_points", 80),
        ("storage_capacity_change", 50, "storage_ratio", 65),
        # Six hours: a fifth faster, or a fifth less time.
        ("ore_efficiency_change", 6, "ore_speed", 5),
        ("ore_efficiency_change", 6, "ore_time", 4.8),
        ("freight_efficiency_change", 17, "freight_speed", 10),
        ("freight_efficiency_change", 10, "freight_time", 3),
        ("supplies_saving_level", 200, "supplies_all", 20000),
        ("supplies_saving_level", 200, "supplies_each", 8e8),
        ("pool_saving_level", 50, "pool_saving_all", 1e5),
    ],
)
def test_readings_make_different_things_of_a_number(observation, amount, reading, value):
    assert derived.what_if(ROWS[observation], amount, reading).value == pytest.approx(value)


@pytest.mark.parametrize("reading", [None, "ore_speed", "storage"])
def test_a_figure_with_two_readings_is_never_applied_in_silence(reading):
    with pytest.raises(ValueError, match="needs one of storage_points, storage_ratio"):
        derived.what_if(ROWS["storage_capacity_change"], 50, reading)


@pytest.mark.parametrize(
    ("reading", "lower", "upper"),
    [
        # From at most 70% use, 30 points more is at least 100/70 of it; relative it is 130/100.
        ("storage_points", 1000 / 7, NAN),
        ("storage_ratio", 130, 130),
        ("ore_speed", 100 / 1.2, 100 / 1.2),
        ("ore_time", 80, 80),
        ("freight_speed", 100 / 1.7, 100 / 1.7),
        ("freight_time", 30, 30),
        ("cotton_staff", 40, 40),
        ("cotton_hours", 40, 40),
        ("rail_whole_cost", 70, 70),
        ("rail_interest", 70, 70),
        ("pool_fund_whole", 1e8, 1e8),
        ("pool_fund_losses", 5e7, 5e7),
    ],
)
def test_what_a_figure_comes_to_under_a_reading(reading, lower, upper):
    result = derived.read(reading)
    assert (result.lower, result.upper) == pytest.approx((lower, upper), nan_ok=True)


def test_every_reading_with_an_expression_is_worked_by_hand():
    readings = ftz_data.load_readings().set_index("reading")
    worked = test_what_a_figure_comes_to_under_a_reading.pytestmark[0].args[1]
    assert set(readings["expression"].dropna().index) == {case[0] for case in worked}
    for row in readings.itertuples():
        assert pd.isna(row.expression) == pd.isna(row.gives_en) == pd.isna(row.unit), row.Index
        assert pd.isna(row.expression) == (derived.read(row.Index) is None), row.Index


def test_a_figure_has_two_readings_or_none():
    counts = ftz_data.load_readings()["observation"].value_counts()
    assert len(counts) > 10 and (counts >= 2).all(), counts


READ = {name: rows for name, rows in ftz_data.load_readings().groupby("observation")["reading"]}


def _named(cell):
    return set() if pd.isna(cell) else set(cell.split(";"))


def _names_a_reading(figure, named):
    return bool(set(READ[figure]) & named)


def test_derived_quantities_name_the_readings_they_rest_on():
    for row in derived.load_derived().itertuples():
        named = _named(row.reading)
        assert named <= set(ftz_data.load_readings()["reading"]), f"{row.derived_id}: no reading"
        for figure in set(row.observations.split(";")) & set(READ):
            assert _names_a_reading(figure, named), f"{row.derived_id} is silent on {figure}"


def test_pairs_name_the_readings_they_test():
    results = {row.derived_id: row for row in derived.load_derived().itertuples()}
    # Tests of the wording itself, which hold of labour in whatever measure.
    silent = {"cotton_one_gain"}
    for row in derived.consistency().itertuples():
        named, used = _named(row.reading), set()
        for side in (row.left, row.right):
            used |= set() if pd.isna(side) else set(expressions.names(side))
        for result in used & set(results):
            used |= set(results[result].observations.split(";"))
        for figure in used & set(READ):
            quiet = row.pair in silent
            assert quiet or _names_a_reading(figure, named), f"{row.pair} is silent on {figure}"


def test_cutting_a_figure_to_its_limits():
    # "80% or more" ends at all; "about a third" has no bound, and the limits of a share add none.
    assert expressions.limited(ROWS["offshore_share_share"]).high == 100
    third = expressions.limited(ROWS["herbicides_share_share"])
    assert (third.low, third.high) == (-math.inf, math.inf)
    # Nor is anything cut off a figure that belongs to no indicator.
    published = ftz_data.package.BUILT_IN.row("context", "species_2025")
    assert expressions.limited(published).high == math.inf


@pytest.mark.parametrize(
    ("expression", "low", "high"),
    [
        # Two to three days: one over them, their root, and two to their power.
        ("crude_time_before ** -1", 1 / 3, 1 / 2),
        ("crude_time_before ** 0.5", 2**0.5, 3**0.5),
        ("2 ** crude_time_before", 4, 8),
        ("crude_time_before ** crude_time_before", 4, 27),
        ("2 ** -1", 0.5, 0.5),
    ],
)
def test_powers_in_an_expression(expression, low, high):
    figures = {row.observation_id: row for row in ftz_data.load_observations().itertuples()}
    result = expressions.evaluate(expression, figures)
    assert (result.low, result.high) == pytest.approx((low, high))


@pytest.mark.parametrize("expression", ["1 / 0", "0 ** -1", "(0 - 8) ** 0.5", "9 ** 9 ** 9"])
def test_what_has_no_result_is_a_value_error(expression):
    with pytest.raises(ValueError, match="cannot (divide|raise)"):
        expressions.evaluate(expression, {})
