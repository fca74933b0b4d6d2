"""Until when every source of incidents tells: the days that may be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.evidence.source_end import SourceEnd

MISSED_DAYS = 365
"""So long after its last day a source is missed; then it is one that was given up."""


def missed(
    ground: Ground, period: Period, *, among: NDArray[np.bool_] | None = None
) -> tuple[SourceEnd, ...]:
    """Return the sources that end before a period does, and not more than ``MISSED_DAYS`` before it begins.

    Parameters
    ----------
    period
        Local days.
    among
        Records: a source that none of them is from is not looked at, shape ``(records,)``.
    """
    found = tuple(
        one
        for one in ground.records.source_ends
        if one.last < period.last and (period.first - one.last).days <= MISSED_DAYS
    )
    if among is None or not found:
        return found
    records = ground.records
    held = np.bincount(records.series[among], minlength=len(records.series_names)) > 0
    return tuple(one for one in found if held[records.series_names.index(one.source)])


def last_of(ends: Iterable[SourceEnd], last: date) -> date:
    """Return the last day, up to one, that every source reaches."""
    return min((*(one.last for one in ends), last))


def told_until(ground: Ground, last: date, *, among: NDArray[np.bool_]) -> date:
    """Return the last day, up to one, that every source of some records reaches, those given up left out."""
    return last_of(missed(ground, Period(last, last), among=among), last)
