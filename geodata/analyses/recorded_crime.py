"""Where and when recorded crime lies: by part, by tertial, by weekday and time of day.

For those who see exact counts: over a whole municipality nothing is counted for others but its sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import gamma

from geodata.analyses.division import division_of
from geodata.analyses.reached import last_of, missed
from geodata.periods import Period, tertial, tertial_number, year_number
from geodata.privacy import require
from geodata.schema import CATEGORIES, Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.evidence.source_end import SourceEnd
    from geodata.privacy import Audience

CRIME = (
    "traffic_speed",
    "traffic_joyriding",
    "traffic_other",
    *CATEGORIES["order"],
    *CATEGORIES["substance"],
    *CATEGORIES["damage"],
    *CATEGORIES["theft"],
    *CATEGORIES["violence"],
    *CATEGORIES["snowmobile"],
)
"""What is counted when it is recorded: crime, and what the police record as breaking public order. Accidents,
how a place is built or kept, and what is of no named kind are not."""

PARTS = ((6, 12), (12, 18), (18, 24), (0, 6))
"""Hours of each part of the day; the night stands with the weekday that its clock shows."""

FEWEST_TIMED = 100
"""With fewer records of known time nothing is said of when."""

TAILS = (0.05, 0.95)
HALF_HOURS = 2
WEEKDAYS, DAYS_OF_YEAR = 7, 365.25
PER = 1000


@dataclass(frozen=True, slots=True)
class PartCrime:
    """Recorded crime in a part of the municipality.

    Attributes
    ----------
    residents
        People who live there.
    rate, low, high
        Records a year by a thousand residents and the 90 % range; None where nobody lives there, or a source
        ends before the period.
    """

    name: str
    count: int
    residents: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class YearCrime:
    """Recorded crime of a calendar year.

    Attributes
    ----------
    tertials
        T1, T2, T3; None where the records do not reach one, or begin in it.
    until
        The last day that is counted of each that is not whole; None for a whole one.
    undated
        Records known to the year and to no single tertial.
    """

    year: int
    tertials: tuple[int | None, int | None, int | None]
    until: tuple[date | None, date | None, date | None]
    undated: int


@dataclass(frozen=True, slots=True)
class CrimePattern:
    """Where and when recorded crime lies.

    Attributes
    ----------
    count
        Records in the period.
    graded
        By category, how many of its records say how serious the consequences were.
    division
        What the parts are, as `Division.kind`; None where there are none.
    parts
        Most records first.
    rated
        The days that every source covers, by which the parts' rates are reckoned; None where there are none.
    outside
        Records that are in no part or whose place is not known well enough; 0 without parts.
    years
        Oldest first, whatever the period.
    timed
        Records of the period whose time of day is known to some hours.
    shares
        Of these, by weekday (Monday first) and part of the day as in ``PARTS``, shape ``(7, 4)``, summing to
        one; None where there are too few.
    ends
        Sources that end before the period does.
    """

    period: Period
    count: int
    graded: dict[str, int]
    division: str | None
    parts: tuple[PartCrime, ...]
    rated: Period | None
    outside: int
    years: tuple[YearCrime, ...]
    timed: int
    shares: NDArray[np.float64] | None
    ends: tuple[SourceEnd, ...]


def crime_pattern(ground: Ground, audience: Audience, *, period: Period) -> CrimePattern:
    """Tell where and when recorded crime lies.

    Parameters
    ----------
    period
        Local days.

    Raises
    ------
    AccessError
        ``not_for_audience`` for an audience without exact counts.
    """
    require(audience, "exact_counts")
    rows, every = _recorded(ground, audience, period), _recorded(ground, audience, None)
    ends = missed(ground, period, among=_mask(ground, every))
    until = last_of(ends, period.last)
    rated = Period(period.first, until) if until >= period.first else None
    division, parts, outside = _parts(ground, rows, rated)
    years = _years(ground, every)
    timed, shares = _times(ground, rows)
    return CrimePattern(
        period=period,
        count=len(rows),
        graded=_graded(ground, rows),
        division=division,
        parts=parts,
        rated=rated,
        outside=outside,
        years=years,
        timed=timed,
        shares=shares,
        ends=ends,
    )


def is_crime(category: str) -> bool:
    """Say whether records of a category are of crime or of what breaks public order."""
    return category in CRIME


def _recorded(ground: Ground, audience: Audience, period: Period | None) -> NDArray[np.int64]:
    records = ground.records
    asked = records.problems(Selection(audience, period=period)) & records.of_stream(Stream.INCIDENT)
    category = ground.observations["category"]
    return np.flatnonzero(asked & category.isin(CRIME).to_numpy())


def _graded(ground: Ground, rows: NDArray[np.int64]) -> dict[str, int]:
    told = ground.observations[["category", "severity"]].iloc[rows].dropna()
    return {str(name): int(count) for name, count in told["category"].value_counts().items() if count}


def _mask(ground: Ground, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    found = np.zeros(len(ground.observations), dtype=bool)
    found[rows] = True
    return found


def _parts(
    ground: Ground, rows: NDArray[np.int64], rated: Period | None
) -> tuple[str | None, tuple[PartCrime, ...], int]:
    division = division_of(ground)
    if division is None:
        return None, (), 0
    points = rows[ground.records.in_places[rows]]
    at = division.at(ground.records.x[points], ground.records.y[points])
    counts = np.bincount(at[at >= 0], minlength=len(division.names))
    reached = at[ground.records.last_day[points] <= np.datetime64(rated.last)] if rated else at[:0]
    told = np.bincount(reached[reached >= 0], minlength=len(division.names))
    found = []
    for name, count, known, residents in zip(
        division.names, counts, told, division.residents(ground), strict=True
    ):
        rate = low = high = None
        if residents > 0 and rated is not None:
            # Gamma posterior of a Poisson rate under Jeffreys' prior.
            base = residents * rated.days / DAYS_OF_YEAR / PER
            low, high = (float(one) for one in gamma.ppf(TAILS, known + 0.5) / base)
            rate = float(known / base)
        found.append(PartCrime(name, int(count), round(float(residents)), rate, low, high))
    found.sort(key=lambda one: (-one.count, one.name))
    return division.kind, tuple(found), int(len(rows) - counts.sum())


def _years(ground: Ground, rows: NDArray[np.int64]) -> tuple[YearCrime, ...]:
    """Count every tertial, as far as each source of crime that is used in it reaches."""
    first, last = ground.records.first_day[rows], ground.records.last_day[rows]
    known = ~np.isnat(first) & (year_number(first) == year_number(last))
    rows, first, last = rows[known], first[known], last[known]
    if not len(first):
        return ()
    of_crime, covered = _mask(ground, rows), _covered(ground)
    if covered is None:
        return ()
    years, numbers = year_number(first), tertial_number(first)
    whole = numbers == tertial_number(last)
    found = []
    for at in range(int(years.min()), int(years.max()) + 1):
        of_year = years == at
        counts: list[int | None] = []
        until: list[date | None] = []
        for part in (1, 2, 3):
            asked = tertial(part, at)
            ends = last_of(missed(ground, asked, among=of_crime), min(asked.last, covered.last))
            inside = of_year & whole & (numbers % 3 == part - 1) & (last <= np.datetime64(ends))
            reached = covered.first <= asked.first <= ends
            counts.append(int(inside.sum()) if reached else None)
            until.append(ends if reached and ends < asked.last else None)
        undated = int((of_year & ~whole).sum())
        tertials, ends_on = (counts[0], counts[1], counts[2]), (until[0], until[1], until[2])
        found.append(YearCrime(at, tertials, ends_on, undated))
    return tuple(found)


def _covered(ground: Ground) -> Period | None:
    """Return the days from the first incident to the newest record; None where the day of none is known."""
    told = ground.records.day[ground.records.of_stream(Stream.INCIDENT)]
    told = told[~np.isnat(told)]
    return Period(told.min().item(), ground.school_days[0][-1].item()) if len(told) else None


def _times(ground: Ground, rows: NDArray[np.int64]) -> tuple[int, NDArray[np.float64] | None]:
    """Spread each record of known time over the half hours where it may lie, summed by part of the day."""
    held = ground.week[rows]
    timed = int((np.asarray(held.sum(axis=1)).ravel() > 0).sum())
    if timed < FEWEST_TIMED:
        return timed, None
    week = np.asarray(held.sum(axis=0)).reshape(WEEKDAYS, -1)
    parts = np.column_stack(
        [week[:, first * HALF_HOURS : last * HALF_HOURS].sum(axis=1) for first, last in PARTS]
    )
    return timed, parts / parts.sum()
