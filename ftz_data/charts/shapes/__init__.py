"""From a model at some values to the rows of a picture: one function a shape, none knows a system.

Each takes a `Draft` and returns rows and titles of axes; what the reading may name, it adds to the
draft.
"""

from __future__ import annotations

from collections.abc import Callable

from ..draft import Draft, Row
from . import amounts, lines, times

Shaped = tuple[list[Row], dict[str, object]]

# By name of the shape: the kind of picture that draws it, and the function that makes its rows.
SHAPES: dict[str, tuple[str, Callable[[Draft], Shaped]]] = {
    "steps": ("steps", times.steps),
    "path": ("path", times.path),
    "curve": ("curve", lines.curve),
    "crossing": ("curve", lines.crossing),
    "map": ("map", lines.map_),
    "doubt": ("doubt", lines.doubt),
    "bridge": ("bridge", amounts.bridge),
    "nest": ("nest", amounts.nest),
    "share": ("nest", amounts.share),
    "area": ("nest", amounts.area),
    "flow": ("flow", amounts.flow),
    "ranking": ("dots", amounts.ranking),
}
