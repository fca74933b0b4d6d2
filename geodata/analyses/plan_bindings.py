"""What binds a plan: what the project file wants, and what promises still lack week by week."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.plan_done import done_already
from geodata.analyses.plan_kinds import MEASURES, MEETS_HARM
from geodata.analyses.planning import settings_of
from geodata.analyses.promise_setting import promise_setting
from geodata.analyses.reviews_done import done_work
from geodata.errors import AccessError
from geodata.evidence.windows import SLOT_MINUTES
from geodata.periods import Period
from geodata.plan_settings import WEEKDAYS, since_five
from geodata.privacy import Audience
from geodata.promises.lacking import OVER, asked_over, lacking, spans_of
from geodata.promises.scope import SchoolHour
from geodata.schema import Stream
from geodata.selection import Selection
from geodata.targeting.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.analyses.plan_done import Done
    from geodata.plan_settings import Wanted
    from geodata.promises.activity import ActivityKind
    from geodata.promises.lacking import Lack
    from geodata.promises.log_entry import LogEntry
    from geodata.promises.scope import Hours
    from geodata.promises.setting import Setting
    from geodata.store.register import Register
    from geodata.targeting.slot import Slot

PLANNED = frozenset((*MEETS_HARM, *MEASURES))
"""A promise of documents or meetings asks nothing of a plan."""

EACH = "each"
"""The kind of a target about each place of a list."""

DAY_SLOTS = 24 * 60 // SLOT_MINUTES
FULL = (0, DAY_SLOTS)
LUNCH = (12, 16)
"""11–13, where no school states its lunch."""


def from_settings(
    ground: Ground,
    audience: Audience,
    slots: Sequence[Slot],
    *,
    entries: Sequence[LogEntry] = (),
    days: tuple[date, date],
    opens: date | None = None,
) -> tuple[Binding, ...]:
    """Return what ``[[plan.wanted]]`` asks for; what is done over the plan's days is taken off.

    Parameters
    ----------
    slots
        In the register over the plan's days.
    entries
        Of the log; those without a slot count too.
    days
        The plan's first and last.
    opens
        The first day that may change; what is planned before it counts as done.
    """
    said = settings_of(ground).wanted
    done = done_already(slots, entries, zone=ground.project.zone, opens=opens)
    return tuple(_wanted(ground, audience, one, done, days=days) for one in said)


def from_promises(ground: Ground, register: Register, *, first: date, last: date) -> tuple[Binding, ...]:
    """Return what every promise of the register still lacks, over what `asked_over` says of each target."""
    setting = promise_setting(ground, register.places())
    entries = done_work(register, zone=ground.project.zone)
    found: list[Binding] = []
    for kept in register.promises.all():
        names = {one.key: one.name for one in kept.promise.activities}
        over = {asked_over(target) for one in kept.promise.activities for target in one.targets}
        spans = [(each, *span) for each in OVER if each in over for span in spans_of(first, last, each)]
        for each, begin, end in spans:
            lacks = lacking(
                kept.promise, entries, Period(begin, end), setting=setting, activity_ids=kept.activity_ids
            )
            for lack in lacks:
                if lack.over == each and can_be_planned(lack.scope.kinds):
                    found += _lack(lack, names[lack.activity_key], setting)
    return tuple(found)


def can_be_planned(kinds: Collection[ActivityKind]) -> bool:
    """Say whether something that a plan holds would answer a promise of any of these kinds."""
    return not kinds or not PLANNED.isdisjoint(kinds)


def complained_about(ground: Ground, audience: Audience) -> frozenset[int]:
    """Return the places that residents complained about."""
    place, record = ground.place_members
    said = ground.records.problems(Selection(audience, streams=frozenset({Stream.SURVEY})))
    rows = np.unique(place[said[record]])
    return frozenset(ground.places[int(row)].place_id for row in rows)


def _wanted(
    ground: Ground,
    audience: Audience,
    one: Wanted,
    done: Sequence[Done],
    *,
    days: tuple[date, date],
) -> Binding:
    places: frozenset[int] | None = None
    if one.place_kinds or one.places or one.complained:
        places = frozenset(
            place.place_id
            for place in ground.places
            if (not one.place_kinds or place.kind in one.place_kinds)
            and (not one.places or place.name in one.places)
        )
        places = places & complained_about(ground, audience) if one.complained else places
    begin, end = (since_five(clock) for clock in one.between)
    binding = Binding(
        code=f"wanted:{one.name}",
        name=one.name,
        least=one.least,
        per_week=one.per_week,
        place_ids=places,
        kinds=frozenset(one.kinds),
        parties=frozenset(one.parties),
        cars=frozenset(one.cars),
        weekdays=frozenset(WEEKDAYS.index(day) for day in one.weekdays),
        spans=((begin // SLOT_MINUTES, (end or 24 * 60) // SLOT_MINUTES),),
        first=days[0],
        last=days[1],
    )
    days_done = tuple(each.day for each in done if each.answers(binding))
    return replace(binding, least=max(binding.least - len(days_done), 0), done_on=days_done)


def _lack(lack: Lack, name: str, setting: Setting) -> list[Binding]:
    """One binding for the days that a lack names; presence on each of some days is one for each."""
    code = f"{lack.promise_key}:{lack.activity_key}"
    daily = lack.times == len(lack.days) and lack.target == "presence"
    spans = [(day, day) for day in lack.days] if daily else [(min(lack.days), max(lack.days))]
    spans_of_day = tuple(span for one in lack.scope.hours for span in _slots(one, setting)) or (FULL,)
    parties = frozenset(lack.scope.parties) | frozenset(lack.jointly_with)
    return [
        Binding(
            code=code,
            name=name,
            least=1 if daily else lack.times,
            place_ids=frozenset(lack.place_ids) if lack.place_ids else None,
            kinds=frozenset(lack.scope.kinds),
            parties=parties,
            cars=frozenset() if lack.car is None else frozenset({lack.car}),
            weekdays=frozenset(day.weekday() for day in lack.days),
            joint=lack.scope.joint,
            spans=spans_of_day,
            first=begin,
            last=end,
            each=lack.target == EACH,
        )
        for begin, end in spans
    ]


def _slots(hours: Hours, setting: Setting) -> list[tuple[int, int]]:
    """Return hours as half hours of the working day; a school's hour by every bell that there is."""
    if hours.start is not None and hours.end is not None:
        start, end = since_five(hours.start), since_five(hours.end)
        return [(start // SLOT_MINUTES, (end or 24 * 60) // SLOT_MINUTES)]
    days = [*setting.usual_bells, *(day for bells in setting.bells.values() for day in bells)]
    spans = {
        SchoolHour.START: [day.start for day in days],
        SchoolHour.LUNCH: [day.lunch for day in days if day.lunch is not None],
        SchoolHour.END: [day.end for day in days],
    }[hours.at or SchoolHour.START]
    slots = {
        (since_five(one[0]) // SLOT_MINUTES - 1, since_five(one[1]) // SLOT_MINUTES + 1) for one in spans
    }
    return sorted(slots) or [LUNCH]


def bindings_of(
    ground: Ground,
    register: Register,
    audience: Audience,
    slots: Sequence[Slot],
    *,
    days: tuple[date, date],
    opens: date | None = None,
) -> tuple[Binding, ...]:
    """Return all that binds: what the project file wants, and what promises still lack."""
    wanted = from_settings(ground, audience, slots, entries=register.log.entries(), days=days, opens=opens)
    return (*wanted, *from_promises(ground, register, first=days[0], last=days[1]))


def police_alone(audience: Audience) -> None:
    """Refuse everybody else.

    Raises
    ------
    AccessError
        ``plan_police_alone``.
    """
    if audience is not Audience.POLICE:
        raise AccessError(
            "plan_police_alone",
            f"What the police are about to do is not for {audience}.",
            audience=str(audience),
        )
