"""Which places stand out over the three streams, and how sure the order is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.cautions import cautions
from geodata.analyses.place_evidence import events_at_places, evidence_at_places
from geodata.analyses.windows import place_windows
from geodata.disclosure import named_together, rounded
from geodata.evidence.agreement import Agreement, agreement, sureness
from geodata.evidence.ranking import FIRST, rank
from geodata.privacy import RULES
from geodata.schema import PlaceKind, Stream

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import shapely
    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.analyses.place_evidence import StreamAtPlaces
    from geodata.analyses.windows import PlaceWindows
    from geodata.evidence.ranking import Ranks
    from geodata.evidence.windows import Window
    from geodata.selection import Selection


@dataclass(frozen=True, slots=True)
class StreamEvidence:
    """What one stream says of a place.

    Attributes
    ----------
    count, expected
        Records inside, and what people and traffic there would give; None when withheld.
    ratio, low, high
        Shrunken ratio to the expected and its 90 % range; None when withheld.
    tellable
        False where too little was counted and expected to say anything, or the count is withheld.
    """

    stream: Stream
    count: int | None
    expected: float | None
    ratio: float | None
    low: float | None
    high: float | None
    tellable: bool


@dataclass(frozen=True, slots=True)
class RankedPlace:
    """One place in a ranking.

    Attributes
    ----------
    rank
        1 is first; None where too little is known.
    rank_low, rank_high
        90 % range of the rank; 0 without a rank.
    among_first
        Probability that it truly is among the first ``evidence.ranking.FIRST``; None without a rank, and
        where no more than these are ranked.
    score
        Weighted mean of the ratios; None where one of them is withheld.
    streams
        Survey, review, incident.
    agreement_sureness
        Probability that it is as `agreement` says; None where there are too few to tell.
    top_category, top_share
        The most common category and its share of the records; None and 0 where there is none or it is
        withheld.
    window
        The fullest window, where one stands out. Without exact counts category and window are told over
        all time only, of the streams that stand open.
    polygon, lon, lat
        The ground and a point inside it, longitude and latitude.
    """

    place_id: int
    kind: PlaceKind
    name: str
    rank: int | None
    rank_low: int
    rank_high: int
    among_first: float | None
    score: float | None
    streams: tuple[StreamEvidence, ...]
    agreement: Agreement
    agreement_sureness: float | None
    top_category: str | None
    top_share: float
    window: Window | None
    polygon: shapely.Geometry
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class PlaceRanking:
    """Places, best known need first; those with too little to tell stand last, without a rank.

    Attributes
    ----------
    weights
        What each stream weighed, by stream.
    used, left_out
        Records in at least one of the places, and records left out by how well their place is known; None
        and nothing without exact counts.
    counting_rule, warnings
        Codes of ``geodata.codes``.
    """

    places: tuple[RankedPlace, ...]
    weights: dict[str, float]
    used: int | None
    left_out: dict[str, int]
    counting_rule: str
    warnings: tuple[str, ...]


def rank_places(
    ground: Ground,
    selection: Selection,
    *,
    kinds: Collection[PlaceKind] | None = None,
    weights: Mapping[str, float] | None = None,
) -> PlaceRanking:
    """Rank places by how far they lie above what is expected there.

    The selection's streams decide what weighs; the other streams are shown beside, under the same
    categories, period and hours.

    Parameters
    ----------
    kinds
        Kinds to rank among themselves; None ranks all together.
    weights
        By stream; None takes the project's.
    """
    rows = [at for at, place in enumerate(ground.places) if kinds is None or place.kind in kinds]
    weigh = _weights(ground, selection, weights)
    streams = evidence_at_places(ground, selection)
    ranks = rank([streams[stream].of(rows) for stream in Stream], [weigh[stream] for stream in Stream])
    events = events_at_places(ground, selection)
    windows = place_windows(ground, selection, events)
    asked = ground.records.problems(selection)
    in_any = np.unique(events.observation[np.isin(events.place, rows)])
    order = sorted(range(len(rows)), key=lambda at: (ranks.rank[at] == 0, ranks.rank[at], -ranks.score[at]))
    return PlaceRanking(
        places=tuple(_ranked(ground, selection, rows[at], at, streams, ranks, windows) for at in order),
        weights={str(stream): weight for stream, weight in weigh.items()},
        used=len(in_any) if RULES[selection.audience].exact_counts else None,
        left_out=ground.left_out(asked, asked & ground.records.in_places, selection.audience),
        counting_rule="inside_place",
        warnings=_warnings(ground, selection, ranks, weigh),
    )


def _weights(
    ground: Ground, selection: Selection, weights: Mapping[str, float] | None
) -> dict[Stream, float]:
    """Return what each stream weighs: nothing when the selection leaves it out."""
    settings = ground.project.ranking.model_dump() if weights is None else weights
    return {
        stream: float(settings.get(str(stream), 0.0)) if stream in selection.streams else 0.0
        for stream in Stream
    }


def _warnings(
    ground: Ground, selection: Selection, ranks: Ranks, weigh: Mapping[Stream, float]
) -> tuple[str, ...]:
    ranked, weighed = ranks.rank > 0, any(weigh.values())
    said = {
        "no_places": not len(ranks.rank),
        "nothing_weighs": bool(len(ranks.rank)) and not weighed,
        "too_few_to_rank": bool(len(ranks.rank)) and weighed and not ranked.any(),
        # When even the first may be anywhere, the order says nothing.
        "order_uncertain": ranked.sum() > 1 and bool((ranks.high[ranks.rank == 1] >= ranked.sum()).any()),
    }
    return (*tuple(code for code, holds in said.items() if holds), *cautions(ground, selection))


def _ranked(
    ground: Ground,
    selection: Selection,
    row: int,
    at: int,
    streams: Mapping[Stream, StreamAtPlaces],
    ranks: Ranks,
    windows: PlaceWindows,
) -> RankedPlace:
    """Put together what is known of one place, for the selection's audience."""
    place = ground.places[row]
    evidence = tuple(_evidence(stream, streams[stream], row) for stream in Stream)
    known = ranks.rank[at] > 0
    shown = all(one.count is not None for one in evidence)
    category, share = _top_category(ground, selection, windows.events.of(row), streams, row)
    middle = ground.place_points[row]
    felt, recorded = streams[Stream.SURVEY], streams[Stream.INCIDENT]
    found = agreement(felt=felt.above(row), recorded=recorded.above(row))
    return RankedPlace(
        place_id=place.place_id,
        kind=place.kind,
        name=place.name,
        rank=int(ranks.rank[at]) if known else None,
        rank_low=int(ranks.low[at]),
        rank_high=int(ranks.high[at]),
        among_first=float(ranks.among_first[at]) if known and ranks.rank.max() > FIRST else None,
        score=float(ranks.score[at]) if shown else None,
        streams=evidence,
        agreement=found,
        agreement_sureness=sureness(found, felt=felt.shrunken, recorded=recorded.shrunken, row=row),
        top_category=category,
        top_share=share,
        window=next(iter(windows.at(row, most=1)), None),
        polygon=ground.place_polygons[row],
        lon=middle.x,
        lat=middle.y,
    )


