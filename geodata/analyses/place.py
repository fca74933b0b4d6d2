"""One place: what residents say, what the review found, what happened, when, and over time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.place_evidence import events_at_places
from geodata.analyses.ranking import RankedPlace, RhythmWindow, rank_places, windows_shown
from geodata.evidence.shrinkage import poisson_interval
from geodata.periods import tertial_number
from geodata.places.school_zones import school_ids
from geodata.privacy import RULES, suppress, withhold
from geodata.schema import Stream
from geodata.selection import ALL_STREAMS, fixed_periods, selected

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date
    from typing import Any

    import pandas as pd
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.periods import Period
    from geodata.selection import Selection

WINDOWS = 3
QUOTES = 12
REVIEWS = 30
TERTIALS = 12
"""Four years of tertials."""

FULL_YEAR_DAYS = 365


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One tertial at the place.

    Attributes
    ----------
    label
        ``2025 T1``.
    counts
        Records by stream, None when withheld.
    total, low, high
        Records of the selected streams, and the 90 % range of the level behind them; None when withheld.
    whole
        False for a tertial that the data covers only in part.
    """

    label: str
    period: Period
    counts: tuple[tuple[Stream, int | None], ...]
    total: int | None
    low: float | None
    high: float | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """What one resident wrote, identities masked."""

    day: date | None
    category: str
    text: str


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """One finding of a traffic-environment review; None where the source does not say."""

    day: date | None
    category: str
    text: str | None
    status: str | None
    responsible: str | None
    measure: str | None
    v85: float | None


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What is known of one place.

    Attributes
    ----------
    place
        As it stands in the ranking of all places.
    rhythm
        Records by weekday (Monday first) and local hour, 7 × 24; None when withheld.
    rhythm_known
        Records whose weekday and hour are known.
    bells
        Start and end of the school day, ``("08:10", "14:30")``; None where it is no school.
    windows
        The fullest windows, best first.
    trend
        Tertials, oldest first, over all time whatever period is selected.
    categories
        Category and its records, most first; None when withheld.
    quotes, reviews
        Newest first; empty for an audience that sees no quotes.
    counting_rule, warnings
        Codes of ``geodata.codes``.
    """

    place: RankedPlace
    rhythm: tuple[tuple[int, ...], ...] | None
    rhythm_known: int
    bells: tuple[str, str] | None
    windows: tuple[RhythmWindow, ...]
    trend: tuple[TrendPoint, ...]
    categories: tuple[tuple[str, int | None], ...]
    quotes: tuple[Quote, ...]
    reviews: tuple[ReviewNote, ...]
    counting_rule: str
    warnings: tuple[str, ...]


def describe_place(ground: Ground, place_id: int, selection: Selection) -> PlaceAnswer:
    """Tell what is known of a place.

    Raises
    ------
    MissingError
        ``no_place`` when the register has no such place in use.
    """
    row = ground.place_position(place_id)
    ranking = rank_places(ground, selection)
    place = next(one for one in ranking.places if one.place_id == place_id)
    events = events_at_places(ground, selection)
    rhythm = events.rhythm(ground, row)
    staff = RULES[selection.audience].exact_points
    inside = _inside(ground, row)
    return PlaceAnswer(
        place=place,
        rhythm=tuple(tuple(int(count) for count in hours) for hours in rhythm) if staff else None,
        rhythm_known=int(rhythm.sum()) if staff else 0,
        bells=_bells(ground, row),
        windows=windows_shown(ground, selection, rhythm, most=WINDOWS),
        trend=_trend(ground, selection, inside),
        categories=_categories(ground, selection, events.of(row)),
        quotes=_quotes(ground, selection, inside),
        reviews=_reviews(ground, selection, inside),
        counting_rule=ranking.counting_rule,
        warnings=ranking.warnings,
    )


def _inside(ground: Ground, row: int) -> NDArray[np.int64]:
    """Return every record inside a place, newest first, those without a day last."""
    place, observation = ground.place_members
    first, last = np.searchsorted(place, [row, row + 1])
    inside = observation[first:last]
    day = ground.records.day[inside]
    return inside[np.lexsort((inside, np.where(np.isnat(day), 0, -day.astype(np.int64)), np.isnat(day)))]


def _bells(ground: Ground, row: int) -> tuple[str, str] | None:
    """Return when school begins and ends at a school zone: the earliest and latest of its units."""
    ids = school_ids(ground.places[row].source_key)
    if not ids:
        return None
    schools = ground.snapshot.table("schools")
    units = schools[schools["school_id"].isin(ids)]
    settings = ground.project.schools
    starts = units["bell_start"].dropna()
    ends = units["bell_end"].dropna()
    return min(starts, default=settings.bell_start), max(ends, default=settings.bell_end)


def _trend(ground: Ground, selection: Selection, inside: NDArray[np.int64]) -> tuple[TrendPoint, ...]:
    """Count by tertial, under the selection's other filters; what lies in none for sure is in none."""
    begins, ends = ground.records.first_day, ground.records.last_day
    known = tertial_number(begins) == tertial_number(ends)
    known &= ~np.isnat(begins)
    if not known.any():
        return ()
    first, last = begins[known].min().item(), ends[known].max().item()
    tertials = [one for one in fixed_periods(first, last) if one.days < FULL_YEAR_DAYS][-TERTIALS:]
    asked = ground.records.problems(replace(selection, period=None, streams=ALL_STREAMS))
    chosen = inside[asked[inside] & known[inside]]
    of_stream = {stream: ground.records.of_stream(stream)[chosen] for stream in Stream}
    points = []
    for period in tertials:
        within = tertial_number(begins[chosen]) == tertial_number(np.datetime64(period.first, "D"))
        counts = {stream: int((within & of_stream[stream]).sum()) for stream in Stream}
        total = sum(counts[stream] for stream in selection.streams)
        low, high = (float(end) for end in poisson_interval(np.array(float(total))))
        shown = withhold(counts, selection.audience, minimum=ground.project.privacy.minimum_count)
        hidden = any(count is None for count in shown.values())
        points.append(
            TrendPoint(
                label=f"{period.first.year} T{(period.first.month + 3) // 4}",
                period=period,
                counts=tuple(shown.items()),
                total=None if hidden else total,
                low=None if hidden else low,
                high=None if hidden else high,
                whole=period.first >= first and period.last <= last,
            )
        )
    return tuple(points)


