"""Pictures that are drawn again and again: a moved one is a new one, pixel for pixel."""

import itertools
import random

import numpy as np
import pytest

from ftz_data import charts, language, models, style
from ftz_data.charts.kinds import KINDS, axes, live
from ftz_data.charts.kinds.frame import quick

PICTURES = charts.load_pictures()
MOVING = PICTURES[PICTURES["model"].notna()]
# A few in the fast loop, one of each shape; all of them in CI.
FEW = {row.shape: row.picture for row in MOVING.itertuples()}.values()
ALL = [pytest.param(key, marks=() if key in FEW else pytest.mark.slow) for key in MOVING["picture"]]


def states(picture, count=3):
    """Values of all parameters of a picture's model, by a seed of its name."""
    chance = random.Random(picture)
    model = PICTURES.set_index("picture").at[picture, "model"]
    known = models.get(model).parameters.values()
    for _ in range(count):
        places = {p.name: chance.randint(0, round((p.high - p.low) / p.step)) for p in known}
        yield {p.name: float(f"{p.low + places[p.name] * p.step:.10g}") for p in known}


def anew(chart, lang, size=style.WIDE):
    """The picture as Matplotlib draws it in one go."""
    kind = KINDS[chart.kind]
    rows = kind.check(chart.data)
    with style.settings():
        frame, scales = chart._still("", "", rows, lang, size)
        figure, ax = frame.make()
        axes.set_up(ax, scales, lang, size)
        kind.marks(ax, rows, lang, size)
        figure.canvas.draw()
    return quick(figure.canvas)


@pytest.mark.parametrize("key", ALL)
def test_a_moved_picture_is_the_one_that_is_drawn_anew(key):
    drawn = []
    for values, lang in zip(states(key), itertools.cycle(language.LANGS)):
        chart = charts.picture(key, **values)
        drawn.append(chart.png(lang))
        assert drawn[-1] == anew(chart, lang), f"{values} looks otherwise anew"
    # Back where it was, by another way.
    first = charts.picture(key, **next(states(key))).png(language.LANGS[0])
    assert first == drawn[0], "what was drawn in between is left in the picture"


def test_what_stands_still_is_drawn_once_while_numbers_move_a_little():
    live._live.cache_clear()
    for arrivals in (0.6, 0.61, 0.62):
        charts.picture("crude_release", arrivals=arrivals).png("en")
    assert live._live.cache_info().misses == 1


def test_a_picture_that_cannot_be_drawn_leaves_nothing_behind():
    chart = charts.picture("ore_blending")
    rows = KINDS["steps"].check(chart.data)
    frame, scales = chart._still("", "", rows, "en", style.WIDE)
    whole = chart.png("en")

    def fails(ax):
        KINDS["steps"].marks(ax, rows, "en", style.WIDE)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        live.png(frame, scales, fails)
    assert chart.png("en") == whole


@pytest.mark.parametrize(
    ("values", "around", "limits"),
    [
        ([0, 9], 0, (0, 10.6)),
        ([0, 10], 0, (0, 12.72)),
        ([-60, 20], 0, (-84.8, 31.8)),
        ([0, 0], 0, (0, 1)),
        ([float("nan"), 3], 0, (0, 4.24)),
        ([28, 33], 30, (30 - 2.65, 30 + 4.24)),
    ],
)
def test_limits_are_round_and_hold_what_they_are_for(values, around, limits):
    assert axes.span(values, around=around) == pytest.approx(limits)


def test_limits_seldom_change_while_a_number_grows_tenfold():
    found = {axes.span([0, value]) for value in np.linspace(10, 100, 91)}
    assert len(found) <= 11
    for value in np.linspace(10, 100, 91):
        low, high = axes.span([0, value])
        assert low == 0 and value < high <= 1.6 * value
