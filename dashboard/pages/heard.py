"""Who has been heard: for everybody, over all time, whatever is filtered elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import Dash, html

from dashboard.components.desk import ways
from dashboard.components.heard import heard, heard_lead
from dashboard.components.markup import fragment
from dashboard.pages.visit import Page, Visit
from dashboard.views.frame import desk_ways
from dashboard.views.heard import heard_view
from geodata.analyses.heard import who_was_heard

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk


def layout(visit: Visit) -> Component:
    """Build the page."""
    view = heard_view(visit.texts, who_was_heard(visit.ground, visit.address.audience))
    top = ways(visit.texts, desk_ways(visit.texts, visit.address, page="heard", language=visit.language))
    return html.Div(
        className="heard-page",
        children=[
            html.Section(fragment("heard-lead", heard_lead(view)), className="lead"),
            *fragment("heard-ways", top or ""),
            *fragment("heard", heard(view)),
        ],
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register nothing: the page is built anew for every address."""


PAGE = Page(
    name="heard",
    path=re.compile(r"/horda/?"),
    title=lambda visit: visit.texts("heard.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
