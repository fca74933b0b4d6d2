"""Streets by name: their links together, where two of them cross, a stretch of one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.connected import connected
from geodata.streets.network import build

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

APART_M = 1500.0
"""Links of one name farther from each other than this are two streets of that name."""

ONE_CROSSING_M = 60.0
"""Common nodes within this are one crossing: two halves of a staggered one, a roundabout."""

ACROSS_M = 35.0
"""Streets that end this near each other meet, though a nameless link stands between them."""


@dataclass(frozen=True, eq=False, slots=True)
class NamedStreet:
    """One street: the links near each other that bear a name.

    Attributes
    ----------
    line
        Its links in the working CRS (MultiLineString).
    nodes
        Numbers of the network's nodes that its links end in.
    """

    name: str
    line: shapely.MultiLineString
    nodes: frozenset[int]

    def middle(self) -> tuple[float, float]:
        """Return a point on the street about halfway, metres."""
        parts = shapely.get_parts(shapely.line_merge(self.line))
        longest = parts[int(np.argmax(shapely.length(parts)))]
        point = shapely.line_interpolate_point(longest, 0.5, normalized=True)
        return float(point.x), float(point.y)


class StreetNames:
    """The named streets of a layer, and what can be worked out between them.

    Parameters
    ----------
    streets
        Columns of ``schema.STREETS``, geometry in the working CRS.
    """

    def __init__(self, streets: gpd.GeoDataFrame) -> None:
        network = build(streets)
        self._node_xy = network.node_xy
        self.streets: tuple[NamedStreet, ...] = tuple(
            NamedStreet(
                name=str(network.name[links[0]]),
                line=shapely.multilinestrings(network.geometry[links]),
                nodes=frozenset(np.concatenate([network.start[links], network.end[links]]).tolist()),
            )
            for links in _together(network.name, network.geometry)
        )
        self._crossings = lru_cache(maxsize=4096)(self._find_crossings)

    def crossings(self, one: NamedStreet, other: NamedStreet) -> tuple[tuple[float, float], ...]:
        """Return where two streets cross or meet, metres; empty when they do not."""
        return self._crossings(one, other) if id(one) <= id(other) else self._crossings(other, one)

    def _find_crossings(self, one: NamedStreet, other: NamedStreet) -> tuple[tuple[float, float], ...]:
        common = sorted(one.nodes & other.nodes)
        if common:
            return _gathered(self._node_xy[common])
        if not shapely.dwithin(one.line, other.line, ACROSS_M):
            return ()
        meeting = shapely.intersection(one.line, other.line)
        if not meeting.is_empty:
            return _gathered(shapely.get_coordinates(meeting))
        between = shapely.shortest_line(one.line, other.line)
        return (tuple(shapely.line_interpolate_point(between, 0.5, normalized=True).coords[0]),)


def _together(names: NDArray[np.object_], geometry: NDArray[np.object_]) -> list[NDArray[np.int64]]:
    """Return the links of each street: those of one name that are near each other, in order of name."""
    found: list[NDArray[np.int64]] = []
    order = np.argsort(names.astype(str), kind="stable")
    first_of_name = np.flatnonzero(names[order][1:] != names[order][:-1]) + 1
    for links in np.split(order, first_of_name) if len(order) else []:
        if not str(names[links[0]]).strip():
            continue
        lines = geometry[links]
        first, second = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=APART_M)
        count, group = connected(first, second, count=len(links))
        found += [links[group == number] for number in range(count)]
    return found


def _gathered(points: NDArray[np.float64]) -> tuple[tuple[float, float], ...]:
    """Return one point for each group of points near each other: the one nearest their middle."""
    left = list(range(len(points)))
    found = []
    while left:
        near = [n for n in left if np.hypot(*(points[n] - points[left[0]])) <= ONE_CROSSING_M]
        middle = points[near].mean(axis=0)
        best = near[int(np.argmin(np.hypot(*(points[near] - middle).T)))]
        found.append((float(points[best][0]), float(points[best][1])))
        left = [n for n in left if n not in near]
    return tuple(found)
