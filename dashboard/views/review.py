"""What the page of one review says: facts, checklist, findings with their numbers on the map, measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.views.frame import Way
from dashboard.views.outcomes import outcome_lines
from dashboard.views.reviews import PATH
from dashboard.views.signed import signed
from geodata.reviews.checklist import CATEGORY_OF
from geodata.reviews.review import MeasureStatus, ReviewResult
from geodata.store.review_checks import OTHER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.outcomes import Outcome
    from geodata.reviews.review import Measure, Review

ITEMS = (*CATEGORY_OF, OTHER)
"""What a finding may be about, in the order of the form."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding; its number stands on the map where it has a point."""

    number: str
    item: str
    text: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo: where it is fetched, what is said of it, and its size."""

    photo_id: int
    source: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with its history and what can be said of it next."""

    measure_id: int
    text: str
    status: str
    facts: tuple[str, ...]
    history: tuple[str, ...]
    outcome: tuple[str, ...]
    next_statuses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReviewPageView:
    """The page in words; `conclusions` are what the review may be said to come to instead."""

    review_id: int
    revision: int
    heading: str
    places: tuple[Way, ...]
    result: str
    facts: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, str, str], ...]
    findings: tuple[FindingView, ...]
    photos: tuple[PhotoView, ...]
    measures: tuple[MeasureView, ...]
    note: str
    conclusions: tuple[tuple[str, str], ...]
    back: Way
    writes: bool
    to_correct: Way | None
    may_withdraw: bool
    history: tuple[tuple[str, tuple[str, ...]], ...]
    photos_to: str


def review_page_view(
    texts: Catalogue,
    address: Address,
    review: Review,
    *,
    places: Sequence[tuple[int, str]],
    outcomes: Sequence[Outcome | None],
    search: str,
    history: tuple[tuple[str, tuple[str, ...]], ...] = (),
    by: str = "",
) -> ReviewPageView:
    """Say what a review found and what came of it.

    Parameters
    ----------
    places
        Id and name of the places that it is about.
    outcomes
        Of each of its measures.
    history
        What was changed since it was kept.
    by
        Who looks: who made a review may withdraw it.
    """
    named = texts.form.listing([name for _, name in places]) if places else texts("reviews.no_place")
    photos = photo_views(texts, review, search)
    return ReviewPageView(
        review_id=review.review_id,
        revision=review.revision,
        heading=texts("review.heading", place=named),
        places=tuple(Way(name, f"/platser/{place_id}{search}") for place_id, name in places),
        result=texts(f"review.result_long.{review.result}"),
        facts=tuple(_facts(texts, review)),
        checks=tuple(
            (texts(f"review.item.{item}"), texts(f"review.verdict.{verdict}"), str(verdict))
            for item, verdict in review.checks
        ),
        findings=tuple(
            FindingView(
                str(number),
                texts(f"review.item.{one.item}"),
                one.text,
                None if one.x is None or one.y is None else (one.x, one.y),
            )
            for number, one in enumerate(review.findings, start=1)
        ),
        photos=photos,
        measures=tuple(
            _measure(texts, measure, outcome)
            for measure, outcome in zip(review.measures, outcomes, strict=True)
        ),
        note=review.note,
        conclusions=_conclusions(texts, review),
        back=Way(texts("review.back"), f"{PATH}{search}"),
        writes=may(address.audience, Action.REVIEW),
        to_correct=Way(texts("review.correct"), f"{PATH}/{review.review_id}/andra{search}")
        if may(address.audience, Action.EDIT_REVIEWS)
        else None,
        may_withdraw=may_withdraw(address, review, by=by),
        history=history,
        photos_to=f"{PATH}/{review.review_id}/foto{search}",
    )


def may_withdraw(address: Address, review: Review, *, by: str) -> bool:
    """Say whether somebody may withdraw a review: who made it, and those who correct them."""
    return may(address.audience, Action.EDIT_REVIEWS) or (
        may(address.audience, Action.REVIEW) and review.made_by == by
    )


def photo_views(texts: Catalogue, review: Review, search: str) -> tuple[PhotoView, ...]:
    """Say where the photos of a review are fetched."""
    return tuple(
        PhotoView(
            photo_id=one.photo_id,
            source=f"{PATH}/foto/{one.photo_id}.jpg{search}",
            alt=texts("review.photo_of", number=number, item=texts(f"review.item.{one.item}").lower())
            if one.item
            else texts("review.photo", number=number),
            width=one.width,
            height=one.height,
        )
        for number, one in enumerate(review.photos, start=1)
    )


def _facts(texts: Catalogue, review: Review) -> list[tuple[str, str]]:
    parties = [texts(f"party.{party}") for party in sorted(review.parties)]
    # One sentence's list: only its first word begins with a capital.
    who = [*parties[:1], *(one.lower() for one in parties[1:])]
    if review.with_whom:
        who.append(review.with_whom)
    keeper = review.road_keeper
    return [
        (texts("review.day"), texts.form.day(review.day)),
        (
            texts("review.conditions"),
            f"{texts(f'review.season.{review.season}')}, {texts(f'review.light.{review.light}').lower()}",
        ),
        (texts("review.parties"), texts.form.listing(who)),
        (
            texts("review.road_keeper"),
            texts("review.keeper.unknown") if keeper is None else texts(f"review.keeper.{keeper}"),
        ),
        (texts("review.made_by"), signed(texts, review.made_by)),
    ]


def _measure(texts: Catalogue, measure: Measure, outcome: Outcome | None) -> MeasureView:
    facts = [
        texts("place.review_responsible", name=measure.responsible) if measure.responsible else "",
        texts("reviews.cost", cost=measure.cost) if measure.cost is not None else "",
    ]
    return MeasureView(
        measure_id=measure.measure_id,
        text=measure.text,
        status=texts(f"status.{measure.status}"),
        facts=tuple(filter(None, facts)),
        history=tuple(
            texts(
                "review.status_line",
                status=texts(f"status.{one.status}"),
                day=one.day,
                by=signed(texts, one.decided_by),
            )
            for one in measure.history
        ),
        outcome=outcome_lines(texts, outcome),
        next_statuses=tuple(
            (str(status), texts(f"status.{status}")) for status in MeasureStatus if status != measure.status
        ),
    )


def _conclusions(texts: Catalogue, review: Review) -> tuple[tuple[str, str], ...]:
    """Return the other results that a review without measures may come to."""
    if review.measures:
        return ()
    other = (ReviewResult.NOTHING_CALLED_FOR, ReviewResult.OPEN)
    return tuple((str(one), texts(f"review.result.{one}")) for one in other if one != review.result)
