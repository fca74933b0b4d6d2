"""The page of dialogues: where and when people are asked, and whether the result has come back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import Dash, html

from dashboard.components.desk import ways
from dashboard.components.dialogues import dialogue_cards, dialogues_lead
from dashboard.components.markup import fragment
from dashboard.pages.visit import Page
from dashboard.views.dialogues import PATH, dialogues_view
from dashboard.views.frame import desk_ways
from geodata.analyses.dialogues import follow_dialogues, looked_at_on, standing_register

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from geodata.analyses.ground import Ground


def ground_of(visit: Visit) -> Ground | None:
    """Return what is imported; None before the first import, for one asks before one has answers.

    Raises
    ------
    ProblembildError
        Why an import that is there can't be read.
    """
    if getattr(visit.opened, "code", "") == "no_snapshot":
        return None
    return visit.ground


def layout(visit: Visit) -> Component:
    """Build the page."""
    texts, ground = visit.texts, ground_of(visit)
    with standing_register(visit.desk.workspace, visit.project) as register:
        answers = follow_dialogues(register, visit.project, visit.address.audience, ground=ground)
    view = dialogues_view(
        texts,
        visit.address,
        answers=answers,
        today=looked_at_on(ground, visit.project),
        language=visit.language,
    )
    top = ways(texts, desk_ways(texts, visit.address, page="dialogues", language=visit.language))
    return html.Div(
        className="promises-page",
        children=[
            html.Section(fragment("dialogues-lead", dialogues_lead(view)), className="lead"),
            *fragment("dialogues-ways", top or ""),
            *fragment("dialogues", dialogue_cards(texts, view)),
        ],
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register nothing: the page is built anew for every address."""


PAGE = Page(
    name="dialogues",
    path=re.compile(rf"{re.escape(PATH)}/?"),
    title=lambda visit: visit.texts("dialogues.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
    needs_ground=False,
)
