"""Corridors: links of one name and class, joined end to end, all laid out on one axis of metres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.ops import substring

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geodata.streets.network import StreetNetwork

JOINED = 2
"""Where this many ends of one street meet it goes on; where more do, it branches, and each arm is its own."""

SLIVER_M = 0.001
"""A piece of a link below this is rounding."""


@dataclass(frozen=True, eq=False)
class Corridors:
    """Every link in one corridor, the corridors one after another on one axis.

    A place on the axis is a number of metres; what lies between two of them within a corridor is a
    stretch of that street, so counting along streets is counting between two numbers.

    Attributes
    ----------
    network
        Links in the working CRS.
    links
        Links in the order of the axis, shape ``(links,)``.
    link_metre
        Where each link begins on the axis, shape ``(links,)``, by link.
    backwards
        Whether a link's own direction runs against the axis, shape ``(links,)``, by link.
    bounds
        Where each corridor begins, and where the last one ends, shape ``(corridors + 1,)``.
    """

    network: StreetNetwork
    links: NDArray[np.int64]
    link_metre: NDArray[np.float64]
    backwards: NDArray[np.bool_]
    bounds: NDArray[np.float64]

    @property
    def length_m(self) -> float:
        """Length of all corridors together."""
        return float(self.bounds[-1])

    @cached_property
    def starts(self) -> NDArray[np.float64]:
        """Where the links of `links` begin on the axis, ascending."""
        return self.link_metre[self.links]

    def links_of(self, street_id: ArrayLike) -> NDArray[np.int64]:
        """Return the link of each street id; -1 for one that the network lacks."""
        wanted = np.asarray(street_id, dtype=np.int64)
        order = np.argsort(self.network.street_id, kind="stable")
        if not len(order):
            return np.full(len(wanted), -1, dtype=np.int64)
        ids = self.network.street_id[order]
        at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
        return np.where(ids[at] == wanted, order[at], -1)

    def metre(self, link: NDArray[np.int64], along_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where points of links lie on the axis; NaN for a link of -1.

        Parameters
        ----------
        link
            Links, shape ``(n,)``.
        along_m
            Metres from the first vertex of each, shape ``(n,)``. The end of a link counts as just
            inside it: else it would fall on the corridor that comes next on the axis.
        """
        found = np.full(len(link), np.nan)
        on = np.flatnonzero(link >= 0)
        length = self.network.length_m[link[on]]
        along = np.where(self.backwards[link[on]], length - along_m[on], along_m[on])
        inside = length - np.minimum(SLIVER_M, length / 2)
        found[on] = self.link_metre[link[on]] + np.clip(along, 0.0, inside)
        return found

    def corridor_at(self, metre: ArrayLike) -> NDArray[np.int64]:
        """Return the corridor in which each place on the axis lies."""
        return np.asarray(np.searchsorted(self.bounds, metre, side="right") - 1)

    def link_at(self, metre: float) -> int:
        """Return the link in which a place on the axis lies."""
        return int(self.links[np.searchsorted(self.starts, metre, side="right") - 1])

    def line(self, first: float, last: float) -> shapely.LineString:
        """Return what lies between two places of one corridor, in the working CRS."""
        low = int(np.searchsorted(self.starts, first, side="right")) - 1
        high = int(np.searchsorted(self.starts, last, side="left"))
        pieces = [self._piece(int(link), first, last) for link in self.links[low:high]]
        points = np.vstack([piece for piece in pieces if len(piece)])
        fresh = np.ones(len(points), dtype=bool)
        fresh[1:] = np.diff(points, axis=0).any(axis=1)
        return shapely.LineString(points[fresh])

    def _piece(self, link: int, first: float, last: float) -> NDArray[np.float64]:
        """Return the vertices of a link between two places on the axis, in the axis' direction."""
        length = self.network.length_m[link]
        begin, end = max(first - self.link_metre[link], 0.0), min(last - self.link_metre[link], length)
        if end - begin < min(SLIVER_M, length / 2):
            return np.empty((0, 2))
        if self.backwards[link]:
            begin, end = length - end, length - begin
        points = shapely.get_coordinates(substring(self.network.geometry[link], begin, end))
        return np.asarray(points[::-1] if self.backwards[link] else points)


def join(network: StreetNetwork) -> Corridors:
    """Join the links of a network into corridors.

    Links of one name and class are joined where exactly two of their ends meet; where the name branches
    each arm is a corridor of its own. Links without a name go on only where nothing else meets them, for
    two drives on either side of a street are not one. A ring begins at its first link.

    The two carriageways of a dual one are two corridors: each has its own records and its own expected, which
    is half of what an undivided street of the same length has (see `carriageways.abreast`).
    """
    partner = _partners(network)
    seen = np.zeros(network.links, dtype=bool)
    backwards = np.zeros(network.links, dtype=bool)
    links: list[int] = []
    heads: list[int] = []
    free = np.flatnonzero(partner < 0)
    # Free ends first, by link, so that no chain is entered in its middle; what is left then is rings.
    for end in [*free[np.argsort(free % network.links, kind="stable")], *range(network.links)]:
        at = int(end)
        if seen[at % network.links]:
            continue
        heads.append(len(links))
        while at >= 0 and not seen[link := at % network.links]:
            seen[link], backwards[link] = True, at >= network.links
            links.append(link)
            at = int(partner[(at + network.links) % (2 * network.links)])
    order = np.array(links, dtype=np.int64)
    ends = np.concatenate([[0.0], np.cumsum(network.length_m[order])])
    link_metre = np.empty(network.links)
    link_metre[order] = ends[:-1]
    bounds = ends[np.array([*heads, len(links)], dtype=np.int64)]
    return Corridors(network, order, link_metre, backwards, bounds)


def _partners(network: StreetNetwork) -> NDArray[np.int64]:
    """Return, for each end of a link, the end that it goes on into; -1 for none.

    End ``i`` is the first vertex of link ``i``, end ``links + i`` its last.
    """
    node = np.concatenate([network.start, network.end])
    name, road_class = network.name.astype(str), network.road_class.astype(str)
    names, name_code = np.unique(name, return_inverse=True)
    _, class_code = np.unique(road_class, return_inverse=True)
    street = np.tile(class_code * max(len(names), 1) + name_code, 2)
    may = (np.tile(name, 2) != "") | (network.degree[node] == JOINED)
    partner = np.full(len(node), -1, dtype=np.int64)
    ends = np.flatnonzero(may)
    ends = ends[np.lexsort((ends, node[ends], street[ends]))]
    fresh = np.ones(len(ends), dtype=bool)
    fresh[1:] = np.diff(street[ends]).astype(bool) | np.diff(node[ends]).astype(bool)
    first = np.flatnonzero(fresh)
    pairs = first[np.diff(np.append(first, len(ends))) == JOINED]
    partner[ends[pairs]], partner[ends[pairs + 1]] = ends[pairs + 1], ends[pairs]
    return partner
