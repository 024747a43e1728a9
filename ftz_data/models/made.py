"""What a model is made of: its parts, before and after, and its path through time."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..language import LANGS, cell, label
from ..package import BUILT_IN
from .declared import Model, get
from .paths import Path
from .running import check


def parts(model: str, **values: float) -> pd.DataFrame:
    """Parts of a model, before and after; an empty frame where it has none.

    Parameters
    ----------
    model : str
        Key of `load_models`.
    **values : float
        Parameters by name, within their declared range; the others keep their default.

    Returns
    -------
    pandas.DataFrame
        One row a part of a panel. `panel` (before, after and the like), `part` (key of `load_parts`
        together with the model), `kind` (step: in time; cost, share, stock, side: an amount; goods,
        money, declaration, claim: what passes from `giver` to `taker`), `start`, `stop` and
        `amount` (their distance) in `unit`, `count` (how many alike there are), `waits` (whether
        the end of the whole waits for it), `basis` (that of the parameters which it follows from:
        assumed where any is, else derived where there are several), and in both languages `title`,
        `panel`, `giver` and `taker` (``_en``, ``_zh``).

    Examples
    --------
    >>> after = parts("ore_blending").query("panel == 'after'")
    >>> print(*after[["part", "start", "stop"]].itertuples(index=False, name=None))
    ('discharge', 0.0, 3.0) ('blend', 0.0, 3.0)
    """
    return pd.DataFrame(listed(model, **values))


def listed(model: str, **values: float) -> list[dict[str, Any]]:
    """Rows of `parts`, for pictures, which are drawn so often that a table takes too long."""
    found = get(model)
    check(found, values)
    made = found.parts(**found.values(values)) if found.parts else []
    rows: list[dict[str, Any]] = []
    for part in made:
        row = BUILT_IN.row("parts", model, part.name)
        rows.append(
            {
                "panel": part.panel,
                "part": part.name,
                "kind": row.kind,
                "start": float(part.start),
                "stop": float(part.stop),
                "amount": float(part.stop - part.start),
                "unit": row.unit,
                "count": part.count,
                "waits": part.waits,
                "basis": _basis(found, row.parameters.split(";"), values),
                "giver": row.giver,
                "taker": row.taker,
                **{f"title_{lang}": cell(row, "title", lang) for lang in LANGS},
                **{f"panel_{lang}": label("panel", part.panel, lang) for lang in LANGS},
                **{f"giver_{lang}": _party(row.giver, lang) for lang in LANGS},
                **{f"taker_{lang}": _party(row.taker, lang) for lang in LANGS},
            }
        )
    return rows


def path(model: str, **values: float) -> Path:
    """Path of a model through time.

    Parameters
    ----------
    model : str
        Key of a model that has one.
    **values : float
        Parameters by name, within their declared range; the others keep their default.

    Returns
    -------
    Path

    Raises
    ------
    ValueError
        If the model has no path, or a value is not allowed.

    Examples
    --------
    >>> path("gross_ocean_product", years=2).points[0].period
    2022
    """
    found = get(model)
    check(found, values)
    if found.path is None:
        raise ValueError(f"{model} has no path through time")
    return found.path(**found.values(values))


def _basis(model: Model, used: list[str], values: dict[str, float]) -> str:
    """What a part rests on: the weakest of its parameters."""
    bases = {
        model.parameters[name].basis_of(values.get(name, model.parameters[name].default))
        for name in used
    }
    if "assumed" in bases or len(used) == 1:
        return "assumed" if "assumed" in bases else bases.pop()
    return "derived"


def _party(party: Any, lang: str) -> str:
    return "" if pd.isna(party) else label("party", party, lang)
