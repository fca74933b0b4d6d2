"""The routes by which a pass is taken along: sheet, calendar, points."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Response, request

from dashboard.access.actions import Action, require_action
from dashboard.field.addresses import FILE_PATH
from dashboard.field.day import working_day_of
from dashboard.field.files import FORMATS, Asked, file_name, pass_file
from dashboard.pages.visit import receive
from geodata.errors import ParameterError
from geodata.iso_time import iso_day

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.desk import Desk

FOUR_WEEKS = timedelta(days=27)
DAY, LAST, SLOT = "dag", "till_dag", "stopp"
_LONGEST_ID = 18


def register_files(server: Flask, desk: Desk) -> None:
    """Add the route; what the police are about to do goes to nobody else."""

    @server.get(f"{FILE_PATH}.<form>")
    def pass_as_file(form: str) -> Response:
        visit = receive(desk, request.path, f"?{request.query_string.decode()}")
        require_action(visit.address.audience, Action.WORK_PASSES)
        today = working_day_of(datetime.now(visit.project.zone))
        first = _day(request.args.get(DAY, ""), today)
        many = form in FORMATS and not FORMATS[form].one_day and DAY not in request.args
        last = _day(request.args.get(LAST, ""), first + FOUR_WEEKS if many else first)
        asked = Asked(visit.ground, visit.texts, visit.address.audience, first, last, _slot())
        response = Response(pass_file(form, asked), mimetype=FORMATS[form].mimetype)
        shown = "inline" if FORMATS[form].one_day and request.args.get("spara") != "1" else "attachment"
        response.headers.set("Content-Disposition", shown, filename=file_name(form, asked))
        response.headers["Cache-Control"] = "no-store"
        return response


def _day(text: str, otherwise: date) -> date:
    try:
        return iso_day(text) if text else otherwise
    except ValueError as error:
        raise ParameterError(
            "day_unreadable", f"{text[:20]} is no day; write 2026-12-01.", value=text[:20]
        ) from error


def _slot() -> int | None:
    text = request.args.get(SLOT, "")
    if not text:
        return None
    if not (text.isdecimal() and len(text) <= _LONGEST_ID):
        raise ParameterError(
            "address_unreadable", f"{SLOT}={text[:20]} is no slot.", key=SLOT, value=text[:20]
        )
    return int(text)
