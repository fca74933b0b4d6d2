"""A place as a page of its own: what the panel beside the map says, for phones and for links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import Dash, html

from dashboard import answers
from dashboard.components.markup import fragment, join, tag
from dashboard.components.place_panel import place_panel
from dashboard.map.detail import detail_legend
from dashboard.pages.place_reviews import with_reviews
from dashboard.pages.place_work import with_work
from dashboard.pages.visit import Page, Visit
from dashboard.print.site_map import site_map
from dashboard.views.address import weights_by_stream
from dashboard.views.place import place_view
from geodata.analyses.place import describe_place
from geodata.analyses.place_lines import lines_of

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from markupsafe import Markup

    from dashboard.desk import Desk


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    MissingError
        ``no_place``.
    """
    texts, selection = visit.texts, visit.address.selection
    weights = weights_by_stream(visit.address)
    told = describe_place(visit.ground, place_of(visit), selection, weights=dict(weights or ()) or None)
    ranking = answers.ranking(visit.ground, selection, weights=weights)
    of = sum(place.rank is not None for place in ranking.places)
    view = place_view(texts, visit.address, answer=told, of=of, language=visit.language)
    view = with_work(visit, with_reviews(visit, view, place_of(visit)), place_of(visit))
    back = tag("a", f"← {texts('places.title')}", href=f"/platser{visit.search}", class_="back")
    panel = place_panel(texts, view, beside_map=False)
    return html.Div(fragment("place", join([back, panel, _drawn(visit)])), className="place-page")


def _drawn(visit: Visit) -> Markup:
    """Draw the place with its ways, its round and its crossings, and say what is drawn."""
    texts = visit.texts
    lines = lines_of(visit.ground, place_of(visit), visit.address.audience)
    drawn = site_map(
        texts, visit.ground, place_ids=[place_of(visit)], lines=lines, width_mm=160.0, height_mm=110.0
    )
    keys = [
        tag("li", tag("span", class_=f"key {look}", aria_hidden="true"), words)
        for look, words in detail_legend(texts, lines)
    ]
    legend = tag("ul", keys, class_="keys") if keys else None
    return tag("figure", tag("h2", texts("detail.map")), drawn, legend, class_="place-map")


def wire(app: Dash, desk: Desk) -> None:
    """Register nothing: the page is built anew for every address."""


def title(visit: Visit) -> str:
    """Return the name of the place."""
    return visit.ground.places[visit.ground.place_position(place_of(visit))].name


def place_of(visit: Visit) -> int:
    """Return which place the path names."""
    return int(visit.path.rsplit("/", 1)[1])


PAGE = Page(
    name="place",
    path=re.compile(r"/platser/[0-9]{1,9}"),
    title=title,
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
