"""The header: name, made-up banner, pages, as whom one looks, language, dark mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard.components.marks import aria

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.frame import FrameView, Way


def header(texts: Catalogue, view: FrameView, *, person: Sequence[Component] = ()) -> list[Component]:
    """Build the header.

    Parameters
    ----------
    person
        Who has signed in, where one signs in.
    """
    bar = html.Div(
        className="bar",
        children=[
            dcc.Link(
                href=view.home,
                className="brand",
                children=[
                    html.Span(texts("frame.title"), className="brand-name"),
                    html.Span(view.municipality, className="brand-of"),
                ],
            ),
            html.Nav(
                className="ways",
                children=[_way(way) for way in view.ways],
                **aria(label=texts("frame.navigation")),
            ),
            html.Div(
                className="tools",
                children=[
                    *([_audience_menu(texts, view)] if len(view.audiences) > 1 else []),
                    dcc.Link(
                        [
                            html.Span(view.language.label, className="wide-only"),
                            html.Span(
                                view.language_short, className="narrow-only", title=view.language.label
                            ),
                        ],
                        href=view.language.href,
                        className="tool",
                    ),
                    html.Button(
                        [
                            html.Span(view.dark_label, className="wide-only"),
                            html.Span("☾", className="narrow-only", **aria(hidden="true")),
                        ],
                        id="dark",
                        className="tool",
                        type="button",
                        **aria(pressed="false", label=view.dark_label),
                    ),
                    *person,
                ],
            ),
        ],
    )
    banner = [html.P(view.made_up, className="made-up")] if view.made_up else []
    return [html.A(texts("frame.skip"), href="#page", className="skip"), bar, *banner]


def _way(way: Way) -> Component:
    marks = aria(current="page") if way.current else {}
    return html.Span(
        dcc.Link(way.label, href=way.href), className="way current" if way.current else "way", **marks
    )


def _audience_menu(texts: Catalogue, view: FrameView) -> Component:
    return html.Details(
        className="menu",
        children=[
            html.Summary(
                [
                    html.Span(f"{texts('frame.view_as')}: ", className="menu-label"),
                    html.Strong(view.audience),
                ],
                className="tool",
            ),
            html.Div(
                className="menu-sheet",
                children=[
                    html.Ul([html.Li(_way(way)) for way in view.audiences]),
                    html.P(view.audience_note, className="small"),
                ],
            ),
        ],
    )
