"""Which windows are recommended at each place, against the rhythm of the ground outside every place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from geodata.analyses.reached import told_until
from geodata.evidence.rates import rate_ratio
from geodata.evidence.said import SaidCounts, names
from geodata.evidence.windows import (
    SAID,
    SLOT_MINUTES,
    SLOTS_PER_DAY,
    StreamCount,
    recommend,
    reference,
)
from geodata.periods import HOURS_PER_DAY
from geodata.privacy import RULES
from geodata.schema import Stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.analyses.place_evidence import EventsAtPlaces
    from geodata.evidence.rates import RateRatio
    from geodata.evidence.windows import Window
    from geodata.selection import Selection

WORKING_DAYS = frozenset(range(5))

MOSTLY = 0.5
"""A record whose time is known to an interval counts in a window that holds more of it than this."""


@dataclass(frozen=True, eq=False)
class PlaceWindows:
    """What is needed to recommend windows at any place under one selection.

    Attributes
    ----------
    ground, selection, events
        What is asked, and the records that it lets into places.
    elsewhere
        Shares of the half hours in what lies outside every place, by category, the last for records
        without one, shape ``(categories + 1, 336)``.
    said_elsewhere
        Answers that lie outside every place by category and the way they say when.
    """

    ground: Ground
    selection: Selection
    events: EventsAtPlaces
    elsewhere: NDArray[np.float64]
    said_elsewhere: NDArray[np.float64]

    def at(self, row: int, *, most: int) -> tuple[Window, ...]:
        """Return the windows at one place, best first; without exact counts none of their counts is told.

        Recorded times choose; where they bear no window, what answers say of when does, and the window says
        so. Where hours are chosen there is no window: the choice itself would come back as a finding.
        """
        chosen = self.selection.window
        if (chosen.from_hour, chosen.to_hour) != (0, HOURS_PER_DAY):
            return ()
        inside = self.events.of(row)
        counts = self.week(inside)
        found = recommend(counts, self.shares(inside), most=most) or self._said(inside, most=most)
        if not RULES[self.selection.audience].exact_counts:
            return tuple(replace(one, strength=None) for one in found)
        return tuple(self._with_evidence(one, inside) for one in found)

    def _said(self, inside: NDArray[np.int64], *, most: int) -> tuple[Window, ...]:
        """Return the windows that answers name, where they name them more than elsewhere."""
        said = self.ground.said
        rows = said.telling(inside)
        if not len(rows):
            return ()
        here = _said_counts(self.ground, rows)
        named = {
            (one.weekdays, one.from_minute, one.to_minute): one
            for way in np.flatnonzero(here.any(axis=0)).tolist()
            for one in said.candidates[way]
        }
        return SaidCounts(said.held, here, self.said_elsewhere).recommend(tuple(named.values()), most=most)

    def week(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Sum some records by half hour of the week, shape ``(336,)``."""
        return np.asarray(self.ground.week[rows].sum(axis=0), dtype=np.float64)

    def shares(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what the ground's rhythm gives records of the same categories, shape ``(336,)``."""
        known = np.asarray(self.ground.week[rows].sum(axis=1))
        # A record without a category has the code -1, which is the last row.
        code = self.ground.records.category_code[rows] % len(self.elsewhere)
        mix = np.bincount(code, weights=known, minlength=len(self.elsewhere))
        return np.asarray(mix @ self.elsewhere / mix.sum() if mix.any() else self.elsewhere[-1])

    def _with_evidence(self, window: Window, inside: NDArray[np.int64]) -> Window:
        known = np.asarray(self.ground.week[inside].sum(axis=1)) > 0
        held = self.held(window, inside)
        counted = [
            StreamCount(str(stream), int((held & mine).sum()), int((known & mine).sum()))
            for stream in Stream
            if (known & (mine := self.ground.records.of_stream(stream)[inside])).any()
        ]
        naming = self.naming(window, inside)
        if naming is not None:
            counted.append(naming)
        compared = None if window.from_said else self.school_days(window, inside)
        only = compared is not None and compared.low is not None and compared.low > 1
        return replace(window, evidence=tuple(counted), school_days_only=only)

    def naming(self, window: Window, inside: NDArray[np.int64]) -> StreamCount | None:
        """Count the answers that name a window, of those that say when; None where none does."""
        said = self.ground.said
        rows = said.telling(inside)
        if not len(rows):
            return None
        return StreamCount(SAID, int(names(said.held, window)[said.code[rows]].sum()), len(rows))

    def held(self, window: Window, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say which of some records lie in a window for more than half of their weight."""
        return np.asarray(self.ground.week[rows][:, window.slots].sum(axis=1)) > MOSTLY

    def covered(self) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
        """Return the days that the selection and every source of it cover, and which are school days."""
        days, is_school = self.ground.school_days
        if self.ground.records.source_ends and len(days):
            asked = self.ground.records.problems(self.selection)
            reached = days <= np.datetime64(told_until(self.ground, days[-1].item(), among=asked))
            days, is_school = days[reached], is_school[reached]
        period = self.selection.period
        if period is not None:
            on = (days >= np.datetime64(period.first)) & (days <= np.datetime64(period.last))
            days, is_school = days[on], is_school[on]
        return days, is_school

    def _started(self, window: Window, rows: NDArray[np.int64]) -> NDArray[np.datetime64]:
        """Return the day on which the window began that holds each record: the night is its evening's."""
        day, held = self.ground.records.day[rows], self.ground.week[rows]
        evening = max(SLOTS_PER_DAY - window.from_minute // SLOT_MINUTES, 0)
        small_hours = window.slots.reshape(len(window.weekdays), -1)[:, evening:].ravel()
        after = np.asarray(held[:, small_hours].sum(axis=1) > held[:, window.slots].sum(axis=1) / 2)
        return np.asarray(day - after.astype("timedelta64[D]"))

    def school_days(self, window: Window, inside: NDArray[np.int64]) -> RateRatio | None:
        """Compare school days with school-free ones on the weekdays of a window within the working week."""
        if not WORKING_DAYS.issuperset(window.weekdays):
            return None
        days, is_school = self.covered()
        on = np.isin(weekday_of(days), window.weekdays)
        at = positions(self._started(window, inside[self.held(window, inside)]), days)
        at = at[on[at]]
        school = is_school[at]
        return rate_ratio(
            int(school.sum()),
            int((on & is_school).sum()),
            int((~school).sum()),
            int((on & ~is_school).sum()),
        )


def place_windows(ground: Ground, selection: Selection, events: EventsAtPlaces) -> PlaceWindows:
    """Work out the rhythm of what lies outside every place, by category."""
    records = ground.records
    outside = records.problems(selection).copy()
    outside[ground.place_members[1]] = False
    rows = np.flatnonzero(outside)
    kinds = len(records.category_names) + 1
    code = records.category_code[rows] % kinds
    by_category = csr_array((np.ones(len(rows)), (code, np.arange(len(rows)))), shape=(kinds, len(rows)))
    counts = np.asarray((by_category @ ground.week[rows]).todense())
    return PlaceWindows(
        ground,
        selection,
        events,
        elsewhere=np.array([reference(one) for one in counts]),
        said_elsewhere=_said_counts(ground, ground.said.telling(rows)),
    )


def _said_counts(ground: Ground, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Count records by category, the last for those without, and the way they say when."""
    kinds, ways = len(ground.records.category_names) + 1, len(ground.said.ways)
    at = ground.records.category_code[rows] % kinds * ways + ground.said.code[rows]
    return np.bincount(at, minlength=kinds * ways).reshape(kinds, ways).astype(np.float64)


def positions(day: NDArray[np.datetime64], days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return where days lie among the days covered; those not known or not covered are left out."""
    if not len(days):
        return np.empty(0, dtype=np.int64)
    at = (day[~np.isnat(day)] - days[0]).astype(np.int64)
    return np.asarray(at[(at >= 0) & (at < len(days))])


def weekday_of(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return local weekdays, Monday 0; the first of 1970 was a Thursday."""
    return np.asarray((days.astype("datetime64[D]").astype(np.int64) + 3) % 7)
