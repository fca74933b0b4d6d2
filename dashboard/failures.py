"""What a route answers when it can't: one table from error to HTTP status, and the words of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, jsonify, request

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

READ_BY_PROGRAMS = "/map/"
"""Routes below this answer programs, in JSON; the others answer people, in text."""


def register_failures(server: Flask) -> None:
    """Let every route of a server say its errors in the language of the address."""

    @server.errorhandler(ProblembildError)
    def said(error: ProblembildError) -> Response:
        asked = request.args.get("sprak", "")
        words = catalogue(asked if asked in LANGUAGES else LANGUAGES[0]).error(error)
        if request.path.startswith(READ_BY_PROGRAMS):
            response = jsonify(code=error.code, sentence=words)
        else:
            response = Response(words, mimetype="text/plain")
        response.status_code = STATUS[type(error)]
        return response
