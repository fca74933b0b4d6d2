"""Stations, as the area layer draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.places.named_areas import from_areas
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from geodata.places.layers import PlaceLayers
    from geodata.places.place import PlaceCandidate

MARGIN_M = 60.0
RADIUS_M = 100.0


def candidates(layers: PlaceLayers) -> list[PlaceCandidate]:
    """Return one place for each named area of the kind ``station``."""
    return from_areas(
        layers, area_kind="station", kind=PlaceKind.STATION, margin_m=MARGIN_M, smallest_radius_m=RADIUS_M
    )
