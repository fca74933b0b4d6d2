"""Kernel density: where events lie dense, whatever the borders of cells."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.bandwidth import likeliest_bandwidth
from geodata.hotspots.base import CellScores, HotspotResult, Method
from geodata.hotspots.count import highest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.hotspots.base import CellCounts, Material

KERNELS = ("quartic", "gaussian")

LEAST_INSIDE = 0.5
"""At a straight border half of a kernel lies outside; no density is more than doubled for its edge."""

NOTHING = 1e-6
"""Below this share of the highest, what is left of a density is rounding."""

WIDEST_M = 2000.0
"""No wider bandwidth is chosen: it would show the town and no place in it."""


@dataclass(frozen=True, slots=True)
class KdeParameters:
    """What kernel density is run with.

    Attributes
    ----------
    kernel
        One of ``KERNELS``.
    bandwidth_m
        Where the quartic kernel ends, or the standard deviation of Gauss's; None lets it be chosen.
    top_share
        At most this share of the cells is called hot.
    """

    kernel: str = "quartic"
    bandwidth_m: float | None = None
    top_share: float = 0.02


@dataclass(frozen=True, slots=True)
class _Surface:
    """Kernel density in the middle of each cell of a table."""

    cells: CellCounts
    kernel: str

    def at(
        self,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        weight: NDArray[np.float64] | None,
        bandwidth_m: float,
    ) -> NDArray[np.float64]:
        """Return the sum of weights a cell, as if each kernel's mass were one, shape ``(cells,)``."""
        from geodata.hotspots.density import Raster, finite_density  # noqa: PLC0415  numba is slow to import
        from geodata.hotspots.gaussian_density import gaussian_density  # noqa: PLC0415

        east, north = self.cells.lattice_m
        west, south = self.cells.x.min(), self.cells.y.min()
        column = np.round((self.cells.x - west) / east).astype(np.int64)
        row = np.round((self.cells.y - south) / north).astype(np.int64)
        corner = float(west) - east / 2, float(south) - north / 2
        raster = Raster(*corner, east, north, int(row.max()) + 1, int(column.max()) + 1)
        run = partial(finite_density, kernel="quartic") if self.kernel == "quartic" else gaussian_density
        surface = run(x, y, raster, bandwidth_m=bandwidth_m, weight=weight)
        return np.asarray(surface[row, column] * self.middle(bandwidth_m))

    def middle(self, bandwidth_m: float) -> float:
        """Return what an event in the middle of a cell gives that cell."""
        mass = math.pi / 3 if self.kernel == "quartic" else 2 * math.pi
        return self.cells.cell_area_m2 / (mass * bandwidth_m**2)

    def others(self, bandwidth_m: float) -> NDArray[np.float64]:
        """Return what the events of all other cells give each, in the middles of theirs."""
        here = self.at(self.cells.x, self.cells.y, self.cells.count, bandwidth_m)
        return here - self.cells.count * self.middle(bandwidth_m)


def kde(material: Material, parameters: KdeParameters, seed: int) -> HotspotResult:  # noqa: ARG001  draws nothing
    """Call the densest cells hot: at most ``top_share`` of them, or one.

    The score is events, by weight, a square kilometre in the middle of a cell. The bandwidth is the
    likeliest (see `likeliest_bandwidth`) and never below a cell's side: a narrower kernel would say no more
    than the count, and miss events between the middles. Events outside the municipality are not known, so
    a density is divided by the share of its kernel that lies on cells where events may happen, and at
    most doubled by that. Says nothing of chance.

    Notes
    -----
    Silverman 1986, *Density Estimation*; edges as in Diggle 1985, *Applied Statistics* 34. Chainey 2013,
    *Bulletin of the Geographical Society of Liège* 60; Hart & Zandbergen 2014, *Policing* 37: the
    bandwidth matters, the size of cells hardly.
    """
    cells, events = material.cells, material.events
    surface = _Surface(cells, parameters.kernel)
    side_m = math.sqrt(cells.cell_area_m2)
    wanted = parameters.bandwidth_m
    if wanted is None:
        bandwidth_m = likeliest_bandwidth(surface.others, cells.count, floor_m=side_m, widest_m=WIDEST_M)
    else:
        bandwidth_m = max(wanted, side_m)
    density = surface.at(events.x, events.y, events.weight, bandwidth_m)
    inside = np.clip(surface.at(cells.x, cells.y, None, bandwidth_m), LEAST_INSIDE, 1.0)
    score = density / inside * (1e6 / cells.cell_area_m2)
    score[score < NOTHING * score.max()] = 0.0
    at_floor = bandwidth_m <= side_m and (wanted is None or wanted < side_m)
    return HotspotResult(
        used=events.number,
        cells=CellScores(score, np.full(cells.cells, np.nan), highest(score, share=parameters.top_share)),
        chosen=(("bandwidth_used_m", f"{bandwidth_m:.0f}"),),
        warnings=("no_significance", "bandwidth_below_cell") if at_floor else ("no_significance",),
    )


KDE_QUARTIC = Method(kde, KdeParameters, "by_distance", chance=False, weighs=True)
KDE_GAUSSIAN = Method(
    kde, partial(KdeParameters, kernel="gaussian"), "by_distance", chance=False, weighs=True
)
