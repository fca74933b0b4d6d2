"""Kernel density on a raster with Gauss's kernel, within a millionth of its highest value.

Points are spread on a grid by a B-spline, the grid is transformed, and the transform is divided by the
spline's and multiplied by the kernel's. The kernel hardly holds any frequency that the grid can't tell from
another, so the spreading is undone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import fft

from geodata.errors import ParameterError
from geodata.hotspots.density import checked_points
from geodata.kernels.sorting import sort_into_cells
from geodata.kernels.spreading import ORDER, spread
from geodata.kernels.threads import chunks, over_chunks

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geodata.hotspots.density import Raster

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
    north = _nodes(raster.south, raster.height_m, raster.rows, bandwidth_m)
    east = _nodes(raster.west, raster.width_m, raster.columns, bandwidth_m)
    grid = _spread(points, north, east, threads=threads)
    spectrum = fft.rfft2(grid)
    spectrum *= _undone(fft.fftfreq(grid.shape[0]), bandwidth_m / north.side)[:, None]
    spectrum *= _undone(fft.rfftfreq(grid.shape[1]), bandwidth_m / east.side)
    surface = fft.irfft2(spectrum, s=grid.shape)
    rows = north.reach + north.finer * np.arange(raster.rows)
    columns = east.reach + east.finer * np.arange(raster.columns)
    return np.asarray(np.maximum(surface[np.ix_(rows, columns)], 0.0))


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Nodes along one axis: the first, how far apart they are, and how many.

    `finer` of them a cell, and `reach` before the first cell's middle, which is one of them.
    """

    first: float
    side: float
    finer: int
    reach: int
    number: int


def _nodes(start: float, cell_m: float, cells: int, bandwidth_m: float) -> _Nodes:
    finer = math.ceil(NODES_A_BANDWIDTH * cell_m / bandwidth_m)
    if finer > FINEST:
        raise ParameterError(
            "bandwidth_far_below_cell",
            f"The bandwidth of {bandwidth_m:g} m is too small for cells of {cell_m:g} m.",
            bandwidth_m=bandwidth_m,
            cell_m=cell_m,
        )
    side = cell_m / finer
    reach = math.ceil(REACH * bandwidth_m / side) + ORDER // 2
    return _Nodes(start + cell_m / 2 - reach * side, side, finer, reach, cells * finer + 2 * reach)


def _spread(
    points: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    north: _Nodes,
    east: _Nodes,
    *,
    threads: int | None,
) -> NDArray[np.float64]:
    """Spread the points on the nodes, and some more that make the transform quick.

    Band by band from the south, so that the nodes in work stay near the processor.
    """
    edge = ORDER // 2
    bands = math.ceil((north.number - ORDER) / ROWS_A_BAND)
    rows = fft.next_fast_len(bands * ROWS_A_BAND + ORDER, real=False)
    columns = fft.next_fast_len(east.number + 1, real=True)
    # One node less than there are, so that a point that rounding puts on the border has all its nodes.
    width = columns - ORDER - 1
    starts = np.zeros(bands + 1, dtype=np.int64)
    ordered = np.empty((len(points[0]), 3))
    sort_into_cells(
        *points,
        east.first + edge * east.side,
        north.first + edge * north.side,
        width * east.side,
        ROWS_A_BAND * north.side,
        east.side,
        north.side,
        bands,
        1,
        starts,
        ordered,
    )

    def part(first: int, last: int) -> NDArray[np.float64]:
        grid = np.zeros(((last - first) * ROWS_A_BAND + ORDER + 1, columns))
        for band in range(first, last):
            middle = (band - first + 0.5) * ROWS_A_BAND + edge
            spread(ordered, starts[band], starts[band + 1], width / 2 + edge, middle, grid)
        return grid

    grid = np.zeros((rows + 1, columns))
    parts = over_chunks(part, bands, size=BANDS_A_CHUNK, threads=threads)
    for (first, last), one in zip(chunks(bands, size=BANDS_A_CHUNK), parts, strict=True):
        grid[first * ROWS_A_BAND : last * ROWS_A_BAND + ORDER + 1] += one
    return grid[:-1]


def _undone(frequency: NDArray[np.float64], bandwidth: float) -> NDArray[np.float64]:
    """Return the transform of the kernel over that of the spline, at cycles a node."""
    gauss = math.sqrt(2 * math.pi) * bandwidth * np.exp(-2 * (math.pi * bandwidth * frequency) ** 2)
    return np.asarray(gauss / np.sinc(frequency) ** ORDER)
