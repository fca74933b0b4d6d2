"""The page of one review: what was found, on a map, and what became of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, require_action
from dashboard.components.markup import fragment, fragment_of, join, tag
from dashboard.components.review import review_body
from dashboard.pages.reviews import asked
from dashboard.pages.visit import Page, receive
from dashboard.print.site_map import site_map
from dashboard.views.address import format_search
from dashboard.views.review import may_withdraw, review_page_view
from dashboard.views.review_form import read_day, read_measure
from dashboard.views.review_history import history_lines
from dashboard.views.reviews import PATH
from dashboard.views.signed import signed
from etl.pipeline import mask_text
from geodata.analyses.ground import open_register
from geodata.analyses.outcomes import outcome_of, places_of
from geodata.errors import AccessError, MissingError, ParameterError, ProblembildError
from geodata.reviews.review import MeasureStatus, ReviewResult
from geodata.store.photos import drop_photo

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dash.development.base_component import Component
    from markupsafe import Markup

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from geodata.reviews.review import Review
    from geodata.store.register import Register

Sent = dict[str, Any]

WITH_THE_REVIEW = timedelta(minutes=30)
"""So long a telephone may need to send the photos of a review that was just saved."""


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    MissingError
        ``no_review``.
    """
    return html.Div(
        className="review-page",
        children=[*fragment("review-body", body_of(visit, review_of(visit))), dcc.Store(id="review-act")],
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register what is done to a review."""

    @app.callback(
        Output(*fragment_of("review-body")),
        Input("review-act", "data"),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def take(sent: Sent | None, path: str | None, search: str | None) -> Any:
        return act(desk, sent, path, search) if sent else no_update


def act(desk: Desk, sent: Sent, path: str | None, search: str | None) -> Any:
    """Do what was asked with a review, and show how it stands then.

    Parameters
    ----------
    sent
        ``act``, a key of `ACTS`, and the fields of its form.
    """
    sent = sent if isinstance(sent, dict) else {}
    try:
        visit = receive(desk, path, search)
        require_action(visit.address.audience, Action.REVIEW)
        review_id = number_of(visit)
    except ProblembildError:
        return no_update  # the frame says what is wrong
    said = fault = ""
    try:
        done = ACTS.get(str(sent.get("act")))
        if done is None:
            raise ParameterError("choice_missing", "There is no such thing to do.", field="")
        done(visit, open_register(desk.workspace), review_id, sent)
        said = visit.texts(f"review.done.{sent['act']}")
    except ProblembildError as error:
        fault = visit.texts.error(error)
    try:
        return str(body_of(visit, review_of(visit), said=said, fault=fault))
    except MissingError:  # withdrawn just now
        return str(gone(visit, said))


def gone(visit: Visit, said: str) -> Markup:
    """Write what stands where a withdrawn review stood."""
    back = tag("a", f"← {visit.texts('review.back')}", href=f"{PATH}{_search(visit)}", class_="back")
    return join([back, tag("p", said, class_="said", role="status")])


def body_of(visit: Visit, review: Review, *, said: str = "", fault: str = "") -> Markup:
    """Write the review as it stands."""
    ground, selection = visit.ground, asked(visit)
    places = places_of(ground, review)
    view = review_page_view(
        visit.texts,
        visit.address,
        review,
        places=places,
        outcomes=[outcome_of(ground, review, one, selection) for one in review.measures],
        search=_search(visit),
        history=_history(visit, review),
        by=visit.by,
    )
    marks = [(one.number, *one.point) for one in view.findings if one.point is not None]
    own = None if review.x is None or review.y is None else (review.x, review.y)
    drawn = site_map(
        visit.texts, ground, place_ids=[place_id for place_id, _ in places], own=own, marks=marks
    )
    return review_body(visit.texts, view, drawn, said=said, fault=fault)


def _history(visit: Visit, review: Review) -> tuple[tuple[str, tuple[str, ...]], ...]:
    register = open_register(visit.desk.workspace)
    photos = register.review_photos.history(review.review_id)
    return history_lines(
        visit.texts,
        register.review_edits.history(review.review_id),
        # Those that came with the review itself are no change of it.
        [one for one in photos if one.what == "removed" or one.at > review.made_at + WITH_THE_REVIEW],
        places={place.place_id: place.name for place in register.places()},
        zone=visit.project.zone,
    )


def review_of(visit: Visit) -> Review:
    """Return the review that the path names.

    Raises
    ------
    MissingError
        ``no_review``.
    """
    return open_register(visit.desk.workspace).reviews.one(number_of(visit))


def number_of(visit: Visit) -> int:
    """Return which review the path names.

    Raises
    ------
    MissingError
        ``no_review`` for a path that names none.
    """
    named = visit.path.rstrip("/").rsplit("/", 1)[-1]
    if not re.fullmatch("[0-9]{1,9}", named):
        raise MissingError("no_review", f"There is no review {named[:20]}.", review_id=named[:20])
    return int(named)


def _set_status(visit: Visit, register: Register, review_id: int, sent: Sent) -> None:
    measure_id = _number(sent, "measure")
    _of_review(register, review_id, measure_id)
    if str(sent.get("status")) not in set(MeasureStatus):
        raise ParameterError("choice_missing", "Choose a status.", field="status")
    register.measures.set_status(measure_id, MeasureStatus(sent["status"]), day=_day(sent), by=visit.by)


def _add_measure(visit: Visit, register: Register, review_id: int, sent: Sent) -> None:
    draft = read_measure({key: str(value) for key, value in sent.items()}, mask=mask_text)
    register.measures.add(review_id, draft, day=_day(sent), by=visit.by)


def _conclude(visit: Visit, register: Register, review_id: int, sent: Sent) -> None:
    if str(sent.get("result")) not in set(ReviewResult):
        raise ParameterError("choice_missing", "Choose a result.", field="result")
    register.reviews.conclude(
        review_id, ReviewResult(sent["result"]), revision=_number(sent, "revision"), by=visit.by
    )


def _withdraw(visit: Visit, register: Register, review_id: int, _sent: Sent) -> None:
    review = register.reviews.one(review_id)
    if not may_withdraw(visit.address, review, by=visit.by):
        raise AccessError(
            "review_not_yours",
            "Only who wrote it, a planner or a coordinator can withdraw a review.",
            name=signed(visit.texts, review.made_by),
        )
    register.reviews.withdraw(review_id, by=visit.by)
    _drop(visit, register, {one.digest for one in review.photos})


def _remove_photo(visit: Visit, register: Register, review_id: int, sent: Sent) -> None:
    photos = {one.photo_id: one.digest for one in register.reviews.one(review_id).photos}
    photo_id = _number(sent, "photo")
    if photo_id not in photos:
        raise MissingError("no_photo", f"There is no photo {photo_id}.", photo_id=photo_id)
    register.review_photos.remove(photo_id, by=visit.by)
    _drop(visit, register, {photos[photo_id]})


def _look(_visit: Visit, _register: Register, _review_id: int, _sent: Sent) -> None:
    """Do nothing: the photos came by another way, and the page is to show them."""


ACTS: dict[str, Callable[[Visit, Register, int, Sent], None]] = {
    "set-status": _set_status,
    "add-measure": _add_measure,
    "conclude": _conclude,
    "withdraw": _withdraw,
    "remove-photo": _remove_photo,
    "photos-added": _look,
}
"""What can be done to a review, by the word that the page sends."""


def _drop(visit: Visit, register: Register, digests: set[str]) -> None:
    """Remove the files that no review shows any longer."""
    store = visit.desk.workspace / "store"
    for digest in digests:
        register.review_photos.let_go(digest, partial(drop_photo, store, digest))


def _of_review(register: Register, review_id: int, measure_id: int) -> None:
    if measure_id not in {one.measure_id for one in register.reviews.one(review_id).measures}:
        raise MissingError("no_measure", f"There is no measure {measure_id}.", measure_id=measure_id)


def _day(sent: Sent) -> date:
    return read_day({"day": str(sent.get("day", ""))}, "day")


def _number(sent: Sent, field: str) -> int:
    """Return a number of the form; -1, which nothing has, where none can be read."""
    said = str(sent.get(field, ""))
    return int(said) if re.fullmatch("[0-9]{1,18}", said) else -1


def _search(visit: Visit) -> str:
    return format_search(replace(visit.address, place_id=None), language=visit.language)


def title(visit: Visit) -> str:
    """Return what the browser's tab says."""
    return visit.texts("review.title")


PAGE = Page(
    name="review",
    path=re.compile(r"/oversyner/[0-9]{1,9}"),
    title=title,
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
