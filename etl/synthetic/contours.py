"""Outlines of where a raster is above zero: marching squares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.synthetic.noise import Raster

# For each of the 16 corner patterns (1 = SW, 2 = SE, 4 = NE, 8 = NW): which sides the outline joins.
_S, _E, _N, _W = range(4)
_SEGMENTS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((_W, _S),),
    2: ((_S, _E),),
    3: ((_W, _E),),
    4: ((_E, _N),),
    5: ((_W, _S), (_E, _N)),
    6: ((_S, _N),),
    7: ((_W, _N),),
    8: ((_N, _W),),
    9: ((_N, _S),),
    10: ((_S, _E), (_N, _W)),
    11: ((_N, _E),),
    12: ((_E, _W),),
    13: ((_E, _S),),
    14: ((_S, _W),),
}


def outline(raster: Raster, *, least_m2: float = 0.0) -> list[shapely.Polygon]:
    """Return the polygons (with holes) where `raster` is above zero, closed at its edge.

    Notes
    -----
    Marching squares (Lorensen & Cline 1987, in two dimensions) with linear interpolation between pixel
    middles.
    """
    padded = np.pad(raster.values, 1, constant_values=-1.0)
    west, south = raster.west - raster.pixel / 2, raster.south - raster.pixel / 2
    above = padded > 0
    pattern = above[:-1, :-1] * 1 + above[:-1, 1:] * 2 + above[1:, 1:] * 4 + above[1:, :-1] * 8
    sides = _side_points(padded)
    parts = []
    for code, segments in _SEGMENTS.items():
        rows, columns = np.nonzero(pattern == code)
        for first, second in segments:
            ends = np.stack([sides[first][rows, columns], sides[second][rows, columns]], axis=1)
            parts.append(ends)
    ends = np.concatenate(parts)
    if not len(ends):
        return []
    ends = ends * raster.pixel + np.array([west, south])
    rings = shapely.get_parts(shapely.polygonize(shapely.linestrings(np.round(ends, 3))))
    inside = shapely.point_on_surface(rings)
    level = _between(padded, shapely.get_x(inside), shapely.get_y(inside), west, south, raster.pixel)
    kept = rings[(level > 0) & (shapely.area(rings) >= least_m2)]
    return [polygon for polygon in kept if isinstance(polygon, shapely.Polygon)]


def _side_points(values: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Where the zero line crosses each side of each square, in pixels: S, E, N, W, each ``(r, c, 2)``."""
    rows, columns = values.shape
    row, column = np.mgrid[0:rows, 0:columns].astype(np.float64)
    along = _crossing(values[:, :-1], values[:, 1:])
    level = np.stack([column[:, :-1] + along, row[:, :-1]], axis=-1)
    up = _crossing(values[:-1], values[1:])
    upright = np.stack([column[:-1], row[:-1] + up], axis=-1)
    return [level[:-1], upright[:, 1:], level[1:], upright[:, :-1]]


def _crossing(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    difference = first - second
    return np.clip(first / np.where(difference == 0, 1.0, difference), 0.02, 0.98)


def _between(
    values: NDArray[np.float64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    west: float,
    south: float,
    pixel: float,
) -> NDArray[np.float64]:
    """Interpolate bilinearly."""
    column, row = (x - west) / pixel, (y - south) / pixel
    c, r = np.floor(column).astype(np.int64), np.floor(row).astype(np.int64)
    c, r = np.clip(c, 0, values.shape[1] - 2), np.clip(r, 0, values.shape[0] - 2)
    fc, fr = column - c, row - r
    low = values[r, c] * (1 - fc) + values[r, c + 1] * fc
    high = values[r + 1, c] * (1 - fc) + values[r + 1, c + 1] * fc
    return np.asarray(low * (1 - fr) + high * fr)
