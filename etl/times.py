"""When a record happened: an interval in UTC with its precision, and the local weekday and hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from etl.text_columns import worded
from etl.wall_clock import RANK, RANKS, read_moments, read_wall, to_local
from geodata.precision import DAY_OR_BETTER, HOUR_OF_DAY, TimePrecision

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import tzinfo

    from numpy.typing import NDArray

    from etl.context import Context
    from etl.rules import TimeRule
    from etl.validate import Findings

LEEWAY = timedelta(days=1)
"""Clocks differ; what is dated further ahead than this has not happened."""

EPOCH_WEEKDAY = 3
"""1970-01-01 was a Thursday."""


@dataclass(frozen=True)
class Times:
    """When each row happened, each of shape ``(n,)``.

    Attributes
    ----------
    occurred_from, occurred_to, published_at
        Instants in UTC; the interval is half open, and a point where the minute is known.
    rank
        How well it is known: a position in `wall_clock.RANKS`.
    local, local_end
        Wall-clock bounds of when it began; the same where the minute is known, NaT where nothing is.
    """

    occurred_from: NDArray[np.datetime64]
    occurred_to: NDArray[np.datetime64]
    published_at: NDArray[np.datetime64]
    rank: NDArray[np.int8]
    local: NDArray[np.datetime64]
    local_end: NDArray[np.datetime64]

    def columns(self) -> dict[str, pd.Series]:
        """Return the time columns of the observations table."""
        day_known = _among(self.rank, DAY_OR_BETTER) & ~np.isnat(self.local)
        hour_known = _among(self.rank, HOUR_OF_DAY) & day_known
        days = self.local.astype("datetime64[D]")
        weekday = (days.astype(np.int64) + EPOCH_WEEKDAY) % 7
        hour = (self.local - days).astype("timedelta64[h]").astype(np.int64)
        return {
            "occurred_from": pd.Series(self.occurred_from).dt.tz_localize("UTC"),
            "occurred_to": pd.Series(self.occurred_to).dt.tz_localize("UTC"),
            "published_at": pd.Series(self.published_at).dt.tz_localize("UTC"),
            "time_precision": worded(self.rank, RANKS),
            "local_first": _as_days(days),
            "local_last": _as_days(np.where(day_known, days, self._last_day())),
            "local_weekday": pd.Series(np.where(day_known, weekday, -1).astype(np.int8)),
            "local_hour": pd.Series(np.where(hour_known, hour, -1).astype(np.int8)),
        }

    def _last_day(self) -> NDArray[np.datetime64]:
        """Return the last day that lies in each interval, whose end is outside it."""
        return np.asarray((self.local_end - np.timedelta64(1, "us")).astype("datetime64[D]"))


def _among(rank: NDArray[np.int8], known: Collection[TimePrecision]) -> NDArray[np.bool_]:
    return np.array([one in known for one in RANKS])[rank]


def _as_days(days: NDArray[np.datetime64]) -> pd.Series:
    """Return days as Arrow keeps them: a date in Python for each of a million rows is slow and large."""
    return pd.Series(pa.array(days, pa.date32()), dtype=pd.ArrowDtype(pa.date32()))


def read_times(cells: pd.DataFrame, rule: TimeRule, context: Context, findings: Findings) -> Times:
    """Read when each row happened.

    Parameters
    ----------
    cells
        Trimmed text, shape ``(n, columns)``.

    Notes
    -----
    An hour that comes twice, when the clocks go back, becomes the interval from its first coming to its
    second; an hour that does not exist is rejected. A moment written with an offset is neither.
    """
    zone = context.project.zone
    published = _published(cells, rule, zone, findings)
    wall = read_wall(cells, rule, to_local(published, zone), zone=zone, findings=findings)
    columns = [column for column in rule.columns if column != rule.published]
    point = wall.start == wall.end
    first, second = to_utc(wall.start, zone)
    stated = point & ~np.isnat(wall.stated)
    first, second = np.where(stated, wall.stated, first), np.where(stated, wall.stated, second)
    hours = _among(wall.rank, HOUR_OF_DAY)
    skipped = hours & np.isnat(first) & ~np.isnat(wall.start)
    findings.reject(skipped, code="clock_skipped", columns=columns)
    ahead = first > np.datetime64((context.now + LEEWAY).replace(tzinfo=None))
    findings.reject(ahead, code="date_future", columns=columns)
    vague = ~point
    if vague.any():
        first[vague], second[vague] = _bounds(wall.start[vague], wall.end[vague], zone)
    rank = wall.rank.copy()
    rank[point & (first != second)] = RANK[TimePrecision.HOUR]
    return Times(
        occurred_from=first,
        occurred_to=second,
        published_at=published,
        rank=rank,
        local=wall.start,
        local_end=wall.end,
    )


def _published(
    cells: pd.DataFrame, rule: TimeRule, zone: tzinfo, findings: Findings
) -> NDArray[np.datetime64]:
    if rule.published is None:
        return np.full(len(cells), np.datetime64("NaT", "us"))
    read = read_moments(cells, rule.published, rule.published_formats, findings)
    first = read.local if rule.published_in == "utc" else to_utc(read.local, zone)[0]
    return np.where(np.isnat(read.utc), first, read.utc)


def to_utc(
    local: NDArray[np.datetime64], zone: tzinfo
) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """Return the first and the second coming of local times; NaT for those that do not exist."""
    times = pd.Series(local).dt
    first = times.tz_localize(zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="NaT")
    second = times.tz_localize(zone, ambiguous=np.zeros(len(local), dtype=bool), nonexistent="NaT")
    return _instants(first), _instants(second)


def _bounds(
    start: NDArray[np.datetime64], end: NDArray[np.datetime64], zone: tzinfo
) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """Return the bounds of intervals in UTC; one in a skipped hour moves to the hour's end.

    An interval that starts in an hour that comes twice holds both; one that only ends where that hour
    starts ends at its first coming.
    """
    comings = to_utc(start, zone)
    once = comings[0] == comings[1]
    first = np.ones(len(start), dtype=bool)
    from_ = pd.Series(start).dt.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
    to = pd.Series(end).dt.tz_localize(zone, ambiguous=once, nonexistent="shift_forward")
    return _instants(from_), _instants(to)


def _instants(zoned: pd.Series[pd.Timestamp]) -> NDArray[np.datetime64]:
    utc = zoned.dt.tz_convert("UTC").dt.tz_localize(None)
    return np.asarray(utc.to_numpy(dtype="datetime64[us]"))
