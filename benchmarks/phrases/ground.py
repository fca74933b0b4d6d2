"""What the phrases are about: a made-up town's layers, with villages that bear the same street names."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from benchmarks.phrases.words import words
from geodata.crs import SWEREF99_TM, to_lonlat
from geodata.project import Project, parse_project

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Point = tuple[float, float]

ONE_SPOT_M = 60.0
"""Two streets that meet at nodes farther apart than this cross more than once."""
VILLAGE_M = 900.0


@dataclass(frozen=True)
class Spot:
    """A named place that is a point: its name, its kind and the village that it lies in."""

    name: str
    kind: str
    x: float
    y: float
    village: str = ""


@dataclass(frozen=True)
class Street:
    """A street: its name, its line, the village that it lies in."""

    name: str
    line: shapely.Geometry
    village: str = ""


@dataclass(frozen=True)
class Ground:
    """The layers as the gazetteer gets them, and what the generator knows of them by itself.

    Attributes
    ----------
    crossings
        Two streets, by their place in `streets` → where they cross; those that cross once.
    """

    schools: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    links: gpd.GeoDataFrame
    project: Project
    spots: tuple[Spot, ...]
    streets: tuple[Street, ...]
    crossings: dict[tuple[int, int], Point]
    villages: tuple[str, ...]


def made_ground(workspace: Path, *, seed: int) -> Ground:
    """Make and import a town, and add what the phrases need."""
    from etl.pipeline import run
    from etl.synthetic.sizes import Size
    from etl.synthetic.town import make_town
    from geodata.store.snapshots import open_current

    make_town(workspace, size=Size.TOWN, seed=seed)
    run(workspace)
    snapshot = open_current(workspace / "store")
    rng = np.random.default_rng([seed, 77])
    areas, schools, links = (snapshot.table(name) for name in ("areas", "schools", "streets"))
    middles = _village_middles(links, rng)
    links = _with_village_streets(links, middles)
    added_areas, added_schools, shops = _added(links, middles, rng)
    areas = gpd.GeoDataFrame(pd.concat([areas, added_areas], ignore_index=True), geometry="geometry")
    schools = gpd.GeoDataFrame(pd.concat([schools, added_schools], ignore_index=True), geometry="geometry")
    streets = _streets(links)
    return Ground(
        schools=schools,
        areas=areas,
        links=links,
        project=_project(snapshot.project, areas, shops),
        spots=tuple(_spots(schools, areas, shops, middles)),
        streets=streets,
        crossings=_crossings(links, streets),
        villages=tuple(middles),
    )


def _village_middles(links: gpd.GeoDataFrame, rng: np.random.Generator) -> dict[str, Point]:
    """Choose spots at the edge of the municipality, far from each other and from every named street."""
    west, south, east, north = links.total_bounds
    lines = shapely.STRtree(links.geometry.to_numpy())
    found: dict[str, Point] = {}
    while len(found) < len(words()["added"]["villages"]):
        x, y = float(rng.uniform(west, east)), float(rng.uniform(south, north))
        nearest = shapely.distance(shapely.Point(x, y), lines.geometries[lines.nearest(shapely.Point(x, y))])
        if nearest > VILLAGE_M and all(np.hypot(x - a, y - b) > 3 * VILLAGE_M for a, b in found.values()):
            found[words()["added"]["villages"][len(found)]] = (x, y)
    return found


def _with_village_streets(links: gpd.GeoDataFrame, middles: dict[str, Point]) -> gpd.GeoDataFrame:
    """Lay a small grid of streets in every village, with names that the town has too."""
    rows = []
    for x, y in middles.values():
        names = words()["added"]["namesakes"]
        for number, name in enumerate(names[:3]):
            at = y - 200 + 200 * number
            cuts = [x - 300, x - 150, x + 150, x + 300]
            rows += [(name, shapely.LineString([(a, at), (b, at)])) for a, b in itertools.pairwise(cuts)]
        for number, name in enumerate(names[3:]):
            at = x - 150 + 300 * number
            cuts = [y - 300, y - 200, y, y + 200, y + 300]
            rows += [(name, shapely.LineString([(at, a), (at, b)])) for a, b in itertools.pairwise(cuts)]
    first = int(links["street_id"].max()) + 1
    added = gpd.GeoDataFrame(
        {
            "street_id": np.arange(first, first + len(rows)),
            "name": [name for name, _ in rows],
            "road_class": "residential",
            "speed_limit_kmh": 40.0,
            "length_m": [line.length for _, line in rows],
        },
        geometry=[line for _, line in rows],
        crs=SWEREF99_TM,
    )
    return gpd.GeoDataFrame(
        pd.concat([links, added], ignore_index=True), geometry="geometry", crs=SWEREF99_TM
    )


def _added(
    links: gpd.GeoDataFrame, middles: dict[str, Point], rng: np.random.Generator
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, list[Spot]]:
    """Return areas, schools and shops that are added."""
    added = words()["added"]
    rows: list[tuple[str, str, shapely.Geometry]] = [
        ("district", name, shapely.Point(at).buffer(VILLAGE_M)) for name, at in middles.items()
    ]
    points = iter(
        _apart(links, len(added["named_places"]) + len(added["bus_stops"]) + len(added["shops"]), rng)
    )
    rows += [("named_place", name, shapely.Point(next(points))) for name in added["named_places"]]
    rows += [("bus_stop", name, shapely.Point(next(points))) for name in added["bus_stops"]]
    shops = [Spot(name, "shop", *next(points)) for name in added["shops"]]
    schools = [(f"{name}s skola", shapely.Point(x + 60, y + 90)) for name, (x, y) in middles.items()]
    return (
        gpd.GeoDataFrame(
            {
                "area_id": np.arange(900_001, 900_001 + len(rows)),
                "kind": [kind for kind, _, _ in rows],
                "name": [name for _, name, _ in rows],
            },
            geometry=[shape for _, _, shape in rows],
            crs=SWEREF99_TM,
        ),
        gpd.GeoDataFrame(
            {"school_id": [f"v{n}" for n in range(len(schools))], "name": [name for name, _ in schools]},
            geometry=[at for _, at in schools],
            crs=SWEREF99_TM,
        ),
        shops,
    )


def _apart(links: gpd.GeoDataFrame, count: int, rng: np.random.Generator) -> list[Point]:
    """Return spots a little beside streets, 150 m and more from each other."""
    found: list[Point] = []
    lines = links.geometry.to_numpy()
    while len(found) < count:
        at = shapely.line_interpolate_point(
            lines[int(rng.integers(len(lines)))], rng.random(), normalized=True
        )
        x, y = float(at.x) + 25.0, float(at.y) + 25.0
        if all(np.hypot(x - a, y - b) > 150 for a, b in found):
            found.append((x, y))
    return found


def _project(project: Project, areas: gpd.GeoDataFrame, shops: list[Spot]) -> Project:
    """Return the settings with the municipality's additions to the gazetteer."""
    lon, lat = to_lonlat([shop.x for shop in shops], [shop.y for shop in shops], working=SWEREF99_TM)
    places = [
        {
            "name": shop.name,
            "aliases": words()["added"]["shops"][shop.name],
            "longitude": float(lon[n]),
            "latitude": float(lat[n]),
        }
        for n, shop in enumerate(shops)
    ]
    for kind, aliases in words()["added"]["aliases"].items():
        places.append({"name": _first_of(areas, kind), "aliases": aliases})
    return parse_project(project.to_json() | {"gazetteer": {"place": places}})


