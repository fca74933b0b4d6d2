"""Turn a grown net into street links: split where streets meet, with class, limit, flow and name."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from scipy.spatial import cKDTree

from etl.synthetic.town_plan import BY_CODE
from geodata.crs import SWEREF99_TM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.synthetic.names import NameGiver
    from etl.synthetic.net import Net, Street
    from etl.synthetic.tile import Tile

PATH_LEVEL = 4
"""Level of a path for walking and cycling."""
CLOSE_M = 70.0
"""A road this near a built-up zone has the town's limits."""
LEAST_RUN = 12
"""Vertices; a shorter change between built-up and country is not signed."""


@dataclass(frozen=True, slots=True)
class LinkRule:
    """Class, speed limits in town and outside, vehicles a day in a town of 11,500 and share measured."""

    road_class: str
    limit_town: int
    limit_country: int
    flow_town: float
    flow_country: float
    measured: float


RULES: dict[str, LinkRule] = {
    "through": LinkRule("primary", 50, 80, 4_600, 2_400, 1.0),
    "main": LinkRule("secondary", 40, 70, 4_200, 1_500, 0.85),
    "road": LinkRule("tertiary", 50, 70, 2_300, 550, 0.95),
    "collector": LinkRule("tertiary", 40, 50, 1_250, 400, 0.45),
    "local": LinkRule("residential", 40, 40, 240, 120, 0.06),
    "centre": LinkRule("residential", 30, 30, 650, 300, 0.2),
    "works": LinkRule("residential", 50, 50, 520, 200, 0.15),
    "yard": LinkRule("service", 30, 50, 110, 40, 0.0),
    "private": LinkRule("service", 50, 70, 60, 35, 0.0),
    "path": LinkRule("path", 30, 30, 0.0, 0.0, 0.0),
}