def _evidence(stream: Stream, found: StreamAtPlaces, row: int) -> StreamEvidence:
    """Show one stream at one place, or withhold it whole: a ratio would give the count away."""
    if not found.stands_open[row]:
        return StreamEvidence(stream, None, None, None, None, None, tellable=False)
    shrunken = found.shrunken
    return StreamEvidence(
        stream=stream,
        count=int(found.counts[row]),
        expected=float(found.expected[row]),
        ratio=float(shrunken.ratio[row]),
        low=float(shrunken.low[row]),
        high=float(shrunken.high[row]),
        tellable=bool(shrunken.tellable[row]),
    )


def categories_shown(
    ground: Ground, selection: Selection, observations: NDArray[np.int64]
) -> list[tuple[str, int]]:
    """Count some observations by category, most first.

    Without exact counts rounded, and the rare ones are not even named: which of all categories make up the
    rest can't be told, and the rest is never a few.
    """
    counts = ground.records.categories_of(observations)
    if RULES[selection.audience].exact_counts:
        return counts
    least = ground.project.privacy.minimum_count
    named = named_together([count for _, count in counts], of=len(observations), minimum=least)
    return [(name, int(rounded(count))) for name, count in counts[:named]]


def _top_category(
    ground: Ground,
    selection: Selection,
    observations: NDArray[np.int64],
    streams: Mapping[Stream, StreamAtPlaces],
    row: int,
) -> tuple[str | None, float]:
    """Return the most common category of some observations at a place and its share."""
    counts = categories_shown(ground, selection, observations)
    if not counts:
        return None, 0.0
    name, count = counts[0]
    exact = RULES[selection.audience].exact_counts
    of = len(observations) if exact else sum(int(one.counts[row]) for one in streams.values())
    return name, min(count / of, 1.0)
