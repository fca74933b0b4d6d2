"""The page where what was done is logged freely, and what it counts for is said at once."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, require_action
from dashboard.components.latest_log import latest_log
from dashboard.components.markup import fragment, join, tag
from dashboard.components.promise_forms import log_form
from dashboard.field.addresses import PAGE as PASS_PAGE
from dashboard.pages.browser import in_browser
from dashboard.pages.log_import import log_file_section, wire_log_file
from dashboard.pages.promise import Sent, answered
from dashboard.pages.visit import Page
from dashboard.views.latest_log import SHOWN, latest_log_view
from dashboard.views.promise_reading import entry_of
from dashboard.views.promises import LOG_PATH, PATH
from dashboard.views.signed import signed
from dashboard.views.work_log import may_withdraw
from etl.pipeline import mask_text
from geodata.analyses.ground import open_register
from geodata.analyses.promises import follow_promises, measured_on
from geodata.errors import AccessError
from geodata.privacy import Audience
from geodata.promises.verdict import OTHER_WORK

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from dashboard.views.latest_log import LatestLogView
    from geodata.store.register import Register

LATEST = "work-latest"


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    """
    require_action(visit.address.audience, Action.LOG_WORK)
    texts = visit.texts
    register = open_register(visit.ground.workspace)
    activities = [
        (kept.activity_ids[one.key], f"{kept.promise.name}: {one.name}")
        for kept in register.promises.all()
        for one in kept.promise.activities
    ]
    places = sorted(((place.place_id, place.name) for place in visit.ground.places), key=lambda one: one[1])
    form = log_form(
        texts,
        places=places,
        activities=activities,
        today=datetime.now(UTC).astimezone(visit.project.zone).date().isoformat(),
        with_car=visit.address.audience is Audience.POLICE,
    )
    back = tag("a", f"← {texts('promise.back')}", href=f"{PATH}{visit.search}", class_="back")
    telephone = tag(
        "a", texts("log_form.telephone"), href=f"{PASS_PAGE}{visit.search}", target="_self", class_="onward"
    )
    lead = tag(
        "section",
        tag("h1", texts("log_form.title")),
        tag("p", texts("log_form.lead")),
        tag("p", telephone),
        class_="lead",
    )
    stores = [dcc.Store(id="work-sent"), dcc.Store(id="work-answer")]
    return html.Div(
        [
            *fragment("work-log", join([back, lead, form])),
            *log_file_section(visit),
            *fragment(LATEST, latest_log(texts, _latest(visit, register))),
            *stores,
        ],
        className="log-page promise-page",
    )


def _latest(visit: Visit, register: Register) -> LatestLogView:
    return latest_log_view(
        visit.texts,
        register.log.newest(SHOWN + 1),
        register.log.withdrawn(),
        places={place.place_id: place.name for place in register.places()},
        zone=visit.project.zone,
        audience=visit.address.audience,
        by=visit.by,
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register what is logged, and what is withdrawn."""

    @app.callback(
        Output("work-answer", "data"),
        Input("work-sent", "data"),
        State("address", "search"),
        State("address", "pathname"),
        prevent_initial_call=True,
    )
    def take(sent: Sent | None, search: str | None, path: str | None) -> Any:
        if not isinstance(sent, dict) or not sent:
            return no_update
        return answered(desk, {**sent, "path": path or PATH}, search, Action.LOG_WORK, log_work)

    in_browser(app, "answered", Input("work-answer", "data"), at_start=False, room="promises")
    wire_log_file(app, desk)


def log_work(visit: Visit, sent: Sent) -> dict[str, Any]:
    """Keep an entry and say what it counts for, or let one hold no longer."""
    register, texts = open_register(visit.ground.workspace), visit.texts
    sent = {key: value for key, value in sent.items() if isinstance(value, str)}
    if sent.get("do") == "withdraw":
        _withdraw(visit, register, sent)
        return {"path": sent["path"], "search": visit.search}
    now = datetime.now(UTC)
    entry = entry_of(sent, zone=visit.project.zone, by=visit.by, now=now, mask=mask_text)
    if not register.log.add(entry, now=now):
        return {"said": texts("log_form.known")}
    return {
        "said": texts("log_form.saved", verdicts=counts_for(visit, entry.entry_key)),
        "fragments": {LATEST: str(latest_log(texts, _latest(visit, register)))},
    }


def _withdraw(visit: Visit, register: Register, sent: Sent) -> None:
    entry = register.log.one(sent.get("entry", ""))
    if not may_withdraw(visit.address.audience, entry.logged_by, by=visit.by):
        raise AccessError(
            "log_not_yours",
            "Only who logged it, or a coordinator, can withdraw it.",
            name=signed(visit.texts, entry.logged_by),
        )
    register.log.withdraw(entry.entry_key, by=visit.by, why=mask_text(sent.get("why", "")))


def counts_for(visit: Visit, entry_key: str) -> str:
    """Say what an entry counts for, or why for nothing; and when a made-up town shows it no earlier."""
    said = _verdicts(visit, entry_key)
    shown_until = measured_on(visit.ground)
    zone = visit.project.zone
    entry = open_register(visit.ground.workspace).log.one(entry_key)
    if entry.started_at.astimezone(zone).date() <= shown_until:
        return said
    return f"{said} {visit.texts('log_form.made_up_until', day=shown_until)}"


def _verdicts(visit: Visit, entry_key: str) -> str:
    texts, counting, why = visit.texts, [], []
    today = datetime.now(UTC).astimezone(visit.project.zone).date()
    for answer in follow_promises(visit.ground, visit.address.audience, today=today):
        for one in answer.progress.activities:
            for verdict in one.judged.verdicts:
                if verdict.entry_key == entry_key and verdict.counts:
                    counting.append(f"{answer.kept.promise.name}: {one.activity.name}")
                elif verdict.entry_key == entry_key and verdict.why not in OTHER_WORK:
                    why.append(f"{one.activity.name} – {texts(f'why.{verdict.why}').lower()}")
    if counting:
        return texts("log_form.counts_for", activities=texts.form.listing(counting))
    return texts("log_form.counts_none", why="; ".join(why)) if why else texts("log_form.counts_nothing")


PAGE = Page(
    name="work_log",
    path=re.compile(re.escape(LOG_PATH)),
    title=lambda visit: visit.texts("log_form.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
