"""The 290 municipalities that points are joined to: the real ones, else as many made ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geodata.crs import WGS84

REAL = Path(__file__).parents[2] / "shared" / "data" / "sweden" / "municipalities.parquet"
MUNICIPALITIES = 290
OUTLINE = ((11.0, 58.5), (12.9, 55.4), (16.4, 56.2), (18.9, 59.8), (17.3, 61.7), (24.1, 65.8), (20.2, 69.0))
OUTLINE_BACK = ((14.6, 66.1), (12.1, 63.3), (12.0, 60.9))
"""Sweden with a ruler, in longitude and latitude."""


def put_municipalities(path: Path) -> str:
    """Write a GeoParquet file of municipalities; say which they are: ``real`` or ``made``."""
    if REAL.is_file():
        shutil.copy(REAL, path)
        return "real"
    made_municipalities().to_parquet(path)
    return "made"


def made_municipalities() -> gpd.GeoDataFrame:
    """Divide the outline of Sweden among points strewn over it, with edges as ragged as the real ones."""
    random = np.random.default_rng(290)
    outline = shapely.Polygon([*OUTLINE, *OUTLINE_BACK])
    west, south, east, north = outline.bounds
    strewn = np.column_stack([random.uniform(west, east, 4000), random.uniform(south, north, 4000)])
    middles = strewn[shapely.contains_xy(outline, strewn[:, 0], strewn[:, 1])][:MUNICIPALITIES]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(middles), extend_to=outline))
    cells = shapely.intersection(cells, outline)
    ragged = shapely.segmentize(cells, 0.05)
    return gpd.GeoDataFrame(
        {
            "kommun_kod": [f"{number:04d}" for number in range(100, 100 + len(ragged))],
            "kommun": [f"Kommun {number}" for number in range(len(ragged))],
        },
        geometry=ragged,
        crs=WGS84,
    )
