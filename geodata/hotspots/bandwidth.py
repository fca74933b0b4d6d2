"""How wide a kernel: the bandwidth that best foretells what happens in a cell from what happens elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

STEP = 2**0.5
"""Each bandwidth tried is so many times the one before: a finer choice changes no map."""

STEPS_DOWN = 2
"""The search ends when the likelihood has fallen so many times in a row."""


def likeliest_bandwidth(
    others: Callable[[float], NDArray[np.float64]],
    count: NDArray[np.float64],
    *,
    floor_m: float,
    widest_m: float,
) -> float:
    """Return the bandwidth with the highest likelihood of each cell's events, seen from other cells', metres.

    Parameters
    ----------
    others
        Bandwidth → how many events fall on each cell, each spread by its kernel and the cell's own left
        out, shape ``(cells,)``.
    count
        Events by cell, shape ``(cells,)``, at least one in all.
    floor_m, widest_m
        No bandwidth below or above is tried.

    Notes
    -----
    Likelihood cross-validation: Habbema, Hermans & van den Broek 1974; Silverman 1986, 3.4.4; whole cells
    are left out at once, since records that share a point would draw the bandwidth to nothing. One event
    more is spread evenly over all cells, else a single event far from all others would decide alone.
    Silverman's rule of thumb takes a town for one round heap and gives a kilometre or more.
    """
    occupied = np.flatnonzero(count)
    best_m, best, fallen = floor_m, -np.inf, 0
    bandwidth_m = floor_m
    while bandwidth_m <= max(widest_m, floor_m) and fallen < STEPS_DOWN:
        expected = np.maximum(others(bandwidth_m)[occupied], 0.0) + 1 / len(count)
        likelihood = float((count[occupied] * np.log(expected)).sum())
        if likelihood > best:
            best_m, best, fallen = bandwidth_m, likelihood, 0
        else:
            fallen += 1
        bandwidth_m *= STEP
    return best_m
