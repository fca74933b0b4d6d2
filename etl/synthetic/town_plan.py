"""Where streets may grow, how densely, and which way they tend."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import cKDTree

from etl.synthetic.noise import Raster, empty_raster, fractal
from etl.synthetic.terrain import densify, nearest_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.synthetic.net import Net
    from etl.synthetic.terrain import Terrain


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """How streets grow in one kind of neighbourhood; metres where not said otherwise.

    Attributes
    ----------
    gap_m
        Streets side by side keep at least this far apart.
    spacing_m, block_m
        Between local streets along larger streets, and along local ones.
    collector_m, collector_max_m
        Between collectors along main streets, and how long they get.
    length_m
        Least and greatest length of a local street.
    least_m
        A street that joins nothing is given up below this.
    dead_ends
        Chance that a street that joins nothing is kept.
    crossings
        Chance that a street goes on over one it meets.
    winding
        Radians of turn per step, at most, of the street's own bends.
    obedience
        Part of the turn towards the lie of the land that is taken in a step.
    step_m
        Between a street's vertices.
    """

    code: int
    name: str
    gap_m: float
    spacing_m: float
    block_m: float
    collector_m: float
    collector_max_m: float
    length_m: tuple[float, float]
    least_m: float
    dead_ends: float
    crossings: float
    winding: float
    obedience: float
    step_m: float


ZONES: dict[str, ZoneRule] = {
    rule.name: rule
    for rule in (
        ZoneRule(1, "centre", 66, 100, 140, 280, 900, (200, 700), 60, 0.15, 0.75, 0.0, 0.30, 15),
        ZoneRule(2, "inner", 60, 96, 170, 330, 1100, (150, 600), 70, 0.35, 0.45, 0.010, 0.22, 15),
        ZoneRule(3, "villa", 66, 100, 300, 430, 1700, (110, 640), 75, 0.9, 0.12, 0.050, 0.08, 15),
        ZoneRule(4, "flats", 120, 180, 300, 430, 1500, (80, 320), 60, 0.9, 0.1, 0.030, 0.10, 15),
        ZoneRule(5, "industry", 125, 220, 380, 430, 1500, (120, 700), 80, 0.7, 0.4, 0.006, 0.22, 15),
        ZoneRule(6, "village", 64, 130, 240, 0, 0, (80, 420), 70, 0.9, 0.1, 0.055, 0.06, 15),
        ZoneRule(7, "country", 220, 1000, 2200, 0, 0, (250, 2100), 220, 1.0, 0.0, 0.16, 0.0, 30),
    )
}
BY_CODE = {rule.code: rule for rule in ZONES.values()}
TOWN_PIXEL_M = 25.0
NEIGHBOURHOOD_M = 430.0


class Plan:
    """Zones and directions of one settlement, looked up point by point.

    Parameters
    ----------
    zones
        Zone codes; 0 where nothing grows.
    direction
        Radians; a street tends to it or across it.
    """

    def __init__(self, zones: Raster, direction: NDArray[np.float64]) -> None:
        self.zones = zones
        self._codes: list[list[int]] = zones.values.astype(int).tolist()
        self._direction: list[list[float]] = direction.tolist()
        self._rows, self._columns = zones.values.shape

    def _pixel(self, x: float, y: float) -> tuple[int, int] | None:
        column = int((x - self.zones.west) // self.zones.pixel)
        row = int((y - self.zones.south) // self.zones.pixel)
        if 0 <= row < self._rows and 0 <= column < self._columns:
            return row, column
        return None

    def rule_at(self, x: float, y: float) -> ZoneRule | None:
        """Return the rule of the zone at a point, None where nothing grows."""
        pixel = self._pixel(x, y)
        return BY_CODE.get(self._codes[pixel[0]][pixel[1]]) if pixel else None

    def turn_at(self, x: float, y: float, heading: float) -> float:
        """Return the turn (radians) to the nearest of the four directions that fit the place."""
        pixel = self._pixel(x, y)
        if pixel is None:
            return 0.0
        quarter = math.pi / 2
        return (self._direction[pixel[0]][pixel[1]] - heading + quarter / 2) % quarter - quarter / 2

    def free(self, x: float, y: float, to_x: float, to_y: float) -> bool:
        """Say whether a straight street may run between two points, seen at five points of it."""
        return all(
            self.rule_at(x + part * (to_x - x), y + part * (to_y - y)) is not None
            for part in (0.2, 0.4, 0.6, 0.8, 0.95)
        )


def plan_town(terrain: Terrain, net: Net, rng: np.random.Generator) -> Plan:
    """Plan the main town: built-up area along the roads in the net so far, neighbourhoods, directions."""
    reach = 1.9 * terrain.radius
    frame = empty_raster((-reach, -reach, reach, reach), TOWN_PIXEL_M)
    x, y = frame.centres()
    points = np.column_stack([x.ravel(), y.ravel()])
    u, v = terrain.axes.to_town(points)
    fields = _Surroundings(terrain, net, points)
    radius = terrain.radius
    over_river = v < np.interp(u, *_river_in_town(terrain))
    away = np.hypot(0.86 * u, 1.12 * v) * np.where(over_river, 1.22, 1.0)
    shape = fractal(frame, rng, wavelength_m=1.5 * radius, octaves=3).ravel()
    built = 1.0 - away / radius + 0.20 * shape + 0.30 * np.exp(-((fields.road / 170.0) ** 2))
    wild = fractal(frame, rng, wavelength_m=700.0, octaves=3).ravel()
    built -= 0.55 * np.clip(wild - 1.15, 0, 1) * (away > 0.35 * radius)
    code, bearing = _neighbourhoods(terrain, frame, points, rng)
    edge = 0.10 * fractal(frame, rng, wavelength_m=400.0, octaves=2).ravel()
    code[away < (0.20 + 0.4 * edge) * radius + 40.0] = ZONES["centre"].code
    inner = (away < (0.42 + edge) * radius) & (code == ZONES["villa"].code)
    code[inner] = ZONES["inner"].code
    code[(built < 0) | fields.closed] = 0
    direction = fields.direction(bearing)
    return Plan(frame.like(code.reshape(x.shape)), direction.reshape(x.shape))


def plan_village(
    terrain: Terrain, net: Net, middle: tuple[float, float], radius: float, rng: np.random.Generator
) -> Plan:
    """Plan a village about a point on a country road."""
    reach = 1.8 * radius
    frame = empty_raster(
        (middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach), TOWN_PIXEL_M
    )
    x, y = frame.centres()
    points = np.column_stack([x.ravel(), y.ravel()])
    fields = _Surroundings(terrain, net, points)
    away = np.hypot(points[:, 0] - middle[0], points[:, 1] - middle[1])
    shape = fractal(frame, rng, wavelength_m=1.2 * radius, octaves=3).ravel()
    built = 1.0 - away / radius + 0.25 * shape + 0.4 * np.exp(-((fields.road / 120.0) ** 2))
    code = np.where((built > 0) & ~fields.closed, float(ZONES["village"].code), 0.0)
    bearing = np.full(len(points), rng.uniform(0, np.pi / 2))
    return Plan(frame.like(code.reshape(x.shape)), fields.direction(bearing).reshape(x.shape))


def plan_country(terrain: Terrain, net: Net, settled: list[tuple[float, float, float]]) -> Plan:
    """Plan private roads outside the settlements, each given as x, y and radius."""
    half = 0.97 * terrain.half
    frame = empty_raster((-half, -half, half, half), 100.0)
    x, y = frame.centres()
    points = np.column_stack([x.ravel(), y.ravel()])
    fields = _Surroundings(terrain, net, points)
    code = np.full(len(points), float(ZONES["country"].code))
    for middle_x, middle_y, radius in settled:
        code[np.hypot(points[:, 0] - middle_x, points[:, 1] - middle_y) < 1.5 * radius + 150.0] = 0
    code[fields.closed] = 0
    bearing = np.arctan2(points[:, 1], points[:, 0])
    return Plan(frame.like(code.reshape(x.shape)), fields.direction(bearing).reshape(x.shape))


def _river_in_town(terrain: Terrain) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    u, v = terrain.axes.to_town(shapely.get_coordinates(terrain.river))
    order = np.argsort(u)
    return u[order], v[order]


def _neighbourhoods(
    terrain: Terrain,
    frame: Raster,
    points: NDArray[np.float64],
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Divide the ground into neighbourhoods; return each point's zone code and bearing (radians)."""
    reach = -frame.west
    steps = np.arange(-reach, reach, NEIGHBOURHOOD_M)
    across, up = np.meshgrid(steps, steps)
    sites = np.column_stack([across.ravel(), up.ravel()]) + rng.uniform(0, NEIGHBOURHOOD_M, (across.size, 2))
    warp = [90.0 * fractal(frame, rng, wavelength_m=500.0, octaves=2).ravel() for _ in range(2)]
    mine = cKDTree(sites).query(points + np.column_stack(warp))[1]
    site_u, site_v = terrain.axes.to_town(sites)
    rail_u, rail_v = terrain.axes.to_town(shapely.get_coordinates(terrain.railway))
    beyond = site_v - np.interp(site_u, rail_u, rail_v)
    away = np.hypot(site_u, site_v) / terrain.radius
    kind = np.full(len(sites), float(ZONES["villa"].code))
    roll = rng.random(len(sites))
    kind[(away > 0.35) & (away < 0.95) & (roll < 0.2)] = ZONES["flats"].code
    kind[(away > 0.5) & (roll > 0.9)] = 0
    yard = 0.45 * terrain.radius + 150.0
    side = 1.0 if rng.random() < 0.5 else -1.0
    kind[(beyond > -40) & (beyond < yard) & (side * site_u > -0.25 * terrain.radius)] = ZONES["industry"].code
    bearing = terrain.axes.turn + rng.normal(0, 0.4, len(sites))
    swirl = 0.45 * fractal(frame, rng, wavelength_m=900.0, octaves=2).ravel()
    return kind[mine], bearing[mine] + swirl


