"""Texts with the figures that they state, and how a reading of them is graded."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ftz_data.wording import read_text

FOLDER = Path(__file__).parent / "reading"
TEXTS = sorted(FOLDER.glob("*.tsv"))
NUMBER = r"-?\d+(?:\.\d+)?(?:e\d+)?"
KEY = re.compile(
    rf"(?P<may>\?)?(?:(?P<sign>>=|<=|>|<|~)?(?P<value>{NUMBER})|(?P<low>{NUMBER})\.\.(?P<high>{NUMBER})"
    rf"|\((?P<over>{NUMBER}),(?P<under>{NUMBER})\)) (?P<unit>\S+)"
)


@dataclass(frozen=True)
class Key:
    """A figure as a person reads it; `may` be left out where it can be read in two ways."""

    value: float
    lower: float
    upper: float
    lower_closed: bool | None
    upper_closed: bool | None
    unit: str
    may: bool


def key(written):
    """A key from its notation, which README.md of the folder explains."""
    found = KEY.fullmatch(written)
    assert found, f"{written!r} is no key"
    may, unit = bool(found["may"]), found["unit"]
    if found["low"]:
        low, high = float(found["low"]), float(found["high"])
        return Key((low + high) / 2, low, high, True, True, unit, may)
    if found["over"]:
        low, high = float(found["over"]), float(found["under"])
        return Key(math.nan, low, high, False, False, unit, may)
    value = float(found["value"])
    low, high, low_closed, high_closed = {
        None: (value, value, True, True),
        ">": (value, math.nan, False, None),
        ">=": (value, math.nan, True, None),
        "<": (math.nan, value, None, False),
        "<=": (math.nan, value, None, True),
        "~": (math.nan, math.nan, None, None),
    }[found["sign"]]
    return Key(value, low, high, low_closed, high_closed, unit, may)


def lines(path):
    """Sentences of a text with their keys."""
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence, _, keys = line.rpartition("\t")
        yield sentence, [key(each) for each in keys.split("; ") if each != "-"]


def near(one, two):
    return (math.isnan(one) and math.isnan(two)) or math.isclose(one, two, rel_tol=1e-9)


def same(figure, wanted):
    """Whether value and bounds are those of the key."""
    return (
        (math.isnan(wanted.value) or near(figure.value, wanted.value))
        and near(figure.lower, wanted.lower)
        and near(figure.upper, wanted.upper)
        and (figure.lower_closed, figure.upper_closed) == (wanted.lower_closed, wanted.upper_closed)
    )


def grade(sentence, keys):
    """Count of right, other unit, missed and silently wrong figures, and what is not right."""
    figures = [figure for _, _, figure in read_text(sentence).figures]
    count, faults = Counter(), []
    for wanted in keys:
        fits = [figure for figure in figures if same(figure, wanted)]
        best = next((f for f in fits if f.unit == wanted.unit), fits[0] if fits else None)
        if best is None:
            if not wanted.may:
                count["missed"] += 1
                faults.append(f"missed {wanted}")
            continue
        figures.remove(best)
        result = "right" if best.unit == wanted.unit else "unit"
        count[result] += 1
        if result == "unit":
            faults.append(f"{best.printed}: {best.unit}, not {wanted.unit}")
    count["silent"] += len(figures)
    # A figure that is read wrong is not missed besides.
    count["missed"] -= min(count["missed"], len(figures))
    faults += [f"silent {figure}" for figure in figures]
    return count, faults
