"""Pictures of the systems and lists of their figures: what is drawn follows from the rows alone."""

import html
import inspect
import itertools
import re
from concurrent.futures import ThreadPoolExecutor

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from chart_looks import no_text_overlaps_or_is_clipped

import ftz_data
from ftz_data import charts, derived, language, models, style, tables
from ftz_data.charts.kinds import KINDS
from ftz_data.language import worded
from ftz_data.package import BUILT_IN
from ftz_data.words import in_words

OBSERVATIONS = ftz_data.load_observations()
PICTURES = charts.load_pictures()
SECTIONS = [s for s in language.codes("section") if s in set(OBSERVATIONS["section"])]
MOVING = PICTURES[PICTURES["model"].notna()]

# What the mechanism of a system is shown by, at least; a ladder or claims where there is nothing
# to draw. A system that is new need not be listed.
SHAPES = {
    "crude_release": {"steps", "curve", "bridge"},
    "ore_blending": {"steps"},
    "cotton_weighing": {"area"},
    "classified_supervision": {"curve"},
    "transit_consolidation": {"bridge", "doubt"},
    "zone_customs_port": {"flow"},
    "smart_water_transit": {"crossing"},
    "seaborne_consolidation": {"crossing"},
    "shipping_approval": {"steps"},
    "ship_supplies": {"bridge"},
    "offshore_platform": {"flow", "share"},
    "barter_trade": {"flow", "share"},
    "freight_insurance": {"steps", "bridge"},
    "rail_bill": {"bridge", "map"},
    "warehouse_receipt": {"flow", "nest"},
    "loan_pool": {"curve", "nest"},
    "freight_fx": {"flow", "path"},
    "three_thousands": {"path"},
    "gene_bank": {"nest"},
    "genomics_consortium": {"flow"},
    "herbicides": {"share"},
    "port_2024": {"path", "ranking"},
    "gross_ocean_product": {"path"},
}
# Shown by a ladder of stages, or by the table of modes.
LADDERS = set(ftz_data.load_pipeline()["instrument"])
TABLES = LADDERS | {"cbec_modes"}


def test_every_system_has_the_picture_that_shows_its_mechanism():
    found = PICTURES.groupby("instrument")["shape"].agg(set).to_dict()
    for system, shapes in SHAPES.items():
        lost = shapes - found.get(system, set())
        assert not lost, f"{system} has lost its pictures of shape {sorted(lost)}"
    for system in set(ftz_data.load_instruments()["instrument"]) - TABLES:
        assert system in found, f"{system} has no picture: add a row to pictures.csv"
    lost = {"mgi_sequencers", "spatial_chip", "bg136", "deep_sea_atlas"} - LADDERS
    assert not lost, f"{sorted(lost)} have neither picture nor ladder"


@pytest.mark.parametrize("lang", language.LANGS)
@pytest.mark.parametrize("key", PICTURES["picture"])
def test_a_picture_asks_answers_and_names_its_source(key, lang):
    chart = charts.picture(key)
    lines = chart.words(lang).splitlines()
    row = BUILT_IN.row("pictures", key)
    assert lines[0] == getattr(row, f"question_{lang}")
    assert lines[1] and "{" not in lines[1], "a field of the reading is left open"
    assert worded(chart.source, lang) in lines[-1] != ""
    assert len(lines) > 3, "nothing is drawn"
    # In the font that is shipped these are as wide as a Chinese character.
    assert lang != "en" or not set(chart.words(lang)) & set("’‘“”·"), "curly signs leave a gap"


def test_both_languages_of_a_reading_name_the_same_numbers():
    for row in PICTURES.itertuples():
        fields = [sorted(_fields(text)) for text in (row.reading_en, row.reading_zh)]
        assert fields[0] == fields[1], row.picture


def _fields(text):
    return [part.split("}")[0] for part in text.split("{")[1:]]


def _moved(key, random):
    """Seeded values on the grid of each parameter of a picture's model."""
    found = models.get(BUILT_IN.row("pictures", key).model)
    values = {}
    for parameter in found.parameters.values():
        count = round((parameter.high - parameter.low) / parameter.step)
        step = int(random.integers(0, count + 1))
        values[parameter.name] = float(f"{parameter.low + step * parameter.step:.10g}")
    return values


