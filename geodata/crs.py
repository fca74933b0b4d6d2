"""One metric working CRS per workspace, WGS 84 at the door.

This is the only home of EPSG numbers and of the order of coordinates: inside the house a point is
``(x, y)`` = (east, north) in metres; at the door it is ``(lon, lat)`` in degrees, in that order.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geodata.errors import ParameterError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

WGS84 = 4326
SWEREF99_TM = 3006
RT90_25_GON_V = 3021
WEB_MERCATOR = 3857
"""What map services on the web draw in; no measure of metres on the ground."""
SWEREF99_LOCAL = tuple(range(3007, 3019))
"""The twelve local SWEREF 99 zones that municipalities use."""

PLANE = 2
"""Axes of a system for points on a map."""


@lru_cache(maxsize=64)
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def check_working(epsg: int) -> int:
    """Return `epsg` if it is a projected CRS in metres.

    Raises
    ------
    ParameterError
        ``crs_not_metric`` when it is unknown, geographic or not in metres.
    """
    try:
        crs = CRS.from_epsg(epsg)
    except CRSError:
        crs = None
    if crs is None or not crs.is_projected or any(axis.unit_name != "metre" for axis in crs.axis_info):
        raise ParameterError(
            "crs_not_metric", f"EPSG:{epsg} is not a projected CRS in metres; use 3006 in Sweden.", epsg=epsg
        )
    return epsg


def check_source(epsg: int | None) -> int | None:
    """Return `epsg` if coordinates on the ground can be written in it, or None.

    Raises
    ------
    ValueError
        For a code that is unknown, or that is neither projected nor geographic (heights, for example).
    """
    if epsg is None:
        return None
    try:
        crs = CRS.from_epsg(epsg)
    except CRSError as error:
        raise ValueError(f"there is no EPSG:{epsg}; in Sweden use 3006, 3007–3018, 3021 or 4326") from error
    if not (crs.is_projected or crs.is_geographic) or len(crs.axis_info) != PLANE:
        raise ValueError(f"EPSG:{epsg} is not for points on the ground; in Sweden use 3006 or 4326")
    return epsg


def is_geographic(epsg: int) -> bool:
    """Say whether coordinates in `epsg` are degrees."""
    return CRS.from_epsg(epsg).is_geographic


def area_of_use(epsg: int) -> tuple[float, float, float, float]:
    """Return where `epsg` is meant to be used: west, south, east, north in degrees; the world if unsaid.

    A system that is used on both sides of 180° is given all the way around: west is never east of east.
    """
    area = CRS.from_epsg(epsg).area_of_use
    if area is None:
        return (-180.0, -90.0, 180.0, 90.0)
    west, south, east, north = area.bounds
    return (west, south, east, north) if west <= east else (-180.0, south, 180.0, north)


def to_working(
    east_or_lon: ArrayLike, north_or_lat: ArrayLike, *, source: int, working: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bring coordinates from `source` to the working CRS.

    Parameters
    ----------
    east_or_lon, north_or_lat
        Easting and northing in the source's units, or longitude and latitude in degrees; shape ``(n,)``.
    source, working
        EPSG codes.

    Returns
    -------
    tuple of ndarray
        ``x`` (east) and ``y`` (north) in metres, shape ``(n,)``; infinite where the source has no answer.
    """
    first = np.asarray(east_or_lon, dtype=np.float64)
    second = np.asarray(north_or_lat, dtype=np.float64)
    if source == working:
        return first.copy(), second.copy()
    x, y = _transformer(source, working).transform(first, second)
    return np.asarray(x), np.asarray(y)


def to_lonlat(x: ArrayLike, y: ArrayLike, *, working: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bring working coordinates (metres) out of the door as longitude and latitude in degrees."""
    lon, lat = _transformer(working, WGS84).transform(
        np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    )
    return np.asarray(lon), np.asarray(lat)


def reproject(geometry: ArrayLike, *, source: int, target: int) -> NDArray[np.object_]:
    """Transform shapely geometries (array of any shape) between CRS; x stays east or longitude."""
    geometries = np.asarray(geometry, dtype=object)
    if source == target:
        return geometries
    transformer = _transformer(source, target)

    def change(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        first, second = transformer.transform(coordinates[:, 0], coordinates[:, 1])
        return np.column_stack([first, second])

    return np.asarray(shapely.transform(geometries, change), dtype=object)
