"""Did it help: recorded measures and promises for everybody, any place and date for those who do the work."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from dash import Dash, html

from dashboard import answers
from dashboard.components.effect import effect_lead, effects
from dashboard.components.markup import fragment
from dashboard.pages.visit import Page, Visit
from dashboard.views.address import format_search
from dashboard.views.effects import effects_view
from geodata.analyses.works import recorded_works
from geodata.errors import ParameterError

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.desk import Desk
    from dashboard.views.effects import EffectsView


def layout(visit: Visit) -> Component:
    """Build the page.

    Raises
    ------
    MissingError
        ``no_place``.
    """
    view = view_of(visit)
    return html.Div(
        className="effect-page",
        children=[
            html.Section(fragment("effect-lead", effect_lead(view)), className="lead"),
            *fragment("effects", effects(visit.texts, view)),
        ],
    )


def view_of(visit: Visit) -> EffectsView:
    """Say the page for one visit."""
    address, ground = visit.address, visit.ground
    works = recorded_works(ground)
    asked, work, fault = address.asked_work, None, ""
    try:
        work = asked.work if asked else None
    except ParameterError as error:  # days that a person has to mend, in the form that holds them
        fault = visit.texts.error(error)
    bare = format_search(replace(address, asked_work=None), language=visit.language)
    return effects_view(
        visit.texts,
        address,
        asked=answers.effect(ground, work, address.audience, asked.months, works) if asked and work else None,
        recorded=answers.effects(ground, address.audience, works),
        places=ground.places,
        hidden=parse_qsl(bare.removeprefix("?")),
        fault=fault,
    )


def wire(app: Dash, desk: Desk) -> None:
    """Register nothing: the page is built anew for every address."""


PAGE = Page(
    name="effect",
    path=re.compile(r"/effekt/?"),
    title=lambda visit: visit.texts("effect.title"),
    layout=layout,
    wire=wire,
    keeps_layout=False,
)
