"""The vocabulary of pictures: what is drawn is what is said, in any setting and any thread."""

import ast
import functools
import itertools
import math
import re
from concurrent.futures import ThreadPoolExecutor

import chart_samples
import matplotlib as mpl
import matplotlib.text
import numpy as np
import pandas as pd
import pytest
from chart_looks import no_text_overlaps_or_is_clipped
from chart_samples import both
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle
from PIL import Image

from conftest import ROOT
from ftz_data import language, style
from ftz_data.charts import kinds
from ftz_data.charts.kinds import KINDS, Chart, lines
from ftz_data.charts.kinds.frame import png
from ftz_data.charts.kinds.table import figure, of_role, word
from ftz_data.charts.kinds.timeline import span

SAMPLES = chart_samples.ALL
BOTH = [(name, lang) for name in SAMPLES for lang in language.LANGS]
SOURCES = sorted((ROOT / "ftz_data" / "charts" / "kinds").glob("*.py"))


@functools.cache
def drawn(name, lang="en", phone=False):
    """Picture of a sample, drawn; kept, since tests only look at it."""
    picture = SAMPLES[name]().figure(lang, phone)
    with style.settings():
        picture.canvas.draw()
    return picture


def artists(figure_, part):
    """Artists of a part by the row that they are of."""
    found = {}
    for artist in figure_.findobj(lambda each: str(each.get_gid()).startswith(f"{part}:")):
        found.setdefault(int(artist.get_gid().split(":")[1]), []).append(artist)
    return found


def rows_of(chart):
    return KINDS[chart.kind].check(chart.data)


def by_index(chart, *roles):
    return {row["index"]: row for row in of_role(rows_of(chart), *roles)}


def dots_of(rows):
    return Chart("dots", pd.DataFrame(rows), "What is it?")


def test_every_kind_has_a_sample():
    assert {sample().kind for sample in SAMPLES.values()} == set(KINDS), "a kind is not tested"