class _Surroundings:
    """Distances and directions of what streets go by: roads, river, railway, shores, slopes."""

    def __init__(self, terrain: Terrain, net: Net, points: NDArray[np.float64]) -> None:
        roads = [number for number, owner in enumerate(net.owner) if net.streets[owner].level == 0]
        at = np.column_stack([np.array(net.x)[roads], np.array(net.y)[roads]])
        self.road, which = nearest_of(at, points)
        self._pulls = [(1.5 * np.exp(-self.road / 120.0), np.array(net.heading)[roads][which])]
        lakes = [shapely.LineString(lake.exterior.coords) for lake in terrain.lakes]
        nearest = {}
        for name, lines, width, weight in (
            ("river", [terrain.river], 240.0, 1.2),
            ("rail", [terrain.railway], 170.0, 1.0),
            ("shore", lakes, 200.0, 1.0),
        ):
            where, heading = _along(lines)
            nearest[name], index = nearest_of(where, points)
            self._pulls.append((weight * np.exp(-nearest[name] / width), heading[index]))
        rows, columns = (
            np.asarray(each) for each in np.gradient(terrain.height.values, terrain.height.pixel)
        )
        slope_x = terrain.height.like(columns).at(points[:, 0], points[:, 1])
        slope_y = terrain.height.like(rows).at(points[:, 0], points[:, 1])
        steep = np.minimum(np.hypot(slope_x, slope_y) / 0.05, 1.0)
        self._pulls.append((0.6 * steep, np.arctan2(slope_y, slope_x)))
        lakes_area = shapely.union_all(list(terrain.lakes))
        shapely.prepare(lakes_area)
        wet = shapely.contains_xy(lakes_area, points[:, 0], points[:, 1])
        self.closed = wet | (nearest["river"] < 42.0) | (nearest["rail"] < 26.0) | (nearest["shore"] < 45.0)

    def direction(self, bearing: NDArray[np.float64]) -> NDArray[np.float64]:
        """Blend the pulls into one direction a point; four-way alike, so angles are taken four times."""
        total = 0.5 * np.exp(4j * bearing)
        for weight, heading in self._pulls:
            total = total + weight * np.exp(4j * heading)
        return np.asarray(np.angle(total) / 4.0)


def _along(lines: list[shapely.LineString]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points every 15 m along lines, and the heading there."""
    points, headings = [], []
    for line in lines:
        at = densify(line, 15.0)
        step = np.gradient(at, axis=0)
        points.append(at)
        headings.append(np.arctan2(step[:, 1], step[:, 0]))
    return np.concatenate(points), np.concatenate(headings)
