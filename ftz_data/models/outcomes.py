"""Outcomes: growth back to a base, and on to the next place."""

from __future__ import annotations

import numpy as np

from .parts import chain, single
from .paths import Path, Point, marked


def port_2024(cargo, ahead, growth, growth_ahead):
    """Years until a port reaches the one ahead of it, ln(C₂/C₁)/ln((1 + g₁)/(1 + g₂))."""
    return np.log(ahead / cargo) / np.log((100 + growth) / (100 + growth_ahead))


def port_2024_parts(cargo, ahead, growth, growth_ahead):
    """Tonnes of both ports in 2024."""
    return [single("now", "cargo", cargo), single("now", "ahead", ahead)]


def port_2024_path(cargo, ahead, growth, growth_ahead):
    """Both ports year by year until the one behind has caught up."""
    years = float(port_2024(cargo, ahead, growth, growth_ahead))
    level = cargo * (1 + growth / 100) ** years
    # A whole number of steps, so that the lines meet where they are said to.
    steps = np.linspace(0, years, 9)[1:-1]
    points = []
    lines = (("port_ahead", "ahead", ahead, growth_ahead), ("port_own", "cargo", cargo, growth))
    for name, parameter, value, rate in lines:
        points += marked(name, 2024.0, value, name, parameter)
        points += [Point(2024 + t, value * (1 + rate / 100) ** t, series=name) for t in steps]
        points += [Point(2024 + years, level, series=name)]
    return Path("calendar", "t", [*points, Point(2024 + years, level, "point", "caught_up")])


def gross_ocean_product(value, growth, prices, years):
    """Value some years before at the prices of that year, G/((1 + g)(1 + d))ⁿ."""
    return value / ((1 + growth / 100) * (1 + prices / 100)) ** years


def gross_ocean_product_parts(value, growth, prices, years):
    """The base, what growth at constant prices adds, and what prices add."""
    base = value / ((1 + growth / 100) * (1 + prices / 100)) ** years
    grown = base * (1 + growth / 100) ** years
    return chain("after", base=base, volume=grown - base, prices=value - grown)


def gross_ocean_product_path(value, growth, prices, years):
    """From the base year by year to the value of 2024."""
    rate = (1 + growth / 100) * (1 + prices / 100)
    back = [Point(2024 - n, value / rate**n) for n in range(int(years) - 1, 0, -1)]
    base = gross_ocean_product(value, growth, prices, years)
    return Path("calendar", "CNY", [*marked("base", 2024 - years, base), *back, Point(2024, value)])
