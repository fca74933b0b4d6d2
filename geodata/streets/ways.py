"""Ways to school: how many pupils pass along every street, and which crossings they use the most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.streets.around import AT_START, reach_around
from geodata.streets.walking import LARGER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.streets.around import Around
    from geodata.streets.walking import Walk

SNAPPED_M = 150.0
"""A home farther than this from every junction on the way has no way along streets."""


@dataclass(frozen=True, eq=False)
class SchoolSite:
    """Where the ways of a school end: its entrances, and how many pupils it has."""

    starts: NDArray[np.object_]
    pupils: float


@dataclass(frozen=True, eq=False)
class Ways:
    """Pupils on their way, one way, once a school day.

    Attributes
    ----------
    by_link
        Pupils that pass along each link, shape ``(links,)``.
    crossing
        Nodes where pupils cross or come out on a larger road, those with most first, shape ``(n,)``.
    crossing_pupils
        How many at each, shape ``(n,)``.
    on_foot
        Pupils that live within reach, of all; the others come by bus or car.
    """

    by_link: NDArray[np.float64]
    crossing: NDArray[np.int64]
    crossing_pupils: NDArray[np.float64]
    on_foot: float


def ways_to_school(
    walk: Walk,
    site: SchoolSite,
    *,
    homes_xy: NDArray[np.float64],
    persons: NDArray[np.float64],
    distance_m: float,
) -> Ways:
    """Estimate the ways to one school.

    Every pupil walks the shortest way from home. Homes are drawn on by their persons; where none are known
    within reach, pupils are spread evenly over the metres of street.

    Parameters
    ----------
    homes_xy, persons
        Points (the middles of population squares) whose nearest school of the kind this is, in the working
        CRS, shape ``(homes, 2)``, and persons at each.
    distance_m
        How far pupils walk or cycle.
    """
    by_link = np.zeros(walk.network.links)
    nothing = Ways(by_link, np.empty(0, dtype=np.int64), np.empty(0), 0.0)
    found = reach_around(walk, site.starts, distance_m=distance_m)
    if found is None or not np.isfinite(found.metres).any():
        return nothing
    weight, within = _spread(walk, found, homes_xy, persons)
    if not weight.any():
        return nothing
    on_foot = site.pupils * within
    load = weight / weight.sum() * on_foot
    # Farthest first, so that a node has all that comes through it before it hands it on.
    for node in np.argsort(-np.where(np.isfinite(found.metres), found.metres, -np.inf), kind="stable"):
        if found.before[node] >= 0 and np.isfinite(found.metres[node]):
            load[found.before[node]] += load[node]
    ahead = found.before
    forward = ahead[found.end] == found.start
    backward = ahead[found.start] == found.end
    # Of two links between the same nodes the shorter is walked.
    by_link[found.links] = _once(
        found, np.where(forward, found.end, found.start), forward | backward, load, walk
    )
    for link, _, _ in found.starts:
        ends = [end for end in (found.start[link], found.end[link]) if found.before[end] == AT_START]
        by_link[found.links[link]] = load[ends].sum()
    node, pupils = _crossings(walk, found, load)
    return Ways(by_link, node, pupils, on_foot)


def _spread(
    walk: Walk, found: Around, homes_xy: NDArray[np.float64], persons: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Return what part of the pupils sets out at each node, and which share of all lives within reach."""
    reached = np.flatnonzero(np.isfinite(found.metres))
    weight = np.zeros(len(found.nodes))
    if len(homes_xy) and persons.sum() > 0:
        nodes = shapely.STRtree(shapely.points(walk.network.node_xy[found.nodes[reached]]))
        home, near = nodes.query_nearest(
            shapely.points(homes_xy), max_distance=SNAPPED_M, return_distance=False, all_matches=False
        )
        np.add.at(weight, reached[near], persons[home])
        if weight.any():
            return weight, float(weight.sum() / persons.sum())
    length = walk.network.length_m[found.links] / 2
    np.add.at(weight, found.start, length)
    np.add.at(weight, found.end, length)
    weight[~np.isfinite(found.metres)] = 0.0
    return weight, 1.0


def _once(
    found: Around,
    farther: NDArray[np.int64],
    on_way: NDArray[np.bool_],
    load: NDArray[np.float64],
    walk: Walk,
) -> NDArray[np.float64]:
    """Return the load of each link: that of its farther node, on the shortest link from there only."""
    pupils = np.zeros(len(found.links))
    order = np.argsort(walk.network.length_m[found.links], kind="stable")
    order = order[on_way[order]]
    _, first = np.unique(farther[order], return_index=True)
    chosen = order[first]
    pupils[chosen] = load[farther[chosen]]
    return pupils


def _crossings(
    walk: Walk, found: Around, load: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the nodes on larger roads that pupils come to from smaller ones."""
    larger = np.isin(walk.network.road_class[found.links], list(LARGER))
    on_larger = np.zeros(len(found.nodes), dtype=bool)
    on_larger[found.start[larger]] = on_larger[found.end[larger]] = True
    on_smaller = np.zeros(len(found.nodes), dtype=bool)
    on_smaller[found.start[~larger]] = on_smaller[found.end[~larger]] = True
    node = np.flatnonzero(on_larger & on_smaller & (load > 0))
    order = node[np.argsort(-load[node], kind="stable")]
    return found.nodes[order], load[order]
