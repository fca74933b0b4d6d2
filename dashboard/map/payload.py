"""What travels to the browser for one view; ``frontend/payload.ts`` says the same in TypeScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from dashboard.access.audiences import WORD_OF
from dashboard.map.detail import collected_features, detail_features
from dashboard.map.extent import bounds
from dashboard.map.feature import feature
from dashboard.map.palette import palette
from dashboard.map.tile_layers import cell_ids
from dashboard.map.tiles import tiles_name, tiles_path
from dashboard.views.address import format_search
from dashboard.views.areas import area_name, area_reading
from dashboard.views.evidence import picture
from geodata.analyses.collection import Collection
from geodata.crs import WGS84, reproject
from geodata.grid import SquareGrid
from geodata.privacy import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts.catalogue import Catalogue
    from dashboard.views.address import Address
    from geodata.analyses.ground import Ground
    from geodata.analyses.hotspot_areas import HotspotArea
    from geodata.analyses.hotspots import HotspotAnswer
    from geodata.analyses.place_lines import PlaceLines
    from geodata.analyses.ranking import PlaceRanking, RankedPlace


def map_payload(
    texts: Catalogue,
    address: Address,
    *,
    ground: Ground,
    hotspots: HotspotAnswer,
    ranking: PlaceRanking,
    lines: PlaceLines | Collection | None = None,
    dark: bool = False,
    root: str = "/",
) -> dict[str, Any]:
    """Return what ``window.problembild.paint`` needs to show a view.

    Parameters
    ----------
    address
        Whose audience, selection, place and area it is.
    lines
        What is drawn of the place that is opened, or where the survey stood while none is.
    root
        The path that the server answers under, with a slash at its end.

    Returns
    -------
    dict
        Plain values for JSON; geometry in degrees, lon before lat.
    """
    routes = f"{root}map/{WORD_OF[address.audience]}"
    name = tiles_name(ground.snapshot)
    query = format_search(address) or "?"
    exact = RULES[address.audience].exact_points
    cells = hotspots.cells if address.layer is None else {}
    areas = () if address.layer == "agreement" else hotspots.areas
    return {
        "tiles_url": f"{routes}/tiles/{name}.pmtiles" if tiles_path(ground.snapshot).exists() else None,
        "ground_url": f"{routes}/ground.json?v={name}",
        "observations_url": f"{routes}/observations.json{query}" if exact else None,
        "bounds": bounds(ground),
        "cells": {str(cell): level for cell, level in cells.items()},
        "loose_cells": _loose_cells(ground, cells),
        "cell_m": hotspots.cell_m,
        "palette": palette(dark=dark).to_json(),
        "areas": _collection(_area(texts, area) for area in areas),
        "agreement": address.layer != "areas",
        "places": _collection(_place(texts, place) for place in ranking.places),
        "detail": _collection(_detail(texts, lines)),
        "selected": _selected(address),
        "texts": map_texts(texts),
        "attribution": list(ground.project.attribution),
        "dark": dark,
    }


def map_texts(texts: Catalogue) -> dict[str, str]:
    """Return the words that the map itself says: its buttons, and the names of the streams."""
    streams = {f"stream.{name}": texts(f"stream.{name}.choice") for name in ("survey", "review", "incident")}
    return {**texts.group("map.tool"), **streams, "title": texts("map.title")}


def _detail(texts: Catalogue, lines: PlaceLines | Collection | None) -> Iterable[dict[str, Any]]:
    if isinstance(lines, Collection):
        return collected_features(texts, lines)
    return () if lines is None else detail_features(texts, lines)


def _selected(address: Address) -> dict[str, object] | None:
    if address.place_id is not None:
        return {"kind": "place", "id": address.place_id}
    if address.area_id is not None:
        return {"kind": "area", "id": address.area_id}
    return None


def _loose_cells(ground: Ground, cells: dict[int, int]) -> dict[str, Any]:
    """Draw the cells that the tiles don't hold: those with records far from every street."""
    ids = np.fromiter(cells, dtype=np.int64, count=len(cells))
    loose = ids[~np.isin(ids, cell_ids(ground.snapshot))]
    squares = reproject(
        SquareGrid(ground.project.geography.cell_m).polygons(loose),
        source=ground.project.geography.working_crs,
        target=WGS84,
    )
    return _collection(
        feature(int(cell), square, {"level": cells[int(cell)]})
        for cell, square in zip(loose, squares, strict=True)
    )


def _area(texts: Catalogue, area: HotspotArea) -> dict[str, Any]:
    said = [f"{area_name(texts, area)}: {area_reading(texts, area)}", texts(f"chance.{area.chance_code}")]
    if area.class_code is not None:
        said.append(texts(f"hotspot_class.{area.class_code}"))
    middle = shapely.point_on_surface(area.outline)
    properties = {
        "said": ". ".join(said),
        "chance": area.chance_code,
        "stretch": area.length_m > 0,
        "symbol": None if area.class_code is None else texts(f"hotspot_symbol.{area.class_code}"),
        "word": None if area.class_code is None else texts(f"hotspot_word.{area.class_code}"),
        "lon": round(middle.x, 6),
        "lat": round(middle.y, 6),
    }
    return feature(area.area_id, area.outline, properties)


def _place(texts: Catalogue, place: RankedPlace) -> dict[str, Any]:
    kind, agreement = texts(f"kind.{place.kind}"), texts(f"agreement.{picture(place)}")
    properties = {
        "kind": str(place.kind),
        "name": place.name,
        "rank": place.rank,
        "agreement": str(place.agreement),
        "said": f"{kind}, {agreement[:1].lower()}{agreement[1:]}",
        "lon": round(place.lon, 6),
        "lat": round(place.lat, 6),
    }
    return feature(place.place_id, place.polygon, properties)


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}
