"""What happened before a day and after it, in windows equally long: counts beside each other, no effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from geodata.evidence.rates import rate_ratio

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from geodata.evidence.rates import RateRatio

YEAR_DAYS = 365
"""The longest window: with whole years the seasons are the same on both sides."""

LEAST_DAYS = 90
"""Shorter windows than this are not compared."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Two windows equally long, the day itself in neither.

    Attributes
    ----------
    day
        On which something was built.
    days
        Length of each window; 0 where too little is covered on either side.
    """

    day: date
    days: int

    @property
    def comparable(self) -> bool:
        """Whether enough days are covered on both sides."""
        return self.days > 0

    @property
    def same_seasons(self) -> bool:
        """Whether both windows hold the same part of the year."""
        return self.days == YEAR_DAYS

    def before(self, days: NDArray[np.datetime64]) -> NDArray[np.bool_]:
        """Say which days lie in the window before."""
        return self._between(days, self.day - timedelta(days=self.days), self.day - timedelta(days=1))

    def after(self, days: NDArray[np.datetime64]) -> NDArray[np.bool_]:
        """Say which days lie in the window after."""
        return self._between(days, self.day + timedelta(days=1), self.day + timedelta(days=self.days))

    def _between(self, days: NDArray[np.datetime64], first: date, last: date) -> NDArray[np.bool_]:
        if not self.comparable:
            return np.zeros(len(days), dtype=bool)
        return np.asarray((days >= np.datetime64(first)) & (days <= np.datetime64(last)))


def windows_round(day: date, *, covered: tuple[date, date]) -> Windows:
    """Return the longest equal windows round a day that the data covers, a year at most.

    Parameters
    ----------
    covered
        First and last local day of the data.
    """
    first, last = covered
    days = min((day - first).days, (last - day).days, YEAR_DAYS)
    return Windows(day, days if days >= LEAST_DAYS else 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One stream before and after.

    Attributes
    ----------
    here
        The days after held against the days before, at the place; its ratio is None where there are too few
        to tell.
    elsewhere
        Records in the rest of the municipality, before and after: what would have changed anyway.
    """

    here: RateRatio
    elsewhere: tuple[int, int]


def compare(windows: Windows, here: NDArray[np.datetime64], elsewhere: NDArray[np.datetime64]) -> Comparison:
    """Count local days of records before and after; those not known (NaT) are in neither."""
    return Comparison(
        here=rate_ratio(
            int(windows.after(here).sum()), windows.days, int(windows.before(here).sum()), windows.days
        ),
        elsewhere=(int(windows.before(elsewhere).sum()), int(windows.after(elsewhere).sum())),
    )
