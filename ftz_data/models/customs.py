"""Customs clearance: what waits for what."""

from __future__ import annotations

import numpy as np

from .queues import wait


def crude_release(arrivals, teams, check, variation):
    """Release time after: check on site plus the wait for a team, T₁ = W + s."""
    return wait(teams, arrivals, check, variation) + check


def crude_turnover(cycle, saved):
    """Gain in turnover when each cycle of T days is Δ days shorter, in percent."""
    return 100 * (cycle / (cycle - saved) - 1)


def ore_blending(discharge, stockpile, blend):
    """Change in days: blending while unloading against one step after the other."""
    return np.maximum(discharge, blend) - (discharge + stockpile + blend)


def cotton_weighing(minutes_before, crew_before, minutes_after, crew_after):
    """Change in labour hours a container, in percent."""
    return 100 * (minutes_after * crew_after / (minutes_before * crew_before) - 1)