def test_every_kind_is_in_the_documents():
    page = (ROOT / "docs/pictures.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    named = re.findall(r"^`(\w+?)_?` ", kinds.__doc__, re.MULTILINE)
    assert listed == named == list(KINDS)


# Both languages and both widths in the fast loop, but not each with each.
CROSSED = {"en": "wide", "zh": "phone"}


@pytest.mark.parametrize(
    ("name", "lang", "width"),
    [
        pytest.param(name, lang, width, marks=() if CROSSED[lang] == width else pytest.mark.slow)
        for name, lang in BOTH
        for width in ("wide", "phone")
    ],
)
def test_no_text_overlaps_or_leaves_the_picture(name, lang, width):
    no_text_overlaps_or_is_clipped(drawn(name, lang, width == "phone"))


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_frame_holds_question_answer_bases_and_source(name, lang):
    chart = SAMPLES[name]()
    picture = drawn(name, lang, CROSSED[lang] == "phone")
    joint = "" if lang == "zh" else " "
    for part in ("title", "reading", "source"):
        wanted = getattr(chart, part)
        shown = [each.get_text() for each in picture.texts if each.get_gid() == part]
        wanted = [wanted[lang]] if wanted else []
        assert [each.replace("\n", joint) for each in shown] == wanted, f"{part} is not as given"
    key = [each.get_gid().removeprefix("key:") for each in picture.legends[0].get_texts()]
    bases = {row["basis"] for row in rows_of(chart) if row.get("role") != "head"}
    assert key == [basis for basis in style.LOOKS if basis in bases], "the key is not that of rows"
    said = [each.get_text() for each in picture.legends[0].get_texts()]
    assert said == [language.label("basis", basis, lang) for basis in key], "a basis is misnamed"
    boxes, signs = (picture.legends[0].findobj(kind) for kind in (Rectangle, Line2D))
    for box, mark, basis in zip(boxes, signs, key, strict=True):
        look = style.LOOKS[basis]
        assert (box.get_hatch() or "", mark.get_marker()) == (look.hatch, look.marker), basis
        assert mark.get_color() == look.color, f"the sign of {basis} has another colour"


@pytest.mark.parametrize(("name", "lang"), BOTH)
def test_words_name_question_every_labelled_row_and_source(name, lang):
    chart = SAMPLES[name]()
    words = chart.words(lang)
    for part in (chart.title, chart.reading, chart.source):
        assert not part or part[lang] in words, f"{part} is not said"
    for row in rows_of(chart):
        if row.get("role") not in ("curve", "grid", "path", "fan", "draw", "flow"):
            label, shown = word(row, "label", lang), figure(row, lang)
            assert label in words, f"{label} is not said"
            if chart.kind not in ("curve", "map", "timeline") or row.get("role") == "reported":
                assert shown in words, f"{label}: {shown} is not said"
    assert not re.search(r"\bnan\b", words), f"a missing number is said: {words}"
    if lang == "en":
        assert not re.search("[\u4e00-\u9fff]", words), "Chinese in English words"


@pytest.mark.parametrize(
    ("row", "ends", "arrows"),
    [
        ({"value": 5, "lower": 5, "upper": 5}, [(5, True)], []),
        ({"value": 5}, [(5, True)], []),
        ({"value": 5, "lower": 5, "lower_closed": False}, [(5, False)], ["up"]),
        ({"value": 5, "lower": 5, "lower_closed": True}, [(5, True)], ["up"]),
        ({"value": 5, "upper": 5, "upper_closed": False}, [(5, False)], ["down"]),
        ({"value": 5, "lower": None, "upper": None}, [(5, True)], []),
        ({"value": 5, "stage": "target"}, [(5, False)], []),
        (
            {"value": 2, "lower": 2, "upper": 3, "lower_closed": False, "upper_closed": True},
            [(2, False), (3, True)],
            [],
        ),
    ],
)
def test_every_bound_is_drawn_as_worded(row, ends, arrows):
    picture = dots_of([row | {"label": "It", "unit": "d", "basis": "reported"}]).figure("en")
    found = [
        (float(line.get_xdata()[0]), line.get_markerfacecolor() != style.PAPER)
        for line in artists(picture, "end").get(0, [])
    ]
    assert found == ends, "ends are not those of the row"
    found = [side for side in ("up", "down") if artists(picture, f"arrow-{side}")]
    assert found == arrows, "arrows are not those of the row"
    for side, tip in (("up", 1.0), ("down", 0.0)):
        for arrow in artists(picture, f"arrow-{side}").get(0, []):
            assert arrow.xy[0] == tip, "the arrow points to the wrong side"
            shape = type(arrow.arrow_patch.get_arrowstyle()).__name__
            assert shape == "CurveFilledB", "its head is not at its end"
    assert len(artists(picture, "about").get(0, [])) == (2 if row.get("lower", 0) is None else 0), (
        "no dots"
    )
    for stem in artists(picture, "stem").get(0, []):
        dashed = stem.get_linestyle() == "--"
        assert dashed == (row.get("stage") == "target"), "only the stem of a target is dashed"


BOUNDS = [
    # lower, upper, lower_closed, upper_closed; dashes of the edges; arrow
    ((5, 5, True, True), ["-"], ""),
    ((4, 6, False, True), ["--", "-"], ""),
    ((5, None, False, None), ["--"], "up"),
    ((None, 5, None, True), ["-"], "down"),
    ((None, None, None, None), [":"], ""),
]


def _reported(bounds):
    names = ("lower", "upper", "lower_closed", "upper_closed")
    row = {"role": "reported", "label": "It", "value": 5.0, "unit": "d", "basis": "reported"}
    return row | dict(zip(names, bounds, strict=True))


@pytest.mark.parametrize(("bounds", "edges", "arrow"), BOUNDS)
@pytest.mark.parametrize("kind", ["bridge", "curve"])
def test_the_line_of_the_report_is_drawn_as_worded(kind, bounds, edges, arrow):
    rest = {
        "bridge": [{"role": "total", "label": "All", "start": 0, "stop": 8}],
        "curve": [{"role": "curve", "series": 1, "x": x, "y": x} for x in (0, 4, 9)],
    }[kind]
    picture = Chart(kind, pd.DataFrame([*rest, _reported(bounds)]), "What?").figure("en")
    index = len(rest)
    found = artists(picture, "line" if kind == "bridge" else "edge")[index]
    # Matplotlib keeps a pattern of dashes as such.
    shapes = [line.get_linestyle() for line in found]
    assert shapes == edges, "an edge that is not allowed is dashed, about is dotted"
    values = {line.get_xdata()[0] if kind == "bridge" else line.get_ydata()[0] for line in found}
    assert values == {end for end in bounds[:2] if end is not None} or arrow == "" and values == {5}
    arrows = [side for side in ("up", "down") if artists(picture, f"arrow-{side}")]
    assert arrows == ([arrow] if arrow else []), "an end that is not set is an arrow, no other"
    for drawn_ in artists(picture, f"arrow-{arrow}").get(index, []) if arrow else []:
        assert (max(drawn_.xyann, key=abs) > 0) == (arrow == "up"), "the arrow points the wrong way"


def test_dots_are_sorted_and_second_readings_stand_beside_their_figure():
    chart = SAMPLES["dots"]()
    picture = drawn("dots", "en")
    first = [row for row in rows_of(chart) if row.get("reading") is not True]
    labels = [tick.get_text().replace("\n", " ") for tick in picture.axes[0].get_yticklabels()]
    assert labels == [row["label_en"] for row in first], "rows are not in the order of values"
    values = [row["value"] for row in first]
    assert values == sorted(values, reverse=True), "not sorted by value"
    marks = artists(picture, "reading")
    second = [row for row in rows_of(chart) if row.get("reading") is True]
    assert second, "no second reading in the sample"
    for row in second:
        assert marks[row["index"]][0].get_offsets()[0][0] == row["value"], "reading moved"


def test_a_ranking_joins_the_reported_row_and_says_what_is_missing():
    chart = SAMPLES["ranking"]()
    picture = drawn("ranking", "en")
    bars = artists(picture, "bar")
    rows = rows_of(chart)
    for measure in dict.fromkeys(row["measure"] for row in rows):
        ranked = [row for row in rows if row["measure"] == measure]
        ratios = {bars[row["index"]][0].get_width() / row["value"] for row in ranked}
        assert max(ratios) == pytest.approx(min(ratios)), f"bars of {measure} have no common scale"
        assert all(bars[row["index"]][0].get_x() == 0 for row in ranked), "a bar is cut"
    reported = [row["index"] for row in rows if row["basis"] == "reported"]
    assert list(artists(picture, "join")) == reported[:1], "the reported rows are not joined"
    notes = [
        each.get_text()
        for each in picture.findobj(matplotlib.text.Text)
        if each.get_gid() == "missing"
    ]
    assert notes == ["Places 5 to 7: no figures"], "missing places are not said"


def _extent(patch):
    return patch.get_x(), patch.get_x() + patch.get_width()


def test_bridge_draws_each_part_where_it_is_and_leaves_the_gap_open():
    chart = SAMPLES["bridge"]()
    picture = drawn("bridge", "zh")
    bars, gaps = artists(picture, "bar"), artists(picture, "open")
    for index, row in by_index(chart, "total", "part", "gap").items():
        (patch,) = (gaps if row["role"] == "gap" else bars)[index]
        ends = sorted((row["start"], row["stop"]))
        assert _extent(patch) == pytest.approx(ends), f"row {index} is drawn elsewhere"
        if row["role"] == "gap":
            assert patch.get_linestyle() != "-" and not patch.get_hatch(), "the gap is filled"
        else:
            assert patch.get_hatch() == style.LOOKS[row["basis"]].hatch, "hatch of another basis"
    for index, row in by_index(chart, "reported").items():
        (line,) = artists(picture, "line")[index]
        assert line.get_xdata()[0] == row["value"], "the report's line has moved"
        assert line.get_zorder() > max(patch.get_zorder() for (patch,) in bars.values()), "below"


def test_steps_draw_what_is_waited_for_full_and_what_stays_open_dashed():
    chart = SAMPLES["steps"]()
    picture = drawn("steps", "en")
    full, dashed = artists(picture, "bar"), artists(picture, "open")
    for index, row in by_index(chart, "step").items():
        latest = row["upper"] if row["upper"] == row["upper"] else row["stop"]
        if row.get("waits") is False:
            assert index not in full, f"row {index} holds up nothing, and is drawn full"
            assert _extent(dashed[index][0]) == pytest.approx((row["start"], latest)), index
            continue
        assert _extent(full[index][0]) == pytest.approx((row["start"], row["stop"])), index
        assert (index in dashed) == (latest > row["stop"]), f"row {index}: what stays open"
        if index in dashed:
            assert _extent(dashed[index][0]) == pytest.approx((row["stop"], latest)), index
    for index, row in by_index(chart, "end").items():
        ends = [line.get_xdata()[0] for line in artists(picture, "end")[index]]
        assert ends == sorted({row["lower"], row["upper"]}), "the reported end is drawn elsewhere"
        band = artists(picture, "band")[index][0]
        assert _extent(band) == pytest.approx((row["lower"], row["upper"])), "band elsewhere"
    for index, row in by_index(chart, "saved").items():
        (arrow,) = artists(picture, "saved")[index]
        assert (arrow.get_position()[0], arrow.xy[0]) == (row["start"], row["stop"]), "wrong way"
    (now,) = by_index(chart, "now").values()
    assert artists(picture, "now")[now["index"]][0].get_xdata() == [now["value"]], "model moved"


def test_curve_draws_points_bands_and_the_region_without_an_answer():
    chart = SAMPLES["curve"]()
    picture = drawn("curve", "en")
    for index, row in by_index(chart, "now", "solved", "knee").items():
        (mark,) = artists(picture, row["role"])[index]
        assert (mark.get_xdata()[0], mark.get_ydata()[0]) == (row["x"], row["y"]), row["role"]
        assert mark.get_marker() == style.LOOKS[row["basis"]].marker, "marker of another basis"
    for index, row in by_index(chart, "reported").items():
        edges = {float(line.get_ydata()[0]) for line in artists(picture, "edge")[index]}
        assert edges == {row["lower"], row["upper"]}, "the report's band is drawn elsewhere"
    (limit,) = by_index(chart, "limit").values()
    (region,) = artists(picture, "region")[limit["index"]]
    assert _extent(region) == (limit["x"], picture.axes[0].get_xlim()[1]), "grey elsewhere"
    wide = {index: line[0].get_linewidth() for index, line in artists(picture, "curve").items()}
    chosen = [index for index, row in by_index(chart, "curve").items() if row["chosen"]][0]
    assert max(wide, key=wide.get) == chosen, "the chosen curve is not the thick one"


def test_a_point_beyond_the_axes_is_a_chevron_at_the_edge():
    data = SAMPLES["curve"]().data
    more = data[data["role"].isin(["curve", "reported"])]
    ax = Figure().subplots()
    kinds.curve(more, ax, "en")
    data = pd.concat([more, pd.DataFrame([{"role": "now", "x": 4.9, "y": 9, "basis": "assumed"}])])
    ax = Figure().subplots()
    kinds.curve(data, ax, "en")
    assert artists(ax.figure, "now"), "limits do not hold the present point"


def test_map_draws_the_reported_line_where_the_result_is_that():
    chart = SAMPLES["map"]()
    picture = drawn("map", "en")
    (row,) = by_index(chart, "reported").values()
    (line,) = artists(picture, "line")[row["index"]]
    from ftz_data.models.finance import rail_bill

    points = line.get_paths()[0].vertices
    assert len(points) > 5, "no line"
    results = [rail_bill(6, x, 90, 2, 0.5, y) for x, y in points]
    assert results == pytest.approx([row["value"]] * len(points), abs=0.2), "line elsewhere"
    (now,) = by_index(chart, "now").values()
    (mark,) = artists(picture, "now")[now["index"]]
    assert (mark.get_xdata()[0], mark.get_ydata()[0]) == (now["x"], now["y"]), "point elsewhere"


def test_nest_draws_boxes_as_wide_as_their_share_and_hollow_ends_where_not_allowed():
    chart = SAMPLES["nest"]()
    picture = drawn("nest", "en")
    for index, row in by_index(chart, "now").items():
        assert _extent(artists(picture, "box")[index][0]) == (0, row["value"]), "box elsewhere"
    for index, row in by_index(chart, "bound").items():
        (mark,) = artists(picture, "end")[index]
        assert mark.get_xdata()[0] == row["value"], "bound elsewhere"
        allowed = row["upper_closed"] is not False
        assert (mark.get_markerfacecolor() != style.PAPER) == allowed, "hollow or not"
        (stem,) = artists(picture, "stem")[index]
        assert (stem.get_linestyle() == "-") == allowed, "dashed or not"
    picture = drawn("open_share")
    (fade,) = artists(picture, "open")[1]
    assert _extent(fade) == (80, 100), "a share without an upper end does not fade to the whole"


def test_area_is_as_wide_and_high_as_its_factors():
    chart = SAMPLES["area"]()
    picture = drawn("area", "en")
    for index, row in by_index(chart, "now", "old").items():
        box = artists(picture, "box")[index][0]
        assert (box.get_width(), box.get_height()) == (row["x"], row["y"]), "another area"
        assert (box.get_linestyle() == "-") == (row["role"] == "now"), "old is dashed"


def test_path_is_dashed_where_its_pace_is_implied():
    chart = SAMPLES["path"]()
    picture = drawn("path", "en")
    rows = list(by_index(chart, "path").values())
    drawn_ = {}
    for (line,) in artists(picture, "path").values():
        points = list(zip(line.get_xdata(), line.get_ydata(), strict=True))
        drawn_ |= dict.fromkeys(itertools.pairwise(points), line.get_linestyle() != "-")
    expected = {
        tuple((row["period"], row["value"]) for row in pair): pair[1]["implied"]
        for pair in itertools.pairwise(rows)
    }
    assert drawn_ == expected, "another way, or dashes elsewhere"
    assert set(expected.values()) == {True, False}
    (level,) = by_index(chart, "level").values()
    (line,) = artists(picture, "level")[level["index"]]
    assert line.get_ydata()[0] == level["value"] and line.get_linestyle() != "-", "level"


def test_doubt_draws_less_plain_and_more_hatched_from_the_result():
    chart = SAMPLES["doubt"]()
    picture = drawn("doubt", "en")
    (model,) = by_index(chart, "model").values()
    for index, row in by_index(chart, "parameter").items():
        for name in ("less", "more"):
            (patch,) = artists(picture, name)[index]
            assert _extent(patch) == pytest.approx(sorted((model["value"], row[name]))), name
            assert bool(patch.get_hatch()) == (name == "more"), f"{name} is hatched wrongly"
    swings = [
        abs(row["more"] - row["less"])
        for row in (
            by_index(chart, "parameter")[index]
            for index in sorted(
                artists(picture, "more"),
                key=lambda index: artists(picture, "more")[index][0].get_y(),
            )
        )
    ]
    assert swings == sorted(swings, reverse=True), "not sorted by swing"
    (steps,) = artists(picture, "draws")[0]
    heights, edges, _ = steps.get_data()
    bins = list(by_index(chart, "draw").values())
    assert list(edges) == [bins[0]["lower"], *(row["upper"] for row in bins)], "bins elsewhere"
    tallest = max(row["count"] for row in bins)
    found = (-np.array(heights) - 0.1) / max(-np.array(heights) - 0.1)
    assert found == pytest.approx([row["count"] / tallest for row in bins]), "counts elsewhere"


def _corners(points, end):
    """How many corners of an outline lie as near to one of its ends as the nearest."""
    nearest = min(math.dist(point, end) for point in points)
    near = [point for point in points if math.dist(point, end) < nearest + 0.03]
    return len({tuple(np.round(point, 3)) for point in near})


def test_flow_draws_arrows_from_giver_to_taker_as_wide_as_the_amount():
    chart = SAMPLES["flow"]()
    picture = drawn("flow", "en")
    arrows = artists(picture, "arrow")
    parties = {}
    for each in picture.findobj(lambda artist: str(artist.get_gid()).startswith("party:")):
        parties.setdefault(each.get_gid().split(":")[1], []).append(each.center)
    flows = by_index(chart, "flow")
    for index, row in flows.items():
        (arrow,) = arrows[index]
        assert isinstance(arrow, FancyArrowPatch)
        panel = 0 if row["panel"] == "each" else 1
        start, stop = (parties[row[side]][panel] for side in ("giver", "taker"))
        points = arrow.get_path().vertices
        assert min(math.dist(point, stop) for point in points) < 0.35, "arrow elsewhere"
        assert min(math.dist(point, start) for point in points) < 0.35, "arrow elsewhere"
        # A broad arrow has two corners where it begins, and one tip.
        if row["kind"] == "goods" or panel == 0:
            corners = _corners(points, start), _corners(points, stop)
            assert corners == (2, 1), f"row {index}: the arrow points to who gives"
    money = {
        row["amount"]: arrows[index][0] for index, row in flows.items() if row["kind"] == "money"
    }
    thin, thick = money[1e6], money[10e6]
    assert thin.get_linewidth() == pytest.approx(1.5), "a tenth of the amount is not a tenth wide"
    assert thick.get_arrowstyle().tail_width == pytest.approx(15), "width is not the amount"


def test_a_tiny_amount_is_said_and_not_drawn():
    data = SAMPLES["flow"]().data.copy()
    money = data.index[(data["kind"] == "money")]
    data.loc[money[-1], "amount"] = 1.0
    chart = Chart("flow", data, "Who pays?")
    assert money[-1] not in artists(chart.figure("en"), "arrow"), "a hair is drawn"
    assert "1 yuan" in chart.words("en"), "a tiny amount is not said"


@pytest.mark.parametrize(
    ("date", "start", "stop"),
    [
        ("2019", 2019, 2020),
        ("2024-07", 2024.5, 2024 + 7 / 12),
        ("2024-01-01", 2024, 2024 + 1 / 31 / 12),
        ("2019/2024", 2019, 2025),
        ("../2024", -math.inf, 2025),
        ("2020/..", 2020, math.inf),
        ("2022~", 2022, 2023),
    ],
)
def test_a_date_spans_what_it_may_mean(date, start, stop):
    found = span(date)
    assert (found.start, found.stop) == pytest.approx((start, stop)), date
    assert found.about == ("~" in date), "about"


@pytest.mark.parametrize("date", ["24", "2024-13", "2024-02-30", "2025/2020", "May 2024", ""])
def test_a_date_that_is_none_is_refused(date):
    with pytest.raises(ValueError, match="date is"):
        span(date)


def test_timeline_draws_an_event_as_long_as_its_date_is_open():
    chart = SAMPLES["timeline"]()
    picture = drawn("timeline", "en")
    left, right = picture.axes[0].get_xlim()
    for row in rows_of(chart):
        known = row["span"]
        ends = (max(known.start, left), min(known.stop, right))
        if row["index"] in artists(picture, "bar"):
            (bar,) = artists(picture, "bar")[row["index"]]
            assert _extent(bar) == pytest.approx(ends), row["date"]
            assert (bar.get_linestyle() == ":") == known.about, f"{row['date']}: dotted for about"
        else:
            assert ends[1] - ends[0] < 0.02, f"{row['date']} is drawn as a day"
        assert (row["index"] in artists(picture, "arrow-down")) == (known.start == -math.inf)
        assert (row["index"] in artists(picture, "arrow-up")) == (known.stop == math.inf)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_kind_draws_into_the_users_own_subplot(name):
    import matplotlib.pyplot as plt

    chart = SAMPLES[name]()
    own = Figure(figsize=(12, 5))
    left, right = own.subplots(1, 2)
    left.plot([1, 2], [3, 4])
    assert KINDS[chart.kind].draw(chart.data, right, lang="zh") is right
    assert len(left.lines) == 1, "the other subplot was touched"
    assert own.findobj(lambda each: each.get_gid() and ":" in each.get_gid()), "nothing was drawn"
    own.canvas.draw()
    assert not plt.get_fignums(), "pyplot holds a figure"


WILD = {
    "font.family": "DejaVu Serif", "font.weight": "bold", "font.size": 20, "lines.linewidth": 7,
    "lines.dash_capstyle": "round", "patch.linewidth": 5, "patch.facecolor": "red",
    "axes.grid": False, "axes.facecolor": "black", "text.color": "pink", "savefig.dpi": 40,
    "savefig.facecolor": "green", "path.sketch": (2, 100, 2), "path.simplify": False,
    "legend.frameon": True, "hatch.linewidth": 4, "figure.autolayout": True,
    "axes.unicode_minus": False, "xtick.direction": "in", "savefig.bbox": "tight",
    "contour.negative_linestyle": "dashed", "text.antialiased": False,
}  # fmt: skip


@pytest.mark.parametrize("name", ["dots", "curve", "map", "flow"])
def test_no_setting_of_the_users_shows_and_none_is_changed(name):
    chart = SAMPLES[name]()
    wanted = _png(chart)
    with mpl.rc_context(WILD):
        before = dict(mpl.rcParams)
        found = _png(chart)
        assert dict(mpl.rcParams) == before, "the user's settings were changed"
    assert found == wanted, "a setting of the user's shows in the picture"


def _png(chart):
    return png(chart.figure("zh"))


def test_charts_may_be_made_in_threads():
    before = dict(mpl.rcParams)
    names = ["bridge", "open_share"] * 4
    wanted = {name: _png(SAMPLES[name]()) for name in set(names)}
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: _png(SAMPLES[name]()), names))
    assert [found[i] == wanted[name] for i, name in enumerate(names)] == [True] * 8, "torn picture"
    assert dict(mpl.rcParams) == before, "a setting of ours outlives the charts"


