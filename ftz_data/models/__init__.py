"""Teaching models: one small mechanism for each system, with every assumption declared.

A model is one function of numbers; its parameters stand in `data/parameters.csv`, each with
symbol, unit, default, range, and the basis of the default: reported, published elsewhere, derived
from the report, or assumed with a reason. Everything else here serves all models alike.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .. import language
from ..load import load_models, load_observations, load_parameters
from . import customs, finance, gene_tech, logistics, outcomes, trade

_SECTIONS = (customs, logistics, trade, finance, gene_tech, outcomes)


@dataclass(frozen=True)
class Parameter:
    """One declared parameter; see `load_parameters` for the fields."""

    name: str
    symbol: str
    unit: str
    default: float
    low: float
    high: float
    step: float
    basis: str

    @property
    def whole(self) -> bool:
        """Whether only whole numbers make sense: people and teams do not come in parts."""
        return self.unit.startswith("{") and float(self.step).is_integer()

    def basis_of(self, value: float) -> str:
        """Basis of a value: whatever the default rests on, another value is assumed."""
        return self.basis if value == self.default else "assumed"


@dataclass(frozen=True)
class Model:
    """One model: a function with declared parameters.

    Attributes
    ----------
    name : str
        Key of `load_models`.
    function : callable
        Takes the parameters by name, scalars or arrays alike.
    parameters : dict of str to Parameter
        In the order of the file.
    unit : str
        Unit of the result.
    observation : str or None
        Reported figure that the result stands beside.
    """

    name: str
    function: Callable[..., Any]
    parameters: dict[str, Parameter]
    unit: str
    observation: str | None


@functools.cache
def _models() -> dict[str, Model]:
    declared = load_parameters()
    fields = ["symbol", "unit", "default", "low", "high", "step", "basis"]
    found = {}
    for row in load_models().itertuples():
        module = next(each for each in _SECTIONS if each.__name__.endswith("." + row.section))
        rows = declared[declared["model"] == row.model].set_index("parameter")
        parameters = {
            name: Parameter(name, *values)
            for name, values in zip(
                rows.index, rows[fields].itertuples(index=False, name=None), strict=True
            )
        }
        observation = None if pd.isna(row.observation) else row.observation
        function = getattr(module, row.model)
        found[row.model] = Model(row.model, function, parameters, row.unit, observation)
    return found


def names() -> list[str]:
    """Keys of all models, in the order of `load_models`."""
    return list(_models())


def get(model: str) -> Model:
    """A model by its key.

    Raises
    ------
    KeyError
        If there is none; the message names the nearest keys.
    """
    models = _models()
    if model not in models:
        raise KeyError(f"no model {model!r}; {language.nearest(model, list(models))}")
    return models[model]


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
        If a name is unknown, or a value is no number or outside its range; the message names
        parameter, value and what is allowed.

    Examples
    --------
    >>> float(round(evaluate("crude_turnover", cycle=8, saved=2), 1))
    33.3
    """
    found = get(model)
    _check(found, values)
    result = found.function(**{p.name: p.default for p in found.parameters.values()} | values)
    return result if np.ndim(result) else float(result)


def _check(model: Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name not in model.parameters:
            known = list(model.parameters)
            raise ValueError(
                f"{model.name} has no parameter {name!r}; allowed are {', '.join(known)}"
            )
        parameter = model.parameters[name]
        allowed = f"from {parameter.low:g} to {parameter.high:g} is allowed"
        array = np.asarray(value)
        if array.dtype.kind not in "iuf" or array.size == 0:
            raise ValueError(f"{name} is {value!r}; a number {allowed}")
        low, high = array.min(), array.max()
        # A comparison with NaN is false, so NaN is refused here too.
        if not (low >= parameter.low and high <= parameter.high):
            worst = low if not low >= parameter.low else high
            raise ValueError(f"{name} is {worst:g}; a number {allowed}")


def sweep(model: str, parameter: str, points: int = 101, **values: float) -> pd.DataFrame:
    """Result over the range of one parameter.

    Parameters
    ----------
    model, parameter : str
        Keys of the model and of its parameter.
    points : int
        How many values; whole-number parameters take every whole number instead.
    **values : float
        The other parameters.

    Returns
    -------
    pandas.DataFrame
        Columns `parameter` (in its unit) and `result` (in the model's unit).
    """
    found = get(model)
    if parameter not in found.parameters:
        raise ValueError(
            f"{model} has no parameter {parameter!r}; allowed are {', '.join(found.parameters)}"
        )
    declared = found.parameters[parameter]
    grid = np.linspace(declared.low, declared.high, points)
    if declared.whole and declared.high - declared.low < points:
        grid = np.arange(declared.low, declared.high + 1)
    result = evaluate(model, **values | {parameter: grid})
    return pd.DataFrame({"parameter": grid, "result": np.broadcast_to(result, grid.shape)})


def sensitivity(model: str, **values: float) -> pd.DataFrame:
    """Which parameter matters most: the result at both ends of each range, the others kept.

    Returns
    -------
    pandas.DataFrame
        Columns `parameter`, `low`, `high` (results at the ends of the range) and `swing` (their
        distance), in the model's unit, widest swing first.
    """
    rows = []
    for name, parameter in get(model).parameters.items():
        low, high = (
            evaluate(model, **values | {name: end}) for end in (parameter.low, parameter.high)
        )
        rows.append({"parameter": name, "low": low, "high": high, "swing": abs(high - low)})
    table = pd.DataFrame(rows)
    return table.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def simulate(model: str, draws: int, seed: int, **values: float) -> np.ndarray:
    """Results for parameters drawn evenly within their ranges.

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
    _check(found, values)
    random = np.random.default_rng(seed)
    results = np.empty(draws)
    # A block at a time stays in the processor's cache, so that time grows with the draws alone.
    for start in range(0, draws, _BLOCK):
        size = min(_BLOCK, draws - start)
        drawn = {
            name: values[name] if name in values else _draw(random, parameter, size)
            for name, parameter in found.parameters.items()
        }
        results[start : start + size] = found.function(**drawn)
    return results


_BLOCK = 20_000


def _draw(random: np.random.Generator, parameter: Parameter, size: int) -> np.ndarray:
    """Even draws within the range of a parameter, which therefore need no check."""
    if parameter.whole:
        low, high = int(parameter.low), int(parameter.high)
        return random.integers(low, high, size, endpoint=True)
    return random.uniform(parameter.low, parameter.high, size)


def calibrate(model: str, parameter: str, **values: float) -> float | None:
    """Value of one parameter that makes the model give the reported figure.

    Parameters
    ----------
    model, parameter : str
        Keys of the model and of its parameter.
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
    """
    from scipy.optimize import brentq

    found = get(model)
    if found.observation is None:
        raise ValueError(f"the report prints no figure for the result of {model}")
    target = load_observations().set_index("observation_id").loc[found.observation, "value"]
    curve = sweep(model, parameter, **values)
    miss = curve["result"].to_numpy() - target
    grid = curve["parameter"].to_numpy()
    if (exact := np.flatnonzero(miss == 0)).size:
        return float(grid[exact[0]])
    crossings = np.flatnonzero(np.diff(np.sign(miss)))
    if not crossings.size or found.parameters[parameter].whole:
        return None
    start = crossings[0]
    return float(
        brentq(
            lambda x: evaluate(model, **values | {parameter: x}) - target,
            grid[start],
            grid[start + 1],
        )
    )
