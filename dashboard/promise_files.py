"""Files of promises: signed documents in and out, and action plans for calendars."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Response, jsonify, request

from dashboard.access.actions import Action, require_action
from dashboard.failures import STATUS
from dashboard.pages.visit import receive
from dashboard.views.due_actions import CALENDAR_PATH
from dashboard.views.promise_documents import DOCUMENT_PATH
from dashboard.views.promises import PATH
from etl.pipeline import mask_text
from geodata.analyses.ground import open_register
from geodata.analyses.promise_documents import document_for
from geodata.encodable import require_encodable
from geodata.errors import MissingError, ParameterError, ProblembildError
from geodata.store.documents import ENDING, LARGEST_BYTES, document_file, drop_document, keep_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit
    from geodata.store.register import Register

TITLE, PUBLIC, PROMISE = "titel", "visas", "lofte"


def register_promise_files(server: Flask, desk: Desk) -> None:
    """Add the routes."""

    def visit() -> Visit:
        return receive(desk, request.path, f"?{request.query_string.decode()}")

    @server.post(f"{PATH}/<key>/dokument")
    def take_document(key: str) -> Response:
        return _told(visit(), lambda asked: _take(asked, key))

    @server.post(f"{DOCUMENT_PATH}/<int:document_id>/bort")
    def remove_document(document_id: int) -> Response:
        return _told(visit(), lambda asked: _remove(asked, document_id))

    @server.get(CALENDAR_PATH)
    def action_calendar() -> Response:
        return _calendar(visit())

    @server.get(f"{DOCUMENT_PATH}/<int:document_id>")
    def promise_document(document_id: int) -> Response:
        return _give(visit(), document_id)


def _told(visit: Visit, do: Callable[[Visit], None]) -> Response:
    """Do what is asked for; the answer is for the page's script."""
    try:
        require_action(visit.address.audience, Action.KEEP_PROMISES)
        do(visit)
    except ParameterError as told:  # the person chooses another: an answer, not a failure
        return jsonify(code=told.code, sentence=visit.texts.error(told))
    except ProblembildError as error:
        response = jsonify(code=error.code, sentence=visit.texts.error(error))
        response.status_code = STATUS[type(error)]
        return response
    return jsonify(code="kept", sentence="")


def _take(visit: Visit, key: str) -> None:
    """Keep the document that is the request's body."""
    title = mask_text(request.args.get(TITLE, ""))
    require_encodable(title, field=TITLE)
    store = visit.desk.workspace / "store"
    register = open_register(visit.desk.workspace)
    promise = register.promises.find(key)
    content = io.BytesIO(request.stream.read(LARGEST_BYTES + 1))
    kept = keep_document(store, content)

    def there() -> None:
        """Write the file once more where somebody let go of it meanwhile."""
        try:
            document_file(store, kept.digest, kept.media)
        except MissingError:
            content.seek(0)
            keep_document(store, content)

    try:
        register.promise_documents.add(
            promise.promise_id,
            kept,
            title=title,
            public=request.args.get(PUBLIC) == "1",
            by=visit.by,
            there=there,
        )
    except ProblembildError:
        _let_go(register, store, kept.digest, kept.media)
        raise


def _remove(visit: Visit, document_id: int) -> None:
    """Take a document away, and its file where nothing else shows it; that it was there stays written."""
    register = open_register(visit.desk.workspace)
    gone = register.promise_documents.find(document_id)
    register.promise_documents.remove(document_id, by=visit.by)
    _let_go(register, visit.desk.workspace / "store", gone.digest, gone.media)


def _let_go(register: Register, store: Path, digest: str, media: str) -> None:
    register.promise_documents.let_go(digest, lambda: drop_document(store, digest, media))


def _calendar(visit: Visit) -> Response:
    """Give all action plans, or that of the promise that is asked for, as a calendar file."""
    from dashboard.print.action_calendar import action_calendar  # noqa: PLC0415  slow to import

    require_action(visit.address.audience, Action.PLAN_ACTIONS)
    register = open_register(visit.desk.workspace)
    key = request.args.get(PROMISE, "")
    kept = [register.promises.find(key)] if key else register.promises.all()
    items = [(one.promise.name, item) for one in kept for item in register.action_plans.items(one.promise_id)]
    content = action_calendar(visit.texts, visit.project, items, now=datetime.now(UTC))
    response = Response(content, mimetype="text/calendar")
    name = f"{visit.texts('action_due.file')}{f'-{key}' if key else ''}.ics"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _give(visit: Visit, document_id: int) -> Response:
    register = open_register(visit.desk.workspace)
    found = document_for(register, document_id, visit.address.audience)
    file = document_file(visit.desk.workspace / "store", found.digest, found.media)
    response = Response(file.read_bytes(), mimetype=found.media)
    name = f"{visit.texts('promise_document.file')}-{document_id}.{ENDING[found.media]}"
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
