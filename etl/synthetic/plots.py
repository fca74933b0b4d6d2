"""Ground set aside before houses are built: squares, parks, station, schools, shopping centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.synthetic.words import words

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from etl.synthetic.tile import Tile

SQUARE_M2 = (900.0, 7_500.0)
PARK_M2 = (7_000.0, 60_000.0)
SQUARES_APART_M = 330.0
STREET_HALF_M = 7.0
NEAR_M = 190.0
"""A square this near the railway or the river is named after it."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A piece of ground with a use: kind (`geodata.codelists.AREA_KINDS` or ``school``), name, shape."""

    kind: str
    name: str
    shape: shapely.Polygon
    gate: tuple[float, float]


def set_aside(
    tile: Tile, links: gpd.GeoDataFrame, *, squares: int, schools: int, name: str, rng: np.random.Generator
) -> list[Plot]:
    """Choose the plots of a tile; none overlap each other, a street or water."""
    plots = _squares(tile, links, squares, rng)
    plots += _station(tile, name)
    plots += _parks(tile, links, plots, rng)
    taken = [plot.shape for plot in plots] + [
        tile.terrain.water.buffer(20.0),
        tile.terrain.railway.buffer(25.0),
    ]
    plots += _beside_streets(tile, links, taken, schools, rng)
    return plots


def _faces(tile: Tile, links: gpd.GeoDataFrame) -> NDArray[np.object_]:
    reach = shapely.Point(0, 0).buffer(1.5 * tile.terrain.radius)
    lines = links.geometry.to_numpy()[links["road_class"] != "path"]
    inside = lines[shapely.intersects(lines, reach)]
    return np.asarray(shapely.get_parts(shapely.polygonize(inside)))


def _squares(tile: Tile, links: gpd.GeoDataFrame, count: int, rng: np.random.Generator) -> list[Plot]:
    """Make small blocks into squares: the main one in the middle, others apart from each other."""
    faces = _faces(tile, links)
    shapes = shapely.buffer(faces, -STREET_HALF_M)
    area = shapely.area(shapes)
    fits = (area > SQUARE_M2[0]) & (area < SQUARE_M2[1]) & (shapely.get_type_id(shapes) == 3)
    middles = shapely.centroid(shapes[fits])
    shapes = shapes[fits]
    away = shapely.distance(middles, shapely.Point(0, 0))
    order = [int(np.argmin(away + 300.0 * (shapely.area(shapes) < 2_000.0)))]
    station = shapely.Point(*_station_point(tile))
    spread = 0.5 * tile.terrain.radius
    candidates = sorted(
        range(len(shapes)),
        key=lambda n: (
            float(away[n]) / spread + rng.uniform(0, 1.6) - 2.0 * (middles[n].distance(station) < 130.0)
        ),
    )
    for number in candidates:
        if len(order) == count:
            break
        if all(middles[number].distance(middles[other]) > SQUARES_APART_M for other in order):
            order.append(number)
    names = _square_names(tile, [middles[number] for number in order])
    return [
        Plot("square", name, shapes[number], (middles[number].x, middles[number].y))
        for name, number in zip(names, order, strict=True)
    ]


def _square_names(tile: Tile, middles: list[shapely.Point]) -> list[str]:
    """Name squares, the main one first; by the railway and the river as they lie."""
    left = list(words().squares.names)
    named = [left.pop(0)]
    for middle in middles[1:]:
        if middle.distance(tile.terrain.railway) < NEAR_M and words().squares.by_railway not in named:
            named.append(words().squares.by_railway)
        elif middle.distance(tile.terrain.river) < NEAR_M and words().squares.by_river not in named:
            named.append(words().squares.by_river)
        else:
            named.append(left.pop(0))
    return named


def _station_point(tile: Tile) -> tuple[float, float]:
    """Return where the station street meets the railway, on the town's side."""
    rail = tile.terrain.railway
    along = rail.project(shapely.Point(0.0, 0.0)) + 70.0
    here = rail.interpolate(along)
    inward = -np.array([here.x, here.y]) / np.hypot(here.x, here.y)
    return float(here.x + 22.0 * inward[0]), float(here.y + 22.0 * inward[1])


def _station(tile: Tile, name: str) -> list[Plot]:
    x, y = _station_point(tile)
    rail = tile.terrain.railway
    along = rail.project(shapely.Point(x, y))
    platform = shapely.LineString([rail.interpolate(along - 65.0), rail.interpolate(along + 65.0)])
    shape = shapely.union(platform.buffer(11.0, cap_style="flat"), shapely.Point(x, y).buffer(16.0))
    return [Plot("station", f"{name} station", shape, (x, y))]


