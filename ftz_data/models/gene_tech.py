"""Gene technology: pace to a target, bounds of a share, density of a network."""

from __future__ import annotations

import numpy as np


def three_thousands(target, done, years):
    """Species a year that are needed to reach the target."""
    return np.maximum(target - done, 0) / years


def gene_bank(world, china):
    """China's share of the world's marine genomes from the zone's two shares, in percent."""
    return 100 * world / china


def genomics_consortium(institutions, partners):
    """Cooperations if each institution has k partners: n·k/2."""
    return institutions * partners / 2
