"""The days that a plan is about: those to come by the clock, in the made-up town as everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from geodata.errors import ParameterError
from geodata.targeting.working_day import working

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground

AHEAD_DAYS = 366
"""A plan begins within a year: what is expected later is not known."""

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years whose holidays and school weeks are known well enough to count with."""


@dataclass(frozen=True, slots=True)
class Now:
    """Where the clock stands in a working day.

    Attributes
    ----------
    day
        Working day: before five in the morning it is that of the evening before.
    from_slot
        The first half hour of it that has not begun, 48 where none is left.
    """

    day: date
    from_slot: int


def plan_now(ground: Ground, *, at: datetime | None = None) -> Now:
    """Return where the clock stands, in the workspace's zone.

    Promises in a made-up town are measured on the last day of its records. A plan is not: whoever opens the
    page of passes is shown today's by the clock.

    Parameters
    ----------
    at
        An instant; now when it is left out.
    """
    local = (at or datetime.now(UTC)).astimezone(ground.project.zone)
    day, slot = working(local.date(), 60 * local.hour + local.minute)
    return Now(day, slot + 1)


def check_first(first: date, *, now: Now) -> None:
    """Refuse a plan that begins in the past, or more than a year ahead.

    Raises
    ------
    ParameterError
        ``plan_day_far``.
    """
    check_between(first, now.day, now.day + timedelta(days=AHEAD_DAYS))


def check_year(first: date) -> None:
    """Refuse days so far away that no calendar holds for them.

    Raises
    ------
    ParameterError
        ``plan_day_far``.
    """
    check_between(first, date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 1, 1))


def check_between(day: date, first: date, last: date) -> None:
    """Refuse a day outside two others.

    Raises
    ------
    ParameterError
        ``plan_day_far``.
    """
    if not first <= day <= last:
        raise ParameterError(
            "plan_day_far", f"A plan begins between {first} and {last}.", first=first, last=last
        )


def records_until(ground: Ground) -> date | None:
    """Return the last day that the records cover; None where there are none."""
    days, _ = ground.school_days
    last: date | None = days[-1].item() if len(days) else None
    return last
