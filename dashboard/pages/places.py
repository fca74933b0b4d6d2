"""The places page: the whole ranking, how sure its order is, and what could not be ranked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, dcc, html, no_update

from dashboard import answers
from dashboard.charts.forest import forest
from dashboard.charts.theme import GRAPH_CONFIG
from dashboard.components.filters import filter_line
from dashboard.components.marks import aria
from dashboard.components.notice import remarks
from dashboard.components.ranking_table import ranking_table
from dashboard.pages.visit import OpenGround, Page, Visit, receive
from dashboard.views.filters import filters_of, selection_words
from dashboard.views.places import places_view
from geodata.errors import ProblembildError

if TYPE_CHECKING:
    from dash.development.base_component import Component


def layout(visit: Visit) -> Component:
    """Build the page; what depends on the filters is filled in by its callback."""
    texts = visit.texts
    coverage = answers.coverage(visit.ground, visit.address.audience)
    return html.Div(
        className="places-page",
        children=[
            html.Section(
                [html.H1("", id="places-sentence"), html.Div([], id="places-basis", className="basis")],
                className="lead",
                **aria(live="polite"),
            ),
            filter_line(texts, filters_of(texts, visit.address, coverage)),
            html.Div([], id="places-kinds"),
            html.Div([], id="places-table"),
            html.Section(
                [
                    html.H2(texts("places.forest_heading")),
                    html.P(texts("places.forest_note")),
                    html.Div([], id="places-forest", role="img", **aria(label=texts("places.forest_alt"))),
                ]
            ),
        ],
    )


def wire(app: Dash, open_ground: OpenGround) -> None:
    """Register what follows the address."""

    @app.callback(
        Output("places-sentence", "children"),
        Output("places-basis", "children"),
        Output("filter-summary", "children", allow_duplicate=True),
        Output("places-kinds", "children"),
        Output("places-table", "children"),
        Output("places-forest", "children"),
        Input("address", "search"),
        Input("theme", "data"),
        prevent_initial_call="initial_duplicate",
    )
    def follow(search: str | None, theme: str | None) -> tuple[Any, ...]:
        try:
            visit = receive(open_ground, "/platser", search)
        except ProblembildError:
            return (no_update,) * 6  # the frame says what is wrong
        return answer(visit, dark=theme == "dark")


def answer(visit: Visit, *, dark: bool) -> tuple[Any, ...]:
    """Answer one view: sentence, basis, filter line, kinds, table, chart."""
    texts, address = visit.texts, visit.address
    ranked = answers.ranking(visit.ground, address.selection, address.kind)
    view = places_view(texts, address, ranking=ranked, language=visit.language)
    kinds = html.Nav(
        [
            html.Span(
                dcc.Link(way.label, href=way.href),
                className="pill current" if way.current else "pill",
                **(aria(current="true") if way.current else {}),
            )
            for way in view.kinds
        ],
        className="kinds",
        **aria(label=texts("places.kind_filter")),
    )
    chart = forest(texts, ranked, dark=dark)
    return (
        view.sentence,
        [html.P(view.weights), *remarks(view.notices)],
        selection_words(texts, address.selection),
        kinds,
        ranking_table(texts, view),
        dcc.Graph(figure=chart, config=GRAPH_CONFIG, responsive=True)
        if chart
        else html.P(texts("places.empty"), className="empty"),
    )


PAGE = Page(name="places", path=re.compile(r"/platser/?"), layout=layout, wire=wire, keeps_layout=True)