def _parks(tile: Tile, links: gpd.GeoDataFrame, plots: list[Plot], rng: np.random.Generator) -> list[Plot]:
    """Make some large blocks near the river or the middle into parks."""
    shapes = shapely.buffer(_faces(tile, links), -STREET_HALF_M - 2.0)
    area = shapely.area(shapes)
    shapes = shapes[(area > PARK_M2[0]) & (area < PARK_M2[1]) & (shapely.get_type_id(shapes) == 3)]
    shapes = shapely.difference(shapes, tile.terrain.river_area.buffer(8.0))
    shapes = np.array([s for s in shapes if s.geom_type == "Polygon" and s.area > PARK_M2[0]], dtype=object)
    pull = shapely.distance(shapes, tile.terrain.river) + 0.4 * shapely.distance(shapes, shapely.Point(0, 0))
    wanted = max(1, round(tile.terrain.radius / 450.0))
    names = words().parks
    parks: list[Plot] = []
    for number in np.argsort(pull + rng.uniform(0, 350.0, len(shapes))):
        shape = shapes[number]
        if len(parks) == wanted:
            break
        if any(
            shape.distance(other.shape) < (60.0 if other.kind == "park" else 1.0)
            for other in [*plots, *parks]
        ):
            continue
        at = shape.representative_point()
        parks.append(Plot("park", names[len(parks) % len(names)], shape, (at.x, at.y)))
    return parks


def _beside_streets(
    tile: Tile, links: gpd.GeoDataFrame, taken: list[shapely.Geometry], schools: int, rng: np.random.Generator
) -> list[Plot]:
    """Find room beside streets for the schools, a shopping centre and its parking."""
    plots: list[Plot] = []
    lines = links.geometry.to_numpy()
    tree = shapely.STRtree(lines)
    in_villages = min(len(tile.settlements) - 1, schools // 4)
    largest = sorted(tile.settlements[1:], key=lambda each: -each.population)[:in_villages]
    wishes = [("school", (each.x, each.y, each.radius)) for each in largest]
    town = tile.settlements[0]
    wishes += [("school", (town.x, town.y, 0.95 * town.radius))] * (schools - len(wishes)) + [
        ("centre", (0.0, 0.0, town.radius))
    ]
    homes = links["zone"].isin(["villa", "inner", "flats", "village"]).to_numpy()
    busy = links["road_class"].isin(["primary", "secondary", "tertiary"]).to_numpy()
    apart = 1.15 * tile.terrain.radius / max(schools - in_villages, 1) ** 0.5
    for kind, (x, y, reach) in wishes:
        fits = (homes if kind == "school" else busy) & (shapely.distance(lines, shapely.Point(x, y)) < reach)
        fits &= links["road_class"].isin(["residential", "tertiary", "secondary", "primary"]).to_numpy()
        numbers = np.flatnonzero(fits & (shapely.length(lines) > 45.0))
        size = (75.0, 60.0) if kind == "school" else (125.0, 80.0)
        for attempt in range(600):
            line = lines[int(rng.choice(numbers))]
            shape, gate = _rectangle(
                line, float(rng.uniform(0.2, 0.8)), size, 1 if rng.random() < 0.5 else -1
            )
            shrink = 1.0 - attempt / 800.0
            here = shapely.Point(gate)
            if kind == "school" and any(
                here.distance(shapely.Point(p.gate)) < apart * shrink for p in plots if p.kind == kind
            ):
                continue
            if len(tree.query(shape, predicate="dwithin", distance=4.0)) or any(
                shape.intersects(o) for o in taken
            ):
                continue
            plots.append(Plot(kind, words().shopping_centre if kind == "centre" else "", shape, gate))
            taken.append(shape.buffer(3.0))
            break
    return plots


def _rectangle(
    line: shapely.LineString, part: float, size: tuple[float, float], side: int
) -> tuple[shapely.Polygon, tuple[float, float]]:
    """Return a rectangle beside a street with its long side along it, and the gate on the street."""
    at, after = (
        line.interpolate(part, normalized=True),
        line.interpolate(min(part + 0.02, 1.0), normalized=True),
    )
    along = np.array([after.x - at.x, after.y - at.y])
    along /= np.hypot(*along)
    out = side * np.array([-along[1], along[0]])
    gate = np.array([at.x, at.y])
    corner = gate - along * size[0] / 2 + out * STREET_HALF_M
    corners = [
        corner,
        corner + along * size[0],
        corner + along * size[0] + out * size[1],
        corner + out * size[1],
    ]
    return shapely.Polygon(corners), (float(gate[0]), float(gate[1]))
