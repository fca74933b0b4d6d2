"""The routes by which a report is opened or saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, request

from dashboard.pages.visit import receive
from dashboard.views.reports import DAY, FILE_PATH
from geodata.errors import MissingError, ParameterError
from geodata.iso_time import iso_day

if TYPE_CHECKING:
    from datetime import date

    from flask import Flask

    from dashboard.desk import Desk


def register_report_files(server: Flask, desk: Desk) -> None:
    """Add the route; for whom a report may be made is the report's own to say."""

    @server.get(f"{FILE_PATH}/<name>.<form>")
    def report_as_file(name: str, form: str) -> Response:
        # WeasyPrint and matplotlib are slow to import.
        from dashboard.reports.registry import FORMATS, make_report, report_file, require_day  # noqa: PLC0415

        visit = receive(desk, request.path, f"?{request.query_string.decode()}", needs_ground=False)
        # A store that can't be read is no empty one: `ground` says so.
        ground = None if isinstance(visit.opened, MissingError) else visit.ground
        day = _day(request.args.get(DAY, ""))
        if ground is not None:
            require_day(name, visit.address.audience, day, ground=ground)
        made = make_report(
            name,
            visit.address.audience,
            visit.texts,
            ground=ground,
            project=visit.project,
            today=day,
        )
        response = Response(report_file(form, visit.texts, made), mimetype=FORMATS[form].mimetype)
        shown = "attachment" if request.args.get("spara") == "1" else "inline"
        response.headers.set("Content-Disposition", shown, filename=f"{name}.{form}")
        response.headers["Cache-Control"] = "no-store"
        return response


def _day(written: str) -> date | None:
    """Read the day that a report is asked for; None where none is.

    Raises
    ------
    ParameterError
        ``form_day``.
    """
    try:
        return iso_day(written) if written else None
    except ValueError as error:
        raise ParameterError("form_day", f"{written[:20]} is no day.", value=written[:20]) from error
