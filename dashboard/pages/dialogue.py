"""One dialogue, with the forms by which it is planned, held and given back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.access.actions import Action, require_action
from dashboard.components.dialogue_forms import dialogue_form, dialogue_forms
from dashboard.components.dialogues import dialogue_page
from dashboard.components.markup import fragment, join, tag
from dashboard.pages.browser import in_browser
from dashboard.pages.dialogues import ground_of
from dashboard.pages.visit import Page, receive
from dashboard.views.dialogue import dialogue_view
from dashboard.views.dialogue_reading import dialogue_of, occasion_of, outcome_of, publication_of
from dashboard.views.dialogues import NEW_PATH, PATH
from dashboard.views.typed import day_of, required, typed_of
from etl.pipeline import mask_text
from geodata.analyses.dialogue_files import keep_planned
from geodata.analyses.dialogue_steps import (
    clock_day,
    publish_result,
    record_outcome,
    set_due,
    take_step,
    withdraw_publication,
)
from geodata.analyses.dialogues import follow_dialogue, standing_register
from geodata.dialogues.course import Step
from geodata.dialogues.reading import made_outcome, made_publication, made_reader, plain
from geodata.errors import MissingError, ParameterError, ProblembildError
from geodata.schema import Stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from dashboard.texts.catalogue import Catalogue
    from geodata.store.dialogues import KeptDialogue
    from geodata.store.register import Register

Sent = dict[str, str]


def layout(visit: Visit) -> Component:
    """Build the page of one dialogue.

    Raises
    ------
    MissingError
        ``no_dialogue``.
    """
    texts, key = visit.texts, key_of(visit)
    with standing_register(visit.desk.workspace, visit.project) as register:
        answer = follow_dialogue(
            register, visit.project, key, visit.address.audience, ground=ground_of(visit)
        )
        view = dialogue_view(
            texts,
            visit.address,
            answer=answer,
            versions=register.dialogues.versions(key),
            zone=visit.project.zone,
            language=visit.language,
        )
        forms = None
        if view.may_keep:
            places = [(one.place_id, one.name) for one in register.places() if not one.retired]
            forms = dialogue_forms(
                texts,
                view,
                kept=answer.kept,
                places=sorted(places, key=lambda one: one[1]),
                sources=_sources(visit),
                today=clock_day(visit.project).isoformat(),
            )
    return _page(fragment("dialogue", dialogue_page(texts, view, forms=forms)))


def new_layout(visit: Visit) -> Component:
    """Build the page of a new dialogue.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    """
    require_action(visit.address.audience, Action.KEEP_DIALOGUES)
    texts = visit.texts
    back = tag("a", f"← {texts('dialogues.back')}", href=f"{PATH}{visit.search}", class_="back")
    words = (tag("h1", texts("dialogue_form.new")), tag("p", texts("dialogue_form.lead")))
    lead = tag("section", words, class_="lead")
    return _page(fragment("dialogue-new-form", join([back, lead, dialogue_form(texts)])))


def wire(app: Dash, desk: Desk) -> None:
    """Register what the forms send."""

    @app.callback(
        Output("dialogue-answer", "data"),
        Input("dialogue-sent", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def keep(sent: Sent | None, search: str | None) -> Any:
        return answered(desk, sent, search) if sent else no_update

    in_browser(app, "answered", Input("dialogue-answer", "data"), at_start=False, room="promises")


def answered(desk: Desk, sent: Sent, search: str | None) -> dict[str, Any]:
    """Do what a form asks for, and tell it how that went: at which field it fell, or where to go."""
    heard = sent if isinstance(sent, dict) else {}
    form = {"form": heard.get("form", ""), "at": heard.get("at")}
    visit = None
    try:
        visit = receive(desk, PATH, search, needs_ground=False)
        require_action(visit.address.audience, Action.KEEP_DIALOGUES)
        with standing_register(visit.desk.workspace, visit.project) as register:
            said = typed_of(sent)
            kept = DO.get(said.get("do", ""), _step)(visit, register, said)
    except ProblembildError as error:
        fault = error.sentence if visit is None else _fault(visit.texts, error)
        return {**form, "ok": False, "field": str(error.values.get("field", "")), "fault": fault}
    except ValueError:  # a choice or a number that none of our forms sends
        fault = visit.texts("promise_form.unreadable") if visit is not None else ""
        return {**form, "ok": False, "field": "", "fault": fault}
    return {**form, "ok": True, "path": f"{PATH}/{kept.dialogue.key}", "search": visit.search}


def key_of(visit: Visit) -> str:
    """Return which dialogue the path names."""
    return visit.path.rstrip("/").rsplit("/", 1)[1]


def title(visit: Visit) -> str:
    """Return the name of the dialogue."""
    with standing_register(visit.desk.workspace, visit.project) as register:
        return register.dialogues.find(key_of(visit)).dialogue.name


def _add(visit: Visit, register: Register, sent: Sent) -> KeptDialogue:
    taken = [one.dialogue.key for one in register.dialogues.all()]
    data = {**dialogue_of({**sent, "key": ""}, taken=taken), "occasions": []}
    return keep_planned(register, data, file=data["name"], by=visit.by, why="", seen_version=None)


def _change(visit: Visit, register: Register, sent: Sent) -> KeptDialogue:
    before = register.dialogues.find(sent.get("key", ""))
    return _planned(visit, register, sent, {**plain(before.dialogue), **dialogue_of(sent)})


def _occasion(visit: Visit, register: Register, sent: Sent) -> KeptDialogue:
    before = plain(register.dialogues.find(sent.get("key", "")).dialogue)
    names = {place.place_id: place.name for place in register.places()}
    taken = [one["key"] for one in before["occasions"]]
    made = occasion_of(sent, names=names, taken=taken)
    stood: dict[str, Any] = next((one for one in before["occasions"] if one["key"] == made["key"]), {})
    made = {**stood, **made}  # the form has no field for a point, which a file may have given
    if made["key"] in taken:
        occasions = [made if one["key"] == made["key"] else one for one in before["occasions"]]
    else:
        occasions = [*before["occasions"], made]
    return _planned(visit, register, sent, {**before, "occasions": occasions})


def _remove(visit: Visit, register: Register, sent: Sent) -> KeptDialogue:
    before = plain(register.dialogues.find(sent.get("key", "")).dialogue)
    left = [one for one in before["occasions"] if one["key"] != sent.get("occasion")]
    if len(left) == len(before["occasions"]):
        raise MissingError("no_occasion", "There is no such occasion.", occasion=sent.get("occasion", ""))
    return _planned(visit, register, sent, {**before, "occasions": left})


def _planned(visit: Visit, register: Register, sent: Sent, data: dict[str, Any]) -> KeptDialogue:
    why = mask_text(sent.get("why", ""))
    return keep_planned(register, data, file=data["name"], by=visit.by, why=why, seen_version=_seen(sent))


def _record(visit: Visit, register: Register, sent: Sent) -> KeptDialogue:
    return record_outcome(
        register,
        visit.project,
        sent.get("key", ""),
        made_outcome(outcome_of(sent)),
        by=visit.by,
        mask=mask_text,
        seen_version=_seen(sent),
    )


def _due(visit: Visit, register: Register, sent: Sent) -> KeptDialogue:
    required(sent, "due")
    day = day_of(sent, "due")
    if day is None:
        raise ParameterError("form_missing", "Fill in due.", field="due")
    return set_due(register, sent.get("key", ""), day, by=visit.by, seen_version=_seen(sent))


def _publish(visit: Visit, register: Register, sent: Sent) -> KeptDialogue:
    made = made_publication(publication_of(sent))
    key = sent.get("key", "")
    return publish_result(register, visit.project, key, made, by=visit.by, seen_version=_seen(sent))


def _unpublish(visit: Visit, register: Register, sent: Sent) -> KeptDialogue:
    return withdraw_publication(
        register,
        sent.get("key", ""),
        made_reader(sent.get("to", "")),
        by=visit.by,
        why=mask_text(sent.get("why", "")),
        seen_version=_seen(sent),
    )


def _step(visit: Visit, register: Register, sent: Sent) -> KeptDialogue:
    step = Step(sent.get("do", ""))
    return take_step(register, sent.get("key", ""), step, by=visit.by, seen_version=_seen(sent))


DO: dict[str, Callable[[Visit, Register, Sent], KeptDialogue]] = {
    "add": _add,
    "change": _change,
    "occasion": _occasion,
    "remove": _remove,
    "record": _record,
    "due": _due,
    "publish": _publish,
    "unpublish": _unpublish,
}
"""What a form asks for → what does it; the rest are steps that ask for nothing more."""


def _sources(visit: Visit) -> list[str]:
    """Name the sources that answers may come in by: those that have, or all while none has."""
    names = [source.name for source in visit.project.sources]
    ground = ground_of(visit)
    if ground is None:
        return names
    of_survey = ground.records.of_stream(Stream.SURVEY)
    have = set(ground.observations["source"][of_survey].astype(str))
    return [name for name in names if name in have] or names


def _seen(sent: Sent) -> int:
    return int(sent.get("version", "0"))


def _fault(texts: Catalogue, error: ProblembildError) -> str:
    """Say a fault as the form has it: which key of a file would tell a person at a form nothing."""
    if error.code in {"dialogue_invalid", "dialogue_field"}:
        return texts("promise_form.invalid", value=str(error.values.get("value", "")))
    return texts.error(error)


def _page(inside: list[Any]) -> Component:
    stores = [dcc.Store(id=f"dialogue-{part}") for part in ("sent", "answer")]
    return html.Div([*inside, *stores], className="promise-page dialogue-page")


PAGE = Page(
    name="dialogue",
    path=re.compile(rf"{re.escape(PATH)}/(?!ny$)[a-z0-9][a-z0-9-]{{0,79}}"),
    title=title,
    layout=layout,
    wire=wire,
    keeps_layout=False,
    needs_ground=False,
)

NEW_PAGE = Page(
    name="dialogue_new",
    path=re.compile(re.escape(NEW_PATH)),
    title=lambda visit: visit.texts("dialogue_form.new"),
    layout=new_layout,
    wire=lambda _app, _desk: None,
    keeps_layout=False,
    needs_ground=False,
)
