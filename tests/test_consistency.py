"""Derived rows against the published list of consequences, and verdicts against the bounds."""

import math
import re

import pandas as pd
import pytest
from changed import Changed

import ftz_data
from ftz_data import __main__ as command
from ftz_data import derived, expressions, language
from ftz_data.interval import Interval
from ftz_data.package import BUILT_IN

DERIVED = derived.load_derived().set_index("derived_id")
OBSERVATIONS = ftz_data.load_observations()
PAIRS = derived.consistency().set_index("pair")

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
    "pool_leverage_losses": (23.5, 23.7),
    "fx_per_enterprise": (2e9 / 4100, math.inf),
    "genomes_china_world": (-math.inf, 60),
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
    lower = -math.inf if math.isnan(row.lower) else row.lower
    upper = math.inf if math.isnan(row.upper) else row.upper
    assert (lower, upper) == pytest.approx(bounds, rel=1e-12)


def test_no_expression_uses_a_figure_twice():
    # Used twice, a figure would be free to take two values at once, and the bounds too wide.
    for expression in [*DERIVED["expression"], *BUILT_IN.table("consistency")["left"]]:
        names = expressions.names(expression)
        for name in names:
            used = len(re.findall(rf"\b{name}\b", expression))
            assert used == 1, f"{name} is used {used} times in {expression}"


@pytest.mark.parametrize("changed", list(OBSERVATIONS["observation_id"]))
def test_changing_a_figure_changes_exactly_the_rows_that_name_it(changed):
    figure = BUILT_IN.rows("observations")[changed]
    # A tenth less, or more where that keeps the figure within the limits of its indicator.
    cells = {column: getattr(figure, column) * 0.9 for column in ("value", "lower", "upper")}
    after = derived.load_derived(Changed(changed, **cells)).set_index("derived_id")
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
        (Interval(3, 1, 5, True, True), Interval(2.5, 2, 3, True, True), "compatible"),
        # The ends meet only where both are allowed.
        (Interval(3, 2, 4, True, True), Interval(4, 4, 6, True, True), "compatible"),
        (Interval(3, 2, 4, True, False), Interval(4, 4, 6, True, True), "contradicts"),
        (Interval(3, 2, 4, True, True), Interval(5, 4, 6, False, True), "contradicts"),
        # An end that is allowed does not lie within an interval without it.
        (Interval(3, 2, 4, True, True), Interval(3, 2, 4, False, True), "compatible"),
    ],
)
def test_verdicts_on_bounds(one, other, verdict):
    assert derived.verdict(one, other) == verdict


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        # Two that must be one: that the one lies within the other only allows it.
        (Interval.exact(-60), Interval(-50, -100, -50, True, True), "compatible"),
        (Interval(3, 2, 4, True, True), Interval(2.5, 1, 5, True, True), "compatible"),
        (Interval.exact(4), Interval.exact(4), "agrees"),
        (Interval(3, 2, 4, True, False), Interval(2.5, 2, 4, True, False), "agrees"),
        (Interval.exact(4), Interval.exact(5), "contradicts"),
    ],
)
def test_verdicts_on_what_must_be_one(one, other, verdict):
    assert derived.verdict(one, other, "equal") == verdict


def test_figures_of_another_year_differ_and_do_not_contradict():
    apart, four, five = True, Interval.exact(4), Interval.exact(5)
    assert derived.verdict(four, five, "equal", apart) == "differs"
    # Where they meet, what they count apart changes nothing.
    assert derived.verdict(four, four, "equal", apart) == "agrees"
    assert derived.verdict(four, None, "equal", apart) == "cannot be tested"


