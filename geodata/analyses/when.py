"""When a place needs somebody: windows, season, school days and risk evenings, each with its base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.place_evidence import events_at_places
from geodata.analyses.windows import PlaceWindows, place_windows, positions, weekday_of
from geodata.calendars import risk_evenings
from geodata.evidence.rates import RateRatio, rate_ratio
from geodata.evidence.season import MONTHS, Season, season
from geodata.evidence.windows import FEWEST_KNOWN
from geodata.privacy import RULES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.evidence.windows import Window
    from geodata.selection import Selection

WINDOWS = 3
EVENING, MORNING = 18, 5
"""An evening runs from this local hour to that one of the day after; the night belongs to its evening."""


@dataclass(frozen=True, slots=True)
class WhenAnswer:
    """When things happen at a place.

    Attributes
    ----------
    known, of
        Records whose time of day is known, and all that were asked for; None without exact counts.
    too_few
        Whether too few are known to recommend any window.
    windows
        Best first; empty where the place follows the rhythm of the ground.
    season
        None where no season stands out, there are too few to tell, or without exact counts.
    school_days
        School days against school-free days, Monday to Friday; None without exact counts.
    risk_evenings
        Risk evenings against ordinary ones of the same weekdays; None without exact counts.
    """

    known: int | None
    of: int | None
    too_few: bool
    windows: tuple[Window, ...]
    season: Season | None
    school_days: RateRatio | None
    risk_evenings: RateRatio | None


def when_at(ground: Ground, place_id: int, selection: Selection) -> WhenAnswer:
    """Tell when things happen at a place.

    Raises
    ------
    MissingError
        ``no_place``.
    """
    row = ground.place_position(place_id)
    windows = place_windows(ground, selection, events_at_places(ground, selection))
    inside = windows.events.of(row)
    known = int((np.asarray(ground.week[inside].sum(axis=1)) > 0).sum())
    too_few = known < FEWEST_KNOWN
    found = windows.at(row, most=WINDOWS)
    if not RULES[selection.audience].exact_counts:
        return WhenAnswer(None, None, too_few, found, None, None, None)
    return WhenAnswer(
        known=known,
        of=len(inside),
        too_few=too_few,
        windows=found,
        season=_season(windows, inside),
        school_days=_school_days(windows, inside),
        risk_evenings=_risk_evenings(windows, inside),
    )


def _season(windows: PlaceWindows, inside: NDArray[np.int64]) -> Season | None:
    days, _ = windows.covered()
    day = windows.ground.records.day[inside[_reported(windows, inside)]]
    return season(_by_month(days[positions(day, days)]), _by_month(days))


def _reported(windows: PlaceWindows, inside: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say which records have a day of their own: a survey's is the day that it was asked."""
    return np.asarray(windows.ground.week[inside].sum(axis=1)) > 0


def _by_month(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    month = days.astype("datetime64[M]").astype(np.int64) % MONTHS
    return np.bincount(month, minlength=MONTHS)


def _school_days(windows: PlaceWindows, inside: NDArray[np.int64]) -> RateRatio:
    days, is_school = windows.covered()
    working = weekday_of(days) < 5
    at = positions(windows.ground.records.day[inside[_reported(windows, inside)]], days)
    at = at[working[at]]
    return rate_ratio(
        int(is_school[at].sum()),
        int((working & is_school).sum()),
        int((~is_school[at]).sum()),
        int((working & ~is_school).sum()),
    )


def _risk_evenings(windows: PlaceWindows, inside: NDArray[np.int64]) -> RateRatio:
    """Compare the evenings of a municipality's calendar with others of the same weekdays."""
    days, _ = windows.covered()
    if not len(days):
        return rate_ratio(0, 0, 0, 0)
    years = range(days[0].item().year, days[-1].item().year + 1)
    evenings = {evening for year in years for evening in risk_evenings(year)}
    risky = np.array([day in evenings for day in days.tolist()], dtype=bool)
    of_weekday = np.array([(risky & (weekday_of(days) == day)).sum() for day in range(7)])
    alike = of_weekday[weekday_of(days)] > 0
    records = windows.ground.records
    hour = records.hour[inside]
    day = records.day[inside] - (hour < MORNING).astype("timedelta64[D]")
    at = positions(day[(hour >= EVENING) | ((hour >= 0) & (hour < MORNING))], days)
    at = at[alike[at]]
    return rate_ratio(
        int(risky[at].sum()), int(risky.sum()), int((~risky[at]).sum()), int((alike & ~risky).sum())
    )
