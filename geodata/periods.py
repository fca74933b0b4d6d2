"""Periods of days, windows of the week, tertials: always in the workspace's local time."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np

from geodata.errors import ParameterError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

ALL_WEEKDAYS = frozenset(range(7))
MINUTES_PER_DAY = 24 * 60
HOURS_PER_DAY = 24
TERTIALS_PER_YEAR = 3
MONTHS_PER_TERTIAL = 4
FIRST_YEAR_OF_NUMPY = 1970


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole local days, both ends included.

    Raises
    ------
    ParameterError
        ``period_backwards`` when it ends before it starts.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ParameterError(
                "period_backwards",
                f"The period ends ({self.last}) before it starts ({self.first}).",
                first=self.first.isoformat(),
                last=self.last.isoformat(),
            )

    @property
    def days(self) -> int:
        """Number of days in it."""
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Say whether `day` lies in it."""
        return self.first <= day <= self.last

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return when it begins and when the day after it does, UTC."""
        begins, ends = (
            datetime.combine(day, time(), tzinfo=zone) for day in (self.first, self.last + timedelta(days=1))
        )
        return begins.astimezone(UTC), ends.astimezone(UTC)


def year(number: int) -> Period:
    """Return a calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def tertial(number: int, of_year: int) -> Period:
    """Return tertial 1 (January–April), 2 (May–August) or 3 (September–December) of a year."""
    if number not in {1, 2, 3}:
        raise ParameterError(
            "tertial_unknown", f"There is no tertial {number}; use 1, 2 or 3.", number=number
        )
    last_month = 4 * number
    last_day = monthrange(of_year, last_month)[1]
    return Period(date(of_year, last_month - 3, 1), date(of_year, last_month, last_day))


def tertial_of(day: date) -> Period:
    """Return the tertial that a day lies in."""
    return tertial((day.month - 1) // MONTHS_PER_TERTIAL + 1, day.year)


def month_of(day: date) -> Period:
    """Return the month that a day lies in."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def years_on(day: date, years: int) -> date:
    """Return the same day in another year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def tertial_number(days: NDArray[np.datetime64] | np.datetime64) -> NDArray[np.int64]:
    """Give each day the number of its tertial, the tertials being numbered on and on over the years.

    Parameters
    ----------
    days
        Local days, any shape; NaT gives a number that no day has.
    """
    return np.asarray(days, dtype="datetime64[M]").astype(np.int64) // 4


def year_number(days: NDArray[np.datetime64] | np.datetime64) -> NDArray[np.int64]:
    """Give each day its calendar year.

    Parameters
    ----------
    days
        Local days, any shape; NaT gives a number that no day has.
    """
    return np.asarray(days, dtype="datetime64[Y]").astype(np.int64) + FIRST_YEAR_OF_NUMPY


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """Some weekdays, from one hour to another; `to_hour` at or below `from_hour` passes midnight.

    Attributes
    ----------
    weekdays
        Monday 0 … Sunday 6, of the day on which the window starts.
    from_hour, to_hour
        Local hours, 0–23 and 1–24; the window holds ``from_hour <= hour < to_hour``.
    """

    weekdays: frozenset[int] = ALL_WEEKDAYS
    from_hour: int = 0
    to_hour: int = HOURS_PER_DAY

    def __post_init__(self) -> None:
        if not (0 <= self.from_hour < HOURS_PER_DAY and 0 < self.to_hour <= HOURS_PER_DAY):
            raise ParameterError(
                "window_hours",
                f"A window runs between 0 and 24, not {self.from_hour}–{self.to_hour}.",
                from_hour=self.from_hour,
                to_hour=self.to_hour,
            )
        if not self.weekdays or not self.weekdays <= ALL_WEEKDAYS:
            raise ParameterError(
                "window_weekdays", "A window needs weekdays between 0 and 6.", weekdays=sorted(self.weekdays)
            )

    @property
    def is_always(self) -> bool:
        """Whether it leaves nothing out."""
        return self.weekdays == ALL_WEEKDAYS and self.from_hour == 0 and self.to_hour == HOURS_PER_DAY

    @property
    def passes_midnight(self) -> bool:
        """Whether it ends on the day after it starts."""
        return self.to_hour <= self.from_hour

    def holds(self, weekday: NDArray[np.integer], hour: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Say for each local weekday and hour, any shape, whether it lies in the window.

        Unknown values (-1) are held only by a window that does not ask: all weekdays, or all hours.
        """
        days = np.isin(weekday, list(self.weekdays)) | (self.weekdays == ALL_WEEKDAYS)
        if self.from_hour == 0 and self.to_hour == HOURS_PER_DAY:
            return np.asarray(days)
        if not self.passes_midnight:
            return np.asarray(days & (hour >= self.from_hour) & (hour < self.to_hour))
        day_before = np.where(weekday >= 0, (weekday - 1) % 7, weekday)
        days_before = np.isin(day_before, list(self.weekdays)) | (self.weekdays == ALL_WEEKDAYS)
        evening = days & (hour >= self.from_hour)
        morning = days_before & (hour >= 0) & (hour < self.to_hour)
        return np.asarray(evening | morning)


ALWAYS = TimeWindow()
"""Every weekday and hour."""
