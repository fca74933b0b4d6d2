"""The routes by which the schedule of a dialogue is opened or saved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Response, request

from dashboard.pages.dialogues import ground_of
from dashboard.pages.visit import receive
from dashboard.views.dialogues import PATH
from geodata.analyses.dialogues import follow_dialogue, looked_at_on, standing_register
from geodata.errors import MissingError

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.desk import Desk
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.dialogues import DialogueAnswer
    from geodata.analyses.ground import Ground
    from geodata.privacy import Audience
    from geodata.project import Project

CALENDAR = "ics"
MIMETYPES = {"pdf": "application/pdf", "html": "text/html", CALENDAR: "text/calendar"}


def register_dialogue_files(server: Flask, desk: Desk) -> None:
    """Add the route; the schedule is for everybody, as the page is."""

    @server.get(f"{PATH}/<key>.<form>")
    def dialogue_as_file(key: str, form: str) -> Response:
        visit = receive(desk, request.path, f"?{request.query_string.decode()}", needs_ground=False)
        ground = ground_of(visit)
        with standing_register(desk.workspace, visit.project) as register:
            answer = follow_dialogue(register, visit.project, key, visit.address.audience, ground=ground)
        content = schedule_file(
            form, visit.texts, visit.project, answer, visit.address.audience, ground=ground
        )
        response = Response(content, mimetype=MIMETYPES[form])
        shown = "attachment" if form == CALENDAR else "inline"
        response.headers.set("Content-Disposition", shown, filename=f"dialog-{key}.{form}")
        response.headers["Cache-Control"] = "no-store"
        return response


def schedule_file(
    form: str,
    texts: Catalogue,
    project: Project,
    answer: DialogueAnswer,
    audience: Audience,
    *,
    ground: Ground | None,
) -> bytes:
    """Write the schedule of a dialogue.

    Parameters
    ----------
    form
        ``pdf``, ``html`` or ``ics``.

    Raises
    ------
    MissingError
        ``no_report_format``.
    """
    if form not in MIMETYPES:
        known = ", ".join(MIMETYPES)
        raise MissingError(
            "no_report_format",
            f"A schedule is not written as {form[:20]}; use {known}.",
            form=form[:20],
            known=known,
        )
    # Each is slow to import, and wanted by few.
    if form == CALENDAR:
        from dashboard.print.dialogue_calendar import dialogue_calendar  # noqa: PLC0415

        return dialogue_calendar(texts, project, answer, now=datetime.now(UTC))
    from dashboard.reports.dialogue_schedule import schedule_report  # noqa: PLC0415
    from dashboard.reports.registry import report_file  # noqa: PLC0415

    today = looked_at_on(ground, project)
    made = schedule_report(texts, project, answer, audience, ground=ground, today=today)
    return report_file(form, texts, made)