def add_paths(net: Net, rng: np.random.Generator) -> None:
    """Join dead ends to a street near by with a path for walking and cycling, where nothing is in the way."""
    x, y = np.array(net.x), np.array(net.y)
    at = np.column_stack([x, y])
    tree = cKDTree(at)
    pieces = shapely.linestrings(
        np.concatenate([np.stack([at[s.vertices[:-1]], at[s.vertices[1:]]], axis=1) for s in net.streets])
    )
    index = shapely.STRtree(pieces)
    made: list[shapely.LineString] = []
    for street in list(net.streets):
        end = street.vertices[-1]
        if net.degree[end] != 1 or BY_CODE[street.zone].name == "country" or rng.random() < 0.3:
            continue
        own = set(street.vertices)
        ahead = at[end] - at[street.vertices[-2]]
        for other in sorted(
            tree.query_ball_point(at[end], 120.0), key=lambda n: float(np.hypot(*(at[n] - at[end])))
        ):
            to = at[other] - at[end]
            if other in own or net.degree[other] > 3 or to @ ahead < 0 or np.hypot(*to) < 25:
                continue
            line = shapely.LineString([at[end] + 0.02 * to, at[other] - 0.02 * to])
            if len(index.query(line, predicate="intersects")) or any(
                line.distance(path) < 30 for path in made
            ):
                break
            count = int(np.hypot(*to) // 20)
            points = [tuple(at[end] + to * step / (count + 1)) for step in range(1, count + 1)]
            net.add_street(
                [(float(px), float(py)) for px, py in points],
                level=PATH_LEVEL,
                zone=street.zone,
                start=end,
                end=other,
            )
            made.append(line)
            break


def make_links(
    tile: Tile, names: NameGiver, villages: list[str], rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return the tile's links, metres from its middle.

    Returns
    -------
    GeoDataFrame
        ``name``, ``road_class``, ``speed_limit_kmh``, ``flow``, ``measured``, ``zone``, ``geometry``.
    """
    net = tile.net
    built = _built_up(tile)
    size = (tile.settlements[0].population / 11_500) ** 0.4
    called: dict[int, str] = {}
    carries: dict[int, float] = {}
    rows = []
    at = np.column_stack([net.x, net.y])
    for number, street in enumerate(net.streets):
        root = street.continues if street.continues >= 0 else number
        rule = RULES[_sort(tile, root)]
        line = shapely.LineString(at[street.vertices])
        if root not in called:
            called[root] = _name(tile, root, line, names, villages)
            carries[root] = float(rng.lognormal(0.0, 0.22))
        for piece, in_town in _pieces(net, street, built):
            geometry = shapely.LineString(at[piece])
            flow = (rule.flow_town * size if in_town else rule.flow_country) * carries[root]
            if street.level == 2 and in_town:
                flow *= 0.5 + min(line.length, 600.0) / 500.0
            rows.append(
                (
                    called[root],
                    rule.road_class,
                    rule.limit_town if in_town else rule.limit_country,
                    flow,
                    bool(rng.random() < rule.measured),
                    _zone(tile, street, piece[len(piece) // 2]),
                    shapely.simplify(geometry, 0.5),
                )
            )
    columns = ["name", "road_class", "speed_limit_kmh", "flow", "measured", "zone", "geometry"]
    links = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=SWEREF99_TM)
    lines = links.geometry.to_numpy()
    one, two = shapely.STRtree(lines).query(lines, predicate="crosses")
    # Rounding bends can bring two streets across each other: the later, lesser one goes.
    return links.drop(index=np.unique(np.maximum(one, two))).reset_index(drop=True)


def _sort(tile: Tile, number: int) -> str:
    """Say which rule a street goes by."""
    street = tile.net.streets[number]
    zone = BY_CODE[street.zone].name
    if street.level == PATH_LEVEL:
        return "path"
    if zone == "country":
        if street.level:
            return "private"
        return "through" if number in tile.through else "road"
    if street.level < 2:
        return "collector" if street.level else "main"
    short = len(street.vertices) < 9 and tile.net.degree[street.vertices[-1]] == 1
    if short and zone in {"flats", "industry"}:
        return "yard"
    return {"centre": "centre", "industry": "works"}.get(zone, "local")


def _zone(tile: Tile, street: Street, vertex: int) -> str:
    """Return the zone that a stretch runs through at its middle; a street may run on into another one."""
    x, y = tile.net.x[vertex], tile.net.y[vertex]
    for settlement in tile.settlements:
        rule = settlement.plan.rule_at(x, y)
        if rule is not None:
            return rule.name
    return BY_CODE[street.zone].name


def _name(tile: Tile, number: int, line: shapely.LineString, names: NameGiver, villages: list[str]) -> str:
    street = tile.net.streets[number]
    sort = _sort(tile, number)
    if street.label:
        return names.take(street.label)
    if sort in {"path", "private", "yard"}:
        return ""
    middle = line.interpolate(0.5, normalized=True)
    if sort == "through":
        return names.take("Riksvägen")
    if sort == "road":
        ends = [shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])]
        near = min(
            range(1, len(tile.settlements)),
            key=lambda n: min(
                end.distance(shapely.Point(tile.settlements[n].x, tile.settlements[n].y)) for end in ends
            ),
            default=0,
        )
        return names.road_to(villages[near - 1]) if near else names.take("Landsvägen")
    return names.street(BY_CODE[street.zone].name, middle.x, middle.y, line.length)


def _built_up(tile: Tile) -> list[bool]:
    """Say for each vertex whether it lies in or close to a built-up zone."""
    net = tile.net
    spots = [
        (net.x[n] + dx, net.y[n] + dy)
        for n in range(len(net.x))
        for dx, dy in ((0.0, 0.0), (CLOSE_M, 0.0), (-CLOSE_M, 0.0), (0.0, CLOSE_M), (0.0, -CLOSE_M))
    ]
    at = np.array(spots)
    inside = np.zeros(len(at), dtype=bool)
    for settlement in tile.settlements:
        zones = settlement.plan.zones
        rows, columns = zones.values.shape
        within = (
            (at[:, 0] > zones.west)
            & (at[:, 0] < zones.west + columns * zones.pixel)
            & (at[:, 1] > zones.south)
            & (at[:, 1] < zones.south + rows * zones.pixel)
        )
        inside[within] |= zones.at(at[within, 0], at[within, 1]) > 0
    return [bool(value) for value in np.any(inside.reshape(-1, 5), axis=1).tolist()]


def _pieces(net: Net, street: Street, built: list[bool]) -> Iterator[tuple[list[int], bool]]:
    """Split a street at its crossings, and a main road where the built-up area begins and ends."""
    chain = street.vertices
    state = [built[vertex] for vertex in chain]
    changes = [n for n in range(1, len(chain)) if state[n] != state[n - 1]] if street.level == 0 else []
    until = [*changes[1:], len(chain) + LEAST_RUN]
    kept = [n for n, after in zip(changes, until, strict=False) if after - n >= LEAST_RUN]
    cuts = {n for n in range(1, len(chain) - 1) if net.degree[chain[n]] > 2} | {
        n for n in kept if n < len(chain) - 1
    }
    ends = [0, *sorted(cuts), len(chain) - 1]
    for first, last in itertools.pairwise(ends):
        inside = state[first : last + 1]
        yield chain[first : last + 1], 2 * sum(inside) >= len(inside)
