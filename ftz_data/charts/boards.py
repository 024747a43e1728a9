"""Tables of the report: claims, counts, stages, ties, supervision modes and verdicts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .. import derived, expressions, language, tables
from ..language import Text, Wording, cell, label, text
from ..package import BUILT_IN, Package, unknown
from ..tables import Table
from . import said


def claims(key: str, package: Package = BUILT_IN) -> Table:
    """Claims of the report that carry no figure.

    Parameters
    ----------
    key : str
        A section or an instrument.
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Table
        One row a claim.

    Raises
    ------
    KeyError
        If the key is unknown, or nothing of it carries a claim.
    """
    rows = list(package.rows("claims").values())
    if key in language.codes("section", package):
        name, own = said.section(key, package), [row for row in rows if row.section == key]
    else:
        name, own = said.system(key, package), [row for row in rows if row.instrument == key]
    if not own:
        raise KeyError(f"{key!r} carries no claim")
    cells = []
    for number, row in enumerate(own, start=1):
        kind = Wording(label, "claim_kind", row.kind, package=package)
        head = Text("board_numbered", number=number, words=kind)
        cells.append(_cell(head, Text("board_claim"), Wording(cell, row, "title"), "reported"))
        area = Wording(label, "ref_area", row.ref_area, package=package)
        cells.append(_cell(head, Text("board_area"), area, "reported"))
    caption = Text("board_claims", name=name)
    corner = Text("board_kind")
    return tables.table(pd.DataFrame(cells), caption, said.sources(own, package), corner).noted(
        *said.caveats(own, package)
    )


def _cell(row: Any, column: Any, words: Any, basis: str, **more: Any) -> dict[str, Any]:
    return {"row": row, "column": column, "words": words, "basis": basis, **more}


def inventory(package: Package = BUILT_IN) -> Table:
    """What kind of statement stands in which section: measured figures, targets, kinds of claims.

    Parameters
    ----------
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Table
        A count a cell.
    """
    observations = package.table("observations")
    targets = observations["stage"] == "target"
    figures = observations.assign(kind=targets.map({True: "target", False: "figure"}))
    both = pd.concat([figures[["section", "kind"]], package.table("claims")[["section", "kind"]]])
    counts = both.groupby(["kind", "section"], observed=True).size()
    kinds = [("statement", code) for code in language.codes("statement", package)]
    kinds += [("claim_kind", code) for code in language.codes("claim_kind", package)]
    cells = [
        _cell(
            Wording(label, *kind, package=package),
            said.section(section, package),
            str(counts[kind[1], section]),
            "derived",
            part=counts[kind[1], section] / counts.max(),
        )
        for kind in kinds
        for section in language.codes("section", package)
        if (kind[1], section) in counts.index
    ]
    return tables.counts(
        pd.DataFrame(cells),
        Text("chart_inventory"),
        Wording(_whole, None, package=package),
        Text("board_kind"),
    )


def coverage(package: Package = BUILT_IN) -> Table:
    """How much the figures of each section say: a baseline, a period, an exact value.

    A change, a growth rate or a state after has a baseline where the report prints the state
    before of the same quantity; other figures need none. Areas are not counted: the table names
    one for each figure, mostly ours and not printed.

    Parameters
    ----------
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Table
        A count out of those that should have it, a cell.
    """
    rows = package.table("observations")
    before = set(rows[rows["stage"] == "before"]["indicator"])
    baselines = package.table("indicators").set_index("indicator")["baseline"]
    needs = rows["stage"].isin(["change", "growth", "after"])
    has = {
        "baseline": rows["indicator"].isin(before) | rows["indicator"].map(baselines).isin(before),
        "period": rows["time_period"].notna(),
        "exact": (rows["lower"] == rows["value"]) & (rows["upper"] == rows["value"]),
    }
    cells = []
    for section in language.codes("section", package):
        there = rows["section"] == section
        for name, given in has.items():
            wanted = there & needs if name == "baseline" else there
            total, count = int(wanted.sum()), int((wanted & given).sum())
            if total:
                words = Text("board_of", count=count, total=total)
                head = said.section(section, package)
                column = Text(f"board_{name}")
                cells.append(_cell(head, column, words, "derived", part=count / total))
    return tables.counts(
        pd.DataFrame(cells),
        Text("chart_coverage"),
        Wording(_whole, None, package=package),
        Text("board_section"),
    )


def pipeline(package: Package = BUILT_IN) -> Table:
    """Products of the report, each at the stage that is reported, on its own ladder.

    Parameters
    ----------
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Table
        A stage that exists for the product a row; what is said of it at the reported one.
    """
    rows = list(package.rows("pipeline").values())
    steps = [
        {
            "label": Wording(cell, row, "title"),
            "step": Wording(label, "step", step, package=package),
            "here": step == row.step,
            "words": Wording(cell, row, "detail") if step == row.step else None,
            "basis": "reported",
        }
        for row in rows
        for step in row.steps.split(";")
    ]
    found = tables.ladder(pd.DataFrame(steps), Text("chart_pipeline"), said.sources(rows, package))
    return found.noted(*said.caveats(rows, package))


def ties(package: Package = BUILT_IN) -> Table:
    """Which of the four industries each system ties: our own reading, not the report's words.

    Parameters
    ----------
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Table
        A cell where a system touches an industry.
    """
    cells = [
        _cell(
            said.system(row.instrument, package),
            Wording(label, "industry", row.industry, package=package),
            Wording(cell, row, "reason"),
            "assumed",
        )
        for row in package.table("ties").itertuples()
    ]
    return tables.matrix(
        pd.DataFrame(cells),
        Text("chart_ties"),
        Text("source_reading", report=Wording(said.report, package=package)),
        Text("board_system"),
    )


def supervision_modes(buyer: str, direction: str, stock: str, package: Package = BUILT_IN) -> Table:
    """Which customs supervision mode of cross-border e-commerce fits a sale.

    Parameters
    ----------
    buyer : {"consumer", "business"}
        Who buys.
    direction : {"export", "import"}
        Which way the goods go.
    stock : {"direct", "bonded_zone", "overseas_warehouse"}
        Where the stock stands.
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Table
        A row a mode: what the report names, what the regulation covers, whether it fits, and why
        not; the one that fits is marked.

    Raises
    ------
    ValueError
        If an argument is not one of its codes.
    """
    asked = {"buyer": buyer, "direction": direction, "stock": stock}
    for codelist, value in asked.items():
        if value not in language.codes(codelist, package):
            allowed = ", ".join(language.codes(codelist, package))
            raise ValueError(f"{codelist} is {value!r}; allowed are {allowed}")
    rows = list(package.rows("supervision_modes").values())
    cells = []
    for row in rows:
        covered = row.regulation_directions.split(";")
        # What keeps the mode from the sale, as the regulation has it.
        against = [name for name in ("buyer", "stock") if getattr(row, name) != asked[name]]
        against += [] if direction in covered else ["direction"]
        named = row.report_direction == direction
        verdict: Any = Text("mode_fits" if named else "mode_fits_regulation")
        if against:
            verdict = Wording(_against, tuple(against))
        columns = {
            "report": (
                Wording(label, "direction", row.report_direction, package=package),
                "reported",
            ),
            "regulation": (
                Wording(_listed, "direction", tuple(covered), package=package),
                "published",
            ),
            "buyer": (Wording(label, "buyer", row.buyer, package=package), "reported"),
            "stock": (Wording(label, "stock", row.stock, package=package), "reported"),
            "verdict": (verdict, "derived"),
        }
        head = Text("mode_name", mode=row.mode, name=Wording(cell, row, "name"))
        cells += [
            _cell(head, Text(f"mode_{name}"), words, basis, strong=not against)
            for name, (words, basis) in columns.items()
        ]
    caption = Text("board_modes", sale=Wording(_asked, tuple(asked.items()), package=package))
    found = tables.table(
        pd.DataFrame(cells), caption, said.sources(rows, package), Text("board_mode")
    )
    return found.noted(*said.caveats(rows, package))


def _against(names: tuple[str, ...], lang: str) -> str:
    """Why a mode does not fit a sale."""
    listed = text("list_separator", lang).join(text(f"mode_{name}", lang) for name in names)
    return text("mode_no_since", lang, reasons=listed)


def _listed(codelist: str, codes: tuple[str, ...], lang: str, package: Package) -> str:
    return text("list_separator", lang).join(label(codelist, code, lang, package) for code in codes)


def _asked(asked: tuple[tuple[str, str], ...], lang: str, package: Package) -> str:
    return text("list_separator", lang).join(label(*pair, lang, package) for pair in asked)


def consistency(package: Package = BUILT_IN) -> Table:
    """Pairs of statements that could contradict each other, with the computed verdict of each.

    Parameters
    ----------
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Table
        A row a statement: the two intervals, each with its basis, the verdict and what it means.
    """
    return _verdicts(list(derived.consistency(package).itertuples()), package)


def one_pair(pair: str, package: Package = BUILT_IN) -> Table:
    """One pair of statements as `consistency` shows it.

    Raises
    ------
    KeyError
        If there is no such pair; the message names the nearest.
    """
    rows = {row.pair: row for row in derived.consistency(package).itertuples()}
    if pair not in rows:
        raise unknown("pair of statements", pair, rows)
    return _verdicts([rows[pair]], package)


def _verdicts(rows: list[Any], package: Package) -> Table:
    """A row a statement: its two sides, the verdict and what it means."""
    others = package.rows("context")
    used: list[str] = []
    cells = []
    for row in rows:
        words = {
            "verdict": Wording(label, "verdict", row.verdict, package=package),
            "left": Wording(cell, row, "left"),
            "right": Wording(_or_none, row),
            "meaning": Wording(cell, row, "meaning"),
        }
        for side in (row.left, row.right):
            used += [] if pd.isna(side) else expressions.names(side)
        head = Wording(_statement, row, package=package)
        cells += [
            _cell(
                head,
                Text(f"board_{name}"),
                each,
                getattr(row, f"{name}_basis", "derived"),
                strong=row.verdict == "contradicts",
            )
            for name, each in words.items()
        ]
    published = [others[name] for name in dict.fromkeys(used) if name in others]
    return tables.table(
        pd.DataFrame(cells),
        Text("chart_consistency"),
        Wording(_whole, said.sources(published, package), package=package),
        Text("board_statement"),
    )


def _statement(row: Any, lang: str, package: Package) -> str:
    """What a pair tests, and under which readings of its figures."""
    parts = [cell(row, "statement", lang), said.taken(row.reading, lang, package)]
    return text("clause_separator", lang).join(filter(None, parts))


def _or_none(row: Any, lang: str) -> str:
    return cell(row, "right", lang) or "·"


def _whole(published: Wording | None, lang: str, package: Package) -> str:
    """Source line of what is read from all of the report, and of what others published."""
    parts = [text("source_whole", lang, report=said.report(lang, package))]
    parts += [] if published is None else [published.in_(lang)]
    return text("clause_separator", lang).join(filter(None, parts))
