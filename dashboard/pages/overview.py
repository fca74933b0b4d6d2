"""The overview: what a council member asks first, and where one who decides lands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import Dash, html

from dashboard import answers
from dashboard.components.markup import fragment, join
from dashboard.components.overview import overview_page
from dashboard.pages.owed import owed_dialogues
from dashboard.pages.promises import waiting
from dashboard.pages.visit import Page
from dashboard.views.overview import OVERVIEW_PATH, overview_view
from geodata.analyses.overview import overlook
from geodata.analyses.works import recorded_works

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit


def layout(visit: Visit) -> Component:
    """Build the page."""
    view = overview_view(
        visit.texts,
        visit.address,
        overview=overlook(visit.ground, visit.address.audience),
        effects=answers.effects(visit.ground, visit.address.audience, recorded_works(visit.ground)),
        municipality=visit.project.municipality.name,
        language=visit.language,
    )
    return html.Div(
        [
            *owed_dialogues(visit),
            *fragment("overview", join([overview_page(view), waiting(visit)])),
        ],
        className="overview-page",
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register nothing: the page is built anew for every address."""


PAGE = Page(
    name="overview",
    path=re.compile(re.escape(OVERVIEW_PATH)),
    title=lambda visit: visit.texts("overview.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
