"""What a place is made of, by its kind: bells and ways to school, a round, what lies by a square."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.analyses.joyriding import JoyridingAnswer, describe_joyriding
from geodata.analyses.school_zone import SchoolZoneAnswer, describe_school_zone
from geodata.privacy import RULES
from geodata.schema import PlaceKind, Stream

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.places.place import Place
    from geodata.privacy import Audience

NEAR_M = 100.0
"""Licensed premises this near a square or centre belong to its evenings."""

DARK = "environment_dark"
LACKING = "lighting:lacking"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies by a square, a centre, a station or a park.

    Attributes
    ----------
    licensed
        Licensed premises within ``NEAR_M``; None where the area layer shows none anywhere.
    licensed_names
        The names of those that have one.
    dark_reviews, reviews
        Reviews here that found the lighting lacking, and all; None for an audience without quotes.
    """

    licensed: int | None
    licensed_names: tuple[str, ...]
    dark_reviews: int | None
    reviews: int | None


@dataclass(frozen=True, slots=True)
class PlaceGround:
    """What a place is made of; the part of its own kind is there, the others are None."""

    school: SchoolZoneAnswer | None
    joyriding: JoyridingAnswer | None
    surroundings: Surroundings | None

    @property
    def bells(self) -> tuple[str, str] | None:
        """First and last bell of all units of a school; None where it is no school."""
        if self.school is None:
            return None
        days = [day for unit in self.school.units for day in unit.bells]
        if not days:
            return None
        return min(day.start[0] for day in days), max(day.end[1] for day in days)


def describe_ground(ground: Ground, place: Place, audience: Audience) -> PlaceGround:
    """Tell what a place is made of."""
    if place.kind is PlaceKind.SCHOOL_ZONE:
        return PlaceGround(describe_school_zone(ground, place), None, None)
    if place.kind is PlaceKind.JOYRIDING:
        return PlaceGround(None, describe_joyriding(ground, place, audience), None)
    return PlaceGround(None, None, _surroundings(ground, place, told=RULES[audience].quotes))


def _surroundings(ground: Ground, place: Place, *, told: bool) -> Surroundings:
    areas = ground.snapshot.table("areas")
    shown = areas[(areas["kind"] == "licensed").to_numpy()]
    shapes = np.asarray(shown.geometry.to_numpy(), dtype=object)
    near = shown[shapely.dwithin(shapes, place.geometry, NEAR_M)]
    dark = reviews = None
    if told:
        members, observation = ground.place_members
        inside = observation[members == ground.place_position(place.place_id)]
        rows = ground.observations.iloc[inside[ground.records.of_stream(Stream.REVIEW)[inside]]]
        reviews = len(rows)
        checked = rows["checklist"].fillna("").str.contains(LACKING, regex=False)
        dark = int(((rows["category"] == DARK) | checked).sum())
    return Surroundings(
        licensed=len(near) if len(shown) else None,
        licensed_names=tuple(sorted({name for name in near["name"] if isinstance(name, str) and name})),
        dark_reviews=dark,
        reviews=reviews,
    )
