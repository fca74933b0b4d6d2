"""Spots to stand on: every few metres along the streets in and beside a place, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.streets.corridors import Corridors, join
from geodata.streets.naming import name_stretch
from geodata.targeting.slot import Stand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.store.stop_points import StopPoint

EVERY_M = 40.0
BESIDE_M = 25.0
"""A street this near a square or a park is one to stand on there."""

STRETCH_M = 120.0
"""Length of what is named: what can be seen from the spot."""

STOP_WITHIN_M = 80.0
SAFE_STOPS = ("parking", "bus_stop", "fuel")
"""Areas of the map on which a car can stop."""

BETWEEN = {"sv": "{street} mellan {one} och {other}", "en": "{street} between {one} and {other}"}
BY = {"sv": "{street} vid {one}", "en": "{street} by {one}"}
"""In the municipality's own language: a stand is written down as it is called there."""

NOT_DRIVEN = ("path",)


def spots(ground: Ground) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return place and point of every spot, shapes ``(spots,)`` and ``(spots, 2)``."""
    network = ground.network
    driven = np.flatnonzero(~np.isin(network.road_class, NOT_DRIVEN))
    grounds = shapely.buffer(np.array([place.geometry for place in ground.places], dtype=object), BESIDE_M)
    if not len(driven) or not len(grounds):
        return np.zeros(0, dtype=np.int64), np.zeros((0, 2))
    lines = network.geometry[driven]
    place, line = shapely.STRtree(lines).query(grounds, predicate="intersects")
    parts = shapely.intersection(lines[line], grounds[place])
    lengths = shapely.length(parts)
    count = np.maximum(np.ceil(lengths / EVERY_M).astype(np.int64), 1)
    pair = np.repeat(np.arange(len(parts)), count)
    along = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    share = (along + 0.5) / count[pair]
    merged = shapely.line_merge(parts)
    simple = shapely.get_type_id(merged) == shapely.GeometryType.LINESTRING
    pair, share = pair[simple[pair]], share[simple[pair]]
    points = shapely.line_interpolate_point(merged[pair], share, normalized=True)
    return place[pair], shapely.get_coordinates(points)


class StandNames:
    """Names spots and finds where one can stop beside them.

    Parameters
    ----------
    stops
        Points where people said that one can stop; the map's car parks and bus stops are added.
    """

    def __init__(self, ground: Ground, stops: Sequence[StopPoint] = ()) -> None:
        self._ground = ground
        self._language = ground.project.municipality.language
        self._corridors: Corridors = join(ground.network)
        areas = ground.snapshot.table("areas")
        safe = areas[areas["kind"].isin(SAFE_STOPS).to_numpy()]
        drawn = shapely.point_on_surface(np.asarray(safe.geometry.to_numpy(), dtype=object))
        said = shapely.points(np.array([(one.x, one.y) for one in stops]).reshape(-1, 2))
        self._safe = np.concatenate([drawn, said])
        self._tree = shapely.STRtree(self._safe)

    def stand(self, x: float, y: float) -> Stand | None:
        """Return a spot with its name, moved to where one can stop when such a place is near."""
        if not np.isfinite(x):
            return None
        here = shapely.Point(x, y)
        name = self._name(here)
        near = self._tree.query_nearest(here, max_distance=STOP_WITHIN_M)
        if len(near):
            stop = self._safe[int(near[0])]
            return Stand(name, float(stop.x), float(stop.y), is_safe_stop=True)
        return Stand(name, float(x), float(y))

    def _name(self, here: shapely.Point) -> str:
        network = self._ground.network
        if not network.links:
            return ""
        link = int(network.tree.nearest(here))
        line = network.geometry[link]
        at = shapely.line_locate_point(line, here)
        from shapely.ops import substring  # noqa: PLC0415  one function of a module that is seldom needed

        piece = substring(line, max(at - STRETCH_M / 2, 0), min(at + STRETCH_M / 2, line.length))
        if piece.length == 0:
            return str(network.name[link])
        named = name_stretch(self._corridors, piece)
        crosses = [one for one in (named.from_cross, named.to_cross) if one and one != named.street]
        if not named.street:
            return ""
        if len(crosses) > 1 and crosses[0] != crosses[1]:
            return BETWEEN[self._language].format(street=named.street, one=crosses[0], other=crosses[1])
        if crosses:
            return BY[self._language].format(street=named.street, one=crosses[0])
        return named.street