def test_saved_files_need_no_font(tmp_path):
    chart = SAMPLES["bridge"]()
    for ending in ("png", "svg", "pdf"):
        chart.save(tmp_path / f"a.{ending}", "zh")
        chart.save(tmp_path / f"b.{ending}", "zh")
        one, two = ((tmp_path / f"{name}.{ending}").read_bytes() for name in "ab")
        assert one == two, f"the same chart is not the same {ending}"
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "<text" not in svg and "font-family" not in svg, "the SVG needs a font"
    pdf = (tmp_path / "a.pdf").read_bytes()
    assert b"/FontFile" in pdf or b"/Type3" in pdf, "the PDF embeds no font"
    chart.save(tmp_path / "phone.png", "zh", phone=True)
    for name, wide in (("a", 8 * 144), ("phone", 749)):
        with Image.open(tmp_path / f"{name}.png") as image:
            assert image.width == pytest.approx(wide, abs=1), f"{name} is {image.width} wide"


def test_jupyter_is_given_words_html_with_alternative_text_and_png():
    data = pd.DataFrame([{"label": '"><script>x</script>', "value": 1, "basis": "reported"}])
    chart = Chart("dots", data, "A < B?")
    bundle = chart._repr_mimebundle_()
    assert bundle["text/plain"] == chart.words("en") == repr(chart)
    html = bundle["text/html"]
    shown = re.findall(r'<div lang="(\w+)"><picture>.*?<img [^>]*alt="A &lt; B\?', html)
    assert shown == ["en", "zh"], "not one picture a language with its alternative text"
    assert "<script" not in html, "alternative text is not escaped"
    assert bundle["image/png"].startswith(b"\x89PNG"), "no PNG"
    figure_ = chart.figure("zh")
    assert isinstance(figure_, Figure), "not a figure of Matplotlib's"
    shown = figure_._repr_mimebundle_()
    assert shown["text/plain"] == chart.words("zh") and 'alt="A &lt; B?' in shown["text/html"]


