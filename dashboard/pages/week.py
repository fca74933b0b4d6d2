"""The weekly view of police and municipality (EST), and the focus that their meeting sets."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, require_action
from dashboard.components.markup import fragment
from dashboard.components.week import week_markup
from dashboard.pages.browser import in_browser
from dashboard.pages.promise import Sent, answered
from dashboard.pages.visit import Page
from dashboard.views.picture import problem_name
from dashboard.views.picture_page import WEEK_PATH
from dashboard.views.typed import chosen, day_of, required, words_of
from dashboard.views.week import week_path, week_view
from etl.pipeline import mask_text
from geodata.analyses.est import est_week
from geodata.analyses.ground import open_register
from geodata.analyses.picture_periods import latest_day
from geodata.analyses.promises import measured_on
from geodata.errors import ParameterError
from geodata.iso_time import is_plausible
from geodata.picture.focus import WEEK_DAYS, FocusLine
from geodata.promises.activity import Party
from geodata.schema import GROUP_OF

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    ParameterError
        ``week_future``, ``week_unknown``.
    """
    require_action(visit.address.audience, Action.READ_RECORDS)
    texts, ground = visit.texts, visit.ground
    register = open_register(ground.workspace)
    names = {place.place_id: place.name for place in register.places()}
    week = est_week(ground, visit.address.audience, day=_day(visit))
    view = week_view(texts, visit.address, week=week, names=names, language=visit.language)
    today = _today(visit).isoformat()
    places = sorted(((one.place_id, one.name) for one in ground.places), key=lambda one: one[1])
    problems = [(code, problem_name(texts, code)) for code in GROUP_OF if code != "other"]
    page = week_markup(texts, view, problems=problems, places=places, today=today)
    stores = [dcc.Store(id=f"week-{part}") for part in ("sent", "answer")]
    return html.Div([*fragment("week", page), *stores], className="promise-page week-page")


def wire(app: Dash, desk: Desk) -> None:
    """Register what the forms send."""

    @app.callback(
        Output("week-answer", "data"),
        Input("week-sent", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def keep(sent: Sent | None, search: str | None) -> Any:
        return answered(desk, sent, search, Action.SET_FOCUS, keep_focus) if sent else no_update

    in_browser(app, "answered", Input("week-answer", "data"), at_start=False, room="promises")


def keep_focus(visit: Visit, sent: Sent) -> dict[str, Any]:
    """Set a focus, or take one back."""
    register = open_register(visit.ground.workspace)
    if sent.get("do") == "withdraw":
        register.week_focus.withdraw(int(sent.get("focus", "0")), by=visit.by)
        return {"path": _seen(sent), "search": visit.search}
    for field in ("what", "parties", "met_on", "week"):
        required(sent, field)
    week, met_on = day_of(sent, "week"), day_of(sent, "met_on")
    if week is None or met_on is None:  # `required` has seen to it
        raise ParameterError("form_missing", "Fill in met_on.", field="met_on")
    line = FocusLine(
        week=week,
        what=mask_text(words_of(sent, "what")),
        problem=words_of(sent, "problem"),
        place_id=int(sent["place"]) if sent.get("place") else None,
        parties=frozenset(Party(one) for one in chosen(sent, "parties")),
        why=mask_text(words_of(sent, "why")),
        met_on=met_on,
    )
    register.week_focus.add(line, by=visit.by, today=_today(visit))
    return {"path": _seen(sent), "search": visit.search}


def _seen(sent: Sent) -> str:
    """Return the path of the week that was looked at: the one before the week that is set."""
    week = day_of(sent, "week")
    return WEEK_PATH if week is None else week_path(week - timedelta(days=WEEK_DAYS))


def _today(visit: Visit) -> date:
    """Return the day that the weekly meeting lives in: a made-up municipality's is that of its data."""
    made_up = visit.project.municipality.made_up
    return measured_on(visit.ground) if made_up else latest_day(visit.ground)


def _day(visit: Visit) -> date | None:
    """Return the Monday of the week that the path names; None where it names none."""
    named = visit.path.rstrip("/").removeprefix(WEEK_PATH).strip("/")
    if not named:
        return None
    year, number = (int(part) for part in named.split("-"))
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError as error:
        raise ParameterError("week_unknown", f"There is no week {named}.", week=named) from error
    if not is_plausible(monday):
        raise ParameterError("week_unknown", f"There is no week {named}.", week=named)
    return monday


PAGE = Page(
    name="week",
    path=re.compile(rf"{WEEK_PATH}(?:/[0-9]{{4}}-[0-9]{{2}})?/?"),
    title=lambda visit: visit.texts("week.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
