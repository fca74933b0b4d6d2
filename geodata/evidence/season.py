"""The season that a place lives in: the months that hold clearly more than their days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtrc, xlogy

if TYPE_CHECKING:
    from numpy.typing import NDArray

MONTHS = 12
LONGEST = 8
"""More months than this are no season."""

FEWEST = 12
"""With fewer records of known day nothing is said of a season."""

SURE = 0.01
"""Chance of so full a season anywhere in the year, were all days alike."""


@dataclass(frozen=True, slots=True)
class Season:
    """Months one after another, 1 is January: April to September are ``(4, …, 9)``.

    Attributes
    ----------
    count, of
        Records in them, and all whose day is known.
    """

    months: tuple[int, ...]
    count: int
    of: int


def season(counts: NDArray[np.int64], days: NDArray[np.int64]) -> Season | None:
    """Find the run of months that holds the most against its days; None where none is beyond chance.

    Parameters
    ----------
    counts
        Records by month, January first, shape ``(12,)``.
    days
        Days that the data covers, by month, shape ``(12,)``.

    Notes
    -----
    The scan of `windows`, over the year: likelihood ratio against the share of days, with Bonferroni's
    bound. A season that changes from year to year is not seen.
    """
    total, covered = int(counts.sum()), int(days.sum())
    if total < FEWEST or (days == 0).any():
        return None
    runs = [(first, length) for length in range(1, LONGEST + 1) for first in range(MONTHS)]
    at = [(first + np.arange(length)) % MONTHS for first, length in runs]
    held = np.array([counts[one].sum() for one in at], dtype=np.float64)
    share = np.array([days[one].sum() for one in at]) / covered
    full = np.flatnonzero(held > total * share)
    if not len(full):
        return None
    count, part, rest = held[full], share[full], total - held[full]
    ratio = xlogy(count, count / (total * part)) + xlogy(rest, rest / (total * (1 - part)))
    best = int(np.argmax(np.round(ratio, 9)))
    if bdtrc(count[best] - 1, total, part[best]) * len(runs) >= SURE:
        return None
    return Season(tuple(int(month) + 1 for month in at[full[best]]), int(count[best]), total)
