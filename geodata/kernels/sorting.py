"""Points put in the order of the cells they lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray


@kernel(
    "void(in float64[::1], in float64[::1], in float64[::1], float64, float64, float64, float64, float64,"
    " float64, int64, int64, int64[::1], float64[:, ::1])"
)
def sort_into_cells(  # noqa: PLR0913, PLR0917  a compiled loop takes what it needs one by one
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    weight: NDArray[np.float64],
    west: float,
    south: float,
    width: float,
    height: float,
    scale_east: float,
    scale_north: float,
    rows: int,
    columns: int,
    starts: NDArray[np.int64],
    points: NDArray[np.float64],
) -> None:
    """Put points in the order of their cells, row by row, those of one cell in their own order.

    Parameters
    ----------
    west, south, width, height
        Where the cells begin, and how large one is.
    scale_east, scale_north
        What offsets are divided by.
    starts
        Filled: where each cell's points begin, shape ``(rows * columns + 1,)``; zeros when given.
    points
        Filled: offset east and north of the cell's middle over their scales, and weight, shape ``(n, 3)``.
        What lies outside the cells is left out; ``starts[-1]`` says how many do not.
    """
    number = len(x)
    a_width, a_height = 1 / width, 1 / height
    cell = np.empty(number, dtype=np.int32)
    for i in range(number):
        column, row = np.floor((x[i] - west) * a_width), np.floor((y[i] - south) * a_height)
        if 0 <= column < columns and 0 <= row < rows:
            here = int(row) * columns + int(column)
            cell[i] = here
            starts[here + 1] += 1
        else:
            cell[i] = -1
    for here in range(rows * columns):
        starts[here + 1] += starts[here]
    free = starts[:-1].copy()
    per_east, per_north = 1 / scale_east, 1 / scale_north
    for i in range(number):
        here = cell[i]
        if here >= 0:
            at = free[here]
            free[here] = at + 1
            column, row = np.floor((x[i] - west) * a_width), np.floor((y[i] - south) * a_height)
            points[at, 0] = (x[i] - west - (column + 0.5) * width) * per_east
            points[at, 1] = (y[i] - south - (row + 0.5) * height) * per_north
            points[at, 2] = weight[i]
