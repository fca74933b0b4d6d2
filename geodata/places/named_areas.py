"""Places that a map layer draws itself: the area with a margin for the streets along its edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.places.place import PlaceCandidate

if TYPE_CHECKING:
    from geodata.places.layers import PlaceLayers
    from geodata.schema import PlaceKind


def from_areas(
    layers: PlaceLayers, *, area_kind: str, kind: PlaceKind, margin_m: float, smallest_radius_m: float
) -> list[PlaceCandidate]:
    """Return a candidate for each named area of one kind.

    Parameters
    ----------
    area_kind
        One of ``codelists.AREA_KINDS``.
    margin_m
        Added round a polygon: what happens on the pavement outside belongs to the place.
    smallest_radius_m
        Added round a point or a line, which has no ground of its own.
    """
    areas = layers.areas[(layers.areas["kind"] == area_kind).to_numpy()]
    found = []
    for area_id, name, shape in zip(areas["area_id"], areas["name"], areas.geometry, strict=True):
        if shape is None or shape.is_empty or not isinstance(name, str) or not name:
            continue
        margin = margin_m if np.isclose(shapely.get_dimensions(shape), 2) else smallest_radius_m
        found.append(PlaceCandidate(kind, name, shape.buffer(margin), f"areas:{area_id}"))
    return found
