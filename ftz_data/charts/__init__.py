"""Pictures and tables of the report, which say in words what they show.

A function takes keys of the tables and returns a `Chart`, a question with its answer and picture,
or a `Table`. Both are made from rows alone, each with its bounds and its basis, and show themselves
in Jupyter in the page's language; their words are what is compared in tests.

Bounds are drawn as bounds: an interval as an interval, an open end as an arrow, a bound that is
itself not allowed as a hollow end. Pictures of rows of your own, on Axes of your own, are drawn by
the functions of `kinds`.
"""

from ..extras import needs

with needs("charts"):
    from . import kinds as kinds
    from .boards import claims, consistency, coverage, inventory, pipeline, supervision_modes, ties
    from .compared import compared
    from .expected import predicted
    from .kinds import Chart
    from .listed import figures, implied, percentages, ratio, what_if
    from .pictures import doubt, load_pictures, picture

__all__ = [
    "Chart",
    "claims",
    "compared",
    "consistency",
    "coverage",
    "doubt",
    "figures",
    "implied",
    "inventory",
    "load_pictures",
    "percentages",
    "picture",
    "pipeline",
    "predicted",
    "ratio",
    "supervision_modes",
    "ties",
    "what_if",
]
