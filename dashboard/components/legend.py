"""What the map's colours and shapes mean, in words, below the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.map.palette import palette

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.map import MapView

AGREEMENTS = ("felt_and_recorded", "felt_only", "recorded_only", "neither", "too_few")


def legend(texts: Catalogue, view: MapView, *, dark: bool, offline: str) -> list[Component]:
    """Build the legend.

    Parameters
    ----------
    offline
        Where the map can be saved from.
    """
    levels = palette(dark=dark).levels
    steps = [
        html.Li(
            [html.Span("", className="key cell", style={"background": levels[step.level - 1]}), step.label]
        )
        for step in view.legend
    ]
    squares = (
        [
            html.Div(
                [
                    html.H3(texts("map.legend_heading")),
                    html.Ul(
                        [*steps, html.Li([html.Span("", className="key area"), texts("map.legend_area")])],
                        className="keys",
                    ),
                    html.P(view.legend_cell, className="small"),
                ]
            )
        ]
        if steps
        else []
    )
    places = html.Div(
        [
            html.H3(texts("map.legend_places")),
            html.Ul(
                [
                    html.Li([html.Span("", className=f"swatch {code}"), texts(f"agreement.{code}")])
                    for code in AGREEMENTS
                ],
                className="keys",
            ),
        ]
    )
    save = html.Div(
        [
            html.A(texts("map.save"), href=offline, className="button", download=texts("map.save_name")),
            html.P(texts("map.save_note"), className="small"),
        ],
        className="save",
    )
    method = html.Details(
        [html.Summary(texts("method.heading")), *(html.P(line, className="small") for line in view.method)],
        className="method",
    )
    return [html.Div([*squares, places, save], className="legend"), method]
