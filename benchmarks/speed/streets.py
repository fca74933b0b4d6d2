"""A million points joined to their streets beside shapely, and walks from many places beside scipy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

from benchmarks.frame import Row
from benchmarks.speed.comparing import faster, peer
from benchmarks.speed.timing import timed
from benchmarks.speed.town import town
from geodata.streets.reach import reach
from geodata.streets.snapping import MAX_DISTANCE_M, snap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.speed.timing import Timed
    from geodata.streets.network import StreetNetwork
    from geodata.streets.reach import Reached

LINKS, POINTS = 20_000, 1_000_000
QUICK_LINKS, QUICK_POINTS = 4_000, 100_000
SNAP_TIMES, QUICK_SNAP_TIMES = 30.0, 10.0
"""In the small run the grid over the segments weighs more."""

PLACES, WALK_M = 200, 300.0
CLOSE_M = 1e-6


def snap_rows(*, quick: bool) -> list[Row]:
    """Points all over the town; both make their index anew, take none beyond the limit, and choose by id."""
    network = town(QUICK_LINKS if quick else LINKS)
    streets = gpd.GeoDataFrame({"street_id": network.street_id}, geometry=network.geometry, crs=3006)
    number = QUICK_POINTS if quick else POINTS
    (west, south), (east, north) = network.node_xy.min(axis=0), network.node_xy.max(axis=0)
    rng = np.random.default_rng(5)
    x, y = rng.uniform(west, east, number), rng.uniform(south, north, number)
    ours = timed(lambda: snap(x, y, streets))
    other = timed(lambda: _by_shapely(x, y, network), runs=1)
    task = f"snap {number:,} points to {network.links:,} links within {MAX_DISTANCE_M:g} m"
    unlike = (ours.result[0] != other.result[0]) | (
        np.isfinite(ours.result[1]) != np.isfinite(other.result[1])
    )
    apart = float(np.nanmax(np.abs(ours.result[1] - other.result[1])))
    return [
        faster(task, ours, other, times=QUICK_SNAP_TIMES if quick else SNAP_TIMES, name="shapely's STRtree"),
        Row(
            task=f"{task}: points given another street than shapely gives",
            ours=float(unlike.sum()),
            bar=f"0, with distances within {CLOSE_M:g} m",
            holds=not unlike.any() and apart <= CLOSE_M,
        ),
    ]


def catchment_rows(*, quick: bool) -> list[Row]:
    """Walks from crossings, all metres to all nodes within reach; scipy's stop at the same limit."""
    network = town(QUICK_LINKS if quick else LINKS)
    link = np.random.default_rng(6).choice(network.links, PLACES, replace=False)
    start, ready = network.start[link], network.adjacency(network.walked)
    nowhere = np.zeros(PLACES)
    ours = timed(lambda: reach(network, link, nowhere, distance_m=WALK_M))
    other = timed(lambda: dijkstra(ready, directed=False, indices=start, limit=WALK_M))
    task = f"{PLACES} walks of {WALK_M:g} m over {network.links:,} links"
    place = np.repeat(np.arange(PLACES), np.diff(ours.result.begins))
    walked = np.full((PLACES, network.nodes), np.inf)
    walked[place, ours.result.nodes] = ours.result.metres
    same = bool(np.allclose(walked, other.result, rtol=0, atol=CLOSE_M))
    return [
        faster(task, ours, other, times=1.0, name="scipy's Dijkstra"),
        Row(
            task=f"{task}: nodes reached, and by scipy",
            ours=float(len(place)),
            other=float(np.isfinite(other.result).sum()),
            bar=f"the same, at the same metres within {CLOSE_M:g}",
            holds=same,
        ),
        *_beside_pandana(task, network, start, ours),
    ]


def _by_shapely(
    x: NDArray[np.float64], y: NDArray[np.float64], network: StreetNetwork
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    (point, link), away = shapely.STRtree(network.geometry).query_nearest(
        shapely.points(x, y), max_distance=MAX_DISTANCE_M, return_distance=True
    )
    order = np.lexsort((network.street_id[link], point))
    chosen, position = np.unique(point[order], return_index=True)
    street, distance = np.full(len(x), -1, dtype=np.int64), np.full(len(x), np.nan)
    street[chosen], distance[chosen] = network.street_id[link][order][position], away[order][position]
    return street, distance


def _beside_pandana(
    task: str, network: StreetNetwork, start: NDArray[np.int64], ours: Timed[Reached]
) -> list[Row]:
    """Set ours beside pandana's `nodes_in_range`, where it is installed; its contraction is not counted."""
    pandana = peer("pandana")
    if pandana is None:
        return []
    import pandas as pd

    frame = pd.DataFrame({"metres": network.length_m})
    made = pandana.Network(
        pd.Series(network.node_xy[:, 0]), pd.Series(network.node_xy[:, 1]),
        pd.Series(network.start), pd.Series(network.end), frame,
    )  # fmt: skip
    other = timed(lambda: made.nodes_in_range(start.tolist(), WALK_M))
    return [faster(task, ours, other, times=1.0, name="pandana")]
