"""An area as a person typed, pasted or clicked it: WKT or GeoJSON, in degrees or in the working CRS."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.crs import WGS84, area_of_use, reproject, to_working
from geodata.errors import ParameterError

if TYPE_CHECKING:
    from geodata.sections import Geography

LONGEST = 200_000
"""Characters of an outline; more is not drawn by hand."""

_DEGREES = 180.0
_DECIMALS = 6


def read_area(text: str, geography: Geography) -> shapely.Geometry:
    """Read an area and return it in the working CRS.

    Parameters
    ----------
    text
        WKT or GeoJSON (a geometry, a feature or several); coordinates beyond 180 are metres in the working
        CRS, others longitude and latitude.

    Raises
    ------
    ParameterError
        ``area_missing``, ``area_unreadable`` when it is neither, ``area_not_area`` when it is no area,
        ``area_outside`` when it lies outside the municipality.
    """
    text = text.strip()
    if not text:
        raise ParameterError("area_missing", "No area is drawn.")
    shape = _read(text[:LONGEST])
    if shapely.get_dimensions(shape) != 2 or shapely.is_empty(shape):
        raise ParameterError("area_not_area", "The shape is no area; at least three corners are needed.")
    west, south, east, north = shape.bounds
    if max(abs(west), abs(east), abs(south), abs(north)) > _DEGREES:
        degrees = reproject([shape], source=geography.working_crs, target=WGS84)[0]
    else:
        degrees = shape
        shape = reproject([degrees], source=WGS84, target=geography.working_crs)[0]
    west, south, east, north = geography.extent or area_of_use(geography.working_crs)
    if not shapely.box(west, south, east, north).covers(shapely.box(*degrees.bounds)):
        raise ParameterError("area_outside", "The area reaches outside the municipality.")
    return shape


def read_corner(text: str, geography: Geography) -> tuple[float, float]:
    """Read ``longitude latitude``, the last corner pointed out, and return metres in the working CRS.

    Raises
    ------
    ParameterError
        ``point_missing``, ``point_outside``.
    """
    try:
        lon, lat = (float(part) for part in text.split())
    except ValueError as error:
        raise ParameterError("point_missing", "No point is chosen on the map.") from error
    west, south, east, north = geography.extent or area_of_use(geography.working_crs)
    if not (west <= lon <= east and south <= lat <= north):
        raise ParameterError(
            "point_outside", f"{lon}, {lat} lies outside the municipality.", longitude=lon, latitude=lat
        )
    x, y = to_working([lon], [lat], source=WGS84, working=geography.working_crs)
    return float(x[0]), float(y[0])


def _read(text: str) -> shapely.Geometry:
    try:
        if text.startswith("{"):
            return _from_json(json.loads(text))
        shape = shapely.from_wkt(text)
    except (shapely.errors.GEOSException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ParameterError("area_unreadable", "The area is neither WKT nor GeoJSON.") from error
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise ParameterError("area_unreadable", "The area is neither WKT nor GeoJSON.")
    return shape


def _from_json(found: dict[str, object]) -> shapely.Geometry:
    kind = found.get("type")
    if kind == "FeatureCollection":
        features = found["features"]
        if not isinstance(features, list) or not features:
            raise ValueError("no features")
        return shapely.union_all([_from_json(one) for one in features])
    if kind == "Feature":
        return _from_json(found["geometry"])  # type: ignore[arg-type]  # else it is refused as unreadable
    return shapely.from_geojson(json.dumps(found))
