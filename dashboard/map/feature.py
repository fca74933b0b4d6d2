"""One shape as GeoJSON for the browser: no more points and decimals than a screen shows."""

from __future__ import annotations

import json
from typing import Any

import shapely

_DEGREE_STEP = 1e-6
_SMOOTH_DEGREES = 5e-6
"""About half a metre: the arcs of a walking catchment need no more points than that."""


def feature(feature_id: int, geometry: shapely.Geometry, properties: dict[str, Any]) -> dict[str, Any]:
    """Write a shape in degrees with its properties."""
    fewer = shapely.simplify(geometry, _SMOOTH_DEGREES)
    rounded = shapely.set_precision(fewer, _DEGREE_STEP, mode="pointwise")
    return {
        "type": "Feature",
        "id": feature_id,
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(rounded)),
    }
