"""Which days a picture is of, and which it is held against."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from geodata.analyses.ground import open_register
from geodata.errors import ParameterError
from geodata.periods import Period, year, years_on
from geodata.picture.picture import Against

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground

FEWEST_DAYS = 120
"""With fewer days of the newest year recorded, the year before is shown when no period is asked for."""

WHOLE_YEAR, SAME_SEASON = 360, 31
"""Days of a period that holds every season; days that two shorter ones may be out of step."""


def latest_day(ground: Ground) -> date:
    """Return the local day that it is: the clock's, or that of the newest record where it is later."""
    clock = datetime.now(UTC).astimezone(ground.project.zone).date()
    known = known_days(ground)
    return clock if known is None else max(clock, known.last)


def asked_days(ground: Ground, period: Period | None, today: date) -> Period:
    """Return the days of the picture, none of them to come, and none after the newest record."""
    known = known_days(ground)
    if period is not None and period.first > today:
        raise ParameterError(
            "picture_future",
            f"The period begins on {period.first}, which has not come.",
            first=period.first,
            field="period",
        )
    if period is None:
        newest = today if known is None else min(today, known.last)
        period = year(newest.year)
        if (newest - period.first).days + 1 < FEWEST_DAYS:
            period = year(newest.year - 1)
    ends = min(period.last, today, today if known is None else known.last)
    return period if ends < period.first else Period(period.first, ends)


def held_against(ground: Ground, asked: Period, *, by: str) -> Against | None:
    """Choose what the picture is held against; None where the records do not reach back."""
    known = known_days(ground)
    if known is None:
        return None
    saved = [
        kept
        for kept in open_register(ground.workspace).pictures.all()
        if kept.picture.period.last < asked.first
        and kept.picture.by == by
        and same_season(kept.picture.period, asked)
        and kept.picture.period.first >= known.first
    ]
    if saved:
        last = max(saved, key=lambda kept: kept.picture.period.last)
        return Against(last.picture.period, "picture", last.key)
    a_year_before = Period(years_on(asked.first, -1), years_on(asked.last, -1))
    right_before = Period(asked.first - timedelta(days=asked.days), asked.first - timedelta(days=1))
    for period, basis in ((a_year_before, "year_before"), (right_before, "period_before")):
        if period.first >= known.first and period.last < asked.first:
            return Against(period, basis)
    return None


def same_season(one: Period, other: Period) -> bool:
    """Say whether two periods hold the same parts of the year."""
    if min(one.days, other.days) >= WHOLE_YEAR:
        return True
    steps = [
        (a.timetuple().tm_yday - b.timetuple().tm_yday) % 365
        for a, b in ((one.first, other.first), (one.last, other.last))
    ]
    return all(min(step, 365 - step) <= SAME_SEASON for step in steps)


def known_days(ground: Ground) -> Period | None:
    """Return the local days of the records; None without any."""
    days, _ = ground.school_days
    return Period(days[0].item(), days[-1].item()) if len(days) else None
