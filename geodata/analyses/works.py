"""What the register knows to have been done at places: the list that council and public see the effect of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.analyses.ground import open_register
from geodata.analyses.work_done import WorkDone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.analyses.ground import Ground
    from geodata.promises.promise import Promise


def recorded_works(ground: Ground) -> tuple[WorkDone, ...]:
    """Return every promise that names places, newest first."""
    promises = [kept.promise for kept in open_register(ground.workspace).promises.all()]
    found = [work for promise in promises for work in works_of(promise, ground)]
    return tuple(sorted(found, key=lambda work: (work.begins, work.title), reverse=True))


def works_of(promise: Promise, ground: Ground) -> Iterable[WorkDone]:
    """Return the one work of a signed promise at its places; none where it names no place that there is.

    The days of a promise are those that it holds for, and what it is against is not known by category, so
    everything is counted.
    """
    named = {place_id for activity in promise.activities for place_id in activity.scope.places}
    kinds = {kind for activity in promise.activities for kind in activity.scope.place_kinds}
    places = tuple(
        place.place_id for place in ground.places if place.place_id in named or place.kind in kinds
    )
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
