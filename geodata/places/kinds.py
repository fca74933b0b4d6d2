"""KINDS: every kind of place that an import can find, and the one file that finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.places import centres, joyriding, named_points, parks, school_zones, squares, stations
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.places.layers import PlaceLayers
    from geodata.places.place import PlaceCandidate

KINDS: dict[PlaceKind, Callable[[PlaceLayers], list[PlaceCandidate]]] = {
    PlaceKind.SCHOOL_ZONE: school_zones.candidates,
    PlaceKind.JOYRIDING: joyriding.candidates,
    PlaceKind.SQUARE: squares.candidates,
    PlaceKind.CENTRE: centres.candidates,
    PlaceKind.STATION: stations.candidates,
    PlaceKind.PARK: parks.candidates,
    PlaceKind.OTHER: named_points.candidates,
}


def candidates(layers: PlaceLayers) -> list[PlaceCandidate]:
    """Return the candidates of every kind, in the order of KINDS."""
    return [candidate for find in KINDS.values() for candidate in find(layers)]
