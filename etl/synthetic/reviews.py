"""Traffic-environment reviews: by schools, on busy streets and at some of the planted places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.synthetic.background import draw_points, draw_within
from etl.synthetic.calendar_weights import days
from etl.synthetic.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.synthetic.land import Land
    from etl.synthetic.planting import PlantedPlace

PLANTED_SHARE = 0.25
SCHOOL_SHARE = 0.35
STATUSES = ("Föreslagen", "Beslutad", "Finansierad", "Byggd", "Avslagen", "Ingen åtgärd")
STATUS_SHARE = (0.34, 0.2, 0.12, 0.2, 0.08, 0.06)
RESPONSIBLE = ("Gatuenheten", "Trafikverket", "Skolförvaltningen", "Vägföreningen", "Parkenheten")
RESPONSIBLE_SHARE = (0.58, 0.16, 0.1, 0.08, 0.08)


def draw_reviews(
    land: Land, count: int, places: Sequence[PlantedPlace], rng: np.random.Generator
) -> pd.DataFrame:
    """Draw reviews.

    Returns
    -------
    DataFrame
        ``day``, ``where`` (words), ``x``, ``y`` in metres, ``deficiency``, ``text``, ``v85`` and ``flow``
        (NaN where not measured), ``measure``, ``status``, ``responsible``, ``planted``; in time order.
    """
    told = [number for number, place in enumerate(places) if place.felt and place.kind != "park"]
    shares = (PLANTED_SHARE if told else 0.0, SCHOOL_SHARE)
    roll = rng.random(count)
    planted = np.where(roll < shares[0], rng.choice(told or [-1], count), -1)
    points = draw_points(land, count, rng, by="flow")
    near_school = (planted < 0) & (roll < sum(shares))
    which = rng.integers(0, len(land.schools), count)
    at_school = np.array([(land.schools[number].x, land.schools[number].y) for number in which])
    points[near_school] = (at_school + rng.normal(0, 60.0, (count, 2)))[near_school]
    for number in told:
        mine = planted == number
        points[mine] = draw_within(places[number].footprint, int(mine.sum()), rng)
    deficiency = rng.choice(
        list(words().reviews), count, p=_normal([entry.share for entry in words().reviews.values()])
    )
    named = land.streets[(land.streets["name"] != "") & (land.streets["road_class"] != "path")]
    link = shapely.STRtree(named.geometry.to_numpy()).nearest(shapely.points(points))
    street = named["name"].to_numpy()[link]
    where = [
        places[number].name if number >= 0 else f"{name} vid {land.schools[school].name}" if beside else name
        for number, name, school, beside in zip(planted, street, which, near_school, strict=True)
    ]
    limit = named["speed_limit_kmh"].to_numpy()[link]
    frame = pd.DataFrame(
        {
            "day": rng.integers(0, len(days()), count),
            "where": where,
            "x": points[:, 0],
            "y": points[:, 1],
            "deficiency": deficiency,
            "text": [
                str(rng.choice(words().reviews[code].texts)).format(street=name, place=place)
                for code, name, place in zip(deficiency, street, where, strict=True)
            ],
            "v85": np.where(rng.random(count) < 0.45, np.round(limit + rng.normal(4, 6, count), 0), np.nan),
            "flow": np.where(
                rng.random(count) < 0.4, np.round(named["flow"].to_numpy()[link] / 50) * 50, np.nan
            ),
            "measure": [str(rng.choice(words().reviews[code].measures)) for code in deficiency],
            "status": rng.choice(STATUSES, count, p=STATUS_SHARE),
            "responsible": rng.choice(RESPONSIBLE, count, p=RESPONSIBLE_SHARE),
            "planted": planted,
        }
    )
    nothing = frame["deficiency"] == "Ingen brist"
    frame.loc[nothing, "status"] = "Ingen åtgärd"
    frame.loc[~nothing & (frame["status"] == "Ingen åtgärd"), "status"] = "Avslagen"
    return frame.sort_values(["day", "x"], ignore_index=True)


def _normal(shares: list[float]) -> list[float]:
    return [share / sum(shares) for share in shares]
