"""The ground of the map that is drawn without WebGL: a few simplified shapes, one for each kind."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dashboard.map.extent import lattice
from geodata.codelists import NOT_LABELLED
from geodata.crs import WGS84, reproject

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

    from geodata.store.snapshots import Snapshot

POLYGONS = ("wood", "residential", "industrial", "park", "water", "square")
LINES = ("river", "boundary", "railway")
ROADS = ("motorway", "primary", "secondary", "tertiary", "residential")
"""Footpaths and yards are left out: a drawing has to stay quick to move."""

_STEPS_ACROSS = 4000
"""A detail smaller than this share of the whole is smoothed away."""

_DEGREE_STEP = 1e-5


@lru_cache(maxsize=4)
def drawn_ground(snapshot: Snapshot) -> bytes:
    """Return the ground as GeoJSON in degrees, with the member ``lattice``; UTF-8."""
    spread = lattice(snapshot)
    collection = {
        "type": "FeatureCollection",
        "features": [*_shapes(snapshot), *_names(snapshot)],
        "lattice": None if spread is None else asdict(spread),
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _shapes(snapshot: Snapshot) -> Iterator[dict[str, object]]:
    areas, streets = snapshot.table("areas"), snapshot.table("streets")
    spread = lattice(snapshot)
    tolerance = 0.0 if spread is None else spread.step * (spread.columns - 1) / _STEPS_ACROSS
    for kind in (*POLYGONS, *LINES):
        shapes = _geometry(areas[areas["kind"] == kind])
        wanted = 2 if kind in POLYGONS else 1
        if kind in LINES:
            shapes = np.where(shapely.get_dimensions(shapes) == 2, shapely.boundary(shapes), shapes)
        shapes = shapes[shapely.get_dimensions(shapes) == wanted]
        if len(shapes):
            yield _feature(kind, shapely.union_all(shapely.simplify(shapes, tolerance)), snapshot)
    for name in ROADS:
        lines = _geometry(streets[streets["road_class"] == name])
        if len(lines):
            joined = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(lines)))
            yield _feature(f"road_{name}", shapely.simplify(joined, tolerance), snapshot)


def _names(snapshot: Snapshot) -> Iterator[dict[str, object]]:
    areas = snapshot.table("areas")
    named = areas[areas["name"].fillna("").ne("") & ~areas["kind"].isin(NOT_LABELLED)]
    for kind, name, geometry in zip(named["kind"], named["name"], named.geometry, strict=True):
        if geometry is not None and not geometry.is_empty:
            yield _feature(kind, geometry.representative_point(), snapshot, name=name)


def _geometry(frame: gpd.GeoDataFrame) -> NDArray[np.object_]:
    geometry = np.asarray(frame.geometry.to_numpy(), dtype=object)
    return np.asarray(geometry[~(shapely.is_missing(geometry) | shapely.is_empty(geometry))])


def _feature(kind: str, geometry: shapely.Geometry, snapshot: Snapshot, **more: str) -> dict[str, object]:
    degrees = reproject([geometry], source=snapshot.project.geography.working_crs, target=WGS84)[0]
    rounded = shapely.set_precision(degrees, _DEGREE_STEP, mode="pointwise")
    return {
        "type": "Feature",
        "properties": {"kind": kind, **more},
        "geometry": json.loads(shapely.to_geojson(rounded)),
    }
