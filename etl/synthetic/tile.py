"""One main town with its villages and country roads, as a grown net."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.synthetic.core import lay_core
from etl.synthetic.country_roads import Errand, Point, lay_roads, pixel_middle
from etl.synthetic.growth import Growth
from etl.synthetic.net import Net
from etl.synthetic.terrain import Terrain, distance_to, make_terrain
from etl.synthetic.town_plan import ZONES, plan_country, plan_town, plan_village

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.synthetic.town_plan import Plan


ENDS_M = 400.0
"""Over how far a country road is bent to meet a street's end."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """A town or village: its middle and about how far it reaches, metres."""

    x: float
    y: float
    radius: float
    population: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class Tile:
    """What has grown: the ground, the net, and the settlements, the main town first."""

    terrain: Terrain
    net: Net
    settlements: tuple[Settlement, ...]
    through: frozenset[int]


def town_radius(population: int) -> float:
    """Return about how far a town reaches (metres): the denser the larger it is."""
    return float(24.0 * population**0.46 - 180.0)


def grow_tile(
    *, half: float, population: int, villages: int, exits: Sequence[Point], rng: np.random.Generator
) -> Tile:
    """Grow a tile.

    Parameters
    ----------
    half
        Half the tile's side, metres.
    exits
        Points on its edge where a main road leaves.
    """
    radius = town_radius(population)
    terrain = make_terrain(half, radius, rng)
    net = Net()
    growth = Growth(net, rng)
    gates = lay_core(net, terrain, rng)
    middles = _village_middles(terrain, villages, rng)
    through = _join_roads(net, terrain, gates, middles, exits, rng)
    first = [number for number, street in enumerate(net.streets) if street.level == 0]
    town = plan_town(terrain, net, rng)
    growth.grow(town, first)
    settlements = [Settlement(0.0, 0.0, radius, population, town)]
    for x, y in middles:
        people = int(np.clip(rng.lognormal(5.6, 0.7), 60, 0.12 * population + 60))
        reach = 60.0 + 12.5 * people**0.5
        plan = plan_village(terrain, net, (x, y), reach, rng)
        growth.grow(plan, first)
        settlements.append(Settlement(x, y, reach, people, plan))
    around = [(each.x, each.y, each.radius) for each in settlements]
    growth.grow(plan_country(terrain, net, around), first)
    net.relax()
    return Tile(terrain, net, tuple(settlements), frozenset(through))


def _village_middles(terrain: Terrain, count: int, rng: np.random.Generator) -> list[Point]:
    """Choose where villages lie: out of the town, off the water, apart."""
    water = terrain.water
    found: list[Point] = []
    for _ in range(4000):
        if len(found) == count:
            break
        x, y = (float(value) for value in rng.uniform(-0.74 * terrain.half, 0.74 * terrain.half, 2))
        far = 2.0 * terrain.radius + 400.0 < np.hypot(x, y) < 0.8 * terrain.half
        apart = all(np.hypot(x - other[0], y - other[1]) > 0.30 * terrain.half for other in found)
        if far and apart and water.distance(shapely.Point(x, y)) > 160.0:
            if distance_to(terrain.railway, np.array([[x, y]]))[0] < 120.0:
                continue
            found.append(pixel_middle(terrain, (x, y)))
    return found


def _join_roads(
    net: Net,
    terrain: Terrain,
    gates: list[int],
    villages: list[Point],
    exits: Sequence[Point],
    rng: np.random.Generator,
) -> list[int]:
    """Lay the country roads into the net; return the streets that carry the long-distance traffic."""
    inner = 0.30 * terrain.radius
    ways = tuple((net.x[gate], net.y[gate]) for gate in gates)
    outward = min(permutations(exits), key=lambda order: sum(map(_angle_between, ways, order)))
    errands = [
        Errand(point, (way,), through=number < 2)
        for number, (point, way) in enumerate(zip(outward, ways, strict=True))
    ]
    errands += [Errand(point, ways, through=False) for point in villages]
    errands += [
        Errand(point, tuple(other for other in villages if other != point), through=False)
        for point in villages
        if len(villages) > 1
    ]
    vertex_at = {_key(pixel_middle(terrain, way)): gate for way, gate in zip(ways, gates, strict=True)}
    # Roads end exactly on the tile's edge, where the neighbour's begin.
    for exit_x, exit_y in exits:
        vertex_at[_key(pixel_middle(terrain, (exit_x, exit_y)))] = net.add_vertex(
            exit_x, exit_y, heading=0.0, owner=len(net.streets)
        )
    through = []
    for road in lay_roads(terrain, errands, keep_out_m=inner, rng=rng):
        points = shapely.get_coordinates(road.line)
        ends = []
        for x, y in (points[0], points[-1]):
            key = _key((x, y))
            if key not in vertex_at:
                vertex_at[key] = net.add_vertex(float(x), float(y), heading=0.0, owner=len(net.streets))
            ends.append(vertex_at[key])
        points = _drawn_to(points, *((net.x[end], net.y[end]) for end in ends))
        number = net.add_street(
            [(float(x), float(y)) for x, y in points[1:-1]],
            level=0,
            zone=ZONES["country"].code,
            start=ends[0],
            end=ends[1],
        )
        if road.through:
            through.append(number)
    return through


def _angle_between(one: Point, two: Point) -> float:
    """Return the angle (radians) between two points, seen from the middle of the town."""
    difference = math.atan2(one[1], one[0]) - math.atan2(two[1], two[0])
    return abs((difference + math.pi) % (2 * math.pi) - math.pi)


def _drawn_to(points: NDArray[np.float64], start: Point, end: Point) -> NDArray[np.float64]:
    """Move a road's ends to where they shall be, the rest of it less and less with the distance."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    pull = np.clip(1.0 - along / ENDS_M, 0.0, 1.0)[:, None] ** 2
    back = np.clip(1.0 - (along[-1] - along) / ENDS_M, 0.0, 1.0)[:, None] ** 2
    return np.asarray(points + pull * (np.array(start) - points[0]) + back * (np.array(end) - points[-1]))


def _key(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])
