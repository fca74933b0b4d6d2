"""What the worklist of reviews says: where one is called for and why, and how far measures have come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.access.audiences import is_staff
from dashboard.gis.layer import GEOPACKAGE_PATH
from dashboard.views.address import format_search
from dashboard.views.evidence import ranked_item
from dashboard.views.outcomes import outcome_lines
from geodata.reviews.review import MeasureStatus
from geodata.schema import Stream

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.review_lines import MeasureLine, ReviewLine
    from geodata.analyses.reviews import ReviewsAnswer, WorkPlace

PATH = "/oversyner"
NEW_PATH = "/oversyner/ny"
SHEET_PATH = "/oversyner/checklista.pdf"

REVIEWS_OPEN = 8
"""Reviews that stand open; the others are folded."""

MOST = 300
"""Lines of a list; what there is more is counted."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A place that a review is called for at."""

    name: str
    href: str
    kind: str
    why: tuple[str, ...]
    seen: str
    new: str | None
    sheet: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in words."""

    places: str
    what: str
    facts: str
    outcome: tuple[str, ...]
    href: str | None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review in words."""

    when: str
    places: str
    result: str
    lacks: str
    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class ReviewsView:
    """The worklist in words.

    Attributes
    ----------
    measures
        Status, how many, the rows, and how many more there are.
    """

    sentence: str
    basis: tuple[str, ...]
    notices: tuple[str, ...]
    new: str | None
    layers: str
    to_review: tuple[WorkRow, ...]
    to_review_empty: str
    measures: tuple[tuple[str, str, tuple[MeasureRow, ...], str], ...]
    measures_empty: str
    without_evidence: tuple[tuple[str, str], ...]
    reviews: tuple[ReviewRow, ...]
    reviews_more: str
    is_staff: bool


def reviews_view(texts: Catalogue, address: Address, answer: ReviewsAnswer, *, language: str) -> ReviewsView:
    """Say the worklist.

    Parameters
    ----------
    language
        The language that an address need not say.
    """
    staff = is_staff(address.audience)
    search = format_search(replace(address, place_id=None, area_id=None, kind=None), language=language)
    writes = may(address.audience, Action.REVIEW)
    return ReviewsView(
        sentence=_sentence(texts, answer, staff=staff),
        basis=_basis(texts, answer) if staff else (texts("reviews.basis_open"),),
        notices=tuple(texts(f"warning.{code}") for code in answer.warnings if code in _SAID),
        new=f"{NEW_PATH}{search}" if writes else None,
        layers=f"{GEOPACKAGE_PATH}{search}",
        to_review=tuple(
            _work_row(texts, one, address, search=search, language=language, writes=writes)
            for one in answer.to_review
        ),
        to_review_empty=texts("reviews.none_called_for"),
        measures=_measures(texts, answer, search, staff=staff),
        measures_empty=texts("reviews.no_measures" if staff else "reviews.no_measures_open"),
        without_evidence=tuple(
            (one.place.name, f"/platser/{one.place.place_id}{search}")
            for one in answer.reviewed
            if one.place.place_id in answer.without_evidence
        ),
        reviews=tuple(_review_row(texts, line, search) for line in answer.reviews[:MOST]),
        reviews_more=_more(texts, len(answer.reviews) - MOST),
        is_staff=staff,
    )


_SAID = frozenset({"reviews_withheld", "too_few_to_rank", "order_uncertain", "no_places"})


def _sentence(texts: Catalogue, answer: ReviewsAnswer, *, staff: bool) -> str:
    if not staff and not answer.measures:
        return texts("reviews.sentence_open_none")
    if not staff:
        return texts("reviews.sentence_open", n=len(answer.measures))
    if not answer.to_review:
        return texts("reviews.sentence_none")
    return texts("reviews.sentence", n=len(answer.to_review))


def _basis(texts: Catalogue, answer: ReviewsAnswer) -> tuple[str, ...]:
    return (
        texts("reviews.basis"),
        texts("reviews.basis_reviews", n=len(answer.reviews)),
        texts("reviews.basis_calm", n=answer.calm),
    )


def _work_row(
    texts: Catalogue, one: WorkPlace, address: Address, *, search: str, language: str, writes: bool
) -> WorkRow:
    item = ranked_item(texts, one.place, address, language=language)
    strong = {
        str(evidence.stream)
        for evidence in one.place.streams
        if evidence.stream is not Stream.REVIEW and evidence.low is not None and evidence.low > 1
    }
    why = [f"{bar.label}: {bar.count}, {bar.short}" for bar in item.bars if bar.stream in strong]
    if item.why:
        why.append(f"{item.why[:1].upper()}{item.why[1:]}")
    if one.last_day is None:
        seen = texts("reviews.never" if not one.reviews else "reviews.undated", n=one.reviews)
    else:
        seen = texts("reviews.last", day=one.last_day)
    query = f"{search}{'&' if search else '?'}plats={one.place.place_id}"
    return WorkRow(
        name=item.name,
        href=item.href,
        kind=item.kind,
        why=tuple(why),
        seen=seen,
        new=f"{NEW_PATH}{query}" if writes else None,
        sheet=f"{SHEET_PATH}{query}",
    )


def _measures(
    texts: Catalogue, answer: ReviewsAnswer, search: str, *, staff: bool
) -> tuple[tuple[str, str, tuple[MeasureRow, ...], str], ...]:
    found = []
    for status in MeasureStatus:
        lines = [line for line in answer.measures if line.status is status]
        if lines:
            rows = tuple(_measure_row(texts, line, search, staff=staff) for line in lines[:MOST])
            counted = texts("reviews.measures_of", n=len(lines))
            found.append((texts(f"status.{status}"), counted, rows, _more(texts, len(lines) - MOST)))
    return tuple(found)


def _measure_row(texts: Catalogue, line: MeasureLine, search: str, *, staff: bool) -> MeasureRow:
    facts = [
        texts("reviews.since", day=line.since) if line.since is not None else "",
        texts("place.review_responsible", name=line.responsible) if line.responsible else "",
        texts("reviews.cost", cost=line.cost) if line.cost is not None else "",
    ]
    return MeasureRow(
        places=_places(texts, line.places),
        what=line.text,
        facts=" · ".join(filter(None, facts)),
        outcome=outcome_lines(texts, line.outcome),
        href=f"{PATH}/{line.review_id}{search}" if line.review_id is not None and staff else None,
    )


def _review_row(texts: Catalogue, line: ReviewLine, search: str) -> ReviewRow:
    return ReviewRow(
        when=texts.form.day(line.day) if line.day is not None else texts("reviews.day_unknown"),
        places=_places(texts, line.places),
        result=texts(f"review.result.{line.result}") if line.result is not None else "",
        lacks=", ".join(texts(f"review.item.{item}") for item in line.lacks),
        text=line.text,
        href=f"{PATH}/{line.review_id}{search}" if line.review_id is not None else None,
    )


def _places(texts: Catalogue, places: tuple[tuple[int, str], ...]) -> str:
    return texts.form.listing([name for _, name in places]) if places else texts("reviews.no_place")


def _more(texts: Catalogue, rest: int) -> str:
    return texts("reviews.more", n=rest) if rest > 0 else ""
