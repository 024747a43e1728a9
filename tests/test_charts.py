"""Charts: words that name every figure, marks that draw every bound, pictures without tofu."""

import io
import math
import re

import matplotlib as mpl
import matplotlib.image
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

import ftz_data
from ftz_data import charts, language, style
from ftz_data.charts.chart import DPI, WIDTH, wrap
from ftz_data.charts.common import unbroken

OBSERVATIONS = ftz_data.load_observations()
CLAIMS = ftz_data.load_claims()
RATIOS = [
    ("linkage_containers_level", "linkage_vessels_level"),
    ("pool_lent_level", "pool_enterprises_level"),
    ("pool_saving_level", "pool_loans_level"),
    ("fx_paid_level", "fx_enterprises_level"),
    ("consortium_projects_level", "consortium_institutions_level"),
]
SECTIONS = [s for s in language.codes("section") if s in set(OBSERVATIONS["section"])]
CHANGED = sorted(
    set(
        OBSERVATIONS[OBSERVATIONS["stage"].isin(["before", "after", "change"])][
            "instrument"
        ].dropna()
    )
)


def every_chart():
    yield from (charts.figures(section) for section in SECTIONS)
    yield from (charts.before_after(instrument) for instrument in CHANGED)
    for row in OBSERVATIONS.itertuples():
        if row.stage in ("change", "share", "level"):
            yield charts.what_if(row.observation_id, 50)
    yield from (charts.figures(stage) for stage in sorted(set(OBSERVATIONS["stage"])))
    yield from (charts.claims(section) for section in sorted(set(CLAIMS["section"])))
    yield from (charts.ratio(*pair) for pair in RATIOS)
    yield charts.supervision_modes("consumer", "import", "direct")
    yield from (
        board() for board in (charts.inventory, charts.coverage, charts.pipeline, charts.ties)
    )


@pytest.mark.parametrize("lang", language.LANGS)
@pytest.mark.parametrize("section", SECTIONS)
def test_words_name_each_figure_with_unit_and_bound(section, lang):
    words = charts.figures(section).words(lang)
    for row in OBSERVATIONS.query("section == @section").itertuples():
        assert f"{language.in_words(row, lang)}" in words, row.observation_id


def test_words_of_a_chart_are_pinned():
    assert charts.before_after("crude_release").words("en").splitlines()[1:] == [
        "Time to inspect and release imported crude oil: before: 2 to 3 days (Reported)",
        "Time to inspect and release imported crude oil: after: 0.5 days (Reported)",
        "Crude oil turnover: before: 100 (Derived by arithmetic)",
        "Crude oil turnover: after: 135 (Derived by arithmetic)",
        "Axis: days",
        "Axis: Crude oil turnover, index, before = 100 (reported: up by 35%)",
        "Source: press report of 2025, institutional innovation, paragraph 2",
    ]


def _drawn(observation, lang="en"):
    """What `figures` draws for an observation, read off against the labels of the scale."""
    figure = charts.figures(observation).figure(lang)
    labels = [text for text in figure.texts if text.get_gid() == "tick"]
    places = [text.get_position()[0] for text in labels]
    (first, last) = (_number(text.get_text()) for text in (labels[0], labels[-1]))

    def read(x):
        return first + (x - places[0]) / (places[-1] - places[0]) * (last - first)

    def lines(gid):
        return [line for line in figure.findobj(Line2D) if line.get_gid() == gid]

    ends = [
        (pytest.approx(read(line.get_xdata()[0])), line.get_markerfacecolor() != style.PAPER)
        for line in lines("end")
    ]
    arrows = [line.get_marker() for line in lines("arrow")]
    boxes = [box for box in figure.findobj(Rectangle) if box.get_gid() == "interval"]
    return ends, arrows, [(read(box.get_x()), read(box.get_x() + box.get_width())) for box in boxes]


def _number(words):
    """A number as `language.number` writes it in English."""
    digits, _, scale = words.replace(",", "").replace("−", "-").partition(" ")
    return float(digits) * {"": 1, "million": 1e6, "billion": 1e9}[scale]


def test_every_bound_is_drawn_as_a_bound():
    for row in OBSERVATIONS.itertuples():
        ends, arrows, bars = _drawn(row.observation_id)
        has_low, has_high = not math.isnan(row.lower), not math.isnan(row.upper)
        where = row.observation_id
        if has_low and has_high and row.lower != row.upper:
            assert bars == [pytest.approx((row.lower, row.upper))], where
            assert ends == [(row.lower, row.lower_closed), (row.upper, row.upper_closed)], where
            assert not arrows, where
            continue
        assert not bars, where
        assert arrows == (([">"] if has_low else ["<"]) if has_low != has_high else []), where
        closed = row.lower_closed if has_low else row.upper_closed if has_high else True
        # A target is hollow whatever its wording allows.
        assert ends == [(row.value, closed and row.stage != "target")], where


