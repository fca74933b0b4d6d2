"""A place as a page of its own: what the panel beside the map says, for phones and for links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import Dash, dcc, html

from dashboard import answers
from dashboard.components.place_panel import place_panel
from dashboard.pages.visit import OpenGround, Page, Visit
from dashboard.views.place import place_view
from geodata.analyses.place import describe_place

if TYPE_CHECKING:
    from dash.development.base_component import Component


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    MissingError
        ``no_place``.
    """
    texts, selection = visit.texts, visit.address.selection
    told = describe_place(visit.ground, int(visit.path.rsplit("/", 1)[1]), selection)
    of = sum(place.rank is not None for place in answers.ranking(visit.ground, selection).places)
    view = place_view(texts, visit.address, answer=told, of=of, language=visit.language)
    return html.Div(
        className="place-page",
        children=[
            dcc.Link(f"← {texts('places.title')}", href=f"/platser{visit.search}", className="back"),
            html.Article(place_panel(texts, view, beside_map=False), className="panel"),
        ],
    )


def wire(app: Dash, open_ground: OpenGround) -> None:
    """Register nothing: the page is built anew for every address."""


PAGE = Page(
    name="place", path=re.compile(r"/platser/[0-9]{1,9}"), layout=layout, wire=wire, keeps_layout=False
)
