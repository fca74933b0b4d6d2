"""The page where a review that is kept is corrected: the form it was made with, filled in as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import Dash, dcc, html

from dashboard.access.actions import Action, require_action
from dashboard.components.markup import fragment
from dashboard.components.review_form import review_form
from dashboard.pages.visit import Page
from dashboard.views.review_form import correction_view
from geodata.analyses.ground import open_register

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit


def layout(visit: Visit) -> Component:
    """Build the page; what it sends is taken where a new review is (``review_form``).

    Raises
    ------
    AccessError
        ``not_for_audience``.
    MissingError
        ``no_review``.
    """
    require_action(visit.address.audience, Action.EDIT_REVIEWS)
    register = open_register(visit.desk.workspace)
    review = register.reviews.one(int(visit.path.rstrip("/").split("/")[-2]))
    # A place may have been retired since: the review is about it all the same.
    listed = {one.place_id for one in visit.ground.places}
    own = (one for one in register.places() if one.place_id == review.place_id)
    places = [*visit.ground.places, *(one for one in own if one.place_id not in listed)]
    view = correction_view(visit.texts, places, review, geography=visit.project.geography)
    return html.Div(
        className="review-form-page",
        children=[
            html.Section(
                [html.H1(view.sentence), html.P(visit.texts("review_form.correct_basis"), className="basis")],
                className="lead",
            ),
            *fragment("review-form-body", review_form(visit.texts, view, account=visit.actor.name)),
            dcc.Store(id="review-typed"),
            dcc.Store(id="review-answer"),
        ],
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register nothing: the form's own page takes what is sent."""


PAGE = Page(
    name="review_edit",
    path=re.compile(r"/oversyner/[0-9]{1,9}/andra"),
    title=lambda visit: visit.texts("review_form.correct_title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
