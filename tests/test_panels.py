"""Panels: what a reader can do with the controls, and what then stands on the screen."""

import ast
import gc
import html
import subprocess
import sys

import ipywidgets
import pytest

import ftz_data
from ftz_data import charts, derived, describe, language, panels
from ftz_data.language import worded
from ftz_data.package import BUILT_IN
from ftz_data.panels.controls import Choice, Number
from ftz_data.panels.page import Refused, page
from ftz_data.panels.panel import Panel, draw

OBSERVATIONS = ftz_data.load_observations()


@pytest.fixture(autouse=True)
def english():
    page.cache_clear()
    page()
    language.use("en")
    yield
    # Panels that are left open would all draw anew at every change of the language.
    for shown in list(page().shown()):
        shown.close()
    language.use("en")


@pytest.fixture
def panel():
    return panels.what_if("ore_blending")


def test_a_page_without_a_panel_takes_its_language_along():
    language.use("zh")
    page.cache_clear()
    assert page().state == "lang=zh"
    panels.reader()
    language.use("en")
    assert page().state == "lang=en"


def test_a_panel_shows_the_chart_of_its_values(panel):
    assert panel.values == {"observation": "ore_preparation_time_change", "amount": 10.0}
    chart = charts.what_if(**panel.values)
    assert panel.words == chart.words("en")
    assert chart.html("en") in panel._picture.markup
    assert panel._picture.png == b""


def test_moving_a_control_swaps_picture_and_words_together(panel):
    sent = []
    panel._picture.send_state = lambda key=None: sent.append(set(key))
    panel.inputs["amount"].value = 12.5
    assert panel.words == charts.what_if("ore_preparation_time_change", 12.5).words("en")
    assert sent == [{"markup", "alt", "turn"}], "what changes must travel in one message"


def test_choosing_another_figure_adapts_the_range(panel):
    panel.inputs["observation"].value = "ore_efficiency_change"
    amount = panel.inputs["amount"]
    assert (amount.min, amount.max, amount.value) == (1, 1000, 100)
    assert panel.words == charts.what_if("ore_efficiency_change", 100).words("en")


def test_an_address_shows_what_was_on_screen_whatever_was_there_before(panel):
    panel.inputs["observation"].value = "ore_efficiency_change"
    shown, state = panel.words, page().state
    assert "amount" not in state, "it stands at its start, and an address need not say so"
    language.use("en")
    panels.what_if("ore_blending")
    page().apply_query(f"?{state}")
    (other,) = page().shown()
    assert other.words == shown and page().state == state
    # By another way there: the control has moved, and the link asks for its start.
    other.set(amount=7)
    page().apply_query(f"?{state}&again")
    assert other.words == shown, "what the link does not name stays where it was moved"


def test_another_range_starts_anew_whoever_chooses_it(panel):
    panel.set(observation="ore_efficiency_change")
    assert panel.values["amount"] == 100, "the days of the figure before are no speed"
    panel.set(amount=7.0)
    panel.set(observation="ore_preparation_time_change")
    assert panel.values["amount"] == 10


def test_a_value_cannot_leave_its_range(panel):
    panel.inputs["amount"].value = 1e9
    assert panel.values["amount"] == 50
    panel.inputs["amount"].value = -3
    assert panel.values["amount"] == 5


def test_reset_returns_to_the_start(panel):
    start, alt = panel.values, panel.words
    panel.set(observation="ore_efficiency_change", amount=300)
    assert panel.values != start
    panel._reset.click()
    assert (panel.values, panel.words) == (start, alt)


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
    line = panel.code
    assert line in panel._notes.value.replace("&#x27;", "'")
    function = ast.parse(line, mode="eval").body
    assert ast.unparse(function.func) == "ftz_data.charts.what_if"
    assert eval(line, {"ftz_data": ftz_data}).words("en") == panel.words


def test_notes_show_caveat_and_assumption_escaped(panel):
    chart = charts.what_if(**panel.values)
    assert chart.notes
    for note in chart.notes:
        assert html.escape(worded(note, "en")) in panel._notes.value
    drawn = draw.__wrapped__(lambda: chart.noted("<script>alert(1)</script>"), "en", False)
    assert "&lt;script&gt;" in drawn.notes and "<script" not in drawn.notes


def test_the_switch_changes_labels_charts_and_prose(panel):
    switch = panels.language_switch()
    buttons, rule = switch.children[:2]
    assert "div[lang=zh] {display: none}" in rule.value
    buttons.value = "zh"
    assert "div[lang=en] {display: none}" in rule.value
    assert panel.words == charts.what_if(**panel.values).words("zh")
    assert panel.inputs["amount"].description == language.text("panel_amount_baseline", "zh")
    assert panel._reset.description == "重置"
    assert language.text("panel_notes", "zh") in panel._notes.value
    assert repr(panel).startswith("交互面板")
    assert language.current() == "zh"


