"""The usual round: where streets that are driven again and again close to a ring."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.streets.network import StreetNetwork

INSIDE = 0.6
"""A link is driven when this share of it lies on the ground asked about."""

SHORTEST_M = 300.0
"""A ring shorter than this is a car park or a roundabout."""

WIDEST_GAP = 0.25
"""How much of a ring may be links that are not driven themselves."""

DEAD_END = 1


def driven_links(network: StreetNetwork, ground: shapely.Geometry) -> NDArray[np.int64]:
    """Return the links that lie on some ground for the most part."""
    near = network.tree.query(ground, predicate="intersects")
    inside = shapely.length(shapely.intersection(network.geometry[near], ground))
    return np.sort(near[inside >= INSIDE * network.length_m[near]])


def usual_round(network: StreetNetwork, ground: shapely.Geometry) -> shapely.LinearRing | None:
    """Return the ring that the driven links close, None where they close none.

    Where they all but close, the shortest way between two loose ends closes them, when it is at most
    ``WIDEST_GAP`` of the ring. Of several rings the outermost of those that lie wall to wall.

    Parameters
    ----------
    network
        Streets in the working CRS.
    ground
        Where the driving is, polygon or multipolygon in the working CRS.
    """
    driven = driven_links(network, ground)
    ring = _outer_ring(network, driven)
    return ring if ring is not None else _closed(network, driven)


def _outer_ring(network: StreetNetwork, links: NDArray[np.int64]) -> shapely.LinearRing | None:
    """Return the outline of the largest ground that some links enclose."""
    faces = shapely.get_parts(shapely.polygonize(network.geometry[links]))
    if not len(faces):
        return None
    grounds = shapely.get_parts(shapely.union_all(faces))
    largest = grounds[int(np.argmax(shapely.area(grounds)))]
    ring = shapely.get_exterior_ring(largest)
    return ring if ring.length >= SHORTEST_M else None


def _closed(network: StreetNetwork, driven: NDArray[np.int64]) -> shapely.LinearRing | None:
    """Close the longest chain of driven links along the shortest way that is not driven."""
    ends = _loose_ends(network, driven)
    others = np.ones(network.links, dtype=bool)
    others[driven] = False
    best: tuple[float, NDArray[np.int64]] | None = None
    for chain, first, last in ends:
        length = float(network.length_m[chain].sum())
        limit = WIDEST_GAP / (1 - WIDEST_GAP) * length
        along, way = _shortest(network, others, first, last, limit)
        if along <= limit and (best is None or length + along > best[0]):
            best = (length + along, np.concatenate([chain, way]))
    return None if best is None else _outer_ring(network, best[1])


def _loose_ends(
    network: StreetNetwork, driven: NDArray[np.int64]
) -> list[tuple[NDArray[np.int64], int, int]]:
    """Return every connected set of driven links with two loose ends, and the nodes of these."""
    if not len(driven):
        return []
    use = np.zeros(network.links, dtype=bool)
    use[driven] = True
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  slow to import

    _, part = connected_components(network.adjacency(use), directed=False)
    degree = np.bincount(
        np.concatenate([network.start[driven], network.end[driven]]), minlength=network.nodes
    )
    found = []
    for number in np.unique(part[network.start[driven]]):
        loose = np.flatnonzero((part == number) & (degree == DEAD_END))
        if len(loose) >= 2:
            apart = network.node_xy[loose]
            gap = np.hypot(*(apart[:, None] - apart[None]).transpose(2, 0, 1))
            gap[np.diag_indices(len(loose))] = np.inf
            first, last = np.unravel_index(np.argmin(gap), gap.shape)
            chain = driven[part[network.start[driven]] == number]
            found.append((chain, int(loose[first]), int(loose[last])))
    return found


def _shortest(
    network: StreetNetwork, use: NDArray[np.bool_], first: int, last: int, limit: float
) -> tuple[float, NDArray[np.int64]]:
    """Return the metres of the shortest way between two nodes, and its links; infinite beyond a limit."""
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  slow to import

    along, before = dijkstra(
        network.adjacency(use), directed=False, indices=first, limit=limit, return_predecessors=True
    )
    if not np.isfinite(along[last]):
        return np.inf, np.empty(0, dtype=np.int64)
    nodes = [last]
    while nodes[-1] != first:
        nodes.append(int(before[nodes[-1]]))
    steps = {frozenset(pair) for pair in itertools.pairwise(nodes)}
    ends = zip(network.start.tolist(), network.end.tolist(), strict=True)
    way = [link for link, pair in enumerate(ends) if use[link] and frozenset(pair) in steps]
    return float(along[last]), np.array(way, dtype=np.int64)
