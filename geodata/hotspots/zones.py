"""The circles that a scan looks into: round every place, its nearest places one more at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geodata.hotspots.monte_carlo import Chance


@dataclass(frozen=True, slots=True)
class ZoneLimits:
    """How large a circle may grow.

    Attributes
    ----------
    nearest_places
        At most so many places, the centre among them.
    radius_m
        None farther from the centre than this.
    largest_share
        At most this share of all that is counted, of cases or of what is expected.
    """

    nearest_places: int = 50
    radius_m: float = 300.0
    largest_share: float = 0.5


@dataclass(frozen=True, eq=False, slots=True)
class Zones:
    """Circles of places: the zone (c, k) is the first k + 1 of row c.

    Attributes
    ----------
    nearest
        Places by their distance from each centre, itself first, shape ``(places, at most nearest_places)``.
    number
        How many zones each centre has: how many of its row its largest one holds, shape ``(places,)``.
    """

    nearest: NDArray[np.int32]
    number: NDArray[np.int32]

    def places(self, centre: int, last: int) -> NDArray[np.int32]:
        """Return the places of a zone, the centre first."""
        return self.nearest[centre, : last + 1]


def circles(
    x: NDArray[np.float64], y: NDArray[np.float64], size: NDArray[np.float64], limits: ZoneLimits
) -> Zones:
    """Draw the circles round every place.

    Parameters
    ----------
    x, y
        Metres, shape ``(places,)``. Of places equally far the one that stands first comes first.
    size
        What a zone may hold only `largest_share` of, shape ``(places,)``. A place that holds more by
        itself has no zone.

    Notes
    -----
    Kulldorff 1997, *Communications in Statistics – Theory and Methods* 26.
    """
    places = len(x)
    most = min(limits.nearest_places, places)
    if not places:
        return Zones(np.empty((0, 0), dtype=np.int32), np.empty(0, dtype=np.int32))
    points = np.column_stack([x, y])
    # More are asked for, so that a tie at the end is settled by place and not by the tree.
    far, near = cKDTree(points).query(points, k=np.arange(1, min(2 * most, places) + 1))
    order = np.lexsort((near, np.round(far, 6)), axis=1)
    near = np.take_along_axis(near, order, axis=1)[:, :most]
    far = np.take_along_axis(far, order, axis=1)[:, :most]
    held = size[near].cumsum(axis=1)
    allowed = (far <= limits.radius_m) & (held <= limits.largest_share * size.sum())
    number = np.where(allowed.all(axis=1), most, np.argmin(allowed, axis=1))
    return Zones(near.astype(np.int32), number.astype(np.int32))


def apart(
    best: NDArray[np.float64], last: NDArray[np.int32], zones: Zones
) -> Iterator[tuple[int, NDArray[np.int32]]]:
    """Yield the centres whose best zones share no place with one yielded before, the highest first.

    Parameters
    ----------
    best
        The highest figure round each centre, 0 for none, shape ``(places,)``.
    last
        The last place of the zone that has it, as a position in the centre's row.
    """
    taken = np.zeros(len(best), dtype=bool)
    for centre in np.argsort(-best, kind="stable").tolist():
        if not best[centre]:
            return
        places = zones.places(centre, int(last[centre]))
        if not taken[places].any():
            taken[places] = True
            yield centre, places


def told(
    best: NDArray[np.float64], last: NDArray[np.int32], zones: Zones, chance: Chance, *, alpha: float
) -> Iterator[tuple[int, NDArray[np.int32], float]]:
    """Yield the clusters of a scan: centre, places and chance of each, the most likely first.

    Parameters
    ----------
    best, last
        As for `apart`.
    alpha
        The first is given whatever its chance is, the others while theirs is at most this.
    """
    for number, (centre, places) in enumerate(apart(best, last, zones)):
        p = chance.p(float(best[centre]))
        if number and p > alpha:
            return
        yield centre, places, p


def outline(x: NDArray[np.float64], y: NDArray[np.float64], cell_area_m2: float) -> shapely.Geometry:
    """Return the ground of cells: discs that just cover a square cell round each of their centres, joined."""
    discs = shapely.buffer(shapely.points(x, y), np.sqrt(cell_area_m2 / 2), quad_segs=4)
    return shapely.union_all(discs)
