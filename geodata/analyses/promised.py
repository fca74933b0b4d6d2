"""What was promised of work that is about to be done: which promise it serves, and how it is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.promises.targets.unmeasured import Way

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.places.place import Place
    from geodata.promises.promise import Activity, Promise
    from geodata.targeting.slot import Slot


@dataclass(frozen=True, slots=True)
class Promised:
    """A promised activity that a slot serves.

    Attributes
    ----------
    name
        Of the activity, as it was written.
    ways
        How it is to be done: ``Låg toleransnivå``.
    """

    name: str
    ways: tuple[str, ...]


def promised_of(slot: Slot, place: Place, promises: Iterable[Promise]) -> tuple[Promised, ...]:
    """Return the promised activities that a slot serves by its day, its kind and its place.

    Whether it will count is for the log to say, when it is done: hours, parties and complaints are judged
    there.
    """
    return tuple(
        Promised(one.name, tuple(target.how for target in one.targets if isinstance(target, Way)))
        for promise in promises
        if promise.period.holds(slot.day)
        for one in promise.activities
        if _serves(slot, place, one)
    )


def _serves(slot: Slot, place: Place, activity: Activity) -> bool:
    scope = activity.scope
    here = not (scope.places or scope.place_kinds)
    here = here or place.place_id in scope.places or place.kind in scope.place_kinds
    return here and slot.kind in scope.kinds
