"""Numbers that models and checks start from, told a second time, so that a slip is noticed.

Ranges and defaults of parameters are choices: nothing else in the project says what they are.
The limits of an indicator follow from what it counts.
"""

import pandas as pd
import pytest

import ftz_data

# Model, parameter, default, low, high, step; what a reader adds is not here.
CHOSEN = """
crude_release arrivals 0.8 0.1 1.5 0.05
crude_release teams 2 1 6 1
crude_release check 0.4 0.05 0.6 0.01
crude_release variation 0.5 0 1 0.05
crude_release laboratory 2 0 6 0.05
crude_turnover cycle 7.7 3 30 0.1
crude_turnover saved 2 0.5 2.5 0.1
crude_saving saved 2 0.5 2.5 0.1
crude_saving demurrage 100000 0 200000 1000
crude_saving exchange 7 6.3 7.4 0.01
crude_saving value 90000000 10000000 250000000 1000000
crude_saving rate 4 0 15 0.1
crude_saving berth 50000 0 500000 1000
ore_blending discharge 3 0.5 6 0.1
ore_blending stockpile 2 0 10 0.1
ore_blending blend 3 0.5 10 0.1
cotton_weighing minutes_before 90 1 120 1
cotton_weighing crew_before 4.5 0.5 40 0.1
cotton_weighing minutes_after 6 1 120 1
cotton_weighing crew_after 1.8 0.5 40 0.1
classified_supervision users 2 1 10 1
classified_supervision mean 100 10 1000 10
classified_supervision deviation 40 0 200 5
classified_supervision safety 1.645 0 3 0.005
classified_supervision correlation 0 0 1 0.05
transit_consolidation volume 5 0.5 15 0.5
transit_consolidation rate 400 50 1500 10
transit_consolidation fee 200 0 1000 10
transit_consolidation container_cost 8000 1000 40000 100
transit_consolidation container_volume 33 20 76 1
transit_consolidation fill 0.8 0.3 1 0.01
transit_consolidation inflow 20 1 200 1
transit_consolidation waiting_cost 20 0 500 5
zone_customs_port containers 320 10 1000 1
zone_customs_port bodies 3 1 6 1
zone_customs_port minutes 2 0.5 30 0.5
zone_customs_port again_before 10 0 100 1
zone_customs_port again_after 3 0 100 1
smart_water_transit distance 30 1 100 1
smart_water_transit lorry_fixed 300 0 2000 10
smart_water_transit lorry_km 8 1 30 0.5
smart_water_transit barge_fixed 350 0 3000 10
smart_water_transit dwell 0.5 0 10 0.1
smart_water_transit dwell_cost 100 0 1000 10
smart_water_transit again 10 0 100 1
smart_water_transit again_cost 150 0 5000 10
seaborne_consolidation distance 200 1 1000 1
seaborne_consolidation lorry_fixed 300 0 2000 10
seaborne_consolidation lorry_km 8 1 30 0.5
seaborne_consolidation feeder_fixed 600 0 3000 10
seaborne_consolidation feeder_km 1.5 0.1 10 0.1
seaborne_consolidation dwell 1.5 0 10 0.1
seaborne_consolidation dwell_cost 100 0 1000 10
shipping_approval first 18 0 60 1
shipping_approval second 16 0 60 1
shipping_approval third 12 0 60 1
shipping_approval dependent 0 0 100 5
ship_supplies documents 23062 100 200000 1
ship_supplies trips 2 0 10 1
ship_supplies minutes 60 1 480 1
ship_supplies wage 50 10 300 1
ship_supplies paper 20 0 500 1
offshore_platform value 11000000000 10100000000 50000000000 100000000
offshore_platform margin 1 0.1 20 0.1
barter_trade traders 4 2 20 1
barter_trade value 10000000 100000 1000000000 100000
barter_trade imbalance 10 0 100 1
freight_insurance days_before 17 1 60 0.5
freight_insurance days_after 10 0.5 60 0.5
freight_cost principal 1000000 10000 200000000 10000
freight_cost days 90 1 360 1
freight_cost rate 5 0 15 0.1
freight_cost premium 0.5 0 5 0.05
freight_cost unsecured 9 0 30 0.1
freight_cost idle 12 0 50 0.5
rail_bill rate_before 6 0.1 15 0.1
rail_bill rate_after 5 0.1 15 0.1
rail_bill days 90 10 360 1
rail_bill saved 2 0 10 0.5
rail_bill fee_before 0.5 0 5 0.05
rail_bill fee_after 0.3 0 5 0.05
warehouse_receipt area 100000 1000 500000 1000
warehouse_receipt load 1 0.1 5 0.1
warehouse_receipt price 4000 100 100000 100
warehouse_receipt haircut 30 0 100 1
double_pledge exposure 10000000 100000 1000000000 100000
double_pledge default 2 0 20 0.1
double_pledge loss 30 0 100 1
double_pledge fraud 2 0 50 0.5
double_pledge pledgees 3 2 10 1
double_pledge control 90 0 100 1
loan_pool fund 50000000 1000000 500000000 1000000
loan_pool lent 1180000000 100000000 5000000000 10000000
loan_pool outstanding 100 5 100 1
loan_pool share 50 5 100 1
freight_fx amount 2100000000 2010000000 10000000000 10000000
freight_fx spread 0.2 0 2 0.01
freight_fx payer 100 0 100 1
freight_fx payee 100 0 100 1
freight_fx_risk amount 1000000 10000 100000000 10000
freight_fx_risk volatility 5 0 30 0.1
freight_fx_risk days 30 0 365 1
three_thousands target 1000 1000 10000 10
three_thousands earlier 310 0 550 1
three_thousands done 560 551 1000 1
three_thousands between 0.95 0.05 5 0.05
gene_bank world 29 1 29.5 0.5
gene_bank china 51 50.5 100 0.5
genomics_consortium institutions 435 2 1000 1
genomics_consortium projects 3.3 0.1 20 0.1
port_2024 cargo 712000000 500000000 850000000 1000000
port_2024 ahead 861000000 851000000 1500000000 1000000
port_2024 growth 4.2 4.1 15 0.1
port_2024 growth_ahead 3 -5 4 0.1
gross_ocean_product value 24481000000 10000000000 50000000000 1000000
gross_ocean_product growth 12.75 -5 30 0.05
gross_ocean_product prices 0 -3 8 0.1
gross_ocean_product years 5 0 10 1
"""
# What is counted from one, or of which there are but so many.
COUNTED = {"{rank}": (1, None), "{phase}": (1, 4), "{mode}": (0, 4)}


