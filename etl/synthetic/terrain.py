"""The ground before people: heights, a river through the town to its lake, the railway, other lakes.

A town lies at the origin of its own metres. Its axis ``u`` runs down the river, ``v`` across it; the axes
are turned and mirrored at random, so that towns differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.interpolate import CubicSpline
from scipy.spatial import cKDTree

from etl.synthetic.noise import Raster, empty_raster, fractal, wavy

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

RIVER_BESIDE_M = 135.0
"""From the middle of the town to the river."""
PIXELS = 150
"""Pixels along the side of a tile's raster."""


@dataclass(frozen=True, slots=True)
class Axes:
    """How the town's own axes lie on the map."""

    turn: float
    mirrored: bool

    def to_map(self, u: ArrayLike, v: ArrayLike) -> NDArray[np.float64]:
        """Return map points, shape ``(n, 2)``."""
        along, across = np.asarray(u, dtype=np.float64), np.asarray(v, dtype=np.float64)
        across = -across if self.mirrored else across
        return np.column_stack(
            [
                along * np.cos(self.turn) - across * np.sin(self.turn),
                along * np.sin(self.turn) + across * np.cos(self.turn),
            ]
        )

    def to_town(self, points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return ``u`` and ``v`` of map points of shape ``(n, 2)``."""
        x, y = points[..., 0], points[..., 1]
        across = -x * np.sin(self.turn) + y * np.cos(self.turn)
        return x * np.cos(self.turn) + y * np.sin(self.turn), -across if self.mirrored else across


@dataclass(frozen=True, slots=True)
class Terrain:
    """The ground of one tile, metres from the town's middle.

    Attributes
    ----------
    radius
        About how far the built-up area reaches.
    river, river_area
        Middle line and water surface.
    lakes
        The town's lake first.
    water
        River and lakes as one.
    railway
        One line through the tile.
    height
        Metres, on `PIXELS` by `PIXELS` pixels.
    """

    half: float
    radius: float
    axes: Axes
    river: shapely.LineString
    river_area: shapely.Polygon
    lakes: tuple[shapely.Polygon, ...]
    water: shapely.Geometry
    railway: shapely.LineString
    height: Raster


def make_terrain(half: float, radius: float, rng: np.random.Generator) -> Terrain:
    """Make the ground of a tile of side ``2 * half`` for a town of the given radius (metres)."""
    axes = Axes(float(rng.uniform(0, 2 * np.pi)), bool(rng.random() < 0.5))
    lake = _lake(radius, rng)
    river_u, river_v = _river(half, radius, rng)
    river = shapely.LineString(axes.to_map(river_u, river_v))
    width = np.interp(river_u, [river_u[0], -radius, radius], [4.0, 15.0, 24.0])
    river_area = _banks(shapely.get_coordinates(river), width)
    frame = empty_raster((-half, -half, half, half), 2 * half / PIXELS)
    x, y = frame.centres()
    rough = fractal(frame, rng, wavelength_m=min(half, 9_000.0), octaves=5)
    away = distance_to(river, np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
    height = frame.like(60.0 + 22.0 * rough + 0.05 * away)
    main = shapely.Polygon(axes.to_map(*lake))
    railway = shapely.LineString(axes.to_map(*_railway(half, radius, rng)))
    others = _small_lakes(height, (main, river, railway), half, radius, rng)
    lakes = (main, *others)
    water = shapely.union_all([river_area, *lakes])
    return Terrain(half, radius, axes, river, river_area, lakes, water, railway, height)


def _banks(middle: NDArray[np.float64], half_width: NDArray[np.float64]) -> shapely.Polygon:
    """Return the water between two banks beside a line of shape ``(n, 2)``."""
    along = np.gradient(middle, axis=0)
    along /= np.hypot(*along.T)[:, None]
    aside = np.column_stack([-along[:, 1], along[:, 0]]) * half_width[:, None]
    return shapely.Polygon(np.concatenate([middle + aside, (middle - aside)[::-1]])).buffer(0.0)


FAR_M = 900.0
"""Beyond this no one asks how far exactly."""


def densify(line: shapely.LineString, every: float) -> NDArray[np.float64]:
    """Return points about `every` metres along a line, shape ``(n, 2)``, the first at its start."""
    corners = shapely.get_coordinates(line)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    at = np.arange(0.0, along[-1], every)
    return np.column_stack([np.interp(at, along, corners[:, 0]), np.interp(at, along, corners[:, 1])])


def nearest_of(
    targets: NDArray[np.float64], points: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the distance to the nearest target, at most `FAR_M`, and which it is (0 where far)."""
    distance, which = cKDTree(targets).query(points, distance_upper_bound=FAR_M)
    return np.minimum(distance, FAR_M), np.where(which < len(targets), which, 0)


def distance_to(line: shapely.LineString, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return about how far each point (shape ``(n, 2)``) is from a line, at most `FAR_M`."""
    return nearest_of(densify(line, 10.0), points)[0]


def _river(
    half: float, radius: float, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return ``u`` and ``v`` of the river: a bent valley, with meanders on it."""
    mouth = _mouth(radius) + 60.0
    u = np.arange(-0.92 * half, mouth, 12.0)
    bend, meander = wavy(2 * half, 2_600.0, rng), wavy(2 * half, 330.0, rng)
    reach = np.clip((np.abs(u) - 0.3 * radius) / 2_000.0, 0.0, 1.0)
    v = -RIVER_BESIDE_M + 420.0 * reach * (bend(u) - bend(0.0)) + (16.0 + 55.0 * reach) * meander(u)
    v = np.where(u > 0, v * (1 - np.clip(u / mouth, 0, 1)) + -RIVER_BESIDE_M * np.clip(u / mouth, 0, 1), v)
    return u + 25.0 * reach * np.gradient(meander(u), u) * 100.0, v


def _lake(radius: float, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return ``u`` and ``v`` of the town's lake: a long body with bays, the river's mouth on its shore."""
    along, across = rng.uniform(1.1, 1.5) * radius + 700.0, rng.uniform(0.7, 1.0) * radius + 500.0
    angle = np.linspace(0.0, 2 * np.pi, 240, endpoint=False)
    shore = np.ones_like(angle)
    for wave in range(2, 15):
        shore += rng.normal(0.0, 0.30 / wave) * np.cos(wave * angle + rng.uniform(0, 2 * np.pi))
    shore = np.clip(shore, 0.45, 1.5)
    u, v = shore * along * np.cos(angle), shore * across * np.sin(angle)
    # Turn the body to the side of the river away from the railway, its shore at the river's mouth.
    lean = rng.uniform(-1.1, -0.5)
    u, v = u * np.cos(lean) - v * np.sin(lean), u * np.sin(lean) + v * np.cos(lean)
    v += 0.10 * radius - v.max()
    at_mouth = shapely.Polygon(np.column_stack([u, v])).intersection(
        shapely.LineString([(-9 * along, -RIVER_BESIDE_M), (9 * along, -RIVER_BESIDE_M)])
    )
    return u - at_mouth.bounds[0] + _mouth(radius), v


def _mouth(radius: float) -> float:
    return 1.15 * radius + 150.0


def _railway(
    half: float, radius: float, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return ``u`` and ``v`` of the railway: nearly straight past the town, wide curves outside."""
    beside = 0.2 * radius + 170.0
    knots = np.array([-1.5 * half, -0.7 * half, -1.1 * radius, 0.0, 1.1 * radius, 0.7 * half, 1.5 * half])
    swing = rng.normal(0.0, 0.10 * half, 7)
    swing[2:5] = rng.normal(0.0, 0.04 * radius, 3)
    outward = np.array([0.12, 0.04, 0.0, 0.0, 0.12 * radius / half, 0.16, 0.3]) * half
    u = np.arange(-1.45 * half, 1.45 * half, 40.0)
    return u, CubicSpline(knots, beside + swing + np.maximum(outward, 0.0))(u)


def _small_lakes(
    height: Raster,
    keep_off: tuple[shapely.Geometry, ...],
    half: float,
    radius: float,
    rng: np.random.Generator,
) -> list[shapely.Polygon]:
    """Place some forest lakes in the lowest hollows, away from the town, the river and the railway."""
    lakes: list[shapely.Polygon] = []
    x, y = height.centres()
    order = np.argsort(height.values.ravel() + rng.normal(0, 14.0, height.values.size))
    wanted = int(rng.integers(4, 8))
    for number in order:
        here = shapely.Point(x.ravel()[number], y.ravel()[number])
        size = rng.uniform(120.0, 480.0)
        if not 1.9 * radius < np.hypot(here.x, here.y) < 0.85 * half:
            continue
        if any(here.distance(other) < 2.6 * size for other in keep_off):
            continue
        if any(here.distance(other) < 0.4 * half for other in lakes):
            continue
        angle = np.linspace(0.0, 2 * np.pi, 60, endpoint=False)
        shore = 1 + sum(
            rng.normal(0, 0.35 / wave) * np.cos(wave * angle + rng.uniform(0, 6.3)) for wave in range(2, 8)
        )
        turn = rng.uniform(0, np.pi)
        long, short = size * 1.5 * np.cos(angle) * shore, size * 0.7 * np.sin(angle) * shore
        lakes.append(
            shapely.Polygon(
                np.column_stack(
                    [
                        here.x + long * np.cos(turn) - short * np.sin(turn),
                        here.y + long * np.sin(turn) + short * np.cos(turn),
                    ]
                )
            ).buffer(0)
        )
        if len(lakes) == wanted:
            break
    return lakes
