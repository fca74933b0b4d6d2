"""The routes of a telephone at a place: the page, the day, what was done there, and the worker behind."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response, jsonify, request

from dashboard.access.actions import Action, require_action
from dashboard.failures import STATUS
from dashboard.field.addresses import DAY, LOG, PAGE, WORKER
from dashboard.field.day import day_payload
from dashboard.field.page import pass_document
from dashboard.field.sent_entry import SentEntry, read_entry, take_entry
from dashboard.pages.visit import Visit, receive
from dashboard.pages.work_log import counts_for
from geodata.errors import MissingError, ParameterError

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.desk import Desk

ASSETS = Path(__file__).parents[1] / "assets" / "field"
"""Where the front-end build puts what the page runs."""

LARGEST = 64_000
"""Bytes of an entry; its note is 4,000 characters at most."""

CONFLICT = 409


def register_field(server: Flask, desk: Desk) -> None:
    """Add the routes; the page and its worker hold no data."""

    @server.get(PAGE)
    def pass_page() -> Response:
        visit = receive(desk, PAGE, _search())
        require_action(visit.address.audience, Action.WORK_PASSES)
        project = visit.project
        page = pass_document(visit.texts, project.municipality, zone=project.zone, version=bundle_version())
        return Response(page, mimetype="text/html")

    @server.get(WORKER)
    def pass_worker() -> Response:
        bundle_version()  # says what is missing where nothing is built
        response = Response((ASSETS / "worker.js").read_bytes(), mimetype="text/javascript")
        response.headers["Service-Worker-Allowed"] = PAGE
        response.headers["Cache-Control"] = "no-cache"
        return response

    @server.get(DAY)
    def pass_day() -> Response:
        visit = receive(desk, DAY, _search())
        require_action(visit.address.audience, Action.WORK_PASSES)
        now = datetime.now(visit.project.zone)
        response = jsonify(
            day_payload(visit.ground, visit.texts, visit.address.audience, account=visit.actor.name, now=now)
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    @server.post(LOG)
    def pass_log() -> Response:
        visit = receive(desk, LOG, _search())
        require_action(visit.address.audience, Action.WORK_PASSES)
        try:
            entry, new = _take(visit)
        except (ParameterError, MissingError) as error:
            response = jsonify(code=error.code, sentence=visit.texts.error(error))
            response.status_code = CONFLICT if error.code in _CONFLICTS else STATUS[type(error)]
            return response
        done = entry.what == "done"
        said = counts_for(visit, str(entry.entry_key)) if done else ""
        return jsonify(code="kept" if new else "known", sentence=said)


@lru_cache(maxsize=1)
def bundle_version() -> str:
    """Return a word that changes when the page's program or its looks do.

    Raises
    ------
    MissingError
        ``bundle_missing`` when the front end has not been built.
    """
    files = [ASSETS / name for name in ("pass.js", "pass.css", "worker.js")]
    try:
        return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    except FileNotFoundError as error:
        raise MissingError("bundle_missing", "The front end is not built: ./run demo builds it.") from error


def _sent() -> object:
    """Return what was sent; None where it is no JSON.

    How much is sent is counted as it comes: a length that is said can be left out, or wrong.
    """
    raw = request.stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise ParameterError("entry_large", f"An entry has {LARGEST} bytes at most.", most=LARGEST)
    try:
        return json.loads(raw) if request.is_json else None
    except (ValueError, RecursionError):  # brackets in brackets, sixty thousand deep
        return None


def _take(visit: Visit) -> tuple[SentEntry, bool]:
    """Keep what was sent; return it, and whether it is new.

    Raises
    ------
    ParameterError
        ``entry_large``, ``entry_other_account``, or what `take_entry` raises.
    """
    entry = read_entry(_sent())
    if entry.by != visit.actor.name:
        raise ParameterError(
            "entry_other_account", "The entry was written by another account.", name=entry.by
        )
    audience = visit.address.audience
    new = take_entry(
        visit.desk.workspace, visit.project, entry, audience=audience, by=visit.by, now=datetime.now(UTC)
    )
    return entry, new


_CONFLICTS = frozenset({"log_key_taken", "slot_changed", "entry_other_account"})


def _search() -> str:
    return f"?{request.query_string.decode()}"
