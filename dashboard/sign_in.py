"""The routes by which one comes in, changes one's password and goes: forms that need no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, redirect, request

from dashboard.access.onward import ACCOUNT_PATH, NEXT, SIGN_IN_PATH, SIGN_OUT_PATH, onward
from dashboard.components.sign_in import account_page, sign_in_page
from dashboard.document import plain_document
from dashboard.texts.catalogue import Catalogue, catalogue
from dashboard.views.address import LANGUAGES
from geodata.errors import ParameterError

if TYPE_CHECKING:
    from flask import Flask
    from markupsafe import Markup
    from werkzeug.wrappers import Response as AnyResponse

    from dashboard.access.doorkeeper import Doorkeeper

_STATUS = {"sign_in_wait": 429, "sign_in_wrong": 401}


def register_sign_in(server: Flask, door: Doorkeeper) -> None:
    """Add the routes."""

    @server.route(SIGN_IN_PATH, methods=["GET", "POST"])
    def sign_in() -> AnyResponse:
        return _take_sign_in(door) if request.method == "POST" else _sign_in_form(door)

    @server.post(SIGN_OUT_PATH)
    def sign_out() -> AnyResponse:
        door.sign_out(everywhere=request.form.get("everywhere") == "1")
        response = redirect(f"{SIGN_IN_PATH}?sprak={_words(door).language}", 303)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    @server.route(ACCOUNT_PATH, methods=["GET", "POST"])
    def own_account() -> AnyResponse:
        return _take_password(door) if request.method == "POST" else _account(door)


def _take_sign_in(door: Doorkeeper) -> AnyResponse:
    if not door.is_ours():
        return _sign_in_form(door, ParameterError("form_old", "The page had been open too long; try again."))
    try:
        door.sign_in(request.form.get("name", ""), request.form.get("password", ""))
    except ParameterError as error:
        return _sign_in_form(door, error)
    return redirect(onward(request.form.get(NEXT, "/")), 303)


def _sign_in_form(door: Doorkeeper, error: ParameterError | None = None) -> Response:
    texts = _words(door)
    body = sign_in_page(
        texts,
        municipality=door.municipality,
        token=door.form_token(),
        onward=onward(request.values.get(NEXT, "/")),
        name=request.form.get("name", ""),
        fault=texts.error(error) if error else "",
    )
    response = _page(texts, body, title="sign_in.title")
    if error is not None:
        response.status_code = _STATUS.get(error.code, 400)
        if "seconds" in error.values:
            response.headers["Retry-After"] = str(error.values["seconds"])
    return response


def _take_password(door: Doorkeeper) -> Response:
    new = request.form.get("new", "")
    if new != request.form.get("again", ""):
        return _account(door, ParameterError("passwords_differ", "The new password was typed in two ways."))
    try:
        door.change_password(request.form.get("old", ""), new)
    except ParameterError as error:
        return _account(door, error)
    return _account(door, changed=True)


def _account(door: Doorkeeper, error: ParameterError | None = None, *, changed: bool = False) -> Response:
    texts = _words(door)
    body = account_page(
        texts,
        municipality=door.municipality,
        actor=door.require_actor(),
        said=texts("own_account.changed") if changed else "",
        fault=texts.error(error) if error else "",
    )
    response = _page(texts, body, title="own_account.title")
    if error is not None:
        response.status_code = _STATUS.get(error.code, 400)
    return response


def _words(door: Doorkeeper) -> Catalogue:
    asked = request.values.get("sprak", "")
    return catalogue(asked if asked in LANGUAGES else door.municipality.language)


def _page(texts: Catalogue, body: Markup, *, title: str) -> Response:
    name = f"{texts(title)} – {texts('frame.title')}"
    page = plain_document(language=texts.language, title=name, body=body, forgets=True)
    response = Response(page, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response
