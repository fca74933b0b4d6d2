"""What a route answers when it can't: one table from error to HTTP status, and the words of the catalogue."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Response, jsonify, request
from werkzeug.exceptions import HTTPException

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

READ_BY_PROGRAMS = ("/map/", "/pass/dag.json", "/pass/logg.json")
"""Routes below these answer programs, in JSON; the others answer people, in text."""


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
        # A trace may hold what stands in a file, and so may an error's own words.
        kind = type(error).__name__
        _LOG.error("%s broke off: %s", request.path, kind)
        problem = error.strerror or kind if isinstance(error, OSError) else kind
        return _answer("unexpected", _words()("notice.broke", problem=problem), FAULT)


def _words() -> Catalogue:
    asked = request.args.get("sprak", "")
    return catalogue(asked if asked in LANGUAGES else LANGUAGES[0])


def _answer(code: str, words: str, status: int) -> Response:
    programs = request.path.startswith(READ_BY_PROGRAMS)
    response = jsonify(code=code, sentence=words) if programs else Response(words, mimetype="text/plain")
    response.status_code = status
    return response
