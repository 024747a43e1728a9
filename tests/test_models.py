"""Teaching models: declarations, hand-worked cases, independent oracles, limits, bad input."""

import math

import numpy as np
import numpy_financial
import pandas as pd
import pytest
import simpy
from hypothesis import given
from hypothesis import strategies as st

import ftz_data
from ftz_data import derived, language, models
from ftz_data.models import finance, logistics, queues

DECLARED = ftz_data.load_models()
PARAMETERS = ftz_data.load_parameters()
NAMES = list(DECLARED["model"])


def test_every_system_with_a_mechanism_in_numbers_has_a_model():
    # The chooser of supervision modes and the pipeline board are the models of the others.
    boards = {"cbec_modes", *ftz_data.load_pipeline()["instrument"]}
    systems = set(ftz_data.load_instruments()["instrument"])
    assert set(DECLARED["instrument"]) == systems - boards


@pytest.mark.parametrize("name", NAMES)
def test_declaration_and_function_agree(name):
    model = models.get(name)
    code = model.function.__code__
    assert list(model.parameters) == list(code.co_varnames[: code.co_argcount])
    for parameter in model.parameters.values():
        assert parameter.low <= parameter.default <= parameter.high, parameter
        assert 0 < parameter.step <= parameter.high - parameter.low, parameter
        # A slider snaps to its steps, which must not move the default.
        steps = (parameter.default - parameter.low) / parameter.step
        assert steps == pytest.approx(round(steps), abs=1e-6), parameter
    result = models.evaluate(name)
    assert isinstance(result, float) and math.isfinite(result)


@pytest.mark.parametrize(
    "row", list(PARAMETERS.itertuples()), ids=lambda row: f"{row.model}-{row.parameter}"
)
def test_a_default_is_what_its_basis_says(row):
    tables = {
        "reported": ftz_data.load_observations().set_index("observation_id"),
        "published": ftz_data.load_context().set_index("context_id"),
        "derived": derived.load_derived().set_index("derived_id"),
    }
    assert row.reason_en and row.reason_zh
    if row.basis == "assumed":
        assert pd.isna(row.origin)
        return
    origin = tables[row.basis].loc[row.origin]
    # A change of minus two days is two days saved.
    assert row.default == pytest.approx(abs(origin["value"]))
    assert row.unit in (origin["unit"], "1")


@pytest.mark.parametrize("name", NAMES)
def test_the_unit_of_a_result_is_that_of_its_reported_figure(name):
    model = models.get(name)
    if model.observation:
        figures = ftz_data.load_observations().set_index("observation_id")
        assert figures.loc[model.observation, "unit"] == model.unit


@pytest.mark.parametrize("name", NAMES)
def test_arrays_give_what_scalars_give(name):
    random = np.random.default_rng(1)
    parameters = models.get(name).parameters.values()
    drawn = {
        p.name: random.integers(int(p.low), int(p.high), 20, endpoint=True)
        if p.whole
        else random.uniform(p.low, p.high, 20)
        for p in parameters
    }
    many = models.evaluate(name, **drawn)
    for i, one in enumerate(many):
        assert one == pytest.approx(
            models.evaluate(name, **{key: values[i] for key, values in drawn.items()})
        )
    assert np.isfinite(many).all()


