"""One promise, with the forms by which its action plan is drawn up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, require_action
from dashboard.components.markup import fragment
from dashboard.components.promise import promise_page
from dashboard.pages.browser import in_browser
from dashboard.pages.visit import Page, receive
from dashboard.views.activity_said import fault_words
from dashboard.views.promise import promise_view
from dashboard.views.promise_reading import line_of
from dashboard.views.promises import PATH
from dashboard.views.typed import typed_of
from etl.pipeline import mask_text
from geodata.analyses.ground import open_register
from geodata.analyses.promise_documents import documents_of
from geodata.analyses.promises import follow_promise, measured_on
from geodata.analyses.saved_pictures import problems_of
from geodata.errors import ProblembildError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit

Sent = dict[str, str]


def layout(visit: Visit) -> Component:
    """Build the page of one promise.

    Raises
    ------
    MissingError
        ``no_promise``.
    """
    texts = visit.texts
    answer = follow_promise(visit.ground, key_of(visit), visit.address.audience)
    view = promise_view(
        texts,
        visit.address,
        answer=answer,
        answered=problems_of(open_register(visit.ground.workspace), answer.kept.promise),
        documents=documents_of(
            open_register(visit.ground.workspace),
            answer.kept.promise_id,
            visit.address.audience,
            zone=visit.project.zone,
        ),
        today=measured_on(visit.ground),
        language=visit.language,
        by=visit.by,
    )
    stores = [dcc.Store(id=f"{name}-{part}") for name in ("plan", "work") for part in ("sent", "answer")]
    return html.Div([*fragment("promise", promise_page(texts, view)), *stores], className="promise-page")


def wire(app: Dash, desk: Desk) -> None:
    """Register what the forms send."""

    @app.callback(
        Output("plan-answer", "data"),
        Input("plan-sent", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def plan(sent: Sent | None, search: str | None) -> Any:
        return answered(desk, sent, search, Action.PLAN_ACTIONS, plan_action) if sent else no_update

    in_browser(app, "answered", Input("plan-answer", "data"), at_start=False, room="promises")


def answered(
    desk: Desk,
    sent: Sent,
    search: str | None,
    action: Action,
    do: Callable[[Visit, Sent], dict[str, Any]],
) -> dict[str, Any]:
    """Do what a form asks for, and tell it how that went: at which field it fell, or where to go."""
    heard = sent if isinstance(sent, dict) else {}
    form = {"form": heard.get("form", ""), "at": heard.get("at")}
    visit = None
    try:
        visit = receive(desk, PATH, search)
        require_action(visit.address.audience, action)
        return {**form, "ok": True, **do(visit, typed_of(sent))}
    except ProblembildError as error:
        if visit is None:
            return {**form, "ok": False, "field": "", "fault": error.sentence}
        field = str(error.values.get("field") or _field(str(error.values.get("key", ""))))
        return {**form, "ok": False, "field": field, "fault": fault_words(visit.texts, error)}
    except ValueError:  # a choice or a number that none of our forms sends
        fault = visit.texts("promise_form.unreadable") if visit is not None else ""
        return {**form, "ok": False, "field": "", "fault": fault}


def plan_action(visit: Visit, sent: Sent) -> dict[str, Any]:
    """Add a line to an action plan, change one, or note on it."""
    register = open_register(visit.ground.workspace)
    kept = register.promises.find(sent.get("key", ""))
    line = line_of({**sent, "line_what": mask_text(sent.get("line_what", ""))})
    if sent.get("do") == "line":
        register.action_plans.add(kept.promise_id, line, by=visit.by)
    else:
        item_id = int(sent.get("item", "0"))
        register.action_plans.change(item_id, line, seen_revision=int(sent.get("revision", "0")), by=visit.by)
        if sent.get("line_note", "").strip():
            register.action_plans.note(item_id, mask_text(sent["line_note"]), by=visit.by)
    return {"path": f"{PATH}/{kept.promise.key}", "search": visit.search}


def key_of(visit: Visit) -> str:
    """Return which promise the path names."""
    return visit.path.rstrip("/").rsplit("/", 1)[1]


def title(visit: Visit) -> str:
    """Return the name of the promise."""
    return open_register(visit.ground.workspace).promises.find(key_of(visit)).promise.name


def _field(key: str) -> str:
    """Return the field of the form that a key of the promise was written in."""
    last = key.rsplit(".", 1)[-1]
    return "activity_key" if last == "key" and "." in key else last


PAGE = Page(
    name="promise",
    path=re.compile(r"/loften/(?!nytt$)[a-z0-9][a-z0-9-]{0,79}"),
    title=title,
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
