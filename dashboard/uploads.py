"""The route that takes files for the inbox: their bytes as they are, one file a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, jsonify, request

from dashboard.access.actions import Action, require_action
from dashboard.failures import STATUS
from dashboard.pages.visit import receive
from dashboard.views.inbox import UPLOAD_PATH
from etl.pipeline import receive_file
from geodata.errors import ParameterError, ProblembildError

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.desk import Desk


def register_uploads(server: Flask, desk: Desk) -> None:
    """Add the route; it answers in JSON, with a sentence for the person who sends."""

    @server.post(UPLOAD_PATH)
    def take() -> Response:
        visit = receive(desk, UPLOAD_PATH, f"?{request.query_string.decode()}", needs_ground=False)
        try:
            require_action(visit.address.audience, Action.IMPORT)
            name = receive_file(
                desk.workspace,
                request.args.get("namn", ""),
                request.stream,
                replace=request.args.get("ersatt") == "1",
            )
        except ParameterError as told:  # the person is asked again: an answer, not a failure
            return jsonify(code=told.code, sentence=visit.texts.error(told))
        except ProblembildError as error:
            response = jsonify(code=error.code, sentence=visit.texts.error(error))
            response.status_code = STATUS[type(error)]
            return response
        return jsonify(code="received", sentence=visit.texts("inbox.received", file=name))
