"""Two clocks of a local day as moments: an end before the start is in the small hours of the day after."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from geodata.errors import ParameterError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

LONGEST_NIGHT = timedelta(hours=12)
"""What would last longer over midnight is a slip of the clock."""


def clock_span(day: date, start: time, end: time, *, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when something began and ended (UTC).

    Raises
    ------
    ParameterError
        ``log_backwards`` when it would have lasted longer over midnight than any night; ``log_clock_skipped``
        for a time that the local clock skipped in the night when summer time began.
    """
    ends_on = day if end >= start else day + timedelta(days=1)
    started = datetime.combine(day, start, tzinfo=zone).astimezone(UTC)
    # Of an hour that comes twice in a night the end is taken to be the later one.
    late = end.replace(fold=1 if ends_on != day else 0)
    ended = datetime.combine(ends_on, late, tzinfo=zone).astimezone(UTC)
    for field, clock, moment in (("start", start, started), ("end", end, ended)):
        if moment.astimezone(zone).time() != clock:
            raise ParameterError(
                "log_clock_skipped",
                f"{clock:%H:%M} was skipped by the clock on that night.",
                field=field,
                value=f"{clock:%H:%M}",
            )
    if ends_on != day and ended - started > LONGEST_NIGHT:
        raise ParameterError("log_backwards", "It ends before it starts.", field="end")
    return started, ended
