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
    from geodata.analyses.records import Records
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
    first, last, days = _days(records, rows, selection)
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
    records: Records, rows: NDArray[np.int64], selection: Selection
) -> tuple[NDArray[np.int64], NDArray[np.int64], tuple[int, int]]:
    """Count days from 1970-01-01; what has no day at all may have been on any that is asked about.

    Asked about are the days of the period that the streams cover, whatever the category: days that nothing
    has come in for are not quiet ones, and a year that is not over would have nothing new in it.
    """
    first, last = records.first_day[rows], records.last_day[rows]
    unknown = np.isnat(first) | np.isnat(last)
    asked = _covered(records, selection)
    # One day more than there are, where they are one: no day must not look like that one.
    most = max(asked[1], asked[0] + 1)
    return (
        np.where(unknown, asked[0], first.astype(np.int64)),
        np.where(unknown, most, last.astype(np.int64)),
        asked,
    )


def _covered(records: Records, selection: Selection) -> tuple[int, int]:
    """Return the first and the last day of the selection's period that its streams have records around.

    By records whose day is known, where there are any: one known to the year alone reaches into days to come.
    """
    of_streams = np.any([records.of_stream(stream) for stream in selection.streams], axis=0)
    first, last = records.first_day[of_streams], records.last_day[of_streams]
    known = ~(np.isnat(first) | np.isnat(last))
    if not known.any():
        return 0, 0
    known = known & (first == last) if (first == last).any() else known
    begins, ends = int(first[known].min().astype(np.int64)), int(last[known].max().astype(np.int64))
    if selection.period is None:
        return begins, ends
    asked = _number(selection.period.first), _number(selection.period.last)
    return (max(begins, asked[0]), min(ends, asked[1])) if begins <= asked[1] and ends >= asked[0] else asked


def _number(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))
