"""What walking along the streets costs: metres, and fast roads to cross where nothing helps one over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.streets.network import StreetNetwork

LARGER = frozenset({"motorway", "primary", "secondary", "tertiary"})
"""Road classes whose traffic makes a crossing; the others are crossed anywhere."""

CROSSING_WITHIN_M = 25.0
"""A crossing point helps one over at a junction within this of it."""


@dataclass(frozen=True, slots=True)
class CrossingRule:
    """When a road is hard to cross.

    Attributes
    ----------
    fast_kmh, cost_m
        From this limit on, a larger road without a crossing point costs so many metres to cross.
    blocked_kmh
        From this limit on it is not crossed at all.
    """

    fast_kmh: float = 50.0
    cost_m: float = 100.0
    blocked_kmh: float = 80.0


@dataclass(frozen=True, eq=False)
class Walk:
    """A network as it is walked.

    Attributes
    ----------
    network
        Streets in the working CRS.
    from_start, from_end
        Metres that it costs to come into a link from the node at its start, and at its end: what it takes
        to get off a fast road there. Infinite where one does not get over, shape ``(links,)``.
    """

    network: StreetNetwork
    from_start: NDArray[np.float64]
    from_end: NDArray[np.float64]


def walk(network: StreetNetwork, crossings: NDArray[np.object_], *, rule: CrossingRule | None = None) -> Walk:
    """Work out what walking costs.

    One may walk along a fast road, for the ground before a school counts, and pays for leaving it: so the
    other side is farther away, or not reached.

    Parameters
    ----------
    crossings
        Points where a crossing helps one over, in the working CRS; empty where none are known.
    """
    rule = rule or CrossingRule()
    larger = np.isin(network.road_class, list(LARGER))
    speed = np.where(larger, np.nan_to_num(network.speed_limit_kmh), 0.0)
    at_node = np.zeros(network.nodes)
    np.maximum.at(at_node, network.start, speed)
    np.maximum.at(at_node, network.end, speed)
    cost = np.where(at_node >= rule.fast_kmh, rule.cost_m, 0.0)
    cost[at_node >= rule.blocked_kmh] = np.inf
    hard = np.flatnonzero(cost > 0)
    if len(hard) and len(crossings):
        nodes = shapely.points(network.node_xy[hard])
        near, _ = shapely.STRtree(crossings).query(nodes, predicate="dwithin", distance=CROSSING_WITHIN_M)
        cost[hard[near]] = 0.0
    slow = speed < rule.fast_kmh
    return Walk(
        network=network,
        from_start=np.where(slow, cost[network.start], 0.0),
        from_end=np.where(slow, cost[network.end], 0.0),
    )