def test_the_last_axes_can_be_changed_by_the_user():
    picture = SAMPLES["dots"]().figure("en")
    (ax,) = picture.axes
    ax.set_xlim(-200, 200)
    ax.set_xticks([-200, 0, 200])
    with style.settings():
        picture.canvas.draw()
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["−200", "0", "200"]


ROW = {"label": "It", "value": 1, "basis": "reported"}


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: dots_of([]), ValueError, "dots: the table has no row"),
        (lambda: dots_of([ROW | {"basis": "guessed"}]), ValueError, "row 0: basis is 'guessed'"),
        (lambda: dots_of([{"label": "It"}]), ValueError, "needs 'value'"),
        (lambda: Chart("dot", pd.DataFrame([ROW]), ""), KeyError, "nearest: dots"),
        (
            lambda: Chart("steps", pd.DataFrame([ROW | {"role": "stop"}]), ""),
            ValueError,
            "row 0: role is 'stop'; allowed are head, step, end, now, saved",
        ),
        (
            lambda: Chart("timeline", pd.DataFrame([ROW | {"date": "soon"}]), ""),
            ValueError,
            "timeline, row 0: date is 'soon'",
        ),
        (lambda: dots_of([ROW]).save("x.gif"), ValueError, "ends in '.gif'; allowed are .png"),
        (lambda: dots_of([ROW]).figure("fr"), ValueError, "lang is 'fr'"),
    ],
)
def test_bad_input_is_named(call, error, words):
    with pytest.raises(error, match=re.escape(words)):
        call()


