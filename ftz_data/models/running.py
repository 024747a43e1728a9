"""What is asked of every model alike: results, curves, sensitivity, draws, solutions, parts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from ..package import BUILT_IN, Package
from .declared import Model, Parameter, get


def evaluate(model: str, **values: ArrayLike) -> Any:
    """Result of a model.

    Parameters
    ----------
    model : str
        Key of `load_models`.
    **values : float or array_like
        Parameters by name, within their declared range; the others keep their default.

    Returns
    -------
    float or numpy.ndarray
        In the model's unit, in the shape of the values broadcast together.

    Raises
    ------
    KeyError
        If the model is unknown.
    ValueError
        If a name is unknown, or a value is no number, outside its range, or not whole where only
        whole numbers make sense; the message names parameter, value and what is allowed.

    Examples
    --------
    >>> float(round(evaluate("crude_turnover", cycle=8, saved=2), 1))
    33.3
    """
    found = get(model)
    check(found, values)
    arrays = {n: np.asarray(v) for n, v in values.items() if np.ndim(v)}  # lists do not compute
    result = found.function(**found.values(values | arrays))
    return result if np.ndim(result) else float(result)


def check(model: Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        parameter = _parameter(model, name)
        array = np.asarray(value)
        if array.dtype.kind not in "iuf" or array.size == 0:
            raise ValueError(f"{name} is {value!r}; {parameter.allowed}")
        low, high = array.min(), array.max()
        # A comparison with NaN is false, so NaN is refused here too.
        if not (low >= parameter.low and high <= parameter.high):
            worst = low if not low >= parameter.low else high
            raise ValueError(f"{name} is {worst.item()!r}; {parameter.allowed}")
        if parameter.whole and (broken := array[np.mod(array, 1) != 0]).size:
            raise ValueError(f"{name} is {broken.flat[0].item()!r}; {parameter.allowed}")


def _parameter(model: Model, name: str) -> Parameter:
    if name not in model.parameters:
        known = ", ".join(model.parameters)
        raise ValueError(f"{model.name} has no parameter {name!r}; allowed are {known}")
    return model.parameters[name]


def sweep(model: str, parameter: str, points: int = 101, **values: float) -> pd.DataFrame:
    """Result over the range of one parameter.

    Parameters
    ----------
    model, parameter : str
        Keys of the model and of its parameter.
    points : int
        How many values; a whole-number parameter takes no other than whole numbers, each once.
    **values : float
        The other parameters.

    Returns
    -------
    pandas.DataFrame
        Columns `parameter` (in its unit) and `result` (in the model's unit).
    """
    declared = _parameter(get(model), parameter)
    grid = np.linspace(declared.low, declared.high, points)
    if declared.whole:
        grid = np.unique(np.round(grid))
    result = evaluate(model, **values | {parameter: grid})
    return pd.DataFrame({"parameter": grid, "result": np.broadcast_to(result, grid.shape)})


def sensitivity(model: str, percent: float = 10, /, **values: float) -> pd.DataFrame:
    """Which parameter matters most: the result when each is a little off, the others kept.

    Parameters
    ----------
    model : str
        Key of `load_models`.
    percent : float
        How far off, to either side. A whole number is moved by one, and a zero by one step; nothing
        is moved beyond its declared range.
    **values : float
        Parameters that were moved; the others stand at their default.

    Returns
    -------
    pandas.DataFrame
        Columns `parameter`; `by` (how far it was moved, in its unit); `less`, `more` (results with
        less and more of it) and `swing` (their distance), in the model's unit; `elasticity`
        (percent of the result for a percent of the parameter; NaN where either is zero);
        `low`, `high` (results at the ends of the declared range, whose width is ours) and
        `span` (their distance). Widest swing first.
    """
    found = get(model)
    start = evaluate(model, **values)
    rows = []
    for name, parameter in found.parameters.items():
        value = values.get(name, parameter.default)
        below, above = _around(parameter, value, percent)
        less, more, low, high = (
            evaluate(model, **values | {name: each})
            for each in (below, above, parameter.low, parameter.high)
        )
        moved = (above - below) / value if value else np.nan
        rows.append(
            {
                "parameter": name,
                "less": less,
                "more": more,
                "swing": abs(more - less),
                "by": (above - below) / 2,
                "elasticity": (more - less) / start / moved if start and moved else np.nan,
                "low": low,
                "high": high,
                "span": abs(high - low),
            }
        )
    table = pd.DataFrame(rows)
    return table.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def _around(parameter: Parameter, value: float, percent: float) -> tuple[float, float]:
    """The values a little to either side."""
    by = abs(value) * percent / 100 or parameter.step
    if parameter.whole:
        by = 1
    return max(value - by, parameter.low), min(value + by, parameter.high)


def simulate(model: str, draws: int, seed: int, **values: float) -> np.ndarray:
    """Results for parameters drawn evenly within their declared ranges.

    Parameters
    ----------
    model : str
        Key of the model.
    draws : int
        How many draws.
    seed : int
        Seed of the random numbers: the same seed gives the same results.
    **values : float
        Parameters that are kept fixed.

    Returns
    -------
    numpy.ndarray of float
        Shape ``(draws,)``, in the model's unit.
    """
    found = get(model)
    check(found, values)
    free = {
        name: (parameter.low, parameter.high)
        for name, parameter in found.parameters.items()
        if name not in values
    }
    return _drawn(found, draws, seed, values, free)


def doubt(model: str, draws: int, seed: int, percent: float = 10, /, **values: float) -> np.ndarray:
    """Results for parameters that are all a little off: drawn evenly around their values.

    Parameters
    ----------
    model : str
        Key of the model.
    draws, seed : int
        As in `simulate`.
    percent : float
        How far off each may be, to either side; a whole number by one, a zero by one step.
    **values : float
        Parameters that were moved; the others stand at their default.

    Returns
    -------
    numpy.ndarray of float
        Shape ``(draws,)``, in the model's unit.
    """
    found = get(model)
    check(found, values)
    near = {
        name: _around(found.parameters[name], value, percent)
        for name, value in found.values(values).items()
    }
    return _drawn(found, draws, seed, {}, near)


def _drawn(
    model: Model,
    draws: int,
    seed: int,
    fixed: dict[str, float],
    free: dict[str, tuple[float, float]],
) -> np.ndarray:
    """Results for even draws of the free parameters between their ends."""
    random = np.random.default_rng(seed)
    results = np.empty(draws)
    # A block at a time stays in the processor's cache, so that time grows with the draws alone.
    for start in range(0, draws, _BLOCK):
        size = min(_BLOCK, draws - start)
        drawn = {
            name: random.integers(int(low), int(high), size, endpoint=True)
            if model.parameters[name].whole
            else random.uniform(low, high, size)
            for name, (low, high) in free.items()
        }
        results[start : start + size] = model.function(**fixed, **drawn)
    return results


_BLOCK = 20_000


def calibrate(
    model: str, parameter: str, package: Package = BUILT_IN, **values: float
) -> float | None:
    """Value of one parameter that makes the model give the reported figure.

    Parameters
    ----------
    model, parameter : str
        Keys of the model and of its parameter.
    package : Package, optional
        Which report prints the figure; the built-in one by default.
    **values : float
        The other parameters.

    Returns
    -------
    float or None
        None where no value in the parameter's range does.

    Raises
    ------
    ValueError
        If the report prints no figure for the model's result.

    Examples
    --------
    >>> round(calibrate("cotton_weighing", "crew_after"), 1)
    27.0
    """
    found = get(model)
    if found.observation is None:
        raise ValueError(f"the report prints no figure for the result of {model}")
    target = package.row("observations", found.observation).value
    curve = sweep(model, parameter, **values)
    miss = curve["result"].to_numpy() - target
    grid = curve["parameter"].to_numpy()
    if (exact := np.flatnonzero(miss == 0)).size:
        return float(grid[exact[0]])
    crossings = np.flatnonzero(np.diff(np.sign(miss)))
    # A fraction of a team is no solution.
    if not crossings.size or found.parameters[parameter].whole:
        return None
    start = crossings[0]
    return _bisected(
        lambda x: evaluate(model, **values | {parameter: x}) - target,
        float(grid[start]),
        float(grid[start + 1]),
    )


def _bisected(function: Any, low: float, high: float) -> float:
    """Root between two values of unlike sign, to the last digit of a float."""
    rises = function(high) > 0
    while low < (middle := (low + high) / 2) < high:
        if (function(middle) > 0) == rises:
            high = middle
        else:
            low = middle
    return min(low, high, key=lambda x: abs(function(x)))
