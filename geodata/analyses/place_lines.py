"""What is drawn of an opened place: ways to school, crossings, entrances, a round, gathering points."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata import crs
from geodata.analyses.joyriding import describe_joyriding
from geodata.analyses.school_zone import describe_school_zone
from geodata.places.school_zones import school_ids
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.places.place import Place
    from geodata.privacy import Audience

PUPILS = (5.0, 20.0, 60.0)
"""Pupils one way a school day from which a street is drawn, and drawn thicker; fixed, whatever the school."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point with a name.

    Attributes
    ----------
    role
        ``crossing``, ``entrance`` or ``gathering``.
    names
        The streets that meet, or the name of what lies there; empty where it has none.
    kind
        The kind of area of a gathering point; None of the others.
    pupils
        One way a school day, of a crossing; None of the others.
    """

    role: str
    names: tuple[str, ...]
    kind: str | None
    pupils: float | None
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class PlaceLines:
    """What is drawn of one place, longitude and latitude.

    Attributes
    ----------
    ways
        Streets by how many pupils go there, one for each of `PUPILS`; None where there is none.
    round_line
        The usual round; None where the pattern does not close, or the place is no joyriding area.
    spots
        Crossings, those used most first, then entrances and gathering points.
    """

    ways: tuple[shapely.MultiLineString | None, ...]
    round_line: shapely.LinearRing | None
    spots: tuple[Spot, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self.spots and self.round_line is None and not any(self.ways)


def lines_of(ground: Ground, place_id: int, audience: Audience) -> PlaceLines:
    """Return what is drawn of a place; it is the municipality's own ground and no record of anybody.

    Raises
    ------
    MissingError
        ``no_place``.
    """
    place = ground.places[ground.place_position(place_id)]
    if place.kind is PlaceKind.SCHOOL_ZONE:
        return _school(ground, place)
    if place.kind is PlaceKind.JOYRIDING:
        return _joyriding(ground, place, audience)
    return PlaceLines((None,) * len(PUPILS), None, ())


def rounds_of(ground: Ground, audience: Audience) -> tuple[shapely.LinearRing, ...]:
    """Return the usual rounds of all joyriding areas whose pattern closes, longitude and latitude."""
    told = (
        describe_joyriding(ground, place, audience).round_line
        for place in ground.places
        if place.kind is PlaceKind.JOYRIDING
    )
    return tuple(line for line in told if line is not None)


def _school(ground: Ground, place: Place) -> PlaceLines:
    every = ground.school_ways
    ids = set(school_ids(place.source_key))
    at = next((number for number, site in enumerate(every.sites) if set(site.school_ids) & ids), None)
    if at is None:
        return PlaceLines((None,) * len(PUPILS), None, ())
    working = ground.project.geography.working_crs
    spots = [
        Spot("crossing", one.streets, None, one.pupils, one.lon, one.lat)
        for one in describe_school_zone(ground, place).crossings
        if one.pupils >= 1
    ]
    for start in crs.reproject(every.sites[at].starts, source=working, target=crs.WGS84):
        middle = shapely.centroid(start)
        spots.append(Spot("entrance", (), None, None, middle.x, middle.y))
    by_link = every.ways[at].by_link
    return PlaceLines(_ways(ground, by_link), None, tuple(spots))


def _ways(ground: Ground, by_link: np.ndarray) -> tuple[shapely.MultiLineString | None, ...]:
    edges = (*PUPILS, np.inf)
    working = ground.project.geography.working_crs
    found: list[shapely.MultiLineString | None] = []
    for low, high in itertools.pairwise(edges):
        lines = ground.network.geometry[(by_link >= low) & (by_link < high)]
        if not len(lines):
            found.append(None)
            continue
        whole = shapely.multilinestrings(shapely.get_parts(lines))
        found.append(crs.reproject([whole], source=working, target=crs.WGS84)[0])
    return tuple(found)


def _joyriding(ground: Ground, place: Place, audience: Audience) -> PlaceLines:
    told = describe_joyriding(ground, place, audience)
    spots = tuple(
        Spot("gathering", (one.name,) if one.name else (), one.kind, None, one.lon, one.lat)
        for one in told.gathering
    )
    return PlaceLines((None,) * len(PUPILS), told.round_line, spots)