# Worked by hand.
CASES = [
    ("crude_turnover", {"cycle": 8, "saved": 2}, 100 / 3),
    ("ore_blending", {"discharge": 3, "stockpile": 1, "blend": 4}, -4),
    (
        "cotton_weighing",
        {"minutes_before": 10, "crew_before": 4, "minutes_after": 5, "crew_after": 2},
        -75,
    ),
    (
        "classified_supervision",
        {"users": 4, "mean": 100, "deviation": 50, "safety": 2},
        100 * (800 / 600 - 1),
    ),
    (
        "transit_consolidation",
        {
            "volume": 4,
            "rate": 500,
            "fee": 100,
            "container_cost": 6600,
            "container_volume": 33,
            "fill": 0.5,
        },
        500,
    ),
    ("zone_customs_port", {"capacity": 800, "exchange": 25}, 200),
    (
        "smart_water_transit",
        {
            "distance": 50,
            "lorry_fixed": 200,
            "lorry_km": 10,
            "barge_fixed": 400,
            "dwell": 2,
            "dwell_cost": 50,
        },
        200,
    ),
    (
        "seaborne_consolidation",
        {
            "distance": 100,
            "lorry_fixed": 200,
            "lorry_km": 10,
            "feeder_fixed": 500,
            "feeder_km": 2,
            "dwell": 1,
            "dwell_cost": 100,
        },
        400,
    ),
    ("shipping_approval", {"first": 12, "second": 20, "third": 8}, -20),
    ("ship_supplies", {"declarations": 1000, "minutes": 90, "wage": 40, "paper": 10}, 70000),
    ("offshore_platform", {"own": 12e9, "share": 96}, 12.5e9),
    ("barter_trade", {"traders": 3, "value": 1e6, "imbalance": 20}, 6e5),
    ("freight_insurance", {"days_before": 17, "days_after": 10}, 70),
    ("freight_cost", {"principal": 1e6, "rate": 6, "days": 60, "premium": 1}, 20000),
    (
        "rail_bill",
        {
            "rate_before": 6,
            "rate_after": 6,
            "days": 90,
            "saved": 2,
            "fee_before": 0,
            "fee_after": 0,
        },
        -100 * 2 / 90,
    ),
    ("warehouse_receipt", {"price": 5000, "quantity": 200, "haircut": 40}, 6e5),
    (
        "double_pledge",
        {"exposure": 1e6, "default": 5, "loss": 20, "pledge": 50, "control": 50},
        20000,
    ),
    ("loan_pool", {"fund": 1e8, "lent": 1e9, "share": 80}, 12.5),
    ("freight_fx", {"amount": 1e9, "spread": 0.3}, 3e6),
    ("freight_fx_risk", {"amount": 1e6, "volatility": 10, "days": 365}, 1e5),
    ("three_thousands", {"target": 1000, "done": 400, "years": 3}, 200),
    ("gene_bank", {"world": 28, "china": 56}, 50),
    ("genomics_consortium", {"institutions": 100, "partners": 6}, 300),
    ("port_2024", {"cargo": 7e8, "growth": 10, "years": 2}, 8.47e8),
    ("gross_ocean_product", {"value": 12.1e9, "growth": 10, "years": 2}, 10e9),
]


@pytest.mark.parametrize(("name", "values", "expected"), CASES, ids=[case[0] for case in CASES])
def test_hand_worked_cases(name, values, expected):
    assert models.evaluate(name, **values) == pytest.approx(expected, rel=1e-12)


def test_every_model_has_a_hand_worked_case_or_an_oracle():
    assert {case[0] for case in CASES} | {"crude_release"} == set(NAMES)


@pytest.mark.parametrize(
    ("servers", "load", "chance"),
    [
        # One server waits with the chance that it is busy; two by the closed form 2ρ²/(1 + ρ).
        (1, 0.3, 0.3),
        (2, 1.0, 1 / 3),
        (2, 1.6, 2 * 0.64 / 1.8),
        # Textbook value for 10 servers and 8 erlangs.
        (10, 8.0, 0.409),
    ],
)
def test_erlang_c_against_closed_forms_and_a_table(servers, load, chance):
    assert float(queues.erlang_c(servers, load)) == pytest.approx(chance, rel=2e-3)


@pytest.mark.parametrize("servers", [1, 2, 3, 7])
def test_erlang_c_against_its_definition(servers):
    load = 0.85 * servers
    tail = load**servers / (math.factorial(servers) * (1 - load / servers))
    total = sum(load**k / math.factorial(k) for k in range(servers)) + tail
    assert float(queues.erlang_c(servers, load)) == pytest.approx(tail / total, rel=1e-12)


