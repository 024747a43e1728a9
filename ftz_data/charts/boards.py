"""Boards: tables of cells, for what has no number of its own or is counted."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from .. import derived, language, style
from ..language import label, text
from ..load import (
    load_claims,
    load_context,
    load_instruments,
    load_observations,
    load_pipeline,
    load_supervision_modes,
    load_ties,
)
from .chart import WIDTH, Chart, fill, foot, foot_height, head, head_height, wrap, write
from .common import caveats, each, source_line, system, with_published

LEFT, LINE, PAD = 2.75, 0.19, 0.12
ROW_COLUMNS = 32


def cell(
    row: dict[str, str],
    column: dict[str, str],
    shown: dict[str, str],
    basis: str,
    shade: float = 0.0,
) -> dict:
    """One cell of a board: its row and column, what stands in it, and how dark it is (0 to 1)."""
    return {
        "basis": basis,
        "shade": shade,
        **{f"row_{lang}": row[lang] for lang in language.LANGS},
        **{f"column_{lang}": column[lang] for lang in language.LANGS},
        **{f"words_{lang}": shown[lang] for lang in language.LANGS},
        **{
            f"label_{lang}": text("board_label", lang, row=row[lang], column=column[lang])
            for lang in language.LANGS
        },
    }


def claims(key: str) -> Chart:
    """Claims of the report that carry no figure.

    Parameters
    ----------
    key : str
        A section or an instrument.

    Returns
    -------
    Chart
        One row a claim.

    Raises
    ------
    KeyError
        If the key is unknown, or nothing of it carries a claim.
    """
    rows = load_claims()
    if key in language.codes("section"):
        name = each(lambda lang: label("section", key, lang))
        rows = rows[rows["section"] == key]
    else:
        name, _ = system(key)
        rows = rows[rows["instrument"] == key]
    if rows.empty:
        raise KeyError(f"{key!r} carries no claim")
    heads = ("claim", "area")
    columns = {code: each(lambda lang, code=code: text(f"board_{code}", lang)) for code in heads}
    marks = []
    for number, row in enumerate(rows.itertuples(), start=1):
        kind = each(
            lambda lang, row=row, number=number: text(
                "board_numbered", lang, number=number, words=label("claim_kind", row.kind, lang)
            )
        )
        shown = {
            "claim": each(lambda lang, row=row: getattr(row, f"title_{lang}")),
            "area": each(lambda lang, row=row: label("ref_area", row.ref_area, lang)),
        }
        marks += [cell(kind, columns[code], shown[code], "reported") for code in heads]
    return Chart("claims", name, pd.DataFrame(marks), source_line(rows), caveats(rows), paint_board)


def inventory() -> Chart:
    """What kind of statement stands in which section: measured figures, targets, kinds of claims.

    Returns
    -------
    Chart
        A count a cell.
    """
    observations, claims_ = load_observations(), load_claims()
    figures = observations.assign(
        kind=observations["stage"].map(lambda stage: "target" if stage == "target" else "figure")
    )
    both = pd.concat(
        [figures[["section", "kind", "locator"]], claims_[["section", "kind", "locator"]]]
    )
    kinds = [("statement", code) for code in language.codes("statement")]
    kinds += [("claim_kind", code) for code in language.codes("claim_kind")]
    counts = both.groupby(["kind", "section"], observed=True).size()
    marks = [
        cell(
            each(lambda lang, kind=kind: label(*kind, lang)),
            each(lambda lang, section=section: label("section", section, lang)),
            each(lambda lang, kind=kind, section=section: str(counts[kind[1], section])),
            "derived",
            counts[kind[1], section] / counts.max(),
        )
        for kind in kinds
        for section in language.codes("section")
        if (kind[1], section) in counts.index
    ]
    return _whole("inventory", marks)


def coverage() -> Chart:
    """How much the figures of each section say: a baseline, a period, an area, an exact value.

    A change, a growth rate or a state after has a baseline where the report prints the state
    before of the same quantity; other figures need none.

    Returns
    -------
    Chart
        A count out of those that should have it, a cell.
    """
    rows = load_observations()
    before = rows[rows["stage"] == "before"]["indicator"]
    needs = rows["stage"].isin(["change", "growth", "after"])
    has = {
        "baseline": rows["indicator"].map(
            lambda name: any(name.startswith(start) for start in before)
        ),
        "period": rows["time_period"].notna(),
        "area": rows["ref_area"].notna(),
        "exact": (rows["lower"] == rows["value"]) & (rows["upper"] == rows["value"]),
    }
    marks = []
    for section in language.codes("section"):
        there = rows["section"] == section
        for name, given in has.items():
            wanted = there & needs if name == "baseline" else there
            total, count = int(wanted.sum()), int((wanted & given).sum())
            if total:
                shown = each(
                    lambda lang, count=count, total=total: text(
                        "board_of", lang, count=count, total=total
                    )
                )
                marks.append(
                    cell(
                        each(lambda lang, section=section: label("section", section, lang)),
                        each(lambda lang, name=name: text(f"board_{name}", lang)),
                        shown,
                        "derived",
                        count / total,
                    )
                )
    return _whole("coverage", marks)


def pipeline() -> Chart:
    """Products of the report, each at the stage that is reported, on its own ladder.

    Returns
    -------
    Chart
        A cell a stage that exists for the product; the reported one holds what is said of it.
    """
    rows = load_pipeline()
    name = each(lambda lang: label("section", "gene_tech", lang))
    marks = []
    for row in rows.itertuples():
        steps = row.steps.split(";")
        for step in steps:
            here = step == row.step
            marks.append(
                cell(
                    each(lambda lang, row=row: getattr(row, f"title_{lang}")),
                    each(lambda lang, step=step: label("step", step, lang)),
                    each(
                        lambda lang, row=row, here=here: (
                            getattr(row, f"detail_{lang}") if here else "·"
                        )
                    ),
                    "reported",
                    1.0 if here else 0.0,
                )
            )
    order = {label("step", step, "en"): place for place, step in enumerate(language.codes("step"))}
    board = pd.DataFrame(marks)
    board = board.assign(place=board["column_en"].map(order))
    return Chart("pipeline", name, board, source_line(rows), caveats(rows), paint_board)


def ties() -> Chart:
    """Which of the four industries each system ties: our own reading, not the report's words.

    Returns
    -------
    Chart
        A cell where a system touches an industry.
    """
    names = load_instruments().set_index("instrument")
    rows = load_ties()
    marks = [
        cell(
            each(lambda lang, row=row: names.loc[row.instrument, f"name_{lang}"]),
            each(lambda lang, row=row: label("industry", row.industry, lang)),
            each(lambda lang, row=row: getattr(row, f"reason_{lang}")),
            "assumed",
            0.4,
        )
        for row in rows.itertuples()
    ]
    return _whole("ties", marks, "source_reading")


def supervision_modes(buyer: str, direction: str, stock: str) -> Chart:
    """Which customs supervision mode of cross-border e-commerce fits a sale.

    Parameters
    ----------
    buyer : {"consumer", "business"}
        Who buys.
    direction : {"export", "import"}
        Which way the goods go.
    stock : {"direct", "bonded_zone", "overseas_warehouse"}
        Where the stock stands.

    Returns
    -------
    Chart
        A row a mode: what the report names, what the regulation covers, and whether it fits.

    Raises
    ------
    ValueError
        If an argument is not one of its codes.
    """
    for codelist, value in (("buyer", buyer), ("direction", direction), ("stock", stock)):
        if value not in language.codes(codelist):
            allowed = ", ".join(language.codes(codelist))
            raise ValueError(f"{codelist} is {value!r}; allowed are {allowed}")
    rows = load_supervision_modes()
    marks = []
    for row in rows.itertuples():
        covered = row.regulation_directions.split(";")
        fits = (row.buyer, row.stock) == (buyer, stock) and direction in covered
        named = row.report_direction == direction
        verdict = "fits" if fits and named else "fits_regulation" if fits else "no"
        columns = {
            "report": lambda lang, row=row: label("direction", row.report_direction, lang),
            "regulation": lambda lang, covered=covered: text("list_separator", lang).join(
                label("direction", each_, lang) for each_ in covered
            ),
            "buyer": lambda lang, row=row: label("buyer", row.buyer, lang),
            "stock": lambda lang, row=row: label("stock", row.stock, lang),
            "verdict": lambda lang, verdict=verdict: text(f"mode_{verdict}", lang),
        }
        bases = {"regulation": "published", "verdict": "derived"}
        marks += [
            cell(
                each(
                    lambda lang, row=row: text(
                        "mode_name", lang, mode=row.mode, name=getattr(row, f"name_{lang}")
                    )
                ),
                each(lambda lang, name=name: text(f"mode_{name}", lang)),
                each(say),
                bases.get(name, "reported"),
                1.0 if fits else 0.0,
            )
            for name, say in columns.items()
        ]
    asked = each(
        lambda lang: text("list_separator", lang).join(
            label(codelist, value, lang)
            for codelist, value in (("buyer", buyer), ("direction", direction), ("stock", stock))
        )
    )
    return Chart(
        "supervision_modes",
        asked,
        pd.DataFrame(marks),
        source_line(rows),
        caveats(rows),
        paint_board,
    )


def consistency() -> Chart:
    """Pairs of statements that could contradict each other, with the computed verdict of each.

    Returns
    -------
    Chart
        A row a statement: the two intervals, each with its basis, the verdict and what it means.
    """
    others = load_context().set_index("context_id", drop=False)
    used: list[str] = []
    marks = []
    for row in derived.consistency().itertuples():
        shown = {
            "verdict": each(lambda lang, row=row: label("verdict", row.verdict, lang)),
            "left": each(lambda lang, row=row: getattr(row, f"left_{lang}")),
            "right": each(lambda lang, row=row: getattr(row, f"right_{lang}") or "·"),
            "meaning": each(lambda lang, row=row: getattr(row, f"meaning_{lang}")),
        }
        for side in (row.left, row.right):
            used += [] if pd.isna(side) else derived.names(side)
        marks += [
            cell(
                each(lambda lang, row=row: getattr(row, f"statement_{lang}")),
                each(lambda lang, name=name: text(f"board_{name}", lang)),
                words,
                getattr(row, f"{name}_basis", "derived"),
                _SHADES[row.verdict] if name == "verdict" else 0.0,
            )
            for name, words in shown.items()
        ]
    board = _whole("consistency", marks)
    published = others.loc[[name for name in used if name in others.index]]
    return dataclasses.replace(board, source=with_published(board.source, published))


_SHADES = {"agrees": 0.3, "allowed": 0.1, "contradicts": 1.0, "cannot be tested": 0.0}


def _whole(kind: str, marks: list[dict], source: str = "source_whole") -> Chart:
    """A board over the whole report."""
    return Chart(
        kind,
        each(lambda lang: text("whole_report", lang)),
        pd.DataFrame(marks),
        each(lambda lang: text(source, lang)),
        each(lambda lang: []),
        paint_board,
    )


def paint_board(figure: Figure, chart: Chart, lang: str) -> None:
    """Cells of a board, rows and columns in the order of the marks."""
    marks = chart.marks
    rows = list(dict.fromkeys(marks[f"row_{lang}"]))
    ordered = marks.sort_values("place", kind="stable") if "place" in marks else marks
    columns = list(dict.fromkeys(ordered[f"column_{lang}"]))
    broad = (WIDTH - LEFT - 0.15) / len(columns)
    fit = int(broad / 0.08)
    cells = {
        (mark[f"row_{lang}"], mark[f"column_{lang}"]): mark for mark in marks.to_dict("records")
    }

    heads = max(len(wrap(column, fit)) for column in columns) * LINE + PAD
    tall = []
    for row in rows:
        shown = [
            cells[row, column][f"words_{lang}"] for column in columns if (row, column) in cells
        ]
        most = max(len(wrap(row, ROW_COLUMNS)), *(len(wrap(words, fit)) for words in shown))
        tall.append(most * LINE + PAD)
    above, below = head_height(chart, lang), foot_height(chart, lang)
    height = above + heads + sum(tall) + below + 0.15
    figure.set_size_inches(WIDTH, height)
    head(figure, chart, lang)
    foot(figure, chart, lang)

    y = height - above
    for place, column in enumerate(columns):
        x = LEFT + (place + 0.5) * broad
        lines = wrap(column, fit)
        _put(figure, x, y - heads / 2, lines, "center", size=9.5, color=style.MUTED)
    y -= heads
    for row, step in zip(rows, tall, strict=True):
        _put(figure, LEFT - 0.12, y - step / 2, wrap(row, ROW_COLUMNS), "right", size=10.5)
        for place, column in enumerate(columns):
            mark = cells.get((row, column))
            if mark is None:
                continue
            look = style.LOOKS[mark["basis"]]
            x = LEFT + place * broad
            fill(
                figure,
                x + 0.03,
                y - step + 0.03,
                broad - 0.06,
                step - 0.06,
                # At most a third of the colour, so that dark text stays readable on it.
                facecolor=style.tint(look.color, mark["shade"] / 3),
                edgecolor=look.color,
                linewidth=1.8 if mark["shade"] == 1 else 0.8,
            )
            words = wrap(mark[f"words_{lang}"], fit)
            _put(figure, x + broad / 2, y - step / 2, words, "center", size=9.5)
        y -= step


def _put(figure: Figure, x: float, y: float, lines: list[str], side: str, **look: Any) -> None:
    write(figure, x, y, lines, ha=side, va="center", linespacing=1.2, **look)
