"""Waiting in line: Erlang's formula, which the customs model needs.

Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory, chapter on M/M/c.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def erlang_c(servers: ArrayLike, load: ArrayLike) -> NDArray[np.float64]:
    """Probability that an arrival has to wait in an M/M/c queue.

    C(c, a) = B / (1 − ρ (1 − B)) with ρ = a/c and Erlang's loss B(c, a), which follows from
    B(0, a) = 1 and B(k, a) = a B(k−1, a) / (k + a B(k−1, a)).

    Parameters
    ----------
    servers : array_like of int
        Number of servers c, at least 1.
    load : array_like of float
        Offered load a = λ/μ, in servers; at least 0 and below c.

    Returns
    -------
    numpy.ndarray of float
        Probability, 0 to 1.

    Raises
    ------
    ValueError
        If the load reaches the number of servers: the line would grow without end.

    Examples
    --------
    >>> round(float(erlang_c(1, 0.5)), 3)
    0.5
    """
    servers, load = np.broadcast_arrays(np.asarray(servers), np.asarray(load, float))
    full = load / servers
    if np.any(full >= 1):
        worst = np.max(full)
        raise ValueError(
            f"utilisation is {worst:.4g}; below 1 is allowed: fewer arrivals, shorter service "
            "or more servers"
        )
    blocked = np.ones_like(load)
    for k in range(1, int(servers.max()) + 1):
        step = load * blocked
        blocked = np.where(servers >= k, step / (k + step), blocked)
    return blocked / (1 - full * (1 - blocked))


def wait(
    servers: ArrayLike, arrivals: ArrayLike, service: ArrayLike, variation: ArrayLike
) -> NDArray[np.float64]:
    """Mean wait in an M/G/c queue, approximated by Erlang C times (1 + C²)/2.

    Parameters
    ----------
    servers : array_like of int
        Number of servers.
    arrivals : array_like of float
        Arrivals per unit of time.
    service : array_like of float
        Mean service time, in the same unit of time.
    variation : array_like of float
        Squared coefficient of variation of the service time; 1 is M/M/c, 0 constant service.

    Returns
    -------
    numpy.ndarray of float
        Mean wait in the unit of time; exact for one server and for `variation` 1.
    """
    servers, arrivals, service = (np.asarray(each, float) for each in (servers, arrivals, service))
    load = arrivals * service
    chance = erlang_c(servers, load)
    return chance * service / (servers - load) * (1 + np.asarray(variation, float)) / 2
