"""The equal-split density at an event of all others, for several bandwidths at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.compiling import kernel
from geodata.kernels.equal_split import STEPS, walks
from geodata.kernels.link_events import nearer

if TYPE_CHECKING:
    from numpy.typing import NDArray


@kernel("float64(float64[:, :, ::1], int64, int64, float64, float64)")
def height(sums: NDArray[np.float64], side: int, row: int, u: float, narrower: float) -> float:
    """Return the sum of (1 − d²)² at `u` past an end, of the events of a row; d is times `narrower`."""
    m0, m1, m2, m3, m4 = (
        sums[side, row, 0], sums[side, row, 1], sums[side, row, 2], sums[side, row, 3], sums[side, row, 4],
    )  # fmt: skip
    second = m2 + u * (2 * m1 + u * m0)
    fourth = m4 + u * (4 * m3 + u * (6 * m2 + u * (4 * m1 + u * m0)))
    squared = narrower * narrower
    total: float = m0 - 2 * squared * second + squared * squared * fourth
    return total


@kernel(
    "void(int64[::1], int64, int64, int64[::1], int64[::1], int64[::1], int64[::1], float64[::1],"
    " int64[::1], int64[::1], float64[::1], float64[::1], float64[:, ::1], float64[:, :, ::1], float64[::1],"
    " boolean, float64[:, ::1])"
)
def left_out(  # noqa: C901, PLR0913, PLR0917  a compiled loop takes what it needs one by one
    chosen: NDArray[np.int64],
    first: int,
    last: int,
    node: NDArray[np.int64],
    at_node: NDArray[np.int64],
    ends: NDArray[np.int64],
    steps: NDArray[np.int64],
    length: NDArray[np.float64],
    starts: NDArray[np.int64],
    link: NDArray[np.int64],
    along: NDArray[np.float64],
    weight: NDArray[np.float64],
    away: NDArray[np.float64],
    sums: NDArray[np.float64],
    narrower: NDArray[np.float64],
    continuous: bool,  # noqa: FBT001  numba takes no keyword
    density: NDArray[np.float64],
) -> None:
    """Fill the density at the events ``chosen[first:last]`` that all but the event itself make.

    Parameters
    ----------
    chosen
        Positions of events in the order of their links.
    narrower
        How many times narrower each bandwidth is than the widest, by which lengths are measured.
    density
        Filled: events in a widest bandwidth of street, shape ``(chosen, bandwidths)``.
    """
    links = len(length)
    waiting, waiting_share = np.empty(256, dtype=np.int64), np.empty(256)
    found, found_share = np.empty(256, dtype=np.int64), np.empty(256)
    for row in range(first, last):
        i = chosen[row]
        own = link[i]
        density[row, :] = 0.0
        for j in range(starts[own], starts[own + 1]):
            if j != i:
                for c in range(len(narrower)):
                    d = narrower[c] * (along[j] - along[i])
                    density[row, c] += weight[j] * max(0.0, 1.0 - d * d) ** 2
        for side in range(2):
            t = along[i] if side == 0 else max(length[own] - along[i], 0.0)
            many, waiting, waiting_share, found, found_share = walks(
                own + side * links, node, at_node, ends, steps, continuous,
                waiting, waiting_share, found, found_share,
            )  # fmt: skip
            for k in range(many):
                entered = found[k] % (2 * links)
                source, by = entered % links, entered // links
                u = found[k] // (2 * links) / STEPS + t
                low, high = starts[source], starts[source + 1]
                for c in range(len(narrower)):
                    held = nearer(away[by], low, high, 1.0 / narrower[c] - u)
                    if held == 0:
                        continue
                    value = height(sums, by, low + source + held, u, narrower[c])
                    if source == own:
                        mine = along[i] if by == 0 else max(length[own] - along[i], 0.0)
                        d = narrower[c] * (mine + u)
                        if mine < 1.0 / narrower[c] - u:
                            value -= weight[i] * (1.0 - d * d) ** 2
                    density[row, c] += found_share[k] * value
        for c in range(len(narrower)):
            density[row, c] *= 15.0 / 16.0 * narrower[c]
