"""A place: something with a name and a ground that keeps its identity while files come and go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import shapely

    from geodata.schema import PlaceKind


@dataclass(frozen=True, eq=False, slots=True)
class PlaceCandidate:
    """What an import says is a place; the register decides which place it is.

    Attributes
    ----------
    kind, name
        What it is and what the source calls it.
    geometry
        Polygon or multipolygon in the working CRS: the ground that counts as the place.
    source_key
        What the source itself calls it, with its table first: ``schools:12345678``. Several units in one
        building are joined by ``+``.
    """

    kind: PlaceKind
    name: str
    geometry: shapely.Geometry
    source_key: str


@dataclass(frozen=True, eq=False, slots=True)
class Place:
    """A place in the register.

    Attributes
    ----------
    place_id
        Given once, never used again.
    kind, name, geometry, source_key
        As in `PlaceCandidate`; the newest geometry.
    retired
        Kept for its history, in no new ranking.
    revision
        How many times people changed it; a change is made to the revision that was seen.
    """

    place_id: int
    kind: PlaceKind
    name: str
    geometry: shapely.Geometry
    source_key: str
    retired: bool = False
    revision: int = 0
