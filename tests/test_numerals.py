"""Both languages of every text give the same numbers.

A number in digits of one language has to stand in the other, in digits or in words. Multipliers are
resolved (1.18 billion is 11.8亿), months are numbers, and so are ordinals.
"""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

from ftz_data.package import BUILT_IN

FILES = sorted(Path(str(BUILT_IN.path)).glob("*.csv"))
TIMES_EN = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
TIMES_ZH = {"千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8, "万亿": 1e12}
CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth".split()
MONTHS = (
    "x January February March April May June July August September October November December"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
OTHER = {"half": 0.5, "halves": 0.5, "both": 2, "twice": 2, "hundred": 100, "thirds": 3}
WORDS = {
    **{word: float(n) for words in (CARDINALS, ORDINALS) for n, word in enumerate(words)},
    **{word.lower(): float(n) for n, word in enumerate(MONTHS)},
    **{word: 10.0 * n for n, word in enumerate(TENS)},
    **OTHER,
    **TIMES_EN,
}
DIGITS = dict(zip("零〇一二三四五六七八九两", [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2], strict=True))
STEPS = {"十": 10, "百": 100, "千": 1000, "万": 1e4, "亿": 1e8}
# A digit that is part of a name or a formula is no number: BG136, M/M/c, W₀.
EN = re.compile(
    r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)(?![\d])(?:[ -](thousand|million|billion|trillion)\b)?"
)
ZH = re.compile(r"(?<![A-Za-z\d.])(\d[\d,]*(?:\.\d+)?)(百万|万亿|亿|万|千(?!克|米|瓦))?")


def digits(text: str, lang: str) -> set[float]:
    """Numbers that are written in digits, multipliers resolved."""
    pattern, times = (EN, TIMES_EN) if lang == "en" else (ZH, TIMES_ZH)
    return {
        round(float(figure.rstrip(",").replace(",", "")) * times.get(unit, 1), 6)
        for figure, unit in pattern.findall(text)
    }


def chinese(word: str) -> float:
    """Value of a number in Chinese numerals."""
    total = part = digit = 0.0
    for sign in word:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif STEPS[sign] < 1e4:
            part += (digit or 1) * STEPS[sign]
            digit = 0
        else:
            total, part, digit = (total + part + digit or 1) * STEPS[sign], 0, 0
    return total + part + digit


def numbers(text: str, lang: str) -> set[float]:
    """Numbers in digits or in words."""
    found = digits(text, lang)
    if lang == "en":
        words = re.findall(r"[a-z]+", text.lower())
        found |= {WORDS[word] for word in words if word in WORDS}
        for word, unit in pairwise(words):
            if word in WORDS and unit in TIMES_EN:
                found.add(WORDS[word] * TIMES_EN[unit])
        halves = re.findall(r"([a-z]+) and a half", text.lower())
        return found | {WORDS[word] + 0.5 for word in halves if word in WORDS}
    words = re.findall(r"[零〇一二三四五六七八九两十百千万亿]+", text)
    return found | {chinese(word) for word in words} | ({0.5} if "半" in text else set())


def gaps(english: str, foreign: str) -> tuple[set[float], set[float]]:
    """Numbers in digits that the other language lacks: those of the first, those of the second."""
    # What stands in braces is the name of a field.
    english, foreign = (re.sub(r"\{\w+\}", "", text) for text in (english, foreign))
    return (
        digits(english, "en") - numbers(foreign, "zh"),
        digits(foreign, "zh") - numbers(english, "en"),
    )


def test_the_tables_are_found():
    assert len(FILES) > 20, f"only {len(FILES)} tables are compared"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_languages_give_the_same_numbers(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [c for c in rows[0] if c.endswith("_en") and c[:-3] + "_zh" in rows[0]]
    if path.name == "units.csv":
        pairs.clear()
    wrong = []
    for line, row in enumerate(rows, 2):
        for column in pairs:
            missing = gaps(row[column], row[column[:-3] + "_zh"])
            if any(missing):
                wrong.append(
                    f"line {line}, {column}: {row[column]} | {row[column[:-3] + '_zh']} "
                    f"| Chinese lacks {missing[0]}, English lacks {missing[1]}"
                )
    assert not wrong, "\n".join([f"{path.name}:", *wrong])


@pytest.mark.parametrize(
    ("english", "foreign"),
    [
        ("1.18 billion yuan", "11.8亿元"),
        ("712 million tonnes, fourth", "7.12亿吨，第4"),
        ("Since 1 October 2020", "自2020年10月1日起"),
        ("Half a day; two readings", "半天；两种解读"),
        ("A thousand species", "1000种"),
        ("20 containers", "二十箱"),
    ],
)
def test_the_same_number_is_known_however_it_is_written(english, foreign):
    assert gaps(english, foreign) == (set(), set()), (english, foreign)


@pytest.mark.parametrize(
    ("english", "foreign"),
    [
        ("30.9 million TEU", "309万标箱"),
        ("Fifth by containers", "2024年按集装箱居第5"),
        ("Up 4.2%", "增长4.1%"),
        ("In March 2023", "2023年4月"),
        ("250 people", "二百人"),
    ],
)
def test_a_number_that_differs_is_found(english, foreign):
    assert any(gaps(english, foreign)), (english, foreign)
