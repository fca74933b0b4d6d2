"""Woods, and the areas where people live and work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.ndimage import gaussian_filter

from etl.synthetic.contours import outline
from etl.synthetic.noise import empty_raster, fractal
from etl.synthetic.terrain import distance_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd

    from etl.synthetic.tile import Tile

WOOD_PIXELS = 210
LEAST_WOOD_M2 = 25_000.0
LEAST_ZONE_M2 = 9_000.0


def woods(tile: Tile, settled: Sequence[shapely.Geometry], rng: np.random.Generator) -> list[shapely.Polygon]:
    """Return woods: most of the ground but the river's valley, the villages' fields and what is settled."""
    half = tile.terrain.half
    frame = empty_raster((-half, -half, half, half), 2 * half / WOOD_PIXELS)
    x, y = frame.centres()
    points = np.column_stack([x.ravel(), y.ravel()])
    value = 0.55 + 0.75 * fractal(frame, rng, wavelength_m=2_400.0, octaves=5).ravel()
    height = tile.terrain.height.at(points[:, 0], points[:, 1])
    value += 0.5 * (height - height.mean()) / height.std()
    value -= 0.9 * np.exp(-distance_to(tile.terrain.river, points) / 450.0)
    for each in tile.settlements:
        away = np.hypot(points[:, 0] - each.x, points[:, 1] - each.y)
        value -= 2.2 * np.exp(-((away / (1.1 * each.radius + 500.0)) ** 2))
    off = shapely.union_all(
        [*shapely.buffer(np.array(settled, dtype=object), 15.0, quad_segs=3), tile.terrain.water]
    )
    grown = outline(frame.like(gaussian_filter(value.reshape(x.shape), 0.6)), least_m2=LEAST_WOOD_M2)
    shapes = shapely.get_parts(shapely.difference(shapely.simplify(np.array(grown, dtype=object), 8.0), off))
    return [s for s in shapes if s.geom_type == "Polygon" and s.area > LEAST_WOOD_M2 / 2]


def zones(links: gpd.GeoDataFrame) -> list[tuple[str, shapely.Polygon]]:
    """Return where people live (``residential``) and work (``industrial``): the ground by their streets."""
    found: list[tuple[str, shapely.Polygon]] = []
    works = links["zone"] == "industry"
    lived = ~works & (links["zone"] != "country")
    yards = _ground_by(links, works, 52.0)
    homes = shapely.difference(_ground_by(links, lived, 35.0), yards)
    for kind, ground in (("residential", homes), ("industrial", yards)):
        parts = shapely.get_parts(ground)
        found += [(kind, part) for part in parts if part.geom_type == "Polygon" and part.area > LEAST_ZONE_M2]
    return found


def _ground_by(links: gpd.GeoDataFrame, mine: pd.Series[bool], reach: float) -> shapely.Geometry:
    """Return the ground within reach (metres) of some links, gaps between them closed."""
    lines = shapely.simplify(links.geometry.to_numpy()[mine & (links["road_class"] != "path")], 5.0)
    wide = shapely.union_all(shapely.buffer(lines, reach + 30.0, quad_segs=3))
    return shapely.simplify(wide.buffer(-30.0, quad_segs=3), 3.0)