def test_defaults_and_ranges_of_parameters_are_those_that_were_chosen():
    table = ftz_data.load_parameters().set_index(["model", "parameter"])
    chosen = [line.split() for line in CHOSEN.split("\n") if line]
    assert len(chosen) > 100, "the ranges were not found"
    for model, parameter, *numbers in chosen:
        assert (model, parameter) in table.index, f"{model} has no {parameter}: strike it here"
        found = table.loc[(model, parameter), ["default", "low", "high", "step"]]
        assert list(found) == list(map(float, numbers)), f"{model}, {parameter}: choose it here too"


def _limits(unit: str, stages: set[str]) -> tuple[float | None, float | None]:
    """Between which numbers an indicator can lie at all, by its unit and by what is printed."""
    if unit in COUNTED:
        return COUNTED[unit]
    if unit == "%":
        return (0, 100) if stages == {"share"} else (-100, None)
    # A change in the unit itself goes either way.
    return (None, None) if "change" in stages else (0, None)


def test_the_limits_of_an_indicator_follow_from_what_it_counts():
    stages = ftz_data.load_observations().groupby("indicator")["stage"].agg(set)
    rows = list(ftz_data.load_indicators().itertuples())
    assert len(rows) > 50, "the indicators were not found"
    for row in rows:
        found = tuple(None if pd.isna(each) else each for each in (row.minimum, row.maximum))
        assert found == _limits(row.unit, stages[row.indicator]), row.indicator


@pytest.mark.parametrize(
    ("unit", "stage", "limits"),
    [
        ("%", "share", (0, 100)),
        ("%", "change", (-100, None)),
        ("d", "change", (None, None)),
        ("d", "after", (0, None)),
        ("{rank}", "rank", (1, None)),
    ],
)
def test_limits_by_hand(unit, stage, limits):
    assert _limits(unit, {stage}) == limits
