"""How far one walks along the streets from a point: the ground of a school zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.streets.network import StreetNetwork

NOT_WALKED = frozenset({"motorway"})
"""Road classes that nobody walks along."""

STREET_WIDTH_M = 40.0
"""How far to each side of a reached street the catchment goes: carriageway, pavement, front yards."""

START_WITHIN_M = 250.0
"""A point farther than this from every street has no catchment along streets."""


@dataclass(frozen=True, eq=False)
class Catchment:
    """What is reached on foot from a point.

    Attributes
    ----------
    geometry
        Polygon in the working CRS.
    street_ids
        Links reached wholly or in part.
    along_streets
        False when no street is near enough, and the catchment is a plain circle.
    """

    geometry: shapely.Polygon
    street_ids: NDArray[np.int64]
    along_streets: bool


def walking_catchment(
    network: StreetNetwork,
    x: float,
    y: float,
    *,
    distance_m: float,
    street_width_m: float = STREET_WIDTH_M,
) -> Catchment:
    """Return what lies within a walking distance along the streets.

    The walk starts at the nearest point of the nearest street that may be walked; the way from the
    point to it is not counted. Where no street lies within ``START_WITHIN_M`` the answer is a circle.

    Parameters
    ----------
    network
        Streets in the working CRS.
    x, y
        The point, metres.
    distance_m
        Walking distance, metres.
    street_width_m
        Buffer round the reached streets, metres.
    """
    point = shapely.Point(x, y)
    walked = ~np.isin(network.road_class, list(NOT_WALKED))
    nearest = _nearest_link(network, point, walked)
    if nearest is None:
        return Catchment(point.buffer(distance_m), np.empty(0, dtype=np.int64), along_streets=False)
    reach = _metres_from(network, nearest, point, walked, distance_m)
    left_start, left_end = distance_m - reach[network.start], distance_m - reach[network.end]
    touched = np.flatnonzero(walked & ((left_start > 0) | (left_end > 0)))
    pieces = [
        _reached_part(network.geometry[link], left_start[link], left_end[link], network.length_m[link])
        for link in touched
    ]
    line = network.geometry[nearest]
    at = shapely.line_locate_point(line, point)
    pieces.append(_between(line, at - distance_m, at + distance_m))
    start = shapely.line_interpolate_point(line, at)
    pieces.append(shapely.LineString([point, start]) if point.distance(start) > 0 else point)
    street_ids = np.unique(network.street_id[np.append(touched, nearest)])
    ground = _fill(shapely.union_all(shapely.buffer(pieces, street_width_m)))
    return Catchment(ground, street_ids, along_streets=True)


def _nearest_link(network: StreetNetwork, point: shapely.Point, walked: NDArray[np.bool_]) -> int | None:
    near = np.sort(network.tree.query(point, predicate="dwithin", distance=START_WITHIN_M))
    near = near[walked[near]]
    if not len(near):
        return None
    return int(near[np.argmin(shapely.distance(network.geometry[near], point))])


def _metres_from(
    network: StreetNetwork, link: int, point: shapely.Point, walked: NDArray[np.bool_], limit: float
) -> NDArray[np.float64]:
    """Return walking metres from the start on `link` to every node; infinite beyond `limit`."""
    at = float(shapely.line_locate_point(network.geometry[link], point))
    ends = np.array([network.start[link], network.end[link]])
    to_end = dijkstra(network.adjacency(walked), directed=False, indices=ends, limit=limit)
    return np.asarray(np.minimum(to_end[0] + at, to_end[1] + network.length_m[link] - at))


def _reached_part(
    line: shapely.LineString, left_start: float, left_end: float, length: float
) -> shapely.Geometry:
    """Return the part of a link reached from either end, with this much walking left at each."""
    if max(left_start, 0) + max(left_end, 0) >= length:
        return line
    parts = []
    if left_start > 0:
        parts.append(_between(line, 0, left_start))
    if left_end > 0:
        parts.append(_between(line, length - left_end, length))
    return shapely.union_all(parts)


def _between(line: shapely.LineString, first: float, last: float) -> shapely.LineString:
    """Cut a line between two distances along it."""
    first, last = max(first, 0.0), min(last, line.length)
    coordinates = shapely.get_coordinates(line)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(coordinates, axis=0).T))])
    inner = coordinates[(along > first) & (along < last)]
    ends = shapely.get_coordinates(shapely.line_interpolate_point(line, [first, last]))
    return shapely.LineString(np.vstack([ends[:1], inner, ends[1:]]))


def _fill(shape: shapely.Geometry) -> shapely.Polygon:
    """Return one polygon without holes: what lies between reached streets is part of the zone."""
    parts = shapely.get_parts(shape)
    largest = parts[int(np.argmax(shapely.area(parts)))]
    return shapely.Polygon(largest.exterior)
