"""Kernel density of a million points on a raster, exact beside libkdv and Gauss's beside KDEpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.frame import Row
from benchmarks.speed.comparing import faster, peer
from benchmarks.speed.timing import timed
from geodata.hotspots.density import Raster, finite_density
from geodata.hotspots.gaussian_density import gaussian_density

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.speed.timing import Timed

SIDE_M = 20_000.0
BANDWIDTH_M = 300.0
NARROW_M, BROAD_M = 250.0, 1000.0
POINTS, CELLS = 1_000_000, 512
QUICK_POINTS = 100_000

EXACT_TIMES, GAUSSIAN_TIMES, GROWTH = 70.0, 1.8, 2.5
QUICK_EXACT_TIMES = 20.0
"""With a tenth of the points, what does not depend on their number weighs more."""

EXACT, ALIKE, CLOSE = 1e-9, 1e-7, 1e-6
LOOKED_AT = 40
"""Cells at which a surface is held against a sum over all points, each by itself."""


def exact_density_rows(*, quick: bool) -> list[Row]:
    """Epanechnikov's kernel, 300 m; libkdv is given half, since it doubles what it is given."""
    x, y, raster = _town(QUICK_POINTS if quick else POINTS)
    said = f"exact KDE, {len(x):,} points, {CELLS}²"

    def run(kernel: str, bandwidth_m: float) -> Timed[NDArray[np.float64]]:
        return timed(lambda: finite_density(x, y, raster, bandwidth_m=bandwidth_m, kernel=kernel))

    ours = run("epanechnikov", BANDWIDTH_M)
    narrow, broad = run("epanechnikov", NARROW_M), run("epanechnikov", BROAD_M)
    quartic = run("quartic", BANDWIDTH_M)
    off = _off(ours.result, x, y, raster, lambda d2: np.maximum(1 - d2 / BANDWIDTH_M**2, 0))
    off_quartic = _off(quartic.result, x, y, raster, lambda d2: np.maximum(1 - d2 / BANDWIDTH_M**2, 0) ** 2)
    return [
        *_beside_libkdv(said, x, y, ours, quick=quick),
        _error(f"{said}: largest error, Epanechnikov's kernel", off, EXACT),
        _error(f"{said}: largest error, quartic", off_quartic, EXACT),
        Row(
            task=f"{said}: CPU-s at {BROAD_M:g} m beside those at {NARROW_M:g} m",
            ours=broad.cpu_s,
            other=narrow.cpu_s,
            bar=f"at most {GROWTH:g} times; libkdv's grow 3.8 times",
            holds=broad.cpu_s <= GROWTH * narrow.cpu_s,
        ),
        Row(
            task=f"{said}, 300 m: CPU-s of the quartic kernel beside Epanechnikov's",
            ours=quartic.cpu_s,
            other=ours.cpu_s,
            bar="at most twice",
            holds=quartic.cpu_s <= 2 * ours.cpu_s,
        ),
    ]


def gaussian_density_rows(*, quick: bool) -> list[Row]:  # noqa: ARG001  the full size takes seconds
    """Gauss's kernel with a standard deviation of 300 m; KDEpy on a grid of as many cells."""
    x, y, raster = _town(POINTS)
    said = f"Gaussian KDE, {len(x):,} points, {CELLS}²"
    ours = timed(lambda: gaussian_density(x, y, raster, bandwidth_m=BANDWIDTH_M))
    kdepy, points = peer("KDEpy"), np.column_stack([x, y])
    other = None
    if kdepy is not None:
        fitted = kdepy.FFTKDE(kernel="gaussian", bw=BANDWIDTH_M)
        other = timed(lambda: fitted.fit(points).evaluate((CELLS, CELLS)))
    off = _off(ours.result, x, y, raster, lambda d2: np.exp(-d2 / (2 * BANDWIDTH_M**2)))
    return [
        faster(f"{said}, 300 m", ours, other, times=GAUSSIAN_TIMES, name="KDEpy"),
        _error(f"{said}: largest error", off, CLOSE),
    ]


def _town(number: int) -> tuple[NDArray[np.float64], NDArray[np.float64], Raster]:
    """Return points, half of them all over and half in forty heaps, and the raster over them."""
    rng = np.random.default_rng(4)
    heaps = rng.uniform(0.1, 0.9, (2, 40))[:, rng.integers(0, 40, number // 2)]
    heaps += rng.normal(0, 0.02, heaps.shape)
    share = np.concatenate([rng.random((2, number - heaps.shape[1])), heaps], axis=1)
    x, y = np.clip(share, 0, 1 - 1e-9) * SIDE_M
    return x, y, Raster(0.0, 0.0, SIDE_M / CELLS, SIDE_M / CELLS, CELLS, CELLS)


def _beside_libkdv(
    said: str,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    ours: Timed[NDArray[np.float64]],
    *,
    quick: bool,
) -> list[Row]:
    """Hold our time and our surface against libkdv's; its reading of text is not counted."""
    libkdv = peer("libkdv")
    times = QUICK_EXACT_TIMES if quick else EXACT_TIMES
    if libkdv is None:
        return [faster(f"{said}, 300 m", ours, None, times=times, name="libkdv")]
    made = libkdv.kdv(
        data=np.column_stack([x, y]),
        GPS=False,
        bound=[0, SIDE_M, 0, SIDE_M],
        row_pixels=CELLS,
        col_pixels=CELLS,
        bandwidth=BANDWIDTH_M / 2,
        num_threads=1,
    )
    other = timed(made.compute, runs=1)
    # Its pixels stand on a lattice from the first point to the far side, and go north before east.
    step = SIDE_M / (CELLS - 1)
    lattice = Raster(float(x.min()) - step / 2, float(y.min()) - step / 2, step, step, CELLS, CELLS)
    same = finite_density(x, y, lattice, bandwidth_m=BANDWIDTH_M, kernel="epanechnikov")
    theirs = other.result["val"].to_numpy().reshape(CELLS, CELLS).T
    apart = float(np.abs(theirs / theirs.max() - same / same.max()).max())
    return [
        faster(f"{said}, 300 m", ours, other, times=times, name="libkdv"),
        _error(f"{said}: largest difference from libkdv's surface, both over their peaks", apart, ALIKE),
    ]


def _off(
    surface: NDArray[np.float64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    raster: Raster,
    kernel: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> float:
    """Return the largest error over some cells, the highest among them, as a share of the highest."""
    rng = np.random.default_rng(5)
    rows, columns = rng.integers(0, CELLS, (2, LOOKED_AT))
    rows[0], columns[0] = np.unravel_index(surface.argmax(), surface.shape)
    told = [
        kernel((x - (column + 0.5) * raster.width_m) ** 2 + (y - (row + 0.5) * raster.width_m) ** 2).sum()
        for row, column in zip(rows, columns, strict=True)
    ]
    return float(np.abs(surface[rows, columns] - told).max() / surface.max())


def _error(task: str, off: float, most: float) -> Row:
    return Row(task=f"{task}, share of the peak", ours=off, bar=f"at most {most:g}", holds=off <= most)
