"""Two clocks of a local day as moments: an end before the start is in the small hours of the day after."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from geodata.errors import ParameterError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

LONGEST_NIGHT = timedelta(hours=12)
"""What would last longer over midnight is a slip of the clock."""

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""A day outside these is a slip of the hand, and may have no moment in UTC."""


def is_plausible(day: date) -> bool:
    """Say whether a day can be one of a log."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def clock_span(day: date, start: time, end: time, *, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when something began and ended (UTC).

    Raises
    ------
    ParameterError
        ``log_backwards`` when it would have lasted longer over midnight than any night.
    """
    ends_on = day if end >= start else day + timedelta(days=1)
    started = datetime.combine(day, start, tzinfo=zone).astimezone(UTC)
    # Of an hour that comes twice in a night the end is taken to be the later one.
    late = end.replace(fold=1 if ends_on != day else 0)
    ended = datetime.combine(ends_on, late, tzinfo=zone).astimezone(UTC)
    if ends_on != day and ended - started > LONGEST_NIGHT:
        raise ParameterError("log_backwards", "It ends before it starts.", field="end")
    return started, ended
