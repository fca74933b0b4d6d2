"""The page about the ground: the inbox and its import, the account of every file, how fresh it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard import answers
from dashboard.access.actions import Action, may, require_action
from dashboard.components.account import account, account_lead
from dashboard.components.desk import ways
from dashboard.components.inbox import inbox_state, upload_form
from dashboard.components.markup import fragment, fragment_of, join, tag
from dashboard.pages.unread import wire_proposals
from dashboard.pages.visit import Page, Visit, receive
from dashboard.views.frame import desk_ways
from dashboard.views.inbox import UPLOAD_PATH, inbox_view
from dashboard.views.sources import sources_view
from etl.pipeline import inbox_files
from geodata.analyses.area_counts import count_known_to_area
from geodata.errors import ProblembildError
from geodata.selection import Selection

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from markupsafe import Markup

    from dashboard.desk import Desk
    from dashboard.views.inbox import InboxView
    from dashboard.views.sources import SourcesView

PATH = "/underlag"
POLL_MS = 700


def layout(visit: Visit) -> Component:
    """Build the page: the whole import, whatever is filtered elsewhere.

    Raises
    ------
    ProblembildError
        Why there is nothing to show, to those who can't do anything about it.
    """
    texts = visit.texts
    imports = may(visit.address.audience, Action.IMPORT)
    view = None if imports and not visit.has_ground else _view(visit)
    top = ways(texts, desk_ways(texts, visit.address, page="sources", language=visit.language))
    return html.Div(
        className="sources-page",
        children=[
            *fragment("sources-lead", _lead(visit, view)),
            *fragment("sources-ways", top or ""),
            *(_inbox(visit) if imports else []),
            *fragment("sources", account(texts, view) if view else ""),
        ],
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register the import: started once, looked at while it goes on, its account shown at its end."""

    @app.callback(
        Output(*fragment_of("inbox-state")),
        Output("import-tick", "disabled"),
        Output("import-start", "disabled"),
        Output(*fragment_of("sources-lead")),
        Output(*fragment_of("sources")),
        Input("import-start", "n_clicks"),
        Input("import-tick", "n_intervals"),
        Input("uploaded", "data"),
        State("import-tick", "disabled"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def follow(
        clicks: int | None,
        _ticks: int | None,
        _uploaded: int | None,
        idle: bool,  # noqa: FBT001  as Dash gives it
        search: str | None,
    ) -> tuple[Any, ...]:
        from dash import ctx  # noqa: PLC0415  only within a callback

        return look(desk, search, start=bool(clicks) and ctx.triggered_id == "import-start", was_idle=idle)

    wire_proposals(app, desk)


def look(desk: Desk, search: str | None, *, start: bool, was_idle: bool) -> tuple[Any, ...]:
    """Say how the import stands; start it first where that is asked for.

    Parameters
    ----------
    was_idle
        Whether the page believed that nothing goes on; else what ended meanwhile brings a new account.

    Returns
    -------
    tuple
        The inbox, whether polling rests, whether the button rests, the lead and the account.
    """
    try:
        visit = receive(desk, PATH, search, needs_ground=False)
        require_action(visit.address.audience, Action.IMPORT)
        if start:
            desk.imports.start()
        inbox = _inbox_now(visit)
        view = _view(visit) if visit.has_ground and not inbox.running and (start or not was_idle) else None
    except ProblembildError:
        return (no_update,) * 5  # the frame says what is wrong
    written = str(inbox_state(visit.texts, inbox))
    if view is None:
        return written, not inbox.running, inbox.running, no_update, no_update
    lead, told = str(_lead(visit, view)), str(account(visit.texts, view))
    return written, not inbox.running, inbox.running, lead, told


def _view(visit: Visit) -> SourcesView:
    return sources_view(
        visit.texts,
        visit.address,
        report=visit.ground.snapshot.report,
        project=visit.ground.project,
        coverage=answers.coverage(visit.ground, visit.address.audience),
        area_counts=count_known_to_area(visit.ground, Selection(audience=visit.address.audience)),
    )


def _lead(visit: Visit, view: SourcesView | None) -> Markup:
    if view is not None:
        return account_lead(view)
    texts = visit.texts
    why = visit.opened if isinstance(visit.opened, ProblembildError) else None
    nothing = why is None or why.code == "no_snapshot"
    return tag(
        "section",
        tag("h1", texts("notice.nothing_imported")),
        tag("p", texts("inbox.first") if nothing or why is None else texts.error(why), class_="basis"),
        class_="lead",
    )


def _inbox(visit: Visit) -> list[Any]:
    texts, now = visit.texts, _inbox_now(visit)
    return [
        html.Section(
            className="sheet inbox",
            children=[
                html.H2(texts("inbox.heading")),
                *fragment("inbox-state", inbox_state(texts, now)),
                *fragment("inbox-proposal"),
                html.Button(
                    texts("inbox.import"),
                    id="import-start",
                    type="button",
                    className="button primary",
                    disabled=now.running,
                ),
                *fragment("inbox-upload", join([upload_form(texts, address=f"{UPLOAD_PATH}{visit.search}")])),
            ],
        ),
        dcc.Store(id="uploaded"),
        dcc.Store(id="proposal-asked"),
        dcc.Interval(id="import-tick", interval=POLL_MS, disabled=not now.running),
    ]


def _inbox_now(visit: Visit) -> InboxView:
    return inbox_view(
        visit.texts,
        files=inbox_files(visit.desk.workspace),
        report=visit.ground.snapshot.report if visit.has_ground else None,
        state=visit.desk.imports.state,
    )


PAGE = Page(
    name="sources",
    path=re.compile(r"/underlag/?"),
    title=lambda visit: visit.texts("sources.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
    needs_ground=False,
)