def _simulated_wait(servers, arrivals, service, variation, customers=40000):
    """Mean wait of a simulated queue; service is exponential (variation 1) or constant (0)."""
    random = np.random.default_rng(7)
    environment = simpy.Environment()
    team = simpy.Resource(environment, servers)
    waits = []

    def customer():
        arrived = environment.now
        with team.request() as request:
            yield request
            waits.append(environment.now - arrived)
            yield environment.timeout(random.exponential(service) if variation else service)

    def source():
        for _ in range(customers):
            yield environment.timeout(random.exponential(1 / arrivals))
            environment.process(customer())

    environment.process(source())
    environment.run()
    return np.mean(waits[customers // 10 :])


@pytest.mark.parametrize(
    ("servers", "arrivals", "service", "variation", "error"),
    # The correction for other than exponential service is exact for one server only.
    [(1, 1.2, 0.5, 1, 0.05), (2, 3.0, 0.5, 1, 0.05), (1, 1.2, 0.5, 0, 0.05), (2, 3.0, 0.5, 0, 0.1)],
)
def test_waits_against_a_simulation(servers, arrivals, service, variation, error):
    ours = float(queues.wait(servers, arrivals, service, variation))
    assert ours == pytest.approx(_simulated_wait(servers, arrivals, service, variation), rel=error)


def test_interest_against_numpy_financial():
    # Simple interest of one period is what numpy-financial's future value gives for one period.
    rate = 6 / 100 * 90 / 360
    theirs = -numpy_financial.fv(rate, 1, 0, 1e6) - 1e6
    assert float(finance.freight_cost(1e6, 6, 90, 0)) == pytest.approx(theirs, rel=1e-12)
    growth = models.evaluate("gross_ocean_product", value=2e10, growth=8, years=4)
    assert growth == pytest.approx(-numpy_financial.pv(0.08, 4, 0, 2e10), rel=1e-12)


def test_pooling_against_a_simulation():
    # Space that suffices with a chance of 95 %, apart and together, from normal stocks.
    random = np.random.default_rng(3)
    stocks = random.normal(100, 40, (400000, 3))
    apart = np.quantile(stocks, 0.95, axis=0).sum()
    together = np.quantile(stocks.sum(axis=1), 0.95)
    gain = float(logistics.classified_supervision(3, 100, 40, 1.645))
    assert gain == pytest.approx(100 * (apart / together - 1), rel=0.02)


def test_expected_loss_against_a_simulation():
    random = np.random.default_rng(5)
    draws = 2_000_000
    defaults = random.random(draws) < 0.1
    twice = (random.random(draws) < 0.3) & (random.random(draws) >= 0.6)
    losses = np.where(defaults, np.where(twice, 1.0, 0.4), 0.0)
    ours = float(finance.double_pledge(1.0, 10, 40, 30, 60))
    assert ours == pytest.approx(losses.mean(), rel=0.01)


MONOTONE = [
    ("crude_release", "teams", -1),
    ("crude_release", "arrivals", 1),
    ("crude_release", "check", 1),
    ("crude_release", "variation", 1),
    ("crude_turnover", "saved", 1),
    ("crude_turnover", "cycle", -1),
    ("classified_supervision", "users", 1),
    ("classified_supervision", "deviation", 1),
    ("warehouse_receipt", "haircut", -1),
    ("double_pledge", "control", -1),
    ("double_pledge", "default", 1),
    ("loan_pool", "share", -1),
    ("loan_pool", "fund", 1),
    ("barter_trade", "imbalance", 1),
    ("shipping_approval", "first", -1),
    ("offshore_platform", "share", -1),
    ("three_thousands", "years", -1),
    ("freight_cost", "days", 1),
    ("rail_bill", "rate_after", 1),
    ("gross_ocean_product", "growth", -1),
]


@pytest.mark.parametrize(("name", "parameter", "direction"), MONOTONE)
@given(data=st.data())
def test_results_move_one_way(name, parameter, direction, data):
    # Whatever the other assumptions are: more teams never wait longer, a higher haircut never
    # lends more.
    values = {}
    for p in models.get(name).parameters.values():
        numbers = st.integers(int(p.low), int(p.high)) if p.whole else st.floats(p.low, p.high)
        if p.name != parameter:
            values[p.name] = data.draw(numbers, label=p.name)
    curve = models.sweep(name, parameter, points=15, **values)["result"].to_numpy()
    steps = np.diff(curve) * direction
    assert (steps >= -1e-9 * np.abs(curve).max() - 1e-9).all()


def test_limits():
    # Full utilisation: the wait grows without end.
    assert float(queues.wait(1, 0.999999, 1, 1)) > 1e5
    with pytest.raises(ValueError, match="utilisation is 1; below 1 is allowed"):
        queues.wait(2, 2, 1, 1)
    # One user, one department, no loss, no variation: nothing is gained, lost or waited for.
    assert models.evaluate("classified_supervision", users=1) == 0
    assert models.evaluate("shipping_approval", second=0, third=0) == 0
    assert models.evaluate("double_pledge", default=0) == 0
    assert models.evaluate("barter_trade", imbalance=0) == 0
    assert models.evaluate("warehouse_receipt", haircut=100) == 0
    # No arrivals to speak of: the check alone.
    assert float(queues.wait(3, 1e-9, 0.5, 1)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_bad_values_are_named_with_the_allowed_range(name):
    for p in models.get(name).parameters.values():
        allowed = f"a number from {p.low:g} to {p.high:g} is allowed"
        for bad in (
            p.low - 1,
            p.high * 2 + 1,
            math.nan,
            math.inf,
            "5",
            None,
            [],
            [p.low, math.nan],
        ):
            with pytest.raises(ValueError) as caught:
                models.evaluate(name, **{p.name: bad})
            assert str(caught.value).startswith(f"{p.name} is ")
            assert allowed in str(caught.value)


def test_unknown_names_are_named():
    with pytest.raises(KeyError, match="no model 'crude'; nearest: crude_"):
        models.evaluate("crude")
    with pytest.raises(
        ValueError, match="crude_turnover has no parameter 'days'; allowed are cycle"
    ):
        models.evaluate("crude_turnover", days=3)
    with pytest.raises(ValueError, match="has no parameter 'days'"):
        models.sweep("crude_turnover", "days")


@pytest.mark.parametrize("name", NAMES)
def test_calibration_reproduces_the_report_or_says_that_nothing_does(name):
    model = models.get(name)
    if not model.observation:
        with pytest.raises(ValueError, match="the report prints no figure"):
            models.calibrate(name, next(iter(model.parameters)))
        return
    target = (
        ftz_data.load_observations().set_index("observation_id").loc[model.observation, "value"]
    )
    found = 0
    for key in model.parameters:
        answer = models.calibrate(name, key)
        if answer is None:
            curve = models.sweep(name, key, points=2001)["result"] - target
            assert model.parameters[key].whole or (curve > 0).all() or (curve < 0).all()
        else:
            found += 1
            assert models.evaluate(name, **{key: answer}) == pytest.approx(target, rel=1e-9)
    assert found, "no parameter at all reproduces the report"


@pytest.mark.parametrize("name", NAMES)
def test_sensitivity_and_simulation(name):
    table = models.sensitivity(name)
    assert set(table["parameter"]) == set(models.get(name).parameters)
    assert table["swing"].is_monotonic_decreasing
    first = table.iloc[0]
    ends = models.sweep(name, first.parameter)["result"]
    assert first.low == pytest.approx(ends.iloc[0])
    draws = models.simulate(name, 500, seed=2)
    assert draws.shape == (500,) and np.isfinite(draws).all()
    assert (draws == models.simulate(name, 500, seed=2)).all()
    assert not (draws == models.simulate(name, 500, seed=3)).all()
    parameter = next(iter(models.get(name).parameters.values()))
    fixed = models.simulate(name, 500, seed=2, **{parameter.name: parameter.default})
    assert not (fixed == draws).all()


def test_every_unit_of_a_model_has_words():
    units = set(PARAMETERS["unit"]) | set(DECLARED["unit"])
    assert units <= set(language.codes("unit"))
