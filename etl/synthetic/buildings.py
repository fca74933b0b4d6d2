"""Houses along the streets, and who lives in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from etl.synthetic.plots import Plot
    from etl.synthetic.tile import Tile


@dataclass(frozen=True, slots=True)
class HouseRule:
    """Houses along the streets of one zone; ranges in metres, persons a house."""

    every: tuple[float, float]
    front: tuple[float, float]
    depth: tuple[float, float]
    back: tuple[float, float]
    chance: float
    persons: float
    end_on: float
    shed: float


HOUSES: dict[str, HouseRule] = {
    "centre": HouseRule((15, 27), (13, 25), (10, 13), (6.5, 7.5), 0.93, 9.0, 0.0, 0.25),
    "inner": HouseRule((19, 25), (10, 16), (9, 11), (8, 12), 0.93, 3.2, 0.1, 0.4),
    "villa": HouseRule((21, 29), (9, 15), (7.5, 10), (10, 16), 0.94, 2.5, 0.25, 0.6),
    "flats": HouseRule((34, 60), (30, 52), (10.5, 12.5), (14, 20), 0.9, 34.0, 0.45, 0.3),
    "industry": HouseRule((48, 90), (24, 62), (18, 42), (14, 22), 0.85, 0.0, 0.2, 0.3),
    "village": HouseRule((24, 42), (9, 14), (7.5, 10), (10, 18), 0.85, 2.4, 0.3, 0.6),
    "country": HouseRule((150, 700), (9, 14), (8, 10), (16, 45), 0.6, 2.4, 0.3, 0.9),
}


@dataclass(frozen=True, slots=True)
class Houses:
    """Footprints and, beside each, who lives there and on which link; shapes ``(n,)``."""

    shapes: NDArray[np.object_]
    persons: NDArray[np.float64]
    link: NDArray[np.int64]


def build_houses(tile: Tile, links: gpd.GeoDataFrame, plots: list[Plot], rng: np.random.Generator) -> Houses:
    """Build houses along every street but paths; none overlaps a street, water, a plot or another house."""
    lines = links.geometry.to_numpy()
    parts = []
    for zone, rule in HOUSES.items():
        mine = np.flatnonzero((links["zone"] == zone) & (links["road_class"] != "path"))
        if len(mine):
            parts.append(_along(lines, mine, zone, rule, rng))
    shapes = np.concatenate([part[0] for part in parts])
    persons = np.concatenate([part[1] for part in parts])
    link = np.concatenate([part[2] for part in parts])
    free = _clear_of(shapes, lines, tile, plots)
    shapes, persons, link = shapes[free], persons[free], link[free]
    kept = _no_overlap(shapes)
    shapes, persons, link = shapes[kept], persons[kept], link[kept]
    people = sum(settlement.population for settlement in tile.settlements) * 1.12
    return Houses(shapes, persons * people / persons.sum(), link)


def school_houses(plot: Plot, rng: np.random.Generator) -> list[shapely.Polygon]:
    """Return a school's wings or a shopping centre's hall inside its plot."""
    corners = shapely.get_coordinates(plot.shape)
    along, out = corners[1] - corners[0], corners[3] - corners[0]
    if plot.kind == "centre":
        rooms = [(0.06, 0.15, 0.62, 0.92), (0.58, 0.35, 0.8, 0.9)]
    else:
        wing = float(rng.uniform(0.2, 0.32))
        rooms = [(0.08, 0.42, 0.9, 0.66), (0.08, 0.62, 0.08 + wing, 0.94), (0.62, 0.2, 0.62 + wing, 0.46)]
    houses = []
    for left, low, right, high in rooms:
        at = [(left, low), (right, low), (right, high), (left, high)]
        houses.append(shapely.Polygon([corners[0] + a * along + b * out for a, b in at]))
    joined = shapely.union_all(houses)
    return [shape for shape in shapely.get_parts(joined) if isinstance(shape, shapely.Polygon)]


def _along(
    lines: NDArray[np.object_],
    mine: NDArray[np.int64],
    zone: str,
    rule: HouseRule,
    rng: np.random.Generator,
) -> tuple[NDArray[np.object_], NDArray[np.float64], NDArray[np.int64]]:
    """Propose houses on both sides of some links."""
    length = shapely.length(lines[mine])
    mean = sum(rule.every) / 2
    link_of, at = [], []
    for _side in (0, 1):
        count = np.maximum((length - 6.0) // mean, 0).astype(np.int64)
        link = np.repeat(mine, count)
        first = np.repeat(np.cumsum(count) - count, count)
        order = np.arange(len(link)) - first
        spread = (rule.every[1] - rule.every[0]) / 2
        at.append((order + 0.5) * mean + 3.0 + rng.uniform(-spread, spread, len(link)) * 0.6)
        link_of.append(link)
    side = np.repeat([1.0, -1.0], [len(link_of[0]), len(link_of[1])])
    link, along = np.concatenate(link_of), np.concatenate(at)
    keep = (rng.random(len(link)) < rule.chance) & (along < shapely.length(lines[link]) - 1.0)
    link, along, side = link[keep], along[keep], side[keep]
    point = shapely.get_coordinates(shapely.line_interpolate_point(lines[link], along))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(lines[link], along + 2.0))
    behind = shapely.get_coordinates(
        shapely.line_interpolate_point(lines[link], np.maximum(along - 2.0, 0.0))
    )
    tangent = ahead - behind
    tangent /= np.maximum(np.hypot(*tangent.T), 1e-9)[:, None]
    turn = rng.normal(0, 0.02 if zone in {"centre", "inner"} else 0.07, len(link))
    tangent = np.column_stack(
        [
            tangent[:, 0] * np.cos(turn) - tangent[:, 1] * np.sin(turn),
            tangent[:, 0] * np.sin(turn) + tangent[:, 1] * np.cos(turn),
        ]
    )
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]]) * side[:, None]
    front, depth = rng.uniform(*rule.front, len(link)), rng.uniform(*rule.depth, len(link))
    end_on = rng.random(len(link)) < rule.end_on
    front, depth = np.where(end_on, depth, front), np.where(end_on, front, depth)
    back = rng.uniform(*rule.back, len(link))
    middle = point + normal * (back + depth / 2)[:, None]
    houses = _boxes(middle, tangent, normal, front, depth)
    has_shed = rng.random(len(link)) < rule.shed
    big = zone in {"country", "industry"}
    shed_front = rng.uniform(12, 30, len(link)) if big else rng.uniform(4, 7, len(link))
    shed_depth = rng.uniform(8, 14, len(link)) if big else rng.uniform(3.5, 6, len(link))
    beside = tangent * (front / 2 + shed_front / 2 + rng.uniform(1.5, 4.0, len(link)))[:, None]
    sheds = _boxes(middle + beside + normal * 3.0, tangent, normal, shed_front, shed_depth)[has_shed]
    persons = (
        rule.persons
        * rng.uniform(0.6, 1.4, len(link))
        * (front * depth / (sum(rule.front) * sum(rule.depth) / 4)) ** 0.5
    )
    return (
        np.concatenate([houses, sheds]),
        np.concatenate([persons, np.zeros(int(has_shed.sum()))]),
        np.concatenate([link, link[has_shed]]),
    )


def _boxes(
    middle: NDArray[np.float64],
    tangent: NDArray[np.float64],
    normal: NDArray[np.float64],
    front: NDArray[np.float64],
    depth: NDArray[np.float64],
) -> NDArray[np.object_]:
    along, out = tangent * front[:, None] / 2, normal * depth[:, None] / 2
    corners = np.stack(
        [middle - along - out, middle + along - out, middle + along + out, middle - along + out], axis=1
    )
    return np.asarray(shapely.polygons(corners))


def _clear_of(
    shapes: NDArray[np.object_], lines: NDArray[np.object_], tile: Tile, plots: list[Plot]
) -> NDArray[np.bool_]:
    """Say which houses stand free of streets, water, the railway and plots."""
    closed = [
        *(plot.shape for plot in plots),
        *shapely.get_parts(tile.terrain.water.buffer(12.0)),
        tile.terrain.railway.buffer(16.0),
    ]
    free = np.ones(len(shapes), dtype=bool)
    # Piece by piece: the boxes of whole roads would hold half the town.
    ends = [np.stack([at[:-1], at[1:]], axis=1) for at in map(shapely.get_coordinates, lines)]
    pieces = shapely.linestrings(np.concatenate(ends))
    free[shapely.STRtree(pieces).query(shapes, predicate="dwithin", distance=4.6)[0]] = False
    free[shapely.STRtree(closed).query(shapes, predicate="intersects")[0]] = False
    return free


def _no_overlap(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Keep the earlier of two houses that overlap."""
    one, two = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    kept = np.ones(len(shapes), dtype=bool)
    for first, second in sorted(zip(one.tolist(), two.tolist(), strict=True)):
        if first < second and kept[first]:
            kept[second] = False
    return kept
