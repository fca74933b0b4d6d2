"""The page where a person says once what words for a place mean, by a number key or a click on the map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, require_action
from dashboard.components.desk import ways
from dashboard.components.markup import fragment, fragment_of
from dashboard.components.queue import queue_card, queue_lead, queue_lists
from dashboard.pages.browser import in_browser
from dashboard.pages.picker import picker, picker_payload
from dashboard.pages.visit import Page, receive
from dashboard.views.frame import desk_ways
from dashboard.views.queue import PATH, queue_view
from etl.pipeline import settle_place, settled_places, waiting_places, withdraw_place
from geodata.errors import ParameterError, ProblembildError

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from dashboard.views.queue import QueueView

Sent = dict[str, Any]


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    """
    require_action(visit.address.audience, Action.SETTLE_PLACES)
    texts, view = visit.texts, view_of(visit)
    top = ways(texts, desk_ways(texts, visit.address, page="queue", language=visit.language))
    return html.Div(
        className="queue-page",
        children=[
            html.Section(fragment("queue-lead", queue_lead(view)), className="lead"),
            *fragment("queue-ways", top or ""),
            html.Div(
                className="entry-beside",
                children=[
                    html.Div(
                        [
                            *fragment("queue-now", queue_card(texts, view)),
                            *fragment("queue-lists", queue_lists(texts, view)),
                        ],
                        className="entry-side",
                    ),
                    html.Div(
                        [
                            picker(visit),
                            html.Section(
                                [
                                    html.P(texts("queue.apply_note"), className="small"),
                                    html.Button(
                                        texts("queue.apply"),
                                        id="queue-apply",
                                        type="button",
                                        className="button",
                                    ),
                                ],
                                className="aids",
                            ),
                        ],
                        className="entry-side",
                    ),
                ],
            ),
            dcc.Store(id="settled"),
            dcc.Store(id="queue-skipped", data=[]),
            dcc.Store(id="queue-go"),
            dcc.Store(id="picked"),
            dcc.Store(id="picker", data=_marks(visit, view)),
        ],
    )


def view_of(visit: Visit, *, skipped: list[str] | None = None, asked: str | None = None) -> QueueView:
    """Say what the page says now."""
    workspace = visit.desk.workspace
    return queue_view(
        visit.texts,
        waiting=waiting_places(workspace),
        settled=settled_places(workspace),
        skipped=skipped or (),
        asked=asked,
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register what is answered, and how the answers take effect."""

    @app.callback(
        Output(*fragment_of("queue-lead")),
        Output(*fragment_of("queue-now")),
        Output(*fragment_of("queue-lists")),
        Output("picker", "data"),
        Output("queue-skipped", "data"),
        Input("settled", "data"),
        State("queue-skipped", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def take(sent: Sent | None, skipped: list[str] | None, search: str | None) -> tuple[Any, ...]:
        return answer(desk, sent, skipped or [], search) if sent else (no_update,) * 5

    @app.callback(
        Output("queue-go", "data"),
        Input("queue-apply", "n_clicks"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def apply(clicks: int | None, search: str | None) -> Any:
        return apply_answers(desk, search) if clicks else no_update

    in_browser(app, "go", Input("queue-go", "data"), at_start=False, room="work")


def answer(desk: Desk, sent: Sent, skipped: list[str], search: str | None) -> tuple[Any, ...]:
    """Keep, withdraw or put off an answer, and say what is asked next.

    Parameters
    ----------
    sent
        ``key`` of the phrase, and one of ``choice``, ``lon`` with ``lat``, ``nowhere``, ``skip``, ``ask``
        or ``withdraw``.

    Returns
    -------
    tuple
        The lead, the card, the lists, the map's marks, the phrases that are put off.
    """
    try:
        visit = receive(desk, PATH, search)
        require_action(visit.address.audience, Action.SETTLE_PLACES)
    except ProblembildError:
        return (no_update,) * 5  # the frame says what is wrong
    texts, key = visit.texts, str(sent.get("key", ""))
    said = fault = ""
    try:
        said = _act(visit, sent, key)
    except ProblembildError as error:
        fault = texts.error(error)
    if sent.get("skip"):
        skipped = [*(one for one in skipped if one != key), key]
    view = view_of(visit, skipped=skipped, asked=key if sent.get("ask") or fault else None)
    return (
        str(queue_lead(view)),
        str(queue_card(texts, view, said=said, fault=fault)),
        str(queue_lists(texts, view)),
        _marks(visit, view),
        skipped,
    )


def apply_answers(desk: Desk, search: str | None) -> Any:
    """Start an import, which replays the answers, and go to where it is shown."""
    try:
        visit = receive(desk, PATH, search)
        require_action(visit.address.audience, Action.IMPORT)
    except ProblembildError:
        return no_update
    desk.imports.start()
    return {"path": "/underlag", "search": visit.search, "at": desk.imports.state.number}


def _act(visit: Visit, sent: Sent, key: str) -> str:
    workspace, texts = visit.desk.workspace, visit.texts
    by = visit.by
    if sent.get("withdraw"):
        withdraw_place(workspace, key)
        return texts("queue.withdrawn", phrase=key)
    if sent.get("choice"):
        settle_place(workspace, key, by=by, choice=str(sent["choice"]))
    elif sent.get("nowhere"):
        settle_place(workspace, key, by=by, nowhere=True)
    elif "lon" in sent:
        settle_place(workspace, key, by=by, lonlat=_lonlat(sent))
    else:
        return ""
    return texts("queue.kept", phrase=key)


def _lonlat(sent: Sent) -> tuple[float, float]:
    try:
        return float(sent["lon"]), float(sent["lat"])
    except (KeyError, TypeError, ValueError) as error:
        raise ParameterError("answer_unclear", "The point can't be read.") from error


def _marks(visit: Visit, view: QueueView) -> dict[str, Any]:
    choices = view.card.choices if view.card else ()
    return picker_payload(visit, [(one.number, *one.lonlat) for one in choices if one.lonlat is not None])


PAGE = Page(
    name="queue",
    path=re.compile(r"/ko/?"),
    title=lambda visit: visit.texts("queue.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
