"""Which area a point lies in: its district, else its municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

NO_AREA = -1

JOINED_KINDS = ("district", "boundary")
"""Kinds of area that a point is joined to, the smaller first."""

CELLS_ACROSS = 2048
"""Cells along the longer side of all areas: most points lie in a cell that no boundary crosses."""

FEW_POINTS = 20_000
"""Below this, each point is looked up by itself."""


def join_areas(x: ArrayLike, y: ArrayLike, areas: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Find the district, else the municipality, that each point lies in.

    Parameters
    ----------
    x, y
        Metres in the working CRS, shape ``(n,)``; NaN where a record has no point.
    areas
        Columns ``area_id``, ``kind`` and ``geometry`` at least, in the working CRS.

    Returns
    -------
    ndarray of int64
        ``area_id``, shape ``(n,)``; -1 where no area holds the point. Of several, or on a boundary, the
        lowest id of the smaller kind.
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    found = np.full(len(x), NO_AREA, dtype=np.int64)
    geometry = np.asarray(areas.geometry.to_numpy(), dtype=object)
    kind = areas["kind"].to_numpy(dtype=object)
    polygonal = np.isin(
        shapely.get_type_id(geometry), (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
    )
    for wanted in JOINED_KINDS:
        here = polygonal & (kind == wanted) & ~shapely.is_empty(geometry)
        open_ = np.flatnonzero(np.isfinite(x) & np.isfinite(y) & (found == NO_AREA))
        if here.any() and len(open_):
            ids = areas["area_id"].to_numpy(dtype=np.int64)[here]
            found[open_] = _within(x[open_], y[open_], geometry[here], ids)
    return found


def _within(
    x: NDArray[np.float64], y: NDArray[np.float64], polygons: NDArray[np.object_], ids: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the lowest id of the polygons that each point touches, -1 where none does."""
    if len(x) < FEW_POINTS:
        return _each(x, y, polygons, ids)
    west, south, east, north = shapely.total_bounds(polygons)
    side = max(east - west, north - south) / CELLS_ACROSS or 1.0
    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    across = int((east - west) // side) + 3
    column, row = ((x - west) // side).astype(np.int64) + 1, ((y - south) // side).astype(np.int64) + 1
    cell = np.where(inside, row * across + column, 0)
    crossed = _crossed(
        polygons, west=west, south=south, side=side, shape=(int((north - south) // side) + 3, across)
    )
    single = inside & crossed.ravel()[cell]
    # Cells that hang together without a boundary between them lie in the same area: one is looked up.
    from scipy import ndimage  # noqa: PLC0415  slow to import, and needed for many points only

    patches, count = ndimage.label(~crossed)
    patches = patches.ravel()
    first = np.zeros(count + 1, dtype=np.int64)
    first[patches[::-1]] = np.arange(len(patches))[::-1]
    first = first[1:]
    middle_x = west + (first % across - 0.5) * side
    middle_y = south + (first // across - 0.5) * side
    looked_up = _each(
        np.concatenate([middle_x, x[single]]), np.concatenate([middle_y, y[single]]), polygons, ids
    )
    found = np.concatenate([[NO_AREA], looked_up[:count]])[patches[cell]]
    found[~inside] = NO_AREA
    found[single] = looked_up[count:]
    return np.asarray(found)


def _crossed(
    polygons: NDArray[np.object_], *, west: float, south: float, side: float, shape: tuple[int, int]
) -> NDArray[np.bool_]:
    """Say which cells a boundary may cross; a margin of one cell all round.

    Boundaries get a vertex every half cell: whatever cell they cross is that of a vertex or next to one.
    """
    dense = shapely.get_coordinates(shapely.segmentize(shapely.boundary(polygons), side / 2))
    column = np.clip(((dense[:, 0] - west) // side).astype(np.int64) + 1, 1, shape[1] - 2)
    row = np.clip(((dense[:, 1] - south) // side).astype(np.int64) + 1, 1, shape[0] - 2)
    crossed = np.zeros(shape, dtype=bool)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            crossed[row + down, column + right] = True
    return crossed


def _each(
    x: NDArray[np.float64], y: NDArray[np.float64], polygons: NDArray[np.object_], ids: NDArray[np.int64]
) -> NDArray[np.int64]:
    found = np.full(len(x), np.iinfo(np.int64).max, dtype=np.int64)
    polygon, point = shapely.STRtree(shapely.points(x, y)).query(polygons, predicate="intersects")
    np.minimum.at(found, point, ids[polygon])
    return np.where(found == np.iinfo(np.int64).max, NO_AREA, found)
