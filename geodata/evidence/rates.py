"""Two rates beside each other: school days and school-free ones, risk evenings and ordinary ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

TAIL = 0.05
"""On either side of the 90 % range."""

FEWEST = 5
"""With fewer records on both sides together nothing is said of their ratio."""


@dataclass(frozen=True, slots=True)
class RateRatio:
    """How much more often something happens on some days than on others.

    Attributes
    ----------
    count, days
        Records on the days asked about, and how many such days there were.
    other_count, other_days
        The same of the days they are held against.
    ratio, low, high
        Records a day over records a day, and the 90 % range; None where there is too little to tell.
        `ratio` and `high` are infinite where nothing was recorded on the other days.
    """

    count: int
    days: int
    other_count: int
    other_days: int
    ratio: float | None
    low: float | None
    high: float | None

    @property
    def tellable(self) -> bool:
        """Whether there is enough to say anything."""
        return self.ratio is not None


def rate_ratio(count: int, days: int, other_count: int, other_days: int) -> RateRatio:
    """Compare two rates.

    Notes
    -----
    Given their sum, one of two Poisson counts is binomial; the range is Clopper & Pearson's, turned into a
    ratio of rates (Przyborowski & Wilenski 1940, *Biometrika* 31).
    """
    total = count + other_count
    if total < FEWEST or not days or not other_days:
        return RateRatio(count, days, other_count, other_days, None, None, None)
    low = float(betaincinv(count, other_count + 1, TAIL)) if count else 0.0
    high = float(betaincinv(count + 1, other_count, 1 - TAIL)) if other_count else 1.0
    share, low, high = (_odds(one) * other_days / days for one in (count / total, low, high))
    return RateRatio(count, days, other_count, other_days, share, low, high)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else np.inf
