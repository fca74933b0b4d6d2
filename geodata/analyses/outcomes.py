"""What was recorded at a place before and after a measure was built there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.analyses.reached import told_until
from geodata.evaluation.equal_windows import Comparison, Windows, compare, windows_round
from geodata.schema import Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.reviews.review import Measure, Review

NEAR_M = 100.0
"""What lies this near a review without a place belongs to it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Before and after a measure was built, by stream; nothing is claimed of why."""

    windows: Windows
    streams: tuple[tuple[Stream, Comparison], ...]


def places_of(ground: Ground, review: Review) -> tuple[tuple[int, str], ...]:
    """Return id and name of the places that a review is about: its own, else those that its point lies in."""
    if review.place_id is not None:
        return tuple((one.place_id, one.name) for one in ground.places if one.place_id == review.place_id)
    if review.x is None:
        return ()
    at = shapely.Point(review.x, review.y)
    return tuple((one.place_id, one.name) for one in ground.places if one.geometry.intersects(at))


def outcome_of(ground: Ground, review: Review, measure: Measure, selection: Selection) -> Outcome | None:
    """Count what was recorded before and after a measure was built; None where it is not."""
    days = ground.school_days[0]
    if measure.built is None or not len(days):
        return None
    asked = ground.records.problems(Selection(selection.audience, categories=selection.categories))
    until = told_until(ground, days[-1].item(), among=asked)
    windows = windows_round(measure.built, covered=(days[0].item(), until))
    here = _inside(ground, review)
    found = []
    for stream in Stream:
        chosen = asked & ground.records.of_stream(stream)
        inside = np.zeros(len(chosen), dtype=bool)
        inside[here] = True
        day = ground.records.day
        found.append((stream, compare(windows, day[chosen & inside], day[chosen & ~inside])))
    return Outcome(windows, tuple(found))


def _inside(ground: Ground, review: Review) -> NDArray[np.int64]:
    places = {place_id for place_id, _ in places_of(ground, review)}
    if places:
        place, observation = ground.place_members
        rows = [at for at, one in enumerate(ground.places) if one.place_id in places]
        return np.unique(observation[np.isin(place, rows)])
    if review.x is None or review.y is None:
        return np.empty(0, dtype=np.int64)
    near = np.hypot(ground.records.x - review.x, ground.records.y - review.y) <= NEAR_M
    return np.flatnonzero(near & ground.records.in_hotspots)
