"""The map as one file that opens from disk: everything in it, nothing fetched from anywhere."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure

from dashboard import answers
from dashboard.map.palette import LIGHT
from dashboard.map.payload import map_payload
from dashboard.print.offline_layers import cell_layers, found_layers, ground_layers, round_layers
from dashboard.print.offline_legend import STYLE, legend
from dashboard.print.offline_records import newest_records
from dashboard.print.offline_script import Behaviour
from dashboard.texts.catalogue import catalogue
from dashboard.views.address import DEFAULT_METHOD, Address
from dashboard.views.map import map_view
from geodata.analyses.place_lines import rounds_of
from geodata.errors import MissingError

if TYPE_CHECKING:
    from dashboard.print.offline_records import Records
    from geodata.analyses.ground import Ground
    from geodata.selection import Selection

LEAFLET = Path(__file__).parents[1] / "assets" / "map" / "offline"
"""Where the front-end build puts Leaflet."""

_MOST_ZOOM = 18
_IMAGE = re.compile(r"url\((?!data:)[^)]*\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def offline_map(ground: Ground, selection: Selection, *, language: str, method: str = DEFAULT_METHOD) -> str:
    """Return the view as one HTML file.

    Parameters
    ----------
    selection
        What is shown, and for whom: only an audience with exact points gets single records.
    language
        ``sv`` or ``en``.
    method
        How hotspots are found, a key of ``METHODS``.

    Raises
    ------
    MissingError
        ``bundle_missing`` when the front end has not been built.
    """
    texts = catalogue(language)
    hotspots, ranking = answers.hotspots(ground, selection, method), answers.ranking(ground, selection)
    address = Address(selection=selection, language=language, method=method)
    payload = map_payload(texts, address, ground=ground, hotspots=hotspots, ranking=ranking)
    view = map_view(texts, address, hotspots=hotspots, ranking=ranking, language=language)
    records = newest_records(ground, selection, texts)

    name = ground.project.municipality.name
    figure = Figure(title=html.escape(f"{name} · Problembild"))
    page = folium.Map(
        tiles=None, zoom_control=False, attribution_control=False, max_zoom=_MOST_ZOOM, prefer_canvas=True
    )
    # Folium would fetch these from elsewhere; Leaflet alone is enough, and stands in the file.
    page.default_js, page.default_css = [], []
    figure.add_child(page)
    _inline_leaflet(figure)
    figure.header.add_child(_Raw(_constant(payload, records)), name="words")
    west, south, east, north = payload["bounds"]
    page.fit_bounds([[south, west], [north, east]])
    roads = ground_layers(ground.snapshot, page)
    cells = cell_layers(ground, hotspots.cells, page)
    rounds = rounds_of(ground, selection.audience)
    round_layers(rounds, page)
    areas, places = found_layers(payload, page)
    page.add_child(
        Behaviour(
            page,
            roads=roads,
            cells=cells,
            areas=areas,
            places=places,
        )
    )
    figure.html.add_child(
        _Raw(legend(texts, ground.project, selection, view=view, records=records, rounds=bool(rounds)))
    )
    return figure.render().replace("<html>", f'<html lang="{language}">', 1)


def _inline_leaflet(figure: Figure) -> None:
    try:
        script = (LEAFLET / "leaflet.js").read_text(encoding="utf-8")
        style = (LEAFLET / "leaflet.css").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise MissingError(
            "bundle_missing", "The map's front end is not built; run './run demo' or 'npm run build'."
        ) from error
    # Its pictures are for markers and controls that this map does without.
    style = _IMAGE.sub("none", style)
    script = _SOURCE_MAP.sub("", script)
    land = f".folium-map {{ background: {LIGHT.ground.land}; }}"
    figure.header.add_child(_Raw(f"<style>{style}{STYLE}{land}</style>"), name="leaflet_css")
    figure.header.add_child(_Raw(f"<script>{script}</script>"), name="leaflet_js")


def _constant(payload: dict[str, Any], records: Records | None) -> str:
    """Write what came from files as a constant, where neither HTML nor folium reads anything into it."""
    words = {
        "words": payload["texts"],
        "areas": {area["id"]: area["properties"] for area in payload["areas"]["features"]},
        "places": {place["id"]: place["properties"] for place in payload["places"]["features"]},
        "records": [] if records is None else records.rows,
    }
    safe = json.dumps(words, ensure_ascii=True).replace("<", "\\u003c")
    return f"<script>const problembild = {safe}, foundRenderer = L.svg();</script>"


class _Raw(Element):
    """Text that is put in as it is: `Element` would run what stands in braces in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **_: object) -> str:
        """Return the text."""
        return self._text
