"""From hot cells to areas that one can stand in: joined, and never larger than a few blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.hotspots.base import CellCounts, CellScores

LARGEST_M2 = 250_000.0
"""An area larger than this is tightened round its peaks: nobody can work in a quarter of the town."""

FEWEST_EVENTS = 12
"""An area with fewer events is not shown as one: below a dozen a single evening decides."""

LOWEST_RATIO = 1.5
"""More than chance is not enough: an area holds at least this many times what is expected."""


@dataclass(frozen=True, eq=False, slots=True)
class Hotspot:
    """Hot cells that touch.

    Attributes
    ----------
    cells
        Positions in the cell arrays, sorted.
    count, expected
        Events in them, and expected in them.
    peak
        Highest score.
    p_adjusted
        Lowest adjusted chance; NaN in a method without chance.
    """

    cells: NDArray[np.int64]
    count: int
    expected: float
    peak: float
    p_adjusted: float


def areas(
    cells: CellCounts,
    scores: CellScores,
    *,
    largest_m2: float = LARGEST_M2,
    fewest_events: int = FEWEST_EVENTS,
    lowest_ratio: float = LOWEST_RATIO,
) -> tuple[Hotspot, ...]:
    """Join the hot cells into areas, the highest score first.

    Cells are taken from the hottest down. Each joins the area of its hottest neighbour, or starts one;
    two areas that meet become one while that is small enough. A cell that would make its area too large
    is left out, so that a large hot region becomes the tight areas round its peaks.
    """
    most = max(1, int(largest_m2 / cells.cell_area_m2))
    members = _grow(cells, scores, most)
    found = []
    for group in members:
        count = float(cells.count[group].sum())
        expected = float(cells.expected[group].sum())
        if count >= fewest_events and count >= lowest_ratio * expected:
            found.append(
                Hotspot(
                    cells=np.sort(group),
                    count=round(count),
                    expected=expected,
                    peak=float(scores.score[group].max()),
                    p_adjusted=float(scores.p_adjusted[group].min()),
                )
            )
    return tuple(sorted(found, key=lambda one: (-one.peak, int(one.cells[0]))))


def _grow(cells: CellCounts, scores: CellScores, most: int) -> list[NDArray[np.int64]]:
    hot = np.flatnonzero(scores.hot)
    order = hot[np.argsort(-scores.score[hot], kind="stable")]
    area_of: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    full: set[int] = set()
    links = cells.neighbours
    for cell in order.tolist():
        around = links.indices[links.indptr[cell] : links.indptr[cell + 1]].tolist()
        # Areas are numbered from the hottest peak, so the lowest number is the hottest neighbour.
        touched = sorted({area_of[other] for other in around if other in area_of})
        if not touched:
            number = len(area_of)
            area_of[cell], members[number] = number, [cell]
            continue
        home = touched[0]
        if home in full or len(members[home]) + 1 > most:
            full.add(home)
            continue
        members[home].append(cell)
        area_of[cell] = home
        for other in touched[1:]:
            if len(members[home]) + len(members[other]) <= most:
                for moved in members.pop(other):
                    area_of[moved] = home
                    members[home].append(moved)
    return [np.array(group, dtype=np.int64) for group in members.values()]
