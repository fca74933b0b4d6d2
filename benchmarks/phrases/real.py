"""Real Swedish schools and municipalities, where the shared data are at hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from benchmarks.phrases.ground import Ground, Spot
from geodata.crs import SWEREF99_TM
from geodata.project import parse_project
from geodata.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import shapely

OFFICIAL = re.compile(r"\s[A-Z]-\d|\s\d(?:-\d)?$|(?<=kola|olan)\s(?:\d-\d|[Aa]npassad|ekonomisk)")
"""Where the part of a unit's name begins that nobody says."""
ONE_SITE_M = 25.0
SCHOOLS = Path(__file__).parents[3] / "shared/data/sweden/schools_in_the_five_municipalities.csv"


def real_grounds() -> list[Ground]:
    """Return a ground for each municipality of the list: its schools, no streets; none without the file."""
    if not SCHOOLS.exists():
        return []
    listed = pd.read_csv(SCHOOLS, dtype={"municipality_code": str, "school_unit_code": str})
    return [_ground(str(name), rows) for name, rows in listed.groupby("municipality")]


def _ground(name: str, rows: pd.DataFrame) -> Ground:
    points = gpd.points_from_xy(rows["easting_3006"], rows["northing_3006"])
    schools = gpd.GeoDataFrame(
        {"school_id": rows["school_unit_code"].to_numpy(), "name": rows["name"].to_numpy()},
        geometry=points,
        crs=SWEREF99_TM,
    )
    code = str(rows["municipality_code"].iloc[0]).zfill(4)
    return Ground(
        schools=schools,
        areas=_empty("areas"),
        links=_empty("streets"),
        project=parse_project({"municipality": {"name": name, "code": code}}),
        spots=tuple(_spots(rows["name"], points)),
        streets=(),
        crossings={},
        villages=(),
    )


def _spots(names: Iterable[str], points: Iterable[shapely.Point]) -> Iterator[Spot]:
    """Yield what people call the schools, where all units called so share a spot."""
    sites: dict[str, list[shapely.Point]] = {}
    for name, at in zip(names, points, strict=True):
        sites.setdefault(OFFICIAL.split(name)[0].strip(), []).append(at)
    for name, units in sites.items():
        if max(unit.distance(units[0]) for unit in units) <= ONE_SITE_M:
            yield Spot(name, "school", units[0].x, units[0].y)


def _empty(table: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({name: [] for name in TABLES[table].names}, geometry="geometry", crs=SWEREF99_TM)
