"""Controls: what is typed or written in an address is drawn as it is shown, or refused in words."""

from urllib.parse import quote, urlencode

import pytest
import traitlets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ftz_data import charts, language, panels
from ftz_data.language import text
from ftz_data.panels.controls import Number
from ftz_data.panels.page import LONGEST, Refused, page
from ftz_data.panels.slider import digits, number


@pytest.fixture(autouse=True)
def english():
    page.cache_clear()
    language.use("en")
    yield
    for shown in list(page().shown()):
        shown.close()
    language.use("en")


@pytest.fixture
def slider():
    return panels.what_if("ore_blending").inputs["amount"]


def type_in(slider, written):
    """What a browser sends when a text is typed and left."""
    slider.set_state({"typed": written})
    assert slider.typed == "", "the field would keep what was typed"


READ = [
    # Groups of three digits, parted as in English, in French, and by a full-width comma.
    ("1,180", 1180),
    ("1 180", 1180),
    ("1\u202f180\u00a0", 1180),
    ("1，180，000", 1_180_000),
    ("12,345.5", 12345.5),
    # Full-width digits, point, sign and space.
    ("１２", 12),
    ("１２．５", 12.5),
    ("－３", -3),
    ("\u3000７", 7),
    # What keyboards and other programs make of plain numbers.
    (" 7.5 ", 7.5),
    ("+7.50", 7.5),
    (".5", 0.5),
    ("5.", 5),
    ("\u22123", -3),
    ("2e+10", 2e10),
    ("007", 7),
]


@pytest.mark.parametrize(("written", "value"), READ)
def test_numbers_are_read_as_people_type_them(written, value):
    assert number("x", written) == value


@pytest.mark.parametrize(
    "written",
    ["0,5", "0,500", "1,18", "1,0000", "12,5", "1.180,5", "1 180,5", "０，５", ",5", "1,"],
)
def test_a_comma_that_may_be_a_decimal_point_is_refused_with_the_way_to_write_it(written):
    with pytest.raises(Refused, match="a decimal point, as in 0.5"):
        number("x", written)


@pytest.mark.parametrize(
    "written",
    "ten 十 5² ① ½ 1_000 0x10 nan inf -inf 1e 1.2.3 ٥ 5天 -- 1'180 5%% % <b>".split() + ["1 18"],
)
def test_what_is_no_number_is_not_guessed(written):
    assert number("x", written, "1") is None


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("4%", "%", 4),
        ("80%", "1", 0.8),
        ("８０％", "1", 0.8),
        ("7 %", "1", 0.07),
        ("1,250%", "1", 12.5),
    ],
)
def test_a_sign_for_percent_is_read_where_it_belongs(written, unit, value):
    assert number("x", written, unit) == value


@pytest.mark.parametrize("unit", ["", "d", "{team}", "USD"])
def test_a_sign_for_percent_is_refused_where_it_does_not_belong(unit):
    with pytest.raises(Refused, match="without a sign for percent"):
        number("x", "50%", unit)


@given(st.floats(-1e12, 1e12).map(lambda value: float(f"{value:.10g}")))
def test_a_number_is_read_as_it_is_shown(value):
    assert number("x", digits(value)) == value


@pytest.mark.parametrize("written", ["12.5", "１２．５", "12.50", " 12.5"])
def test_what_is_typed_is_what_is_drawn(slider, written):
    type_in(slider, written)
    panel = next(iter(page().shown()))
    assert (slider.value, panel.values["amount"], slider.refusal) == (12.5, 12.5, "")
    assert panel.words == charts.what_if(**panel.values).words("en")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("333", "333 is not taken; allowed: 5 to 50"),
        ("4.5", "4.5 is not taken; allowed: 5 to 50"),
        ("1,000", "1,000 is not taken; allowed: 5 to 50"),
        ("7.3", "7.3 is not taken; allowed: 5 to 50 in steps of 0.5"),
        ("7,5", "7,5 is not taken; allowed: a decimal point, as in 0.5"),
        ("50%", "50% is not taken; allowed: a number without a sign for percent"),
        ("ten", "ten is not taken; allowed: 5 to 50"),
        ("<b>1", "<b>1 is not taken; allowed: 5 to 50"),
    ],
)
def test_what_is_refused_is_said_beside_the_value_that_is_drawn(slider, written, words):
    panel = next(iter(page().shown()))
    before = panel.values, panel.words
    type_in(slider, written)
    assert slider.refusal.startswith(words), slider.refusal
    assert (panel.values, panel.words) == before, "a refused number is drawn"
    language.use("zh")
    assert slider.refusal.startswith("未采用"), "the refusal stays in another language"
    assert slider.bounds == text("allowed_steps", "zh", low="5", high="50", step="0.5")
    slider.value = 6
    assert slider.refusal == "", "a refusal outlives the number that it was about"


