"""The map page: the answer in a sentence, the filters in a line, the list and the map that say the same."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, dcc, html, no_update

from dashboard import answers
from dashboard.components.filters import filter_line
from dashboard.components.legend import legend
from dashboard.components.marks import aria
from dashboard.components.markup import fragment, fragment_of, tag
from dashboard.components.notice import basis
from dashboard.components.place_panel import place_panel
from dashboard.components.ranked_list import map_list
from dashboard.map.detail import detail_legend
from dashboard.map.payload import map_payload
from dashboard.pages.browser import in_browser
from dashboard.pages.owed import owed_dialogues
from dashboard.pages.place_reviews import with_reviews
from dashboard.pages.place_work import with_work
from dashboard.pages.visit import Page, Visit, receive
from dashboard.views.address import weights_by_stream
from dashboard.views.collected import collected_words
from dashboard.views.filters import chosen_words, filters_of
from dashboard.views.map import awaited, map_view
from dashboard.views.place import place_view
from geodata.analyses.collection import where_collected
from geodata.analyses.dialogues import follow_dialogues
from geodata.analyses.ground import open_register
from geodata.analyses.place import describe_place
from geodata.analyses.place_lines import lines_of
from geodata.errors import MissingError, ProblembildError
from geodata.schema import Stream

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from markupsafe import Markup

    from dashboard.desk import Desk
    from geodata.analyses.collection import Collection
    from geodata.analyses.place_lines import PlaceLines

AGAIN_MS = 1500
"""How often the browser asks for what is still being worked out."""

OFFLINE_PATH = "/karta.html"


def layout(visit: Visit) -> Component:
    """Build the page; what depends on the filters is filled in by its callback."""
    texts = visit.texts
    coverage = answers.coverage(visit.ground, visit.address.audience)
    choices = filters_of(texts, visit.address, coverage, on_map=True)
    loading = html.P(texts("map.loading"), className="empty")
    frame = html.Div(
        html.Div([loading], id="map", className="map"),
        className="map-frame",
        role="region",
        **aria(label=texts("map.label")),
    )
    return html.Div(
        className="map-page",
        children=[
            html.Section(
                [html.H1("", id="map-sentence"), *fragment("map-basis"), *owed_dialogues(visit)],
                className="lead",
                **aria(live="polite"),
            ),
            filter_line(texts, choices, summary="map-summary"),
            html.Div(
                className="beside",
                children=[
                    html.Div(fragment("map-list"), className="map-list"),
                    html.Div([frame, *fragment("map-legend")], className="map-side"),
                ],
            ),
            dcc.Interval(id="map-again", interval=AGAIN_MS, disabled=True),
            dcc.Store(id="map-payload"),
            dcc.Store(id="map-click"),
            dcc.Store(id="map-painted"),
        ],
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register what follows the address, and what the browser does by itself."""

    @app.callback(
        Output("map-sentence", "children"),
        Output(*fragment_of("map-basis")),
        Output("map-summary", "children"),
        Output(*fragment_of("map-list")),
        Output(*fragment_of("map-legend")),
        Output("map-payload", "data"),
        Output("map-again", "disabled"),
        Input("address", "search"),
        Input("theme", "data"),
        Input("map-again", "n_intervals"),
    )
    def follow(search: str | None, theme: str | None, _: int | None) -> tuple[Any, ...]:
        try:
            return answer(receive(desk, "/", search), dark=theme == "dark")
        except ProblembildError:
            return (no_update,) * 7  # the frame says what is wrong

    in_browser(app, "paint", Input("map-payload", "data"))
    in_browser(app, "open_clicked", Input("map-click", "data"))


def answer(visit: Visit, *, dark: bool) -> tuple[Any, ...]:
    """Answer one view of the map: sentence, basis, filter line, list or panel, legend, payload, whether all.

    While a slow method is worked out the cells stand there, without areas, and the sentence says so.
    """
    texts, address, ground = visit.texts, visit.address, visit.ground
    told = answers.hotspots_soon(ground, address.selection, address.method)
    found = told or replace(
        answers.hotspots(ground, address.selection), method=address.method, areas=(), warnings=()
    )
    ranked = answers.ranking(ground, address.selection, weights=weights_by_stream(address))
    view = map_view(texts, address, hotspots=found, ranking=ranked, language=visit.language)
    if told is None:
        view = awaited(texts, view, address.method)
    beside = (
        map_list(texts, view, all_places=f"/platser{visit.search}")
        if address.place_id is None
        else _panel(visit, address.place_id)
    )
    drawn, collection = _drawn(visit), _collected(visit)
    detail = detail_legend(texts, drawn) if drawn is not None else ()
    stood = () if collection is None else collected_words(texts, collection)
    rings = bool(stood) and collection is not None and any(one.lonlat for one in collection.places)
    return (
        view.sentence,
        str(basis(view.basis, (*view.notices, *stood))),
        chosen_words(texts, address),
        str(beside),
        str(legend(texts, view, offline=f"{OFFLINE_PATH}{visit.search}", detail=detail, rings=rings)),
        map_payload(
            texts,
            address,
            ground=ground,
            hotspots=found,
            ranking=ranked,
            lines=collection if drawn is None else drawn,
            dark=dark,
        ),
        told is not None,
    )


def _drawn(visit: Visit) -> PlaceLines | None:
    """Return what is drawn of the place that is opened; None where none is, or it is gone."""
    place_id = visit.address.place_id
    if place_id is None:
        return None
    try:
        return lines_of(visit.ground, place_id, visit.address.audience)
    except MissingError:
        return None  # the panel says so


def _collected(visit: Visit) -> Collection | None:
    """Return where the survey stood; None where a place is opened, or answers are not asked for."""
    if visit.address.place_id is not None or Stream.SURVEY not in visit.address.selection.streams:
        return None
    audience = visit.address.audience
    register = open_register(visit.desk.workspace)
    dialogues = follow_dialogues(register, visit.project, audience, ground=visit.ground)
    return where_collected(visit.ground, audience, dialogues)


def _panel(visit: Visit, place_id: int) -> Markup:
    texts, address = visit.texts, visit.address
    try:
        weights = weights_by_stream(address)
        told = describe_place(visit.ground, place_id, address.selection, weights=dict(weights or ()) or None)
    except MissingError as error:
        back = tag("a", texts("map.to_list"), href="/", class_="button")
        return tag(
            "div", tag("h2", texts("notice.error")), tag("p", texts.error(error)), back, class_="notice"
        )
    ranking = answers.ranking(visit.ground, address.selection, weights=weights)
    of = sum(place.rank is not None for place in ranking.places)
    view = place_view(texts, address, answer=told, of=of, language=visit.language)
    view = with_work(visit, with_reviews(visit, view, place_id), place_id)
    return place_panel(texts, view, beside_map=True)


PAGE = Page(
    name="map",
    path=re.compile(r"/(karta/?)?"),
    title=lambda visit: visit.texts("map.title"),
    layout=layout,
    wire=wire,
    keeps_layout=True,
)
