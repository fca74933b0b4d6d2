"""The hours that a rule asks for on one day, as instants: past midnight, over both changes of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from geodata.promises.scope import WEEKDAYS, Days, Hours, SchoolHour

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geodata.places.bells import BellDay
    from geodata.promises.scope import Scope
    from geodata.promises.setting import Setting

EVENING = Hours(start="18:00", end="05:00")
"""A risk evening's hours where the promise names none, as the rhythm of places has them."""

MARGINS = {SchoolHour.START: (-40, 20), SchoolHour.LUNCH: (0, 0), SchoolHour.END: (-20, 40)}
"""Minutes before the first and after the last bell when pupils are on their way."""

USUAL_LUNCH = ("10:45", "12:45")
"""Where nobody stated when a school eats."""

LEAST = timedelta(minutes=10)
"""So much of an activity, or half of it where it is shorter, lies within the hours that it counts for."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Hours that began on a local day, as instants (UTC)."""

    day: date
    begins: datetime
    ends: datetime

    def holds(self, started: datetime, ended: datetime) -> bool:
        """Say whether enough of an activity lies in the hours; of one without an end, its start."""
        if ended <= started:
            return self.begins <= started < self.ends
        inside = min(ended, self.ends) - max(started, self.begins)
        return inside >= min(LEAST, (ended - started) / 2) and inside > timedelta(0)


def occurrences(
    scope: Scope, setting: Setting, *, place_id: int | None, started: datetime, ended: datetime
) -> tuple[Occurrence, ...]:
    """Return the hours of a rule that an activity lies in, by the day on which they began.

    Season, kind of day and period are not looked at. Without hours it is the local day of the start.
    """
    first = started.astimezone(setting.zone).date()
    last = ended.astimezone(setting.zone).date()
    hours = scope.hours or ((EVENING,) if scope.days is Days.RISK_EVENINGS else ())
    if not hours:
        return (Occurrence(first, started, ended),)
    days = [first + timedelta(days=step) for step in range(-1, (last - first).days + 1)]
    return tuple(
        one
        for day in days
        for one in on_day(hours, setting, place_id=place_id, day=day)
        if one.holds(started, ended)
    )


def on_day(
    hours: Sequence[Hours], setting: Setting, *, place_id: int | None, day: date
) -> Iterator[Occurrence]:
    """Yield the hours that begin on a local day."""
    for one in hours:
        if one.weekdays and WEEKDAYS[day.weekday()] not in one.weekdays:
            continue
        if one.at is not None:
            yield from _at_school(one.at, setting, place_id=place_id, day=day)
        elif one.start is not None and one.end is not None:
            start, end = time.fromisoformat(one.start), time.fromisoformat(one.end)
            ends_on = day if end > start else day + timedelta(days=1)
            # An end in the hour that comes twice is the second one, a start the first: all of it is meant.
            yield Occurrence(
                day, _instant(day, start, setting), _instant(ends_on, end.replace(fold=1), setting)
            )


def _at_school(at: SchoolHour, setting: Setting, *, place_id: int | None, day: date) -> Iterator[Occurrence]:
    if not setting.school_year.is_school_day(day):
        return
    bells = setting.bells.get(place_id, setting.usual_bells) if place_id else setting.usual_bells
    before, after = MARGINS[at]
    for bell in bells:
        if bell.weekday == day.weekday():
            first, last = _span(bell, at)
            yield Occurrence(
                day,
                _instant(day, time.fromisoformat(first), setting) + timedelta(minutes=before),
                _instant(day, time.fromisoformat(last), setting) + timedelta(minutes=after),
            )


def _span(bell: BellDay, at: SchoolHour) -> tuple[str, str]:
    if at is SchoolHour.START:
        return bell.start
    return bell.end if at is SchoolHour.END else (bell.lunch or USUAL_LUNCH)


def _instant(day: date, clock: time, setting: Setting) -> datetime:
    return datetime.combine(day, clock, tzinfo=setting.zone).astimezone(UTC)
