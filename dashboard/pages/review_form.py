"""The form of a review, filled in on a telephone on site; what is written is kept there until it is saved."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, require_action
from dashboard.components.markup import fragment
from dashboard.components.review_form import review_form
from dashboard.pages.browser import in_browser
from dashboard.pages.visit import Page, receive
from dashboard.views.address import format_search
from dashboard.views.review_form import REVIEW, REVISION, read_review, review_form_view
from dashboard.views.reviews import NEW_PATH, PATH
from etl.pipeline import mask_text
from geodata.analyses.ground import open_register
from geodata.errors import ProblembildError
from geodata.reviews.review import season_of
from geodata.store.review_holding import no_review

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from geodata.reviews.review import ReviewDraft


_NUMBER = re.compile("[0-9]{1,9}")


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    """
    require_action(visit.address.audience, Action.REVIEW)
    today = datetime.now(visit.project.zone).date()
    view = review_form_view(
        visit.texts,
        visit.ground.places,
        place_id=visit.address.place_id,
        today=today,
        season=season_of(today),
    )
    return html.Div(
        className="review-form-page",
        children=[
            html.Section(
                [html.H1(view.sentence), html.P(visit.texts("review_form.basis"), className="basis")],
                className="lead",
            ),
            *fragment("review-form-body", review_form(visit.texts, view, account=visit.actor.name)),
            dcc.Store(id="review-typed"),
            dcc.Store(id="review-answer"),
        ],
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register what is saved."""

    @app.callback(
        Output("review-answer", "data"),
        Input("review-typed", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def take(typed: dict[str, str] | None, search: str | None) -> Any:
        return take_review(desk, typed, search) if typed else no_update

    in_browser(app, "review_saved", Input("review-answer", "data"), at_start=False, room="reviews")


def take_review(desk: Desk, typed: dict[str, str], search: str | None) -> dict[str, Any]:
    """Keep a review, and say where it is seen and where its photos are sent.

    Parameters
    ----------
    typed
        The form's fields.

    Returns
    -------
    dict
        ``ok`` with ``path``, ``search`` and ``photos``; else ``field`` and ``fault``.
    """
    typed = typed if isinstance(typed, dict) else {}
    try:
        visit = receive(desk, NEW_PATH, search)
        texts = visit.texts
    except ProblembildError as error:
        return {"ok": False, "field": "", "fault": error.sentence, "at": typed.get("at")}
    try:
        require_action(visit.address.audience, Action.REVIEW)
        draft = read_review(typed, geography=visit.project.geography, mask=mask_text)
        review_id = _keep(visit, typed, draft)
    except ProblembildError as error:
        field = str(error.values.get("field", ""))
        return {"ok": False, "field": field, "fault": texts.error(error), "at": typed.get("at")}
    return {
        "ok": True,
        "path": f"{PATH}/{review_id}",
        "search": plain_search(visit),
        "photos": f"{PATH}/{review_id}/foto{plain_search(visit)}",
        "at": typed.get("at"),
    }


def _keep(visit: Visit, typed: dict[str, str], draft: ReviewDraft) -> int:
    """Keep a new review, or correct the one that the form was opened for; return its id."""
    register = open_register(visit.desk.workspace)
    named, revision = (str(typed.get(name) or "") for name in (REVIEW, REVISION))
    if not named:
        return register.reviews.add(draft, by=visit.by)
    require_action(visit.address.audience, Action.EDIT_REVIEWS)
    if not (_NUMBER.fullmatch(named) and _NUMBER.fullmatch(revision)):
        raise no_review(named[:20])
    register.review_edits.correct(int(named), draft, revision=int(revision), by=visit.by)
    return int(named)


def plain_search(visit: Visit) -> str:
    """Return the query without the place that the form was opened for."""
    return format_search(replace(visit.address, place_id=None), language=visit.language)


PAGE = Page(
    name="review_form",
    path=re.compile(r"/oversyner/ny"),
    title=lambda visit: visit.texts("review_form.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
