"""Customs clearance: what waits for what."""

from __future__ import annotations

import numpy as np

from .parts import Part, chain, single
from .queues import wait


def crude_release(arrivals, teams, check, variation, laboratory):
    """Release time before, T₀ = W + s + t; without the wait for the laboratory it is W + s."""
    return wait(teams, arrivals, check, variation) + check + laboratory


def crude_release_parts(arrivals, teams, check, variation, laboratory):
    """Before, the tanker waits for the laboratory; after, the laboratory holds up nothing."""
    waiting = float(wait(teams, arrivals, check, variation))
    steps = {"waiting": waiting, "check": check, "laboratory": laboratory}
    before, after = chain("before", **steps), chain("after", **steps)
    last = after.pop()
    return [*before, *after, Part("after", last.name, last.start, last.stop, waits=False)]


def crude_turnover(cycle, saved):
    """Gain in turnover when each cycle of T days is Δ days shorter, in percent."""
    return 100 * (cycle / (cycle - saved) - 1)


def crude_turnover_parts(cycle, saved):
    """The days saved fall out of the cycle."""
    return chain("before", rest=cycle - saved, saved=saved) + chain("after", rest=cycle - saved)


def crude_saving(saved, demurrage, exchange, value, rate, berth):
    """Saving per vessel: days saved times what a day costs, S = Δ (x (D + V·r/360) + b)."""
    return saved * (exchange * (demurrage + value * rate / 100 / 360) + berth)


def crude_saving_parts(saved, demurrage, exchange, value, rate, berth):
    """Demurrage, interest on the cargo, and the berth."""
    return chain(
        "after",
        demurrage=saved * exchange * demurrage,
        interest=saved * exchange * value * rate / 100 / 360,
        berth=saved * berth,
    )


def ore_blending(discharge, stockpile, blend):
    """Change in days: blending while unloading against one step after the other."""
    return np.maximum(discharge, blend) - (discharge + stockpile + blend)


def ore_blending_parts(discharge, stockpile, blend):
    """After, nothing is piled up, and two steps run at the same time."""
    before = chain("before", discharge=discharge, stockpile=stockpile, blend=blend)
    after = [single("after", "discharge", discharge), single("after", "blend", blend)]
    return before + after


def cotton_weighing(minutes_before, crew_before, minutes_after, crew_after):
    """Change in labour hours per container, in percent."""
    return 100 * (minutes_after * crew_after / (minutes_before * crew_before) - 1)


def cotton_weighing_parts(minutes_before, crew_before, minutes_after, crew_after):
    """Labour is an area: minutes by people."""
    return [
        single("before", "minutes_before", minutes_before),
        single("before", "crew_before", crew_before),
        single("after", "minutes_after", minutes_after),
        single("after", "crew_after", crew_after),
    ]
