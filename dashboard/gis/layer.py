"""One layer of the GeoPackage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

GEOPACKAGE_PATH = "/lager.gpkg"
"""Where the file is downloaded."""

GEOMETRY_COLUMN = "geom"
"""As QGIS calls it; the styles are found by it."""


@dataclass(frozen=True, eq=False, slots=True)
class Layer:
    """A layer ready to be written.

    Attributes
    ----------
    name
        Of its table: ASCII, the same in every language.
    title
        What people call it.
    geometry_type
        ``MultiPolygon``, ``MultiLineString`` or ``Point``, also where the layer is empty.
    frame
        Rows in the working CRS; codes and numbers in English columns, ``*_name`` columns in words.
    note
        What is not in it, and why; empty where all is.
    """

    name: str
    title: str
    geometry_type: str
    frame: gpd.GeoDataFrame
    note: str = ""
