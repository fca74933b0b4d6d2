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
    """Square cells in rows from the south, columns from the west, metres in the working CRS."""

    west: float
    south: float
    cell_m: float
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
        Shape ``(rows, columns)``, never below 0. Times ``unit_mass`` it is a density a square metre.

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
    bandwidth = bandwidth_m / raster.cell_m
    reach = int(bandwidth + 0.5) + 1
    rows, columns = raster.rows + 2 * reach, raster.columns + 2 * reach
    length = fft.next_fast_len(rows, real=False), fft.next_fast_len(columns, real=True)
    starts = np.zeros(rows * length[1] + 1, dtype=np.int64)
    ordered = np.empty((len(points[0]), 3))
    sort_into_cells(
        *points,
        raster.west - reach * raster.cell_m,
        raster.south - reach * raster.cell_m,
        raster.cell_m,
        raster.cell_m,
        bandwidth_m,
        rows,
        length[1],
        starts,
        ordered,
    )
    surface = _inside(ordered, starts, length, bandwidth, power)
    offsets, runs = _ring(bandwidth, reach)

    def ring(first: int, last: int) -> NDArray[np.float64]:
        out = np.zeros((last - first + 2 * reach, length[1] + 2 * reach))
        add_ring(ordered, starts, length[1], first, last, offsets, runs, reach, power, out)
        return out

    parts = over_chunks(ring, rows, size=ROWS_A_CHUNK, threads=threads)
    whole = np.zeros((rows + 2 * reach, length[1] + 2 * reach))
    for (first, last), part in zip(chunks(rows, size=ROWS_A_CHUNK), parts, strict=True):
        whole[first : last + 2 * reach] += part
    found = surface[reach : reach + raster.rows, reach : reach + raster.columns]
    found = found + whole[2 * reach : 2 * reach + raster.rows, 2 * reach : 2 * reach + raster.columns]
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
    bandwidth: float,
    power: int,
) -> NDArray[np.float64]:
    """Sum over the cells whose points all lie within the bandwidth, by convolving moments."""
    whole = int(bandwidth)
    step = np.arange(-whole, whole + 1)
    north, east = np.meshgrid(step, step, indexing="ij")
    within = (np.abs(north) + 0.5) ** 2 + (np.abs(east) + 0.5) ** 2 <= bandwidth**2
    if not within.any():
        return np.zeros(length)
    stencils = _stencils(east / bandwidth, north / bandwidth, power)
    images = np.zeros((len(stencils), *length))
    moments(ordered, starts, images)
    spectrum = np.zeros((length[0], length[1] // 2 + 1), dtype=np.complex128)
    for image, stencil in zip(images, stencils, strict=True):
        placed = np.zeros(length)
        placed[np.ix_(step % length[0], step % length[1])] = np.where(within, stencil, 0.0)
        spectrum += fft.rfft2(image) * fft.rfft2(placed)
    return np.asarray(fft.irfft2(spectrum, s=length))


def _stencils(
    east: NDArray[np.float64], north: NDArray[np.float64], power: int
) -> tuple[NDArray[np.float64], ...]:
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


def _ring(bandwidth: float, reach: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the cells that some, but not all, points of a cell may reach: offsets, and runs along rows."""
    step = np.arange(-reach, reach + 1)
    north, east = np.meshgrid(step, step, indexing="ij")
    farthest = (np.abs(north) + 0.5) ** 2 + (np.abs(east) + 0.5) ** 2
    nearest = np.maximum(np.abs(north) - 0.5, 0) ** 2 + np.maximum(np.abs(east) - 0.5, 0) ** 2
    ring = (farthest > bandwidth**2) & (nearest < bandwidth**2)
    row, column = np.nonzero(ring)
    begins = np.flatnonzero(np.diff(row, prepend=-1) | (np.diff(column, prepend=-2) != 1))
    runs = np.stack([row[begins] - reach, column[begins] - reach, np.diff(begins, append=len(row))], axis=1)
    d_east, d_north = east[ring] / bandwidth, north[ring] / bandwidth
    return np.stack([d_east, d_north, 1 - d_east**2 - d_north**2]), np.ascontiguousarray(runs)
