"""How the municipality is divided into parts that people know: districts, or what is near each school."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground

FEWEST_PARTS = 2


@dataclass(frozen=True, eq=False)
class Division:
    """The parts of a municipality.

    Attributes
    ----------
    kind
        ``districts``, or ``schools`` where no districts are imported: everything belongs to the nearest.
    names
        Of the parts.
    shapes
        Their grounds in the working CRS, or the schools' zones, shape ``(parts,)``.
    """

    kind: str
    names: tuple[str, ...]
    shapes: NDArray[np.object_]

    def at(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the part of each point, -1 outside all; on a border the first.

        Parameters
        ----------
        x, y
            Metres in the working CRS, shape ``(n,)``.
        """
        part = np.full(len(x), -1, dtype=np.int64)
        if not len(x):
            return part
        tree, points = shapely.STRtree(self.shapes), shapely.points(x, y)
        if self.kind == "schools":
            at, shape = tree.query_nearest(points, all_matches=False)
        else:
            at, shape = tree.query(points, predicate="intersects")
        part[at[::-1]] = shape[::-1]
        return part

    def residents(self, ground: Ground) -> NDArray[np.float64]:
        """Return how many people live in each part, shape ``(parts,)``."""
        people = ground.exposure
        home = self.at(people.x, people.y)
        persons = people.values[home >= 0, 0]
        living = np.bincount(home[home >= 0], weights=persons, minlength=len(self.names))
        return np.asarray(living, dtype=np.float64)


def division_of(ground: Ground) -> Division | None:
    """Return the districts where there are several, else the schools' parts; None where there are neither."""
    areas = ground.snapshot.table("areas")
    districts = areas[areas["kind"] == "district"]
    if len(districts) >= FEWEST_PARTS:
        names = districts["name"].fillna("").astype(str)
        return Division("districts", tuple(names), np.asarray(districts.geometry.to_numpy(), dtype=object))
    schools = [place for place in ground.places if place.kind is PlaceKind.SCHOOL_ZONE]
    if len(schools) < FEWEST_PARTS:
        return None
    shapes = np.array([place.geometry for place in schools], dtype=object)
    return Division("schools", tuple(place.name for place in schools), shapes)
