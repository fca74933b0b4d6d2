"""Rules that can never be met: they contradict themselves, their period, or the places as they now are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from geodata.promises.targets.count import Count
from geodata.promises.targets.document import Document
from geodata.promises.targets.each import Each
from geodata.promises.targets.part import Part
from geodata.promises.targets.presence import Presence
from geodata.promises.targets.rate import DAYS_PER_WEEK, Rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.promises.promise import Activity, Promise
    from geodata.promises.setting import Setting

LOOKED_AT = timedelta(days=731)
"""Of a period without an end, two years are looked at."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Why a rule can't be met: a code (``cannot.<code>`` in the texts) and what it is about."""

    code: str
    values: tuple[tuple[str, str | int], ...] = ()


def contradictions(promise: Promise, activity: Activity, *, setting: Setting) -> tuple[Contradiction, ...]:
    """Return why an activity's rule can never be met; none where it can."""
    return tuple(_found(promise, activity, setting))


def _found(promise: Promise, activity: Activity, setting: Setting) -> Iterator[Contradiction]:
    yield from _on_numbers(promise, activity)
    yield from _on_places(activity, setting)
    yield from _on_days(promise, activity, setting)


def _on_numbers(promise: Promise, activity: Activity) -> Iterator[Contradiction]:
    counts = [one for one in activity.targets if isinstance(one, Count)]
    for target in activity.targets:
        if isinstance(target, Part) and len(counts) == 1 and counts[0].per == target.per:
            part, whole = target.at_least, counts[0].at_least
            if part > whole:
                yield Contradiction("part_above_whole", (("part", part), ("whole", whole)))
        if isinstance(target, Document | Each) and target.by is not None and target.by < promise.first:
            yield Contradiction("due_before_start", (("by", target.by.isoformat()),))


def _on_days(promise: Promise, activity: Activity, setting: Setting) -> Iterator[Contradiction]:
    scope, period = activity.scope, promise.period
    last = period.last if promise.last is not None else period.first + LOOKED_AT
    days = [period.first + timedelta(days=step) for step in range((last - period.first).days + 1)]
    asked = [day for day in days if setting.asks(scope, day)]
    if not asked and not any(period.holds(day) for day in scope.dates):
        yield Contradiction("no_day")
        return
    at_school = bool(scope.hours) and all(one.at is not None for one in scope.hours)
    if at_school and not any(setting.school_year.is_school_day(day) for day in asked):
        yield Contradiction("no_school_day")
    if promise.last is None:
        return
    for target in activity.targets:
        if isinstance(target, Presence) and target.at_least and target.at_least > len(asked):
            yield Contradiction("too_few_evenings", (("wanted", target.at_least), ("there", len(asked))))
        if isinstance(target, Rate) and target.every == "week" and len(days) < DAYS_PER_WEEK:
            yield Contradiction("no_whole_week")


def _on_places(activity: Activity, setting: Setting) -> Iterator[Contradiction]:
    scope = activity.scope
    named = [setting.places.get(place_id) for place_id in scope.places]
    if named and all(place is None or place.retired for place in named):
        names = ", ".join(place.name for place in named if place is not None)
        yield Contradiction("places_retired", (("places", names),))
    elif named and scope.place_kinds:
        kinds = {place.kind for place in named if place is not None and not place.retired}
        if not kinds & set(scope.place_kinds):
            yield Contradiction("places_other_kind")
    for target in activity.targets:
        if isinstance(target, Each):
            gone = [
                item.name
                for item in target.items
                if item.place is not None
                and ((place := setting.places.get(item.place)) is None or place.retired)
            ]
            if gone:
                yield Contradiction("places_retired", (("places", ", ".join(gone)),))
