"""Woods, and the areas where people live and work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.ndimage import gaussian_filter

from etl.synthetic.contours import outline
from etl.synthetic.noise import empty_raster, fractal
from etl.synthetic.terrain import distance_to
from etl.synthetic.town_plan import ZONES

if TYPE_CHECKING:
    from etl.synthetic.tile import Tile

WOOD_PIXELS = 210
LEAST_WOOD_M2 = 25_000.0
LEAST_ZONE_M2 = 9_000.0


def woods(tile: Tile, rng: np.random.Generator) -> list[shapely.Polygon]:
    """Return woods: most of the ground but the river's valley, the villages' fields and the towns."""
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
    settled = shapely.union_all([shape for _, shape in zones(tile)]).buffer(15.0)
    off = settled.union(tile.terrain.water)
    grown = outline(frame.like(gaussian_filter(value.reshape(x.shape), 0.6)), least_m2=LEAST_WOOD_M2)
    shapes = shapely.get_parts(shapely.difference(shapely.simplify(np.array(grown, dtype=object), 8.0), off))
    return [s for s in shapes if s.geom_type == "Polygon" and s.area > LEAST_WOOD_M2 / 2]


def zones(tile: Tile) -> list[tuple[str, shapely.Polygon]]:
    """Return where people live (``residential``) and work (``industrial``), from the settlements' plans."""
    found: list[tuple[str, shapely.Polygon]] = []
    works = ZONES["industry"].code
    for settlement in tile.settlements:
        codes = settlement.plan.zones
        for kind, inside in (
            ("residential", (codes.values > 0) & (codes.values != works)),
            ("industrial", codes.values == works),
        ):
            soft = gaussian_filter(inside.astype(np.float64), 0.9) - 0.5
            found += [
                (kind, shapely.simplify(s, 3.0)) for s in outline(codes.like(soft), least_m2=LEAST_ZONE_M2)
            ]
    return found
