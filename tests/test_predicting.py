"""What is expected of a figure: scales that give nothing away, and how far off it was."""

import json
import math
import re
from decimal import Decimal

import pytest

import ftz_data
from ftz_data import charts, language, panels, predicting
from ftz_data.language import LANGS, text
from ftz_data.package import BUILT_IN
from ftz_data.panels.page import page
from ftz_data.words import in_words

OBSERVATIONS = list(BUILT_IN.rows("observations"))
DERIVED = ftz_data.load_derived()["derived_id"].tolist()
PAIRS = ftz_data.consistency()["pair"].tolist()
NUMBERS = [*OBSERVATIONS, *DERIVED]
# One of each kind: limits, powers of ten with and without a fall, arithmetic, rank, verdict.
SOME = [
    "genomes_china_share",
    "crude_time_before",
    "cotton_time_change",
    "pool_per_loan",
    "port_rank_rank",
    "gop_growth",
]


@pytest.fixture(autouse=True)
def english():
    page.cache_clear()
    language.use("en")
    yield
    for shown in list(page().shown()):
        shown.close()


def said_of(key, expected, package=BUILT_IN):
    """What is said of an expectation."""
    return predicting.compared(predicting.asked(key, package), expected, package).in_("en")


def test_a_scale_holds_its_figure_and_starts_elsewhere():
    assert len(NUMBERS) > 80
    for key in NUMBERS:
        question = predicting.asked(key)
        found = predicting.scale(question)
        assert found.low <= question.row.value <= found.high, key
        steps = (found.high - found.low) / found.step
        assert math.isclose(steps, round(steps)), f"{key}: the end is no step"
        assert found.low <= found.start <= found.high, key


@pytest.mark.parametrize("key", [key for key in OBSERVATIONS if "rank" not in key])
def test_a_scale_tells_no_more_than_the_order_of_magnitude(key, monkeypatch):
    question = predicting.asked(key)
    own = predicting.scale(question)
    digits = Decimal(predicting._largest(question.row)).adjusted()
    for lead in (1.0, 2.5, 5.0, 9.9):
        value = math.copysign(lead * 10.0**digits, question.row.value)
        other = question.row._replace(value=value, lower=value, upper=value)
        monkeypatch.setattr(predicting, "_alike", lambda *_, other=other: [other])
        if predicting.has_limits(question):
            # Such a scale is that of the quantity, whatever the figure is.
            limits = BUILT_IN.row("indicators", question.row.indicator)
            assert (own.low, own.high) == (limits.minimum, limits.maximum)
        elif key not in ("crude_time_after",):
            asked = predicting.Asked(key, "number", "reported", other, "", "")
            assert predicting.scale(asked) == own, "the scale follows the figure"


def test_both_sides_of_zero_are_offered_where_something_may_have_fallen():
    rows = BUILT_IN.rows("observations")
    changes = [key for key, row in rows.items() if row.stage in ("change", "growth")]
    assert len(changes) > 10
    for key in changes:
        found = predicting.scale(predicting.asked(key))
        assert found.low == -found.high and found.start == 0, f"{key}: the scale tells the sign"


# Worked by hand from the wording: what is printed, what was expected, what is said of it.
SAID = [
    ("crude_time_before", 4, "you were 1 day above the highest that it allows."),
    ("crude_time_before", 1.5, "you were 0.5 days below the lowest that it allows."),
    ("crude_time_before", 3, "you were within its bounds."),
    ("crude_time_after", 0.5, "you were right."),
    ("crude_time_after", 2, "you were 1.5 days too high."),
    ("pool_saving_level", 5e6, "you named the bound itself, which the wording leaves out."),
    ("pool_saving_level", 4e6, "you were 1 million yuan below the lowest that it allows."),
    ("pool_saving_level", 9e6, "you were within its bounds."),
    ("offshore_share_share", 80, "you were within its bounds."),
    ("offshore_share_share", 60, "you were 20 percentage points below the lowest that it allows."),
    ("cotton_time_change", -50, "you were within its bounds."),
    ("cotton_time_change", -40, "10 percentage points less than the least that it allows."),
    ("cotton_time_change", 10, "it went the other way."),
    ("cotton_time_change", 0, "there was a change."),
    ("ore_efficiency_change", 50, "was 30 percentage points too large."),
    ("rail_financing_time_change", -1, "was 1 day too small."),
    ("herbicides_share_share", 20, "you were 13.3 percentage points lower, and it sets no bounds."),
    ("port_rank_rank", 2, "you placed it 2 ranks too far up."),
    ("port_rank_rank", 5, "you placed it 1 rank too far down."),
    ("crude_time_change", -70, "you were 5 percentage points above the highest that it allows."),
    ("pool_loans_per_enterprise", 2, "you were within its bounds."),
]


@pytest.mark.parametrize(("key", "expected", "end"), SAID)
def test_how_far_off_an_expectation_was(key, expected, end):
    said = said_of(key, expected)
    assert said.endswith(end), said
    own = predicting.asked(key).row
    assert in_words(own, "en", 4) in said, "the figure is not said with its bounds"


def test_a_verdict_is_said_with_what_it_means():
    question = predicting.asked("port_rank_containers")
    right, wrong = (
        predicting.compared(question, code).in_("en") for code in ("contradicts", "agrees")
    )
    assert right.startswith("You expected: Contradicts, and so it is. By containers")
    assert wrong.startswith("You expected: Agrees. The verdict is: Contradicts. By containers")


