"""The layers of the GeoPackage, for an audience: what the analyses answer, and no more."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard.gis.layer import GEOMETRY_COLUMN, Layer
from dashboard.gis.zones import school_ways_layer, school_zones_layer
from dashboard.views.areas import area_name
from dashboard.views.evidence import picture, window_words
from dashboard.views.stretches import stretch_name
from geodata.analyses.hotspots import find_hotspots
from geodata.analyses.ranking import rank_places
from geodata.analyses.reviews import review_worklist
from geodata.analyses.stretches import find_stretches
from geodata.crs import WGS84, reproject
from geodata.privacy import RULES
from geodata.schema import Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ground import Ground
    from geodata.analyses.ranking import PlaceRanking, StreamEvidence
    from geodata.analyses.review_lines import MeasureLine, ReviewLine
    from geodata.analyses.stretches import Stretch
    from geodata.reviews.review import Review
    from geodata.selection import Selection

MOST_STRETCHES = 2000
"""Those most surely above the expected; what more there is stands in the layer's note."""

_WHOLE = (
    "rank",
    "rank_low",
    "rank_high",
    "survey",
    "review",
    "incident",
    "review_id",
    "measure_id",
    "cost_sek",
)
_MEASURED = tuple(f"{stream}_{part}" for stream in Stream for part in ("expected", "ratio", "low", "high"))
"""Columns that keep their type where every row withholds them."""

STYLED_BY = {"stretches": "evidence", "hotspots": "chance", "reviews": "result", "measures": "status"}
"""The column that a style asks for, which an empty layer has too."""

Row = dict[str, Any]


def layers_of(
    texts: Catalogue, ground: Ground, reviews: Sequence[Review], selection: Selection, *, audience_note: str
) -> tuple[Layer, ...]:
    """Make every layer.

    Parameters
    ----------
    reviews
        What the register keeps.
    selection
        What counts, for whom.
    audience_note
        What is said of a layer that this audience does not see.
    """
    told = review_worklist(ground, reviews, selection)
    exact = RULES[selection.audience].exact_points
    found = find_hotspots(ground, selection)
    stretched = find_stretches(ground, selection, limit=MOST_STRETCHES)
    more = stretched.found - len(stretched.stretches)
    return (
        _places(texts, ground, rank_places(ground, selection)),
        school_zones_layer(texts, ground),
        school_ways_layer(texts, ground),
        _layer(
            texts,
            ground,
            "stretches",
            "MultiLineString",
            [_stretch(texts, one) for one in stretched.stretches],
            degrees=True,
            note=audience_note if not exact else texts("gis.more", n=more) if more > 0 else "",
        ),
        _layer(
            texts,
            ground,
            "hotspots",
            "MultiPolygon",
            [_hotspot(texts, one) for one in found.areas],
            degrees=True,
            note="" if exact else audience_note,
        ),
        _pointed(texts, ground, "reviews", told.reviews, _review, note="" if exact else audience_note),
        _pointed(texts, ground, "measures", told.measures, _measure, note="" if exact else audience_note),
    )


def _places(texts: Catalogue, ground: Ground, ranking: PlaceRanking) -> Layer:
    grounds = {place.place_id: place.geometry for place in ground.places}
    rows = []
    for place in ranking.places:
        row: Row = {
            "place_id": place.place_id,
            "name": place.name,
            "kind": str(place.kind),
            "kind_name": texts(f"kind.{place.kind}"),
            "rank": place.rank,
            "rank_low": place.rank_low or None,
            "rank_high": place.rank_high or None,
            "agreement": str(place.agreement),
            "agreement_name": texts(f"agreement.{picture(place)}"),
            "category": place.top_category,
            "window_name": window_words(texts, place.window),
        }
        for evidence in place.streams:
            row.update(_evidence(evidence))
        rows.append({**row, GEOMETRY_COLUMN: grounds[place.place_id]})
    return _layer(texts, ground, "places", "MultiPolygon", rows)


def _evidence(one: StreamEvidence) -> Row:
    return {
        f"{one.stream}": one.count,
        f"{one.stream}_expected": None if one.expected is None else round(one.expected, 2),
        f"{one.stream}_ratio": _round(one.ratio) if one.tellable else None,
        f"{one.stream}_low": _round(one.low) if one.tellable else None,
        f"{one.stream}_high": _round(one.high) if one.tellable else None,
    }


