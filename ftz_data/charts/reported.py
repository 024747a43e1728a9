"""Charts of the report's figures, and of what arithmetic makes of them."""

from __future__ import annotations

import pandas as pd

from .. import derived, language
from ..cards import title
from ..interval import Interval
from ..language import in_words, label, text
from ..load import load_indicators, load_instruments, load_observations
from .chart import Chart
from .common import caveats, each, source_line, system
from .rows import paint_rows


def figure_mark(figure, basis: str, labels: dict[str, str], facet: dict[str, str]) -> dict:
    """One row of marks: a figure with its words, label and basis."""
    fields = ("value", "lower", "upper", "lower_closed", "upper_closed", "unit")
    # What is printed keeps its digits; four are enough for what is computed.
    digits = 5 if basis in ("reported", "published") else 4
    return {
        **{name: getattr(figure, name) for name in fields},
        # Only an observation has a stage.
        "stage": getattr(figure, "stage", None),
        "basis": basis,
        **{f"label_{lang}": labels[lang] for lang in language.LANGS},
        **{f"facet_{lang}": facet[lang] for lang in language.LANGS},
        **{f"words_{lang}": in_words(figure, lang, digits) for lang in language.LANGS},
    }


def axis_label(observation) -> dict[str, str]:
    """Axis label: the unit of a figure, and whether it is a change, a share or a target."""
    row = load_indicators().set_index("indicator").loc[observation.indicator]
    stage = observation.stage if observation.stage in ("change", "share", "target") else "level"
    return each(lambda lang: text(f"axis_{stage}", lang, unit=row[f"short_unit_{lang}"]))


def figures(key: str) -> Chart:
    """Figures as the report prints them, with their bounds.

    Parameters
    ----------
    key : str
        A section, a stage, an instrument or an observation.

    Returns
    -------
    Chart
        One mark a figure; figures of one unit share an axis.

    Raises
    ------
    KeyError
        If the key is unknown, or nothing of it carries a figure.

    Examples
    --------
    >>> figures("crude_time_after").marks["words_en"].tolist()
    ['0.5 days']
    """
    observations = load_observations()
    groups = {code: kind for kind in ("section", "stage") for code in language.codes(kind)}
    if key in groups:
        name = each(lambda lang: label(groups[key], key, lang))
        rows = observations[observations[groups[key]] == key]
    elif key in set(observations["observation_id"]):
        rows = observations.query("observation_id == @key")
        name = each(lambda lang: title(rows.iloc[0], lang))
    else:
        known = [*groups, *load_instruments()["instrument"], *observations["observation_id"]]
        if key not in known:
            raise KeyError(
                f"no section, stage, instrument or observation {key!r}; "
                f"{language.nearest(key, known)}"
            )
        name, rows = system(key)
    if rows.empty:
        raise KeyError(f"{key!r} carries claims only; no figure to draw")
    marks = [
        figure_mark(row, "reported", each(lambda lang, row=row: title(row, lang)), axis_label(row))
        for row in rows.itertuples()
    ]
    return Chart("figures", name, pd.DataFrame(marks), source_line(rows), caveats(rows), paint_rows)


def before_after(instrument: str) -> Chart:
    """Before and after a system: what the report prints of both, or what its change implies.

    Where the report prints both, both are drawn. A change in percent is drawn as an index with
    100 before, which is arithmetic; a change in days whose base is not printed is drawn alone.

    Parameters
    ----------
    instrument : str
        Key of an instrument with figures of stage before, after or change.

    Returns
    -------
    Chart

    Raises
    ------
    KeyError
        If the instrument is unknown, or has no such figure.
    """
    name, rows = system(instrument)
    rows = rows[rows["stage"].isin(["before", "after", "change"])]
    if rows.empty:
        raise KeyError(f"{instrument!r} has no figure of stage before, after or change")
    marks = []
    for row in rows.itertuples():
        if row.stage == "change" and row.unit == "%":
            marks += _index_marks(row)
        else:
            heading = each(lambda lang, row=row: title(row, lang))
            marks.append(figure_mark(row, "reported", heading, axis_label(row)))
    return Chart(
        "before_after", name, pd.DataFrame(marks), source_line(rows), caveats(rows), paint_rows
    )


