"""Country roads: the cheapest ways over the ground, later ones drawn to where earlier ones lie."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.ndimage import gaussian_filter1d
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from etl.synthetic.noise import fractal
from etl.synthetic.terrain import distance_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.synthetic.terrain import Terrain

Point = tuple[float, float]
SMOOTH_M = 110.0
REUSE = 0.45
"""What a stretch costs once it has a road, of what it cost before."""
_MOVES = ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (2, 1), (1, -2), (2, -1))


@dataclass(frozen=True, slots=True)
class Road:
    """A road between two crossings, metres; `through` says that it carries the long-distance traffic."""

    line: shapely.LineString
    through: bool


@dataclass(frozen=True, slots=True)
class Errand:
    """A road that is wanted: from a point to the nearest of some others."""

    start: Point
    ends: tuple[Point, ...]
    through: bool


def lay_roads(
    terrain: Terrain, errands: Sequence[Errand], *, keep_out_m: float, rng: np.random.Generator
) -> list[Road]:
    """Lay roads for each errand in turn; they meet only at their ends.

    Parameters
    ----------
    keep_out_m
        Radius about the town's middle that roads stay out of: streets serve it.

    Notes
    -----
    Dijkstra's shortest paths over pixels with sixteen neighbours; a stretch with a road costs half.
    """
    frame = terrain.height
    cost = _cost(terrain, keep_out_m, rng)
    segments: dict[tuple[int, int], bool] = {}
    heads, tails, length = _moves(cost.shape, frame.pixel)
    flat = cost.ravel()
    full = length * (flat[heads] + flat[tails]) / 2
    number_of = {pair: number for number, pair in enumerate(zip(heads.tolist(), tails.tolist(), strict=True))}
    columns = cost.shape[1]
    for errand in errands:
        graph = coo_array((full, (heads, tails)), shape=(flat.size, flat.size)).tocsr()
        start = _index(terrain, errand.start)
        ends = [_index(terrain, end) for end in errand.ends]
        distance, before = dijkstra(graph, directed=False, indices=start, return_predecessors=True)
        path = [min(ends, key=lambda end: distance[end])]
        while path[-1] != start:
            path.append(int(before[path[-1]]))
        for one, two in itertools.pairwise(path):
            key = (one, two) if (one, two) in number_of else (two, one)
            if key not in segments:
                full[number_of[key]] *= REUSE
            segments[key] = segments.get(key, False) or errand.through
    pairs = np.array(list(segments))
    x = frame.west + (pairs % columns + 0.5) * frame.pixel
    y = frame.south + (pairs // columns + 0.5) * frame.pixel
    lines = shapely.linestrings(np.stack([x, y], axis=-1))
    through = shapely.union_all(lines[np.array(list(segments.values()))])
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
    return [
        Road(_smooth(line), bool(through.distance(line.interpolate(0.5, normalized=True)) < 1.0))
        for line in merged
    ]


def pixel_middle(terrain: Terrain, point: Point) -> Point:
    """Return the middle of a point's pixel, where its road ends."""
    frame = terrain.height
    row, column = divmod(_index(terrain, point), frame.values.shape[1])
    return frame.west + (column + 0.5) * frame.pixel, frame.south + (row + 0.5) * frame.pixel


def _index(terrain: Terrain, point: Point) -> int:
    frame = terrain.height
    rows, columns = frame.values.shape
    column = int(np.clip((point[0] - frame.west) // frame.pixel, 0, columns - 1))
    row = int(np.clip((point[1] - frame.south) // frame.pixel, 0, rows - 1))
    return int(row * columns + column)


def _cost(terrain: Terrain, keep_out_m: float, rng: np.random.Generator) -> NDArray[np.float64]:
    frame = terrain.height
    x, y = frame.centres()
    points = np.column_stack([x.ravel(), y.ravel()])
    rows, columns = np.gradient(frame.values, frame.pixel)
    cost = 1.0 + 22.0 * np.hypot(rows, columns)
    cost += 0.9 * np.clip(fractal(frame, rng, wavelength_m=1_600.0, octaves=3), -0.9, 3.0)
    cost = np.maximum(cost, 0.3).ravel()
    lakes = shapely.union_all([lake.buffer(60.0) for lake in terrain.lakes])
    shapely.prepare(lakes)
    cost[shapely.contains_xy(lakes, points[:, 0], points[:, 1])] = 400.0
    cost[distance_to(terrain.river, points) < 0.75 * frame.pixel] += 14.0
    cost[distance_to(terrain.railway, points) < 0.75 * frame.pixel] += 3.0
    # Roads leave at their exits and do not run along the border.
    cost[np.abs(points).max(axis=1) > 0.87 * terrain.half] += 5.0
    cost[np.hypot(points[:, 0], points[:, 1]) < keep_out_m] += 60.0
    return np.asarray(cost.reshape(x.shape))


def _moves(
    shape: tuple[int, ...], pixel: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return every pair of neighbouring pixels and its length in metres."""
    number = np.arange(shape[0] * shape[1]).reshape(shape[0], shape[1])
    heads, tails, lengths = [], [], []
    for down, right in _MOVES:
        rows, columns = shape[0] - down, shape[1] - abs(right)
        one = number[:rows, max(0, -right) : max(0, -right) + columns]
        two = number[down:, max(0, right) : max(0, right) + columns]
        heads.append(one.ravel())
        tails.append(two.ravel())
        lengths.append(np.full(one.size, pixel * np.hypot(down, right)))
    return np.concatenate(heads), np.concatenate(tails), np.concatenate(lengths)


def _smooth(line: shapely.LineString) -> shapely.LineString:
    """Round a pixel line's corners; the ends stay."""
    count = max(int(line.length // 15.0), 2)
    points = shapely.get_coordinates(line.interpolate(np.linspace(0.0, line.length, count + 1)))
    spread = min(SMOOTH_M, line.length / 6) / (line.length / count)
    around = gaussian_filter1d(points, spread, axis=0, mode="nearest")
    # Near the ends the filter leans inwards: fade to the line itself there.
    along = np.linspace(0.0, line.length, count + 1)
    fade = np.clip(np.minimum(along, line.length - along) / min(2 * SMOOTH_M, line.length / 2), 0, 1)[:, None]
    fade = fade * fade * (3 - 2 * fade)
    return shapely.LineString(fade * around + (1 - fade) * points)
