"""The header: name, made-up banner, pages, as whom one looks, language, dark mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
            # On a phone the pages lie behind this button, so that the header takes one row; see 20-frame.css.
            html.Button(
                [
                    html.Span("☰", **aria(hidden="true")),
                    html.Span(texts("frame.menu"), className="menu-label"),
                ],
                id="pages-button",
                className="tool",
                type="button",
                **aria(expanded="false", controls="pages-menu", label=texts("frame.menu_pages")),
            ),
            html.Div(
                id="pages-menu",
                className="pages-menu",
                children=[
                    html.Nav(
                        className="ways",
                        children=[_way(way) for way in view.ways],
                        **aria(label=texts("frame.navigation")),
                    ),
                    html.Div([_language(view), _dark(view)], className="tools look"),
                ],
            ),
            html.Div(
                [*([_audience_menu(texts, view)] if len(view.audiences) > 1 else []), *person],
                className="tools",
            ),
        ],
    )
    banner = [html.P(view.made_up, className="made-up")] if view.made_up else []
    return [html.A(texts("frame.skip"), href="#page", className="skip"), bar, *banner]


def _language(view: FrameView) -> Component:
    return dcc.Link(view.language.label, href=view.language.href, className="tool")


def _dark(view: FrameView) -> Component:
    return html.Button(view.dark_label, id="dark", className="tool", type="button", **aria(pressed="false"))


def _way(way: Way) -> Component:
    marks = aria(current="page") if way.current else {}
    note: list[Any] = [" ", html.Span(way.note, className="way-note")] if way.note else []
    return html.Span(
        dcc.Link([way.label, *note] if note else way.label, href=way.href),
        className="way current" if way.current else "way",
        **marks,
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
