"""Small OpenStreetMap extracts, written as a real one is."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

Tags = Mapping[str, str]


def write_extract(
    path: Path,
    *,
    nodes: Mapping[int, tuple[float, float] | tuple[float, float, Tags]],
    ways: Mapping[int, tuple[Sequence[int], Tags]],
    relations: Mapping[int, tuple[Sequence[tuple[str, int, str]], Tags]] | None = None,
) -> Path:
    """Write nodes (longitude, latitude, tags), ways (their nodes, tags) and relations (members, tags)."""
    with osmium.SimpleWriter(str(path)) as writer:
        for number, (lon, lat, *tags) in nodes.items():
            writer.add_node(
                Node(id=number, location=(lon, lat), tags=dict(tags[0]) if tags else {}, version=1)
            )
        for number, (members, tags) in ways.items():
            writer.add_way(Way(id=number, nodes=list(members), tags=dict(tags), version=1))
        for number, (parts, tags) in (relations or {}).items():
            writer.add_relation(Relation(id=number, members=list(parts), tags=dict(tags), version=1))
    return path