def _categories(
    ground: Ground, selection: Selection, observations: NDArray[np.int64]
) -> tuple[tuple[str, int | None], ...]:
    """Count the selected records at a place by category, most first."""
    least = ground.project.privacy.minimum_count
    return tuple(
        (name, suppress(count, selection.audience, minimum=least))
        for name, count in ground.records.categories_of(observations)
    )


def _quotes(ground: Ground, selection: Selection, inside: NDArray[np.int64]) -> tuple[Quote, ...]:
    """Return what residents wrote, newest first."""
    if not RULES[selection.audience].quotes:
        return ()
    asked = selected(ground.observations, selection)
    rows = ground.observations.iloc[inside[asked[inside]]]
    said = rows[(rows["stream"] == str(Stream.SURVEY)) & rows["text"].notna() & (rows["text"] != "")]
    return tuple(
        Quote(
            day=_day(row),
            category=str(row["category"]),
            text=str(row["text"]),
        )
        for row in said.iloc[:QUOTES].to_dict("records")
    )


def _reviews(ground: Ground, selection: Selection, inside: NDArray[np.int64]) -> tuple[ReviewNote, ...]:
    """Return what reviews found and what became of it, newest first, also where nothing was called for."""
    if not RULES[selection.audience].quotes:
        return ()
    asked = selected(ground.observations, selection)
    rows = ground.observations.iloc[inside[asked[inside]]]
    rows = rows[rows["stream"] == str(Stream.REVIEW)].iloc[:REVIEWS]
    return tuple(
        ReviewNote(
            day=_day(row),
            category=str(row["category"]),
            text=_said(row["text"]),
            status=_said(row["status"]),
            responsible=_said(row["responsible"]),
            measure=_said(row["measure"]),
            v85=None if np.isnan(row["v85_kmh"]) else float(row["v85_kmh"]),
        )
        for row in rows.to_dict("records")
    )


def _day(row: Mapping[Hashable, Any]) -> date | None:
    """Return a record's local day, None where it is not known."""
    first: pd.Timestamp = row["local_first"]
    return first.date() if first == row["local_last"] else None


def _said(value: object) -> str | None:
    """Return a text, None where there is none."""
    return value if isinstance(value, str) and value else None
