"""The reports that one may have made, each with its files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import Dash, html

from dashboard.components.markup import fragment
from dashboard.components.reports import reports_page
from dashboard.pages.visit import Page
from dashboard.views.reports import PATH, reports_view

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit


def layout(visit: Visit) -> Component:
    """Build the page."""
    ground = visit.ground if visit.has_ground else None
    view = reports_view(visit.texts, visit.address, language=visit.language, ground=ground)
    return html.Div(fragment("reports", reports_page(view)), className="overview-page")


def wire(app: Dash, desk: Desk) -> None:
    """Register nothing: the page is built anew for every address."""


PAGE = Page(
    name="reports",
    path=re.compile(rf"{re.escape(PATH)}/?"),
    title=lambda visit: visit.texts("frame.page.reports"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
    needs_ground=False,
)
