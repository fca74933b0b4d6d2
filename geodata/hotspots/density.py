"""Kernel density on a raster, exact: every point counts in every cell within the bandwidth of it.

Epanechnikov's kernel and the quartic are polynomials of the distance, cut off at the bandwidth. Where all
points of a cell lie within the bandwidth of another cell's middle, what they give it is a polynomial in
sums over the cell (its moments), and over all cells at once it is a few convolutions, whatever the
bandwidth. What is left is the ring of cells that the bandwidth's circle may cross: there each point is
counted by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import fft

from geodata.errors import ParameterError
from geodata.kernels.finite_density import add_ring, moments
from geodata.kernels.sorting import sort_into_cells
from geodata.kernels.threads import chunks, over_chunks

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

POWERS = {"epanechnikov": 1, "quartic": 2}
"""Kernels (1 − r²)^power, r being the distance over the bandwidth."""

ROWS_A_CHUNK = 64


@dataclass(frozen=True, slots=True)
class Raster:
    """Cells in rows from the south and columns from the west, metres in the working CRS.

    Attributes
    ----------
    west, south
        The corner where they begin.
    width_m, height_m
        Of one cell.
    rows, columns
        How many there are.
    """

    west: float
    south: float
    width_m: float
    height_m: float
    rows: int
    columns: int


def finite_density(
    x: ArrayLike,
    y: ArrayLike,
    raster: Raster,
    *,
    bandwidth_m: float,
    kernel: str = "quartic",
    weight: ArrayLike | None = None,
    threads: int | None = None,
) -> NDArray[np.float64]:
    """Return the sum over all points of weight times kernel, in the middle of every cell.

    Parameters
    ----------
    x, y
        Metres in the working CRS, shape ``(n,)``. Points outside the raster count within it as far as the
        bandwidth reaches.
    bandwidth_m
        Where the kernel ends.
    kernel
        A key of ``POWERS``; it is 1 in its middle.
    weight
        Shape ``(n,)``; None for ones.

    Returns
    -------
    ndarray
        Shape ``(rows, columns)``, never below 0.

    Raises
    ------
    ParameterError
        ``kernel_unknown``, ``bandwidth_not_positive``, ``points_not_finite``.

    Notes
    -----
    Silverman 1986, *Density Estimation*, 4.2. Exact but for rounding, within 1e-12 of the highest value.
    """
    power = POWERS.get(kernel)
    if power is None:
        raise ParameterError(
            "kernel_unknown", f"There is no kernel {kernel}; use {' or '.join(POWERS)}.", kernel=kernel
        )
    points = checked_points(x, y, weight, bandwidth_m=bandwidth_m)
    # From here on everything is measured in bandwidths.
    cell = raster.height_m / bandwidth_m, raster.width_m / bandwidth_m
    reach = int(1 / cell[0] + 0.5) + 1, int(1 / cell[1] + 0.5) + 1
    rows = raster.rows + 2 * reach[0]
    length = (
        fft.next_fast_len(rows, real=False),
        fft.next_fast_len(raster.columns + 2 * reach[1], real=True),
    )
    starts = np.zeros(rows * length[1] + 1, dtype=np.int64)
    ordered = np.empty((len(points[0]), 3))
    sort_into_cells(
        *points,
        raster.west - reach[1] * raster.width_m,
        raster.south - reach[0] * raster.height_m,
        raster.width_m,
        raster.height_m,
        bandwidth_m,
        bandwidth_m,
        rows,
        length[1],
        starts,
        ordered,
    )
    surface = _inside(ordered, starts, length, cell, power)
    offsets, runs = _ring(cell, reach)

    def ring(first: int, last: int) -> NDArray[np.float64]:
        out = np.zeros((last - first + 2 * reach[0], length[1] + 2 * reach[1]))
        add_ring(ordered, starts, length[1], first, last, offsets, runs, *reach, power, out)
        return out

    parts = over_chunks(ring, rows, size=ROWS_A_CHUNK, threads=threads)
    whole = np.zeros((rows + 2 * reach[0], length[1] + 2 * reach[1]))
    for (first, last), part in zip(chunks(rows, size=ROWS_A_CHUNK), parts, strict=True):
        whole[first : last + 2 * reach[0]] += part
    found = surface[reach[0] :, reach[1] :][: raster.rows, : raster.columns]
    found = found + whole[2 * reach[0] :, 2 * reach[1] :][: raster.rows, : raster.columns]
    # The convolution leaves rounding of either sign where nothing is.
    return np.maximum(found, 0.0)


def checked_points(
    x: ArrayLike, y: ArrayLike, weight: ArrayLike | None, *, bandwidth_m: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return points and weights as the kernels take them, or say what is wrong with them."""
    if not bandwidth_m > 0:
        raise ParameterError(
            "bandwidth_not_positive",
            f"The bandwidth is {bandwidth_m} m; it must be above zero.",
            bandwidth_m=bandwidth_m,
        )
    x, y = np.ascontiguousarray(x, dtype=np.float64), np.ascontiguousarray(y, dtype=np.float64)
    ones = np.ones(len(x)) if weight is None else np.ascontiguousarray(weight, dtype=np.float64)
    wrong = len(x) - int(np.count_nonzero(np.isfinite(x + y + ones)))
    if wrong:
        raise ParameterError(
            "points_not_finite",
            f"{wrong} points have no place or no weight; leave them out, and say so, before.",
            points=wrong,
        )
    return x, y, ones


