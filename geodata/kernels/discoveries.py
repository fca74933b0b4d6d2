"""Chances adjusted for how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray


@kernel("void(in float64[::1], in float64[::1], int64, float64[::1])")
def adjust(
    p: NDArray[np.float64], ascending: NDArray[np.float64], drawers: int, adjusted: NDArray[np.float64]
) -> None:
    """Fill in the adjusted chances of Benjamini and Hochberg.

    Parameters
    ----------
    p, ascending
        Chances, at least one, all from 0 to 1, and the same in ascending order, shape ``(n,)``.
    drawers
        Into how many equal parts of 0–1 they are laid, so that each is looked for in its part alone. To
        carry an order along while sorting takes four times as long.
    adjusted
        Filled, in the order of `p`, shape ``(n,)``.
    """
    number = len(p)
    by_rank = np.empty(number)
    first = np.full(drawers + 2, number, dtype=np.int64)
    lowest = 1.0
    for rank in range(number, 0, -1):
        lowest = min(lowest, ascending[rank - 1] * number / rank)
        by_rank[rank - 1] = lowest
        first[int(ascending[rank - 1] * drawers)] = rank - 1
    for drawer in range(drawers, -1, -1):
        first[drawer] = min(first[drawer], first[drawer + 1])
    for i in range(number):
        drawer = int(p[i] * drawers)
        low, high = first[drawer], first[drawer + 1] - 1
        while by_rank[low] != by_rank[high]:
            middle = (low + high) // 2
            if ascending[middle] < p[i]:
                low = middle + 1
            else:
                high = middle
        adjusted[i] = by_rank[low]
