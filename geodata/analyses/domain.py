"""The cells where events may happen, and what is exposed in each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geodata.evidence.exposure import Exposure
    from geodata.grid import Grid

RINGS = 2
"""Where neither streets nor people are known, cells this far round the events are looked at too."""


@dataclass(frozen=True, eq=False)
class CellDomain:
    """Cells with a street, with people or with an event; lakes and woods without either are no part.

    Attributes
    ----------
    grid
        The grid they belong to.
    ids
        Cells, sorted, shape ``(cells,)``.
    design
        Exposure in each, shape ``(cells, covariates)``, columns as ``exposure.COVARIATES``.
    observation_cell
        Position in `ids` of each observation; -1 for one that may not enter a hotspot, shape ``(n,)``.
    """

    grid: Grid
    ids: NDArray[np.int64]
    design: NDArray[np.float64]
    observation_cell: NDArray[np.int64]

    @cached_property
    def neighbours(self) -> csr_array:
        """Which cells touch, shape ``(cells, cells)``."""
        return self.grid.neighbours(self.ids)

    @property
    def area_m2(self) -> float:
        """Area of all its cells."""
        return len(self.ids) * self.grid.area_m2

    def count(self, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Count the chosen observations, shape ``(n,)``, by cell."""
        cell = self.observation_cell[chosen]
        return np.bincount(cell[cell >= 0], minlength=len(self.ids)).astype(np.float64)


def cell_domain(
    grid: Grid,
    exposure: Exposure,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    usable: NDArray[np.bool_],
    *,
    grounds: NDArray[np.object_] | None = None,
) -> CellDomain:
    """Find the cells.

    Parameters
    ----------
    x, y
        Observations' points, metres, shape ``(n,)``.
    usable
        Which of them may enter a cell, shape ``(n,)``.
    grounds
        Polygons to be compared with their surroundings. Where neither streets nor people are known
        their cells belong to the domain, so that no more is expected inside them than there is in all.
    """
    event_ids = grid.ids(x[usable], y[usable])
    exposed = grid.ids(exposure.x, exposure.y)
    occupied = np.unique(event_ids)
    if len(exposed):
        around = exposed
    else:
        around = np.concatenate([_rings(grid, occupied), _covered(grid, [] if grounds is None else grounds)])
    ids = np.unique(np.concatenate([occupied, around]))
    observation_cell = np.full(len(x), -1, dtype=np.int64)
    observation_cell[usable] = np.searchsorted(ids, event_ids)
    return CellDomain(grid, ids, exposure.in_cells(grid, ids), observation_cell)


def _covered(grid: Grid, grounds: NDArray[np.object_] | list[shapely.Geometry]) -> NDArray[np.int64]:
    """Return the cells that the polygons reach into, found by points half a cell apart."""
    step = np.sqrt(grid.area_m2) / 2
    found = [np.empty(0, dtype=np.int64)]
    for ground in grounds:
        west, south, east, north = ground.bounds
        x, y = np.meshgrid(np.arange(west, east + step, step), np.arange(south, north + step, step))
        inside = shapely.intersects_xy(ground, x, y)
        found.append(grid.ids(x[inside], y[inside]))
    return np.unique(np.concatenate(found))


def _rings(grid: Grid, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the cells within `RINGS` of `ids`."""
    x, y = grid.centroids(ids)
    step = np.arange(-RINGS, RINGS + 1) * np.sqrt(grid.area_m2)
    east, north = np.meshgrid(step, step)
    return grid.ids((x[:, None] + east.ravel()).ravel(), (y[:, None] + north.ravel()).ravel())
