"""Several names in one phrase, put together: a street by a school, a crossing, a stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.gazetteer.candidates import Candidate
from etl.gazetteer.entries import STREET
from geodata.precision import LocationPrecision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.gazetteer.entries import Entry
    from etl.gazetteer.streets import StreetNames

NEAR_M = 400.0
"""What is said to be by something lies within this of it."""
LONGEST_STRETCH_M = 600.0
"""Between two places without a street named: farther apart, "between" is no spot."""

BORNE_OUT = 0.08
"""Added where two names bear each other out: the streets do cross, the school does lie by the street."""

Choice = tuple["Entry", float]


def alone(entry: Entry, sure: float, *, label: str | None = None) -> Candidate:
    """Return an entry as a candidate."""
    return Candidate(
        label or entry.name, entry.kind, entry.precision, entry.x, entry.y, sure, area_id=entry.area_id
    )


def together(*sure: float) -> float:
    """Return how sure several names are together when the map bears them out.

    It may pass 1: how far one reading is ahead of the next is seen before it is cut.
    """
    return sum(sure) - (1 - BORNE_OUT) * (len(sure) - 1)


def crossings(one: Choice, other: Choice, streets: StreetNames) -> Iterator[Candidate]:
    """Yield where two streets cross; nothing when they do not, or are one."""
    (first, sure), (second, also) = one, other
    if first.street is None or second.street is None or first is second or first.name == second.name:
        return
    for x, y in streets.crossings(first.street, second.street):
        label = f"{first.name}/{second.name}"
        yield Candidate(label, "crossing", LocationPrecision.ADDRESS, x, y, together(sure, also))


def beside(main: Choice, anchor: Choice, streets: StreetNames) -> Iterator[Candidate]:
    """Yield the first place as the second tells where: "på Storgatan vid skolan", "torget vid stationen"."""
    (entry, sure), (by, also) = main, anchor
    if entry is by or entry.geometry is None or by.geometry is None:
        return
    if entry.kind == STREET and by.kind == STREET:
        yield from crossings(main, anchor, streets)
        return
    if not shapely.dwithin(entry.geometry, by.geometry, NEAR_M):
        return
    both = together(sure, also)
    if entry.kind != STREET:
        yield alone(entry, both)
    elif not np.isnan(by.x):
        x, y = _nearest(entry.geometry, by)
        label = f"{entry.name}, {by.name}"
        yield Candidate(label, STREET, LocationPrecision.NAMED_PLACE, x, y, both)


def stretch(street: Choice, one: Choice, other: Choice, streets: StreetNames) -> Iterator[Candidate]:
    """Yield the part of a street between two streets or places, by the point halfway along it."""
    entry, sure = street
    if entry.street is None:
        return
    label = f"{entry.name}: {one[0].name}–{other[0].name}"
    for first in _ends(street, one, streets):
        for last in _ends(street, other, streets):
            x, y = _halfway(entry.street.line, first, last)
            both = together(sure, one[1], other[1])
            yield Candidate(label, "stretch", LocationPrecision.STREET, x, y, both)


def gap(one: Choice, other: Choice) -> Iterator[Candidate]:
    """Yield the middle between two places near each other, which says as little as a stretch does."""
    (first, sure), (second, also) = one, other
    if first is second or STREET in {first.kind, second.kind} or np.isnan(first.x) or np.isnan(second.x):
        return
    if np.hypot(first.x - second.x, first.y - second.y) <= LONGEST_STRETCH_M:
        x, y = (first.x + second.x) / 2, (first.y + second.y) / 2
        label = f"{first.name}–{second.name}"
        yield Candidate(label, "stretch", LocationPrecision.STREET, x, y, together(sure, also))


def _ends(street: Choice, at: Choice, streets: StreetNames) -> list[tuple[float, float]]:
    """Return where a stretch of a street may end: at a crossing, or nearest to a place by it."""
    entry, by = street[0], at[0]
    if entry is by or entry.street is None:
        return []
    if by.street is not None:
        return list(streets.crossings(entry.street, by.street))
    near = by.geometry is not None and shapely.dwithin(entry.street.line, by.geometry, NEAR_M)
    return [_nearest(entry.street.line, by)] if near and not np.isnan(by.x) else []


def _nearest(line: shapely.Geometry, by: Entry) -> tuple[float, float]:
    point = shapely.shortest_line(line, shapely.Point(by.x, by.y)).coords[0]
    return float(point[0]), float(point[1])


def _halfway(
    line: shapely.Geometry, first: tuple[float, float], last: tuple[float, float]
) -> tuple[float, float]:
    """Return the point of a line halfway between two of its points, along it where it is one line."""
    merged = shapely.line_merge(line)
    if merged.geom_type == "LineString":
        along = [shapely.line_locate_point(merged, shapely.Point(point)) for point in (first, last)]
        point = shapely.line_interpolate_point(merged, sum(along) / 2)
    else:
        middle = shapely.Point((first[0] + last[0]) / 2, (first[1] + last[1]) / 2)
        point = shapely.Point(shapely.shortest_line(merged, middle).coords[0])
    return float(point.x), float(point.y)
