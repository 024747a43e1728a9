"""Teaching models: declarations, hand-worked cases, independent oracles, limits, bad input."""

import math
import shutil

import numpy as np
import numpy_financial
import pandas as pd
import pytest
import simpy
from hypothesis import given
from hypothesis import strategies as st

import ftz_data
from ftz_data import derived, models
from ftz_data.interval import Interval
from ftz_data.models import declared, finance, logistics, queues
from ftz_data.package import BUILT_IN, Package

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
        if not pd.isna(row.origin):
            origin = next(t.loc[row.origin] for t in tables.values() if row.origin in t.index)
            # Chosen by us, but within what the wording allows.
            inside = Interval.exact(row.default).inside(derived.limited(origin))
            assert inside, f"{row.default} is outside of {row.origin}"
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
    # A day costs 7 yuan a dollar × (100,000 + 90 m × 4 % / 360 = 10,000) and 50,000: 820,000.
    (
        "crude_saving",
        {
            "saved": 2,
            "demurrage": 1e5,
            "exchange": 7,
            "value": 9e7,
            "rate": 4,
            "berth": 5e4,
        },
        1.64e6,
    ),
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
            "inflow": 33,
            "waiting_cost": 20,
        },
        # 2,100 on its own; 1,600 for its share, and a quarter of a day at 20.
        495,
    ),
    # Ten hours an entry; 3.3 entries before, one after.
    (
        "zone_customs_port",
        {"containers": 300, "bodies": 3, "minutes": 2, "again_before": 10, "again_after": 0},
        23,
    ),
    (
        "smart_water_transit",
        {
            "distance": 50,
            "lorry_fixed": 200,
            "lorry_km": 10,
            "barge_fixed": 400,
            "dwell": 2,
            "dwell_cost": 50,
            "again": 10,
            "again_cost": 200,
        },
        # 700 by road; 400 + 100 + 20 by water.
        180,
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
    # The third waits for half of the first: 6 + 8 = 14 days in place of 30.
    ("shipping_approval", {"first": 12, "second": 10, "third": 8, "dependent": 50}, -16),
    (
        "ship_supplies",
        {"documents": 1000, "trips": 2, "minutes": 45, "wage": 40, "paper": 10},
        70000,
    ),
    ("offshore_platform", {"value": 12e9, "margin": 2}, 2.4e8),
    ("barter_trade", {"traders": 3, "value": 1e6, "imbalance": 20}, 6e5),
    ("freight_insurance", {"days_before": 17, "days_after": 10}, 70),
    # 2.5 % of interest unsecured, against 1 % of interest and 1 % of premium.
    (
        "freight_cost",
        {"principal": 1e6, "days": 60, "rate": 6, "premium": 1, "unsecured": 15},
        5000,
    ),
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
    ("warehouse_receipt", {"area": 1000, "load": 2, "price": 5000, "haircut": 40}, 6e6),
    # Fraud in 5 %, which costs half; of the rest a tenth defaults and costs a fifth.
    (
        "double_pledge",
        {
            "exposure": 1e6,
            "default": 10,
            "loss": 20,
            "fraud": 10,
            "pledgees": 2,
            "control": 50,
        },
        44000,
    ),
    ("loan_pool", {"fund": 1e8, "lent": 1e9, "share": 80}, 12.5),
    ("freight_fx", {"amount": 3e9, "spread": 0.3, "payer": 100, "payee": 50}, 1.35e7),
    ("freight_fx_risk", {"amount": 1e6, "volatility": 10, "days": 365}, 1e5),
    ("three_thousands", {"target": 1000, "earlier": 300, "done": 600, "between": 1.5}, 2),
    ("gene_bank", {"world": 28, "china": 56}, 50),
    ("genomics_consortium", {"institutions": 100, "projects": 3.5}, 350),
    # 750 × 1.1² = 907.5.
    (
        "port_2024",
        {"cargo": 7.5e8, "ahead": 9.075e8, "growth": 10, "growth_ahead": 0},
        2,
    ),
    ("gross_ocean_product", {"value": 12.1e9, "growth": 10, "years": 2}, 10e9),
]


@pytest.mark.parametrize(("name", "values", "expected"), CASES, ids=[case[0] for case in CASES])
def test_hand_worked_cases(name, values, expected):
    assert models.evaluate(name, **values) == pytest.approx(expected, rel=1e-12)


def test_every_model_has_a_hand_worked_case_or_an_oracle():
    tested = {case[0] for case in CASES} | {"crude_release"}
    for name in set(NAMES) - tested:
        assert f">>> {name}(" in (models.get(name).function.__doc__ or ""), (
            f"{name} has no case worked by hand: add an example to its docstring"
        )


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
    assert float(finance.freight_cost(1e6, 90, 0, 0, 6, 0)) == pytest.approx(theirs, rel=1e-12)
    growth = models.evaluate("gross_ocean_product", value=2e10, growth=8, years=4)
    assert growth == pytest.approx(-numpy_financial.pv(0.08, 4, 0, 2e10), rel=1e-12)