def test_the_same_text_can_be_typed_twice(slider):
    for _ in range(2):
        type_in(slider, "12.5")
        assert slider.value == 12.5
        type_in(slider, "99")
        assert slider.refusal
        slider.value = 6


def test_a_browser_that_sends_no_number_changes_nothing(slider):
    for value in (float("nan"), float("inf"), -float("inf"), "12"):
        with pytest.raises(traitlets.TraitError):
            slider.set_state({"value": value})
        assert slider.value == 10


def test_bounds_are_shown_without_powers_of_ten():
    panel = panels.picture("crude_saving")
    assert panel.inputs["value"].bounds == "10,000,000 to 250,000,000 in steps of 1,000,000"
    type_in(panel.inputs["value"], "120,000,000")
    assert panel.values["value"] == 120_000_000
    # The rate is in percent, days are not.
    type_in(panel.inputs["rate"], "3.5%")
    assert panel.values["rate"] == 3.5
    type_in(panel.inputs["saved"], "2%")
    assert panel.inputs["saved"].refusal


@pytest.mark.parametrize("lang", language.LANGS)
def test_slider_and_field_are_named_in_the_language_of_the_page(slider, lang):
    language.use(lang)
    label = text("panel_amount_baseline", lang)
    assert slider.description == label
    assert slider.hint == text("panel_type", lang, label=label)


# What an address may ask of a page with two panels: names and values, right and wrong.
PANELS = {
    "what_if-ore_blending": ["observation", "amount"],
    "picture-crude_release": ["arrivals", "teams", "check", "solve"],
}
NAMES = st.sampled_from(
    [f"{key}.{name}" for key, names in PANELS.items() for name in [*names, "colour", "", "<b>"]]
    + ["lang", "scheme", "no-such.x", "what_if-ore_blending", ".", "..", "é.\0", "token"]
)
VALUES = st.one_of(
    st.sampled_from(
        ["en", "zh", "fr", "", "nan", "inf", "-inf", "1e400", "-0", "5", "12.5", "7.3", "0.8"]
        + ["2", "2.5", "0.4", "1,180", "0,5", "１２", "50%", "ore_efficiency_change", "teams"]
        + ["null", "true", "[]", "{}", "\"'><script>hit()</script>", "../../etc/passwd", "9" * 9000]
        + ["%", "%zz", "&", "\0", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")]
    ),
    st.floats().map(str),
    st.integers().map(str),
    st.text(max_size=40),
)
QUERIES = st.one_of(
    st.lists(st.tuples(NAMES, VALUES), max_size=6).map(urlencode),
    # As no browser would write it: without quotes, in another encoding, or not an address at all.
    st.lists(st.tuples(NAMES, VALUES), max_size=3).map(
        lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
    ),
    st.lists(st.tuples(NAMES, st.binary(max_size=8)), max_size=3).map(
        lambda pairs: "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs)
    ),
    st.text(max_size=60),
)


@pytest.fixture
def obey():
    """Asks a page for what a query says: nothing wrong is drawn, nothing refused without a name."""
    shown = [panels.what_if("ore_blending"), panels.picture("crude_release")]

    def ask(query):
        page().apply_query("?")
        language.use("en")
        for panel in shown:
            panel.reset()
        page().apply_query(f"?{query}")
        lang = language.current()
        for panel in shown:
            for name, control in panel.controls().items():
                control.check(panel.values[name])
                value = control.value(panel.inputs[name])
                assert value == panel.inputs[name].value, f"{query!r}: {name} shows another value"
            again = panel._function(**panel._fixed, **panel.values)
            assert panel.words == again.words(lang), f"{query!r} draws another picture"
        for refused in page().refused:
            for each in language.LANGS:
                words = refused.in_(each)
                assert refused.name[:LONGEST] in words, f"{query!r}: a refusal without a name"
                assert len(words) < 2000, f"{query!r}: a refusal that fills the page"
        # What is on screen now is what a link brings back, without a word.
        state = page().state
        page().apply_query(f"?{state}&again=1")
        assert (page().state, page().refused) == (state, []), query

    return ask


FEW = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=60, **FEW)
@given(QUERIES)
def test_no_address_breaks_a_page_or_draws_what_it_does_not_show(obey, query):
    obey(query)


