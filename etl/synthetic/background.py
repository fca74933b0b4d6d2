"""Where events fall when nothing is planted: after where people live and how much traffic there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.synthetic.land import Land

GPS_SPREAD_M = 3.0
"""Standard deviation of how far beside the street's middle a point is noted."""


def draw_points(
    land: Land, count: int, rng: np.random.Generator, *, by: Literal["flow", "people"]
) -> NDArray[np.float64]:
    """Draw `count` points on the streets.

    Parameters
    ----------
    by
        ``flow``: in proportion to vehicle kilometres; ``people``: between a dwelling and its street, in
        proportion to who lives there.

    Returns
    -------
    ndarray
        East and north in metres, shape ``(count, 2)``.
    """
    lines = land.streets.geometry.to_numpy()
    if by == "flow":
        weight = land.streets["flow"].to_numpy() * shapely.length(lines)
        link = _draw(weight, count, rng)
        points = shapely.line_interpolate_point(lines[link], rng.random(count), normalized=True)
    else:
        home = _draw(land.dwellings["persons"].to_numpy(dtype=np.float64), count, rng)
        line = lines[land.dwellings["street"].to_numpy()[home]]
        door = shapely.points(land.dwellings[["x", "y"]].to_numpy()[home])
        along = shapely.line_locate_point(line, door) + rng.normal(0.0, 15.0, count)
        points = shapely.line_interpolate_point(line, np.clip(along, 0.0, shapely.length(line)))
        # Some things happen in the street, some in the yard, some at the door.
        towards = rng.uniform(0.1, 0.9, (count, 1)) * (
            shapely.get_coordinates(door) - shapely.get_coordinates(points)
        )
        points = shapely.points(shapely.get_coordinates(points) + towards)
    return np.asarray(shapely.get_coordinates(points)) + rng.normal(0.0, GPS_SPREAD_M, (count, 2))


def draw_within(area: shapely.Geometry, count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw `count` points evenly in a polygon, shape ``(count, 2)`` in metres."""
    found = np.empty((0, 2))
    west, south, east, north = area.bounds
    while len(found) < count:
        tries = rng.uniform((west, south), (east, north), (2 * count + 50, 2))
        found = np.vstack([found, tries[shapely.contains_xy(area, tries[:, 0], tries[:, 1])]])
    return np.asarray(found[:count])


def _draw(weight: NDArray[np.float64], count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    total = np.cumsum(weight)
    return np.asarray(np.searchsorted(total, rng.random(count) * total[-1], side="right"), dtype=np.int64)
