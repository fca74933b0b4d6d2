"""What a week to come holds: risk evenings, holidays, school, dialogues, and the slots one may know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geodata.calendars import RiskEvening, public_holidays, risk_evenings
from geodata.dialogues.dialogue import DialogueState
from geodata.picture.focus import WEEK_DAYS
from geodata.privacy import Audience
from geodata.school_year import SchoolYear
from geodata.targeting import openness
from geodata.targeting.passes import working_day
from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.periods import Period
    from geodata.store.register import Register
    from geodata.targeting.slot import Slot


@dataclass(frozen=True, slots=True)
class ComingDialogue:
    """An occasion at which people are asked: the dialogue's key and name, the local day, its start, where."""

    key: str
    name: str
    day: date
    start: str
    where: str


@dataclass(frozen=True, slots=True)
class Coming:
    """What the week after holds.

    Attributes
    ----------
    evenings
        Risk evenings.
    holidays
        Public holidays and the eves that are so in practice.
    school_days
        How many of its days are school days.
    dialogues
        Occasions at which people are asked, by day.
    slots
        Planned slots that the audience may know of, by day and time.
    slots_hidden
        Whether there may be others that are the police's alone.
    """

    week: Period
    evenings: tuple[tuple[date, RiskEvening], ...]
    holidays: tuple[date, ...]
    school_days: int
    dialogues: tuple[ComingDialogue, ...]
    slots: tuple[Slot, ...]
    slots_hidden: bool


def coming_week(ground: Ground, register: Register, audience: Audience, week: Period) -> Coming:
    """Return what a week holds that has not come, as far as an audience may know of it."""
    days = [week.first + timedelta(days=step) for step in range(WEEK_DAYS)]
    evenings = {day: kind for year in {day.year for day in days} for day, kind in risk_evenings(year).items()}
    off = {day for year in {day.year for day in days} for day in public_holidays(year)}
    school = SchoolYear.of(ground.project)
    # A slot after midnight belongs to the working day before it.
    kept = register.plans.slots(first=week.first, last=week.last + timedelta(days=1))
    return Coming(
        week=week,
        evenings=tuple((day, evenings[day]) for day in days if day in evenings),
        holidays=tuple(day for day in days if day in off),
        school_days=sum(school.is_school_day(day) for day in days),
        dialogues=_dialogues(register, week),
        slots=tuple(
            slot
            for slot in openness.known_to(kept, audience)
            if slot.status is SlotStatus.PLANNED and week.first <= working_day(slot) <= week.last
        ),
        slots_hidden=audience is not Audience.POLICE,
    )


def _dialogues(register: Register, week: Period) -> tuple[ComingDialogue, ...]:
    names = {place.place_id: place.name for place in register.places()}
    found = [
        ComingDialogue(
            key=kept.dialogue.key,
            name=kept.dialogue.name,
            day=one.day,
            start=one.start or "",
            where=one.where or (names.get(one.place, "") if one.place is not None else ""),
        )
        for kept in register.dialogues.all()
        if kept.course.state is not DialogueState.CANCELLED
        for one in kept.dialogue.occasions
        if one.day is not None and week.holds(one.day)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.start, one.name)))