@pytest.mark.parametrize("inches", [1.0, 1.6, 2.2, 3.1, 4.4])
def test_lines_are_even_and_begin_and_end_as_they_may(inches):
    for text in (
        "查验0.4天、等待11分钟，则实验室检测用时1.6至2.6天。检测时间未变，只是结果出来之前油即可调运。",
        "每艘次油轮节省时间（截至2021年8月）；第一类“全球第4”，按什么排？",
        "2 days fewer explain 1.7 of the 30 points. Rate and fees have to bring the rest.",
    ):
        assert "".join(lines.pieces(text)) == text, "a piece was lost"
        broken = lines.wrap(text, inches, 12)
        joint = " " if text[0] == "2" else ""
        assert joint.join(broken) == text, "words were lost or changed"
        wide = [line for line in broken if lines.width(line, 12) > inches]
        assert all(len(lines.pieces(line)) == 1 for line in wide), f"{wide} could be broken"
        assert all(line[0] not in "，。、；：！？）】》”,.;:!?)" for line in broken), broken
        assert all(line[-1] not in "（【《“(" for line in broken), broken
        assert len(broken[-1].strip("，。、；：！？.")) > 1, f"a lone character: {broken}"
        for number in ("0.4天", "11分钟", "2021年8月", "2.6天"):
            assert number not in text or any(number in line for line in broken), broken