def _stretch(texts: Catalogue, one: Stretch) -> Row:
    above = "above" if one.low > 1 else "as_expected"
    row: Row = {
        "name": stretch_name(texts, one),
        "rank": one.rank,
        "evidence": above if one.tellable else "too_few",
        "count": one.count,
        "expected": _round(one.expected),
        "ratio": _round(one.ratio) if one.tellable else None,
        "low": _round(one.low) if one.tellable else None,
        "high": _round(one.high) if one.tellable else None,
        "category": one.top_category,
        "road_class": one.road_class,
        "length_m": _round(one.length_m),
    }
    for evidence in one.streams:
        row.update(_evidence(evidence))
    return {**row, GEOMETRY_COLUMN: one.line}


def _hotspot(texts: Catalogue, area: Any) -> Row:
    return {
        "area_id": area.area_id,
        "name": area_name(texts, area),
        "count": area.count,
        "expected": _round(area.expected),
        "ratio": _round(area.ratio),
        "p": _round(area.p_adjusted, 4),
        "chance": area.chance_code,
        "chance_name": texts(f"chance.{area.chance_code}"),
        "category": area.category,
        "near": area.nearest_place,
        GEOMETRY_COLUMN: area.outline,
    }


def _review(texts: Catalogue, line: ReviewLine) -> Row:
    return {
        "review_id": line.review_id,
        "places": _names(line.places),
        "day": None if line.day is None else line.day.isoformat(),
        "result": "" if line.result is None else str(line.result),
        "lacks": " ".join(line.lacks),
        "lacks_name": ", ".join(texts(f"review.item.{item}") for item in line.lacks),
        "text": line.text,
    }


def _measure(texts: Catalogue, line: MeasureLine) -> Row:
    return {
        "measure_id": line.measure_id,
        "review_id": line.review_id,
        "places": _names(line.places),
        "measure": line.text,
        "responsible": line.responsible,
        "cost_sek": line.cost,
        "status": str(line.status),
        "status_name": texts(f"status.{line.status}"),
        "since": None if line.since is None else line.since.isoformat(),
    }


def _pointed(
    texts: Catalogue,
    ground: Ground,
    name: str,
    lines: Sequence[Any],
    row_of: Callable[[Catalogue, Any], Row],
    *,
    note: str,
) -> Layer:
    """Make a layer of points of those that have one, and say how many have none."""
    placed = [one for one in lines if one.x is not None]
    rows = [{**row_of(texts, one), GEOMETRY_COLUMN: shapely.Point(one.x, one.y)} for one in placed]
    left = len(lines) - len(placed)
    said = " ".join(filter(None, (note, texts("gis.no_point", n=left) if left else "")))
    return _layer(texts, ground, name, "Point", rows, note=said)


def _layer(
    texts: Catalogue,
    ground: Ground,
    name: str,
    geometry_type: str,
    rows: Sequence[Row],
    *,
    degrees: bool = False,
    note: str = "",
) -> Layer:
    working = ground.project.geography.working_crs
    empty = {column: pd.Series(dtype="str") for column in ("name", STYLED_BY.get(name, "name"))}
    frame = pd.DataFrame(list(rows)) if rows else pd.DataFrame(empty)
    shapes = np.array([row[GEOMETRY_COLUMN] for row in rows], dtype=object)
    if degrees and len(shapes):
        shapes = reproject(shapes, source=WGS84, target=working)
    frame = frame.drop(columns=GEOMETRY_COLUMN, errors="ignore").convert_dtypes()
    types = dict.fromkeys(_WHOLE, "Int64") | dict.fromkeys(_MEASURED, "Float64")
    frame = frame.astype({name: kind for name, kind in types.items() if name in frame})
    made = gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=working))
    return Layer(name, texts(f"gis.layer.{name}"), geometry_type, made, note)


def _names(places: Sequence[tuple[int, str]]) -> str:
    return ", ".join(name for _, name in places)


def _round(value: float | None, decimals: int = 2) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, decimals)