@pytest.mark.parametrize("key", MOVING["picture"])
def test_no_assumption_moves_what_the_report_prints(key):
    random = np.random.default_rng(4)
    start = _printed(charts.picture(key))
    row = BUILT_IN.row("pictures", key)
    for _ in range(3):
        chart = charts.picture(key, **_moved(key, random))
        assert _printed(chart) == start
        assert chart.words("zh").splitlines()[0] == row.question_zh, "the question has moved"


def _printed(chart):
    """Figures as they are printed, with their bounds; an arrow of time saved follows the model."""
    names = ("role", "lower", "upper", "lower_closed", "upper_closed")
    return [
        ([str(row.get(name)) for name in names], worded(row["words"], "en"))
        for row in chart.data.to_dict("records")
        if _of_the_report(row.get("words")) and row["role"] != "saved"
    ]


def _of_the_report(words):
    return getattr(words, "function", None) is in_words


@pytest.mark.parametrize("key", ["crude_turnover", "ore_blending", "rail_bill", "gene_bank"])
def test_what_is_solved_for_gives_the_reported_figure(key):
    row = BUILT_IN.row("pictures", key)
    found = models.get(row.model)
    if found.observation is None:
        pytest.fail(f"{key} has nothing to solve for") if key != "gene_bank" else None
        assert "reported figure" not in charts.picture(key).words("en").splitlines()[1]
        return
    name = found.along if pd.isna(row.along) else row.along
    value = models.calibrate(found.name, name)
    target = BUILT_IN.row("observations", found.observation).value
    assert models.evaluate(found.name, **{name: value}) == pytest.approx(target)
    said = ftz_data.words.quantity(value, found.parameters[name].unit, "en", 3)
    # What is met already needs no other value.
    met = models.evaluate(found.name) == pytest.approx(target)
    assert met == (key == "ore_blending")
    assert (said in charts.picture(key).words("en").splitlines()[1]) != met


def test_a_result_within_the_wording_is_not_sent_to_another_value():
    reading = charts.picture("crude_release").words("en").splitlines()[1]
    assert "lies within the reported 2 to 3 days" in reading
    # Outside of it, the value that would do is named.
    reading = charts.picture("crude_release", laboratory=5).words("en").splitlines()[1]
    assert "To give the reported figure: Days in the laboratory, 2.09 days" in reading
    reading = charts.picture("crude_release", solve="arrivals", laboratory=5)
    assert "out of reach" in reading.words("en").splitlines()[1]


def test_steps_end_where_the_model_says():
    data = charts.picture("ore_blending", discharge=3, stockpile=2, blend=4).data
    ends = data[data["role"] == "now"]["value"].tolist()
    assert ends == [9.0, 4.0]
    saved = data[data["role"] == "saved"]
    assert (saved["start"] - saved["stop"]).tolist() == [5.0, 5.0]
    assert saved["basis"].tolist() == ["assumed", "reported"]


def test_a_month_is_drawn_in_days():
    data = charts.picture("shipping_approval").data
    end = data[data["role"] == "end"].iloc[0]
    assert (end["lower"], end["upper"]) == (30.4375, 60.875)
    assert worded(end["words"], "en") == "more than 1 and less than 2 months"


@pytest.mark.parametrize("key", PICTURES.query("shape == 'bridge'")["picture"])
def test_a_bridge_adds_up_to_the_result(key):
    chart = charts.picture(key)
    data = chart.data
    found = models.evaluate(BUILT_IN.row("pictures", key).model)
    parts = data[data["role"] == "part"]
    assert (parts["stop"] - parts["start"]).sum() == pytest.approx(found)
    assert data[data["role"] == "total"]["stop"].item() == pytest.approx(found)
    gap = data[data["role"] == "gap"]
    if len(gap):
        printed = data[data["role"] == "reported"]["value"].item()
        assert gap["stop"].item() == pytest.approx(printed)


@pytest.mark.parametrize("key", ["smart_water_transit", "seaborne_consolidation"])
def test_two_costs_cross_where_nothing_is_saved(key):
    data = charts.picture(key).data
    knee = data[data["role"] == "knee"].iloc[0]
    along = models.get(key).along
    assert models.evaluate(key, **{along: float(knee["x"])}) == pytest.approx(0, abs=1e-6)