def test_width_is_what_matplotlib_draws():
    with style.settings():
        figure_ = Figure(dpi=100)
        for words in ("Reported: down by 30%", "片区占全球比重（报道）", "W(λ, s, c) + s"):
            shown = figure_.text(0, 0, words, size=20)
            box = (
                shown.get_window_extent(figure_.canvas.get_renderer())
                if hasattr(figure_.canvas, "get_renderer")
                else shown.get_window_extent()
            )
            assert lines.width(words, 20) == pytest.approx(box.width / 100, rel=0.05), words


def test_no_private_name_no_pyplot_and_no_language_by_lambda():
    assert len(SOURCES) > 12, "the sources were not found"
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
                owner = getattr(node.value, "id", "")
                assert owner in ("self", "own", "super") or node.attr.startswith("__"), (
                    f"{path.name}:{node.lineno} uses {node.attr}"
                )
            if isinstance(node, ast.Lambda):
                names = {argument.arg for argument in node.args.args}
                assert "lang" not in names, f"{path.name}:{node.lineno}: a lambda a language"
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert "pyplot" not in ast.dump(node), f"{path.name} imports pyplot"


def test_every_kind_documents_its_columns():
    for name, kind in KINDS.items():
        doc = kind.draw.__doc__
        assert "Parameters" in doc and "Axes" in doc, f"{name} is not documented"
        assert f"`{name}" in kinds.__doc__, f"{name} is not in the list of kinds"


def test_both_languages_come_from_the_same_rows():
    row = {**both("It", "它"), "value": 1, "unit": "d", "basis": "reported"}
    chart = dots_of([row])
    assert (chart.words("en").splitlines()[1], chart.words("zh").splitlines()[1]) == (
        "It: 1 day (Reported)",
        "它：1天（报道）",
    )
