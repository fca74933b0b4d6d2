"""The list beside the map: the same places and areas as on the map, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard.components.bars import small_bars
from dashboard.components.marks import aria

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.evidence import RankedItem
    from dashboard.views.map import AreaItem, MapView

AREAS_OPEN = 5


def map_list(texts: Catalogue, view: MapView, *, all_places: str) -> list[Component]:
    """Build the list of places and of areas.

    Parameters
    ----------
    all_places
        Address of the whole ranking.
    """
    places: list[Component] = [html.H2(texts("map.places_heading"))]
    if view.places:
        places.append(html.Ol([_place(item) for item in view.places], className="ranked"))
    else:
        places.append(html.P(view.places_empty, className="empty"))
    if view.places_more:
        places.append(dcc.Link(view.places_more, href=all_places, className="onward"))
    return [html.Section(places), html.Section(_areas(texts, view))]


def agreement_mark(item: RankedItem) -> Component:
    """Build the class of a place: its pattern, and its words."""
    return html.Span(
        [html.Span("", className=f"swatch {item.agreement_code}", **aria(hidden="true")), item.agreement],
        className="agreement",
    )


def _place(item: RankedItem) -> Component:
    inside = [
        html.Span(item.rank, className="rank"),
        html.Span(
            [
                html.Span(item.name, className="name"),
                html.Span(f"{item.kind} · {item.rank_range}", className="small"),
            ],
            className="who",
        ),
        small_bars(item.bars),
        agreement_mark(item),
        html.Span(" · ".join(filter(None, (item.why, item.window))), className="small why"),
    ]
    # beside the map the place opens in the panel; on a phone it is a page of its own
    return html.Li(
        [
            dcc.Link(inside, href=item.beside, className="row wide-only"),
            dcc.Link(inside, href=item.href, className="row narrow-only"),
        ]
    )


def _areas(texts: Catalogue, view: MapView) -> list[Component]:
    heading = html.H2(texts("map.areas_heading"))
    if view.areas_empty:
        return [heading, html.P(view.areas_empty, className="empty")]
    first, rest = view.areas[:AREAS_OPEN], view.areas[AREAS_OPEN:]
    found: list[Component] = [heading, html.Ul([_area(area) for area in first], className="areas")]
    if rest:
        found.append(
            html.Details(
                [
                    html.Summary(texts("map.areas_more", n=len(rest))),
                    html.Ul([_area(area) for area in rest], className="areas"),
                ],
                open=any(area.selected for area in rest),
            )
        )
    return found


def _area(area: AreaItem) -> Component:
    inside = [
        html.Span(area.name, className="name"),
        html.Span(area.reading),
        html.Span(area.detail, className="small"),
    ]
    return html.Li(
        dcc.Link(inside, href=area.href, className="row selected" if area.selected else "row"),
        id=f"area-{area.area_id}",
    )
