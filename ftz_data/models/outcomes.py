"""Outcomes: growth back to a base."""

from __future__ import annotations


def gross_ocean_product(value, growth, years):
    """Value some years before, G/(1 + g)ⁿ."""
    return value / (1 + growth / 100) ** years


def port_2024(cargo, growth, years):
    """Cargo throughput some years later at a steady growth, C (1 + g)ⁿ."""
    return cargo * (1 + growth / 100) ** years