def test_a_closed_panel_no_longer_follows(panel):
    alt = panel.words
    panel.close()
    language.use("zh")
    assert panel.words == alt


def test_what_a_panel_shows_stands_in_its_text_too(panel):
    shown = panel._repr_mimebundle_()["text/plain"]
    lead = language.text("lead_baseline", "en")
    assert shown == f"{panel._title}\n{lead}\n{panel.words}"
    assert lead in panel.children[0].value


def test_a_panel_says_in_a_sentence_what_to_do_with_its_figure(panel):
    leads = {}
    for observation in panel.controls()["observation"].options:
        panel.set(observation=observation)
        leads[observation] = repr(panel).splitlines()[1]
    asked = {key: derived.question(BUILT_IN.row("observations", key)) for key in leads}
    assert leads == {key: language.text(f"lead_{kind}", "en") for key, kind in asked.items()}
    language.use("zh")
    assert repr(panel).splitlines()[1] in {language.text(f"lead_{k}", "zh") for k in asked.values()}


@pytest.mark.parametrize("picture", ["crude_release", "port_2024"])
def test_the_lead_of_a_picture_names_the_figure_to_hold_it_against(picture):
    lead = repr(panels.picture(picture)).splitlines()[1]
    assert ("2 to 3 days" in lead) == (picture == "crude_release"), lead


@pytest.mark.parametrize("picture", ["crude_saving", "loan_pool"])
def test_a_panel_of_a_picture_solves_for_what_it_can(picture):
    panel = panels.picture(picture)
    assert panel.words == charts.picture(picture).words("en")
    assert panel._picture.png == charts.picture(picture).png("en")
    assert panel._picture.reading == panel.words.splitlines()[1]
    assert panel._picture.question == panel.words.splitlines()[0]
    solvable = "solve" in panel.values
    assert solvable == (picture == "crude_saving")
    if solvable:
        assert panel.values["solve"] == "demurrage", "the one along which it is seen comes first"
        panel.set(solve="berth")
        title = BUILT_IN.row("parameters", "crude_saving", "berth").title_en
        assert title in panel._picture.reading


def test_a_phone_gets_a_picture_of_its_own_width():
    panel = panels.picture("ore_blending")
    wide = panel._picture.png
    panel._picture.narrow = True
    assert panel._picture.png == charts.picture("ore_blending").png("en", phone=True) != wide


def test_the_question_stays_while_the_answer_moves():
    panel = panels.picture("ore_blending")
    question, reading = panel._picture.question, panel._picture.reading
    panel.set(stockpile=4)
    assert panel._picture.question == question and panel._picture.reading != reading
    assert "10 days" in panel._picture.reading


def test_a_parameter_that_was_moved_is_no_longer_the_reports():
    panel = panels.picture("loan_pool")
    control = panel.inputs["lent"]
    assert control.description == "Amount lent (L, Reported)"
    assert "(L): 1.18 billion yuan (Reported)" in panel._notes.value
    panel.set(lent=2e9)
    assert control.description == "Amount lent (L, Assumed)"
    assert "(L): 2 billion yuan (Assumed). Your own; 1.18 billion yuan" in panel._notes.value
    assert "(F): 50 million yuan (Published elsewhere)" in panel._notes.value
    panel.reset()
    assert control.description == "Amount lent (L, Reported)"


@pytest.mark.parametrize("lang", language.LANGS)
def test_every_control_has_a_label(panel, lang):
    language.use(lang)
    for widget in [*panel.inputs.values(), panel._reset]:
        assert widget.description, widget


def test_the_explorer_holds_every_figure_in_the_language_of_the_page():
    explorer = panels.explorer()
    _, table, names = explorer.children
    assert len(table.df) == len(OBSERVATIONS)
    assert table.df["As printed"].tolist() == OBSERVATIONS["printed"].tolist()
    assert table.df["Quoting"].tolist() == [
        language.label("quotable", code, "en") for code in OBSERVATIONS["quotable"]
    ]
    assert names.words["sort"] == "Sort by {column}"
    language.use("zh")
    assert names.words["sort"] == "按“{column}”排序"
    assert table.df["原文"].tolist() == OBSERVATIONS["printed"].tolist()
    assert repr(explorer).splitlines()[0] == "报道全部数字"
    assert len(repr(explorer).splitlines()) == len(OBSERVATIONS) + 1
    assert not table.df.map(lambda cell: "nan" in str(cell)).any().any()


