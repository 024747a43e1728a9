"""Loaders of what stands around the figures: what to say of them, what happened, who does what.

Each takes `package`, as those of `load` do.
"""

from __future__ import annotations

import pandas as pd

from .package import BUILT_IN, Package


def load_briefs(package: Package = BUILT_IN) -> pd.DataFrame:
    """What to say of each system; `ftz_data.briefs.answer` puts the figure into an answer.

    Returns
    -------
    pandas.DataFrame
        Key: `brief`.
        The columns are `brief`, `instrument`, `kind` (``quote``: may be quoted; ``add``: must be
        added; ``avoid``: must not be said; ``question``: likely to be asked; ``request``: to be
        asked for), `observation` (the figure that it is about), `text_en`, `text_zh`, and for a
        question `answer_en`, `answer_zh`, `expression` and `unit` (what ``{}`` in the answer stands
        for, over observations and published figures).

    Examples
    --------
    >>> briefs = load_briefs().query("instrument == 'loan_pool' and kind == 'question'")
    >>> briefs["text_en"].tolist()
    ['How large is a loan?', 'How much is saved per loan?']
    """
    return package.table("briefs")


def load_exercises(package: Package = BUILT_IN) -> pd.DataFrame:
    """Exercises on the figures; `ftz_data.check` marks answers, and `solution` tells them.

    Returns
    -------
    pandas.DataFrame
        Key: `exercise`.
        The columns are `exercise`, `section`, `instruments` (systems that it is on, separated by
        ``;``), `level` (read, compute, judge), `kind` (number, range, choice; open questions are
        not checked), `minutes`, `expression` (what the answer comes to), `unit`, `choices` (what
        one is chosen from, separated by ``;``), `settings` (parameters of a model that are not as
        declared), and in both languages `aim`, `question`, `hints` (steps separated by ``|``),
        `explanation` and `slip` (the usual wrong answer).

    Examples
    --------
    >>> load_exercises()["level"].unique().tolist()
    ['read', 'compute', 'judge']
    """
    return package.table("exercises")


def load_lessons(package: Package = BUILT_IN) -> pd.DataFrame:
    """Lessons for a room: the steps of each in order, with their minutes.

    Returns
    -------
    pandas.DataFrame
        Key: `lesson, step`.
        The columns are `lesson` (15, 45 or 90 minutes), `step` (key of `load_steps`) and `minutes`.

    Examples
    --------
    >>> load_lessons().groupby("lesson")["minutes"].sum().to_dict()
    {'15': 15, '45': 45, '90': 90}
    """
    return package.table("lessons")


def load_steps(package: Package = BUILT_IN) -> pd.DataFrame:
    """What a trainer does in each step of a lesson; `ftz_data.guide` words it.

    Returns
    -------
    pandas.DataFrame
        Key: `step`.
        The columns are `step`, `page` (name of a notebook), `expression` and `unit` (what the
        answer comes to; computed, never typed), and in both languages `heading` (on that page),
        `aim`, `say`, `question`, `answer`, `board` and `slip`.

    Examples
    --------
    >>> load_steps().set_index("step").loc["gain", "expression"]
    'crude_time_before - crude_time_after'
    """
    return package.table("steps")


def load_events(package: Package = BUILT_IN) -> pd.DataFrame:
    """Dated events, from the founding of the zone to the report.

    Returns
    -------
    pandas.DataFrame
        Key: `event`.
        The columns are `event`, `date` (EDTF; ``../`` before the day by which it had happened),
        `instrument` (empty where it is the zone as a whole), `title_en`, `title_zh` and `source`.

    Examples
    --------
    >>> load_events().set_index("event").loc["zone_founded", "date"]
    '2019-08-31'
    """
    return package.table("events")


def load_actors(package: Package = BUILT_IN) -> pd.DataFrame:
    """Who does what in each system.

    Returns
    -------
    pandas.DataFrame
        Key: `instrument, actor, role`.
        The columns are `instrument`, `actor`, `role` (decides, runs, pays, gains or bears_risk) and
        `source`, which is empty where it is our own reading.

    Examples
    --------
    >>> load_actors().query("instrument == 'mgi_sequencers' and role == 'runs'")["actor"].tolist()
    ['mgi']
    """
    return package.table("actors")
