"""In which half hours of the week each record may lie, as weights that add up to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geodata.evidence.windows import SLOT_MINUTES, SLOTS_PER_DAY, SLOTS_PER_WEEK
from geodata.precision import TimePrecision

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    from geodata.analyses.records import Records

LONGEST_MINUTES = 12 * 60
"""An interval longer than half a day says nothing of the hour."""

SLOTS_PER_HOUR = 60 // SLOT_MINUTES


def half_hours(records: Records, *, zone: ZoneInfo) -> csr_array:
    """Spread every record over the half hours of the local week in which it may lie.

    A minute lies in one half hour, an hour in two; an interval of at most half a day is spread evenly over
    the half hours that it touches. What is known to the day only has no weight.

    Returns
    -------
    csr_array
        Shape ``(records, 336)``; a row adds up to 1, or to 0 where the time is not known.

    Notes
    -----
    Ratcliffe & McCullagh 1998, *International Journal of Geographical Information Science* 12 (aoristic).
    """
    frame = records.frame
    begun, ended = (_local(frame[name], zone) for name in ("occurred_from", "occurred_to"))
    hour = records.hour.astype(np.int64)
    known = (hour >= 0) & (records.weekday >= 0)
    to_the_minute = (
        known & (frame["time_precision"] == str(TimePrecision.MINUTE)).to_numpy() & ~np.isnat(begun)
    )
    minutes = (ended - begun).astype("timedelta64[m]").astype(np.int64)
    spread = ~known & ~np.isnat(begun) & ~np.isnat(ended) & (minutes > 0) & (minutes <= LONGEST_MINUTES)
    first = np.zeros(len(hour), dtype=np.int64)
    slots = np.zeros(len(hour), dtype=np.int64)
    first[known] = records.weekday[known].astype(np.int64) * SLOTS_PER_DAY + hour[known] * SLOTS_PER_HOUR
    slots[known] = SLOTS_PER_HOUR
    first[to_the_minute] += _minute(begun[to_the_minute]) % 60 // SLOT_MINUTES
    slots[to_the_minute] = 1
    first[spread] = _minute(begun[spread]) // SLOT_MINUTES
    slots[spread] = (_minute(begun[spread]) % SLOT_MINUTES + minutes[spread] - 1) // SLOT_MINUTES + 1
    ends = np.concatenate([[0], np.cumsum(slots)])
    record = np.repeat(np.arange(len(slots)), slots)
    column = (first[record] + np.arange(len(record)) - ends[record]) % SLOTS_PER_WEEK
    return csr_array((1.0 / slots[record], column, ends), shape=(len(slots), SLOTS_PER_WEEK))


def _local(column: pd.Series, zone: ZoneInfo) -> NDArray[np.datetime64]:
    """Return local wall-clock times; NaT where nothing is known."""
    utc = pd.to_datetime(column, utc=True)
    return utc.dt.tz_convert(zone).dt.tz_localize(None).to_numpy(dtype="datetime64[m]")


def _minute(local: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return the minute of the week, 0 at Monday 00.00; the first of 1970 was a Thursday."""
    return np.asarray((local.astype(np.int64) + 3 * 24 * 60) % (7 * 24 * 60))