def _index_marks(row) -> list[dict]:
    """A change in percent as an index: 100 before, and what the change makes of it."""
    heading = each(lambda lang: title(row, lang))
    facet = each(
        lambda lang: text("index_facet", lang, title=heading[lang], words=in_words(row, lang))
    )
    base = derived.Derived.of(Interval.exact(100), "1")
    return [
        figure_mark(
            figure,
            "derived",
            each(lambda lang, stage=stage: text(f"{stage}_label", lang, title=heading[lang])),
            facet,
        )
        for stage, figure in (("before", base), ("after", derived.what_if(row, 100)))
    ]


def what_if(observation: str, amount: float) -> Chart:
    """A reported figure beside what it makes of a number of the reader's own.

    Parameters
    ----------
    observation : str
        Key of an observation of stage change, share or level.
    amount : float
        Baseline, part or count (see `ftz_data.derived.what_if`): assumed, not reported.

    Returns
    -------
    Chart

    Raises
    ------
    KeyError
        If the observation is unknown.
    ValueError
        If its stage has no such reading, or the amount is not a finite number of at least 0.
    """
    rows = _rows(observation)
    row = next(rows.itertuples())
    result = derived.what_if(row, amount)
    unit = row.unit if row.stage == "change" and row.unit != "%" else "1"
    own = derived.Derived.of(Interval.exact(amount), unit)
    name = each(lambda lang: title(row, lang))
    plain = each(lambda lang: text("own_axis", lang))
    level = axis_label(row._replace(stage="level"))
    marks = [
        figure_mark(row, "reported", name, axis_label(row)),
        *(
            figure_mark(
                figure,
                basis,
                each(lambda lang, role=role: text(f"{role}_{row.stage}", lang)),
                level if figure.unit == row.unit else plain,
            )
            for role, basis, figure in (("own", "assumed", own), ("result", "derived", result))
        ),
    ]
    caveat = caveats(rows)
    caveat = each(lambda lang: [*caveat[lang], text("assumed_reason", lang)])
    return Chart("what_if", name, pd.DataFrame(marks), source_line(rows), caveat, paint_rows)


def ratio(numerator: str, denominator: str) -> Chart:
    """Two reported figures and their quotient, with the bounds of both carried through.

    Parameters
    ----------
    numerator, denominator : str
        Keys of observations; the denominator's bounds are above zero.

    Returns
    -------
    Chart

    Raises
    ------
    KeyError
        If an observation is unknown.

    Examples
    --------
    >>> ratio("pool_lent_level", "pool_loans_level").marks["words_en"].tolist()[-1]
    '8.082 million yuan per loan'
    """
    rows = pd.concat([_rows(numerator), _rows(denominator)])
    above, below = rows.itertuples()
    names = [each(lambda lang, row=row: title(row, lang)) for row in (above, below)]
    name = each(lambda lang: text("ratio_title", lang, above=names[0][lang], below=names[1][lang]))
    quotient = figure_mark(
        derived.ratio(above, below),
        "derived",
        each(lambda lang: text("ratio_label", lang)),
        axis_label(above),
    )
    for lang in language.LANGS:
        per = label("per", below.unit.strip("{}"), lang)
        quotient[f"words_{lang}"] = text("per", lang, words=quotient[f"words_{lang}"], per=per)
        quotient[f"facet_{lang}"] = text("unit_per", lang, unit=quotient[f"facet_{lang}"], per=per)
    marks = [
        figure_mark(above, "reported", names[0], axis_label(above)),
        figure_mark(below, "reported", names[1], axis_label(below)),
        quotient,
    ]
    return Chart("ratio", name, pd.DataFrame(marks), source_line(rows), caveats(rows), paint_rows)


def _rows(observation: str) -> pd.DataFrame:
    """The one row of an observation; a KeyError names the nearest keys."""
    observations = load_observations()
    rows = observations.query("observation_id == @observation")
    if rows.empty:
        known = list(observations["observation_id"])
        raise KeyError(f"no observation {observation!r}; {language.nearest(observation, known)}")
    return rows