def test_a_ring_gives_goods_one_way_and_money_the_other():
    data = charts.picture("barter_trade", traders=3).data
    flows = data[data["role"] == "flow"]
    goods = {(row.giver, row.taker) for row in flows[flows["kind"] == "goods"].itertuples()}
    money = {(row.giver, row.taker) for row in flows[flows["kind"] == "money"].itertuples()}
    assert goods == {("A", "B"), ("B", "C"), ("C", "A")}
    assert money == {(taker, giver) for giver, taker in goods}


def test_more_parties_than_can_be_drawn_are_said():
    chart = charts.picture("genomics_consortium")
    assert "435 institutions" in chart.words("en").splitlines()[1]
    flows = chart.data[chart.data["role"] == "flow"]
    star, mesh = (flows[flows["panel"] == panel] for panel in ("star", "mesh"))
    assert len(star) == 12 and len(mesh) == len(list(itertools.combinations(range(12), 2)))


def test_the_port_stands_where_both_measures_place_it():
    data = charts.picture("port_ranking").data
    own = data[data["basis"] == "reported"].set_index("measure")["place"]
    assert own.to_dict() == {"cargo": 4, "containers": 5}
    for _, ranked in data.groupby("measure"):
        assert ranked.sort_values("place")["value"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: charts.picture("crude_relase"), KeyError, "nearest: crude_release.*pictures.csv"),
        (lambda: charts.picture("rail_bill", solve="rate"), ValueError, "has no parameter 'rate'"),
        (lambda: charts.picture("rail_bill", days=9), ValueError, "days is 9; .* is allowed"),
        (lambda: charts.doubt("rail_bil"), KeyError, "nearest: rail_bill"),
        (
            lambda: charts.figures("crude"),
            KeyError,
            "no section, instrument or observation 'crude'",
        ),
        (lambda: charts.figures("spatial_chip"), KeyError, "has no figure"),
        (lambda: charts.percentages("level"), ValueError, "allowed are 'change' and 'growth'"),
        (lambda: charts.implied("spatial_chip"), KeyError, "nothing is derived of 'spatial_chip'"),
        (lambda: charts.what_if("crude_turnover", 1), KeyError, "nearest: crude_turnover_change"),
        (lambda: charts.what_if("crude_turnover_change", -1), ValueError, "amount is -1"),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.parametrize("lang", language.LANGS)
@pytest.mark.parametrize("section", SECTIONS)
def test_tiles_name_each_figure_with_unit_bound_and_place(section, lang):
    shown = charts.figures(section)
    words, html = shown.words(lang), shown.html(lang)
    for row in OBSERVATIONS.query("section == @section").itertuples():
        assert in_words(row, lang) in words, row.observation_id
        assert ftz_data.words.place(row.locator, lang) in html, row.observation_id


def test_all_changes_stand_on_one_axis():
    chart = charts.percentages("change")
    changes = OBSERVATIONS.query("stage == 'change' and unit == '%'")
    assert len(chart.data) == len(changes)
    assert len(chart.figure("en").axes) == 1
    assert sorted(chart.data["value"]) == sorted(changes["value"])


def test_a_number_of_the_readers_is_shown_for_each_reading():
    shown = charts.what_if("storage_capacity_change", 50).data["words"]
    assert [words.in_("en") for words in shown] == ["up by 30%", "50", "80", "65"]


READINGS = {name: rows for name, rows in ftz_data.load_readings().groupby("observation")}


@pytest.mark.parametrize("observation", READINGS)
def test_a_figure_with_several_readings_names_each(observation):
    row = BUILT_IN.row("observations", observation)
    shown = [charts.figures(observation)]
    if derived.question(row):
        shown.append(charts.what_if(observation, 50))
    if (row.stage, row.unit) == ("change", "%"):
        shown.append(charts.percentages("change"))
    for each, lang in itertools.product(shown, language.LANGS):
        said = "\n".join(worded(note, lang) for note in each.notes)
        for title in READINGS[observation][f"title_{lang}"]:
            assert title in said, f"silent on {title!r}"


def test_what_follows_stands_beside_what_others_publish_and_names_the_sources():
    shown = charts.implied("crude_release")
    assert set(shown.data["basis"]) == {"reported", "published", "derived"}
    for lang in language.LANGS:
        titles = ftz_data.load_sources().set_index("source")[f"title_{lang}"]
        assert titles["xinhua08_2021"] in worded(shown.source, lang)


def test_no_table_is_a_picture():
    for shown in (charts.claims("trade"), charts.consistency(), charts.pipeline(), charts.ties()):
        assert isinstance(shown, tables.Table)
        assert "<img" not in shown.html("en")


