"""One place: what residents say, what the review found, what happened, when, and over time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.place_evidence import events_at_places
from geodata.analyses.place_ground import PlaceGround, describe_ground
from geodata.analyses.public_events import PublicEvents, public_events
from geodata.analyses.ranking import (
    RankedPlace,
    categories_shown,
    rank_places,
)
from geodata.analyses.reached import missed
from geodata.analyses.said import SaidAtPlace, said_at
from geodata.analyses.when import WhenAnswer, when_at
from geodata.evidence.shrinkage import poisson_interval
from geodata.periods import ALWAYS, tertial_number
from geodata.privacy import RULES
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
        Records of the selected streams, and the 90 % range of the level behind them. Without exact counts
        of those streams that stand open in every tertial; None where no stream does.
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
    said
        When answers say that it happens; None when withheld or nothing is said.
    when
        The windows to be here in, the season, school days and risk evenings.
    events
        Events at the place; None where none are imported at all.
    ground
        What the place is made of.
    trend
        Tertials, oldest first, over all time whatever period is selected.
    categories
        Category and its records, most first; without exact counts over all time only.
    quotes, reviews
        Newest first; empty for an audience that sees no quotes.
    counting_rule, warnings
        Codes of ``geodata.codes``.
    named_from
        How many records a category is named from without exact counts; None with them.
    """

    place: RankedPlace
    rhythm: tuple[tuple[int, ...], ...] | None
    rhythm_known: int
    said: SaidAtPlace | None
    when: WhenAnswer
    events: PublicEvents | None
    ground: PlaceGround
    trend: tuple[TrendPoint, ...]
    categories: tuple[tuple[str, int], ...]
    quotes: tuple[Quote, ...]
    reviews: tuple[ReviewNote, ...]
    counting_rule: str
    warnings: tuple[str, ...]
    named_from: int | None = None


def describe_place(
    ground: Ground, place_id: int, selection: Selection, *, weights: Mapping[str, float] | None = None
) -> PlaceAnswer:
    """Tell what is known of a place.

    Parameters
    ----------
    weights
        What each stream weighs in its rank; None takes the project's.

    Raises
    ------
    MissingError
        ``no_place`` when the register has no such place in use.
    """
    row = ground.place_position(place_id)
    ranking = rank_places(ground, selection, weights=weights)
    place = next(one for one in ranking.places if one.place_id == place_id)
    events = events_at_places(ground, selection)
    rhythm = events.rhythm(ground, row)
    staff = RULES[selection.audience].exact_points
    inside = _inside(ground, row)
    return PlaceAnswer(
        place=place,
        rhythm=tuple(tuple(int(count) for count in hours) for hours in rhythm) if staff else None,
        rhythm_known=int(rhythm.sum()) if staff else 0,
        said=said_at(ground, selection, events.of(row)),
        when=when_at(ground, place_id, selection),
        events=public_events(ground, ground.places[row], selection, events.of(row)),
        ground=describe_ground(ground, ground.places[row], selection.audience),
        trend=_trend(ground, selection, inside, row),
        categories=tuple(categories_shown(ground, selection, events.of(row))),
        quotes=_quotes(ground, selection, inside),
        reviews=_reviews(ground, selection, inside),
        counting_rule=ranking.counting_rule,
        warnings=ranking.warnings,
        named_from=None if RULES[selection.audience].exact_counts else ground.project.privacy.minimum_count,
    )


def _inside(ground: Ground, row: int) -> NDArray[np.int64]:
    """Return every record inside a place, newest first, those without a day last."""
    place, observation = ground.place_members
    first, last = np.searchsorted(place, [row, row + 1])
    inside = observation[first:last]
    day = ground.records.day[inside]
    return inside[np.lexsort((inside, np.where(np.isnat(day), 0, -day.astype(np.int64)), np.isnat(day)))]


def _trend(
    ground: Ground, selection: Selection, inside: NDArray[np.int64], row: int
) -> tuple[TrendPoint, ...]:
    """Count by tertial, under the selection's other filters; what lies in none for sure is in none."""
    begins, ends = ground.records.first_day, ground.records.last_day
    known = tertial_number(begins) == tertial_number(ends)
    known &= ~np.isnat(begins)
    if not known.any():
        return ()
    first, last = begins[known].min().item(), ends[known].max().item()
    tertials = [one for one in fixed_periods(first, last) if one.days < FULL_YEAR_DAYS][-TERTIALS:]
    if RULES[selection.audience].exact_counts:
        asked = ground.records.problems(replace(selection, period=None, streams=ALL_STREAMS))
        counted = _tertial_counts(ground, inside[asked[inside] & known[inside]], tertials)
    else:
        at = slice(row * len(Stream), (row + 1) * len(Stream))
        counted = [
            dict(zip(Stream, ground.place_disclosure.shown(period)[at], strict=True)) for period in tertials
        ]
    told = ground.records.problems(replace(selection, period=None))
    summed = [stream for stream in selection.streams if all(counts[stream] is not None for counts in counted)]
    points = []
    for period, counts in zip(tertials, counted, strict=True):
        total = sum(counts[stream] or 0 for stream in summed)
        low, high = (float(end) for end in poisson_interval(np.array(float(total))))
        points.append(
            TrendPoint(
                label=f"{period.first.year} T{(period.first.month + 3) // 4}",
                period=period,
                counts=tuple(counts.items()),
                total=total if summed else None,
                low=low if summed else None,
                high=high if summed else None,
                whole=period.first >= first
                and period.last <= last
                and not missed(ground, period, among=told),
            )
        )
    return tuple(points)


def _tertial_counts(
    ground: Ground, chosen: NDArray[np.int64], tertials: list[Period]
) -> list[dict[Stream, int | None]]:
    """Count some records that are known to a tertial, by tertial and stream."""
    number = tertial_number(ground.records.first_day[chosen])
    of_stream = {stream: ground.records.of_stream(stream)[chosen] for stream in Stream}
    return [
        {
            stream: int((of & (number == tertial_number(np.datetime64(period.first, "D")))).sum())
            for stream, of in of_stream.items()
        }
        for period in tertials
    ]


def _quotes(ground: Ground, selection: Selection, inside: NDArray[np.int64]) -> tuple[Quote, ...]:
    """Return what residents wrote, newest first."""
    if not RULES[selection.audience].quotes:
        return ()
    rows = _told(ground, selection, inside)
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
    rows = _told(ground, selection, inside)
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


def _told(ground: Ground, selection: Selection, inside: NDArray[np.int64]) -> pd.DataFrame:
    """Return the records inside a place that the selection asks for at any hour: words have none."""
    asked = selected(ground.observations, replace(selection, window=ALWAYS))
    return ground.observations.iloc[inside[asked[inside]]]


def _day(row: Mapping[Hashable, Any]) -> date | None:
    """Return a record's local day, None where it is not known."""
    first: pd.Timestamp = row["local_first"]
    return first.date() if first == row["local_last"] else None


def _said(value: object) -> str | None:
    """Return a text, None where there is none."""
    return value if isinstance(value, str) and value else None
