"""How far every node near some starting points is on foot, worked out on the streets around them only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geodata.streets.walking import Walk

START_WITHIN_M = 250.0
"""A point farther than this from every street has no way along streets."""

AT_START = -1
"""What stands before a node that is reached straight from a starting point."""

LEAST_M = 0.001
"""A sparse graph has no edge of length nothing."""


@dataclass(frozen=True, eq=False)
class Around:
    """Walking metres from some starting points.

    Attributes
    ----------
    links
        Links near enough to be reached, shape ``(n,)``.
    start, end
        Their nodes, numbered among `nodes`, shape ``(n,)``.
    nodes
        Nodes of the network, shape ``(m,)``.
    metres
        To each of `nodes`; infinite beyond the distance, shape ``(m,)``.
    before
        The node, among `nodes`, from which each is reached; `AT_START` beside a starting point, and lower
        where it is not reached, shape ``(m,)``.
    starts
        Link (a position in `links`), metres along it, and the point, of each starting point that a street
        is near.
    """

    links: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    nodes: NDArray[np.int64]
    metres: NDArray[np.float64]
    before: NDArray[np.int64]
    starts: tuple[tuple[int, float, shapely.Point], ...]


def reach_around(walk: Walk, starts: NDArray[np.object_], *, distance_m: float) -> Around | None:
    """Return what is reached from the nearest of some points; None where no street is near any of them.

    A walk begins at the nearest point of the nearest street that may be walked; the way from the starting
    point to it is not counted.

    Parameters
    ----------
    starts
        Points in the working CRS.
    distance_m
        Walking distance, metres.
    """
    network = walk.network
    around = shapely.buffer(shapely.multipoints(starts), distance_m + START_WITHIN_M)
    links = np.sort(network.tree.query(around, predicate="intersects"))
    links = links[network.walked[links]]
    begun = _begun(network.geometry[links], starts)
    if not begun:
        return None
    nodes, place = np.unique(np.concatenate([network.start[links], network.end[links]]), return_inverse=True)
    start, end = place[: len(links)], place[len(links) :]
    length = network.length_m[links]
    source = len(nodes)
    tails, heads = [start, end], [end, start]
    costs = [length + walk.from_start[links], length + walk.from_end[links]]
    for link, along, _ in begun:
        tails.append(np.array([source, source]))
        heads.append(np.array([start[link], end[link]]))
        costs.append(np.array([along, length[link] - along]))
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  slow to import

    metres, before = dijkstra(
        _shortest_edges(np.concatenate(tails), np.concatenate(heads), np.concatenate(costs), source + 1),
        indices=source,
        limit=distance_m,
        return_predecessors=True,
    )
    before = np.where(before == source, AT_START, before)
    return Around(links, start, end, nodes, metres[:source], before[:source].astype(np.int64), tuple(begun))


def _begun(lines: NDArray[np.object_], starts: NDArray[np.object_]) -> list[tuple[int, float, shapely.Point]]:
    """Return the nearest line of each starting point, of equally near ones the first, and metres along it."""
    if not len(lines):
        return []
    tree = shapely.STRtree(lines)
    begun = []
    for point in starts:
        near = np.sort(tree.query(point, predicate="dwithin", distance=START_WITHIN_M))
        if len(near):
            link = int(near[np.argmin(shapely.distance(lines[near], point))])
            begun.append((link, float(shapely.line_locate_point(lines[link], point)), point))
    return begun


def _shortest_edges(
    tail: NDArray[np.int64], head: NDArray[np.int64], cost: NDArray[np.float64], size: int
) -> csr_array:
    """Return the cheapest edge between each pair of nodes; the sparse constructor would add them up."""
    passable = np.isfinite(cost) & (tail != head)
    tail, head, cost = tail[passable], head[passable], np.maximum(cost[passable], LEAST_M)
    order = np.lexsort((cost, head, tail))
    tail, head, cost = tail[order], head[order], cost[order]
    fresh = np.ones(len(tail), dtype=bool)
    fresh[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    from scipy.sparse import csr_array  # noqa: PLC0415  slow to import

    return csr_array((cost[fresh], (tail[fresh], head[fresh])), shape=(size, size))
