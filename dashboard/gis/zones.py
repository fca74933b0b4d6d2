"""School zones with what they are made of, and the ways to school, as layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard.gis.layer import Layer
from dashboard.views.place_ground import FEWEST_PUPILS, tens
from geodata.analyses.place_lines import PUPILS
from geodata.analyses.school_zone import describe_school_zone
from geodata.schema import PlaceKind

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ground import Ground
    from geodata.places.place import Place

_COLUMNS: dict[str, str] = {
    "place_id": "Int64",
    "name": "string",
    "pupils": "Float64",
    "on_foot": "Float64",
    "speed_limit_kmh": "Float64",
    "flow_adt": "Float64",
    "flow_street": "string",
    "v85_kmh": "Float64",
    "v85_day": "string",
    "share_above": "Float64",
    "bus_stops": "Int64",
    "bell_first": "string",
    "bell_last": "string",
    "crossings": "string",
}


def school_zones_layer(texts: Catalogue, ground: Ground) -> Layer:
    """Make the layer of school zones; everything in it is the municipality's own ground."""
    zones = [place for place in ground.places if place.kind is PlaceKind.SCHOOL_ZONE]
    rows = pd.DataFrame([_zone(texts, ground, one) for one in zones], columns=list(_COLUMNS)).astype(_COLUMNS)
    shapes = gpd.GeoSeries([one.geometry for one in zones], crs=ground.project.geography.working_crs)
    frame = gpd.GeoDataFrame(rows, geometry=shapes)
    return Layer("school_zones", texts("gis.layer.school_zones"), "MultiPolygon", frame)


def school_ways_layer(texts: Catalogue, ground: Ground) -> Layer:
    """Make the layer of streets by how many pupils go there, of all schools together."""
    network, pupils = ground.network, ground.school_ways.by_link
    used = np.flatnonzero(pupils >= PUPILS[0])
    level = np.searchsorted(PUPILS, pupils[used], side="right")
    frame = gpd.GeoDataFrame(
        {
            "street_id": network.street_id[used],
            "name": [str(name) for name in network.name[used]],
            "pupils": [tens(float(one)) for one in pupils[used]],
            "level": [str(one) for one in level],
        },
        geometry=gpd.GeoSeries(network.geometry[used], crs=ground.project.geography.working_crs),
    )
    return Layer("school_ways", texts("gis.layer.school_ways"), "MultiLineString", frame)


def _zone(texts: Catalogue, ground: Ground, place: Place) -> dict[str, Any]:
    school = describe_school_zone(ground, place)
    bells = [day for unit in school.units for day in unit.bells]
    measured = next((one for one in school.measured if one.v85_kmh is not None), None)
    crossings = [
        f"{texts.form.listing(one.streets)} ({tens(one.pupils)})"
        for one in school.crossings
        if one.streets and one.pupils >= FEWEST_PUPILS
    ]
    return {
        "place_id": place.place_id,
        "name": place.name,
        "pupils": round(school.pupils),
        "on_foot": tens(school.on_foot),
        "speed_limit_kmh": max((limit for limit, _ in school.limits if limit is not None), default=None),
        "flow_adt": None if school.flow is None else school.flow[0],
        "flow_street": None if school.flow is None else school.flow[1],
        "v85_kmh": None if measured is None else measured.v85_kmh,
        "v85_day": None if measured is None or measured.last_day is None else measured.last_day.isoformat(),
        "share_above": None if measured is None else measured.share_above,
        "bus_stops": school.bus_stops,
        "bell_first": min((day.start[0] for day in bells), default=None),
        "bell_last": max((day.end[1] for day in bells), default=None),
        "crossings": "; ".join(crossings),
    }
