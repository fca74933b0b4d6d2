"""The page where answers from paper, telephone and talk are keyed in, one after another."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, may, require_action
from dashboard.components.desk import ways
from dashboard.components.entry_form import answer_form, batch_form, latest_list, names_list, progress
from dashboard.components.markup import fragment, fragment_of, join, tag
from dashboard.pages.browser import in_browser
from dashboard.pages.picker import picker, picker_payload
from dashboard.pages.visit import Page, receive
from dashboard.views.address import format_search
from dashboard.views.entry import PATH, TEMPLATE_PATH, entry_view
from dashboard.views.entry_reading import read_answer, read_batch
from dashboard.views.frame import desk_ways
from dashboard.views.survey import survey_form
from etl.pipeline import (
    add_sources,
    batches,
    key_answer,
    keyed_answers,
    open_batch,
    remove_answer,
    sources_missing,
)
from geodata.analyses.place_names import place_names
from geodata.errors import ProblembildError
from geodata.project import read_project

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from markupsafe import Markup

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from dashboard.views.entry import EntryView

SURVEY_PATH = "/enkat"


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    """
    require_action(visit.address.audience, Action.KEY_IN)
    _texts, view = visit.texts, view_of(visit)
    keys = view.batch is not None
    return html.Div(
        className="entry-page",
        children=[
            html.Section(fragment("entry-progress", progress(view)), className="lead"),
            *fragment("entry-ways", _ways(visit, view)),
            html.Div(
                className="entry-beside",
                children=[
                    html.Div(
                        [
                            *fragment("entry-forms", _forms(visit, view)),
                            *fragment("entry-aids", _aids(visit, view)),
                        ],
                        className="entry-side",
                    ),
                    html.Div(
                        [
                            *([picker(visit)] if keys and visit.has_ground else []),
                            *fragment("entry-latest", _latest(visit, view)),
                        ],
                        className="entry-side",
                    ),
                ],
            ),
            dcc.Store(id="keyed"),
            dcc.Store(id="keyed-answer"),
            dcc.Store(id="round"),
            dcc.Store(id="sources-wanted"),
            dcc.Store(id="round-answer"),
            dcc.Store(id="picked"),
            dcc.Store(id="picker", data=picker_payload(visit) if keys and visit.has_ground else None),
        ],
    )


