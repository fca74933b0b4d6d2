"""A small town drawn by hand: streets that cross, namesakes, schools and squares, two villages.

Metres from the town's middle, which lies in Säffle; Svanby is a village 4 km to the east.
"""

from __future__ import annotations

import geopandas as gpd
import shapely

from etl.gazetteer.gazetteer import Gazetteer, make_gazetteer
from geodata.project import Project, parse_project

EAST, NORTH = 382_096.0, 6_556_218.0
VILLAGE = 4_000.0

STREETS = {
    # Two links each, split where they cross.
    "Storgatan": [[(0, 0), (400, 0)], [(400, 0), (1000, 0)]],
    "Skolgatan": [[(400, -500), (400, 0)], [(400, 0), (400, 500)]],
    "Kyrkogatan": [[(1000, -500), (1000, 0)], [(1000, 0), (1000, 500)]],
    "Norra Ringvägen": [[(0, 900), (1000, 900)]],
    "Södra Ringvägen": [[(0, -900), (1000, -900)]],
    "Älggatan": [[(1500, 300), (1800, 300)]],
}
VILLAGE_STREETS = {
    "Storgatan": [[(0, 0), (300, 0)]],
    "Kvarnvägen": [[(300, 0), (300, 300)]],
}
SCHOOLS = {"Tegnérskolan": (420, 150), "Älvskolan F-6": (1500, 350), "Svanby skola": (VILLAGE + 100, 50)}
AREAS = (
    ("square", "Stortorget", shapely.box(180, 10, 230, 50)),
    ("station", "Säffle station", shapely.Point(700, -300)),
    ("park", "Stadsparken", shapely.box(600, 100, 800, 250)),
    ("bus_stop", "Tegnérskolan", shapely.Point(425, 140)),
    ("named_place", "Folkets hus", shapely.Point(900, 60)),
    ("district", "Svanby", shapely.box(VILLAGE - 500, -800, VILLAGE + 800, 800)),
    ("district", "Norrstaden", shapely.box(-500, 600, 1500, 1500)),
    ("named_place", "Säffle", shapely.Point(500, 40)),
    ("named_place", "Hult", shapely.Point(1600, 320)),
    ("boundary", "Säffle", shapely.box(-9000, -9000, 9000, 9000)),
)


def project(gazetteer: str = "") -> Project:
    """Return the town's settings; `gazetteer` is what its section holds, as TOML."""
    import tomllib

    text = f'[municipality]\nname = "Säffle"\ncode = "1785"\n{gazetteer}'
    return parse_project(tomllib.loads(text))


def streets() -> gpd.GeoDataFrame:
    """Return the street layer."""
    rows = [(name, 0.0, part) for name, parts in STREETS.items() for part in parts]
    rows += [(name, VILLAGE, part) for name, parts in VILLAGE_STREETS.items() for part in parts]
    lines = [shapely.LineString([(EAST + x + shift, NORTH + y) for x, y in part]) for _, shift, part in rows]
    return gpd.GeoDataFrame(
        {
            "street_id": range(1, len(rows) + 1),
            "name": [name for name, _, _ in rows],
            "road_class": "residential",
            "speed_limit_kmh": 40.0,
            "length_m": shapely.length(lines),
        },
        geometry=lines,
        crs=3006,
    )


def schools() -> gpd.GeoDataFrame:
    """Return the school layer."""
    points = [shapely.Point(EAST + x, NORTH + y) for x, y in SCHOOLS.values()]
    ids = [str(number) for number in range(len(points))]
    return gpd.GeoDataFrame({"school_id": ids, "name": list(SCHOOLS)}, geometry=points, crs=3006)


def areas() -> gpd.GeoDataFrame:
    """Return the layer of areas."""
    shapes = [shapely.affinity.translate(shape, EAST, NORTH) for _, _, shape in AREAS]
    return gpd.GeoDataFrame(
        {
            "area_id": range(1, len(AREAS) + 1),
            "kind": [kind for kind, _, _ in AREAS],
            "name": [name for _, name, _ in AREAS],
        },
        geometry=shapes,
        crs=3006,
    )


def gazetteer(more: str = "") -> Gazetteer:
    """Return the town's gazetteer; `more` is what the project file adds, as TOML."""
    return make_gazetteer(schools=schools(), areas=areas(), streets=streets(), project=project(more))


def from_middle(x: float, y: float) -> tuple[float, float]:
    """Return metres from the town's middle, to the metre."""
    return round(x - EAST), round(y - NORTH)