def test_another_figure_gives_another_sentence(data):
    path = data / "observations.csv"
    before, after = ",0.5,0.5,0.5,true,true,,0.5,d,,半天,", ",4,4,4,true,true,,1,d,,4天,"
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after), encoding="utf-8")
    other = ftz_data.open_report(data)
    assert said_of("crude_time_after", 4, other.package).endswith("you were right.")
    assert "4 days (Reported)" in other.charts.predicted("crude_time_after", 2).words("en")


def test_an_unknown_key_is_named():
    with pytest.raises(KeyError, match="'crude_time_befor'; nearest: crude_time_before"):
        panels.predict("crude_time_befor")
    assert page().shown() == [], "half a panel is left"


def state(panel):
    """All that a browser would be told of a panel, but for looks and what modules hold."""
    found, left = [], [panel]
    while left:
        each = left.pop()
        left += getattr(each, "children", ())
        found.append(each.get_state())
        for name in ("_esm", "_css", "layout", "style", "children"):
            found[-1].pop(name, None)
    return found


def expect(panel, other=0):
    """Set an expectation as a browser does, and ask for the figure."""
    if panel._choices:
        panel._input.set_state({"chosen": other, "entered": panel._input.entered + 1})
    else:
        found = predicting.scale(panel._question)
        panel._input.set_state({"value": found.high - other * found.step})
        panel._show.click()


def secrets(panel, lang):
    """Words and numerals that would give the answer of a panel away."""
    row, name = panel._question.row, panel._question.name.in_(lang)
    if panel._question.kind == "verdict":
        told = [getattr(row, f"{column}_{lang}") for column in ("meaning", "left", "right")]
        return [each for each in told if each and each not in name]
    scale = predicting.scale(panel._question)
    # All can see the choices and the ends of the scale.
    if panel._choices or row.value in (scale.low, scale.high, scale.start):
        return []
    found = [getattr(row, "printed", ""), in_words(row, lang)]
    if abs(row.value) > 1000:
        found += [f"{row.value:.15g}", f"{row.value:,.15g}"]
    return list(filter(None, found))


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_holds_the_figure_before_it_is_asked_for(lang):
    language.use(lang)
    assert len(PAIRS) > 20
    searched = 0
    # The other language tells the same, and one of each kind is enough there.
    for key in [*NUMBERS, *PAIRS] if lang == "en" else SOME:
        panel = panels.predict(key)
        hidden = state(panel)
        told = json.dumps(hidden, default=str, ensure_ascii=False) + repr(panel) + page().state
        for secret in secrets(panel, lang):
            searched += 1
            assert not re.search(rf"(?<![\d.,]){re.escape(secret)}(?!\d)", told), (
                f"{key} tells {secret}"
            )
        assert panel._notes.value == "" and panel.expected is None
        picture = panel._picture
        shown = (picture.png, picture.alt, picture.reading, picture.markup, picture.question)
        assert not any(shown), f"{key} is drawn before it is asked for"
        panel.close()
    assert searched > (200 if lang == "en" else 5)


@pytest.mark.parametrize("key", ["cotton_time_change", "port_rank_rank", "gop_growth"])
def test_the_figure_comes_once_it_is_expected_and_goes_at_reset(key):
    panel = panels.predict(key)
    before = state(panel)
    panel._show.click()
    assert panel.expected is None and panel._picture.alt == "", "shown without an expectation"
    refusal = panel._input.refusal if panel._choices else panel._refusal.value
    assert text("predict_first", "en") in refusal
    expect(panel, 1)
    assert panel._picture.alt == charts.predicted(key, panel.expected).words("en")
    assert bool(panel._picture.png) != bool(panel._picture.markup)
    assert panel._refusal.value == "" and panel._input.refusal == ""
    assert panel._picture.alt in repr(panel)
    assert "lang=en" == page().state, "the address holds what was expected"
    language.use("zh")
    assert panel._picture.alt == charts.predicted(key, panel.expected).words("zh")
    language.use("en")
    panel._reset.click()
    after = state(panel)
    for each in (*before, *after):
        for name in ("turn", "entered", "refusal", "value"):
            each.pop(name, None)
    assert panel.expected is None and after == before, "something of the figure is left"


def test_enter_shows_what_was_typed_with_it():
    panel = panels.predict("crude_time_before")
    # In whatever order the two come in one message.
    panel._input.set_state({"entered": 1, "typed": "4"})
    assert panel.expected == 4 and "You expected: 4 days" in panel._picture.alt
    panel._input.set_state({"typed": "ten", "entered": 2})
    assert panel.expected == 4 and "not taken" in panel._input.refusal
    other = panels.predict("crude_time_after")
    other._input.set_state({"typed": "11", "entered": 1})
    assert other.expected is None, "a number beyond the scale is no expectation"


def test_a_later_panel_of_the_same_figure_takes_the_place():
    first = panels.predict("crude_time_before")
    second = panels.predict("crude_time_before")
    assert page().shown() == [second] != [first]
    assert first._picture.comm is None, "what was closed still speaks to the browser"


@pytest.mark.parametrize("key", SOME)
def test_the_picture_has_both_with_their_bases(key):
    expected = {"rank": 2, "verdict": "agrees"}.get(predicting.asked(key).kind, 1.0)
    for lang in LANGS:
        words = charts.predicted(key, expected).words(lang)
        if key != "gop_growth":
            yours, own = text("predict_yours", lang), predicting.asked(key)
            assert f"{yours}{text('separator', lang)}" in words
            assert language.label("basis", own.basis, lang) in words
        assert predicting.compared(predicting.asked(key), expected).in_(lang) in words
