"""When the bells of a school ring on each weekday: ranges, for classes begin and eat at different times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.school_settings import DAYS

if TYPE_CHECKING:
    from geodata.school_settings import Schools, Span


@dataclass(frozen=True, slots=True)
class BellDay:
    """One weekday at a school.

    Attributes
    ----------
    weekday
        Monday 0 … Friday 4.
    start, lunch, end
        First and last time, ``("08:10", "08:30")``; lunch is None where nobody stated it.
    assumed
        Whether neither the settings nor the school layer state them, and the usual times stand in.
    """

    weekday: int
    start: Span
    lunch: Span | None
    end: Span
    assumed: bool


def bells_of(
    settings: Schools,
    *,
    school_id: str,
    name: str,
    stage: str,
    stated: tuple[str | None, str | None],
) -> tuple[BellDay, ...]:
    """Return the bells of one school unit, Monday to Friday.

    The last of the settings' ``bells`` that fits the unit and the weekday holds; else what the school layer
    states; else the municipality's usual times, which are then said to be assumed.

    Parameters
    ----------
    stated
        Start and end as the school layer gives them, ``("08:10", None)``.
    """
    days = []
    for weekday, day in enumerate(DAYS):
        fitting = [
            one
            for one in settings.bells
            if day in one.weekdays
            and (not one.schools or school_id in one.schools or name in one.schools)
            and (not one.stages or stage in one.stages)
        ]
        if fitting:
            last = fitting[-1]
            days.append(BellDay(weekday, last.start, last.lunch, last.end, assumed=False))
        else:
            start, end = stated[0] or settings.bell_start, stated[1] or settings.bell_end
            days.append(BellDay(weekday, (start, start), None, (end, end), assumed=None in stated))
    return tuple(days)
