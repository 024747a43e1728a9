"""What may be said of a figure: whether it can be quoted, and answers to what is likely asked."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .derived import Derived, readings, reported_and_published
from .expressions import evaluate
from .interval import Interval
from .language import cell, label, text
from .package import BUILT_IN, Package
from .words import in_words


def quotable(figure: Any, package: Package = BUILT_IN) -> str:
    """Whether a figure may be quoted, by its other columns and what others published.

    Parameters
    ----------
    figure : row of observations

    Returns
    -------
    {"needs_baseline", "safe", "with_caveat"}
        The first that holds. ``needs_baseline``: a change whose state before the report does not
        print, or a growth without its years. ``safe``: one that has no caveat, or that has one
        reading only and that somebody else published for the same area and period, so that the
        two, each rounded to its last printed place, meet. ``with_caveat``: any other.

    Examples
    --------
    >>> row = BUILT_IN.row("observations", "crude_turnover_change")
    >>> quotable(row)
    'needs_baseline'
    """
    if figure.stage == "change" and not _has_before(figure, package):
        return "needs_baseline"
    if figure.stage == "growth" and pd.isna(figure.time_period):
        return "needs_baseline"
    if pd.isna(figure.caveat_en) or _confirmed(figure, package):
        return "safe"
    return "with_caveat"


def _has_before(figure: Any, package: Package) -> bool:
    """Whether the report prints the state that a change starts from."""
    baseline = package.row("indicators", figure.indicator).baseline
    wanted = figure.indicator if pd.isna(baseline) else baseline
    return any(
        row.stage == "before" and row.indicator == wanted
        for row in package.rows("observations").values()
    )


def _confirmed(figure: Any, package: Package) -> bool:
    """Whether somebody else published the same figure, and it can be read in one way only."""
    # Without a last place nothing says how far it is rounded.
    if readings(figure.observation_id, package) or pd.isna(figure.resolution):
        return False
    ours = Interval.of(figure).rounded(figure.resolution)
    return any(
        row.observation == figure.observation_id
        and (row.ref_area, row.unit) == (figure.ref_area, figure.unit)
        and row.time_period == figure.time_period
        and ours.meets(Interval.of(row).rounded(row.resolution))
        for row in package.rows("context").values()
    )


def answer(row: Any, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """Answer to a question of the briefs, with its figure in words.

    Parameters
    ----------
    row : row of briefs
        Of kind ``question``.
    lang : {"en", "zh"}, optional
        Language of the words; the current one by default.
    package : Package, optional
        Whose figures the expression is over.

    Returns
    -------
    str

    Examples
    --------
    >>> answer(BUILT_IN.row("briefs", "crude_release_question_1"), "en")
    'By the printed times 1.5 to 2.5 days, in inspection and release only.'
    """
    words = cell(row, "answer", lang)
    if pd.isna(row.expression):
        return words
    interval = evaluate(row.expression, reported_and_published(package), package)
    return words.replace("{}", in_words(Derived.of(interval, row.unit), lang, 3, package))


def say(
    instrument: str, lang: str | None = None, package: Package = BUILT_IN
) -> dict[str, list[str]]:
    """What to say of a system: lines by kind, in the order of the kinds.

    Parameters
    ----------
    instrument : str
        Key of `load_instruments`.
    lang : {"en", "zh"}, optional
        Language of the words; the current one by default.
    package : Package, optional
        The report that the system is of.

    Returns
    -------
    dict of str to list of str
        By the kinds' labels; a question is followed by its answer.

    Raises
    ------
    KeyError
        If there is no such system; the message names the nearest.

    Examples
    --------
    >>> say("bg136", "en")["To be added"]
    ['A trial phase is not an approval.']
    """
    package.row("instruments", instrument)
    said: dict[str, list[str]] = {}
    for row in package.rows("briefs").values():
        if row.instrument == instrument:
            words = cell(row, "text", lang)
            if row.kind == "question":
                reply = answer(row, lang, package)
                words = text("brief_answered", lang, question=words, answer=reply)
            said.setdefault(label("brief_kind", row.kind, lang, package), []).append(words)
    return said
