"""School zones: what lies within a walk of the school along the streets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.connected import connected
from geodata.places.place import PlaceCandidate
from geodata.schema import PlaceKind
from geodata.streets.catchment import walking_catchment

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from geodata.places.layers import PlaceLayers

SAME_SITE_M = 60.0
"""School units nearer than this to each other share a building or a yard, and are one zone."""

ENTRANCE_WITHIN_M = 120.0
"""An entrance farther than this from every unit of a site is another building's."""

KEY = "schools:"


@dataclass(frozen=True, eq=False)
class Site:
    """A school site: the units in one building or yard.

    Attributes
    ----------
    school_ids
        Its units, in order.
    name, stage
        The words that its units' names begin with, and the stage of the unit with most pupils.
    pupils
        Of all its units together, as far as they are stated; 0 where none is.
    starts
        Its entrances where the area layer shows some, else its middle, in the working CRS.
    """

    school_ids: tuple[str, ...]
    name: str
    stage: str
    pupils: float
    starts: NDArray[np.object_]


def candidates(layers: PlaceLayers) -> list[PlaceCandidate]:
    """Return one zone for each school site.

    The zone is the walking catchment of ``project.schools.zone_m`` along the streets, and a circle of that
    radius where no street is near.
    """
    return [
        PlaceCandidate(
            PlaceKind.SCHOOL_ZONE,
            site.name,
            walking_catchment(layers.walk, site.starts, distance_m=layers.project.schools.zone_m).geometry,
            KEY + "+".join(site.school_ids),
        )
        for site in school_sites(layers.schools, layers.areas)
    ]


def school_sites(schools: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> tuple[Site, ...]:
    """Join the units in one building or yard; a unit without a point has no site."""
    points = np.asarray(schools.geometry.to_numpy(), dtype=object)
    located = ~(shapely.is_missing(points) | shapely.is_empty(points))
    schools, points = schools[located], shapely.centroid(points[located])
    found = []
    site = _sites(points)
    entrances = _entrances(areas)
    for number in range(int(site.max(initial=-1)) + 1):
        units = schools[site == number].sort_values("school_id")
        here = shapely.multipoints(points[site == number])
        near = shapely.dwithin(entrances, here, ENTRANCE_WITHIN_M)
        largest = units["pupils"].fillna(0.0).to_numpy(dtype=np.float64)
        stages = units["stage"].fillna("").to_numpy(dtype=object)
        found.append(
            Site(
                school_ids=tuple(units["school_id"]),
                name=site_name(units),
                stage=str(stages[int(np.argmax(largest))]),
                pupils=float(largest.sum()),
                starts=entrances[near] if near.any() else np.array([shapely.centroid(here)]),
            )
        )
    return tuple(found)


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


def _entrances(areas: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """Return the entrances that the area layer shows, as points."""
    shown = areas[(areas["kind"] == "entrance").to_numpy()]
    return np.asarray(shapely.centroid(np.asarray(shown.geometry.to_numpy(), dtype=object)))


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
    _, site = connected(first, second, count=len(points))
    return np.asarray(site)
