"""Marking: whether an answer is right, and if not, what is wrong with it, without saying it."""

from __future__ import annotations

import difflib
import html
import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..interval import Interval
from ..language import LANGS, Text, Wording, bilingual, current
from ..package import BUILT_IN, Package
from . import exercises, given
from .solving import Answer, labels, solve

# Of the right number; an answer that gives two digits of it or more is right too.
_NEAR = 0.005
# Factors that a slip of a word or of a comma makes.
_FACTORS = (10, 100, 1000, 10_000, 100_000, 1_000_000, 100_000_000)
# Units that answers are turned into one another, by what one of each is in the first of its kind.
# A month has no fixed number of days, so that months and days are two kinds.
_KINDS: tuple[dict[str, float], ...] = (
    {"d": 1, "h": 1 / 24, "min": 1 / 1440, "wk": 7},
    {"mo": 1, "a": 12},
    {"1": 1, "{times}": 1, "%": 0.01, "[bp]": 0.0001},
    {"[pp]": 1, "[bp]": 0.01},
    {"m2": 1, "[mu]": 10_000 / 15, "har": 10_000, "km2": 1_000_000},
    {"t": 1, "kg": 0.001},
)
_WRITTEN = "、，。；：！？,.;:!?()（）“”\"' "


@dataclass(frozen=True)
class Marked:
    """What is said of an answer.

    Attributes
    ----------
    exercise : str
        Its key.
    right : bool or None
        None where nothing was answered, or nothing can be checked.
    said : Text
        In words, of the language that it is shown in.
    kind : str
        Key of the words in `load_texts`: what is wrong.
    """

    exercise: str
    right: bool | None
    said: Text

    @property
    def kind(self) -> str:
        return self.said.key

    def __repr__(self) -> str:
        return self.said.in_(current())

    def _repr_html_(self) -> str:
        return bilingual({lang: f"<p>{html.escape(self.said.in_(lang))}</p>" for lang in LANGS})


def check(exercise: str, answer: Any = ..., package: Package = BUILT_IN) -> Marked:
    """Mark an answer; whatever is given, nothing is raised, and the right answer is not said.

    Parameters
    ----------
    exercise : str
        Key of `load_exercises`.
    answer : object
        A number, a text such as ``"8.1 million yuan"``, ``"1.5至2.5天"``, ``"(70, 80)"`` or
        ``"at least 85%"``, or for a choice its letter, its key, or its words in either language.
        The blank, ``...``, is not answered.
    package : Package, optional
        The report that the exercise is on.

    Returns
    -------
    Marked

    Examples
    --------
    >>> check("finance-3", "808万元").right, check("finance-3", 80_800)
    (True, Off by a factor of 100: count the places, and mind 万 and 亿.)
    """
    rows = package.rows("exercises") if "exercises" in package.resources else {}
    if exercise not in rows:
        near = difflib.get_close_matches(str(exercise), rows, cutoff=0.5) or list(rows)[:5]
        said = Text("marked_unknown", name=str(exercise), known=", ".join(near) or "—")
        return Marked(str(exercise), None, said)
    row = rows[exercise]
    if answer is ... or answer is None or (isinstance(answer, str) and not answer.strip()):
        return Marked(exercise, None, Text("marked_blank"))
    if row.kind == "open":
        return Marked(exercise, None, Text("marked_open"))
    try:
        right = solve(row, package)
    except ValueError as error:
        # Figures of another report may leave none of the choices right, or two.
        return Marked(exercise, None, Text("marked_unsolved", why=str(error)))
    if right.choice:
        said = _choice(row, right.choice, answer, package)
    else:
        said = _number(row, right, answer, package)
    return Marked(exercise, said.key == "marked_right", said)


def _choice(row: Any, right: str, answer: Any, package: Package) -> Text:
    code = _option(row, answer, package)
    if code is None:
        return Text("marked_option")
    if code == right:
        return Text("marked_right")
    if row.expression.startswith("ends("):
        return Text(_MISREAD[_side(code), _side(right)] if _side(code) != _side(right) else _CLOSED)
    return Text("marked_choice", hint=Wording(_first_hint, row, package))


def _first_hint(row: Any, package: Package, lang: str) -> str:
    return exercises.hints(row, lang, package)[0]