def _first_of(areas: gpd.GeoDataFrame, kind: str) -> str:
    return str(areas.loc[(areas["kind"] == kind) & (areas["name"].fillna("") != ""), "name"].iloc[0])


def _spots(
    schools: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, shops: list[Spot], middles: dict[str, Point]
) -> list[Spot]:
    kinds = ("square", "park", "station", "centre", "named_place", "bus_stop")
    named = areas[areas["kind"].isin(kinds) & (areas["name"].fillna("") != "")]
    middle = named.geometry.map(shapely.point_on_surface)
    found = [
        Spot(name, kind, at.x, at.y)
        for name, kind, at in zip(named["name"], named["kind"], middle, strict=True)
    ]
    for name, at in zip(schools["name"], schools.geometry, strict=True):
        village = next((v for v, (x, y) in middles.items() if np.hypot(at.x - x, at.y - y) < VILLAGE_M), "")
        found.append(Spot(name, "school", at.x, at.y, village))
    return found + shops


def _streets(links: gpd.GeoDataFrame) -> tuple[Street, ...]:
    """Return the streets: links of one name; in the villages, each village's by itself."""
    named = links[links["name"].fillna("") != ""]
    added = named["street_id"] > int(links["street_id"].max()) - _village_links()
    town = [
        Street(str(name), shapely.union_all(rows.geometry.to_numpy()))
        for name, rows in named[~added].groupby("name")
    ]
    per_village = _village_links() // len(words()["added"]["villages"])
    villages = []
    for number, village in enumerate(words()["added"]["villages"]):
        own = named[added].iloc[number * per_village : (number + 1) * per_village]
        villages += [
            Street(str(name), shapely.union_all(rows.geometry.to_numpy()), village)
            for name, rows in own.groupby("name")
        ]
    return (*town, *villages)


def _village_links() -> int:
    return len(words()["added"]["villages"]) * (3 * 3 + 2 * 4)


def _crossings(links: gpd.GeoDataFrame, streets: tuple[Street, ...]) -> dict[tuple[int, int], Point]:
    """Return where two streets meet: at a common end point of their links."""
    at: dict[Point, set[int]] = defaultdict(set)
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, street in enumerate(streets):
        by_name[street.name].append(number)
    for name, line in zip(links["name"].fillna(""), links.geometry, strict=True):
        for end in (line.coords[0], line.coords[-1]):
            for number in by_name.get(name, ()):
                if shapely.dwithin(streets[number].line, shapely.Point(end), 0.01):
                    at[round(end[0], 1), round(end[1], 1)].add(number)
    meet: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for point, here in at.items():
        for one in here:
            for other in here:
                if one < other and streets[one].name != streets[other].name:
                    meet[one, other].append(point)
    return {pair: points[0] for pair, points in meet.items() if _spread(np.array(points)) <= ONE_SPOT_M}


def _spread(points: NDArray[np.float64]) -> float:
    return float(np.hypot(*(points.max(axis=0) - points.min(axis=0))))
