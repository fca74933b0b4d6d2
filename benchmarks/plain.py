"""The plain pipeline that the import is held against: read, make points, join to areas, write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
from pyarrow import csv

from geodata.crs import WGS84

if TYPE_CHECKING:
    from pathlib import Path


def plain(answers: Path, areas: Path, out: Path) -> int:
    """Do what a person would write in a notebook.

    Returns
    -------
    int
        Rows written.
    """
    table = csv.read_csv(answers, parse_options=csv.ParseOptions(delimiter=";")).to_pandas()
    points = gpd.GeoDataFrame(
        table, geometry=gpd.points_from_xy(table["longitud"], table["latitud"]), crs=WGS84
    )
    municipalities = gpd.read_parquet(areas)
    joined = gpd.sjoin(points, municipalities, predicate="within", how="left")
    joined.to_parquet(out)
    return len(joined)
