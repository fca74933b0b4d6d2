"""The page where a person looks at what was taken for one and the same, and parts what is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, require_action
from dashboard.components.desk import ways
from dashboard.components.links import link_list, links_lead
from dashboard.components.markup import fragment, fragment_of
from dashboard.pages.visit import Page, receive
from dashboard.views.frame import desk_ways
from dashboard.views.links import PATH, links_view
from etl.pipeline import links, restore_link, undo_link
from geodata.errors import ProblembildError

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from dashboard.views.links import LinksView


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    """
    require_action(visit.address.audience, Action.UNDO_LINKS)
    texts, view = visit.texts, view_of(visit)
    top = ways(texts, desk_ways(texts, visit.address, page="links", language=visit.language))
    return html.Div(
        className="links-page",
        children=[
            html.Section(fragment("links-lead", links_lead(view)), className="lead"),
            *fragment("links-ways", top or ""),
            *fragment("links-list", link_list(texts, view)),
            dcc.Store(id="parted"),
        ],
    )


def view_of(visit: Visit) -> LinksView:
    """Say what the page says now."""
    mappings = {source.name: source.mapping for source in visit.project.sources}
    return links_view(visit.texts, links(visit.desk.workspace), mappings=mappings)


def wire(app: Dash, desk: Desk) -> None:
    """Register what is parted, and what is let be one again."""

    @app.callback(
        Output(*fragment_of("links-lead")),
        Output(*fragment_of("links-list")),
        Input("parted", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def take(sent: dict[str, Any] | None, search: str | None) -> tuple[Any, ...]:
        return answer(desk, sent, search) if sent else (no_update,) * 2


def answer(desk: Desk, sent: dict[str, Any], search: str | None) -> tuple[Any, ...]:
    """Part a pair or let it be one again, and say how all stand then.

    Parameters
    ----------
    sent
        ``record`` and ``linked``, the ids of the pair, and ``restore`` where it shall be one again.
    """
    try:
        visit = receive(desk, PATH, search)
        require_action(visit.address.audience, Action.UNDO_LINKS)
    except ProblembildError:
        return (no_update,) * 2  # the frame says what is wrong
    texts = visit.texts
    pair = str(sent.get("record", "")), str(sent.get("linked", ""))
    said = fault = ""
    try:
        if sent.get("restore"):
            restore_link(desk.workspace, *pair)
            said = texts("links.restored")
        else:
            undo_link(desk.workspace, *pair, by=visit.by)
            said = texts("links.parted")
    except ProblembildError as error:
        fault = texts.error(error)
    view = view_of(visit)
    return str(links_lead(view)), str(link_list(texts, view, said=said, fault=fault))


PAGE = Page(
    name="links",
    path=re.compile(r"/dubbletter/?"),
    title=lambda visit: visit.texts("links.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
