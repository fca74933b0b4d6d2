"""What somebody who is sent to a place needs to know there: for a sheet, a calendar or a telephone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata import crs
from geodata.analyses.ground import open_register
from geodata.analyses.place_evidence import events_at_places
from geodata.analyses.place_ground import PlaceGround, describe_ground
from geodata.analyses.windows import WORKING_DAYS
from geodata.errors import AccessError
from geodata.promises.activity import ActivityKind
from geodata.schema import CATEGORIES, Stream
from geodata.selection import Selection
from geodata.targeting.openness import may_know

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.analyses.place_evidence import EventsAtPlaces
    from geodata.places.bells import BellDay
    from geodata.places.place import Place
    from geodata.privacy import Audience
    from geodata.store.stop_points import StopPoint
    from geodata.targeting.slot import Slot

STRETCH_M = 150.0
"""How far along its street from the point where one stands the stretch is watched."""

NEAR_M = 60.0
"""A stand farther than this from any street stands at none."""

SAME_M = 15.0
"""A point nearer than this to where one stands is where one stands."""

MOST_THEMES = 3
SOON_M = 30
"""Minutes: bells that ring within so long of a slot belong to it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one stream says of a place, as it may stand on paper that leaves the house.

    Attributes
    ----------
    themes
        Category and its records, most first; none with fewer than the municipality's threshold.
    of
        All records of the stream there; None where they are fewer than the threshold.
    first, last
        Local days of the oldest and the newest; None where no day is known or nothing is told.
    least
        The municipality's threshold.
    """

    themes: tuple[tuple[str, int], ...]
    of: int | None
    first: date | None
    last: date | None
    least: int


@dataclass(frozen=True, slots=True)
class SafePoint:
    """Where a car can stop safely: its name, empty where it has none, and metres in the working CRS."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bell:
    """A bell of a school that rings in or near a slot: ``start``, ``lunch`` or ``end``, and its span."""

    what: str
    first: str
    last: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """One slot with what is known of its place.

    Attributes
    ----------
    slot
        As it is planned.
    place
        With its ground, metres. Of one that is retired nothing more is known.
    x, y
        Where to stand, else a point in the place; metres in the working CRS.
    lon, lat
        The same in degrees.
    safe
        Where a person has said that one can stop safely, but for where one stands; the nearest first.
    stretch
        The street to watch from there, metres; None where no street is near.
    speed_limit_kmh
        On that street; None where it is not known.
    said, recorded
        What residents say, and what was reported or seen there; of traffic alone where the slot is.
    bells
        Those of the place's schools that ring about then.
    ground
        What the place is made of.
    """

    slot: Slot
    place: Place
    x: float
    y: float
    lon: float
    lat: float
    safe: tuple[SafePoint, ...]
    stretch: shapely.Geometry | None
    speed_limit_kmh: float | None
    said: Heard
    recorded: Heard
    bells: tuple[Bell, ...]
    ground: PlaceGround


def describe_stops(ground: Ground, slots: tuple[Slot, ...], audience: Audience) -> tuple[Stop, ...]:
    """Tell what is known where each slot is; nothing in it points to a person.

    Raises
    ------
    AccessError
        ``slot_not_open`` for a slot that the audience may not know of.
    """
    for slot in slots:
        if not may_know(slot, audience):
            raise AccessError(
                "slot_not_open", f"Coming work of the police is not for {audience}.", audience=str(audience)
            )
    register = open_register(ground.workspace)
    rows = {place.place_id: row for row, place in enumerate(ground.places)}
    places = {place.place_id: place for place in ground.places}
    if any(slot.place_id not in places for slot in slots):
        places = {place.place_id: place for place in register.places()}
    safe = register.stops.all()
    said = events_at_places(ground, Selection(audience, streams=frozenset({Stream.SURVEY})))
    told = events_at_places(ground, Selection(audience, streams=frozenset({Stream.INCIDENT, Stream.REVIEW})))
    stops = []
    for slot in slots:
        place, row = places[slot.place_id], rows.get(slot.place_id)
        point = _stand(slot, place)
        lon, lat = crs.to_lonlat([point.x], [point.y], working=ground.project.geography.working_crs)
        link = _nearest_link(ground, point)
        limit = np.nan if link is None else float(ground.network.speed_limit_kmh[link])
        about = describe_ground(ground, place, audience)
        stops.append(
            Stop(
                slot=slot,
                place=place,
                x=float(point.x),
                y=float(point.y),
                lon=float(lon[0]),
                lat=float(lat[0]),
                safe=_safe(point, [one for one in safe if one.place_id == slot.place_id]),
                stretch=None if link is None else _stretch(ground, link, point),
                speed_limit_kmh=None if np.isnan(limit) else limit,
                said=_heard(ground, said, row, about=_NAMED),
                recorded=_heard(ground, told, row, about=_ABOUT.get(slot.kind, _NAMED)),
                bells=_bells(slot, about),
                ground=about,
            )
        )
    return tuple(stops)


