"""Exercises in words: what is asked, which hints lead on, and why the answer is right."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Any

from .. import models, words
from ..derived import Derived, reported_and_published
from ..expressions import CONSTANTS
from ..language import LANGS, bilingual, cell, codes, current, label, text
from ..package import BUILT_IN, Package, unknown
from .solving import option_label, options, settings, solve

# Signs that English texts name too, and that stand in Chinese columns alone.
_SIGNS = {"wan": "万", "yi": "亿"}


class Shown:
    """Words of an exercise, in both languages; what is printed is in the current one."""

    def __init__(self, say: Callable[[str], list[str]]) -> None:
        self._say = say

    def lines(self, lang: str) -> list[str]:
        """What is said, a line each."""
        return self._say(lang)

    def __repr__(self) -> str:
        return "\n".join(self.lines(current()))

    def _repr_html_(self) -> str:
        return bilingual(
            {
                lang: "".join(f"<p>{html.escape(line)}</p>" for line in self.lines(lang))
                for lang in LANGS
            }
        )


def find(key: str, package: Package = BUILT_IN) -> Any:
    """Row of an exercise.

    Raises
    ------
    KeyError
        If there is no such exercise; the message names the nearest.
    """
    return package.row("exercises", key)


class _Figure:
    """A figure in a question: itself in words, or as it is printed."""

    def __init__(self, row: Any, lang: str, package: Package) -> None:
        self._row, self._lang, self._package = row, lang, package

    def __str__(self) -> str:
        return words.in_words(self._row, self._lang, package=self._package)

    @property
    def printed(self) -> str:
        return str(self._row.printed)

    @property
    def qualifier(self) -> str:
        return str(self._row.qualifier)


class _Parameters:
    """Parameters of a model in words, each an attribute."""

    def __init__(self, model: models.Model, settings: Mapping[str, float], lang: str) -> None:
        self._model, self._settings, self._lang = model, settings, lang

    def __getattr__(self, name: str) -> str:
        if name not in self._model.parameters:
            raise unknown("parameter", name, self._model.parameters)
        parameter = self._model.parameters[name]
        value = self._settings.get(name, parameter.default)
        return words.quantity(value, parameter.unit, self._lang)


class Figures(dict[str, Any]):
    """Figures, and parameters of models, by the names that stand in braces of a text."""

    def __init__(self, row: Any, lang: str, package: Package) -> None:
        self._row, self._lang, self._package = row, lang, package

    def __missing__(self, name: str) -> _Figure | _Parameters | str:
        if name in _SIGNS:
            return _SIGNS[name]
        if name in models.names():
            return _Parameters(models.get(name), settings(self._row), self._lang)
        if name in CONSTANTS:
            return _Figure(Derived.of(CONSTANTS[name], "%"), self._lang, self._package)
        known = reported_and_published(self._package)
        if name not in known:
            raise unknown("figure", name, known)
        return _Figure(known[name], self._lang, self._package)


def _filled(row: Any, column: str, lang: str | None, package: Package) -> str:
    """A text of an exercise with its figures, and its answer, filled in."""
    lang = current() if lang is None else lang
    words_ = cell(row, column, lang)
    if "{}" in words_:
        words_ = words_.replace("{}", answered(row, lang, package))
    if "{plain}" in words_:
        words_ = words_.replace("{plain}", f"{solve(row, package).allowed[0].value:,.0f}")
    return words_.format_map(Figures(row, lang, package))


def asked(row: Any, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """The question, with its figures as the report prints or means them.

    Examples
    --------
    >>> asked(find("finance-1"), "en")
    'What does 超500万元 allow?'
    """
    return _filled(row, "question", lang, package)


def hints(row: Any, lang: str | None = None, package: Package = BUILT_IN) -> list[str]:
    """The steps that lead to the answer, the first one least."""
    return _filled(row, "hints", lang, package).split("|")


def answered(row: Any, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """The answer in words; empty for an open question.

    Examples
    --------
    >>> answered(find("customs-3"), "en")
    '1.5 to 2.5 days'
    """
    if row.kind == "open":
        return ""
    answer = solve(row, package)
    if answer.choice:
        return option_label(row, answer.choice, lang, package)
    # What is read is said in full; what is computed, to the digits that it is asked for.
    digits = 15 if row.level == "read" else 3
    return words.in_words(Derived.of(answer.allowed[0], answer.unit), lang, digits, package)


def explained(row: Any, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """Why the answer is right; for an open question a model answer."""
    return _filled(row, "explanation", lang, package)


def named(row: Any, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """An exercise by its section and number, as it is called on a page.

    Examples
    --------
    >>> named(find("finance-3"), "zh")
    '贸易金融 3'
    """
    number = row.exercise.rpartition("-")[2]
    return f"{label('section', row.section, lang, package)} {number}"


def _asked_lines(row: Any, lang: str, package: Package) -> list[str]:
    about = text(
        "exercise_about",
        lang,
        name=named(row, lang, package),
        level=label("exercise_level", row.level, lang),
        minutes=words.quantity(row.minutes, "min", lang),
        aim=_filled(row, "aim", lang, package),
    )
    lines = [about, asked(row, lang, package)]
    for letter, code in zip("ABCDEFGH", options(row), strict=False):
        lines.append(f"{letter}. {option_label(row, code, lang, package)}")
    return lines


def exercise(key: str, package: Package = BUILT_IN) -> Shown:
    """An exercise as it is asked: its aim, its question, and what can be chosen.

    Parameters
    ----------
    key : str
        Key of `load_exercises`.
    package : Package, optional
        The report that it is on.

    Returns
    -------
    Shown

    Raises
    ------
    KeyError
        If there is no such exercise; the message names the nearest.

    Examples
    --------
    >>> print(exercise("finance-8").lines("en")[1])
    4100家企业 paid freight in foreign currency. Whose figure is it?
    """
    row = find(key, package)
    return Shown(lambda lang: _asked_lines(row, lang, package))


def hint(key: str, step: int = 1, package: Package = BUILT_IN) -> Shown:
    """A hint; each step says a little more, and none says the answer.

    Parameters
    ----------
    key : str
        Key of `load_exercises`.
    step : int
        From 1; beyond the last one, the last one.
    package : Package, optional
        The report that the exercise is on.

    Returns
    -------
    Shown

    Raises
    ------
    KeyError
        If there is no such exercise.
    ValueError
        If `step` is no whole number of at least 1.

    Examples
    --------
    >>> print(hint("finance-4", 2).lines("en")[0])
    Hint 2 of 2: One basis point is a hundredth of a per cent.
    """
    if not isinstance(step, int) or step < 1:
        raise ValueError(f"step is {step!r}; a whole number of at least 1 is allowed")
    row = find(key, package)

    def say(lang: str) -> list[str]:
        steps = hints(row, lang, package)
        number = min(step, len(steps))
        words_ = steps[number - 1]
        return [text("exercise_hint", lang, step=number, steps=len(steps), words=words_)]

    return Shown(say)


def solution(key: str, package: Package = BUILT_IN) -> Shown:
    """The answer to an exercise, why it is right, and the usual slip.

    Parameters
    ----------
    key : str
        Key of `load_exercises`.
    package : Package, optional
        The report that the exercise is on.

    Returns
    -------
    Shown

    Raises
    ------
    KeyError
        If there is no such exercise; the message names the nearest.

    Examples
    --------
    >>> print(solution("finance-8").lines("en")[0])
    Answer: City of Qingdao
    """
    row = find(key, package)

    def say(lang: str) -> list[str]:
        answer, why = answered(row, lang, package), explained(row, lang, package)
        if not answer:
            return [text("exercise_model_answer", lang, words=why)]
        lines = [text("exercise_answer", lang, words=answer), why]
        return [*lines, text("exercise_slip", lang, words=_filled(row, "slip", lang, package))]

    return Shown(say)


def exercise_keys(section: str, package: Package = BUILT_IN) -> list[str]:
    """Exercises of a section, in the order of the file.

    Raises
    ------
    KeyError
        If no exercise is of that section; the message names the nearest.
    """
    rows = package.rows("exercises").values()
    found = [row.exercise for row in rows if row.section == section]
    if not found:
        raise unknown("section", section, codes("section", package))
    return found
