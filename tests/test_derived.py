"""Derived figures, worked by hand and against a dense sample of the interval."""

import math

import numpy as np
import pytest

import ftz_data
from ftz_data import derived

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
        ("pool_enterprises_level", 2, 140, 140, 160, False, False, "{enterprise}"),
        ("pool_saving_level", 2, 1e7, 1e7, NAN, False, None, "CNY"),
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
    ("above", "below", "lower", "upper"),
    [
        # 700,000 to 800,000 containers over 2,300 to 2,400 vessels, all ends open.
        ("linkage_containers_level", "linkage_vessels_level", 700000 / 2400, 800000 / 2300),
        ("pool_lent_level", "pool_loans_level", 1.18e9 / 146, 1.18e9 / 146),
        ("pool_lent_level", "pool_enterprises_level", 14.75e6, 1.18e9 / 70),
        ("pool_saving_level", "pool_loans_level", 5e6 / 146, NAN),
    ],
)
def test_ratio(above, below, lower, upper):
    result = derived.ratio(ROWS[above], ROWS[below])
    assert (result.lower, result.upper) == pytest.approx((lower, upper), nan_ok=True)
    exact = lower == upper
    assert (result.lower_closed, result.upper_closed) == (
        exact,
        None if math.isnan(upper) else exact,
    )
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


@pytest.mark.parametrize("amount", [-1, NAN, math.inf, "ten", None])
def test_a_bad_amount_is_named(amount):
    with pytest.raises(ValueError, match="amount is .*; a finite number of at least 0 is allowed"):
        derived.what_if(ROWS["crude_turnover_change"], amount)


def test_a_stage_without_reading_is_named():
    with pytest.raises(ValueError, match="port_rank_rank has the stage 'rank'; allowed are"):
        derived.what_if(ROWS["port_rank_rank"], 1)
