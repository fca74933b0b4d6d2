"""What a hotspot method looks at: the records of a selection as points, in cells and along streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.severity import weights
from geodata.evidence.baseline import fit
from geodata.hotspots.base import CellCounts, Events, Material

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.selection import Selection


def gather(ground: Ground, selection: Selection, rows: NDArray[np.int64], *, grid: str) -> Material:
    """Gather the records for a method.

    Parameters
    ----------
    rows
        Positions of the records, ascending, all known well enough to enter a hotspot; an event's position
        is that in `rows`.
    grid
        A key of ``grid.GRIDS``.

    Raises
    ------
    ParameterError
        ``grid_unknown``.
    """
    domain, records, axis = ground.domain(grid), ground.records, ground.axis
    cell = domain.observation_cell[rows]
    counts = np.bincount(cell, minlength=len(domain.ids)).astype(np.float64)
    x, y = domain.grid.centroids(domain.ids)
    first, last, days = _days(records.first_day[rows], records.last_day[rows], selection)
    return Material(
        cells=CellCounts(
            count=counts,
            expected=fit(counts, domain.design).expected,
            neighbours=domain.neighbours,
            x=x,
            y=y,
            cell_area_m2=domain.grid.area_m2,
            lattice_m=domain.grid.lattice_m,
        ),
        events=Events(
            x=records.x[rows],
            y=records.y[rows],
            weight=weights(records, rows, ground.project.severity),
            cell=cell,
            first_day=first,
            last_day=last,
            link=axis.observation_link[rows],
            along_m=axis.observation_along_m[rows],
        ),
        network=ground.network if ground.network.links else None,
        first_day=days[0],
        last_day=days[1],
    )


def _days(
    first: NDArray[np.datetime64], last: NDArray[np.datetime64], selection: Selection
) -> tuple[NDArray[np.int64], NDArray[np.int64], tuple[int, int]]:
    """Count days from 1970-01-01; what has no day at all may have been on any that is asked about."""
    unknown = np.isnat(first) | np.isnat(last)
    from_day, to_day = first.astype(np.int64), last.astype(np.int64)
    if selection.period is not None:
        asked = (_number(selection.period.first), _number(selection.period.last))
    elif unknown.all():
        asked = (0, 0)
    else:
        asked = (int(from_day[~unknown].min()), int(to_day[~unknown].max()))
    return np.where(unknown, asked[0], from_day), np.where(unknown, asked[1], to_day), asked


def _number(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))
