"""The police's incidents and the accident register: background, then what is planted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from etl.synthetic.background import draw_points, draw_within
from etl.synthetic.rhythm import Kind, draw_planned, draw_times, rhythms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.synthetic.land import Land
    from etl.synthetic.planting import PlantedPlace
    from etl.synthetic.sizes import SizeRule

LEAST_PLANTED = 36
"""Events planted at a place even where the background is thin; some lose their point to the dirt."""


def draw_incidents(
    land: Land, rule: SizeRule, places: Sequence[PlantedPlace], rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw the incidents and the accidents.

    Returns
    -------
    incidents, accidents
        ``kind`` (key in ``rhythms.toml``), ``day`` (number since the first covered day), ``minute`` of the
        day, ``x``, ``y`` in metres and ``planted`` (number of the place, -1 for background); in time order.
    """
    accidents = _background(land, rule.accidents, rng, only="accident")
    wide = _background(land, rule.incidents, rng)
    inside = np.array([_count_in(wide, place) for place in places], dtype=np.float64)
    extra_share = sum(
        max(place.ratio * count, LEAST_PLANTED)
        for place, count in zip(places, inside, strict=True)
        if place.recorded
    )
    kept = wide.iloc[: int(rule.incidents / (1.0 + extra_share / rule.incidents))]
    parts = [kept]
    for number, place in enumerate(places):
        if place.recorded:
            background = _count_in(kept, place) + _count_in(accidents, place)
            count = max(int(np.ceil(place.ratio * background)), LEAST_PLANTED)
            parts.append(_planted(place, number, count, rng))
    incidents = pd.concat(parts, ignore_index=True)
    order = ["day", "minute", "x"]
    return (
        incidents.sort_values(order, ignore_index=True),
        accidents.sort_values(order, ignore_index=True),
    )


def _background(land: Land, count: int, rng: np.random.Generator, *, only: str | None = None) -> pd.DataFrame:
    kinds = rhythms().kinds if only is None else {only: rhythms().kinds[only]}
    share = np.array([kind.share for kind in kinds.values()])
    drawn = rng.multinomial(count, share / share.sum())
    parts = [
        _rows(name, kind, draw_points(land, int(number), rng, by=kind.drawn_by), rng)
        for (name, kind), number in zip(kinds.items(), drawn, strict=True)
    ]
    together = pd.concat(parts, ignore_index=True)
    return together.iloc[rng.permutation(len(together))].reset_index(drop=True)


def _rows(name: str, kind: Kind, points: NDArray[np.float64], rng: np.random.Generator) -> pd.DataFrame:
    day, minute = draw_times(kind, len(points), rng)
    return pd.DataFrame(
        {"kind": name, "day": day, "minute": minute, "x": points[:, 0], "y": points[:, 1], "planted": -1}
    )


def _planted(place: PlantedPlace, number: int, count: int, rng: np.random.Generator) -> pd.DataFrame:
    names = list(place.plan.kinds)
    share = np.array(list(place.plan.kinds.values()))
    points = draw_within(place.footprint.buffer(-6.0), count, rng)
    day, minute = draw_planned(place.plan, count, rng)
    return pd.DataFrame(
        {
            "kind": rng.choice(names, count, p=share / share.sum()),
            "day": day,
            "minute": minute,
            "x": points[:, 0],
            "y": points[:, 1],
            "planted": number,
        }
    )


def _count_in(events: pd.DataFrame, place: PlantedPlace) -> int:
    return int(shapely.contains_xy(place.footprint, events["x"].to_numpy(), events["y"].to_numpy()).sum())
