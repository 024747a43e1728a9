"""Boards: counts against the tables, stages, modes, and the text in every cell."""

import pytest

import ftz_data
from ftz_data import charts, language
from ftz_data.language import worded


def _cells(chart, lang="en"):
    names = ("row", "column", "words")
    cells = [[worded(cell[name], lang) for name in names] for cell in chart.data.to_dict("records")]
    return {(row, column): words for row, column, words in cells}


def test_the_inventory_counts_every_figure_and_claim():
    cells = _cells(charts.inventory())
    total = len(ftz_data.load_observations()) + len(ftz_data.load_claims())
    assert sum(map(int, cells.values())) == total
    targets = ftz_data.load_observations().query("stage == 'target' and section == 'gene_tech'")
    assert cells["Target", "Gene technology"] == str(len(targets))
    firsts = ftz_data.load_claims().query("kind == 'first' and section == 'trade'")
    assert cells["First of its kind", "International trade"] == str(len(firsts))


def test_coverage_counts_what_the_figures_say():
    cells = _cells(charts.coverage())
    rows = ftz_data.load_observations()
    customs = [row for row in rows.itertuples() if row.section == "customs"]
    # "2 to 3 days" and "50% or more" are not exact, "half a day" is.
    exact = {row.observation_id: row.lower == row.upper for row in customs}
    assert not exact["crude_time_before"] and not exact["cotton_time_change"]
    assert exact["crude_time_after"]
    counts = {
        "Period given": sum(isinstance(row.time_period, str) for row in customs),
        "Exact value": sum(exact.values()),
    }
    for column, count in counts.items():
        assert cells["Customs clearance", column] == f"{count} of {len(customs)}", column
    areas = [cell for cell in cells if cell[1] == "Area"]
    assert not areas, "areas are ours, and no merit of the report"


def test_coverage_finds_the_printed_baseline_of_a_change():
    cells = _cells(charts.coverage())
    rows = ftz_data.load_observations()
    needs = rows[rows["stage"].isin(["change", "growth", "after"])].groupby("section").size()
    # The report prints the state before of two quantities: the release of crude oil, in customs,
    # and the setting up of a firm, in logistics, where the time saved is an indicator of its own.
    assert cells["Customs clearance", "Baseline printed"] == f"1 of {needs['customs']}"
    assert cells["Shipping and logistics", "Baseline printed"] == f"1 of {needs['logistics']}"
    assert ("International trade", "Baseline printed") not in cells, (
        "no figure of trade needs a baseline"
    )


def test_each_product_stands_at_its_reported_stage():
    rows = ftz_data.load_pipeline()
    data = charts.pipeline().data
    for row in rows.itertuples():
        own = data[data["label"].map(lambda label: worded(label, "en")) == row.title_en]
        here = own[own["here"]].iloc[0]
        assert worded(here["step"], "en") == language.label("step", row.step, "en")
        assert worded(here["words"], "en") == row.detail_en
        assert own["here"].sum() == 1
        steps = row.steps.split(";")
        assert row.step in steps
        assert steps == [step for step in language.codes("step") if step in steps], row.product
        assert len(own) == len(steps)


def test_no_system_loses_its_ties_to_industries():
    tied = ftz_data.load_ties()["instrument"].nunique()
    # One that is new may stand without.
    assert tied >= 26, f"ties.csv has {tied} systems, of 26 before"
    assert len(charts.ties().data) == len(ftz_data.load_ties())


@pytest.mark.parametrize(
    ("buyer", "direction", "stock", "fits", "by_regulation"),
    [
        ("consumer", "export", "direct", {"9610"}, set()),
        ("consumer", "import", "bonded_zone", {"1210"}, set()),
        ("business", "export", "direct", {"9710"}, set()),
        ("business", "export", "overseas_warehouse", {"9810"}, set()),
        # The regulation covers both directions of these two; the report names one.
        ("consumer", "import", "direct", set(), {"9610"}),
        ("consumer", "export", "bonded_zone", set(), {"1210"}),
        ("business", "import", "overseas_warehouse", set(), set()),
    ],
)
def test_the_mode_that_fits_a_sale(buyer, direction, stock, fits, by_regulation):
    cells = _cells(charts.supervision_modes(buyer, direction, stock))
    verdicts = {
        row[:4]: words for (row, column), words in cells.items() if column == "Fits the sale"
    }
    assert {mode for mode, words in verdicts.items() if words == "Yes"} == fits
    assert {mode for mode, words in verdicts.items() if words.startswith("By")} == by_regulation
    assert len(verdicts) == 4


def test_a_mode_that_does_not_fit_says_why():
    cells = _cells(charts.supervision_modes("consumer", "import", "bonded_zone"))
    verdicts = {row[:4]: words for (row, column), words in cells.items() if "Fits" in column}
    assert verdicts["1210"] == "Yes"
    assert verdicts["9610"] == "No: Stock"
    assert verdicts["9710"] == "No: Buyer, Stock, Direction"
    rows = charts.supervision_modes("consumer", "import", "bonded_zone").data
    assert {worded(row, "en")[:4] for row in rows[rows["strong"]]["row"]} == {"1210"}


@pytest.mark.parametrize("section", sorted(set(ftz_data.load_claims()["section"])))
def test_claims_of_a_section_stand_with_their_kind_and_area(section):
    rows = ftz_data.load_claims().query("section == @section")
    for lang in language.LANGS:
        words = charts.claims(section).words(lang)
        for row in rows.itertuples():
            assert getattr(row, f"title_{lang}") in words, row.claim_id
            assert language.label("claim_kind", row.kind, lang) in words, row.claim_id


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: charts.claims("crude_relase"), KeyError, "nearest: crude_release"),
        (
            lambda: charts.supervision_modes("child", "export", "direct"),
            ValueError,
            "buyer is 'child'; allowed are consumer, business",
        ),
        (
            lambda: charts.supervision_modes("consumer", "up", "direct"),
            ValueError,
            "direction is 'up'",
        ),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
