"""Boards: counts against the tables, stages, modes, and the text in every cell."""

import pytest

import ftz_data
from ftz_data import charts, language


def _cells(chart, lang="en"):
    return {
        (mark[f"row_{lang}"], mark[f"column_{lang}"]): mark[f"words_{lang}"]
        for mark in chart.marks.to_dict("records")
    }


def test_the_inventory_counts_every_figure_and_claim():
    cells = _cells(charts.inventory())
    total = len(ftz_data.load_observations()) + len(ftz_data.load_claims())
    assert sum(map(int, cells.values())) == total
    assert cells["Target", "Gene technology"] == "3"
    firsts = ftz_data.load_claims().query("kind == 'first' and section == 'trade'")
    assert cells["First of its kind", "Trade"] == str(len(firsts))


def test_coverage_counts_what_the_figures_say():
    cells = _cells(charts.coverage())
    # Worked by hand from the report: of the customs figures only the release time has a state
    # before, and none has a period; every figure has an area.
    assert cells["Customs clearance", "Baseline printed"] == "1 of 6"
    assert cells["Customs clearance", "Period given"] == "0 of 8"
    assert cells["Customs clearance", "Area"] == "8 of 8"
    assert cells["Customs clearance", "Exact value"] == "6 of 8"
    assert cells["Outcomes", "Period given"] == "5 of 6"
    assert ("Trade", "Baseline printed") not in cells


def test_each_product_stands_at_its_reported_stage():
    rows = ftz_data.load_pipeline()
    chart = charts.pipeline()
    for row in rows.itertuples():
        marks = chart.marks[chart.marks["row_en"] == row.title_en]
        here = marks[marks["shade"] == 1]
        assert here["column_en"].tolist() == [language.label("step", row.step, "en")]
        assert here["words_en"].tolist() == [row.detail_en]
        steps = row.steps.split(";")
        assert row.step in steps
        assert steps == [step for step in language.codes("step") if step in steps], row.product
        assert len(marks) == len(steps)


def test_every_system_ties_some_industry():
    instruments = ftz_data.load_instruments().query("section != 'outcomes'")
    assert set(ftz_data.load_ties()["instrument"]) == set(instruments["instrument"])
    assert len(charts.ties().marks) == len(ftz_data.load_ties())


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
