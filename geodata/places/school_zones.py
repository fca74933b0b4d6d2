"""School zones: what lies within a walk of the school along the streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geodata.places.place import PlaceCandidate
from geodata.schema import PlaceKind
from geodata.streets.catchment import walking_catchment

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geodata.places.layers import PlaceLayers

SAME_SITE_M = 60.0
"""School units nearer than this to each other share a building or a yard, and are one zone."""

KEY = "schools:"


def candidates(layers: PlaceLayers) -> list[PlaceCandidate]:
    """Return one zone for each school site.

    The zone is the walking catchment of ``project.schools.zone_m`` along the streets, and a circle of
    that radius where no street is near.
    """
    schools = layers.schools
    points = np.asarray(schools.geometry.to_numpy(), dtype=object)
    located = ~(shapely.is_missing(points) | shapely.is_empty(points))
    schools, points = schools[located], shapely.centroid(points[located])
    found = []
    site = _sites(points)
    for number in range(int(site.max(initial=-1)) + 1):
        units = schools[site == number]
        middle = shapely.centroid(shapely.multipoints(points[site == number]))
        zone = walking_catchment(
            layers.network, middle.x, middle.y, distance_m=layers.project.schools.zone_m
        ).geometry
        key = KEY + "+".join(sorted(units["school_id"]))
        found.append(PlaceCandidate(PlaceKind.SCHOOL_ZONE, site_name(units), zone, key))
    return found


def school_ids(source_key: str) -> tuple[str, ...]:
    """Return the school units behind a zone; none for other kinds of place."""
    return tuple(source_key.removeprefix(KEY).split("+")) if source_key.startswith(KEY) else ()


def site_name(units: pd.DataFrame) -> str:
    """Name a site: the words that its units' names begin with, else the unit with most pupils."""
    shared = _shared_words([name.split() for name in units["name"]])
    if shared:
        return " ".join(shared).rstrip(",")
    largest = units.assign(length=units["name"].str.len(), pupils=units["pupils"].fillna(0.0))
    order = largest.sort_values(["pupils", "length", "name"], ascending=[False, True, True])
    return str(order["name"].iloc[0])


def _shared_words(names: list[list[str]]) -> list[str]:
    """Return the words that every name begins with."""
    first, last = min(names), max(names)
    shared = 0
    while shared < len(first) and first[shared] == last[shared]:
        shared += 1
    return first[:shared]


def _sites(points: NDArray[np.object_]) -> NDArray[np.int32]:
    """Give each unit the number of its site: units joined by steps of at most `SAME_SITE_M`."""
    first, second = shapely.STRtree(points).query(points, predicate="dwithin", distance=SAME_SITE_M)
    together = coo_array((np.ones(len(first)), (first, second)), shape=(len(points), len(points)))
    _, site = connected_components(together, directed=False)
    return np.asarray(site)