@pytest.mark.slow
@settings(max_examples=1000, **FEW)
@given(QUERIES)
def test_a_thousand_addresses_break_no_page(obey, query):
    obey(query)


def test_a_control_that_is_asked_for_twice_takes_the_last():
    panel = panels.what_if("ore_blending")
    key = panel.key
    page().apply_query(f"?{key}.amount=99&{key}.amount=12.5")
    assert (panel.values["amount"], page().refused) == (12.5, [])


def test_an_address_may_write_numbers_as_they_are_shown():
    wanted = Number("x", "x", 0, 5000, 10, 0)
    assert wanted.parse("1,180") == wanted.parse("1180") == wanted.parse("１１８０") == 1180
    with pytest.raises(Refused, match="a decimal point"):
        wanted.parse("0,5")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        # Off a step, or none of them.
        (".arrivals=0.83", "arrivals = 0.83; allowed here: 0.1 to 1.5 in steps of 0.05"),
        (".teams=2.5e0", "teams = 2.5; allowed here: 1 to 6 in steps of 1"),
        (".teams=0x2", "teams = 0x2;"),
        (".teams=True", "teams = True;"),
        (".teams=-inf", "teams = -inf;"),
        (".teams=2;x=1", "teams = 2;x=1;"),
        # Of a name that is there twice, the last counts.
        (".teams=3&picture-crude_release.teams=2.5", "teams = 2.5;"),
        # Another kind, and another spelling of the name.
        (".solve=1", "solve = 1; allowed here: laboratory"),
        (".teams[]=3", "teams[] = 3;"),
        (".Teams=3", "Teams = 3;"),
    ],
)
def test_what_is_off_a_step_or_of_another_kind_is_named_and_changes_nothing(asked, said):
    panel = panels.picture("crude_release")
    before, words = panel.values, panel.words
    page().apply_query(f"?{panel.key}{asked}")
    assert (panel.values, panel.words) == (before, words)
    [refused] = page().refused
    assert said in refused.in_("en")


@pytest.mark.parametrize(
    "written", [".teams=3", ".teams=3.0", ".teams=3e0", ".teams=%2B3", ".teams=３", ".teams=+3%20"]
)
def test_another_spelling_of_a_step_is_the_step(written):
    panel = panels.picture("crude_release")
    page().apply_query(f"?{panel.key}{written}")
    assert (panel.values["teams"], page().refused) == (3, [])


# What a page may have had before the cell with its address is run again.
AGAIN = {
    "language": lambda panel: language.use("en"),
    "reset": lambda panel: panel.reset(),
    "moved": lambda panel: panel.set(amount=20),
    "made_anew": lambda panel: panels.what_if("ore_blending"),
    "a_second_switch": lambda panel: panels.language_switch(),
}


@pytest.mark.parametrize("done", AGAIN)
def test_a_cell_that_is_run_again_leaves_what_was_done_since(done):
    panel = panels.what_if("ore_blending")
    asked = f"?lang=zh&scheme=dark&{panel.key}.amount=12.5&x.y=1"
    page().apply_query(asked)
    assert (language.current(), panel.values["amount"]) == ("zh", 12.5)
    AGAIN[done](panel)
    before = page().state, language.current()
    page().apply_query(asked)
    assert (page().state, language.current()) == before


BETWEEN = [
    ("genomics_consortium", "institutions", "430.7"),
    ("genomics_consortium", "institutions", "４３０．７"),
    ("crude_release", "teams", "2.5"),
    ("crude_release", "teams", "1e-1"),
]


@pytest.mark.parametrize(("model", "name", "written"), BETWEEN)
def test_a_part_of_a_whole_is_refused_and_the_value_shown_is_the_one_drawn(model, name, written):
    panel = panels.picture(model)
    slider, before = panel.inputs[name], panel.words
    type_in(slider, written)
    assert written in slider.refusal, "nothing is said"
    assert slider.value == panel.values[name] == int(slider.value)
    assert panel.words == before, "something else is drawn"
