"""Hotspots as a GeoJSON file that another program can open: every feature says how it was found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dashboard.plain import to_plain
from dashboard.views.areas import area_name
from dashboard.views.filters import selection_words

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.hotspot_areas import HotspotArea
    from geodata.analyses.hotspots import HotspotAnswer
    from geodata.selection import Selection


def hotspot_file(texts: Catalogue, answer: HotspotAnswer, selection: Selection) -> bytes:
    """Write areas and stretches as GeoJSON (RFC 7946: WGS 84, longitude before latitude).

    What was asked and how it was counted stands on the collection, and again on each feature, for
    programs that read nothing but features. What a method does not know is null.
    """
    basis = {
        "method": answer.method,
        "parameters": dict(answer.parameters),
        "seed": answer.seed,
        "counting_rule": answer.counting_rule,
        "sample": answer.used,
        "left_out": {**answer.left_out, **answer.not_used},
        "warnings": answer.warnings,
        "selection": selection_words(texts, selection),
        "audience": selection.audience,
    }
    collection = {
        "type": "FeatureCollection",
        **basis,
        "features": [_feature(texts, area, basis) for area in answer.areas],
    }
    return (json.dumps(to_plain(collection), ensure_ascii=False, indent=1) + "\n").encode()


def _feature(texts: Catalogue, area: HotspotArea, basis: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "name": area_name(texts, area),
        "streets": area.street_names,
        "near": area.nearest_place,
        "count": area.count,
        "expected": area.expected,
        "ratio": area.ratio,
        "score": area.score,
        "p": area.p_adjusted,
        "chance": area.chance_code,
        "class": area.class_code,
        "from": area.first_day,
        "to": area.last_day,
        "category": area.category,
        "area_m2": round(area.area_m2, 1),
        "length_m": round(area.length_m, 1),
    }
    return {
        "type": "Feature",
        "id": area.area_id,
        "properties": {**properties, **basis},
        "geometry": area.outline,
    }
