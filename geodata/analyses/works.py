"""What the register knows to have been done at places: the list that council and public see the effect of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.analyses.ground import open_register
from geodata.analyses.outcomes import places_of
from geodata.analyses.reviews import LOOKED_AT
from geodata.analyses.work_done import WorkDone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.analyses.ground import Ground
    from geodata.promises.promise import Promise
    from geodata.reviews.review import Review


def recorded_works(ground: Ground) -> tuple[WorkDone, ...]:
    """Return every signed promise and every built measure that has places, newest first."""
    register = open_register(ground.workspace)
    found = [work for kept in register.promises.all() for work in works_of(kept.promise, ground)]
    found += [work for review in register.reviews.all() for work in built_of(review, ground)]
    return tuple(sorted(found, key=lambda work: (work.begins, work.title, work.key), reverse=True))


def built_of(review: Review, ground: Ground) -> Iterable[WorkDone]:
    """Return the built measures of a review, at its places; none where its point lies in no place.

    A traffic-environment review is about traffic and the surroundings, so that is what is counted. When
    the building began is not recorded: the day on which it was ready belongs to neither side.
    """
    places = tuple(place_id for place_id, _ in places_of(ground, review))
    for measure in review.measures:
        if measure.built is not None and places:
            yield WorkDone(
                place_ids=places,
                begins=measure.built,
                done=measure.built,
                categories=LOOKED_AT,
                title=measure.text,
                source="measure",
                key=str(measure.measure_id),
            )


def works_of(promise: Promise, ground: Ground) -> Iterable[WorkDone]:
    """Return the one work of a signed promise at its places; none where it names no place that there is.

    The days of a promise are those that it holds for, and what it is against is not known by category, so
    everything is counted.
    """
    places = _places_of(promise, ground)
    if places and promise.signed:
        yield WorkDone(
            place_ids=places,
            begins=promise.first,
            done=promise.first,
            ends=promise.last,
            title=promise.name,
            source="promise",
            key=promise.key,
        )


def not_compared(promise: Promise, ground: Ground) -> str:
    """Say why a promise has no work to compare before and after: ``unsigned``, ``no_place`` or both."""
    if promise.signed:
        return "no_place"
    return "unsigned" if _places_of(promise, ground) else "unsigned_no_place"


def _places_of(promise: Promise, ground: Ground) -> tuple[int, ...]:
    """Return the places that a promise names, by themselves or by their kind."""
    named = {place_id for activity in promise.activities for place_id in activity.scope.places}
    kinds = {kind for activity in promise.activities for kind in activity.scope.place_kinds}
    return tuple(place.place_id for place in ground.places if place.place_id in named or place.kind in kinds)
