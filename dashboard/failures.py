"""What a route or a callback answers when it can't: one table from error to HTTP status, and the words."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from dash import callback_context, html, set_props
from flask import Response, jsonify, request
from werkzeug.exceptions import HTTPException

from dashboard.components.failure import failure_page
from dashboard.texts.catalogue import catalogue
from dashboard.views.address import LANGUAGES
from geodata.errors import (
    AccessError,
    FileFaultError,
    MissingError,
    ParameterError,
    ProblembildError,
    ProjectError,
    ServiceError,
    SignInError,
    StoreError,
)

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.texts.catalogue import Catalogue

_LOG = logging.getLogger(__name__)
NOT_THERE, FAULT = 404, 500

STATUS: dict[type[ProblembildError], int] = {
    ParameterError: 400,
    AccessError: 403,
    SignInError: 401,
    MissingError: 404,
    FileFaultError: 500,
    ProjectError: 500,
    StoreError: 500,
    ServiceError: 502,
}
"""Whose fault it is: the asker's below 500, the workspace's from there."""

FAILED = "failed"
"""Where on the page it is said that a callback failed."""

READ_BY_PROGRAMS = ("/map/", "/pass/dag.json", "/pass/logg.json")
"""Routes below these answer programs, in JSON; the others answer people, in text or on a page."""

KEPT = ("som", "sprak")
"""What of the address goes on to the page that one is led back to."""


def register_failures(server: Flask) -> None:
    """Let every route say its errors in the language of the address, faults of the program too."""

    @server.errorhandler(ProblembildError)
    def said(error: ProblembildError) -> Response:
        return _answer(error.code, _words().error(error), STATUS[type(error)])

    @server.errorhandler(HTTPException)
    def not_there(error: HTTPException) -> Response | HTTPException:
        return _answer("no_page", _words()("notice.no_page"), NOT_THERE) if error.code == NOT_THERE else error

    @server.errorhandler(Exception)
    def broke(error: Exception) -> Response:
        problem = _problem(error, request.path)
        return _answer("unexpected", _words()("notice.broke", problem=problem), FAULT)


def callback_failed(error: Exception) -> None:
    """Say on the page that something on it could not be answered; what stands there is let stand."""
    told = {**callback_context.inputs, **callback_context.states}
    search = str(told.get("address.search") or "")
    texts = _words(dict(parse_qsl(search.removeprefix("?"))).get("sprak", ""))
    if isinstance(error, ProblembildError):
        said = texts.error(error)
    else:
        said = texts("notice.broke", problem=_problem(error, callback_context.outputs_list))
    set_props(FAILED, {"children": [html.Strong(texts("notice.error")), html.Span(said)]})


def _problem(error: Exception, where: object) -> str:
    """Log a fault of the program and return what may be told of it: a trace may hold what a file says."""
    kind = type(error).__name__
    _LOG.error("%s broke off: %s", where, kind)
    return (error.strerror or kind) if isinstance(error, OSError) else kind


def _words(asked: str = "") -> Catalogue:
    asked = asked or request.args.get("sprak", "")
    return catalogue(asked if asked in LANGUAGES else LANGUAGES[0])


def _answer(code: str, words: str, status: int) -> Response:
    if request.path.startswith(READ_BY_PROGRAMS):
        response = jsonify(code=code, sentence=words)
    elif request.accept_mimetypes["text/html"] > request.accept_mimetypes["text/plain"]:
        response = Response(failure_page(_words(), words, _here()), mimetype="text/html")
    else:
        response = Response(words, mimetype="text/plain")
    response.status_code = status
    return response


def _here() -> str:
    """Return the query that keeps the language and as whom one looks, on the way back."""
    kept = {name: request.args[name] for name in KEPT if request.args.get(name)}
    return f"?{urlencode(kept)}" if kept else ""
