"""Sorted rows counted by cell, a slice at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.kernels.compiling import kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@kernel("int64(in int64[::1], in uint16[::1], boolean[::1], int64, int64, int64[:, ::1])")
def slices(
    starts: NDArray[np.int64],
    day: NDArray[np.uint16],
    chosen: NDArray[np.bool_],
    first_day: int,
    last_day: int,
    bounds: NDArray[np.int64],
) -> int:
    """Find the rows of the chosen blocks whose day lies in the period; return how many they are.

    Parameters
    ----------
    starts, day
        Where each block begins, shape ``(blocks + 1,)``, and the day of every row, ascending in a block.
    chosen
        Which blocks, shape ``(blocks,)``.
    first_day, last_day
        Both inside the period.
    bounds
        Filled: first row and the row after the last of each block, shape ``(blocks, 2)``; the same twice
        where it has none.
    """
    rows = 0
    for block in range(len(chosen)):
        low, high = starts[block], starts[block + 1]
        end = high if chosen[block] else low
        while low < end:
            middle = (low + end) // 2
            if day[middle] < first_day:
                low = middle + 1
            else:
                end = middle
        bounds[block, 0] = low
        end = high if chosen[block] else low
        while low < end:
            middle = (low + end) // 2
            if day[middle] <= last_day:
                low = middle + 1
            else:
                end = middle
        bounds[block, 1] = low
        rows += low - bounds[block, 0]
    return rows


@kernel("void(in int64[::1], in int32[::1], int64[:, ::1], boolean, int32[::1])")
def count_by_cell(
    starts: NDArray[np.int64],
    cell: NDArray[np.int32],
    bounds: NDArray[np.int64],
    others: bool,  # noqa: FBT001  a compiled loop takes what it needs by position
    counts: NDArray[np.int32],
) -> None:
    """Count the rows that `slices` found in their cells, or take all others out of the counts.

    Parameters
    ----------
    starts, bounds
        As `slices` takes and fills them.
    cell
        The cell of every row.
    others
        Whether the rows that were not found are taken away, and those that were left alone.
    counts
        Changed, shape ``(cells,)``.
    """
    for block in range(len(bounds)):
        low, high = bounds[block]
        if others:
            for row in range(starts[block], low):
                counts[cell[row]] -= 1
            for row in range(high, starts[block + 1]):
                counts[cell[row]] -= 1
        else:
            for row in range(low, high):
                counts[cell[row]] += 1
