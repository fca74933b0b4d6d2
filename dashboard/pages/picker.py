"""The small map on which a person points out a place: the same on every page that needs one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
from dash import html

from dashboard.access.audiences import WORD_OF
from dashboard.components.marks import aria
from dashboard.map.extent import bounds
from dashboard.map.palette import palette
from dashboard.map.tiles import tiles_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.pages.visit import Visit

PICKER = "pick-map"


def picker(visit: Visit) -> Component:
    """Build the place where the map is drawn."""
    return html.Div(
        html.Div([], id=PICKER, className="map pick-map"),
        role="region",
        className="pick-frame",
        **aria(label=visit.texts("picker.label")),
    )


def picker_payload(
    visit: Visit,
    marks: Sequence[tuple[str, float, float]] = (),
    *,
    outline: shapely.Geometry | None = None,
) -> dict[str, Any]:
    """Return what ``window.problembild.pick`` needs; the browser adds whether it is dark.

    Parameters
    ----------
    marks
        Number, longitude and latitude of places that are proposed.
    outline
        An area in degrees that is there already.
    """
    name = tiles_name(visit.ground.snapshot)
    word = WORD_OF[visit.address.audience]
    return {
        "ground_url": f"/map/{word}/ground.json?v={name}",
        "bounds": bounds(visit.ground),
        "palettes": {kind: palette(dark=kind == "dark").to_json() for kind in ("light", "dark")},
        "texts": {**visit.texts.group("map.tool"), "pick": visit.texts("picker.svg")},
        "attribution": list(visit.project.attribution),
        "marks": [{"number": number, "lon": lon, "lat": lat} for number, lon, lat in marks],
        **({} if outline is None else {"outline": json.loads(shapely.to_geojson(outline))}),
    }
