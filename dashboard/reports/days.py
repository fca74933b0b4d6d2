"""For which days a report can be asked: the years, tertials and weeks that have begun, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from geodata.analyses.ground import open_register
from geodata.analyses.picture_periods import known_days
from geodata.analyses.promises import measured_on
from geodata.periods import Period, tertial_of, year

if TYPE_CHECKING:
    from datetime import date

    from geodata.analyses.ground import Ground

MOST_TERTIALS, WEEKS = 12, 12
"""So many are offered at most: four years back, and a quarter of one."""

DAYS_OF_WEEK, SUNDAY = 7, 6


@dataclass(frozen=True, slots=True)
class ReportTime:
    """A time that a report is about.

    Attributes
    ----------
    day
        Local day that a report of it is made for: its last, or today where it still runs.
    over
        Whether it has ended.
    """

    period: Period
    day: date
    over: bool


def tertials(ground: Ground) -> tuple[ReportTime, ...]:
    """List the tertials since the first promise began; the present one alone where there is none."""
    today = measured_on(ground)
    first = min(_promised(ground), default=today)
    found = [tertial_of(today)]
    while found[-1].first > first and len(found) < MOST_TERTIALS:
        found.append(tertial_of(found[-1].first - timedelta(days=1)))
    return tuple(_time(one, today) for one in found)


def since_promises(ground: Ground) -> date | None:
    """Return the first day of the oldest tertial that is followed up: the first promise's, or this one."""
    return tertial_of(min([*_promised(ground), measured_on(ground)])).first


def since_anything(ground: Ground) -> date | None:
    """Return the first day of the year of the first record or promise; None where there is none."""
    known = known_days(ground)
    starts = [*_promised(ground), *(() if known is None else (known.first,))]
    return year(min(starts).year).first if starts else None


def _promised(ground: Ground) -> list[date]:
    return [one.promise.first for one in open_register(ground.workspace).promises.all()]


def weeks(ground: Ground) -> tuple[ReportTime, ...]:
    """List the last weeks that are over, Monday to Sunday: what runs can't be held against the usual yet."""
    today = measured_on(ground)
    monday = today - timedelta(days=today.weekday() + (DAYS_OF_WEEK if today.weekday() < SUNDAY else 0))
    starts = [monday - timedelta(days=DAYS_OF_WEEK * back) for back in range(WEEKS)]
    return tuple(_time(Period(one, one + timedelta(days=DAYS_OF_WEEK - 1)), today) for one in starts)


def years(ground: Ground) -> tuple[ReportTime, ...]:
    """List the calendar years that the records reach into, up to now."""
    today, (days, _) = measured_on(ground), ground.school_days
    first = days[0].item().year if len(days) else today.year
    found = range(today.year, min(first, today.year) - 1, -1)
    return tuple(_time(year(one), today) for one in found)


def _time(period: Period, today: date) -> ReportTime:
    return ReportTime(period, min(period.last, today), over=period.last < today)
