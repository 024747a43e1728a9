"""Logistics: sharing space, filling containers, choosing a way, working in parallel."""

from __future__ import annotations

import numpy as np


def classified_supervision(users, mean, deviation, safety):
    """What shared stock saves: dedicated space over pooled space, less one, in percent.

    Dedicated Σ(μ + zσ) against pooled Σμ + z√Σσ² for n equal users (Eppen 1979).
    """
    dedicated = users * (mean + safety * deviation)
    pooled = users * mean + safety * deviation * np.sqrt(users)
    return 100 * (dedicated / pooled - 1)


def transit_consolidation(volume, rate, fee, container_cost, container_volume, fill):
    """Saving a consignment: sent on its own as a part load, against a share of a full container."""
    return volume * rate + fee - container_cost * volume / (container_volume * fill)


def zone_customs_port(capacity, exchange):
    """Containers a vessel call: capacity times the share that is exchanged."""
    return capacity * exchange / 100


def smart_water_transit(distance, lorry_fixed, lorry_km, barge_fixed, dwell, dwell_cost):
    """Saving a container moved between berths by water instead of by road."""
    return lorry_fixed + lorry_km * distance - (barge_fixed + dwell * dwell_cost)


def seaborne_consolidation(
    distance, lorry_fixed, lorry_km, feeder_fixed, feeder_km, dwell, dwell_cost
):
    """Saving a container brought to the port by feeder instead of by lorry."""
    by_road = lorry_fixed + lorry_km * distance
    return by_road - (feeder_fixed + feeder_km * distance + dwell * dwell_cost)


def shipping_approval(first, second, third):
    """Change in days: departments at the same time instead of one after another."""
    return np.maximum(np.maximum(first, second), third) - (first + second + third)


def ship_supplies(declarations, minutes, wage, paper):
    """Saving a year: time and paper of each declaration."""
    return declarations * (minutes / 60 * wage + paper)
