"""Panels: what a reader can do with the controls, and what then stands on the screen."""

import ast

import ipywidgets
import pytest

import ftz_data
from ftz_data import charts, language, panels

OBSERVATIONS = ftz_data.load_observations()


@pytest.fixture(autouse=True)
def english():
    panels._page.lang = "en"
    yield
    # Panels that are left open would all draw anew at every change of the language.
    ipywidgets.Widget.close_all()
    panels._page.lang = "en"


@pytest.fixture
def panel():
    return panels.what_if("ore_blending")


def test_a_panel_shows_the_chart_of_its_values(panel):
    assert panel.values == {"observation": "ore_preparation_time_change", "amount": 10.0}
    chart = charts.what_if(**panel.values)
    assert panel._picture.alt == chart.words("en")
    assert panel._picture.png == chart.png("en")


def test_moving_a_control_swaps_picture_and_words_together(panel):
    sent = []
    panel._picture.send_state = lambda key=None: sent.append(set(key))
    panel._widgets["amount"].value = 12.5
    assert panel._picture.alt == charts.what_if("ore_preparation_time_change", 12.5).words("en")
    assert sent == [{"png", "alt"}], "png and alt must travel in one message"


def test_choosing_another_figure_adapts_the_range(panel):
    panel._widgets["observation"].value = "ore_efficiency_change"
    amount = panel._widgets["amount"]
    assert (amount.min, amount.max, amount.value) == (1, 1000, 100)
    assert panel._picture.alt == charts.what_if("ore_efficiency_change", 100).words("en")


def test_a_value_cannot_leave_its_range(panel):
    panel._widgets["amount"].value = 1e9
    assert panel.values["amount"] == 50
    panel._widgets["amount"].value = -3
    assert panel.values["amount"] == 5


def test_reset_returns_to_the_start(panel):
    start, alt = panel.values, panel._picture.alt
    panel.set(observation="ore_efficiency_change", amount=300)
    assert panel.values != start
    panel._reset.click()
    assert (panel.values, panel._picture.alt) == (start, alt)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"amount": 51}, "amount is 51; allowed: 5 to 50"),
        ({"amount": "<b>"}, "amount is '<b>'; allowed: 5 to 50"),
        ({"amount": float("nan")}, "amount is nan"),
        ({"observation": "ore"}, "observation is 'ore'; allowed: ore_preparation_time_change"),
        ({"colour": 1}, "colour is 1; allowed: observation, amount"),
    ],
)
def test_set_refuses_what_is_not_allowed_and_loses_nothing(panel, values, words):
    before = panel.values
    with pytest.raises(ValueError, match=words):
        panel.set(**values)
    assert panel.values == before


def test_the_line_of_python_draws_the_same_chart(panel):
    panel.set(amount=7.5)
    line = panel._code()
    assert line in panel._notes.value.replace("&#x27;", "'")
    function = ast.parse(line, mode="eval").body
    assert ast.unparse(function.func) == "ftz_data.charts.what_if"
    assert eval(line, {"ftz_data": ftz_data}).words("en") == panel._picture.alt


def test_notes_show_caveat_and_assumption_escaped(panel, monkeypatch):
    chart = charts.what_if(**panel.values)
    for line in chart.caveat["en"]:
        assert line in panel._notes.value
    chart.caveat["en"][0] = "<script>alert(1)</script>"
    drawn = panels._drawn.__wrapped__(lambda: chart, "en")
    assert "&lt;script&gt;" in drawn.caveats and "<script" not in drawn.caveats


def test_the_switch_changes_labels_charts_and_prose(panel):
    switch = panels.language_switch()
    buttons, rule = switch.children[:2]
    assert "div[lang=zh] {display: none}" in rule.value
    buttons.value = "zh"
    assert "div[lang=en] {display: none}" in rule.value
    assert panel._picture.alt == charts.what_if(**panel.values).words("zh")
    assert panel._widgets["amount"].description == language.text("panel_amount_change", "zh")
    assert panel._reset.description == "重置"
    assert language.text("panel_caveat", "zh") in panel._notes.value
    assert repr(panel).startswith("交互面板")
    assert language.current() == "zh"


def test_a_closed_panel_no_longer_follows(panel):
    alt = panel._picture.alt
    panel.close()
    panels._page.lang = "zh"
    assert panel._picture.alt == alt


def test_what_a_panel_shows_stands_in_its_text_too(panel):
    shown = panel._repr_mimebundle_()["text/plain"]
    assert shown == f"{panel._title}\n{panel._picture.alt}"


@pytest.mark.parametrize("model", ["crude_release", "loan_pool"])
def test_a_model_panel_solves_for_what_it_can(model):
    panel = panels.model(model)
    assert panel._picture.alt == charts.model(model).words("en")
    solvable = "solve" in panel.values
    assert solvable == (model == "crude_release")
    if solvable:
        panel.set(solve="check")
        assert "that reproduces the report: 0.4857 days" in panel._picture.alt
        panel.set(solve="arrivals")
        assert "No Tankers arriving (λ) from 0.1 a day to 1.5 a day" in panel._notes.value


def test_a_parameter_that_was_moved_is_no_longer_the_reports():
    panel = panels.model("loan_pool")
    control = panel._widgets["lent"]
    assert control.description == "Amount lent (L, Reported)"
    assert "(L): 1.18 billion yuan (Reported)" in panel._notes.value
    panel.set(lent=2e9)
    assert control.description == "Amount lent (L, Assumed)"
    assert "(L): 2 billion yuan (Assumed). Your own; 1.18 billion yuan" in panel._notes.value
    assert "(F): 100 million yuan (Reported)" in panel._notes.value
    panel.reset()
    assert control.description == "Amount lent (L, Reported)"


@pytest.mark.parametrize("lang", language.LANGS)
def test_every_control_has_a_label(panel, lang):
    panels._page.lang = lang
    for widget in [*panel._widgets.values(), panel._reset]:
        assert widget.description, widget


def test_the_explorer_holds_every_figure_in_the_language_of_the_page():
    explorer = panels.explorer()
    _, table = explorer.children
    assert len(table.df) == len(OBSERVATIONS)
    assert table.df["As printed"].tolist() == OBSERVATIONS["printed"].tolist()
    panels._page.lang = "zh"
    assert table.df["原文"].tolist() == OBSERVATIONS["printed"].tolist()
    assert repr(explorer).splitlines()[0] == "报道全部数字"
    assert len(repr(explorer).splitlines()) == len(OBSERVATIONS) + 1
    assert not table.df.map(lambda cell: "nan" in str(cell)).any().any()


def test_every_system_with_such_figures_has_the_panel():
    stages = OBSERVATIONS[OBSERVATIONS["stage"].isin(["change", "share", "level"])]
    for instrument in stages["instrument"].dropna().unique():
        panel = panels.what_if(instrument)
        for observation in panel._declare({})[0].options:
            panel._widgets["observation"].value = observation
            assert panel._picture.alt == charts.what_if(**panel.values).words("en"), observation
