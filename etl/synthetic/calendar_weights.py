"""Which days are school days, pay weekends and dark, for the making of events."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRST_DAY = date(2022, 11, 1)
LAST_DAY = date(2026, 10, 31)
"""Four whole years; fixed, so that a seed gives the same municipality whenever it is made."""

_PAYDAY = 25
_BREAKS = (((6, 12), (8, 17)), ((12, 20), (12, 31)), ((1, 1), (1, 8)), ((10, 28), (11, 3)), ((2, 26), (3, 4)))
"""Summer, Christmas, autumn and winter-sports breaks as (month, day) ranges, about when they fall."""


@lru_cache(maxsize=1)
def days() -> tuple[date, ...]:
    """Return every day that the made records cover."""
    return tuple(FIRST_DAY + timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days + 1))


def is_school_day(day: date) -> bool:
    """Say whether the made schools are open on `day`."""
    within_break = any(first <= (day.month, day.day) <= last for first, last in _BREAKS)
    return day.weekday() < 5 and not within_break


def is_pay_weekend(day: date) -> bool:
    """Say whether `day` is a Friday or Saturday next after payday (the 25th, or the weekday before)."""
    friday = 4
    return day.weekday() in {friday, friday + 1} and 0 <= _days_since_payday(day) < 7


def _days_since_payday(day: date) -> int:
    this = date(day.year, day.month, _PAYDAY)
    this -= timedelta(days=max(this.weekday() - 4, 0))
    if day >= this:
        return (day - this).days
    before = (day.replace(day=1) - timedelta(days=1)).replace(day=_PAYDAY)
    before -= timedelta(days=max(before.weekday() - 4, 0))
    return (day - before).days


def clock_forward(day: date) -> bool:
    """Say whether the clock goes forward on `day` in Sweden: the hour 02–03 does not exist then."""
    return day.month == 3 and day.weekday() == 6 and day.day > 24


@lru_cache(maxsize=1)
def day_columns() -> dict[str, NDArray[np.int64]]:
    """Return what is asked of every covered day: ``weekday``, ``month``, ``school``, ``pay``, ``forward``.

    Each has shape ``(days,)``; the last three are 0 or 1.
    """
    covered = days()
    return {
        "weekday": np.array([day.weekday() for day in covered]),
        "month": np.array([day.month for day in covered]),
        "school": np.array([int(is_school_day(day)) for day in covered]),
        "pay": np.array([int(is_pay_weekend(day)) for day in covered]),
        "forward": np.array([int(clock_forward(day)) for day in covered]),
    }
