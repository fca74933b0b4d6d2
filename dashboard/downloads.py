"""Files that a page offers: the offline map, and the rejected rows of an import."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from flask import Response, request

from dashboard.access.audiences import is_staff
from dashboard.pages.map import OFFLINE_PATH
from dashboard.pages.visit import OpenGround, Visit, receive
from dashboard.views.sources import DOWNLOAD_PATH, rejected_csv
from geodata.errors import AccessError, MissingError

if TYPE_CHECKING:
    from flask import Flask


def register_downloads(server: Flask, open_ground: OpenGround) -> None:
    """Add the routes of what can be downloaded."""

    def visit() -> Visit:
        return receive(open_ground, request.path, f"?{request.query_string.decode()}")

    @server.get(OFFLINE_PATH)
    def offline() -> Response:
        return _offline_map(visit())

    @server.get(DOWNLOAD_PATH)
    def rejected() -> Response:
        return _rejected(visit())


def _offline_map(visit: Visit) -> Response:
    from dashboard.print.offline_map import offline_map  # noqa: PLC0415  folium is slow to import

    page = offline_map(visit.ground, visit.address.selection, language=visit.address.language)
    return _attachment(page, visit.texts("map.save_name"), "text/html")


def _rejected(visit: Visit) -> Response:
    if not is_staff(visit.address.audience):
        raise AccessError(
            "not_for_audience",
            f"Rejected rows are not shown to the audience {visit.address.audience}.",
            audience=str(visit.address.audience),
            permission="rejected_rows",
        )
    wanted = request.args.get("fil", "")
    files = [file for file in visit.ground.snapshot.report.files if file.file == wanted]
    if not files:
        raise MissingError("no_such_file", f"The import has no file {wanted}.", file=wanted[:80])
    rows = [row for file in files for row in file.rejections]
    name = f"{visit.texts('sources.download_name')}-{PurePosixPath(wanted).stem}.csv"
    return _attachment(rejected_csv(visit.texts, rows), name, "text/csv")


def _attachment(content: str, name: str, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
