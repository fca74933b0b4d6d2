"""What the map fetches by itself: tiles, the drawn ground, and single records when it is near."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Response, abort, jsonify, request, send_file

from dashboard.access.audiences import AUDIENCE_WORDS
from dashboard.map.drawn_ground import drawn_ground
from dashboard.map.record_words import when_words
from dashboard.texts.catalogue import catalogue
from dashboard.views.address import parse_address
from geodata.analyses.observations import observations_in_view
from geodata.errors import ParameterError
from geodata.privacy import require

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ground import Ground
    from geodata.analyses.observations import ObservationPoint
    from geodata.privacy import Audience

_TILES_NAME = re.compile(r"[0-9a-f]+-[0-9]+-[0-9]+")
_FOR_EVER = "private, max-age=31536000, immutable"

Box = tuple[float, float, float, float]


def register_routes(server: Flask, ground: Callable[[], Ground]) -> None:
    """Add the map's routes to a server; each says for which audience it answers.

    Parameters
    ----------
    ground
        Opens the workspace as it is now.
    """

    @server.get("/map/<word>/tiles/<name>.pmtiles")
    def tiles(word: str, name: str) -> Response:
        _audience(word)
        path = ground().snapshot.folder / "tiles" / f"{name}.pmtiles"
        if not _TILES_NAME.fullmatch(name) or not path.is_file():
            abort(404)
        response = send_file(path.resolve(), mimetype="application/vnd.pmtiles", conditional=True)
        response.headers["Cache-Control"] = _FOR_EVER
        return response

    @server.get("/map/<word>/ground.json")
    def drawn(word: str) -> Response:
        _audience(word)
        response = Response(drawn_ground(ground().snapshot), mimetype="application/geo+json")
        # The address carries the tiles' name, so another ground has another address.
        response.headers["Cache-Control"] = _FOR_EVER
        return response

    @server.get("/map/<word>/observations.json")
    def observations(word: str) -> Response:
        return jsonify(records(ground(), _audience(word), request.args))


def records(ground: Ground, audience: Audience, query: Mapping[str, str]) -> dict[str, Any]:
    """Return the single records in view as GeoJSON, with words ready to be shown as text.

    Parameters
    ----------
    audience
        For whom: the route's word, which wins over ``som`` in the query.
    query
        The page's own query, and ``bounds`` as west, south, east, north in degrees.

    Raises
    ------
    AccessError
        ``not_for_audience``.
    ParameterError
        ``bounds_unreadable``, or what the query's filters raise.
    """
    require(audience, "exact_points")
    address = parse_address(query, language=ground.project.municipality.language)
    found = observations_in_view(
        ground, replace(address.selection, audience=audience), bounds=read_bounds(query)
    )
    texts = catalogue(address.language)
    return {
        "type": "FeatureCollection",
        "features": [_record(texts, point) for point in found.points],
        "limited": found.cut,
    }


def read_bounds(query: Mapping[str, str]) -> Box:
    """Read ``bounds``: west, south, east, north in degrees.

    Raises
    ------
    ParameterError
        ``bounds_unreadable`` when they are not four numbers, in that order.
    """
    text = query.get("bounds", "")
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        in_order = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    except ValueError:
        in_order = False
    if not in_order:
        raise ParameterError(
            "bounds_unreadable",
            f"bounds={text[:60]} is not west,south,east,north in degrees.",
            value=text[:60],
        )
    return west, south, east, north


def _audience(word: str) -> Audience:
    if word not in AUDIENCE_WORDS:
        abort(404)
    return AUDIENCE_WORDS[word]


def _record(texts: Catalogue, point: ObservationPoint) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {
            "stream": str(point.stream),
            "title": texts(f"category.{point.category}"),
            "when": when_words(texts, point),
        },
        "geometry": {"type": "Point", "coordinates": [round(point.lon, 6), round(point.lat, 6)]},
    }
