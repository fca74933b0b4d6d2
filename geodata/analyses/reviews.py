"""Where a review is called for, which were made, and how far their measures have come.

Reviews that files brought (the stream REVIEW) and those made in the product are both seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.analyses.ranking import rank_places
from geodata.analyses.review_lines import Brought, MeasureLine, ReviewLine, own_lines, own_measures
from geodata.privacy import RULES
from geodata.reviews.review import MeasureStatus
from geodata.schema import Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.analyses.ranking import RankedPlace
    from geodata.privacy import Audience
    from geodata.reviews.review import Review

LOOKED_AT = frozenset({"traffic", "environment"})
"""What a traffic-environment review is about: evidence of other things calls for none."""

STALE_DAYS = 3 * 365
"""A review older than this is a reason to look again, where the evidence is strong."""

OPEN_STATUSES = frozenset({MeasureStatus.PROPOSED, MeasureStatus.DECIDED, MeasureStatus.FUNDED})
TOLD_TO_ALL = frozenset({MeasureStatus.DECIDED, MeasureStatus.FUNDED, MeasureStatus.BUILT})
"""Statuses of measures that the municipality has taken a decision on: no audience is kept from them."""


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """A place in the worklist, with the evidence that calls for a review.

    Attributes
    ----------
    strong
        Whether survey answers or incidents are clearly above what is expected there. What reviews found
        does not count: it is no reason for a review that it was made.
    reviews, last_day
        Reviews made here, and the day of the newest with a known day.
    stale
        Whether that is older than ``STALE_DAYS``.
    measures_open
        Measures that are neither built nor rejected.
    """

    place: RankedPlace
    strong: bool
    reviews: int
    last_day: date | None
    stale: bool
    measures_open: int


@dataclass(frozen=True, slots=True)
class ReviewsAnswer:
    """The worklist.

    Attributes
    ----------
    to_review
        Places with strong evidence and no review, or none but an old one: those never reviewed first, each
        part in the order of the ranking.
    reviewed
        Places with a review, strong evidence first.
    calm
        How many places have neither strong evidence nor a review.
    reviews
        Newest first; those without a known day last.
    without_evidence
        Ids of places that were reviewed although their evidence is not strong.
    measures
        By how far they have come, newest first.
    warnings
        Codes of ``geodata.codes``.
    """

    to_review: tuple[WorkPlace, ...]
    reviewed: tuple[WorkPlace, ...]
    calm: int
    reviews: tuple[ReviewLine, ...]
    without_evidence: frozenset[int]
    measures: tuple[MeasureLine, ...]
    warnings: tuple[str, ...]


def review_worklist(ground: Ground, reviews: Sequence[Review], selection: Selection) -> ReviewsAnswer:
    """Say where a review is called for, and what became of those that were made.

    Parameters
    ----------
    reviews
        What the register keeps.
    selection
        What counts as evidence, for whom. An audience without exact points sees measures alone, and only
        those of the register that something is decided of.
    """
    if not RULES[selection.audience].exact_points:
        told = [line for line in own_measures(ground, reviews, None) if line.status in TOLD_TO_ALL]
        return ReviewsAnswer((), (), 0, (), frozenset(), _in_order(told), ("reviews_withheld",))
    ranking = rank_places(ground, selection)
    brought = Brought.of(ground)
    lines = (*own_lines(ground, reviews), *brought.lines())
    measures = (*own_measures(ground, reviews, selection), *brought.measures())
    places = [_work_place(ground, place, lines, measures) for place in ranking.places]
    called_for = [one for one in places if one.strong and (not one.reviews or one.stale)]
    seen = [one for one in places if one.reviews]
    return ReviewsAnswer(
        to_review=tuple(sorted(called_for, key=lambda one: one.reviews > 0)),
        reviewed=tuple(sorted(seen, key=lambda one: not one.strong)),
        calm=sum(not one.strong and not one.reviews for one in places),
        reviews=tuple(sorted(lines, key=_newest_first)),
        without_evidence=frozenset(one.place.place_id for one in seen if not one.strong),
        measures=_in_order(measures),
        warnings=ranking.warnings,
    )


def default_selection(audience: Audience) -> Selection:
    """Return what counts as evidence when nothing is chosen: traffic and surroundings, at any time."""
    if not RULES[audience].free_filters:
        return Selection(audience)
    return Selection(audience, categories=LOOKED_AT)


def _work_place(
    ground: Ground,
    place: RankedPlace,
    lines: Sequence[ReviewLine],
    measures: Sequence[MeasureLine],
) -> WorkPlace:
    mine = [line for line in lines if any(place_id == place.place_id for place_id, _ in line.places)]
    last = max((line.day for line in mine if line.day is not None), default=None)
    days = ground.school_days[0]
    newest = days[-1].item() if len(days) else None
    return WorkPlace(
        place=place,
        strong=is_strong(place),
        reviews=len(mine),
        last_day=last,
        stale=last is not None and newest is not None and (newest - last).days > STALE_DAYS,
        measures_open=sum(
            one.status in OPEN_STATUSES and any(place_id == place.place_id for place_id, _ in one.places)
            for one in measures
        ),
    )


def is_strong(place: RankedPlace) -> bool:
    """Say whether answers or incidents are clearly above what is expected: the whole range above once."""
    return any(
        one.tellable and one.low is not None and one.low > 1
        for one in place.streams
        if one.stream is not Stream.REVIEW
    )


def _in_order(measures: Sequence[MeasureLine]) -> tuple[MeasureLine, ...]:
    order = list(MeasureStatus)
    return tuple(
        sorted(
            measures,
            key=lambda one: (
                order.index(one.status),
                one.since is None,
                -(one.since.toordinal() if one.since else 0),
            ),
        )
    )


def _newest_first(line: ReviewLine) -> tuple[bool, int]:
    return line.day is None, -(line.day.toordinal() if line.day else 0)
