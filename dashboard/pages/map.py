"""The map page: the answer in a sentence, the filters in a line, the list and the map that say the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, dcc, html, no_update

from dashboard import answers
from dashboard.components.filters import filter_line
from dashboard.components.legend import legend
from dashboard.components.marks import aria
from dashboard.components.notice import notice, remarks
from dashboard.components.place_panel import place_panel
from dashboard.components.ranked_list import map_list
from dashboard.map.payload import map_payload
from dashboard.pages.browser import in_browser
from dashboard.pages.visit import OpenGround, Page, Visit, receive
from dashboard.views.filters import filters_of, selection_words
from dashboard.views.map import map_view
from dashboard.views.place import place_view
from geodata.analyses.place import describe_place
from geodata.errors import MissingError, ProblembildError

if TYPE_CHECKING:
    from dash.development.base_component import Component

OFFLINE_PATH = "/karta.html"


def layout(visit: Visit) -> Component:
    """Build the page; what depends on the filters is filled in by its callback."""
    texts = visit.texts
    coverage = answers.coverage(visit.ground, visit.address.audience)
    return html.Div(
        className="map-page",
        children=[
            html.Section(
                [html.H1("", id="map-sentence"), html.Div([], id="map-basis", className="basis")],
                className="lead",
                **aria(live="polite"),
            ),
            filter_line(texts, filters_of(texts, visit.address, coverage)),
            html.Div(
                className="beside",
                children=[
                    html.Div(dcc.Loading(html.Div([], id="map-list"), delay_show=400), className="map-list"),
                    html.Div(
                        className="map-side",
                        children=[
                            html.Div(
                                html.Div(
                                    [html.P(texts("map.loading"), className="empty")],
                                    id="map",
                                    className="map",
                                ),
                                className="map-frame",
                                role="region",
                                **aria(label=texts("map.label")),
                            ),
                            html.Div([], id="map-legend"),
                        ],
                    ),
                ],
            ),
            dcc.Store(id="map-payload"),
            dcc.Store(id="map-click"),
            dcc.Store(id="map-painted"),
        ],
    )


def wire(app: Dash, open_ground: OpenGround) -> None:
    """Register what follows the address, and what the browser does by itself."""

    @app.callback(
        Output("map-sentence", "children"),
        Output("map-basis", "children"),
        Output("filter-summary", "children"),
        Output("map-list", "children"),
        Output("map-legend", "children"),
        Output("map-payload", "data"),
        Input("address", "search"),
        Input("theme", "data"),
    )
    def follow(search: str | None, theme: str | None) -> tuple[Any, ...]:
        try:
            visit = receive(open_ground, "/", search)
        except ProblembildError:
            return (no_update,) * 6  # the frame says what is wrong
        return answer(visit, dark=theme == "dark")

    in_browser(app, "paint", Input("map-payload", "data"))
    in_browser(
        app,
        "open_clicked",
        Output("address", "search", allow_duplicate=True),
        Output("address", "pathname", allow_duplicate=True),
        Input("map-click", "data"),
        at_start=False,
    )


def answer(visit: Visit, *, dark: bool) -> tuple[Any, ...]:
    """Answer one view of the map: sentence, basis, filter line, list or panel, legend, payload."""
    texts, address, ground = visit.texts, visit.address, visit.ground
    found = answers.hotspots(ground, address.selection)
    ranked = answers.ranking(ground, address.selection)
    view = map_view(texts, address, hotspots=found, ranking=ranked, language=visit.language)
    beside = (
        map_list(texts, view, all_places=f"/platser{visit.search}")
        if address.place_id is None
        else _panel(visit, address.place_id)
    )
    return (
        view.sentence,
        [html.P(" ".join(view.basis)), *remarks(view.notices)],
        selection_words(texts, address.selection),
        beside,
        legend(texts, view, dark=dark, offline=f"{OFFLINE_PATH}{visit.search}"),
        map_payload(texts, address, ground=ground, hotspots=found, ranking=ranked, dark=dark),
    )


def _panel(visit: Visit, place_id: int) -> list[Component]:
    texts, address = visit.texts, visit.address
    try:
        told = describe_place(visit.ground, place_id, address.selection)
    except MissingError as error:
        return [notice(texts("notice.error"), texts.error(error), way=(texts("map.to_list"), "/"))]
    of = sum(place.rank is not None for place in answers.ranking(visit.ground, address.selection).places)
    view = place_view(texts, address, answer=told, of=of, language=visit.language)
    return [html.Article(place_panel(texts, view, beside_map=True), className="panel")]


PAGE = Page(name="map", path=re.compile(r"/"), layout=layout, wire=wire, keeps_layout=True)
