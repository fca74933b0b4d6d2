"""The page about the ground: the account of every file, and how fresh each source is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import Dash, html

from dashboard import answers
from dashboard.components.account import account
from dashboard.components.markup import fragment
from dashboard.pages.visit import Page, Visit
from dashboard.views.sources import sources_view
from geodata.analyses.area_counts import count_known_to_area
from geodata.selection import Selection

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk


def layout(visit: Visit) -> Component:
    """Build the page: the whole import, whatever is filtered elsewhere."""
    audience = visit.address.audience
    view = sources_view(
        visit.texts,
        visit.address,
        report=visit.ground.snapshot.report,
        project=visit.ground.project,
        coverage=answers.coverage(visit.ground, audience),
        area_counts=count_known_to_area(visit.ground, Selection(audience=audience)),
    )
    return html.Div(fragment("sources", account(visit.texts, view)), className="sources-page")


def wire(app: Dash, desk: Desk) -> None:
    """Register nothing: the page is built anew for every address."""


PAGE = Page(
    name="sources",
    path=re.compile(r"/underlag/?"),
    title=lambda visit: visit.texts("sources.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
