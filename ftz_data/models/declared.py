"""Models as they are declared: a function, its parameters, its parts.

The tables of the built-in package declare them, since models are software. A model is put together
at its first use, so that a row that does not fit takes down its own model alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..package import BUILT_IN, Package, unknown
from . import customs, finance, gene_tech, logistics, outcomes, trade
from .parts import Part
from .paths import Path

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

    @property
    def allowed(self) -> str:
        """What is allowed, in words of an error message."""
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} from {self.low:g} to {self.high:g} is allowed"

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
    parts : callable or None
        Takes the parameters by name as numbers, and returns the parts of the model.
    path : callable or None
        Takes the parameters by name as numbers, and returns the path through time.
    parameters : dict of str to Parameter
        In the order of the file.
    unit : str
        Unit of the result.
    observation : str or None
        Reported figure that the result stands beside.
    along : str
        Parameter along which the model is seen.
    """

    name: str
    function: Callable[..., Any]
    parts: Callable[..., list[Part]] | None
    path: Callable[..., Path] | None
    parameters: dict[str, Parameter]
    unit: str
    observation: str | None
    along: str

    def values(self, moved: dict[str, Any]) -> dict[str, Any]:
        """Value of every parameter: those that were moved, and the defaults of the others."""
        return {name: each.default for name, each in self.parameters.items()} | moved


def names() -> list[str]:
    """Keys of all models, in the order of `load_models`."""
    return list(BUILT_IN.rows("models"))


def get(model: str) -> Model:
    """A model by its key.

    Raises
    ------
    KeyError
        If there is none; the message names the nearest keys.
    ValueError
        If its rows do not fit its function; the message names the file.
    """
    kept = BUILT_IN.once(_kept)
    if model not in kept:
        kept[model] = _declared(model, BUILT_IN)
    return kept[model]


def _kept(package: Package) -> dict[str, Model]:
    """Models that have been put together."""
    return {}


def _declared(model: str, package: Package) -> Model:
    if model not in package.rows("models"):
        raise unknown("model", model, package.rows("models"))
    row = package.row("models", model)
    modules = [each for each in _SECTIONS if each.__name__.endswith("." + row.section)]
    function = getattr(modules[0], model, None) if modules else None
    if function is None:
        raise ValueError(
            f"models.csv, row {model!r}: models of section {row.section!r} have no such function"
        )
    rows = [each for key, each in package.rows("parameters").items() if key[0] == model]
    parameters = {each.parameter: _parameter(each) for each in rows}
    code = function.__code__
    taken = code.co_varnames[: code.co_argcount]
    if set(parameters) != set(taken):
        raise ValueError(
            f"parameters.csv: rows of {model!r} are {', '.join(parameters) or 'none'}; "
            f"its function takes {', '.join(taken)}"
        )
    if row.along not in parameters:
        raise ValueError(
            f"models.csv, row {model!r}, column along holds {row.along!r}; "
            f"allowed are {', '.join(parameters)}"
        )
    observation = None if pd.isna(row.observation) else row.observation
    parts = getattr(modules[0], f"{model}_parts", None)
    path = getattr(modules[0], f"{model}_path", None)
    return Model(model, function, parts, path, parameters, row.unit, observation, row.along)


def _parameter(row: Any) -> Parameter:
    if not row.low <= row.default <= row.high:
        raise ValueError(
            f"parameters.csv, row {row.model!r}, {row.parameter!r}: default {row.default:g} is "
            f"outside {row.low:g} to {row.high:g}"
        )
    return Parameter(
        row.parameter,
        row.symbol,
        row.unit,
        row.default,
        row.low,
        row.high,
        row.step,
        row.basis,
    )
