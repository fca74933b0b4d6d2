"""The page of the plan: for the police alone, until what it holds is done."""

from __future__ import annotations

import re
import secrets
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, require_action
from dashboard.components.markup import fragment, fragment_of
from dashboard.components.plan import plan_body
from dashboard.pages.visit import Page, receive
from dashboard.views.plan import PATH, plan_view
from geodata.analyses.ground import open_register
from geodata.analyses.plan import PlanRequest, keep_plan, make_plan, replan
from geodata.analyses.plan_days import check_first, plan_now
from geodata.analyses.shown_plan import show_plan
from geodata.errors import ParameterError, ProblembildError
from geodata.iso_time import iso_day
from geodata.store.plans import SlotSeen
from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component
    from markupsafe import Markup

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit

Sent = dict[str, Any]

MARKS = {
    "miss": SlotStatus.MISSED,
    "cancel": SlotStatus.CANCELLED,
    "plan_again": SlotStatus.PLANNED,
}
LOCKS = {"lock": True, "unlock": False}
DIGITS = 19
"""No number of a slot is longer."""

SEEDS = 2**31
"""The seed of a plan is drawn from what nobody can foresee, and kept with it."""


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    """
    require_action(visit.address.audience, Action.PLAN_PATROLS)
    return html.Div(
        className="plan-page",
        children=[*fragment("planning-body", body_of(visit)), dcc.Store(id="planning-act")],
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register what is done with the plan."""

    @app.callback(
        Output(*fragment_of("planning-body")),
        Input("planning-act", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def take(sent: Sent | None, search: str | None) -> Any:
        return act(desk, sent, search) if sent else no_update


def act(desk: Desk, sent: object, search: str | None) -> Any:
    """Do what was asked, and show how the plan stands then.

    Parameters
    ----------
    sent
        ``act``: ``make`` with ``first``, ``replan``, or one of `MARKS` and `LOCKS` with ``slot`` and
        ``revision``.
    """
    if not isinstance(sent, dict):
        return no_update
    try:
        visit = receive(desk, PATH, search)
        require_action(visit.address.audience, Action.PLAN_PATROLS)
    except ProblembildError:
        return no_update  # the frame says what is wrong
    said = fault = ""
    warnings: Sequence[str] = ()
    try:
        what = str(sent.get("act"))
        warnings = _do(visit, what, sent)
        said = visit.texts(f"plan.did.{what}")
    except ProblembildError as error:
        fault = visit.texts.error(error)
    return str(body_of(visit, said=said, fault=fault, warnings=warnings))


def body_of(visit: Visit, *, said: str = "", fault: str = "", warnings: Sequence[str] = ()) -> Markup:
    """Write the plan as it stands."""
    shown = show_plan(visit.ground, open_register(visit.desk.workspace), visit.address.audience)
    view = plan_view(visit.texts, shown, today=plan_now(visit.ground).day, warnings=warnings)
    return plan_body(visit.texts, view, search=visit.search, said=said, fault=fault)


def _do(visit: Visit, what: str, sent: Sent) -> Sequence[str]:
    """Do one thing; return codes of what should be said of it."""
    register, audience = open_register(visit.desk.workspace), visit.address.audience
    if what in {"make", "replan"}:
        seed, from_slot = secrets.randbelow(SEEDS), 0
        if what == "make":
            first, now = _first(sent), plan_now(visit.ground)
            check_first(first, now=now)
            from_slot = now.from_slot if first == now.day else 0
            asked = PlanRequest(first, seed, visit.by, from_slot=from_slot)
            made, opens = make_plan(visit.ground, register, audience, asked), None
        else:
            opens = plan_now(visit.ground).day + timedelta(days=1)
            made = replan(visit.ground, register, audience, opens=opens, seed=seed, by=visit.by)
        keep_plan(register, made, opens=opens, from_slot=from_slot)
        return made.warnings
    seen = SlotSeen(_whole(sent, "slot"), _whole(sent, "revision"))
    if what in LOCKS:
        register.plans.lock(seen, locked=LOCKS[what], by=visit.by)
    elif what in MARKS:
        register.plans.mark(seen, MARKS[what], by=visit.by)
    else:
        raise ParameterError("choice_missing", "There is no such thing to do.", field="")
    return ()


def _first(sent: Sent) -> date:
    try:
        return iso_day(str(sent.get("first")))
    except ValueError as error:
        raise ParameterError("choice_missing", "Choose a first day.", field="first") from error


def _whole(sent: Sent, name: str) -> int:
    value = sent.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        text = value if isinstance(value, str) else ""
        value = int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else -1
    if value < 0:
        raise ParameterError("choice_missing", f"{name} can't be read.", field=name)
    return value


PAGE = Page(
    name="planning",
    path=re.compile(r"/planen/?"),
    title=lambda visit: visit.texts("plan.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
