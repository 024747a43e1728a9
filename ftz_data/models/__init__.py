"""Teaching models: one small mechanism for each system, with every assumption declared.

A model is one function of numbers; its parameters stand in `data/parameters.csv`, each with
symbol, unit, default, range, and the basis of the default: reported, published elsewhere, derived
from the report, or assumed with a reason. Beside its result it may have parts: steps in days, items
of cost, shares, and what passes between parties, before and after (see `parts`), or a path through
time (see `path`).
"""

from .declared import Model, Parameter, get, names
from .made import parts, path
from .running import calibrate, doubt, evaluate, sensitivity, simulate, sweep

__all__ = [
    "Model",
    "Parameter",
    "calibrate",
    "doubt",
    "evaluate",
    "get",
    "names",
    "parts",
    "path",
    "sensitivity",
    "simulate",
    "sweep",
]
