"""The page of promises: are they kept so far, and each as a card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import Dash, html

from dashboard.components.markup import fragment, join
from dashboard.components.promises import promise_cards, promises_lead, promises_ways
from dashboard.pages.visit import Page
from dashboard.views.promises import promises_view
from geodata.analyses.promises import follow_promises, measured_on

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit


def layout(visit: Visit) -> Component:
    """Build the page."""
    texts = visit.texts
    view = promises_view(
        texts,
        visit.address,
        answers=follow_promises(visit.ground, visit.address.audience),
        today=measured_on(visit.ground),
        language=visit.language,
    )
    page = join([promises_lead(view), promises_ways(view.ways), promise_cards(texts, view)])
    return html.Div(fragment("promises", page), className="promises-page")


def wire(app: Dash, desk: Desk) -> None:
    """Register nothing: the page is built anew for every address."""


PAGE = Page(
    name="promises",
    path=re.compile(r"/loften/?"),
    title=lambda visit: visit.texts("promises.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
