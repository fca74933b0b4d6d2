"""Files that a page offers: the offline map, the printed survey, a file to key into, rejected rows."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from flask import Response, request

from dashboard.access.actions import Action, may, require_action
from dashboard.gis.layer import GEOPACKAGE_PATH
from dashboard.pages.entry import SURVEY_PATH
from dashboard.pages.map import OFFLINE_PATH
from dashboard.pages.visit import Visit, receive
from dashboard.views.entry import TEMPLATE_PATH
from dashboard.views.sources import DOWNLOAD_ALL_PATH, DOWNLOAD_PATH, rejected_list
from etl.pipeline import rejected_csv, rejected_rows, rejected_zip, template
from geodata.analyses.ground import open_register
from geodata.errors import MissingError
from geodata.project import read_project

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.desk import Desk


def register_downloads(server: Flask, desk: Desk) -> None:
    """Add the routes of what can be downloaded."""

    def visit() -> Visit:
        return receive(desk, request.path, f"?{request.query_string.decode()}")

    @server.get(OFFLINE_PATH)
    def offline() -> Response:
        return _offline_map(visit())

    @server.get(SURVEY_PATH)
    def survey() -> Response:
        return _survey(receive(desk, request.path, f"?{request.query_string.decode()}", needs_ground=False))

    @server.get(TEMPLATE_PATH)
    def empty() -> Response:
        return _attachment(template(), "svar_.csv", "text/csv")

    @server.get(GEOPACKAGE_PATH)
    def geopackage() -> Response:
        return _geopackage(visit())

    @server.get(DOWNLOAD_PATH)
    def rejected() -> Response:
        return _rejected(visit())

    @server.get(DOWNLOAD_ALL_PATH)
    def all_rejected() -> Response:
        return _all_rejected(visit())


def _offline_map(visit: Visit) -> Response:
    from dashboard.print.offline_map import offline_map  # noqa: PLC0415  folium is slow to import

    address = visit.address
    page = offline_map(visit.ground, address.selection, language=address.language, method=address.method)
    return _attachment(page, visit.texts("map.save_name"), "text/html")


def _geopackage(visit: Visit) -> Response:
    from dashboard.gis.geopackage import MIMETYPE, geopackage  # noqa: PLC0415  only where it is asked for

    reviews = open_register(visit.desk.workspace).reviews.all()
    content = geopackage(visit.texts, visit.ground, reviews, visit.address.selection)
    return _attachment(content, f"{visit.texts('gis.file_name')}.gpkg", MIMETYPE)


def _survey(visit: Visit) -> Response:
    from dashboard.print.survey import survey_page  # noqa: PLC0415  only where it is asked for

    page = survey_page(
        read_project(visit.desk.workspace),
        visit.ground if visit.has_ground else None,
        language=visit.address.language,
        batch=visit.address.batch or "",
    )
    if request.args.get("spara") == "1":
        return _attachment(page, f"{visit.texts('survey.file_name')}.html", "text/html")
    return Response(page, mimetype="text/html")


def _rejected(visit: Visit) -> Response:
    require_action(visit.address.audience, Action.READ_REJECTED)
    wanted = request.args.get("fil", "")
    if may(visit.address.audience, Action.IMPORT):
        found = rejected_rows(visit.desk.workspace, file=wanted).files
        if len(found) == 1 and found[0].missing is None:
            return _attachment(rejected_csv(found[0], words=visit.texts), found[0].mend_as, "text/csv")
    files = [file for file in visit.ground.snapshot.report.files if file.file == wanted]
    if not files:
        raise MissingError("no_such_file", f"The import has no file {wanted}.", file=wanted[:80])
    rows = [row for file in files for row in file.rejections]
    name = f"{visit.texts('sources.download_name')}-{PurePosixPath(wanted).stem}.csv"
    return _attachment(rejected_list(visit.texts, rows), name, "text/csv")


def _all_rejected(visit: Visit) -> Response:
    """Give the rows as they stand in the municipality's own files, so only to those who mend them."""
    require_action(visit.address.audience, Action.IMPORT)
    content = rejected_zip(visit.desk.workspace, words=visit.texts)
    return _attachment(content, f"{visit.texts('sources.download_name')}.zip", "application/zip")


def _attachment(content: str | bytes, name: str, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
