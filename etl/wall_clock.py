"""What the clock on the wall showed: local intervals, before they are put in UTC."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from etl.dates import MONTHS, Moments, moments, within_years
from etl.parse import clocks, numbers
from geodata.precision import TimePrecision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from numpy.typing import NDArray

    from etl.rules import TimeRule
    from etl.validate import Findings

RANKS = tuple(TimePrecision)
"""Best first; whole columns carry a precision as its position here."""
RANK = {known: rank for rank, known in enumerate(RANKS)}

_UNIT = {
    TimePrecision.HOUR: "datetime64[h]",
    TimePrecision.DAY: "datetime64[D]",
    TimePrecision.MONTH: "datetime64[M]",
    TimePrecision.YEAR: "datetime64[Y]",
}
_HOUR_S = 3600.0
EPOCH_YEAR = 1970.0


@dataclass(frozen=True)
class Wall:
    """Local intervals ``start <= t < end``, a point where the minute is known, each of shape ``(n,)``.

    NaT, with precision unknown, where a row could not be read.
    """

    start: NDArray[np.datetime64]
    end: NDArray[np.datetime64]
    rank: NDArray[np.int8]
    """How well it is known: a position in `RANKS`."""
    stated: NDArray[np.datetime64]
    """The instant in UTC, where the source wrote its offset; NaT elsewhere."""


def read_wall(
    cells: pd.DataFrame,
    rule: TimeRule,
    published: NDArray[np.datetime64],
    *,
    zone: tzinfo,
    findings: Findings,
) -> Wall:
    """Read the local interval of each row.

    Parameters
    ----------
    published
        Local time of publication, shape ``(n,)``; gives the year where the source writes none.
    """
    stated: NDArray[np.datetime64] = np.full(len(cells), np.datetime64("NaT", "us"))
    if rule.moment is not None:
        start, rank, stated = _from_moment(cells, rule, zone, findings)
    elif rule.date is not None:
        start, rank = _from_date(cells, rule, findings)
    else:
        start, rank = _from_parts(cells, rule, published, findings)
    wall = whole(start, rank, stated)
    if rule.clock is not None:
        wall = _with_clock(wall, cells[rule.clock], findings, column=rule.clock)
    trusted = RANK[rule.precision]
    if not (wall.rank < trusted).any():
        return wall
    return whole(wall.start, np.maximum(wall.rank, trusted), stated)


def whole(start: NDArray[np.datetime64], rank: NDArray[np.int8], stated: NDArray[np.datetime64]) -> Wall:
    """Return the whole hours, days, months or years that `start` lies in, by how well it is known."""
    first, end = start.copy(), start.copy()
    missing = np.isnat(start)
    for known, unit in _UNIT.items():
        rows = (rank == RANK[known]) & ~missing
        if not rows.any():
            continue
        floor = start[rows].astype(unit)
        first[rows], end[rows] = floor, floor + 1
    return Wall(first, end, np.where(missing, RANK[TimePrecision.UNKNOWN], rank).astype(np.int8), stated)


def ranked(known: TimePrecision, rows: int) -> NDArray[np.int8]:
    """Return the same precision for every row."""
    return np.full(rows, RANK[known], dtype=np.int8)


def to_local(utc: NDArray[np.datetime64], zone: tzinfo) -> NDArray[np.datetime64]:
    """Return the wall-clock time of instants."""
    if np.isnat(utc).all():
        return utc
    local = pd.Series(utc).dt.tz_localize("UTC").dt.tz_convert(zone).dt.tz_localize(None)
    return np.asarray(local.to_numpy(dtype="datetime64[us]"))


def read_moments(cells: pd.DataFrame, column: str, formats: Sequence[str], findings: Findings) -> Moments:
    """Read a column of dates or moments and reject what is none."""
    read = moments(cells[column], formats)
    findings.reject(read.unreadable, code="date_unreadable", columns=[column])
    findings.reject(read.impossible, code="date_impossible", columns=[column])
    return read


def _from_moment(
    cells: pd.DataFrame, rule: TimeRule, zone: tzinfo, findings: Findings
) -> tuple[NDArray[np.datetime64], NDArray[np.int8], NDArray[np.datetime64]]:
    column = str(rule.moment)
    findings.reject(cells[column] == "", code="value_missing", columns=[column])
    read = read_moments(cells, column, rule.moment_formats, findings)
    rank = np.where(read.has_clock, RANK[TimePrecision.MINUTE], RANK[TimePrecision.DAY]).astype(np.int8)
    if rule.moment_in == "utc":
        read = replace(read, utc=np.where(np.isnat(read.utc), read.local, read.utc))
    local = np.where(np.isnat(read.utc), read.local, to_local(read.utc, zone))
    return local, rank, read.utc


def _from_date(
    cells: pd.DataFrame, rule: TimeRule, findings: Findings
) -> tuple[NDArray[np.datetime64], NDArray[np.int8]]:
    column = str(rule.date)
    findings.reject(cells[column] == "", code="value_missing", columns=[column])
    read = read_moments(cells, column, rule.date_formats, findings)
    return read.local, ranked(TimePrecision.DAY, len(cells))


def _from_parts(
    cells: pd.DataFrame, rule: TimeRule, published: NDArray[np.datetime64], findings: Findings
) -> tuple[NDArray[np.datetime64], NDArray[np.int8]]:
    month, day = _part(cells, rule.month, findings), _part(cells, rule.day, findings)
    if rule.year is None:
        for column in (rule.published, rule.month, rule.day):
            if column is not None:
                findings.reject(cells[column] == "", code="value_missing", columns=[column])
        year = _latest_year(month, day, published)
    else:
        findings.reject(cells[rule.year] == "", code="value_missing", columns=[rule.year])
        year = _part(cells, rule.year, findings)
    rank = ranked(TimePrecision.DAY, len(cells))
    rank[np.isnan(day)] = RANK[TimePrecision.MONTH]
    rank[np.isnan(month)] = RANK[TimePrecision.YEAR]
    day = np.where(rank == RANK[TimePrecision.DAY], day, 1.0)
    start = _days(year, np.nan_to_num(month, nan=1.0), day)
    columns = [column for column in (rule.year, rule.month, rule.day) if column is not None]
    findings.reject(np.isnat(start) & ~np.isnan(year), code="date_impossible", columns=columns)
    return start, rank


def _part(cells: pd.DataFrame, column: str | None, findings: Findings) -> NDArray[np.float64]:
    """Read a year, a month or a day; names of months count as their numbers."""
    if column is None:
        return np.full(len(cells), np.nan)
    named = cells[column].str.lower().map(MONTHS).to_numpy(dtype=np.float64)
    values, unreadable = numbers(cells[column])
    findings.reject(unreadable & np.isnan(named), code="date_unreadable", columns=[column])
    return np.where(np.isnan(named), values, named)


def _days(
    year: NDArray[np.float64], month: NDArray[np.float64], day: NDArray[np.float64]
) -> NDArray[np.datetime64]:
    """Return the days, NaT where a part is missing or there is no such day."""
    parts = pd.DataFrame({"year": year, "month": month, "day": day})
    days = pd.to_datetime(parts, errors="coerce").to_numpy(dtype="datetime64[us]")
    return np.where(within_years(days), days, np.datetime64("NaT"))


def _latest_year(
    month: NDArray[np.float64], day: NDArray[np.float64], published: NDArray[np.datetime64]
) -> NDArray[np.float64]:
    """Return the last year in which the day came before publication, clocks being a day apart at most."""
    published_year = published.astype("datetime64[Y]").astype(np.float64) + EPOCH_YEAR
    published_year[np.isnat(published)] = np.nan
    latest = published + np.timedelta64(1, "D")
    year = published_year - 1.0
    for candidate in (published_year, published_year + 1.0):
        year = np.where(_days(candidate, month, day) <= latest, candidate, year)
    return year


def _with_clock(wall: Wall, text: pd.Series[str], findings: Findings, *, column: str) -> Wall:
    """Put the time of day on rows that are known to the day; an empty clock leaves the day."""
    seconds, width, unreadable, impossible = clocks(text)
    findings.reject(unreadable, code="clock_unreadable", columns=[column])
    findings.reject(impossible, code="clock_impossible", columns=[column])
    known = ~np.isnan(seconds) & (wall.rank == RANK[TimePrecision.DAY])
    rank = wall.rank.copy()
    rank[known & (width == 0.0)] = RANK[TimePrecision.MINUTE]
    rank[known & (width == _HOUR_S)] = RANK[TimePrecision.HOUR]
    rank[known & (width > _HOUR_S)] = RANK[TimePrecision.PART_OF_DAY]
    start = wall.start + _seconds(np.where(known, seconds, 0.0))
    return replace(wall, start=start, end=np.where(known, start + _seconds(width), wall.end), rank=rank)


def _seconds(values: NDArray[np.float64]) -> NDArray[np.timedelta64]:
    return (values * 1e6).astype("timedelta64[us]")
