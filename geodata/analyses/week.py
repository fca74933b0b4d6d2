"""In which half hours of the week each record may lie, as weights that add up to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geodata.evidence.aoristic import aoristic
from geodata.evidence.windows import SLOT_MINUTES, SLOTS_PER_DAY, SLOTS_PER_WEEK
from geodata.precision import TimePrecision

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    from geodata.analyses.records import Records

LONGEST = np.timedelta64(12, "h")
"""An interval longer than half a day says nothing of the hour."""

SLOTS_PER_HOUR = 60 // SLOT_MINUTES


def half_hours(records: Records, *, zone: ZoneInfo) -> csr_array:
    """Share every record out over the half hours of the local week in which it may lie.

    A minute lies in one half hour, an hour in two; an interval of at most half a day is shared out by how
    long it lies in each (see `aoristic`). What is known to the day only has no weight.

    Returns
    -------
    csr_array
        Shape ``(records, 336)``; a row adds up to 1, or to 0 where the time is not known.
    """
    frame = records.frame
    begun, ended = (_utc(frame[name]) for name in ("occurred_from", "occurred_to"))
    known = (records.hour >= 0) & (records.weekday >= 0)
    to_the_minute = (
        known & (frame["time_precision"] == str(TimePrecision.MINUTE)).to_numpy() & ~np.isnat(begun)
    )
    lasts = ended - begun  # NaT, and in no order to anything, where one of the two is not known
    spread = ~known & (lasts > np.timedelta64(0)) & (lasts <= LONGEST)
    nothing = np.datetime64("NaT", "us")
    shared = aoristic(
        np.where(to_the_minute | spread, begun, nothing),
        np.where(to_the_minute, begun, np.where(spread, ended, nothing)),
        time_zone=zone.key,
    )
    return csr_array(shared.weight + _hours(records, known & ~to_the_minute))


def _hours(records: Records, which: NDArray[np.bool_]) -> csr_array:
    """Lay some records, known to the hour, in equal parts in its half hours."""
    slots = np.where(which, SLOTS_PER_HOUR, 0)
    ends = np.concatenate([[0], np.cumsum(slots)])
    record = np.repeat(np.arange(len(slots)), slots)
    first = records.weekday.astype(np.int64) * SLOTS_PER_DAY + records.hour.astype(np.int64) * SLOTS_PER_HOUR
    column = first[record] + np.arange(len(record)) - ends[record]
    return csr_array((1.0 / slots[record], column, ends), shape=(len(slots), SLOTS_PER_WEEK))


def _utc(column: pd.Series) -> NDArray[np.datetime64]:
    """Return UTC instants; NaT where nothing is known."""
    return pd.to_datetime(column, utc=True).dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
