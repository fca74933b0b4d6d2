"""OpenStreetMap's objects as they are drawn: points, lines and areas, those of relations among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import osmium
import shapely
from osmium.filter import KeyFilter
from osmium.geom import WKBFactory
from osmium.osm import Area, Changeset, Node, Relation, Way

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.readers.osm_tags import Features

NODE, WAY, RELATION = 0, 1, 2
KINDS = ("node", "way", "relation")
OsmObject = Node | Way | Relation | Area
AREA_RELATIONS = ("multipolygon", "boundary")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One object.

    Attributes
    ----------
    kind, osm_id
        `NODE`, `WAY` or `RELATION`, each with ids of their own.
    shape
        In longitude and latitude; None where the file does not hold all of it.
    """

    kind: int
    osm_id: int
    feature: str
    tags: dict[str, str]
    shape: shapely.Geometry | None

    @property
    def feature_id(self) -> int:
        """One number for the three kinds of id."""
        return self.osm_id * len(KINDS) + self.kind

    @property
    def called(self) -> str:
        """What OpenStreetMap calls it: ``way 17``."""
        return f"{KINDS[self.kind]} {self.osm_id}"


def read_shapes(path: Path, features: Features, *, lines: Sequence[str]) -> list[Drawn]:
    """Read nodes, ways and relations that are features, each once.

    A way is an area where it closes, and a line where its key is one of `lines`. What should be an area and
    is not closed, or whose members are not all in the file, has no shape.
    """
    keys = KeyFilter(*features.tags)
    read = osmium.FileProcessor(str(path)).with_locations().with_areas(keys).with_filter(keys)
    write = WKBFactory()
    drawn: dict[tuple[int, int], Drawn] = {}
    for one in read:
        if isinstance(one, Changeset):
            continue
        kind, osm_id = _identity(one)
        tags = dict(one.tags)
        if one.is_relation() and tags.get("type") not in AREA_RELATIONS:
            continue  # a route or a group of things, which are features themselves
        if one.is_area() and (kind, osm_id) not in drawn:
            continue  # its way or relation came first and was not asked for
        feature = drawn[kind, osm_id].feature if one.is_area() else features.named(tags)
        if feature:
            is_line = feature.partition("=")[0] in lines
            shape = None if is_line and one.is_area() else _shape(one, write, is_line=is_line)
            if shape is not None or (kind, osm_id) not in drawn:
                drawn[kind, osm_id] = Drawn(kind, osm_id, feature, tags, shape)
    return list(drawn.values())


def _identity(one: OsmObject) -> tuple[int, int]:
    if isinstance(one, Area):
        return (WAY if one.from_way() else RELATION), one.orig_id()
    return (NODE if isinstance(one, Node) else WAY if isinstance(one, Way) else RELATION), one.id


def _shape(one: OsmObject, write: WKBFactory, *, is_line: bool) -> shapely.Geometry | None:
    if isinstance(one, Node):
        return shapely.Point(one.lon, one.lat)
    if isinstance(one, Area):
        if one.num_rings() == (0, 0):
            return None  # members are missing, or do not close
        whole = shapely.from_wkb(write.create_multipolygon(one))
        return shapely.get_geometry(whole, 0) if shapely.get_num_geometries(whole) == 1 else whole
    if isinstance(one, Way) and is_line:
        known = [(node.lon, node.lat) for node in one.nodes if node.location.valid()]
        return shapely.LineString(known) if len(set(known)) > 1 else None
    return None
