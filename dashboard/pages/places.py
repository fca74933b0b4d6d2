"""The places page: the whole ranking, how sure its order is, and what could not be ranked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, dcc, html, no_update

from dashboard import answers
from dashboard.access.actions import Action, may
from dashboard.charts.forest import forest
from dashboard.charts.theme import GRAPH_CONFIG
from dashboard.components.filters import filter_line
from dashboard.components.marks import aria
from dashboard.components.markup import fragment, fragment_of, join, tag
from dashboard.components.notice import basis
from dashboard.components.ranking_table import ranking_table
from dashboard.components.stretch_table import stretch_table
from dashboard.components.weights import weights_form
from dashboard.gis.layer import GEOPACKAGE_PATH
from dashboard.pages.visit import Page, Visit, receive
from dashboard.views.address import weights_by_stream
from dashboard.views.filters import filters_of, selection_words
from dashboard.views.place_edit import NEW_PATH
from dashboard.views.places import places_view
from dashboard.views.stretches import stretches_view
from dashboard.views.weights import weights_view
from geodata.errors import ProblembildError

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk


def layout(visit: Visit) -> Component:
    """Build the page; what depends on the filters is filled in by its callback."""
    texts = visit.texts
    coverage = answers.coverage(visit.ground, visit.address.audience)
    return html.Div(
        className="places-page",
        children=[
            html.Section(
                [html.H1("", id="places-sentence"), *fragment("places-basis")],
                className="lead",
                **aria(live="polite"),
            ),
            filter_line(texts, filters_of(texts, visit.address, coverage), summary="places-summary"),
            *fragment("places-weights"),
            *fragment("places-kinds"),
            *fragment("places-table"),
            html.Section([html.H2("", id="stretches-heading"), *fragment("places-stretches")]),
            html.Section(
                [
                    html.H2(texts("places.forest_heading")),
                    html.P(texts("places.forest_note")),
                    html.Div([], id="places-forest", role="img", **aria(label=texts("places.forest_alt"))),
                ]
            ),
        ],
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register what follows the address; the chart comes by itself, as its library is slow to load."""

    @app.callback(
        Output("places-sentence", "children"),
        Output(*fragment_of("places-basis")),
        Output("places-summary", "children"),
        Output(*fragment_of("places-weights")),
        Output(*fragment_of("places-kinds")),
        Output(*fragment_of("places-table")),
        Input("address", "search"),
    )
    def follow(search: str | None) -> tuple[Any, ...]:
        try:
            return answer(receive(desk, "/platser", search))
        except ProblembildError:
            return (no_update,) * 6  # the frame says what is wrong

    @app.callback(
        Output("stretches-heading", "children"),
        Output(*fragment_of("places-stretches")),
        Input("address", "search"),
    )
    def along_streets(search: str | None) -> tuple[Any, ...]:
        try:
            return stretches(receive(desk, "/platser", search))
        except ProblembildError:
            return (no_update,) * 2

    @app.callback(Output("places-forest", "children"), Input("address", "search"), Input("theme", "data"))
    def draw(search: str | None, theme: str | None) -> Any:
        try:
            return chart(receive(desk, "/platser", search), dark=theme == "dark")
        except ProblembildError:
            return no_update


def answer(visit: Visit) -> tuple[Any, ...]:
    """Answer one view: sentence, basis, filter line, weights, kinds, table."""
    texts, address = visit.texts, visit.address
    ranked = answers.ranking(visit.ground, address.selection, address.kind, weights_by_stream(address))
    usual = visit.ground.project.ranking.model_dump()
    view = places_view(texts, address, ranking=ranked, language=visit.language)
    ways = tag(
        "p",
        tag(
            "a",
            texts("gis.download"),
            href=f"{GEOPACKAGE_PATH}{visit.search}",
            class_="onward",
            download=True,
        ),
        [" · ", tag("a", texts("place_edit.new"), href=f"{NEW_PATH}{visit.search}", class_="onward")]
        if may(address.audience, Action.EDIT_PLACES)
        else None,
    )
    kinds = (
        tag("a", way.label, href=way.href, class_="pill", aria_current="true" if way.current else None)
        for way in view.kinds
    )
    return (
        view.sentence,
        str(basis(view.basis, view.notices)),
        selection_words(texts, address.selection),
        str(weights_form(texts, weights_view(texts, address, usual=usual))),
        str(join([tag("nav", kinds, class_="kinds", aria_label=texts("places.kind_filter")), ways])),
        str(ranking_table(texts, view)),
    )


def stretches(visit: Visit) -> tuple[str, str]:
    """Say the stretches of street in the same selection: heading and table; neither for who may not see."""
    view = stretches_view(visit.texts, answers.stretches(visit.ground, visit.address.selection))
    if view is None:
        return "", ""
    return visit.texts("stretches.heading"), str(stretch_table(visit.texts, view))


def chart(visit: Visit, *, dark: bool) -> Component:
    """Draw one view's ranks with their ranges."""
    address = visit.address
    ranked = answers.ranking(visit.ground, address.selection, address.kind, weights_by_stream(address))
    figure = forest(visit.texts, ranked, dark=dark)
    if figure is None:
        return html.P(visit.texts("places.sentence.too_few"), className="empty")
    height = {"height": f"{figure['layout']['height']}px"}
    return dcc.Graph(figure=figure, config=GRAPH_CONFIG, responsive=True, style=height)


PAGE = Page(
    name="places",
    path=re.compile(r"/platser/?"),
    title=lambda visit: visit.texts("places.title"),
    layout=layout,
    wire=wire,
    keeps_layout=True,
)
