"""Gene technology: pace to a target, bounds of a share, density of a network."""

from __future__ import annotations

from .parts import chain, single
from .paths import Path, marked


def three_thousands(target, earlier, done, between):
    """Years that are left to the target at the pace between two counts."""
    return (target - done) * between / (done - earlier)


def three_thousands_parts(target, earlier, done, between):
    """Done at the first count, done since, and left."""
    return chain("after", earlier=earlier, since=done - earlier, left=target - done)


def three_thousands_path(target, earlier, done, between):
    """From one published count to the next, and at that pace on to the target."""
    left = three_thousands(target, earlier, done, between)
    points = [
        *marked("earlier", -between, earlier, of="earlier"),
        *marked("since", 0.0, done, of="done"),
        *marked("reached", left, target),
    ]
    return Path("years", "{species}", points)


def gene_bank(world, china):
    """China's share of the world's marine genomes from the zone's two shares, in percent."""
    return 100 * world / china


def gene_bank_parts(world, china):
    """The zone within China within the world."""
    return [
        single("after", "world", 100.0),
        single("after", "china", 100 * world / china),
        single("after", "zone", world),
    ]


def genomics_consortium(institutions, projects):
    """Cooperations of a hub with n institutions, p with each: n·p."""
    return institutions * projects


def genomics_consortium_parts(institutions, projects):
    """A star around the hub, and a mesh in which every pair would cooperate once."""
    return [
        single("star", "spoke", projects, count=institutions),
        single("mesh", "pair", 1.0, count=institutions * (institutions - 1) / 2),
    ]
