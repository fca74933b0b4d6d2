"""Sums over a cell and those that touch it, against what chance would put there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.kernels.compiling import kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@kernel(
    "void(in float64[::1], in int32[::1], in int32[::1], float64, in float64[::1], int64, int64,"
    " float64[::1])"
)
def gi_star_z(
    values: NDArray[np.float64],
    indices: NDArray[np.int32],
    starts: NDArray[np.int32],
    mean: float,
    deviation: NDArray[np.float64],
    first: int,
    last: int,
    z: NDArray[np.float64],
) -> None:
    """Fill in the z-score of Gi* for the cells ``range(first, last)``.

    Parameters
    ----------
    values
        One a cell, shape ``(n,)``.
    indices, starts
        Neighbours of each cell and where they begin, as in a sparse matrix by rows.
    mean
        Of all cells.
    deviation
        Standard deviation of the sum by how many cells it is of, the cell itself among them; 0 for a sum
        that is always the same, whose z-score is 0.
    z
        Filled, shape ``(n,)``.
    """
    for i in range(first, last):
        total = values[i]
        for k in range(starts[i], starts[i + 1]):
            total += values[indices[k]]
        weight = 1 + starts[i + 1] - starts[i]
        z[i] = (total - mean * weight) / deviation[weight] if deviation[weight] > 0 else 0.0
