"""The panel of a place, beside the map or as a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard.charts.trend import HEIGHT, WIDTH, trend_image
from dashboard.components.bars import stream_bars
from dashboard.components.marks import aria
from dashboard.components.ranked_list import agreement_mark
from dashboard.components.rhythm import rhythm_table

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.place import PlaceView, ReviewView, TrendView

QUOTES_OPEN = 3


def place_panel(texts: Catalogue, view: PlaceView, *, beside_map: bool) -> list[Component]:
    """Build the panel.

    Parameters
    ----------
    beside_map
        Whether it stands beside the map; else it is a page of its own.
    """
    heading = html.H2 if beside_map else html.H1
    ways = [view.own_page] if beside_map else [view.on_map]
    close = [dcc.Link(f"← {view.close.label}", href=view.close.href, className="back")] if beside_map else []
    lead = html.Div(
        className="place-lead",
        children=[
            *close,
            html.P(view.item.kind, className="kind"),
            heading(view.item.name),
            html.P(view.sentence, className="reason"),
            html.P(
                [agreement_mark(view.item), html.Span(view.standing, className="small")], className="standing"
            ),
            html.P(view.selection, className="small"),
        ],
    )
    return [
        lead,
        _section(texts("place.streams_heading"), stream_bars(texts, view.item.bars)),
        _section(
            texts("place.rhythm_heading"),
            *(rhythm_table(view.rhythm) if view.rhythm else [_empty(view.rhythm_empty)]),
        ),
        _section(texts("place.trend_heading"), *_trend(texts, view.trend)),
        _section(texts("place.categories_heading"), *_categories(texts, view)),
        _section(texts("place.quotes_heading"), *_quotes(view)),
        _section(
            texts("place.reviews_heading"),
            *([_review(review) for review in view.reviews] or [_empty(texts("place.reviews_none"))]),
        ),
        _section(
            texts("place.actions_heading"),
            html.Div(
                [dcc.Link(way.label, href=way.href, className="button") for way in ways], className="actions"
            ),
        ),
        html.Details(
            [
                html.Summary(texts("method.heading")),
                *(html.P(line, className="small") for line in view.method),
            ],
            className="method",
        ),
    ]


def _section(heading: str, *inside: Component) -> Component:
    return html.Section([html.H3(heading), *inside], className="panel-part")


def _empty(sentence: str) -> Component:
    return html.P(sentence, className="empty")


def _trend(texts: Catalogue, view: TrendView | None) -> list[Component]:
    if view is None:
        return [_empty(texts("place.trend_none"))]
    return [
        html.Div(_drawn(view, dark=False), className="light-only"),
        html.Div(_drawn(view, dark=True), className="dark-only"),
        html.P(view.note, className="small"),
        html.Details(
            [
                html.Summary(texts("place.trend_table")),
                html.Table(
                    [
                        html.Thead(html.Tr([html.Th(heading, scope="col") for heading in view.headings])),
                        html.Tbody(
                            [
                                html.Tr([html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])])
                                for row in view.table
                            ]
                        ),
                    ],
                    className="figures",
                ),
            ]
        ),
    ]


def _drawn(view: TrendView, *, dark: bool) -> Component:
    source = trend_image(view, dark=dark)
    return html.Img(src=source, alt=view.alt, width=WIDTH, height=HEIGHT, className="trend")


def _categories(texts: Catalogue, view: PlaceView) -> list[Component]:
    if not view.categories:
        return [_empty(texts("place.categories_none"))]
    return [
        html.Ul(
            [
                html.Li(
                    [
                        html.Span(name),
                        html.Span(
                            html.Span("", style={"width": f"{100 * share:.0f}%"}),
                            className="share-track",
                            **aria(hidden="true"),
                        ),
                        html.Span(count, className="number"),
                    ]
                )
                for name, count, share in view.categories
            ],
            className="categories",
        )
    ]


def _quotes(view: PlaceView) -> list[Component]:
    if not view.quotes:
        return [_empty(view.quotes_empty)]
    first, rest = view.quotes[:QUOTES_OPEN], view.quotes[QUOTES_OPEN:]
    found: list[Component] = [_quote(text, source) for text, source in first]
    if rest:
        found.append(
            html.Details([html.Summary(f"+ {len(rest)}"), *(_quote(text, source) for text, source in rest)])
        )
    return found


def _quote(text: str, source: str) -> Component:
    return html.Figure([html.Blockquote(text), html.Figcaption(source, className="small")], className="quote")


def _review(view: ReviewView) -> Component:
    head = " · ".join(filter(None, (view.finding, view.when)))
    return html.Div(
        [
            html.P(html.Strong(head)),
            *([html.P(view.text)] if view.text else []),
            html.Ul([html.Li(fact) for fact in view.facts], className="facts"),
        ],
        className="review",
    )
