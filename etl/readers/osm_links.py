"""OpenStreetMap's ways as a network: divided where they meet, cut where the extract ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import osmium
import shapely
from osmium.filter import KeyFilter

from etl.conflation import PART_STEP

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from etl.readers.osm_tags import Features

WAYS = osmium.osm.NODE | osmium.osm.WAY


@dataclass(frozen=True, slots=True)
class Way:
    """One way: what it is, its tags, its nodes and where they are (NaN outside the file)."""

    osm_id: int
    feature: str
    tags: dict[str, str]
    nodes: NDArray[np.int64]
    at: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Link:
    """One piece of a way between two crossings or ends."""

    link_id: int
    way: Way
    line: shapely.Geometry


def read_links(path: Path, features: Features) -> tuple[list[Link], int]:
    """Read the ways that are features as links.

    A way is divided at every node that it shares with another or meets itself in. Where it leaves the
    extract it is cut at the last node that the file has.

    Returns
    -------
    links
        Their ids are the way's, with a step added for each further piece; lines in longitude and latitude.
    cut
        How many ways go on outside the extract.
    """
    ways = _ways(path, features)
    if not ways:
        return [], 0
    nodes = np.concatenate([way.nodes for way in ways])
    _, which, times = np.unique(nodes, return_inverse=True, return_counts=True)
    ends = np.cumsum([len(way.nodes) for way in ways])[:-1]
    links: list[Link] = []
    cut = 0
    for way, shared in zip(ways, np.split(times[which] > 1, ends), strict=True):
        known = np.asarray(np.isfinite(way.at).all(axis=1))
        cut += not known.all()
        lines = _pieces(way, known=known, shared=shared)
        links += [Link(way.osm_id + number * PART_STEP, way, line) for number, line in enumerate(lines)]
    return links, cut


def _ways(path: Path, features: Features) -> list[Way]:
    read = osmium.FileProcessor(str(path), WAYS).with_locations().with_filter(KeyFilter(*features.tags))
    ways = []
    for way in read:
        if not isinstance(way, osmium.osm.Way):
            continue
        tags = dict(way.tags)
        feature = features.named(tags)
        if feature:
            nodes = np.array([node.ref for node in way.nodes], dtype=np.int64)
            at = [(node.lon, node.lat) if node.location.valid() else (np.nan, np.nan) for node in way.nodes]
            ways.append(Way(way.id, feature, tags, nodes, np.array(at, dtype=np.float64).reshape(-1, 2)))
    return ways


def _pieces(way: Way, *, known: NDArray[np.bool_], shared: NDArray[np.bool_]) -> list[shapely.Geometry]:
    """Divide a way into lines: at shared nodes, and between a node that is known and one that is not."""
    lines = []
    start = 0
    for at in range(1, len(way.nodes)):
        if not (known[at - 1] and known[at]):
            if at - 1 > start:
                lines.append(way.at[start:at])
            start = at
        elif shared[at] or at == len(way.nodes) - 1:
            lines.append(way.at[start : at + 1])
            start = at
    # A piece whose nodes all lie in one point is no line.
    return [shapely.LineString(line) for line in lines if (line != line[0]).any()]
