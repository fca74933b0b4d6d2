"""Loops of the exact density with finite support: what a cell's points sum to, and the ring at the edge.

`geodata.hotspots.density` says how the two make a surface.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray


@kernel("void(float64[:, ::1], int64[::1], float64[:, :, ::1])", exact=False)
def moments(points: NDArray[np.float64], starts: NDArray[np.int64], images: NDArray[np.float64]) -> None:
    """Sum what a kernel's polynomial asks of the points of each cell.

    Parameters
    ----------
    points, starts
        As `sorting.sort_into_cells` gives them; the offset is (u, v), and q = u² + v².
    images
        Filled from its first row and column on, shape ``(4, ., .)`` with the sums of 1, u, v and q, or
        ``(9, ., .)`` with those of 1, u, v, u², v², uv, uq, vq and q²; each times the weight. Its rows and
        columns beyond the cells stay as they are.
    """
    many = images.shape[0] > 4
    columns = images.shape[2]
    rows = (len(starts) - 1) // columns
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            for i in range(starts[here], starts[here + 1]):
                u, v, w = points[i, 0], points[i, 1], points[i, 2]
                q = u * u + v * v
                images[0, row, column] += w
                images[1, row, column] += w * u
                images[2, row, column] += w * v
                if many:
                    images[3, row, column] += w * u * u
                    images[4, row, column] += w * v * v
                    images[5, row, column] += w * u * v
                    images[6, row, column] += w * u * q
                    images[7, row, column] += w * v * q
                    images[8, row, column] += w * q * q
                else:
                    images[3, row, column] += w * q


@kernel(
    "void(float64[:, ::1], int64[::1], int64, int64, int64, float64[:, ::1], int64[:, ::1], int64, int64,"
    " int64, float64[:, ::1])",
    exact=False,
)
def add_ring(  # noqa: PLR0913, PLR0917  a compiled loop takes what it needs one by one
    points: NDArray[np.float64],
    starts: NDArray[np.int64],
    columns: int,
    first: int,
    last: int,
    offsets: NDArray[np.float64],
    runs: NDArray[np.int64],
    reach_rows: int,
    reach_columns: int,
    power: int,
    out: NDArray[np.float64],
) -> None:
    """Add every point, itself, to the cells that only some of its own cell's points may reach.

    Parameters
    ----------
    columns, first, last
        Cells in a row; the rows of cells whose points are added, ``range(first, last)``.
    offsets
        Cells of the ring seen from a point's cell: east, north and 1 − east² − north², over the bandwidth,
        shape ``(3, ring)``, row by row.
    runs
        The same cells as runs along a row: row, first column, number, shape ``(runs, 3)``.
    reach_rows, reach_columns
        The ring's widest offsets in cells.
    power
        1 for Epanechnikov's kernel and 2 for the quartic.
    out
        Added to, shape ``(last - first + 2 * reach_rows, columns + 2 * reach_columns)``: the rows and
        columns round those of the points.
    """
    ring = offsets.shape[1]
    east, north, rest = offsets[0], offsets[1], offsets[2]
    held = np.empty(ring)
    for row in range(first, last):
        for column in range(columns):
            here = row * columns + column
            if starts[here] == starts[here + 1]:
                continue
            held[:] = 0.0
            for i in range(starts[here], starts[here + 1]):
                u, v, w = points[i, 0], points[i, 1], points[i, 2]
                q = u * u + v * v
                if power == 1:
                    for k in range(ring):
                        value = rest[k] + 2 * u * east[k] + 2 * v * north[k] - q
                        held[k] += w * (value if value > 0.0 else 0.0)  # noqa: FURB136  max() is not vectorised
                else:
                    for k in range(ring):
                        value = rest[k] + 2 * u * east[k] + 2 * v * north[k] - q
                        value = value if value > 0.0 else 0.0  # noqa: FURB136
                        held[k] += w * value * value
            at = 0
            for run in range(len(runs)):
                line = out[row - first + reach_rows + runs[run, 0]]
                begin = column + reach_columns + runs[run, 1]
                for k in range(runs[run, 2]):
                    line[begin + k] += held[at + k]
                at += runs[run, 2]
