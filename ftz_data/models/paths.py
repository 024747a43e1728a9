"""A model seen through time: where a quantity comes from, and where it goes.

Next to a model `name` may stand a function `name_path` of the same parameters. It gives numbers
alone; what a point is stands in the code list ``point``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """A point of a path.

    Attributes
    ----------
    period : float
        When, in the unit of time of the path.
    value : float
        NaN for a fan, which has two ends.
    role : {"path", "point", "fan"}
        On the line, marked with its name, or what is left open.
    name : str
        Code of the list ``point``; empty for a point that is not named.
    series : str
        Which line it belongs to, where there are several.
    lower, upper : float
        Ends of a fan.
    of : str
        Parameter whose value it is, so that the point has its basis.
    """

    period: float
    value: float = math.nan
    role: str = "path"
    name: str = ""
    series: str = ""
    lower: float = math.nan
    upper: float = math.nan
    of: str = ""


@dataclass(frozen=True)
class Path:
    """Points in the order of time.

    Attributes
    ----------
    time : {"calendar", "years", "days"}
        Calendar years, years from a count, or days.
    unit : str
        Unit of the values.
    points : list of Point
    """

    time: str
    unit: str
    points: list[Point]


def marked(name: str, period: float, value: float, series: str = "", of: str = "") -> list[Point]:
    """A point on its line that is also named."""
    return [
        Point(period, value, series=series),
        Point(period, value, "point", name, series=series, of=of),
    ]
