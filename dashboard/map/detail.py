"""What is drawn of the opened place, and where the survey stood, as features with words; and the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from dashboard.map.feature import feature
from dashboard.views.collected import ring_words
from dashboard.views.place_ground import FEWEST_PUPILS, tens
from geodata.analyses.collection import FEWEST
from geodata.analyses.place_lines import PUPILS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.collection import Collection
    from geodata.analyses.place_lines import PlaceLines, Spot

WIDTHS = (2.0, 4.0, 6.5)
"""Pixels of a way, by how many pupils go there."""


def detail_features(texts: Catalogue, lines: PlaceLines) -> Iterator[dict[str, Any]]:
    """Write ways and round as lines with their width, spots as points with their mark and words."""
    number = 0
    for level, way in enumerate(lines.ways):
        if way is not None:
            number += 1
            yield feature(number, way, {"role": "way", "width": WIDTHS[level], "mark": "", "said": ""})
    if lines.round_line is not None:
        number += 1
        line = shapely.LineString(lines.round_line.coords)
        said = texts("detail.round")
        yield feature(number, line, {"role": "round", "width": WIDTHS[1], "mark": "", "said": said})
    crossing = 0
    for spot in lines.spots:
        number += 1
        crossing += spot.role == "crossing"
        mark = str(crossing) if spot.role == "crossing" else ""
        properties = {"role": spot.role, "width": 0.0, "mark": mark, "said": _said(texts, spot)}
        yield feature(number, shapely.Point(spot.lon, spot.lat), properties)


def collected_features(texts: Catalogue, collection: Collection) -> Iterator[dict[str, Any]]:
    """Write where the survey stood as points with their words; what has no point is not drawn."""
    if sum(one.answers for one in collection.places) < FEWEST:
        return
    for number, one in enumerate(collection.places, start=1):
        if one.lonlat is not None:
            properties = {"role": "collected", "width": 0.0, "mark": "", "said": ring_words(texts, one)}
            yield feature(number, shapely.Point(one.lonlat), properties)


def detail_legend(texts: Catalogue, lines: PlaceLines) -> tuple[tuple[str, str], ...]:
    """Say what is drawn: the look of a key, and its words."""
    found = []
    for level, way in enumerate(lines.ways):
        if way is not None:
            low = PUPILS[level]
            high = PUPILS[level + 1] - 1 if level + 1 < len(PUPILS) else None
            words = (
                texts("detail.way_from", low=low)
                if high is None
                else texts("detail.way", range=texts.form.span(low, high))
            )
            found.append((f"way way-{level + 1}", words))
    if lines.round_line is not None:
        found.append(("way way-round", texts("detail.round")))
    roles = {spot.role for spot in lines.spots}
    found += [
        (f"spot {role}", texts(f"detail.{role}"))
        for role in ("crossing", "entrance", "gathering")
        if role in roles
    ]
    return tuple(found)


def _said(texts: Catalogue, spot: Spot) -> str:
    if spot.role == "crossing":
        streets = texts.form.listing(spot.names) if spot.names else texts("detail.unnamed")
        pupils = spot.pupils or 0.0
        if pupils < FEWEST_PUPILS:
            return texts("detail.crossing_few", streets=streets)
        return texts("detail.crossing_said", streets=streets, n=tens(pupils))
    if spot.role == "gathering":
        return spot.names[0] if spot.names else texts(f"found_kind.{spot.kind}")
    return texts("detail.entrance")
