"""Who has signed in, in the header: a menu to one's account and out, or the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard.access.doorkeeper import FORM_FIELD
from dashboard.access.onward import ACCOUNT_PATH, SIGN_OUT_PATH, sign_in_address
from dashboard.components.marks import aria, data

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.access.roles import Actor
    from dashboard.texts.catalogue import Catalogue


def person_menu(texts: Catalogue, actor: Actor, *, here: str) -> list[Component]:
    """Build the menu; empty where the server is open to this machine and nobody signs in.

    Parameters
    ----------
    here
        Path and query, to come back to.
    """
    if actor.role is None:
        return []
    if not actor.name:
        return [html.A(texts("sign_in.do"), href=sign_in_address(here), className="tool")]
    role = texts(f"role.{actor.role}")
    ways = [
        html.A(
            texts("own_account.title"), href=f"{ACCOUNT_PATH}?sprak={texts.language}", className="menu-way"
        ),
        html.Form(
            [
                dcc.Input(type="hidden", name=FORM_FIELD, value=actor.form_token),
                dcc.Input(type="hidden", name="sprak", value=texts.language),
                html.Button(texts("own_account.out"), type="submit", className="menu-way"),
            ],
            action=SIGN_OUT_PATH,
            method="post",
            **data(unsaved=texts("review_form.sign_out_sure"), account=actor.name),
        ),
    ]
    return [
        html.Details(
            className="menu person",
            children=[
                html.Summary(
                    [
                        html.Span(actor.name, className="wide-only"),
                        html.Span(actor.name[:2].upper(), className="narrow-only", **aria(hidden="true")),
                    ],
                    className="tool",
                    title=texts("own_account.who", name=actor.name, role=role),
                ),
                html.Div(
                    [
                        html.P([html.Strong(actor.name), html.Br(), role]),
                        *ways,
                    ],
                    className="menu-sheet",
                ),
            ],
        )
    ]