@pytest.mark.slow
def test_every_system_with_such_figures_has_the_panel():
    asked = OBSERVATIONS[[bool(derived.question(row)) for row in OBSERVATIONS.itertuples()]]
    for instrument in asked["instrument"].dropna().unique():
        panel = panels.what_if(instrument)
        own = set(asked.query("instrument == @instrument")["observation_id"])
        assert set(panel.controls()["observation"].options) == own, instrument
        for observation in panel.controls()["observation"].options:
            panel.inputs["observation"].value = observation
            assert panel.words == charts.what_if(**panel.values).words("en"), observation


def alive():
    """Widgets that are open, and callbacks that follow the language."""
    gc.collect()
    return len(ipywidgets.Widget.get_manager_state()["state"]), len(language._subscribers)


CELLS = {
    "what_if": lambda: panels.what_if("ore_blending"),
    "picture": lambda: panels.picture("crude_release"),
    "doubt": lambda: panels.doubt("finance"),
    "supervision_modes": panels.supervision_modes,
    "implied": panels.implied,
    "actors": lambda: panels.actors("customs"),
    "brief": lambda: panels.brief("loan_pool"),
    "desk": panels.desk,
    "timeline": panels.timeline,
    "explorer": panels.explorer,
    "glossary": panels.glossary,
    "reader": panels.reader,
    "exercise": lambda: panels.exercise("finance-3"),
    "exercises": lambda: panels.exercises("finance"),
    "predict": lambda: panels.predict("crude_time_before"),
    "quiz": panels.quiz,
    "language_switch": panels.language_switch,
}


@pytest.mark.parametrize(
    ("name", "times"),
    [
        *((name, 2) for name in CELLS),
        pytest.param("what_if", 50, marks=pytest.mark.slow),
        pytest.param("language_switch", 50, marks=pytest.mark.slow),
    ],
)
def test_a_cell_that_is_run_again_leaves_nothing_behind(name, times):
    # Another panel stands beside it, and stays.
    panels.what_if("crude_release")
    shown = CELLS[name]()
    first, refusing = alive(), len(page()._trait_notifiers.get("refused", {}).get("change", []))
    for _ in range(times):
        shown = CELLS[name]()
    assert alive() == first, f"{name}: (widgets, followers) differ from those of the first run"
    again = len(page()._trait_notifiers.get("refused", {}).get("change", []))
    assert again == refusing, "observers of the page are left over"
    language.use("zh")
    assert repr(shown), "the last one is the one that follows"


def test_every_panel_of_the_package_is_run_again_here():
    offered = set(panels.__all__) - {"Panel", "Picture"}
    assert offered == set(CELLS), "a new panel belongs into CELLS"


def test_a_closed_predecessor_no_longer_draws(panel):
    drawn = []
    panel._draw = lambda: drawn.append(1)
    successor = panels.what_if("ore_blending")
    language.use("zh")
    assert drawn == [] and successor.words == charts.what_if(**successor.values).words("zh")


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: panels.what_if("ore_blend"), "no instrument 'ore_blend'; nearest: ore_blending"),
        (lambda: panels.what_if("cbec_modes"), "no figure to apply of 'cbec_modes'"),
        (lambda: panels.doubt("frame"), "no section 'frame'; nearest: trade"),
        (lambda: panels.picture("crude"), "no picture with a model 'crude'; nearest: crude_"),
        (lambda: panels.picture("herbicides"), "no picture with a model 'herbicides'"),
    ],
)
def test_an_unknown_key_is_one_line(build, words, capfd):
    before = alive()
    with pytest.raises(KeyError, match=words):
        build()
    assert alive() == before, "a panel that was not made has left something behind"
    assert capfd.readouterr().err == "", "a second error was printed"


def test_a_panel_that_fails_leaves_no_second_error(capfd):
    def broken():
        raise ValueError("no chart")

    before = alive()
    with pytest.raises(ValueError, match="no chart"):
        Panel("broken", language.Text("lead_model"), broken, lambda _: [])
    language.use("zh")
    assert alive() == before, "a panel that could not be drawn has left something behind"
    assert capfd.readouterr().err == ""


