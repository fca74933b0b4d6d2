"""What goes into the tiles: the workspace's own layers as GeoJSON lines, each with the zooms that show it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.codelists import NOT_LABELLED
from geodata.crs import WGS84, reproject
from geodata.evidence.exposure import exposure
from geodata.grid import SquareGrid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

    from geodata.store.snapshots import Snapshot

DEEPEST_ZOOM = 14
"""Tiles end here and are stretched beyond: a step in them is 0.3 m, below what any layer knows."""

GROUND_FROM_ZOOM = {
    "water": 5,
    "wood": 5,
    "residential": 8,
    "industrial": 9,
    "park": 10,
    "square": 12,
    "parking": 13,
    "building": 14,
}
LINES_FROM_ZOOM = {"boundary": 5, "river": 7, "railway": 8}
ROADS_FROM_ZOOM = {
    "motorway": 5,
    "primary": 6,
    "secondary": 8,
    "tertiary": 9,
    "residential": 11,
    "service": 13,
    "path": 13,
}
NAMES_FROM_ZOOM = {"residential": 9, "water": 10, "river": 11, "station": 12}
NAMED_FROM_ZOOM = 13
"""Of every other kind of area that has a name."""

CELLS_FROM_ZOOM = {100: 9, 250: 8, 1000: 6}
"""By side in metres: below this a cell is smaller than a pixel."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing in a tile layer; geometry in degrees, lon before lat."""

    geometry: shapely.Geometry
    properties: dict[str, str]
    from_zoom: int
    feature_id: int | None = None

    def to_line(self) -> str:
        """Return it as one line of GeoJSON, with tippecanoe's own member for the zooms."""
        geometry = shapely.to_geojson(self.geometry)
        feature: dict[str, object] = {
            "type": "Feature",
            "properties": self.properties,
            "tippecanoe": {"minzoom": self.from_zoom},
        }
        if self.feature_id is not None:
            feature["id"] = self.feature_id
        return json.dumps(feature, ensure_ascii=False)[:-1] + f', "geometry": {geometry}}}'


def _degrees(geometry: NDArray[np.object_], snapshot: Snapshot) -> NDArray[np.object_]:
    return reproject(geometry, source=snapshot.project.geography.working_crs, target=WGS84)


def _present(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    geometry = np.asarray(frame.geometry.to_numpy(), dtype=object)
    return frame[~(shapely.is_missing(geometry) | shapely.is_empty(geometry))]


def _ground(snapshot: Snapshot) -> Iterator[Feature]:
    areas = _present(snapshot.table("areas"))
    areas = areas[areas["kind"].isin(GROUND_FROM_ZOOM) & (shapely.get_dimensions(areas.geometry) == 2)]
    degrees = _degrees(np.asarray(areas.geometry.to_numpy(), dtype=object), snapshot)
    for kind, geometry in zip(areas["kind"], degrees, strict=True):
        yield Feature(geometry, {"kind": kind}, GROUND_FROM_ZOOM[kind])


def _lines(snapshot: Snapshot) -> Iterator[Feature]:
    areas = _present(snapshot.table("areas"))
    areas = areas[areas["kind"].isin(LINES_FROM_ZOOM)]
    geometry = np.asarray(areas.geometry.to_numpy(), dtype=object)
    is_area = shapely.get_dimensions(geometry) == 2
    geometry[is_area] = shapely.boundary(geometry[is_area])
    for kind, line in zip(areas["kind"], _degrees(geometry, snapshot), strict=True):
        yield Feature(line, {"kind": kind}, LINES_FROM_ZOOM[kind])


def _roads(snapshot: Snapshot) -> Iterator[Feature]:
    """Join the links of a street, so that its name can run along it."""
    streets = _present(snapshot.table("streets"))
    streets = streets.assign(name=streets["name"].fillna(""))
    for (road_class, name), links in streets.groupby(["road_class", "name"], sort=True):
        joined = shapely.line_merge(shapely.multilinestrings(_single_lines(links)))
        properties = {"class": road_class, "name": name} if name else {"class": road_class}
        for line in _degrees(shapely.get_parts(joined), snapshot):
            yield Feature(line, properties, ROADS_FROM_ZOOM[road_class])


def _single_lines(links: gpd.GeoDataFrame) -> NDArray[np.object_]:
    return np.asarray(shapely.get_parts(np.asarray(links.geometry.to_numpy(), dtype=object)))


def _labels(snapshot: Snapshot) -> Iterator[Feature]:
    areas = _present(snapshot.table("areas"))
    # Squares and centres are places: the map names them itself.
    areas = areas[areas["name"].fillna("").ne("") & ~areas["kind"].isin(NOT_LABELLED)]
    points = shapely.point_on_surface(np.asarray(areas.geometry.to_numpy(), dtype=object))
    for kind, name, point in zip(areas["kind"], areas["name"], _degrees(points, snapshot), strict=True):
        yield Feature(point, {"kind": kind, "name": name}, NAMES_FROM_ZOOM.get(kind, NAMED_FROM_ZOOM))


@lru_cache(maxsize=8)
def cell_ids(snapshot: Snapshot) -> NDArray[np.int64]:
    """Return the cells in the tiles, sorted: where people live or a street runs, and one step round them.

    Observations have no say in it, so that the tiles tell nobody where one was made.
    """
    weights = exposure(snapshot.table("streets"), snapshot.table("population"))
    side_m = snapshot.project.geography.cell_m
    grid = SquareGrid(side_m)
    around = [
        grid.ids(weights.x + east * side_m, weights.y + north * side_m)
        for east in (-1, 0, 1)
        for north in (-1, 0, 1)
    ]
    return np.unique(np.concatenate(around))


def _cells(snapshot: Snapshot) -> Iterator[Feature]:
    side_m = snapshot.project.geography.cell_m
    ids = cell_ids(snapshot)
    squares = _degrees(SquareGrid(side_m).polygons(ids), snapshot)
    for cell, square in zip(ids, squares, strict=True):
        yield Feature(square, {}, CELLS_FROM_ZOOM[side_m], int(cell))


TILE_LAYERS: dict[str, Callable[[Snapshot], Iterator[Feature]]] = {
    "ground": _ground,
    "lines": _lines,
    "roads": _roads,
    "labels": _labels,
    "cells": _cells,
}
"""Layer in the tiles → what is in it."""
