"""The page of promises: are they kept so far, and each as a card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import Dash, html

from dashboard.access.actions import Action, may
from dashboard.components.due_actions import due_actions
from dashboard.components.markup import fragment, join
from dashboard.components.promises import promise_cards, promises_lead, promises_ways
from dashboard.pages.visit import Page
from dashboard.views.due_actions import due_view
from dashboard.views.promises import promises_view
from geodata.analyses.action_due import due_actions as due
from geodata.analyses.ground import open_register
from geodata.analyses.promises import follow_promises, measured_on

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from markupsafe import Markup

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit


def layout(visit: Visit) -> Component:
    """Build the page."""
    texts = visit.texts
    view = promises_view(
        texts,
        visit.address,
        answers=follow_promises(visit.ground, visit.address.audience),
        withdrawn=open_register(visit.ground.workspace).promises.all(withdrawn=True),
        today=measured_on(visit.ground),
        language=visit.language,
    )
    page = join([promises_lead(view), promises_ways(view.ways), waiting(visit), promise_cards(texts, view)])
    return html.Div(fragment("promises", page), className="promises-page")


def waiting(visit: Visit) -> Markup | None:
    """Write what waits in the action plans, for those who draw them up; None for the others."""
    if not may(visit.address.audience, Action.PLAN_ACTIONS):
        return None
    return due_actions(due_view(visit.texts, due(visit.ground), search=visit.search))


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
