"""Events along the links of a network: sorted, and summed so that many cost as much as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

POWERS = 6
"""Sums of the powers 0 to 5: the mass of a quartic kernel is a polynomial of degree 5."""


@kernel("int64[::1](in int64[::1], in float64[::1], int64[::1])")
def sort_along(
    link: NDArray[np.int64], along: NDArray[np.float64], starts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the events link by link, those of one link from its first vertex on.

    Parameters
    ----------
    link, along
        The link of each event, and how far along it, shape ``(events,)``.
    starts
        Filled: where each link's events begin, shape ``(links + 1,)``; zeros when given.
    """
    for i in range(len(link)):
        starts[link[i] + 1] += 1
    for one in range(len(starts) - 1):
        starts[one + 1] += starts[one]
    free = starts[:-1].copy()
    order = np.empty(len(link), dtype=np.int64)
    for i in range(len(link)):
        order[free[link[i]]] = i
        free[link[i]] += 1
    for one in range(len(starts) - 1):
        mine = order[starts[one] : starts[one + 1]]
        if len(mine) > 1:
            mine[:] = mine[np.argsort(along[mine], kind="mergesort")]
    return order


@kernel("void(int64[::1], float64[::1], float64[::1], float64[::1], float64[:, ::1], float64[:, :, ::1])")
def sum_powers(
    starts: NDArray[np.int64],
    along: NDArray[np.float64],
    weight: NDArray[np.float64],
    length: NDArray[np.float64],
    away: NDArray[np.float64],
    sums: NDArray[np.float64],
) -> None:
    """Sum the powers of the distances from either end of each link to its events, the nearest first.

    Parameters
    ----------
    starts, along, weight
        Events as `sort_along` orders them, shape ``(events,)``.
    length
        Of each link, shape ``(links,)``.
    away
        Filled: distances from the first end and from the last, ascending, shape ``(2, events)``.
    sums
        Filled: at ``[side, starts[link] + link + k]`` the sums over the nearest k events of the link,
        shape ``(2, events + links, POWERS)``.
    """
    for one in range(len(length)):
        low, high = starts[one], starts[one + 1]
        for side in range(2):
            row = low + one
            sums[side, row, :] = 0.0
            for k in range(high - low):
                at = low + k if side == 0 else high - 1 - k
                far = along[at] if side == 0 else length[one] - along[at]
                far = max(far, 0.0)
                away[side, low + k] = far
                power = weight[at]
                for p in range(POWERS):
                    sums[side, row + k + 1, p] = sums[side, row + k, p] + power
                    power *= far


@kernel("int64(float64[::1], int64, int64, float64)")
def nearer(away: NDArray[np.float64], low: int, high: int, limit: float) -> int:
    """Return how many of the ascending ``away[low:high]`` are below a limit."""
    begin, end = low, high
    if end > begin and away[end - 1] < limit:
        return end - low
    while begin < end:
        middle = (begin + end) >> 1
        if away[middle] < limit:
            begin = middle + 1
        else:
            end = middle
    return begin - low