def test_no_text_overlaps_or_leaves_the_picture():
    for chart in every_chart():
        for lang in language.LANGS:
            figure = chart.figure(lang)
            renderer = figure.canvas.get_renderer()
            figure.draw(renderer)
            width, height = figure.canvas.get_width_height()
            texts = [
                t for t in figure.findobj(matplotlib.text.Text) if t.get_text() and t.get_visible()
            ]
            boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts]
            for words, box in boxes:
                inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
                assert inside, f"{chart.title[lang]}: {words!r} is clipped"
            for i, (words, box) in enumerate(boxes):
                for other, space in boxes[:i]:
                    over = min(box.x1, space.x1) - max(box.x0, space.x0) > 1 and (
                        min(box.y1, space.y1) - max(box.y0, space.y0) > 1
                    )
                    assert not over, f"{chart.title[lang]}: {words!r} lies over {other!r}"


@pytest.mark.parametrize("lang", language.LANGS)
def test_a_picture_is_drawn_without_missing_glyphs(lang):
    # A missing glyph is a warning, and warnings are errors in this suite.
    picture = matplotlib.image.imread(io.BytesIO(charts.figures("customs").png(lang)))
    assert picture.shape[1] == WIDTH * DPI
    assert picture.std() > 0.05


def test_html_carries_words_as_escaped_alt_text_in_both_languages(monkeypatch):
    chart = charts.figures("crude_time_after")
    monkeypatch.setitem(chart.title, "en", '"><script>alert(1)</script>')
    html = chart._repr_html_()
    assert re.findall(r'<div lang="(\w+)"><img [^>]*alt="', html) == ["en", "zh"]
    assert "<script" not in html
    assert html.count("data:image/png;base64,") == 2


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda: charts.figures("crude"),
            KeyError,
            "no section, stage, instrument or observation 'crude'",
        ),
        (lambda: charts.figures("spatial_chip"), KeyError, "carries claims only"),
        (lambda: charts.before_after("crude_relase"), KeyError, "nearest: crude_release"),
        (lambda: charts.before_after("gene_bank"), KeyError, "no figure of stage before"),
        (lambda: charts.what_if("crude_turnover", 1), KeyError, "nearest: crude_turnover_change"),
        (lambda: charts.what_if("crude_turnover_change", -1), ValueError, "amount is -1"),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.parametrize("lang", language.LANGS)
def test_texts_that_are_kept_look_as_matplotlib_draws_them(lang):
    chart = charts.figures("logistics")
    ours = np.asarray(chart._pixels(lang), dtype=float)
    with mpl.rc_context(style.theme()):
        figure = chart.figure(lang)
        FigureCanvasAgg(figure).draw()
    theirs = np.asarray(figure.canvas.buffer_rgba(), dtype=float)[..., :3]
    # The same but for parts of a pixel: any shift by a whole one is further off.
    apart = {
        (down, right): np.abs(np.roll(ours, (down, right), (0, 1)) - theirs).mean()
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
    }
    assert min(apart, key=apart.get) == (0, 0)
    assert apart[0, 0] < 3


@pytest.mark.parametrize("label", ["之前四年的海洋生产总值，{}", "Ocean product before, {}"])
def test_a_formula_stays_on_one_line(label):
    for formula in [*ftz_data.load_derived()["formula"], *ftz_data.load_models()["formula"]]:
        whole = unbroken(formula)
        for columns in range(44, 70):
            lines = wrap(label.format(whole), columns)
            assert any(whole in line for line in lines), (formula, lines)


@pytest.mark.parametrize("columns", range(16, 40))
def test_a_date_stays_on_one_line(columns):
    lines = wrap("每艘次油轮节省时间（截至2021年8月）", columns)
    assert any("2021年8月）" in line for line in lines), lines


def test_the_board_of_verdicts_shows_who_says_what_and_names_the_sources():
    chart = charts.consistency()
    assert set(chart.marks["basis"]) == {"reported", "published", "derived"}
    for lang in language.LANGS:
        sources = ftz_data.load_sources().set_index("source")[f"title_{lang}"]
        assert sources["xinhua08_2021"] in chart.source[lang]
