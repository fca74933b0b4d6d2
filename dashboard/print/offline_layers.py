"""The layers of the offline map, from the ground up, in the colours of the map on screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import folium
import numpy as np
import shapely
from folium.utilities import JsCode

from dashboard.map.drawn_ground import LINES, POLYGONS, ROADS, drawn_ground
from dashboard.map.palette import LIGHT
from geodata.crs import WGS84, reproject
from geodata.grid import SquareGrid
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.analyses.ground import Ground
    from geodata.store.snapshots import Snapshot

CODED = ("kind", "agreement", "chance", "stretch")
"""What a shape carries: codes alone."""

ROAD_WIDTHS = {"motorway": 3.4, "primary": 2.8, "secondary": 2.2, "tertiary": 1.7, "residential": 1.2}
"""Pixels at zoom 13; the script lets them grow and shrink with the zoom."""

_LINE_STYLES: dict[str, dict[str, Any]] = {
    "river": {"color": LIGHT.ground.water, "weight": 3},
    "boundary": {"color": LIGHT.ground.boundary, "weight": 1.4, "dashArray": "7 3 2 3"},
    "railway": {"color": LIGHT.ground.railway, "weight": 1.6, "dashArray": "6 3"},
}


def ground_layers(snapshot: Snapshot, page: folium.Map) -> list[tuple[str, float]]:
    """Add land, water, lines and roads; return each road layer's name in the page and its width."""
    features = json.loads(drawn_ground(snapshot))["features"]
    shapes = {
        feature["properties"]["kind"]: feature
        for feature in features
        if feature["geometry"]["type"] != "Point"
    }
    for kind in POLYGONS:
        if kind in shapes:
            colour = getattr(LIGHT.ground, kind)
            _still(shapes[kind], {"stroke": False, "fillColor": colour, "fillOpacity": 1}).add_to(page)
    for kind in LINES:
        if kind in shapes:
            _still(shapes[kind], {**_LINE_STYLES[kind], "fill": False}).add_to(page)
    roads: list[tuple[str, float]] = []
    present = [name for name in reversed(ROADS) if f"road_{name}" in shapes]
    for extra, colours in ((1.5, _edge), (0.0, _surface)):
        for name in present:
            width = ROAD_WIDTHS[name] + extra
            layer = _still(
                shapes[f"road_{name}"], {"color": colours(name), "weight": width, "opacity": 1, "fill": False}
            )
            layer.add_to(page)
            roads.append((layer.get_name(), width))
    return roads


def cell_layers(ground: Ground, cells: dict[int, int], page: folium.Map) -> list[tuple[str, float]]:
    """Add one layer for each level of cells; return its name in the page and its opacity."""
    grid = SquareGrid(ground.project.geography.cell_m)
    ids = np.fromiter(cells, dtype=np.int64, count=len(cells))
    levels = np.fromiter(cells.values(), dtype=np.int64, count=len(cells))
    layers: list[tuple[str, float]] = []
    for level, (colour, opacity) in enumerate(zip(LIGHT.levels, LIGHT.level_opacity, strict=True), start=1):
        squares = reproject(
            grid.polygons(ids[levels == level]), source=ground.project.geography.working_crs, target=WGS84
        )
        if len(squares):
            whole = shapely.set_precision(shapely.multipolygons(squares), 1e-6, mode="pointwise")
            feature = {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(whole))}
            layer = _still(feature, {"stroke": False, "fillColor": colour, "fillOpacity": opacity})
            layer.add_to(page)
            layers.append((layer.get_name(), opacity))
    return layers


def found_layers(payload: dict[str, Any], page: folium.Map) -> tuple[str | None, str | None]:
    """Add areas and places; return their names in the page, None where there are none.

    They carry an id and codes only: folium runs what stands in braces in its data, so no word that
    came from a file may pass through it. The words go another way, see `offline_map`.
    """
    areas = _touched(payload["areas"], _area_style, page)
    places = _touched(payload["places"], _place_style, page)
    return areas, places


def round_layers(lines: Sequence[shapely.Geometry], page: folium.Map) -> None:
    """Add the usual rounds of joyriding areas, dashed, as on the map of an opened place."""
    for line in lines:
        rounded = shapely.set_precision(shapely.LineString(line.coords), 1e-6, mode="pointwise")
        shape = {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(rounded))}
        for style in (
            {"color": LIGHT.area_halo, "weight": 6.5, "opacity": 0.8, "fill": False},
            {"color": LIGHT.way, "weight": 4, "dashArray": "9 5", "fill": False},
        ):
            _still(shape, style).add_to(page)


def _area_style(feature: dict[str, Any]) -> dict[str, Any]:
    edge = LIGHT.chance[feature["properties"]["chance"]]
    stretch = feature["properties"]["stretch"]
    style = {"color": edge.colour, "weight": edge.width * (2 if stretch else 1), "fill": not stretch}
    if edge.dash:
        style["dashArray"] = " ".join(str(edge.width * one) for one in edge.dash)
    return {**style, "fillColor": edge.colour, "fillOpacity": edge.fill}


def _place_style(feature: dict[str, Any]) -> dict[str, Any]:
    fill = LIGHT.agreement[feature["properties"]["agreement"]]
    school = feature["properties"]["kind"] == PlaceKind.SCHOOL_ZONE
    style = {"color": LIGHT.place, "weight": 1.6 if school else 2.2}
    if school:
        style["dashArray"] = "6 4"
    if fill.pattern == "none":
        return {**style, "fillColor": fill.colour, "fillOpacity": fill.opacity}
    agreement = feature["properties"]["agreement"]
    return {**style, "fillColor": f"url(#pattern-{agreement})", "fillOpacity": 1}


def _still(feature: dict[str, Any], style: dict[str, Any]) -> folium.GeoJson:
    """Make a layer that can't be clicked."""
    return folium.GeoJson(feature, style_function=lambda _: style, interactive=False, embed=True)


def _touched(collection: dict[str, Any], style: Any, page: folium.Map) -> str | None:
    if not collection["features"]:
        return None
    coded = [
        {**feature, "properties": {key: feature["properties"].get(key) for key in CODED}}
        for feature in collection["features"]
    ]
    # Patterns need SVG; all that lies below is quicker on a canvas.
    layer = folium.GeoJson(
        {**collection, "features": coded}, style_function=style, embed=True, renderer=JsCode("foundRenderer")
    )
    layer.add_to(page)
    return str(layer.get_name())


def _edge(name: str) -> str:
    large = name in {"motorway", "primary"}
    return LIGHT.ground.road_large_edge if large else LIGHT.ground.road_edge


def _surface(name: str) -> str:
    if name in {"motorway", "primary"}:
        return LIGHT.ground.road_large
    return LIGHT.ground.road_main if name in {"secondary", "tertiary"} else LIGHT.ground.road