@pytest.mark.parametrize("correlation", [0, 0.5])
def test_pooling_against_a_simulation(correlation):
    # Space that suffices with a chance of 95 %, apart and together, from normal stocks.
    random = np.random.default_rng(3)
    covariance = 1600 * (correlation + (1 - correlation) * np.eye(3))
    stocks = random.multivariate_normal([100] * 3, covariance, 400000)
    apart = np.quantile(stocks, 0.95, axis=0).sum()
    together = np.quantile(stocks.sum(axis=1), 0.95)
    gain = float(logistics.classified_supervision(3, 100, 40, 1.645, correlation))
    assert gain == pytest.approx(100 * (apart / together - 1), rel=0.02)


def test_expected_loss_against_a_simulation():
    random = np.random.default_rng(5)
    draws = 2_000_000
    defaults = random.random(draws) < 0.1
    pledged = (random.random(draws) < 0.3) & (random.random(draws) >= 0.6)
    # Of four lenders who hold the same goods each finds a quarter.
    losses = np.where(pledged, 0.75, np.where(defaults, 0.4, 0.0))
    ours = float(finance.double_pledge(1.0, 10, 40, 30, 4, 60))
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
    ("offshore_platform", "margin", 1),
    ("three_thousands", "between", 1),
    ("freight_cost", "premium", -1),
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
    assert models.evaluate("double_pledge", default=0, fraud=0) == 0
    assert models.evaluate("double_pledge", default=0, control=100) == 0
    assert models.evaluate("barter_trade", imbalance=0) == 0
    assert models.evaluate("warehouse_receipt", haircut=100) == 0
    # No arrivals to speak of: the check alone.
    assert float(queues.wait(3, 1e-9, 0.5, 1)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_bad_values_are_named_with_the_allowed_range(name):
    for p in models.get(name).parameters.values():
        noun = "whole number" if p.whole else "number"
        allowed = f"a {noun} from {p.low:g} to {p.high:g} is allowed"
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
    assert units <= set(ftz_data.load_units()["unit"])


def test_a_parameter_that_counts_is_solved_for_in_whole_numbers_or_not_at_all():
    counts = [
        (name, key)
        for name in NAMES
        for key, parameter in models.get(name).parameters.items()
        if parameter.whole and models.get(name).observation
    ]
    assert counts, "no model with a reported figure counts anything"
    for name, key in counts:
        answer = models.calibrate(name, key)
        assert answer is None or answer.is_integer(), f"{name}: {answer} of {key}"


@pytest.mark.parametrize("name", NAMES)
def test_the_value_that_is_solved_for_does_not_matter(name):
    model = models.get(name)
    for key, parameter in model.parameters.items() if model.observation else ():
        moved = models.calibrate(name, key, **{key: parameter.high})
        assert moved == models.calibrate(name, key), f"{name}: {key} was moved"


def test_a_curve_has_a_hundred_steps_or_every_whole_number():
    curve = models.sweep("crude_turnover", "cycle")
    assert len(curve) == 101, "a curve of fewer points shows corners"
    for name in NAMES:
        for key, parameter in models.get(name).parameters.items():
            values = models.sweep(name, key)["parameter"]
            assert values.iloc[0] == parameter.low, f"{name}: {key} starts elsewhere"
            assert values.iloc[-1] == parameter.high, f"{name}: {key} ends elsewhere"


def test_a_value_that_was_moved_is_assumed():
    lent = models.get("loan_pool").parameters["lent"]
    assert lent.basis_of(lent.default) == "reported"
    assert lent.basis_of(lent.default + lent.step) == "assumed", "the report prints no such sum"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (430.7, "430.7"),
        (430.000000001, "430.000000001"),
        (np.float32(2.5), "2.5"),
        ([430, 430.5], "430.5"),
        ("4e2", "'4e2'"),
        (True, "True"),
        (1001, "1001"),
    ],
)
def test_people_and_teams_do_not_come_in_parts(value, shown):
    with pytest.raises(ValueError, match=f"institutions is {shown}; a whole number from"):
        models.evaluate("genomics_consortium", institutions=value)


def test_a_list_of_values_gives_what_each_of_them_gives():
    given = [430, 431.0, np.int64(2)]
    wanted = [models.evaluate("genomics_consortium", institutions=each) for each in given]
    assert models.evaluate("genomics_consortium", institutions=given).tolist() == wanted


def test_release_before_inspection_saves_the_laboratory():
    # Before, a tanker waits for the laboratory too; after, the days are those of queue and check.
    whole = models.evaluate("crude_release")
    assert models.evaluate("crude_release", laboratory=0) == pytest.approx(whole - 2)


def test_one_bad_row_breaks_its_own_model_alone(tmp_path):
    copy = Package(shutil.copytree(BUILT_IN.path, tmp_path / "data"))
    path = copy.path / "models.csv"
    text = path.read_text(encoding="utf-8").replace("\ncrude_turnover,", "\nno_such,", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="models.csv, row 'no_such': models of section 'customs'"):
        declared._declared("no_such", copy)
    assert declared._declared("loan_pool", copy).unit == "%"
