"""How far one walks along the streets from a point: the ground of a school zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.streets.around import reach_around

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.streets.walking import Walk

STREET_WIDTH_M = 40.0
"""How far to each side of a reached street the catchment goes: carriageway, pavement, front yards."""


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
    walk: Walk,
    starts: NDArray[np.object_],
    *,
    distance_m: float,
    street_width_m: float = STREET_WIDTH_M,
) -> Catchment:
    """Return what lies within a walking distance along the streets.

    Where no street lies near any starting point the answer is a circle round their middle.

    Parameters
    ----------
    walk
        Streets in the working CRS, and what it costs to cross them.
    starts
        Points in the working CRS: the entrances of a school, else the school.
    distance_m
        Walking distance, metres.
    street_width_m
        Buffer round the reached streets, metres.
    """
    found = reach_around(walk, starts, distance_m=distance_m)
    if found is None:
        middle = shapely.centroid(shapely.multipoints(starts))
        return Catchment(middle.buffer(distance_m), np.empty(0, dtype=np.int64), along_streets=False)
    network, links = walk.network, found.links
    left_start = distance_m - found.metres[found.start] - walk.from_start[links]
    left_end = distance_m - found.metres[found.end] - walk.from_end[links]
    touched = np.flatnonzero((left_start > 0) | (left_end > 0))
    pieces = [
        _reached_part(network.geometry[links[at]], left_start[at], left_end[at], network.length_m[links[at]])
        for at in touched
    ]
    for at, along, point in found.starts:
        line = network.geometry[links[at]]
        pieces.append(_between(line, along - distance_m, along + distance_m))
        way = shapely.shortest_line(point, line)
        pieces.append(way if way.length > 0 else point)
    reached = np.append(touched, [at for at, _, _ in found.starts]).astype(np.int64)
    ground = _fill(shapely.union_all(shapely.buffer(pieces, street_width_m)))
    return Catchment(ground, np.unique(network.street_id[links[reached]]), along_streets=True)


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
