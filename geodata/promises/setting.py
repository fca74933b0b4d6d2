"""What entries are judged against: places, the school year and its bells, what residents complained about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from geodata.calendars import risk_evenings
from geodata.promises.scope import WEEKDAYS, Days

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from geodata.places.bells import BellDay
    from geodata.places.place import Place
    from geodata.promises.scope import Scope
    from geodata.school_year import SchoolYear

_evenings = cache(risk_evenings)


@dataclass(frozen=True)
class Setting:
    """What an entry is judged against.

    Attributes
    ----------
    zone
        The workspace's time zone.
    school_year
        When pupils are at school.
    places
        Every place of the register by id, retired ones too; grounds in the working CRS.
    bells
        The bells of the units of a school zone, by place id.
    usual_bells
        Where the place has none of its own.
    complaints
        Local days and groups of problems of what residents said about a place, by place id.
    """

    zone: ZoneInfo
    school_year: SchoolYear
    places: Mapping[int, Place] = field(default_factory=dict)
    bells: Mapping[int, tuple[BellDay, ...]] = field(default_factory=dict)
    usual_bells: tuple[BellDay, ...] = ()
    complaints: Mapping[int, tuple[tuple[date, str], ...]] = field(default_factory=dict)

    def asks(self, scope: Scope, day: date) -> bool:
        """Say whether a rule asks for work on a local day: season, weekday and kind of day, not the hours."""
        if scope.months and day.month not in scope.months:
            return False
        if scope.hours and all(one.weekdays for one in scope.hours):
            weekday = WEEKDAYS[day.weekday()]
            if not any(weekday in one.weekdays for one in scope.hours):
                return False
        if scope.days is Days.SCHOOL_DAYS:
            return self.school_year.is_school_day(day)
        if scope.days is Days.RISK_EVENINGS:
            kind = _evenings(day.year).get(day)
            return day in scope.dates or (kind is not None and (not scope.evenings or kind in scope.evenings))
        return not scope.dates or day in scope.dates

    def complained(self, scope: Scope, place_id: int, day: date) -> bool:
        """Say whether residents complained about a place in the days that a rule names, up to `day`."""
        if scope.complained_days is None:
            return True
        since = day - timedelta(days=scope.complained_days)
        return any(
            since <= said <= day and (not scope.complained_about or about in scope.complained_about)
            for said, about in self.complaints.get(place_id, ())
        )

    def binding(self, scope: Scope) -> tuple[int, ...]:
        """Return the places in use that a rule may be about, whatever has been complained about."""
        return tuple(
            place_id
            for place_id, place in self.places.items()
            if not place.retired
            and (not scope.places or place_id in scope.places)
            and (not scope.place_kinds or place.kind in scope.place_kinds)
        )
