"""Events that people gather for at a place: what is coming, and whether more is recorded then."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geodata.analyses.reached import told_until
from geodata.evidence.matched_times import LONGEST, inside, joined, matched
from geodata.evidence.rates import rate_ratio
from geodata.privacy import RULES
from geodata.schema import Stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.evidence.rates import RateRatio
    from geodata.places.place import Place
    from geodata.selection import Selection

NEAR_M = 100.0
"""An event whose point is this near belongs to the place."""

AFTER = np.timedelta64(2, "h")
"""People are on their way home for this long."""

COMING = 3
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """One event; local times."""

    name: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class PublicEvents:
    """Events at a place.

    Attributes
    ----------
    known
        How many are imported, gone by or coming.
    coming
        The next ones.
    compared
        Incidents during events, and two hours after, against the same weekday and hours of the four weeks
        before and after without one; None without exact counts, or without events in the time covered.
    too_long
        Events of a week or more, that have no week beside them to be held against.
    """

    known: int
    coming: tuple[PublicEvent, ...]
    compared: RateRatio | None
    too_long: int


def public_events(
    ground: Ground,
    place: Place,
    selection: Selection,
    rows: NDArray[np.int64],
    *,
    now: datetime | None = None,
) -> PublicEvents | None:
    """Tell of the events at a place; None where no events are imported at all.

    Parameters
    ----------
    rows
        Records of the selection at the place; incidents of known hour are compared.
    now
        What is coming comes after this; the moment of asking when not said.
    """
    table = ground.snapshot.table("events")
    if not len(table):
        return None
    here = table[_belongs(table, place)]
    zone = ground.project.zone
    starts, ends = (
        pd.to_datetime(here[name], utc=True)
        .dt.tz_convert(zone)
        .dt.tz_localize(None)
        .to_numpy(dtype="datetime64[s]")
        for name in ("starts", "ends")
    )
    moment = np.datetime64((now or datetime.now(UTC)).astimezone(zone).replace(tzinfo=None), "s")
    ahead = np.flatnonzero(ends > moment)
    ahead = ahead[np.argsort(starts[ahead], kind="stable")][:COMING]
    names = here["name"].fillna("").astype(str).to_numpy()
    long = ends - starts >= LONGEST
    exact = RULES[selection.audience].exact_counts
    return PublicEvents(
        known=len(here),
        coming=tuple(PublicEvent(names[at], starts[at].item(), ends[at].item()) for at in ahead.tolist()),
        compared=_compared(ground, selection, rows, starts[~long], ends[~long]) if exact else None,
        too_long=int(long.sum()),
    )


def _belongs(table: pd.DataFrame, place: Place) -> NDArray[np.bool_]:
    """Say which events lie at a place: by their point, else by its name among their words."""
    points = table["geometry"].to_numpy(dtype=object)
    placed = ~shapely.is_missing(points)
    near = np.zeros(len(table), dtype=bool)
    near[placed] = shapely.dwithin(points[placed], place.geometry, NEAR_M)
    words = table["place"].fillna("").astype(str).str.casefold()
    name = rf"(?<!\w){re.escape(place.name.casefold())}(?!\w)"
    return np.asarray(np.where(placed, near, words.str.contains(name, regex=True).to_numpy(dtype=bool)))


def _compared(
    ground: Ground,
    selection: Selection,
    rows: NDArray[np.int64],
    starts: NDArray[np.datetime64],
    ends: NDArray[np.datetime64],
) -> RateRatio | None:
    """Hold what happened during events against the same times of the weeks around."""
    days, _ = ground.school_days
    if len(days):
        until = told_until(ground, days[-1].item(), among=ground.records.problems(selection))
        days = days[days <= np.datetime64(until)]
    period = selection.period
    if period is not None:
        days = days[(days >= np.datetime64(period.first)) & (days <= np.datetime64(period.last))]
    if not len(days):
        return None
    first, last = days[0], days[-1]
    covered = (starts >= first) & (ends + AFTER <= last + DAY)
    if not covered.any():
        return None
    spans = joined(starts[covered], ends[covered] + AFTER)
    against = matched(spans, first_day=first, last_day=last)
    records = ground.records
    chosen = rows[records.of_stream(Stream.INCIDENT)[rows] & (records.hour[rows] >= 0)]
    hours = records.day[chosen].astype("datetime64[h]") + records.hour[chosen].astype("timedelta64[h]")
    return rate_ratio(inside(spans, hours), len(spans[0]), inside(against, hours), len(against[0]))
