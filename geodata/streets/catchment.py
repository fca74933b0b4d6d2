"""How far one walks along the streets from a point: the ground of a school zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.streets.reach import reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.streets.network import StreetNetwork

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
    nearest = _nearest_link(network, point)
    if nearest is None:
        return Catchment(point.buffer(distance_m), np.empty(0, dtype=np.int64), along_streets=False)
    line = network.geometry[nearest]
    at = float(shapely.line_locate_point(line, point))
    found = reach(network, [nearest], [at], distance_m=distance_m)
    metres = np.full(network.nodes, np.inf)
    metres[found.nodes] = found.metres
    left_start, left_end = distance_m - metres[network.start], distance_m - metres[network.end]
    touched = np.flatnonzero(network.walked & ((left_start > 0) | (left_end > 0)))
    pieces = [
        _reached_part(network.geometry[link], left_start[link], left_end[link], network.length_m[link])
        for link in touched
    ]
    pieces.append(_between(line, at - distance_m, at + distance_m))
    start = shapely.line_interpolate_point(line, at)
    pieces.append(shapely.LineString([point, start]) if point.distance(start) > 0 else point)
    street_ids = np.unique(network.street_id[np.append(touched, nearest)])
    ground = _fill(shapely.union_all(shapely.buffer(pieces, street_width_m)))
    return Catchment(ground, street_ids, along_streets=True)


def _nearest_link(network: StreetNetwork, point: shapely.Point) -> int | None:
    near = np.sort(network.tree.query(point, predicate="dwithin", distance=START_WITHIN_M))
    near = near[network.walked[near]]
    if not len(near):
        return None
    return int(near[np.argmin(shapely.distance(network.geometry[near], point))])


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