def test_no_setting_of_the_users_shows_in_a_chart_and_none_is_changed():
    chart = charts.percentages("change")
    wanted = chart.png("zh")
    with mpl.rc_context({"text.usetex": True, "font.weight": "bold", "lines.linewidth": 9}):
        before = dict(mpl.rcParams)
        assert chart.png("zh") == wanted, "a setting of the user's shows in the picture"
        assert dict(mpl.rcParams) == before, "the user's settings were changed"


def test_pictures_may_be_made_in_threads():
    keys = ["ore_blending", "gene_bank"] * 3
    wanted = {key: charts.picture(key).png("zh") for key in set(keys)}
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda key: charts.picture(key).png("zh"), keys))
    assert found == [wanted[key] for key in keys], "a picture is torn"


def _drawn(chart, lang, phone):
    picture = chart.figure(lang, phone)
    with style.settings():
        picture.canvas.draw()
    return picture


# A few in the fast loop, one of each kind of picture; all of them in CI.
FEW = {row.shape: row.picture for row in PICTURES.itertuples()}.values()
SEEN = [("en", "phone"), ("zh", "wide")]

# What the arguments of chart functions may be.
ARGUMENTS = {
    "amount": 10,
    "buyer": "consumer",
    "denominator": "pool_loans_level",
    "direction": "export",
    "expected": 20,
    "instrument": "crude_release",
    "key": "crude_turnover_change",
    "model": "rail_bill",
    "numerator": "pool_lent_level",
    "observation": "crude_turnover_change",
    "other": ftz_data.Report(),
    "picture": "crude_queue",
    "section": "customs",
    "stage": "change",
    "stock": "direct",
}
# Keys of another table.
OWN_ARGUMENTS = {"claims": {"key": "customs"}}
FUNCTIONS = [
    name
    for name in charts.__all__
    if inspect.isfunction(getattr(charts, name)) and not name.startswith("load_")
]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_shows_itself_in_both_languages(name):
    function = getattr(charts, name)
    asked = [
        each
        for each, parameter in inspect.signature(function).parameters.items()
        if parameter.default is parameter.empty and parameter.kind != parameter.VAR_KEYWORD
    ]
    values = ARGUMENTS | OWN_ARGUMENTS.get(name, {})
    unknown = set(asked) - set(values)
    assert not unknown, f"{name} takes {unknown}: say in ARGUMENTS what they may be"
    shown = function(**{each: values[each] for each in asked})
    title = shown.caption if isinstance(shown, tables.Table) else shown.title
    for lang in language.LANGS:
        words, asks = shown.words(lang), worded(title, lang)
        assert asks and asks in words
        # Chinese names keep letters, such as RCEP and BG136; English ones no Chinese.
        assert bool(re.search("[\u4e00-\u9fff]", words)) == (lang == "zh"), words
        if isinstance(shown, tables.Table):
            assert html.escape(asks, quote=False) in shown.html(lang)
    if isinstance(shown, charts.Chart):
        for lang, width in SEEN:
            no_text_overlaps_or_is_clipped(_drawn(shown, lang, width == "phone"))


@pytest.mark.parametrize(
    ("key", "lang", "width"),
    [
        pytest.param(
            key, lang, width, marks=() if key in FEW and (lang, width) in SEEN else pytest.mark.slow
        )
        for key in PICTURES["picture"]
        for lang in language.LANGS
        for width in ("wide", "phone")
    ],
)
def test_no_text_overlaps_or_leaves_the_picture(key, lang, width):
    no_text_overlaps_or_is_clipped(_drawn(charts.picture(key), lang, width == "phone"))


@pytest.mark.slow
@pytest.mark.parametrize("lang", language.LANGS)
@pytest.mark.parametrize("key", MOVING["picture"])
def test_no_text_overlaps_at_the_ends_of_the_ranges(key, lang):
    found = models.get(BUILT_IN.row("pictures", key).model)
    for parameter in found.parameters.values():
        for value in (parameter.low, parameter.high):
            chart = charts.picture(key, **{parameter.name: value})
            no_text_overlaps_or_is_clipped(_drawn(chart, lang, False))


def test_every_shape_is_used_and_every_kind_is_known():
    assert set(PICTURES["shape"]) == set(charts.pictures.SHAPES)
    assert {kind for kind, _ in charts.pictures.SHAPES.values()} <= set(KINDS)
