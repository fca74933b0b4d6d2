"""Places that the municipality names itself: a point in its gazetteer with a radius, of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geodata.crs import WGS84, to_working
from geodata.places.place import PlaceCandidate
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from geodata.places.layers import PlaceLayers


def candidates(layers: PlaceLayers) -> list[PlaceCandidate]:
    """Return one place for each gazetteer entry that says which kind it is."""
    found = []
    for place in layers.project.gazetteer.places:
        if place.place is None or place.longitude is None or place.latitude is None:
            continue
        working = layers.project.geography.working_crs
        x, y = to_working([place.longitude], [place.latitude], source=WGS84, working=working)
        ground = shapely.Point(x[0], y[0]).buffer(place.radius_m)
        found.append(PlaceCandidate(PlaceKind(place.place), place.name, ground, f"named:{place.name}"))
    return found
