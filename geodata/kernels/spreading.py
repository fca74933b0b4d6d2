"""Points spread on a grid by a smooth bump that a Fourier transform undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.kernels.compiling import kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ORDER = 6
"""Nodes that a point is spread over in each direction: a B-spline of degree 5."""


@kernel("UniTuple(float64, 6)(float64)", exact=False)
def spline(part: float) -> tuple[float, float, float, float, float, float]:
    """Return what the six nodes round a point get, which lies `part` past the third; they sum to one.

    Notes
    -----
    The cardinal B-spline of degree 5, piece by piece, in Horner's form.
    """
    rest = 1 - part
    return (
        rest**5 / 120,
        (1 + rest * (5 + rest * (10 + rest * (10 + rest * (5 - 5 * rest))))) / 120,
        (26 + rest * (50 + rest * (20 + rest * (-20 + rest * (-20 + 10 * rest))))) / 120,
        (26 + part * (50 + part * (20 + part * (-20 + part * (-20 + 10 * part))))) / 120,
        (1 + part * (5 + part * (10 + part * (10 + part * (5 - 5 * part))))) / 120,
        part**5 / 120,
    )


@kernel("void(float64[:, ::1], int64, int64, float64, float64, float64[:, ::1])", exact=False)
def spread(
    points: NDArray[np.float64], first: int, last: int, east: float, north: float, grid: NDArray[np.float64]
) -> None:
    """Add the points ``range(first, last)`` to the nodes round them.

    Parameters
    ----------
    points
        East, north (in nodes) and weight, shape ``(n, 3)``.
    east, north
        What is added to them so that node (0, 0) is the origin.
    grid
        Added to, shape ``(rows, columns)``: at least two nodes before each point, and three after.
    """
    for i in range(first, last):
        column, row = points[i, 0] + east, points[i, 1] + north
        begin, bottom = int(column) - 2, int(row) - 2
        a, b, c, d, e, f = spline(column - int(column))
        for k, share in enumerate(spline(row - int(row))):
            held = points[i, 2] * share
            grid[bottom + k, begin] += held * a
            grid[bottom + k, begin + 1] += held * b
            grid[bottom + k, begin + 2] += held * c
            grid[bottom + k, begin + 3] += held * d
            grid[bottom + k, begin + 4] += held * e
            grid[bottom + k, begin + 5] += held * f
