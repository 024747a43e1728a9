"""Charts that say in words what they show.

A chart function takes keys of the tables and returns a `Chart`: a table of marks, each with its
bounds and its basis, and the picture drawn from that table alone. The words are the picture's
alternative text in Jupyter, and what the notebook tests compare.

Bounds are drawn as bounds: an interval as an interval, an open end as an arrow, a bound that is
itself not allowed as a hollow end.
"""

from .boards import claims, consistency, coverage, inventory, pipeline, supervision_modes, ties
from .chart import Chart
from .implications import implied, model, sensitivity
from .reported import before_after, figures, ratio, what_if

__all__ = [
    "Chart",
    "before_after",
    "claims",
    "consistency",
    "coverage",
    "figures",
    "implied",
    "inventory",
    "model",
    "pipeline",
    "ratio",
    "sensitivity",
    "supervision_modes",
    "ties",
    "what_if",
]