def view_of(visit: Visit) -> EntryView:
    """Say what the page says now."""
    workspace = visit.desk.workspace
    project = read_project(workspace)
    rounds = batches(workspace)
    known = visit.address.batch in {batch.batch for batch in rounds}
    return entry_view(
        visit.texts,
        visit.address,
        project=project,
        batches=rounds,
        answers=keyed_answers(workspace, visit.address.batch) if known and visit.address.batch else (),
        missing=sources_missing(workspace),
        today=datetime.now(project.zone).date(),
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register what is written, and what the browser does by itself."""

    @app.callback(
        Output("keyed-answer", "data"),
        Output(*fragment_of("entry-latest")),
        Output(*fragment_of("entry-progress")),
        Input("keyed", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def take(typed: dict[str, str] | None, search: str | None) -> tuple[Any, ...]:
        if not typed:
            return (no_update,) * 3
        return take_answer(desk, typed, search)

    @app.callback(
        Output("round-answer", "data"),
        Input("round", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def take_round(typed: dict[str, str] | None, search: str | None) -> Any:
        return take_batch(desk, typed, search) if typed else no_update

    @app.callback(
        Output(*fragment_of("entry-aids")),
        Input("sources-wanted", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def add(wanted: int | None, search: str | None) -> Any:
        return take_sources(desk, search) if wanted else no_update

    in_browser(app, "keyed", Input("keyed-answer", "data"), at_start=False, room="work")
    in_browser(app, "round", Input("round-answer", "data"), at_start=False, room="work")
    in_browser(app, "pick", Output("picked", "data"), Input("picker", "data"), room="work")


def take_answer(desk: Desk, typed: dict[str, str], search: str | None) -> tuple[Any, ...]:
    """Write, correct or take away an answer, and say what came of it.

    Parameters
    ----------
    typed
        The fields as they were typed; ``remove`` holds the number of one to take away.

    Returns
    -------
    tuple
        What the form is told (``ok``, ``said``, else ``field`` and ``fault``), the latest answers, the
        progress.
    """
    visit = receive(desk, PATH, search, needs_ground=False)
    texts, batch = visit.texts, visit.address.batch or ""
    try:
        require_action(visit.address.audience, Action.KEY_IN)
        if typed.get("remove"):
            number = int(typed["remove"])
            remove_answer(desk.workspace, batch, number)
            said = texts("entry.removed", number=str(number))
        else:
            project = read_project(desk.workspace)
            form = survey_form(texts, project.survey, municipality=project.municipality.name)
            number = key_answer(desk.workspace, read_answer(texts, form, typed, batch=batch))
            said = texts("entry.saved", number=str(number))
    except ProblembildError as error:
        return fault_of(visit, error, typed), no_update, no_update
    view = view_of(visit)
    told = {"ok": True, "said": said, "at": typed.get("at"), "removed": bool(typed.get("remove"))}
    return told, str(_latest(visit, view)), str(progress(view))


def take_batch(desk: Desk, typed: dict[str, str], search: str | None) -> dict[str, Any]:
    """Open or correct a round, and say where to go on."""
    visit = receive(desk, PATH, search, needs_ground=False)
    try:
        require_action(visit.address.audience, Action.KEY_IN)
        batch = open_batch(desk.workspace, read_batch(typed), new=typed.get("new") == "1")
    except ProblembildError as error:
        return fault_of(visit, error, typed)
    query = format_search(replace(visit.address, batch=batch.batch), language=visit.language)
    return {"ok": True, "path": PATH, "search": query, "at": typed.get("at")}


def take_sources(desk: Desk, search: str | None) -> str:
    """Add the sources that the project file lacks, and say so where their lines stood."""
    visit = receive(desk, PATH, search, needs_ground=False)
    try:
        require_action(visit.address.audience, Action.IMPORT)
        add_sources(desk.workspace)
    except ProblembildError as error:
        return str(tag("p", visit.texts.error(error), class_="fault", role="alert"))
    said = tag("p", visit.texts("entry.sources_added"), class_="said", role="status")
    return str(join([said, _aids(visit, view_of(visit))]))


def fault_of(visit: Visit, error: ProblembildError, typed: dict[str, str]) -> dict[str, Any]:
    """Tell a form what is wrong, and at which field."""
    field = str(error.values.get("field", ""))
    return {"ok": False, "field": field, "fault": visit.texts.error(error), "at": typed.get("at")}


def _ways(visit: Visit, view: EntryView) -> Markup:
    texts = visit.texts
    rounds = (
        tag("a", way.label, href=way.href, class_="pill", aria_current="true" if way.current else None)
        for way in view.batches
    )
    return join(
        [
            ways(texts, desk_ways(texts, visit.address, page="entry", language=visit.language)),
            tag("nav", rounds, class_="kinds rounds", aria_label=texts("entry.batches")),
        ]
    )


def _forms(visit: Visit, view: EntryView) -> Markup:
    texts = visit.texts
    names = place_names(visit.ground) if visit.has_ground else ()
    return join(
        [
            names_list(names),
            [answer_form(texts, view), batch_form(texts, view)]
            if view.batch is not None
            else batch_form(texts, view),
        ]
    )


def _aids(visit: Visit, view: EntryView) -> Markup:
    texts = visit.texts
    missing = (
        [
            tag("p", texts("entry.sources_missing")),
            tag("pre", view.lines_to_add, tabindex="0"),
            _add_button(visit),
        ]
        if view.lines_to_add
        else []
    )
    return tag(
        "section",
        tag("h2", texts("entry.aids")),
        tag(
            "p",
            tag("a", texts("entry.print"), href=f"{SURVEY_PATH}{visit.search}", target="_blank"),
            " · ",
            tag("a", texts("entry.template"), href=f"{TEMPLATE_PATH}{visit.search}", download=True),
        ),
        tag("p", texts("entry.template_note"), class_="small"),
        missing,
        class_="aids",
    )


def _add_button(visit: Visit) -> Markup | None:
    if not may(visit.address.audience, Action.IMPORT):
        return None
    return tag("button", visit.texts("entry.add_sources"), type="button", class_="button", id="add-sources")


def _latest(visit: Visit, view: EntryView) -> Markup | str:
    if view.batch is None:
        return ""
    return tag("section", tag("h2", visit.texts("entry.latest")), latest_list(visit.texts, view.latest))


PAGE = Page(
    name="entry",
    path=re.compile(r"/inmatning/?"),
    title=lambda visit: visit.texts("entry.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
    needs_ground=False,
)