def _stand(slot: Slot, place: Place) -> shapely.Point:
    if slot.stand is not None:
        return shapely.Point(slot.stand.x, slot.stand.y)
    inside: shapely.Point = shapely.point_on_surface(place.geometry)
    return inside


def _safe(point: shapely.Point, known: Sequence[StopPoint]) -> tuple[SafePoint, ...]:
    found = [(math.dist((point.x, point.y), (one.x, one.y)), one) for one in known]
    found.sort(key=lambda one: one[0])
    return tuple(SafePoint(one.name, one.x, one.y) for away, one in found if away > SAME_M)


def _nearest_link(ground: Ground, point: shapely.Point) -> int | None:
    network = ground.network
    driven = np.flatnonzero(network.road_class != "path")
    near = np.intersect1d(network.tree.query(point, predicate="dwithin", distance=NEAR_M), driven)
    if not len(near):
        return None
    return int(near[np.argmin(shapely.distance(network.geometry[near], point))])


def _stretch(ground: Ground, link: int, point: shapely.Point) -> shapely.Geometry:
    """Follow the street of a link both ways from a point."""
    network = ground.network
    circle = shapely.buffer(point, STRETCH_M)
    near = network.tree.query(circle, predicate="intersects")
    name = network.name[link]
    same = near[network.name[near] == name] if name else np.array([link])
    parts = shapely.intersection(network.geometry[same], circle)
    joined = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(parts).tolist()))
    pieces = shapely.get_parts(joined)
    nearest: shapely.Geometry = pieces[int(np.argmin(shapely.distance(pieces, point)))]
    return nearest


def _heard(ground: Ground, events: EventsAtPlaces, row: int | None, *, about: frozenset[str]) -> Heard:
    least = ground.project.privacy.minimum_count
    rows = np.empty(0, dtype=np.int64) if row is None else events.of(row)
    if len(rows) < least:
        return Heard((), None, None, None, least)
    counts = [(name, count) for name, count in ground.records.categories_of(rows) if count >= least]
    day = ground.records.first_day[rows]
    known = day[~np.isnat(day)]
    return Heard(
        themes=tuple((name, int(count)) for name, count in counts if name in about)[:MOST_THEMES],
        of=len(rows),
        first=known.min().item() if len(known) else None,
        last=known.max().item() if len(known) else None,
        least=least,
    )


def _bells(slot: Slot, about: PlaceGround) -> tuple[Bell, ...]:
    if about.school is None or slot.day.weekday() not in WORKING_DAYS:
        return ()
    found: dict[tuple[str, str, str], bool] = {}
    for unit in about.school.units:
        day: BellDay | None = next((one for one in unit.bells if one.weekday == slot.day.weekday()), None)
        if day is None:
            continue
        for what, span in (("start", day.start), ("lunch", day.lunch), ("end", day.end)):
            if span is not None and _meets(slot, *span):
                key = (what, *span)
                found[key] = found.get(key, True) and day.assumed
    return tuple(Bell(*key, assumed=assumed) for key, assumed in found.items())


def _meets(slot: Slot, first: str, last: str) -> bool:
    return _minute(last) >= slot.from_minute - SOON_M and _minute(first) <= slot.to_minute + SOON_M


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return 60 * int(hour) + int(minute)


_NAMED = frozenset(name for names in CATEGORIES.values() for name in names)
_TRAFFIC = frozenset(CATEGORIES["traffic"])
_ABOUT = {ActivityKind.TRAFFIC_CHECK: _TRAFFIC, ActivityKind.SPEED_MEASUREMENT: _TRAFFIC}
"""What somebody who is sent for this looks for; the others for all."""
