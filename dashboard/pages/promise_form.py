"""The forms by which a promise is added and changed, and given its activities; each says what would count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, require_action
from dashboard.components.activity_form import activity_form, said_markup
from dashboard.components.markup import fragment, join, tag
from dashboard.components.promise_forms import promise_form, withdrawal_form
from dashboard.pages.browser import in_browser
from dashboard.pages.promise import Sent, answered
from dashboard.pages.visit import Page, receive
from dashboard.views.activity_form import EMPTY, changed_activity, holds, typed_activity
from dashboard.views.activity_reading import activity_of
from dashboard.views.activity_said import read_so_far, said_so_far
from dashboard.views.answerable import answerable
from dashboard.views.promise_reading import promise_of, typed_promise, withdrawal_of
from dashboard.views.promises import ACTIVITY, CHANGE, NEW_ACTIVITY, NEW_PATH, PATH
from etl.pipeline import mask_text
from geodata.analyses.ground import open_register
from geodata.analyses.promise_draft import judge_draft
from geodata.analyses.promise_files import ids_by_name
from geodata.analyses.promise_setting import promise_setting
from geodata.errors import MissingError, ProblembildError
from geodata.promises.reading import (
    made_promise,
    plain,
    require_feasible,
    with_activity,
    without_activity,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component
    from markupsafe import Markup

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from geodata.promises.promise import Activity
    from geodata.store.promises import KeptPromise
    from geodata.store.register import Register

KEY = "[a-z0-9][a-z0-9-]{0,79}"
DRAFT = "utkast"
"""Stands as the key of an activity that has none yet."""


def new_layout(visit: Visit) -> Component:
    """Build the page of a new promise.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    """
    require_action(visit.address.audience, Action.KEEP_PROMISES)
    texts = visit.texts
    lead = (texts("promise_form.new"), texts("promise_form.lead"))
    return _page(
        "promise-new-form",
        visit,
        PATH,
        texts("promise.back"),
        lead,
        promise_form(texts, problems=answerable(texts, _register(visit))),
    )


def change_layout(visit: Visit) -> Component:
    """Build the page on which a promise's own words and days are changed.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    MissingError
        ``no_promise``.
    """
    require_action(visit.address.audience, Action.KEEP_PROMISES)
    texts, kept = visit.texts, _kept(visit)
    typed = {**typed_promise(kept.promise), "version": str(kept.version)}
    lead = (texts("promise_form.change", name=kept.promise.name), texts("promise_form.change_lead"))
    back = f"{PATH}/{kept.promise.key}"
    return _page(
        "promise-new-form",
        visit,
        back,
        kept.promise.name,
        lead,
        join(
            [
                promise_form(texts, typed, problems=answerable(texts, _register(visit), kept.promise)),
                withdrawal_form(texts, kept.promise.key, kept.version, withdrawn=kept.promise.withdrawn),
            ]
        ),
    )


def activity_layout(visit: Visit) -> Component:
    """Build the page on which an activity is added or changed.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    MissingError
        ``no_promise``, ``no_activity``.
    """
    require_action(visit.address.audience, Action.KEEP_PROMISES)
    texts, kept, before = visit.texts, _kept(visit), _activity(visit)
    promise = kept.promise
    if before is not None and not holds(before, texts):
        lead = (texts("promise_form.change_activity", name=before.name), texts("promise_form.by_file"))
        inside = tag("p", texts("promise_form.by_file_how", key=promise.key), class_="empty")
    else:
        heading = (
            texts("promise_form.activity")
            if before is None
            else texts("promise_form.change_activity", name=before.name)
        )
        lead = (heading, texts("promise_form.activity_lead"))
        typed = EMPTY if before is None else typed_activity(before, texts)
        inside = activity_form(
            texts,
            typed,
            said=_said(visit, {**typed, "key": promise.key, "activity": before.key if before else ""}),
            promise=promise.key,
            version=kept.version,
            activity="" if before is None else before.key,
            places=_places(visit, before),
        )
    return _page("promise-activity-form", visit, f"{PATH}/{promise.key}", promise.name, lead, inside)


def wire(app: Dash, desk: Desk) -> None:
    """Register what the forms send, and what is said while one types."""

    @app.callback(
        Output("promise-answer", "data"),
        Input("promise-sent", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def keep(sent: Sent | None, search: str | None) -> Any:
        return answered(desk, sent, search, Action.KEEP_PROMISES, keep_promise) if sent else no_update

    @app.callback(
        Output("promise-says-answer", "data"),
        Input("promise-typed", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def say(typed: Sent | None, search: str | None) -> Any:
        return said_of(desk, typed, search) if typed else no_update

    in_browser(app, "answered", Input("promise-answer", "data"), at_start=False, room="promises")
    in_browser(app, "says", Input("promise-says-answer", "data"), at_start=False, room="promises")


def keep_promise(visit: Visit, sent: Sent) -> dict[str, Any]:
    """Add or change a promise, or an activity of one."""
    register = open_register(visit.ground.workspace)
    setting = promise_setting(visit.ground, register.places())
    file, doing = visit.texts("promise_form.new"), sent.get("do")
    ids = ids_by_name(register.places())
    if doing == "add":
        taken = {one.promise.key for gone in (False, True) for one in register.promises.all(withdrawn=gone)}
        promise = made_promise(promise_of(sent, taken=taken), file=file, place_ids=ids)
        require_feasible(promise, setting=setting)
        kept = register.promises.add(promise, by=visit.by)
    else:
        why = mask_text(sent.get("why", ""))
        before = register.promises.find(sent.get("key", ""))
        promise = made_promise(_changed(visit, sent, before), file=file, place_ids=ids)
        if not promise.withdrawn:
            require_feasible(promise, setting=setting)
        kept = register.promises.change(
            promise, seen_version=int(sent.get("version", "0")), why=why, by=visit.by
        )
    return {"path": f"{PATH}/{kept.promise.key}", "search": visit.search}


def said_of(desk: Desk, typed: Sent, search: str | None) -> str:
    """Say what would count of what is typed so far; nothing is kept."""
    try:
        visit = receive(desk, PATH, search)
        require_action(visit.address.audience, Action.KEEP_PROMISES)
        return str(_said(visit, typed))
    except (ProblembildError, ValueError):  # said when the form is sent, at its field
        return ""


def _said(visit: Visit, typed: Mapping[str, str]) -> Markup:
    register = _register(visit)
    kept = register.promises.find(typed.get("key", ""))
    key = typed.get("activity") or DRAFT
    places = register.places()
    read = read_so_far(typed, visit.texts, key=key, place_ids=ids_by_name(places))
    draft = None
    if read.activity is not None:
        number = kept.activity_ids.get(key)
        draft = judge_draft(visit.ground, kept.promise, read.activity, activity_id=number)
    names = {place.place_id: place.name for place in places}
    return said_markup(visit.texts, said_so_far(visit.texts, read, draft, places=names))


def _changed(visit: Visit, sent: Sent, before: KeptPromise) -> dict[str, Any]:
    """Return the changed promise as plain values."""
    promise = before.promise
    if (withdrawn := withdrawal_of(sent, promise)) is not None:
        return withdrawn
    if sent.get("do") == "change":
        return {**plain(promise), **promise_of({**sent, "key": promise.key})}
    activity = promise.activity(sent.get("activity", ""))
    if sent.get("do") == "activity_change":
        if activity is None:
            raise MissingError("no_activity", "The promise has no such activity.")
        if sent.get("remove"):
            return without_activity(promise, activity.key)
        return with_activity(promise, changed_activity(sent, visit.texts, activity))
    taken = [one.key for one in promise.activities]
    values = activity_of(sent, visit.texts, taken=taken)
    return {**plain(promise), "activities": [*plain(promise)["activities"], values]}


def _kept(visit: Visit) -> KeptPromise:
    return _register(visit).promises.find(visit.path.split("/")[2])


def _activity(visit: Visit) -> Activity | None:
    """Return the activity that the path names; None where one is added."""
    if visit.path.endswith(NEW_ACTIVITY):
        return None
    key = visit.path.rsplit("/", 1)[1]
    found = _kept(visit).promise.activity(key)
    if found is None:
        raise MissingError("no_activity", f"The promise has no activity {key}.")
    return found


def _places(visit: Visit, before: Activity | None) -> list[tuple[int, str]]:
    """Return the places that can be chosen: those in use, and those that the rule has already."""
    named = () if before is None else before.scope.places
    gone = visit.texts("promise_form.place_gone")
    found = [
        (place.place_id, f"{place.name} ({gone})" if place.retired else place.name)
        for place in _register(visit).places()
        if not place.retired or place.place_id in named
    ]
    return sorted(found, key=lambda one: one[1])


def _register(visit: Visit) -> Register:
    return open_register(visit.ground.workspace)


def _page(
    name: str, visit: Visit, back: str, back_name: str, lead: tuple[str, str], inside: Markup
) -> Component:
    way = tag("a", f"← {back_name}", href=f"{back}{visit.search}", class_="back")
    heading = tag("section", tag("h1", lead[0]), tag("p", lead[1]), class_="lead")
    stores = [
        dcc.Store(id=one)
        for one in ("promise-sent", "promise-answer", "promise-typed", "promise-says-answer")
    ]
    return html.Div([*fragment(name, join([way, heading, inside])), *stores], className="promise-page")


NEW_PAGE = Page(
    name="promise_new",
    path=re.compile(re.escape(NEW_PATH)),
    title=lambda visit: visit.texts("promise_form.new"),
    layout=new_layout,
    wire=wire,
    keeps_layout=False,
)

CHANGE_PAGE = Page(
    name="promise_change",
    path=re.compile(rf"{PATH}/{KEY}{CHANGE}"),
    title=lambda visit: visit.texts("promise_form.change_promise"),
    layout=change_layout,
    wire=lambda _app, _desk: None,
    keeps_layout=False,
)

ACTIVITY_PAGE = Page(
    name="promise_activity",
    path=re.compile(rf"{PATH}/{KEY}(?:{NEW_ACTIVITY}|{ACTIVITY}/{KEY})"),
    title=lambda visit: visit.texts("promise_form.activity"),
    layout=activity_layout,
    wire=lambda _app, _desk: None,
    keeps_layout=False,
)
