"""Which street a point belongs to: the nearest link, if one is near enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.streets.segments import segment_grid

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    from geodata.streets.network import StreetNetwork

MAX_DISTANCE_M = 50.0
"""Farther from a street than this, a point belongs to none: wider than a road and its verges."""

NO_STREET = -1

CROSSING_M = 15.0
"""Within this of several streets, a point is at their crossing: half the breadth of a large one."""


def snap(
    x: ArrayLike, y: ArrayLike, streets: gpd.GeoDataFrame, *, max_distance_m: float = MAX_DISTANCE_M
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Find the nearest street of each point.

    Parameters
    ----------
    x, y
        Metres in the working CRS, shape ``(n,)``; NaN where a record has no point.
    streets
        Columns ``street_id`` and ``geometry`` at least, in the working CRS.
    max_distance_m
        No street beyond this distance is taken.

    Returns
    -------
    street_id : ndarray of int64
        Shape ``(n,)``; -1 where no street is near. Of streets equally near, the lowest id, as where two
        begin in one vertex.
    distance_m : ndarray of float64
        Metres from the point to the street, shape ``(n,)``; NaN where no street is near.
    """
    ids = streets["street_id"].to_numpy(dtype=np.int64)
    order = np.argsort(ids, kind="stable")
    geometry = np.asarray(streets.geometry.to_numpy(), dtype=object)[order]
    near = segment_grid(geometry).nearest(x, y, max_distance_m=max_distance_m)
    street_id = np.full(len(near.link), NO_STREET, dtype=np.int64)
    joined = near.link >= 0
    street_id[joined] = ids[order][near.link[joined]]
    return street_id, near.distance_m


def at_crossings(
    points: NDArray[np.object_], link: NDArray[np.int64], network: StreetNetwork
) -> NDArray[np.int64]:
    """Give what happened at a crossing to the largest of the streets that meet there.

    Which middle line is the nearest is chance inside a crossing, and the small street would bear what
    comes of the large one.

    Parameters
    ----------
    points
        In the working CRS, shape ``(n,)``.
    link
        The link that each was joined to, shape ``(n,)``.

    Returns
    -------
    ndarray of int64
        Links, shape ``(n,)``: of those within ``CROSSING_M`` that with the largest class, then the
        nearest, then the first; the link given where none is so near.

    Notes
    -----
    The distance is the 50 feet of the Safer Streets Priority Finder, which counts such a crash on every
    street there; here it counts once.
    """
    point, near = network.tree.query(points, predicate="dwithin", distance=CROSSING_M)
    distance = shapely.distance(points[point], network.geometry[near])
    order = np.lexsort((near, distance, network.class_rank[near], point))
    first, position = np.unique(point[order], return_index=True)
    chosen = link.copy()
    chosen[first] = near[order][position]
    return chosen
