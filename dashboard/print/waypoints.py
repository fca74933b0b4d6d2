"""The slots of a plan as points: GPX for the car's navigator, GeoJSON for a map program."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

import gpxpy.gpx
import numpy as np
import shapely

from dashboard.print.calendar_file import slot_hours
from dashboard.views.patrol_sheet import day_words, slot_how, slot_time
from geodata.crs import WGS84, reproject
from geodata.targeting.passes import working_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.patrol import Stop
    from geodata.project import Project

CREATOR = "Problembild"
_DEGREE_STEP = 1e-6


def gpx_file(texts: Catalogue, project: Project, rounds: Sequence[Sequence[Stop]]) -> str:
    """Return the stops of some passes as waypoints in driving order, and each pass as a route (GPX 1.1)."""
    gpx = gpxpy.gpx.GPX()
    gpx.creator = CREATOR
    for stops in rounds:
        days = day_words(texts, working_day(stops[0].slot))
        route = gpxpy.gpx.GPXRoute(name=f"{days} {slot_time(texts, stops[0].slot)}")
        for number, stop in enumerate(stops, start=1):
            words = _words(texts, project, number, stop)
            gpx.waypoints.append(gpxpy.gpx.GPXWaypoint(**words))
            route.points.append(gpxpy.gpx.GPXRoutePoint(**words))
        gpx.routes.append(route)
    content: str = gpx.to_xml(version="1.1")
    return content


def _words(texts: Catalogue, project: Project, number: int, stop: Stop) -> dict[str, Any]:
    slot = stop.slot
    begins, _ = slot_hours(slot, project.zone)
    said = [
        day_words(texts, slot.day),
        texts(f"activity_kind.{slot.kind}"),
        slot_how(texts, slot),
        slot.stand.name if slot.stand is not None else "",
    ]
    return {
        "latitude": round(stop.lat, 6),
        "longitude": round(stop.lon, 6),
        "name": f"{number} {slot_time(texts, slot)} {stop.place.name}",
        "description": ". ".join(filter(None, said)),
        "time": begins.astimezone(UTC),
    }


def geojson_file(texts: Catalogue, project: Project, stops: Sequence[Stop]) -> str:
    """Return each stop as a point, and the stretch to watch as a line (RFC 7946: degrees, WGS 84)."""
    features = []
    for number, stop in enumerate(stops, start=1):
        slot = stop.slot
        begins, ends = slot_hours(slot, project.zone)
        properties = {
            "number": number,
            "slot_id": slot.slot_id,
            "what": "stop",
            "place_id": stop.place.place_id,
            "place": stop.place.name,
            "stand": slot.stand.name if slot.stand is not None else "",
            "safe_stop": slot.stand is not None and slot.stand.is_safe_stop,
            "starts": begins.isoformat(),
            "ends": ends.isoformat(),
            "kind": str(slot.kind),
            "car": str(slot.car),
            "parties": sorted(str(one) for one in slot.parties),
            "status": str(slot.status),
            "label": f"{number} {slot_time(texts, slot)} {stop.place.name}",
        }
        features.append(_feature(shapely.Point(stop.lon, stop.lat), properties))
        if stop.stretch is not None:
            line = reproject([stop.stretch], source=project.geography.working_crs, target=WGS84)[0]
            features.append(_feature(line, {"number": number, "slot_id": slot.slot_id, "what": "stretch"}))
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1)


def _feature(shape: shapely.Geometry, properties: dict[str, Any]) -> dict[str, Any]:
    rounded = shapely.set_precision(np.asarray(shape, dtype=object), _DEGREE_STEP, mode="pointwise")
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(rounded)),
    }
