"""The day as those who work see it: from five to five, the night belonging to the evening before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from geodata.evidence.windows import SLOT_MINUTES, SLOTS_PER_WEEK
from geodata.periods import MINUTES_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import NDArray

DAY_STARTS = 5 * 60
"""Minute of the local day at which a working day begins."""

FIRST_SLOT = DAY_STARTS // SLOT_MINUTES

PARTS: dict[str, tuple[int, int]] = {
    "morning": (0, 10),
    "midday": (10, 16),
    "afternoon": (16, 26),
    "evening": (26, 34),
    "night": (34, 48),
}
"""Half hours from five: 05–10, 10–13, 13–18, 18–22, 22–05. A visit in one part is not felt in another."""

DAYTIME = slice(0, 24)
"""05–17: when it matters whether pupils are at school."""

EVENING = slice(26, 48)
"""18–05: when it matters whether it is a risk evening."""

PART_OF = np.repeat(np.arange(len(PARTS)), [last - first for first, last in PARTS.values()])
"""Which part each half hour of a working day lies in, shape ``(48,)``."""


@dataclass(frozen=True, eq=False)
class DayMarks:
    """What days are, all of shape ``(days,)``.

    Attributes
    ----------
    weekday, month
        Monday 0; January 0.
    school, risk
        Whether pupils are at school, and whether it is a risk evening.
    """

    weekday: NDArray[np.int64]
    month: NDArray[np.int64]
    school: NDArray[np.bool_]
    risk: NDArray[np.bool_]

    @classmethod
    def of(
        cls, days: Sequence[date], *, is_school_day: Callable[[date], bool], risk: Collection[date]
    ) -> DayMarks:
        """Mark days."""
        return cls(
            weekday=np.array([day.weekday() for day in days], dtype=np.int64),
            month=np.array([day.month - 1 for day in days], dtype=np.int64),
            school=np.array([is_school_day(day) for day in days], dtype=bool),
            risk=np.array([day in risk for day in days], dtype=bool),
        )


def from_week(slots: NDArray[np.int64]) -> NDArray[np.int64]:
    """Turn half hours of the week, 0 at Monday 00.00, into those of the working week, 0 at Monday 05.00."""
    return np.asarray((slots - FIRST_SLOT) % SLOTS_PER_WEEK)


def slot_at(minute: int) -> int:
    """Return the half hour of the working day that a minute of the local day lies in."""
    return (minute - DAY_STARTS) % MINUTES_PER_DAY // SLOT_MINUTES


def local(day: date, slot: int) -> tuple[date, int]:
    """Return the local day and minute at which a half hour of a working day begins."""
    minute = DAY_STARTS + slot * SLOT_MINUTES
    return day + timedelta(days=minute // MINUTES_PER_DAY), minute % MINUTES_PER_DAY


def working(day: date, minute: int) -> tuple[date, int]:
    """Return the working day, and its half hour, of a minute of a local day."""
    return (day - timedelta(days=1) if minute < DAY_STARTS else day), slot_at(minute)
