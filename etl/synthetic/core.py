"""The old middle of a town: the main street along the river, the bridge, the street to the station."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.synthetic.growth import STEP_M
from etl.synthetic.town_plan import ZONES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from etl.synthetic.net import Net
    from etl.synthetic.terrain import Terrain


def lay_core(net: Net, terrain: Terrain, rng: np.random.Generator) -> list[int]:
    """Lay the first streets and return the vertices where country roads come in."""
    axes, radius = terrain.axes, terrain.radius
    river_u, river_v = axes.to_town(shapely.get_coordinates(terrain.river))
    order = np.argsort(river_u)
    reach = 0.40 * radius + 60.0
    u = np.arange(-np.floor(reach / STEP_M) * STEP_M, reach, STEP_M)
    beside = np.interp(u, river_u[order], river_v[order])
    middle = int(np.argmin(np.abs(u)))
    v = np.convolve(np.pad(beside, 12, mode="edge"), np.full(25, 1 / 25), mode="valid")
    v = v - v[middle] + 9.0 * np.sin(u / 140.0 + rng.uniform(0, 6.3)) * (np.abs(u) > 2 * STEP_M)
    centre = ZONES["centre"].code
    main = net.add_street(_points(axes.to_map(u, v)), level=0, zone=centre, label="Storgatan")
    square = net.streets[main].vertices[middle]
    rail_u, rail_v = axes.to_town(shapely.get_coordinates(terrain.railway))
    to_rail = float(np.interp(0.0, rail_u, rail_v)) + 130.0
    to_shore = float(np.interp(0.0, river_u[order], river_v[order])) - 0.14 * radius - 90.0
    gates = [net.streets[main].vertices[0], net.streets[main].vertices[-1]]
    for label, end in (("Järnvägsgatan", to_rail), ("Brogatan", to_shore)):
        across = np.sign(end) * np.arange(STEP_M, abs(end), STEP_M)
        bend = rng.uniform(-0.10, 0.10) * np.maximum(np.abs(across) - 60.0, 0.0) ** 1.05
        street = net.add_street(
            _points(axes.to_map(bend, across)), level=0, zone=centre, start=square, label=label
        )
        gates.append(net.streets[street].vertices[-1])
    return gates


def _points(found: NDArray[np.float64]) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in found]
