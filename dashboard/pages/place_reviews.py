"""What the register adds to the panel of a place: reviews made here, and the ways to what can be done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.access.actions import Action, may
from dashboard.access.audiences import is_staff
from dashboard.views.address import format_search
from dashboard.views.frame import Way
from dashboard.views.place import ReviewView
from dashboard.views.place_edit import edit_path
from dashboard.views.reviews import NEW_PATH, PATH, SHEET_PATH
from geodata.analyses.ground import open_register
from geodata.analyses.outcomes import places_of
from geodata.reviews.checklist import Verdict, lacking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.pages.visit import Visit
    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.place import PlaceView
    from geodata.reviews.review import Review


def with_reviews(visit: Visit, view: PlaceView, place_id: int) -> PlaceView:
    """Add the reviews made here and what can be done; unchanged for those who see no records."""
    audience = visit.address.audience
    if not is_staff(audience):
        return view
    every = open_register(visit.desk.workspace).reviews.all()
    here = [one for one in every if any(place == place_id for place, _ in places_of(visit.ground, one))]
    plain = format_search(replace(visit.address, place_id=None, area_id=None), language=visit.language)
    search = format_search(replace(visit.address, place_id=place_id, area_id=None), language=visit.language)
    ways = [Way(visit.texts("reviews.sheet"), f"{SHEET_PATH}{search}")]
    if may(audience, Action.REVIEW):
        ways.insert(0, Way(visit.texts("reviews.do"), f"{NEW_PATH}{search}"))
    ways.append(Way(visit.texts("place_edit.open"), f"{edit_path(place_id)}{plain}"))
    newest = sorted(here, key=lambda one: one.day, reverse=True)
    made = tuple(_review(visit.texts, one, plain) for one in newest)
    about = (*view.about, *_lighting(visit.texts, here))
    return replace(view, about=about, reviews=(*made, *view.reviews), actions=(*view.actions, *ways))


def _lighting(texts: Catalogue, reviews: Sequence[Review]) -> tuple[str, ...]:
    """Say how the lighting was judged in those reviews that looked at it; empty where none did."""
    judged = [dict(one.checks).get("lighting") for one in reviews]
    seen = [one for one in judged if one in {Verdict.GOOD, Verdict.LACKING}]
    if not seen:
        return ()
    return (texts("review.lighting", lacking=seen.count(Verdict.LACKING), n=len(seen)),)


def _review(texts: Catalogue, review: Review, search: str) -> ReviewView:
    lacks = [texts(f"review.item.{item}") for item in lacking(review.checks)]
    return ReviewView(
        finding=", ".join(lacks) or texts(f"review.result.{review.result}"),
        when=texts.form.day(review.day),
        text=" ".join(one.text for one in review.findings[:2]),
        facts=tuple(f"{one.text}: {texts(f'status.{one.status}').lower()}" for one in review.measures),
        href=f"{PATH}/{review.review_id}{search}",
    )
