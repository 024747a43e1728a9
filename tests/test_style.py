"""The look of the four bases: contrast, and difference under colour-vision deficiencies."""

import itertools

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from matplotlib import font_manager

from ftz_data import language, load, style

DEFICIENCIES = [None, "protanomaly", "deuteranomaly", "tritanomaly"]


def _rgb(color):
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def _luminance(color):
    # Relative luminance of WCAG 2.2.
    c = _rgb(color)
    c = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return c @ [0.2126, 0.7152, 0.0722]


def contrast(color, other):
    light, dark = sorted((_luminance(color), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_against_known_values():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("color", [style.INK, style.MUTED])
def test_text_contrast(color):
    assert contrast(color, style.PAPER) >= 4.5


@pytest.mark.parametrize("basis", style.LOOKS)
def test_mark_contrast(basis):
    assert contrast(style.LOOKS[basis].color, style.PAPER) >= 3


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_bases_differ_for_every_eye(deficiency):
    for one, other in itertools.combinations(style.LOOKS, 2):
        colors = [_rgb(style.LOOKS[basis].color) for basis in (one, other)]
        if deficiency:
            space = {"name": "sRGB1+CVD", "cvd_type": deficiency, "severity": 100}
            colors = [np.clip(cspace_convert(c, space, "sRGB1"), 0, 1) for c in colors]
        assert deltaE(*colors, input_space="sRGB1") > 20, f"{one} and {other}, {deficiency}"


def test_a_basis_differs_without_colour_too():
    looks = list(style.LOOKS.values())
    assert len({look.marker for look in looks}) == len({look.hatch for look in looks}) == len(looks)
    assert list(style.LOOKS) == language.codes("basis")


def test_the_font_holds_every_character_that_charts_print():
    family = style.theme()["font.family"][0]
    font = font_manager.get_font(font_manager.findfont(family, fallback_to_default=False))
    known = set(font.get_charmap())
    for table in (
        load.load_texts(),
        load.load_codes(),
        load.load_indicators(),
        load.load_instruments(),
    ):
        for column in table.columns:
            for text in table[column].dropna().astype(str):
                missing = {letter for letter in text if ord(letter) not in known and letter != "\n"}
                assert not missing, f"{text}: {missing}"