def test_both_sides_of_a_pair_are_in_its_unit():
    tables = (OBSERVATIONS, ftz_data.load_context(), DERIVED.reset_index())
    units = {row.iloc[0]: row["unit"] for table in tables for _, row in table.iterrows()}
    seen = set()
    for row in derived.consistency().itertuples():
        for side in (row.left, row.right):
            bare = isinstance(side, str) and re.fullmatch(r"-?(?:rounded\()?(\w+)\)?", side)
            if bare and bare[1] in units:
                assert units[bare[1]] == row.unit, (row.pair, bare[1])
                seen.add(row.pair)
    # What is left holds expressions on both sides, whose unit is read off by hand: differences of
    # two figures of the pair's unit, which are tested against nothing but their sign.
    rest = PAIRS.loc[sorted(set(PAIRS.index) - seen)]
    for row in rest.itertuples():
        used = expressions.names(row.left)
        if row.right == "positive":
            own = {units[name] for name in used}
            if row.Index == "setup_rest":
                # Months become days by the length of a month.
                own.discard("mo")
            # Two percentages differ by points.
            assert own == {"%" if row.unit == "[pp]" else row.unit}, row.Index
        else:
            assert row.Index in ("pool_saving_firm",), f"{row.Index}: no side names its unit"


def test_the_intervals_of_a_pair_name_their_unit():
    for lang, crude, loans in (
        ("en", "36 to 60 hours", "more than 42.19 basis points"),
        ("zh", "36至60小时", "超过42.19个基点"),
    ):
        assert PAIRS.loc["crude_hours", f"left_{lang}"] == crude
        assert PAIRS.loc["pool_saving_subsidy", f"left_{lang}"] == loans


def test_a_side_that_stands_as_it_was_printed_says_who_printed_it():
    bases = PAIRS[["left_basis", "right_basis"]]
    assert [*bases.loc["crude_cycle"]] == ["derived", "reported"]
    assert [*bases.loc["crude_hours"]] == ["derived", "published"]
    assert [*bases.loc["port_rank_cargo"]] == ["reported", "published"]
    # A rate of exchange is put in; a rounded figure stands for an interval; a share ends at 100%.
    assert [*bases.loc["offshore_share"]] == ["derived", "published"]
    assert [*bases.loc["crude_saving"]] == ["reported", "derived"]
    assert [*bases.loc["port_cargo"]] == ["derived", "derived"]


# Each worked by hand from the printed and published figures.
VERDICTS = {
    # 1.5 to 2.5 days saved for 35%: a cycle of 5.8 to 9.6 days, no release time of 2 to 3.
    "crude_cycle": "contradicts",
    # 36 to 60 hours, and more than 46.9 hours.
    "crude_hours": "compatible",
    # 2 million yuan; 100,000 dollars are 0.63 to 0.74 million: another party's cost.
    "crude_saving": "differs",
    # 2 million; below a billion over 977 calls, 1.02 million: all calls of a district.
    "crude_saving_calls": "differs",
    # -60 lies within -100 to -50, but the two need not be one.
    "cotton_one_gain": "compatible",
    # 90 to 6 minutes is -93.3, within -100 to -50.
    "cotton_time": "agrees",
    # With no more people at most -93.3, which -60 is not.
    "cotton_hours_saved": "contradicts",
    "ore_one_gain_speed": "cannot be tested",
    "ore_one_gain_time": "cannot be tested",
    # 30 days lie within 28 to 62.
    "setup_rest": "compatible",
    "storage_points": "cannot be tested",
    "storage_ratio": "cannot be tested",
    # 3.995 to 4.005 million, and more than 4 million.
    "supplies_saving": "compatible",
    # 80 or more, and more than 80.
    "offshore_share": "compatible",
    # At least 85 less 80 is at least 5.
    "barter_share": "agrees",
    # 50 + 40 + 10 = 100 million.
    "pool_parts": "agrees",
    # More than 70 times 5 million is 350 million; 3 to 4% of 1.18 billion are 35 to 47 million.
    "pool_saving_firm": "contradicts",
    # More than 42.2 basis points; 30% of 3 to 4% is 90 to 120.
    "pool_saving_subsidy": "compatible",
    # Less than 30, less 28, is less than 2.
    "genomes_world": "compatible",
    # More than 50, less 49, is more than 1.
    "genomes_china": "agrees",
    # 1000 less more than 310, or more than 560: less than 690 and 440, of either sign.
    "species_target_2024": "compatible",
    "species_target_2025": "compatible",
    # 712 rounds to 710, and 30.87 to 30.9.
    "port_cargo": "agrees",
    "port_containers": "agrees",
    # Fourth is fourth, and not fifth.
    "port_rank_cargo": "agrees",
    "port_rank_containers": "contradicts",
    # 9.1 less 5.9, 6.1 and 5.7.
    "gop_growth_china": "agrees",
    "gop_growth_shandong": "agrees",
    "gop_growth_city": "agrees",
    "gop_growth_average": "cannot be tested",
    # 9.1 less 12.75 is below zero, of one year against several.
    "gop_growth": "differs",
}


