"""What the map opens on, and the lattice by which the drawn map knows where a cell lies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata import crs
from geodata.evidence.exposure import exposure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.store.snapshots import Snapshot

Box = tuple[float, float, float, float]
"""West, south, east, north."""

LATTICE_STEP_M = 5000.0
"""Between two points of the lattice a straight line is less than a metre off."""

_LEFT_OUT = 0.12
"""Share of the people beyond each edge of the first view: the main town fills it, not the woods."""

_LEAST_M = 1500.0
_ROUND_SHARE = 0.2
_SWEDEN: Box = (10.9, 55.3, 24.2, 69.1)


@dataclass(frozen=True, slots=True)
class Lattice:
    """Points every `step` metres and where they are on the globe, row by row from the south-west."""

    east: float
    north: float
    step: float
    columns: int
    rows: int
    lon: tuple[float, ...]
    lat: tuple[float, ...]


def bounds(ground: Ground) -> Box:
    """Return what the map opens on, in degrees: where people live, else places, else all there is.

    It follows the layers and never the observations, so a view tells nothing about them.
    """
    box = _inhabited(ground.snapshot)
    if box is None and ground.places:
        box = _box_of([place.geometry for place in ground.places])
    if box is None:
        box = _layers_box(ground.snapshot)
    if box is None:
        return ground.project.geography.extent or _SWEDEN
    return _degrees(_roomy(box), ground.project.geography.working_crs)


@lru_cache(maxsize=8)
def lattice(snapshot: Snapshot) -> Lattice | None:
    """Return the lattice over all layers; None when there is no layer at all."""
    box = _layers_box(snapshot)
    if box is None:
        return None
    step = LATTICE_STEP_M
    west, south = math.floor(box[0] / step) * step, math.floor(box[1] / step) * step
    columns, rows = (math.floor((box[2] - west) / step) + 2, math.floor((box[3] - south) / step) + 2)
    east, north = np.meshgrid(west + step * np.arange(columns), south + step * np.arange(rows))
    lon, lat = crs.to_lonlat(east.ravel(), north.ravel(), working=snapshot.project.geography.working_crs)
    return Lattice(
        west, south, step, columns, rows, tuple(np.round(lon, 6).tolist()), tuple(np.round(lat, 6).tolist())
    )


@lru_cache(maxsize=8)
def _inhabited(snapshot: Snapshot) -> Box | None:
    points = exposure(snapshot.table("streets"), snapshot.table("population"))
    if len(points.x) == 0:
        return None
    weight = points.values[:, 0] if points.has_population else points.values[:, 2:].sum(axis=1)
    west, east = _middle(points.x, weight)
    south, north = _middle(points.y, weight)
    return west, south, east, north


def _middle(values: NDArray[np.float64], weight: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends between which all but ``_LEFT_OUT`` of the weight on each side lies."""
    order = np.argsort(values)
    share = np.cumsum(weight[order]) / weight.sum()
    low, high = np.searchsorted(share, [_LEFT_OUT, 1 - _LEFT_OUT])
    return float(values[order[low]]), float(values[order[min(high, len(values) - 1)]])


def _layers_box(snapshot: Snapshot) -> Box | None:
    grounds: list[shapely.Geometry] = []
    for table in ("areas", "streets", "schools"):
        grounds.extend(snapshot.table(table).geometry)
    return _box_of(grounds)


def _box_of(grounds: Sequence[shapely.Geometry]) -> Box | None:
    if not grounds:
        return None
    box = shapely.total_bounds(np.array(grounds, dtype=object))
    return None if np.isnan(box).any() else (float(box[0]), float(box[1]), float(box[2]), float(box[3]))


def _roomy(box: Box) -> Box:
    """Widen a box a little, and to at least ``_LEAST_M`` each way."""
    west, south, east, north = box
    across = max(0.0, _LEAST_M - (east - west)) / 2 + _ROUND_SHARE * (east - west)
    up = max(0.0, _LEAST_M - (north - south)) / 2 + _ROUND_SHARE * (north - south)
    return west - across, south - up, east + across, north + up


def _degrees(box: Box, working: int) -> Box:
    west, south, east, north = box
    lon, lat = crs.to_lonlat([west, west, east, east], [south, north, south, north], working=working)
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())