def _inside(
    ordered: NDArray[np.float64],
    starts: NDArray[np.int64],
    length: tuple[int, int],
    cell: tuple[float, float],
    power: int,
) -> NDArray[np.float64]:
    """Sum over the cells whose points all lie within the bandwidth, by convolving moments."""
    rows, columns = (np.arange(-int(1 / side), int(1 / side) + 1) for side in cell)
    north, east = np.meshgrid(rows, columns, indexing="ij")
    within = _farthest(north, east, cell) <= 1
    if not within.any():
        return np.zeros(length)
    stencils = _stencils(east * cell[1], north * cell[0], power)
    images = np.zeros((len(stencils), *length))
    moments(ordered, starts, images)
    spectrum = np.zeros((length[0], length[1] // 2 + 1), dtype=np.complex128)
    for image, stencil in zip(images, stencils, strict=True):
        placed = np.zeros(length)
        placed[np.ix_(rows % length[0], columns % length[1])] = np.where(within, stencil, 0.0)
        spectrum += fft.rfft2(image) * fft.rfft2(placed)
    return np.asarray(fft.irfft2(spectrum, s=length))


def _farthest(
    north: NDArray[np.int64], east: NDArray[np.int64], cell: tuple[float, float]
) -> NDArray[np.float64]:
    """Return the square of the farthest that a point of a cell can lie from another cell's middle."""
    away = ((np.abs(north) + 0.5) * cell[0]) ** 2 + ((np.abs(east) + 0.5) * cell[1]) ** 2
    return np.asarray(away)


def _stencils(
    east: NDArray[np.floating], north: NDArray[np.floating], power: int
) -> tuple[NDArray[np.floating], ...]:
    """Return what each moment is multiplied by, at an offset over the bandwidth.

    With d the offset between cells, (u, v) that of a point within its cell and q = u² + v², the kernel is
    (s + 2 d·(u, v) − q)^power, where s = 1 − |d|².
    """
    rest = 1 - east**2 - north**2
    one = np.ones_like(rest)
    if power == 1:
        return rest, 2 * east, 2 * north, -one
    return (
        rest**2,
        4 * rest * east,
        4 * rest * north,
        4 * east**2 - 2 * rest,
        4 * north**2 - 2 * rest,
        8 * east * north,
        -4 * east,
        -4 * north,
        one,
    )


def _ring(cell: tuple[float, float], reach: tuple[int, int]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the cells that some, but not all, points of a cell may reach: offsets, and runs along rows."""
    rows, columns = (np.arange(-one, one + 1) for one in reach)
    north, east = np.meshgrid(rows, columns, indexing="ij")
    nearest = (np.maximum(np.abs(north) - 0.5, 0) * cell[0]) ** 2
    nearest = nearest + (np.maximum(np.abs(east) - 0.5, 0) * cell[1]) ** 2
    ring = (_farthest(north, east, cell) > 1) & (nearest < 1)
    row, column = np.nonzero(ring)
    begins = np.flatnonzero((np.diff(row, prepend=-1) != 0) | (np.diff(column, prepend=-2) != 1))
    runs = np.stack(
        [row[begins] - reach[0], column[begins] - reach[1], np.diff(begins, append=len(row))], axis=1
    )
    d_east, d_north = east[ring] * cell[1], north[ring] * cell[0]
    return np.stack([d_east, d_north, 1 - d_east**2 - d_north**2]), np.ascontiguousarray(runs)