def test_every_verdict_is_worked_by_hand():
    assert set(VERDICTS) == set(PAIRS.index)


@pytest.mark.parametrize(("pair", "verdict"), VERDICTS.items())
def test_the_reports_own_verdicts(pair, verdict):
    assert PAIRS.loc[pair, "verdict"] == verdict


def test_no_verdict_is_certain_from_the_start():
    # A pair whose left side cannot leave the right one, whatever is printed, tests nothing: a share
    # is a share by definition. Each is moved far to either side, and some verdict must change.
    tables = [BUILT_IN.rows("observations"), BUILT_IN.rows("context")]
    figures = {name: row for table in tables for name, row in table.items()}
    figures |= {row.derived_id: row for row in derived.load_derived().itertuples()}
    for row in BUILT_IN.table("consistency").dropna(subset="right").itertuples():
        seen = set()
        used = expressions.names(f"{row.left} + {row.right}")
        for moved in used:
            for factor in (0.01, 0.3, 1, 1.25, 3, 100):
                figure = figures[moved]
                ends = {
                    name: getattr(figure, name) * factor for name in ("value", "lower", "upper")
                }
                changed = figures | {moved: figure._replace(**ends)}
                try:
                    sides = [expressions.evaluate(side, changed) for side in (row.left, row.right)]
                except ValueError:
                    continue
                seen.add(derived.verdict(*sides, row.test))
        assert len(seen) > 1, f"{row.pair} is {seen} whatever the figures are"


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
        expressions.evaluate(expression, figures)


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
        assert language.label("verdict", row.verdict, "en") in lines[row.pair]


def test_published_figures_carry_source_and_date():
    context = ftz_data.load_context()
    assert not context["time_period"].isna().any()
    sources = ftz_data.load_sources().set_index("source")
    for row in context.itertuples():
        assert sources.loc[row.source, "kind"] == "published"
        assert pd.isna(row.lower) or row.lower <= row.value
        assert pd.isna(row.upper) or row.value <= row.upper


def test_no_system_loses_its_published_figures():
    published = set(ftz_data.load_context()["instrument"].dropna())
    lost = {
        "barter_trade",
        "bg136",
        "cbec_modes",
        "cotton_weighing",
        "crude_release",
        "deep_sea_atlas",
        "freight_insurance",
        "gene_bank",
        "genomics_consortium",
        "gross_ocean_product",
        "herbicides",
        "loan_pool",
        "mgi_sequencers",
        "offshore_platform",
        "ore_blending",
        "port_2024",
        "rail_bill",
        "ship_supplies",
        "three_thousands",
        "warehouse_receipt",
    } - published
    assert not lost, f"no row of context.csv names {sorted(lost)}"


def test_sources_without_a_row_are_known():
    """Sources that no row of another table names: methods and surveys to read further."""
    tables = [name for name in BUILT_IN.resources if name != "sources"]
    named = {
        key
        for name in tables
        for row in BUILT_IN.rows(name).values()
        for cell in row
        if isinstance(cell, str)
        for key in cell.split(";")
    }
    assert set(BUILT_IN.rows("sources")) - named == {
        "doing_business",
        "ggm_queue_1993",
        "iso_668",
        "oecd_stri",
        "oecd_tfi",
        "un_global_survey",
        "world_bank_lpi",
        "wto_tfa",
    }
