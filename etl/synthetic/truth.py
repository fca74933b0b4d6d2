"""Write ``truth.geojson``: what was planted. Only benchmarks and tests read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from geodata.crs import SWEREF99_TM, WGS84, reproject

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from etl.synthetic.planting import PlantedPlace

TRUTH_FILE = "truth.geojson"


def write_truth(
    workspace: Path, places: Sequence[PlantedPlace], located: pd.DataFrame, answers: pd.DataFrame
) -> None:
    """Write every planted place with its footprint in WGS 84.

    Parameters
    ----------
    located
        Incidents and accidents that come in with a point: ``x``, ``y``, ``planted``.
    answers
        Answers that come in with a point: the same columns.
    """
    shapes = reproject([place.footprint for place in places], source=SWEREF99_TM, target=WGS84)
    features = [
        {
            "type": "Feature",
            "properties": _properties(number, place, located, answers),
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for number, (place, shape) in enumerate(zip(places, shapes, strict=True))
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)
    (workspace / TRUTH_FILE).write_text(text, encoding="utf-8")


def _properties(
    number: int, place: PlantedPlace, located: pd.DataFrame, answers: pd.DataFrame
) -> dict[str, Any]:
    inside = shapely.contains_xy(place.footprint, located["x"].to_numpy(), located["y"].to_numpy())
    mine = located["planted"].to_numpy() == number
    extra, background = int((inside & mine).sum()), int((inside & ~mine).sum())
    first = max(place.plan.windows, key=lambda window: window.weight)
    felt = {(True, True): "felt_and_recorded", (True, False): "felt_only", (False, True): "recorded_only"}
    return {
        "kind": place.kind,
        "name": place.name,
        "round": bool(place.kind == "joyriding" and place.footprint.interiors),
        "streams": felt[place.felt, place.recorded],
        "in_incidents": place.recorded,
        "hours": [first.hours[0], first.hours[1]],
        "weekdays": list(first.weekdays),
        "months": list(place.plan.months),
        "kinds": list(place.plan.kinds),
        "strength": round((extra + background) / max(background, 1), 2) if place.recorded else 1.0,
        "extra_events": extra,
        "background_events": background,
        "extra_answers": int((answers["planted"].to_numpy() == number).sum()),
    }
