"""Events on the links of a network, and how its links meet, as the equal-split kernels take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.streets.network import StreetNetwork


@dataclass(frozen=True, eq=False)
class Junctions:
    """How the ends of links meet; end ``i`` is the first vertex of link ``i``, ``links + i`` its last.

    Attributes
    ----------
    node
        The node of each end, shape ``(2 * links,)``.
    starts, ends
        The ends at each node: ``ends[starts[node]:starts[node + 1]]``.
    """

    node: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LinkEvents:
    """Events on links, link by link; lengths are in bandwidths.

    Attributes
    ----------
    order
        Position of each among the events given, shape ``(events,)``.
    link, along, weight
        Of each event, in that order.
    starts
        Where each link's events begin, shape ``(links + 1,)``.
    length, steps
        Of each link: in bandwidths, and in whole steps of ``kernels.equal_split``.
    away, sums
        As ``kernels.link_events.sum_powers`` makes them.
    """

    order: NDArray[np.int64]
    link: NDArray[np.int64]
    along: NDArray[np.float64]
    weight: NDArray[np.float64]
    starts: NDArray[np.int64]
    length: NDArray[np.float64]
    steps: NDArray[np.int64]
    away: NDArray[np.float64]
    sums: NDArray[np.float64]


def junctions(network: StreetNetwork) -> Junctions:
    """Say which ends of links meet at each node."""
    node = np.concatenate([network.start, network.end]).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(network.degree)]).astype(np.int64)
    return Junctions(node, starts, np.argsort(node, kind="stable").astype(np.int64))


def link_events(
    network: StreetNetwork,
    link: NDArray[np.int64],
    along_m: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    bandwidth_m: float,
) -> LinkEvents:
    """Sort events along their links and sum the powers of their distances.

    Parameters
    ----------
    link, along_m, weight
        The link of each event, metres from its first vertex, and what it counts, shape ``(events,)``.
    """
    from geodata.kernels.equal_split import STEPS  # noqa: PLC0415  numba is slow to import
    from geodata.kernels.link_events import (  # noqa: PLC0415
        POWERS,
        sort_along,
        sum_powers,
    )

    length = network.length_m / bandwidth_m
    starts = np.zeros(network.links + 1, dtype=np.int64)
    order = sort_along(np.ascontiguousarray(link), np.ascontiguousarray(along_m), starts)
    along, borne = along_m[order] / bandwidth_m, np.ascontiguousarray(weight[order], dtype=np.float64)
    away = np.empty((2, len(order)))
    sums = np.empty((2, len(order) + network.links, POWERS))
    sum_powers(starts, along, borne, length, away, sums)
    return LinkEvents(
        order=order,
        link=link[order],
        along=along,
        weight=borne,
        starts=starts,
        length=length,
        steps=np.maximum(np.rint(length * STEPS), 1).astype(np.int64),
        away=away,
        sums=sums,
    )
