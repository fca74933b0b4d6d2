"""Kernel density on a raster with Gauss's kernel, within a millionth of its highest value.

Points are spread on a grid by a B-spline, the grid is transformed, and the transform is divided by the
spline's and multiplied by the kernel's. The kernel hardly holds any frequency that the grid can't tell from
another, so the spreading is undone.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import fft

from geodata.errors import ParameterError
from geodata.hotspots.density import Raster, checked_points
from geodata.kernels.sorting import sort_into_cells
from geodata.kernels.spreading import ORDER, spread
from geodata.kernels.threads import chunks, over_chunks

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

REACH = 6.0
"""Bandwidths; what lies farther away is left out: less than 2e-8 of the kernel's mass."""

NODES_A_BANDWIDTH = 4.0
"""Nodes of the grid are at most this part of a bandwidth apart: there the spline's error is below 1e-6."""

FINEST = 16
"""A cell is divided into this many nodes a side at most."""

ROWS_A_BAND = 16
BANDS_A_CHUNK = 4


def gaussian_density(
    x: ArrayLike,
    y: ArrayLike,
    raster: Raster,
    *,
    bandwidth_m: float,
    weight: ArrayLike | None = None,
    threads: int | None = None,
) -> NDArray[np.float64]:
    """Return the sum over all points of weight times kernel, in the middle of every cell.

    Parameters
    ----------
    x, y
        Metres in the working CRS, shape ``(n,)``. Points outside the raster count within it as far as
        ``REACH`` bandwidths.
    bandwidth_m
        The kernel's standard deviation.
    weight
        Shape ``(n,)``; None for ones.

    Returns
    -------
    ndarray
        Shape ``(rows, columns)``, never below 0, within 1e-6 of its highest value. The kernel is 1 in its
        middle.

    Raises
    ------
    ParameterError
        ``bandwidth_not_positive``, ``points_not_finite``; ``bandwidth_far_below_cell`` where the
        bandwidth is less than a quarter of a cell, for then the middles of cells miss most of the mass.

    Notes
    -----
    Dutt & Rokhlin 1993, *SIAM Journal on Scientific Computing* 14 (spreading and dividing); the spline in
    its place as in Beylkin 1995, *Applied and Computational Harmonic Analysis* 2.
    """
    points = checked_points(x, y, weight, bandwidth_m=bandwidth_m)
    finer = math.ceil(NODES_A_BANDWIDTH * raster.cell_m / bandwidth_m)
    if finer > FINEST:
        raise ParameterError(
            "bandwidth_far_below_cell",
            f"The bandwidth of {bandwidth_m:g} m is too small for cells of {raster.cell_m:g} m.",
            bandwidth_m=bandwidth_m,
            cell_m=raster.cell_m,
        )
    side = raster.cell_m / finer
    reach = math.ceil(REACH * bandwidth_m / side) + ORDER // 2
    bands = math.ceil((raster.rows * finer + 2 * reach - ORDER) / ROWS_A_BAND)
    length = (
        fft.next_fast_len(bands * ROWS_A_BAND + ORDER, real=False),
        fft.next_fast_len(raster.columns * finer + 2 * reach + 1, real=True),
    )
    grid = _spread(points, raster, reach, side, bands, length, threads)
    spectrum = fft.rfft2(grid)
    spectrum *= _undone(fft.fftfreq(length[0]), bandwidth_m / side)[:, None]
    spectrum *= _undone(fft.rfftfreq(length[1]), bandwidth_m / side)
    surface = fft.irfft2(spectrum, s=length)
    rows = reach + finer * np.arange(raster.rows)
    columns = reach + finer * np.arange(raster.columns)
    return np.asarray(np.maximum(surface[np.ix_(rows, columns)], 0.0))


def _spread(
    points: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    raster: Raster,
    reach: int,
    side: float,
    bands: int,
    length: tuple[int, int],
    threads: int | None,
) -> NDArray[np.float64]:
    """Spread the points on nodes `side` apart, `reach` of which lie before the first cell's middle.

    Band by band from the south, so that the nodes in work stay near the processor.
    """
    edge = ORDER // 2
    # One node less than there are, so that a point that rounding puts on the border has all its nodes.
    width = length[1] - ORDER - 1
    starts = np.zeros(bands + 1, dtype=np.int64)
    ordered = np.empty((len(points[0]), 3))
    sort_into_cells(
        *points,
        raster.west + raster.cell_m / 2 - (reach - edge) * side,
        raster.south + raster.cell_m / 2 - (reach - edge) * side,
        width * side,
        ROWS_A_BAND * side,
        side,
        bands,
        1,
        starts,
        ordered,
    )

    def part(first: int, last: int) -> NDArray[np.float64]:
        grid = np.zeros(((last - first) * ROWS_A_BAND + ORDER + 1, length[1]))
        for band in range(first, last):
            north = (band - first + 0.5) * ROWS_A_BAND + edge
            spread(ordered, starts[band], starts[band + 1], width / 2 + edge, north, grid)
        return grid

    grid = np.zeros((length[0] + 1, length[1]))
    parts = over_chunks(part, bands, size=BANDS_A_CHUNK, threads=threads)
    for (first, last), one in zip(chunks(bands, size=BANDS_A_CHUNK), parts, strict=True):
        grid[first * ROWS_A_BAND : last * ROWS_A_BAND + ORDER + 1] += one
    return grid[:-1]


def _undone(frequency: NDArray[np.float64], bandwidth: float) -> NDArray[np.float64]:
    """Return the transform of the kernel over that of the spline, at cycles a node."""
    gauss = math.sqrt(2 * math.pi) * bandwidth * np.exp(-2 * (math.pi * bandwidth * frequency) ** 2)
    return np.asarray(gauss / np.sinc(frequency) ** ORDER)
