"""Every school's pupils on their ways: what school streets are exposed to, so that big is not worst."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geodata.grid import SquareGrid
from geodata.places.layers import school_walk
from geodata.places.school_zones import Site, school_sites
from geodata.streets.ways import SchoolSite, Ways, ways_to_school

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from geodata.school_settings import Schools
    from geodata.streets.network import StreetNetwork

OLDER = ("gym", "vux")
"""Beginnings of stages whose pupils come from the whole municipality: they are not the nearest school's."""


@dataclass(frozen=True, eq=False)
class SchoolWays:
    """Ways to every school.

    Attributes
    ----------
    sites, ways
        Schools, units in one building joined, and the ways to each.
    pupils
        Pupils at each site; where none are stated, the median of the others.
    pupils_assumed
        Whether that was so, by site.
    by_link
        Pupils that pass along each link, over all schools, shape ``(links,)``.
    """

    sites: tuple[Site, ...]
    ways: tuple[Ways, ...]
    pupils: tuple[float, ...]
    pupils_assumed: tuple[bool, ...]
    by_link: NDArray[np.float64]


def school_ways(
    network: StreetNetwork,
    schools: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    population: pd.DataFrame,
    settings: Schools,
) -> SchoolWays:
    """Estimate the ways to every school.

    A pupil of a compulsory school goes to the nearest one, as the crow flies; those of upper secondary
    schools come from wherever people live within reach.
    """
    sites = school_sites(schools, areas)
    stated = np.array([site.pupils for site in sites], dtype=np.float64)
    known = stated > 0
    pupils = np.where(known, stated, np.median(stated[known]) if known.any() else 0.0)
    xy, persons = homes(population)
    walk = school_walk(network, areas, settings)
    young = np.array([not site.stage.lower().startswith(OLDER) for site in sites], dtype=bool)
    nearest = _nearest(sites, young, xy)
    found = [
        ways_to_school(
            walk,
            SchoolSite(site.starts, float(pupils[at])),
            homes_xy=xy[nearest == at] if young[at] else xy,
            persons=persons[nearest == at] if young[at] else persons,
            distance_m=settings.walked_m,
        )
        for at, site in enumerate(sites)
    ]
    return SchoolWays(
        sites=sites,
        ways=tuple(found),
        pupils=tuple(pupils.tolist()),
        pupils_assumed=tuple((~known).tolist()),
        by_link=np.sum([one.by_link for one in found], axis=0) if found else np.zeros(network.links),
    )


def homes(population: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the middle of every population square, shape ``(n, 2)``, and its persons."""
    points, persons = [np.empty((0, 2))], [np.empty(0)]
    sides = population["side_m"].to_numpy(dtype=np.int64)
    for side_m in np.unique(sides):
        squares, grid = population[sides == side_m], SquareGrid(int(side_m))
        points.append(np.column_stack(grid.centroids(squares["square_id"].to_numpy(dtype=np.int64))))
        persons.append(squares["population"].to_numpy(dtype=np.float64))
    return np.concatenate(points), np.concatenate(persons)


def _nearest(sites: tuple[Site, ...], young: NDArray[np.bool_], xy: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the nearest compulsory school of each home; -1 where there is none."""
    of = np.flatnonzero(young)
    if not len(of):
        return np.full(len(xy), -1, dtype=np.int64)
    at = np.array([shapely.centroid(shapely.multipoints(sites[one].starts)).coords[0] for one in of])
    return np.asarray(of[cKDTree(at).query(xy)[1]], dtype=np.int64)
