"""How much lies round a spot: what is counted on stretches, smoothed over the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELLS = 6
"""Cells of the grid to one bandwidth: finer ones change nothing."""

MOST_CELLS = 4_000_000
"""A ground so wide that it would take more cells is laid on larger ones."""

REACH = 4.0
"""Bandwidths at which the kernel ends."""


def smoothed(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    values: NDArray[np.float64],
    *,
    bandwidth_m: float,
    at: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
) -> NDArray[np.float64]:
    """Return the Gaussian density of weighted points.

    Parameters
    ----------
    x, y
        Metres in the working CRS, shape ``(n,)``.
    values
        What each carries, shape ``(n,)``.
    bandwidth_m
        Standard deviation of the kernel, above zero.
    at
        Where the density is asked for, x and y, shape ``(m,)``; None asks at the points themselves.

    Returns
    -------
    ndarray
        Per square metre, shape ``(m,)``; a point's own value is within.
    """
    asked_x, asked_y = (x, y) if at is None else at
    if not len(x) or not len(asked_x):
        return np.zeros(len(asked_x))
    west, south = min(x.min(), asked_x.min()), min(y.min(), asked_y.min())
    wide, high = max(x.max(), asked_x.max()) - west, max(y.max(), asked_y.max()) - south
    extent = (wide + bandwidth_m) * (high + bandwidth_m)
    side = max(bandwidth_m / CELLS, float(np.sqrt(extent / MOST_CELLS)))
    grid = np.zeros((int(high / side) + 2, int(wide / side) + 2))
    column, row = (x - west) / side, (y - south) / side
    low_row, low_column = row.astype(np.int64), column.astype(np.int64)
    up, right = row - low_row, column - low_column
    # Each point is shared by the four corners of the grid round it, and read back from them likewise.
    for down, share_row in ((0, 1 - up), (1, up)):
        for along, share_column in ((0, 1 - right), (1, right)):
            np.add.at(grid, (low_row + down, low_column + along), values * share_row * share_column)
    dense = gaussian_filter(grid, bandwidth_m / side, mode="constant", truncate=REACH) / side**2
    corners = np.array([(asked_y - south) / side, (asked_x - west) / side])
    return np.asarray(np.maximum(map_coordinates(dense, corners, order=1, mode="nearest"), 0.0))