def test_importing_panels_leaves_the_garbage_collector_alone():
    code = (
        "import gc; import ftz_data.panels as p; p.language_switch(); print(gc.get_freeze_count())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "0", done.stdout + done.stderr


def test_one_language_for_panels_cards_and_the_switch(panel):
    switch = panels.language_switch()
    language.use("zh")
    assert panel.words == charts.what_if(**panel.values).words("zh")
    assert switch.children[0].value == "zh"
    switch.children[0].value = "en"
    assert language.current() == "en"
    assert "As printed" in repr(describe("crude_time_before"))
    assert panel.words == charts.what_if(**panel.values).words("en")


def test_the_address_holds_only_what_was_moved(panel):
    assert page().state == "lang=en"
    panel.set(amount=12.5)
    assert panel.moved == {"amount": "12.5"}
    assert page().state == "lang=en&what_if-ore_blending.amount=12.5"
    panel.reset()
    assert page().state == "lang=en"


def test_a_panel_that_was_closed_leaves_the_address(panel):
    panel.set(amount=12.5)
    panel.close()
    assert page().state == "lang=en", "the address asks for a panel that is gone"


def test_an_address_brings_back_what_was_on_screen(panel):
    panel.set(observation="ore_efficiency_change", amount=300)
    language.use("zh")
    state, words = page().state, panel.words
    language.use("en")
    panel.reset()
    page().apply_query("?" + state)
    assert (language.current(), panel.words, page().refused) == ("zh", words, [])


def test_an_address_is_obeyed_once(panel):
    page().apply_query("?lang=zh&what_if-ore_blending.amount=12.5")
    assert panel.values["amount"] == 12.5
    language.use("en")
    panel.reset()
    # As where the cell with the switch is run again.
    page().apply_query("?lang=zh&what_if-ore_blending.amount=12.5")
    assert (language.current(), panel.values["amount"]) == ("en", 10)
    assert panels.what_if("ore_blending").values["amount"] == 10


def test_a_panel_that_comes_after_its_address_takes_its_values():
    page().apply_query("?what_if-ore_blending.amount=12.5&no-such.x=1")
    assert [refused.name for refused in page().refused] == ["what_if-ore_blending", "no-such"]
    assert panels.what_if("ore_blending").values["amount"] == 12.5
    assert [refused.name for refused in page().refused] == ["no-such"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("lang=fr", "The address asks for lang = fr; allowed here: en, zh"),
        ("what_if-ore_blending.amount=51", "amount = 51.0; allowed here: 5 to 50"),
        ("what_if-ore_blending.amount=7.3", "amount = 7.3; allowed here: 5 to 50 in steps of 0.5"),
        ("what_if-ore_blending.amount=nan", "amount = nan; allowed here: 5 to 50"),
        ("what_if-ore_blending.amount=1e400", "amount = inf; allowed here: 5 to 50"),
        ("what_if-ore_blending.amount=", "amount = ; allowed here: 5 to 50"),
        (
            "what_if-ore_blending.amount=10&what_if-ore_blending.colour=1",
            "colour = 1; allowed here",
        ),
        ("what_if-ore_blending.observation=ore", "observation = ore; allowed here: ore_prep"),
        ("what_if-ore.amount=10", "what_if-ore = amount=10; allowed here: what_if-ore_blending"),
    ],
)
def test_what_an_address_may_not_ask_for_is_named(panel, query, words):
    before = panel.values
    switch = panels.language_switch()
    page().apply_query(query)
    assert panel.values == before, "a refused value has changed the panel"
    assert len(page().refused) == 1
    assert words in page().refused[0].in_("en")
    assert "role='alert'" in switch.children[2].value
    panel.close()
    assert "what_if-ore_blending" not in page().state


def test_a_value_that_a_browser_sends_in_binary_is_drawn_as_it_is_shown(panel):
    panel.inputs["amount"].value = 7.499999999999999
    assert (panel.values["amount"], panel.inputs["amount"].value) == (7.5, 7.5)
    assert "amount=7.5)" in panel.code
    # Typed between two steps: the readout takes the step that is drawn.
    panel.inputs["amount"].value = 7.3
    assert panel.inputs["amount"].value == panel.values["amount"] == 7.5


def test_a_control_reads_what_it_writes():
    number = Number("x", "x", 0.1, 1.5, 0.05, 0.8)
    for step in range(29):
        value = float(f"{0.1 + step * 0.05:.10g}")
        assert number.parse(number.write(value)) == value
        number.check(value)
    for wrong in (0.05, 1.55, 0.12, float("nan"), "0.2", None, True):
        with pytest.raises(Refused, match="x is "):
            number.check(wrong)
    choice = Choice("y", "y", ["a", "b"], lambda key, lang: key)
    assert choice.start == choice.parse(choice.write("a"))
    with pytest.raises(Refused, match="y is 'c'; allowed: a, b"):
        choice.check("c")
