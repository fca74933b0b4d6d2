"""The picture of a period, saved pictures, and what the safety council chose from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard import answers
from dashboard.access.actions import Action
from dashboard.components.markup import fragment
from dashboard.components.picture import picture_markup
from dashboard.pages.browser import in_browser
from dashboard.pages.promise import Sent, answered
from dashboard.pages.visit import Page
from dashboard.views.picture import problem_name
from dashboard.views.picture_page import PATH, SavedPictures, picture_page
from dashboard.views.typed import day_of, required, words_of
from etl.pipeline import mask_text
from geodata.analyses.ground import open_register
from geodata.analyses.picture import saved_picture
from geodata.analyses.picture_periods import known_days, latest_day
from geodata.analyses.saved_pictures import answered as answered_by
from geodata.analyses.saved_pictures import save_picture, withdraw_picture
from geodata.errors import ParameterError
from geodata.periods import Period
from geodata.picture.decision import made_choices, masked
from geodata.promises.key import key_from
from geodata.schema import GROUP_OF

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from geodata.store.picture_rows import KeptPicture


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    MissingError
        ``no_picture``, ``picture_no_data``.
    ParameterError
        ``picture_future``.
    """
    ground, audience = visit.ground, visit.address.audience
    register = open_register(ground.workspace)
    every = register.pictures.all()
    kept = _kept(visit)
    shown = (
        answers.picture(ground, audience, visit.address.selection.period, tuple(one.key for one in every))
        if kept is None
        else saved_picture(kept, audience)
    )
    page = picture_page(
        visit.texts,
        visit.address,
        shown=shown,
        saved=SavedPictures(
            every,
            kept,
            answered_by(register, kept) if kept is not None else (),
            register.pictures.history(kept.key) if kept is not None else (),
            register.pictures.withdrawn(),
        ),
        known=known_days(ground),
        zone=ground.project.zone,
        language=visit.language,
    )
    stores = [dcc.Store(id=f"picture-{part}") for part in ("sent", "answer")]
    return html.Div(
        [*fragment("picture", picture_markup(visit.texts, page)), *stores],
        className="promise-page picture-page",
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register what the forms send."""

    @app.callback(
        Output("picture-answer", "data"),
        Input("picture-sent", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def keep(sent: Sent | None, search: str | None) -> Any:
        return answered(desk, sent, search, Action.KEEP_PICTURES, keep_picture) if sent else no_update

    in_browser(app, "answered", Input("picture-answer", "data"), at_start=False, room="promises")


def keep_picture(visit: Visit, sent: Sent) -> dict[str, Any]:
    """Save a picture, take one back, or note what a meeting decided of one problem."""
    register = open_register(visit.ground.workspace)
    if sent.get("do") == "save":
        for field in ("name", "first", "last"):
            required(sent, field)
        first, last = day_of(sent, "first"), day_of(sent, "last")
        if first is None or last is None or last < first:
            raise ParameterError(
                "picture_end_early", "It ends before it starts.", field="last", first=first, last=last
            )
        name = mask_text(words_of(sent, "name"))
        taken = [one.key for one in (*register.pictures.all(), *register.pictures.withdrawn())]
        kept = save_picture(
            visit.ground,
            register,
            key=words_of(sent, "key") or key_from(name, taken=taken),
            name=name,
            period=Period(first, last),
            made_by=visit.by,
        )
    elif sent.get("do") == "withdraw":
        key, why = words_of(sent, "picture"), mask_text(words_of(sent, "why"))
        withdraw_picture(register, key, by=visit.by, why=why)
        return {"path": PATH, "search": visit.search}
    else:
        for field in ("problem", "meeting", "meeting_on"):
            required(sent, field)
        problem = words_of(sent, "problem")
        if problem not in GROUP_OF:
            raise ParameterError(
                "category_unknown", f"There is no category {problem}.", category=problem[:40], field="problem"
            )
        choices = made_choices(
            {
                "picture": words_of(sent, "picture"),
                "meeting": words_of(sent, "meeting"),
                "meeting_on": day_of(sent, "meeting_on"),
                "decided_by": words_of(sent, "decided_by"),
                "decision": [
                    {"problem": problem, "chosen": sent.get("chosen") == "yes", "why": words_of(sent, "why")}
                ],
            },
            file=visit.texts("picture_form.decide_heading"),
        )
        seen = _seen(sent) if sent.get("replace") else {}
        try:
            kept = register.pictures.choose(
                masked(choices, mask_text), by=visit.by, today=latest_day(visit.ground), seen=seen
            )
        except ParameterError as error:  # a file names a problem by its code, a form by its name
            named = {"problem": problem_name(visit.texts, problem)} if "problem" in error.values else {}
            raise ParameterError(error.code, error.sentence, **{**error.values, **named}) from error
    return {"path": f"{PATH}/{kept.key}", "search": visit.search}


def _seen(sent: Sent) -> dict[str, int]:
    """Return the decisions that the page showed, by problem; ValueError for what none of our forms sends."""
    pairs = (one.split(":") for one in sent.get("seen", "").split(",") if one)
    return {problem: int(number) for problem, number in pairs}


def _kept(visit: Visit) -> KeptPicture | None:
    key = visit.path.rstrip("/").removeprefix(PATH).strip("/")
    return open_register(visit.ground.workspace).pictures.find(key) if key else None


def _title(visit: Visit) -> str:
    kept = _kept(visit)
    return kept.name if kept is not None else visit.texts("picture.title")


PAGE = Page(
    name="picture",
    path=re.compile(rf"{PATH}(?:/[a-z0-9][a-z0-9-]{{0,79}})?/?"),
    title=_title,
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
