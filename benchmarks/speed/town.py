"""A town's streets for the tasks along streets: crooked blocks, some of them open, with dead ends."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geodata.streets.network import StreetNetwork, build

BLOCK_M = 150.0
MISSING = 0.12
"""The share of links between neighbouring crossings that no street was built along."""

CORNER = (412_000.0, 6_578_000.0)
CLASSES = ("residential", "tertiary", "primary")


def town(links: int, *, seed: int = 4) -> StreetNetwork:
    """Return about so many links of four segments each; every fifth street is a larger one."""
    side = round(np.sqrt(links / (2 * (1 - MISSING))))
    rng = np.random.default_rng(seed)
    step = np.arange(side + 1) * BLOCK_M
    node = np.stack(np.meshgrid(step, step, indexing="ij"), axis=-1)
    node += rng.normal(0, 25, node.shape) + CORNER
    east = np.stack([node[:-1], node[1:]], axis=2).reshape(-1, 2, 2)
    north = np.stack([node[:, :-1], node[:, 1:]], axis=2).reshape(-1, 2, 2)
    ends = np.concatenate([east, north])
    number = np.concatenate([np.tile(np.arange(side + 1), side), np.repeat(np.arange(side + 1), side)])
    way = np.repeat(["Öster", "Norr"], [len(east), len(north)])
    kept = np.sort(rng.permutation(len(ends))[: round(len(ends) * (1 - MISSING))])
    ends, number, way = ends[kept], number[kept], way[kept]
    part = np.linspace(0, 1, 5)[None, :, None]
    points = ends[:, :1] * (1 - part) + ends[:, 1:] * part
    points[:, 1:-1] += rng.normal(0, 4, (len(ends), 3, 2))
    classes = np.array(CLASSES)[(number % 5 == 0).astype(int) + (number % 25 == 0)]
    return build(
        gpd.GeoDataFrame(
            {
                "street_id": np.arange(len(ends)),
                "name": [f"{one}gatan {which}" for one, which in zip(way, number, strict=True)],
                "road_class": classes,
                "speed_limit_kmh": 40.0,
            },
            geometry=shapely.linestrings(points),
            crs=3006,
        )
    )
