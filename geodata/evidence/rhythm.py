"""When it happens: weekday by hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.periods import HOURS_PER_DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOURS_PER_WEEK = 7 * HOURS_PER_DAY


def by_weekday_hour(
    group: NDArray[np.int64], weekday: NDArray[np.int8], hour: NDArray[np.int8], *, groups: int
) -> NDArray[np.int64]:
    """Count events by group, local weekday and hour.

    Parameters
    ----------
    group, weekday, hour
        One an event, shape ``(n,)``; events with an unknown weekday or hour (-1) are left out.

    Returns
    -------
    ndarray
        Shape ``(groups, 7, 24)``.
    """
    known = (weekday >= 0) & (hour >= 0)
    slot = weekday[known].astype(np.int64) * HOURS_PER_DAY + hour[known]
    flat = np.bincount(group[known] * HOURS_PER_WEEK + slot, minlength=groups * HOURS_PER_WEEK)
    return np.asarray(flat.reshape(groups, 7, HOURS_PER_DAY))
