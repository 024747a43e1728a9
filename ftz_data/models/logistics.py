"""Logistics: sharing space, filling containers, choosing a way, working in parallel."""

from __future__ import annotations

import numpy as np

from .parts import Part, chain, single


def classified_supervision(users, mean, deviation, safety, correlation):
    """Gain in use of space from sharing: dedicated space over pooled, less one, in percent.

    Dedicated Σ(μ + zσ) against pooled Σμ + zσ√(n(1 + (n − 1)ρ)) for n equal users (Eppen 1979).
    """
    dedicated = users * (mean + safety * deviation)
    return 100 * (dedicated / (users * mean + _pooled(users, deviation, safety, correlation)) - 1)


def classified_supervision_parts(users, mean, deviation, safety, correlation):
    """Space for the mean stock stays; room for the peaks is shared."""
    pooled = _pooled(users, deviation, safety, correlation)
    apart = chain("before", mean=users * mean, peaks=users * safety * deviation)
    return apart + chain("after", mean=users * mean, peaks=float(pooled))


def _pooled(users, deviation, safety, correlation):
    """Room for the peaks of all users together."""
    return safety * deviation * np.sqrt(users * (1 + (users - 1) * correlation))


def transit_consolidation(
    volume, rate, fee, container_cost, container_volume, fill, inflow, waiting_cost
):
    """Saving per consignment: sent on its own as a part load, or in a container filled with others.

    The container is filled to u of its volume V by cargo that comes in at q a day, so that a
    consignment waits u·V/(2q) days in the mean: import, export and transit cargo that may be mixed
    raise q.
    """
    share = container_cost * volume / (container_volume * fill)
    return volume * rate + fee - share - waiting_cost * container_volume * fill / (2 * inflow)


def transit_consolidation_parts(
    volume, rate, fee, container_cost, container_volume, fill, inflow, waiting_cost
):
    """What a part load costs, and what a share of a full container does."""
    return chain("before", rate=volume * rate, fee=fee) + chain(
        "after",
        share=container_cost * volume / (container_volume * fill),
        waiting=waiting_cost * container_volume * fill / (2 * inflow),
    )


def zone_customs_port(containers, bodies, minutes, again_before, again_after):
    """Hours of declaring saved per vessel: one entry for all bodies in place of one for each.

    n·m/60·(b(1 + p₀) − (1 + p₁)), where p is the share of entries that are made once more.
    """
    before = bodies * (1 + again_before / 100)
    return containers * minutes / 60 * (before - (1 + again_after / 100))


def zone_customs_port_parts(containers, bodies, minutes, again_before, again_after):
    """Entries per vessel: an agent declares to each body, or once to all."""
    return [
        single("before", "entries_before", containers * (1 + again_before / 100), count=bodies),
        single("after", "entries_after", containers * (1 + again_after / 100)),
    ]


def smart_water_transit(
    distance, lorry_fixed, lorry_km, barge_fixed, dwell, dwell_cost, again, again_cost
):
    """Saving per container moved by water instead of by road between parts of the port.

    The box waits w days, and with a chance of p it is declared again or misses its vessel.
    """
    by_water = barge_fixed + dwell * dwell_cost + again / 100 * again_cost
    return lorry_fixed + lorry_km * distance - by_water


def smart_water_transit_parts(
    distance, lorry_fixed, lorry_km, barge_fixed, dwell, dwell_cost, again, again_cost
):
    """What a container costs by road and by water."""
    return chain("before", lorry_fixed=lorry_fixed, lorry_km=lorry_km * distance) + chain(
        "after", barge=barge_fixed, waiting=dwell * dwell_cost, again=again / 100 * again_cost
    )


def seaborne_consolidation(
    distance, lorry_fixed, lorry_km, feeder_fixed, feeder_km, dwell, dwell_cost
):
    """Saving per container brought to the port by feeder instead of by lorry."""
    by_road = lorry_fixed + lorry_km * distance
    return by_road - (feeder_fixed + feeder_km * distance + dwell * dwell_cost)


def seaborne_consolidation_parts(
    distance, lorry_fixed, lorry_km, feeder_fixed, feeder_km, dwell, dwell_cost
):
    """What a container costs by road and by sea."""
    return chain("before", lorry_fixed=lorry_fixed, lorry_km=lorry_km * distance) + chain(
        "after",
        feeder_fixed=feeder_fixed,
        feeder_km=feeder_km * distance,
        waiting=dwell * dwell_cost,
    )


def shipping_approval(first, second, third, dependent):
    """Change in days: departments at the same time instead of one after another.

    The third starts once a share d of the first is done: max(t₁, t₂, d·t₁ + t₃) − Σt.
    """
    after = np.maximum(np.maximum(first, second), dependent / 100 * first + third)
    return after - (first + second + third)


def shipping_approval_parts(first, second, third, dependent):
    """One after another, and side by side as far as one does not need another's paper."""
    start = dependent / 100 * first
    return [
        *chain("before", first=first, second=second, third=third),
        single("after", "first", first),
        single("after", "second", second),
        Part("after", "third", start, start + third),
    ]


def ship_supplies(documents, trips, minutes, wage, paper):
    """Saving per year: the trips and the paper of each document, n (r·m/60·w + k)."""
    return documents * (trips * minutes / 60 * wage + paper)


def ship_supplies_parts(documents, trips, minutes, wage, paper):
    """Time on the way, and paper."""
    return chain("after", time=documents * trips * minutes / 60 * wage, paper=documents * paper)
