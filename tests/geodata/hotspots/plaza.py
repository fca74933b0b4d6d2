"""Material for methods: a block of cells with events in them, and a street past every row and column."""

from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely

from geodata.grid import GRIDS
from geodata.hotspots.base import CellCounts, Events, Material
from geodata.streets.network import build

SIDE_M = 100
EAST, NORTH = 412_000.0, 6_578_000.0
DAYS = 728
"""Two years of whole weeks."""


def streets(side):
    """Return a street network in squares, one link a block, through the middle of every row and column."""
    middle = np.arange(side) * SIDE_M + SIDE_M / 2
    lines, names = [], []
    for at in range(side):
        for first, last in pairwise(middle):
            lines.append([(EAST + first, NORTH + middle[at]), (EAST + last, NORTH + middle[at])])
            names.append(f"Östra {at}")
            lines.append([(EAST + middle[at], NORTH + first), (EAST + middle[at], NORTH + last)])
            names.append(f"Norra {at}")
    return build(
        gpd.GeoDataFrame(
            {
                "street_id": np.arange(len(lines)),
                "name": names,
                "road_class": "residential",
                "speed_limit_kmh": np.nan,
            },
            geometry=shapely.linestrings(np.array(lines).reshape(-1, 2, 2)) if lines else [],
            crs=3006,
        )
    )


def cells_of(name, side):
    """Return the ids, centres and neighbours of a block of cells."""
    grid = GRIDS[name](SIDE_M)
    step = np.arange(side) * SIDE_M + SIDE_M / 2
    east, north = np.meshgrid(EAST + step, NORTH + step)
    ids = np.unique(grid.ids(east.ravel(), north.ravel()))
    return ids, *grid.centroids(ids), grid.neighbours(ids)


def material(count, expected=None, *, grid="square", side=30, seed=0, day=None, network=True):
    """Put `count` events into the first cells of a block; the expectation is the mean unless one is given.

    Each event lies within 30 m of its cell's centre, on any of two years' days unless `day` is given,
    shape ``(events,)``, in the order of the cells.
    """
    count = np.asarray(count, dtype=np.float64)
    _, x, y, joined = cells_of(grid, side)
    size = len(count)
    rng = np.random.default_rng(seed)
    cell = np.repeat(np.arange(size), count.astype(int))
    days = rng.integers(0, DAYS, len(cell)) if day is None else np.asarray(day, dtype=np.int64)
    made = streets(side) if network else None
    ex = x[cell] + rng.uniform(-30, 30, len(cell))
    ey = y[cell] + rng.uniform(-30, 30, len(cell))
    link = np.full(len(cell), -1, dtype=np.int64)
    along = np.full(len(cell), np.nan)
    if made is not None and made.links and len(cell):
        points = shapely.points(ex, ey)
        event, near = shapely.STRtree(made.geometry).query_nearest(points, all_matches=False)
        link[event] = near
        along = np.asarray(shapely.line_locate_point(made.geometry[link], points))
    mean = max(count.sum() / max(size, 1), 1e-9)
    return Material(
        cells=CellCounts(
            count=count,
            expected=np.full(size, mean) if expected is None else np.asarray(expected, dtype=np.float64),
            neighbours=joined[:size][:, :size],
            x=x[:size],
            y=y[:size],
            cell_area_m2=float(SIDE_M**2),
            lattice_m=GRIDS[grid](SIDE_M).lattice_m,
        ),
        events=Events(ex, ey, np.ones(len(cell)), cell, days, days.copy(), link, along),
        network=made,
        first_day=0,
        last_day=DAYS - 1,
    )
