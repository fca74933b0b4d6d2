"""How many carriageways of one street run side by side: each then bears only its part of the load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP_M = 20.0
"""How far apart a link is looked at."""

NEAREST_M, FARTHEST_M = 4.0, 30.0
"""How far aside another carriageway lies: nearer is the same one drawn twice, farther is another street."""

MOST_TURNED = np.cos(np.radians(25.0))
"""Carriageways run alike or against each other, give or take so much."""

MOST_AHEAD_M = STEP_M * 0.75
"""What lies farther ahead than this goes on rather than beside."""

NAMELESS = frozenset({"motorway"})
"""Classes whose carriageways are told by class alone; of others a name is asked for."""

NEIGHBOURS = 8


def abreast(
    geometry: NDArray[np.object_], name: NDArray[np.object_], road_class: NDArray[np.object_]
) -> NDArray[np.float64]:
    """Count the carriageways side by side along each link, itself among them; 1 where the street is whole.

    Two links are carriageways of one street where they have name and class in common and run beside each
    other, within ``FARTHEST_M``, for more than half of the link.

    Parameters
    ----------
    geometry
        LineStrings in the working CRS, shape ``(links,)``.
    name, road_class
        Of each; a name is empty where there is none.

    Returns
    -------
    ndarray of float64
        1.0 or 2.0, shape ``(links,)``. More than two abreast count as two: the third is as a rule a street of
        its own, for those who live there.
    """
    number = np.ones(len(geometry))
    street = _streets(name, road_class)
    street[shapely.is_missing(geometry) | shapely.is_empty(geometry)] = -1
    # A street of one link has nothing beside it, and most streets of a country road net have no name.
    several = np.flatnonzero((street >= 0) & (np.bincount(street[street >= 0], minlength=1)[street] > 1))
    if not len(several):
        return number
    link, x, y, east, north = _looked_at(geometry, several)
    far = 4 * FARTHEST_M
    points = np.column_stack([x, y, street[link] * far])
    from scipy.spatial import cKDTree  # noqa: PLC0415  slow to import

    _, near = cKDTree(points).query(points, k=NEIGHBOURS + 1, distance_upper_bound=FARTHEST_M)
    near = near[:, 1:]
    there = np.minimum(near, len(x) - 1)
    aside_x, aside_y = x[there] - x[:, None], y[there] - y[:, None]
    ahead = np.abs(aside_x * east[:, None] + aside_y * north[:, None])
    side = np.abs(aside_x * north[:, None] - aside_y * east[:, None])
    alike = np.abs(east[there] * east[:, None] + north[there] * north[:, None]) >= MOST_TURNED
    beside = (near < len(x)) & (link[there] != link[:, None]) & alike
    beside &= (ahead <= MOST_AHEAD_M) & (side >= NEAREST_M)
    share = np.bincount(link, weights=beside.any(axis=1), minlength=len(geometry))
    looked = np.bincount(link, minlength=len(geometry))
    number[several] += share[several] > looked[several] / 2
    return number


def _streets(name: NDArray[np.object_], road_class: NDArray[np.object_]) -> NDArray[np.int64]:
    """Give streets of one name and class one number; -1 where carriageways can't be told."""
    both = np.char.add(np.char.add(name.astype(str), "\0"), road_class.astype(str))
    _, street = np.unique(both, return_inverse=True)
    told = (name.astype(str) != "") | np.isin(road_class.astype(str), list(NAMELESS))
    return np.where(told, street, -1).astype(np.int64)


def _looked_at(
    geometry: NDArray[np.object_], links: NDArray[np.int64]
) -> tuple[
    NDArray[np.int64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]
]:
    """Return points along some links: the link of each, where it is, and which way the link runs there."""
    length = shapely.length(geometry[links])
    number = np.maximum(np.ceil(length / STEP_M), 1).astype(np.int64)
    at = np.repeat(np.arange(len(links)), number)
    place = np.arange(len(at)) - np.repeat(np.cumsum(number) - number, number)
    step = (length / number)[at]
    lines = geometry[links][at]
    before = shapely.get_coordinates(shapely.line_interpolate_point(lines, place * step))
    after = shapely.get_coordinates(shapely.line_interpolate_point(lines, (place + 1) * step))
    way = after - before
    way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), np.finfo(np.float64).tiny)[:, None]
    middle = (before + after) / 2
    return links[at], middle[:, 0], middle[:, 1], way[:, 0], way[:, 1]
