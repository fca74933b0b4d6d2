"""Towns in which the truth is known: events by chance alone or with clusters, and places with true ratios."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geodata.evidence.shrinkage import PRIOR_SHAPES, TYPICAL_SHAPE, TYPICAL_SPREAD
from geodata.grid import SquareGrid
from geodata.hotspots.base import CellCounts, Events, Material
from geodata.streets.network import build

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geodata.streets.network import StreetNetwork

CELL_M = 100
SIDE = 24
DAYS = 728
EAST, NORTH = 412_000.0, 6_578_000.0
MEAN = 2.0
"""Expected events in a cell."""

CLUSTER = 3
CLUSTERS = 4
STRENGTH = 5.0


@dataclass(frozen=True, eq=False)
class Clustered:
    """A town with clusters, and the cells that they were put in."""

    material: Material
    planted: NDArray[np.bool_]


def by_chance(random: np.random.Generator, *, spread: float = 0.0) -> Material:
    """Make a town whose events come by chance alone, with what is expected of each cell.

    Parameters
    ----------
    spread
        Variance of the cells' true rates over what is expected; 0 is what the methods assume.
    """
    expected = _expected(random)
    shape = 1 / spread if spread else 0.0
    rate = expected * (random.gamma(shape, spread, len(expected)) if spread else 1.0)
    return _material(random, expected, random.poisson(rate))


def with_clusters(random: np.random.Generator) -> Clustered:
    """Make a town with square clusters of several times the expected, apart from each other."""
    expected = _expected(random)
    rate, planted = expected.copy(), np.zeros((SIDE, SIDE), dtype=bool)
    quarter = SIDE // 2
    for number in range(CLUSTERS):
        row, column = random.integers(1, quarter - CLUSTER - 1, 2) + quarter * np.array(divmod(number, 2))
        planted[row : row + CLUSTER, column : column + CLUSTER] = True
    rate[planted.ravel()] *= STRENGTH
    return Clustered(_material(random, expected, random.poisson(rate)), planted.ravel())


@dataclass(frozen=True, eq=False)
class Places:
    """Places with their true ratios to the expected.

    Attributes
    ----------
    ratio, expected, counts
        Shape ``(streams, places)``.
    """

    ratio: NDArray[np.float64]
    expected: NDArray[np.float64]
    counts: NDArray[np.float64]


def places(
    random: np.random.Generator, number: int, *, streams: int = 3, skewed: bool = False, off: float = 0.0
) -> Places:
    """Make places as the gamma–Poisson model has them, or mildly otherwise.

    Parameters
    ----------
    skewed
        Ratios are lognormal instead of gamma, of the same mean and variance.
    off
        Standard deviation of the logarithm by which what is expected is wrong.
    """
    shape = np.clip(
        TYPICAL_SHAPE * np.exp(TYPICAL_SPREAD * random.normal(size=(streams, 1))),
        PRIOR_SHAPES[0],
        PRIOR_SHAPES[-1],
    )
    size = (streams, number)
    if skewed:
        variance = np.log1p(1 / shape)
        ratio = np.exp(np.sqrt(variance) * random.normal(size=size) - variance / 2)
    else:
        ratio = random.gamma(shape, 1 / shape, size)
    expected = np.exp(random.normal(2.0, 1.0, size))
    counts = random.poisson(ratio * expected * np.exp(off * random.normal(size=size) - off**2 / 2))
    return Places(ratio, expected, counts.astype(np.float64))


def _expected(random: np.random.Generator) -> NDArray[np.float64]:
    """Give the middle of the town more than its edges, and each cell its own."""
    step = (np.arange(SIDE) - SIDE / 2) / SIDE
    hill = np.exp(-4 * (step[:, None] ** 2 + step**2)).ravel()
    uneven = hill * random.gamma(4, 1 / 4, SIDE * SIDE)
    return np.asarray(np.maximum(MEAN * uneven / uneven.mean(), 0.05))


def _material(
    random: np.random.Generator, expected: NDArray[np.float64], counts: NDArray[np.int64]
) -> Material:
    x, y, neighbours, network = _frame()
    cell = np.repeat(np.arange(len(counts)), counts)
    event_x = x[cell] + random.uniform(-CELL_M / 2, CELL_M / 2, len(cell))
    event_y = y[cell] + random.uniform(-CELL_M / 2, CELL_M / 2, len(cell))
    day = random.integers(0, DAYS, len(cell))
    points = shapely.points(event_x, event_y)
    event, near = network.tree.query_nearest(points, all_matches=False)
    link = np.full(len(cell), -1, dtype=np.int64)
    link[event] = near
    return Material(
        cells=CellCounts(
            count=counts.astype(np.float64),
            expected=expected,
            neighbours=neighbours,
            x=x,
            y=y,
            cell_area_m2=float(CELL_M**2),
            lattice_m=SquareGrid(CELL_M).lattice_m,
        ),
        events=Events(
            x=event_x,
            y=event_y,
            weight=np.ones(len(cell)),
            cell=cell,
            first_day=day,
            last_day=day,
            link=link,
            along_m=np.asarray(shapely.line_locate_point(network.geometry[link], points)),
        ),
        network=network,
        first_day=0,
        last_day=DAYS - 1,
    )


@cache
def _frame() -> tuple[NDArray[np.float64], NDArray[np.float64], csr_array, StreetNetwork]:
    """Return the cells' centres, which of them touch, and a street through each row and column."""
    grid = SquareGrid(CELL_M)
    step = np.arange(SIDE) * float(CELL_M) + CELL_M / 2
    north, east = (one.ravel() for one in np.meshgrid(NORTH + step, EAST + step, indexing="ij"))
    ids = grid.ids(east, north)
    order = np.argsort(ids)
    touching = grid.neighbours(ids[order])
    back = np.argsort(order)
    blocks = [
        shapely.LineString([(EAST + a[0], NORTH + a[1]), (EAST + b[0], NORTH + b[1])])
        for at in step
        for first, last in pairwise(step)
        for a, b in (((first, at), (last, at)), ((at, first), (at, last)))
    ]
    streets = gpd.GeoDataFrame(
        {
            "street_id": np.arange(len(blocks)),
            "name": "",
            "road_class": "residential",
            "speed_limit_kmh": np.nan,
        },
        geometry=blocks,
        crs=3006,
    )
    return east, north, touching[back][:, back], build(streets)
