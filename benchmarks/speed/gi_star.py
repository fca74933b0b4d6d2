"""Gi* on a million cells with the false discovery rate, beside esda's analytic one."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
import scipy.stats

from benchmarks.frame import Row
from benchmarks.speed.comparing import faster, peer
from benchmarks.speed.timing import RUNS, timed
from geodata.grid import SquareGrid
from geodata.hotspots.getis_ord import gi_star
from geodata.hotspots.significance import false_discovery, upper_normal

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

SIDE, QUICK_SIDE = 1000, 200
TIMES, QUICK_TIMES = 500.0, 200.0
"""On few cells a call's own cost weighs more."""

CLOSE = 1e-9


def gi_star_rows(*, quick: bool) -> list[Row]:
    """Counts of a heavy-tailed town in a square of cells that touch by side or corner."""
    side = QUICK_SIDE if quick else SIDE
    neighbours = _square(side)
    counts = np.random.default_rng(4).negative_binomial(0.3, 0.1, side * side).astype(np.float64)
    ours = timed(lambda: _ours(counts, neighbours))
    esda, libpysal = peer("esda.getisord"), peer("libpysal.weights")
    times = QUICK_TIMES if quick else TIMES
    task = f"Gi* with FDR, {side * side:,} cells"
    if esda is None or libpysal is None:
        return [faster(task, ours, None, times=times, name="esda")]
    weights = libpysal.WSP(neighbours).to_W(silence_warnings=True)

    def theirs() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            local = esda.G_Local(counts, weights, transform="B", star=True, permutations=0)
        return local.Zs, scipy.stats.false_discovery_control(scipy.stats.norm.sf(local.Zs))

    other = timed(theirs, runs=1 if quick else RUNS)
    apart = max(float(np.abs(a - b).max()) for a, b in zip(ours.result, other.result, strict=True))
    return [
        faster(task, ours, other, times=times, name="esda"),
        Row(
            task=f"{task}: largest difference from esda in z and from scipy in the adjusted chance",
            ours=apart,
            bar=f"at most {CLOSE:g}",
            holds=apart <= CLOSE,
        ),
    ]


def _ours(
    counts: NDArray[np.float64], neighbours: csr_array
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    z = gi_star(counts, neighbours)
    return z, false_discovery(upper_normal(z))


def _square(side: int) -> csr_array:
    step = np.arange(side) * 100 + 50.0
    east, north = np.meshgrid(412_000 + step, 6_578_000 + step)
    grid = SquareGrid(100)
    return grid.neighbours(np.unique(grid.ids(east.ravel(), north.ravel())))