def _option(row: Any, answer: Any, package: Package) -> str | None:
    """The option that is meant: by letter, key, or words in either language."""
    wanted = _squeezed(answer)
    for letter, (code, names) in zip("ABCDEFGH", labels(row, package).items(), strict=False):
        if wanted == letter.casefold() or wanted in map(_squeezed, names):
            return code
    return None


def _squeezed(words: Any) -> str:
    """Without what does not tell two options apart: width, case, spaces and punctuation."""
    plain = unicodedata.normalize("NFKC", str(words)).casefold().replace("_", "")
    return plain.translate({ord(sign): None for sign in _WRITTEN})


def _side(code: str) -> str:
    """Which ends a code of the list ``ends`` sets."""
    sides = {"at_least": "low", "more_than": "low", "at_most": "high", "less_than": "high"}
    return sides.get(code, "both" if code in ("within", "between") else code)


_CLOSED = "marked_closed"
# By what was read and by what is right, where the two do not set the same ends.
_MISREAD = {
    (one, other): kind
    for kind, pairs in {
        "marked_exact": (
            ("exact", "low"),
            ("exact", "high"),
            ("exact", "both"),
            ("exact", "about"),
        ),
        "marked_plain": (
            ("low", "exact"),
            ("high", "exact"),
            ("both", "exact"),
            ("about", "exact"),
        ),
        "marked_side": (("low", "high"), ("high", "low")),
        "marked_invented": (("low", "about"), ("high", "about"), ("both", "about")),
        "marked_bound": (("about", "low"), ("about", "high"), ("about", "both")),
        "marked_second": (("low", "both"), ("high", "both")),
        "marked_end": (("both", "low"), ("both", "high")),
    }.items()
    for one, other in pairs
}


def _number(row: Any, right: Answer, answer: Any, package: Package) -> Text:
    try:
        read = _read(answer, right.unit, package)
        # Raises too where a number is so large that its hundredfold is none.
        tried = _in_unit(read, right.unit, package)
    except ValueError:
        return Text("marked_unread")
    if tried is None:
        return Text(_points(read.unit, right.unit) or "marked_unit")
    strict = row.level == "read"
    for allowed in right.allowed:
        if any(_fits(each, allowed, strict, row.kind) for each in tried):
            return Text("marked_right")
    return _wrong(tried[0], right.allowed[0], right.unit, strict, row.kind)


def _read(answer: Any, unit: str, package: Package) -> given.Given:
    """An answer as it stands, or without the words of the unit that is asked for."""
    try:
        return given.read(answer)
    except ValueError:
        row = package.row("units", unit)
        names = [each for each in (row.en, row.en_one, row.zh) if isinstance(each, str)]
        for name in (each.replace("{}", "").strip() for each in names):
            if name and isinstance(answer, str) and answer.strip().endswith(name):
                return given.read(answer.strip().removesuffix(name))
        raise


def _in_unit(read: given.Given, unit: str, package: Package) -> list[Interval] | None:
    """What was given, in the unit of the answer: without a unit, 0.7 may stand for 70%."""
    units = package.rows("units")
    # English has one word for several things that are counted.
    if read.unit is None or units[read.unit].en == units[unit].en:
        ways = [read.interval]
        if read.unit is None and unit == "%":
            ways.append(read.interval * 100)
        return ways
    for kind in _KINDS:
        if read.unit in kind and unit in kind:
            return [read.interval * (kind[read.unit] / kind[unit])]
    return None


def _points(unit: str | None, right: str) -> str:
    """Whether points were given for per cent, or the other way round."""
    return "marked_points" if {unit, right} == {"%", "[pp]"} else ""


def _fits(read: Interval, allowed: Interval, strict: bool, kind: str) -> bool:
    if kind == "number":
        if _single(read):
            return _same(read.value, allowed.value, strict)
        strict = False
    ends = _same(read.low, allowed.low, strict) and _same(read.high, allowed.high, strict)
    closed = (read.low_closed, read.high_closed) == (allowed.low_closed, allowed.high_closed)
    return ends and (closed or not strict)


def _single(read: Interval) -> bool:
    return read.low == read.high or (math.isinf(read.low) and math.isinf(read.high))


