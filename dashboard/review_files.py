"""Files of reviews: photos in and out, and the empty checklist to print."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Response, jsonify, request

from dashboard.access.actions import Action, require_action
from dashboard.failures import STATUS
from dashboard.pages.reviews import asked, reviews_of
from dashboard.pages.visit import receive
from dashboard.views.review import ITEMS
from dashboard.views.reviews import PATH, SHEET_PATH
from geodata.analyses.ground import open_register
from geodata.analyses.reviews import review_worklist
from geodata.errors import MissingError, ParameterError, ProblembildError
from geodata.store.photos import LARGEST_BYTES, drop_photo, keep_photo, photo_file

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.desk import Desk
    from dashboard.pages.visit import Visit


def register_review_files(server: Flask, desk: Desk) -> None:
    """Add the routes."""

    def visit() -> Visit:
        return receive(desk, request.path, f"?{request.query_string.decode()}")

    @server.post(f"{PATH}/<int:review_id>/foto")
    def take_photo(review_id: int) -> Response:
        return _take(visit(), review_id)

    @server.get(f"{PATH}/foto/<int:photo_id>.jpg")
    def photo(photo_id: int) -> Response:
        return _give(visit(), photo_id)

    @server.get(SHEET_PATH)
    def review_sheet() -> Response:
        return _sheet(visit())


def _take(visit: Visit, review_id: int) -> Response:
    """Keep the photo that is the request's body; the answer is for the page's script."""
    store = visit.desk.workspace / "store"
    try:
        require_action(visit.address.audience, Action.REVIEW)
        item = request.args.get("punkt", "")
        register = open_register(visit.desk.workspace)
        register.reviews.one(review_id)
        content = io.BytesIO(request.stream.read(LARGEST_BYTES + 1))
        kept = keep_photo(store, content)

        def there() -> None:
            """Write the file once more where somebody let go of it meanwhile."""
            try:
                photo_file(store, kept.digest)
            except MissingError:
                content.seek(0)
                keep_photo(store, content)

        try:
            register.review_photos.add(
                review_id, kept, item=item if item in ITEMS else "", by=visit.by, there=there
            )
        except ProblembildError:
            register.review_photos.let_go(kept.digest, lambda: drop_photo(store, kept.digest))
            raise
    except ParameterError as told:  # the person chooses another: an answer, not a failure
        return jsonify(code=told.code, sentence=visit.texts.error(told))
    except ProblembildError as error:
        response = jsonify(code=error.code, sentence=visit.texts.error(error))
        response.status_code = STATUS[type(error)]
        return response
    return jsonify(code="kept", sentence=visit.texts("review_form.photo_kept"))


def _give(visit: Visit, photo_id: int) -> Response:
    require_action(visit.address.audience, Action.READ_RECORDS)
    for review in reviews_of(visit):
        for photo in review.photos:
            if photo.photo_id == photo_id:
                file = photo_file(visit.desk.workspace / "store", photo.digest)
                response = Response(file.read_bytes(), mimetype="image/jpeg")
                response.headers["Cache-Control"] = "no-store"
                return response
    raise MissingError("no_photo", f"There is no photo {photo_id}.", photo_id=photo_id)


def _sheet(visit: Visit) -> Response:
    from dashboard.print.review_sheet import review_sheet  # noqa: PLC0415  WeasyPrint is slow to import

    require_action(visit.address.audience, Action.READ_RECORDS)
    place_id = visit.address.place_id
    answer = review_worklist(visit.ground, reviews_of(visit), asked(visit))
    address = replace(visit.address, selection=asked(visit))
    content = review_sheet(visit.texts, address, visit.ground, answer, language=visit.language)
    response = Response(content, mimetype="application/pdf")
    name = f"{visit.texts('review_sheet.file_name')}-{place_id or 0}.pdf"
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
