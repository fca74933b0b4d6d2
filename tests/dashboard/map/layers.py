"""A snapshot of a few hand-made layers, for what must be known to the metre."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geodata.account import ImportReport
from geodata.project import parse_project
from geodata.schema import TABLES
from geodata.store.parts import write_part
from geodata.store.snapshots import Snapshot, publish

EAST, NORTH = 412_000, 6_578_000


def line(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(EAST + x, NORTH + y) for x, y in points])


def square(x: float, y: float, side: float) -> shapely.Polygon:
    return shapely.box(EAST + x, NORTH + y, EAST + x + side, NORTH + y + side)


STREETS = [
    (1, "Storgatan", "primary", line((0, 50), (400, 50))),
    (2, "Storgatan", "primary", line((400, 50), (950, 50))),
    (3, "Åsgatan", "residential", line((400, 50), (400, 700))),
    (4, None, "path", line((400, 700), (650, 700))),
]
AREAS = [
    (1, "boundary", "Provköping", square(-2000, -2000, 6000)),
    (2, "water", "Sjön", square(1200, 0, 500)),
    (3, "building", "", square(420, 100, 20)),
    (4, "railway", "", line((-500, -200), (1500, -200))),
    (5, "square", "Torget", square(300, 0, 80)),
]


def publish_layers(store: Path, *, streets=STREETS, areas=AREAS, cell_m: int = 100) -> Snapshot:
    """Publish streets and areas as the current snapshot."""
    tables = {
        "streets": gpd.GeoDataFrame(
            pd.DataFrame(streets, columns=["street_id", "name", "road_class", "geometry"]), crs=3006
        ).assign(length_m=lambda frame: frame.geometry.length),
        "areas": gpd.GeoDataFrame(
            pd.DataFrame(areas, columns=["area_id", "kind", "name", "geometry"]), crs=3006
        ),
    }
    parts = {
        name: {"handmade": write_part(store, frame, name)} for name, frame in tables.items() if len(frame)
    }
    assert set(parts) <= set(TABLES)
    project = parse_project(
        {"municipality": {"name": "Provköping", "code": "9998"}, "geography": {"cell_m": cell_m}}
    )
    report = ImportReport("2026-11-22T08:00:00+00:00", "2026-11-22T08:00:01+00:00", ())
    return publish(store, parts, project=project, report=report)