def _same(read: float, right: float, strict: bool = False) -> bool:
    """Whether a number is the right one: as printed, or as it may be rounded."""
    if math.isinf(read) or math.isinf(right):
        return read == right
    if strict:
        return math.isclose(read, right, rel_tol=1e-9)
    if right == 0:
        return abs(read) < _NEAR
    rounded = any(math.isclose(read, float(f"{right:.{digits}g}")) for digits in (2, 3, 4))
    return rounded or abs(read - right) <= _NEAR * abs(right)


def _wrong(read: Interval, allowed: Interval, unit: str, strict: bool, kind: str) -> Text:
    """What is wrong with a number or a range that is not right."""
    if kind == "range" and not _single(read):
        return _wrong_range(read, allowed, strict)
    if kind == "number" and not _single(read):
        return Text("marked_wide")
    hits = _Hits(allowed, kind)
    value = read.value
    if kind == "range" and (hits.holds(value) or allowed.low <= value <= allowed.high):
        return Text("marked_exact")
    return _slip(value, hits.holds, unit in ("%", "1")) or _off(value, hits.nearest(value))


class _Hits:
    """Whether a single number is right, or lies in the range that is."""

    def __init__(self, allowed: Interval, kind: str) -> None:
        self._allowed, self._kind = allowed, kind

    def holds(self, value: float) -> bool:
        if self._kind == "number":
            return _same(value, self._allowed.value)
        inside = self._allowed.low <= value <= self._allowed.high
        # An open end would let a slip of any size through.
        closed = math.isfinite(self._allowed.low) and math.isfinite(self._allowed.high)
        return (inside and closed) or _same(value, self.nearest(value))

    def nearest(self, value: float) -> float:
        if self._kind == "number":
            return self._allowed.value
        ends = [end for end in (self._allowed.low, self._allowed.high) if math.isfinite(end)]
        return min(ends, key=lambda end: abs(value - end))


def _slip(value: float, holds: Callable[[float], bool], part: bool) -> Text | None:
    """Sign, factor, upside down, or of a part what is left in place of what is gone."""
    if value and holds(-value):
        return Text("marked_sign")
    for factor in _FACTORS:
        for wrong in (value * factor, value / factor):
            if value and (holds(wrong) or holds(-wrong)):
                return Text("marked_factor", factor=f"{factor:,}")
    if value and any(holds(each / value) for each in (1, 100, 10_000)):
        return Text("marked_inverse")
    if part and any(holds(each) for each in (100 - value, -100 - value, 1 - value)):
        return Text("marked_rest")
    if part and any(holds(each) for each in (value - 100, value - 1)):
        return Text("marked_whole")
    return None


def _wrong_range(read: Interval, allowed: Interval, strict: bool) -> Text:
    low, high = (_same(read.low, allowed.low, strict), _same(read.high, allowed.high, strict))
    if low and high:
        return Text(_CLOSED)
    for end, right in ((read.low, allowed.low), (read.high, allowed.high)):
        if math.isfinite(end) and math.isinf(right) and (low or high):
            return Text("marked_end")
        if math.isinf(end) and math.isfinite(right) and (low or high):
            return Text("marked_second")
    above = math.isinf(read.high) and _same(read.low, allowed.high)
    if above or (math.isinf(read.low) and _same(read.high, allowed.low)):
        return Text("marked_side")
    mirrored = -read
    if _same(mirrored.low, allowed.low) and _same(mirrored.high, allowed.high):
        return Text("marked_sign")
    for factor in _FACTORS:
        for wrong in (read * factor, read / factor):
            if _same(wrong.low, allowed.low) and _same(wrong.high, allowed.high):
                return Text("marked_factor", factor=f"{factor:,}")
    if low or high:
        return Text("marked_upper" if low else "marked_lower")
    if math.isinf(read.low) != math.isinf(allowed.low):
        return Text("marked_side")
    if read.meets(allowed):
        return Text("marked_ends")
    return _off(read.value, _Hits(allowed, "range").nearest(read.value))


def _off(value: float, right: float) -> Text:
    """Which side a number is off, and how far by order of size, so that it cannot be undone."""
    error = abs(value - right) / abs(right) if right else math.inf
    far = "little" if error < 0.1 else "some" if error < 1 else "much"
    return Text(f"marked_{'high' if value > right else 'low'}_{far}")
