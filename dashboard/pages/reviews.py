"""The page of reviews: where one is called for, how far measures have come, and what was looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import Dash, html

from dashboard.components.markup import fragment
from dashboard.components.notice import basis
from dashboard.components.reviews import worklist
from dashboard.pages.visit import Page
from dashboard.views.reviews import reviews_view
from geodata.analyses.ground import open_register
from geodata.analyses.reviews import LOOKED_AT, review_worklist
from geodata.privacy import RULES
from geodata.selection import Selection

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from dashboard.views.reviews import ReviewsView
    from geodata.reviews.review import Review


def layout(visit: Visit) -> Component:
    """Build the page; it is built anew for every address."""
    texts, view = visit.texts, view_of(visit)
    return html.Div(
        className="reviews-page",
        children=[
            html.Section(
                [html.H1(view.sentence), *fragment("reviews-basis", basis(view.basis, view.notices))],
                className="lead",
            ),
            *fragment("reviews-list", worklist(texts, view)),
        ],
    )


def view_of(visit: Visit) -> ReviewsView:
    """Say what the page says now."""
    answer = review_worklist(visit.ground, reviews_of(visit), asked(visit))
    return reviews_view(visit.texts, visit.address, answer, language=visit.language)


def asked(visit: Visit) -> Selection:
    """Return what counts as evidence: what the address asks for, else traffic and surroundings."""
    chosen = visit.address.selection
    if not RULES[chosen.audience].free_filters:
        return Selection(chosen.audience)
    return Selection(
        chosen.audience,
        categories=chosen.categories or LOOKED_AT,
        period=chosen.period,
        window=chosen.window,
    )


def reviews_of(visit: Visit) -> tuple[Review, ...]:
    """Return the register's reviews."""
    return open_register(visit.desk.workspace).reviews.all()


def wire(app: Dash, desk: Desk) -> None:
    """Register nothing: the page is built anew for every address."""


PAGE = Page(
    name="reviews",
    path=re.compile(r"/oversyner/?"),
    title=lambda visit: visit.texts("reviews.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
