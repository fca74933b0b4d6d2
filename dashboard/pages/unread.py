"""The part of the page about the ground where a file that no source reads is looked at and taken into use."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update, set_props

from dashboard.access.actions import Action, require_action
from dashboard.components.markup import fragment_of, tag
from dashboard.components.proposal import proposal, shipped
from dashboard.pages.visit import receive
from dashboard.views.proposal import proposal_view
from etl.pipeline import adopt, describe_unread, shipped_for
from geodata.errors import FileFaultError, ProblembildError

if TYPE_CHECKING:
    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit

PATH = "/underlag"


def wire_proposals(app: Dash, desk: Desk) -> None:
    """Register the look at a file, and taking its proposal into use."""

    @app.callback(
        Output(*fragment_of("inbox-proposal")),
        Input("proposal-asked", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def take(asked: dict[str, Any] | None, search: str | None) -> Any:
        if not asked:
            return no_update
        said, adopted = answer(desk, asked, search)
        if adopted:
            set_props("uploaded", {"data": time.time()})  # the list of the inbox is told anew
        return said


def answer(desk: Desk, asked: dict[str, Any], search: str | None) -> tuple[str, bool]:
    """Say how a file would be read, or take that into use; whether it was.

    Parameters
    ----------
    asked
        ``file``, and ``settings`` with what a person decided where it shall be taken into use.
    """
    try:
        visit = receive(desk, PATH, search, needs_ground=False)
        require_action(visit.address.audience, Action.IMPORT)
    except ProblembildError:
        return "", False  # the frame says what is wrong
    file, settings = str(asked.get("file", "")), asked.get("settings")
    if not file:
        return "", False
    fault = ""
    if isinstance(settings, dict):
        told = {str(key): str(value) for key, value in settings.items()}
        try:
            names = adopt(desk.workspace, file, settings=told, say=_say(visit))
        except ProblembildError as error:
            fault = visit.texts.error(error)
        else:
            said = visit.texts("proposal.adopted", file=file, name=visit.texts.form.listing(names))
            return str(tag("p", said, class_="said", role="status")), True
    try:
        found = describe_unread(desk.workspace, file, say=_say(visit))
    except ProblembildError as error:
        offered = shipped_for(desk.workspace, error) if isinstance(error, FileFaultError) else ()
        if offered:
            return str(shipped(visit.texts, offered, file=file, fault=fault)), False
        return str(tag("p", visit.texts.error(error), class_="fault", role="alert")), False
    view = proposal_view(visit.texts, found, file=file, zone=visit.project.zone)
    return str(proposal(visit.texts, view, fault=fault)), False


def _say(visit: Visit) -> Any:
    def say(code: str, values: dict[str, str]) -> str:
        return visit.texts(f"reasons.{code}", **values)

    return say
