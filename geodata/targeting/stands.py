"""Where to stand at a place in each part of the day: the spot on a street with the most within reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from geodata.targeting.working_day import PARTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

WHOLE_DAY = 0.25
"""What a record of another part of the day weighs in the choice of a spot."""


@dataclass(frozen=True, eq=False)
class Stands:
    """Spots, one for each part of the day at each place.

    Attributes
    ----------
    x, y
        Metres, shape ``(places, parts)``; NaN for a place with no spot to stand on.
    within
        Which records lie within reach of their place's spot in their part of the day, shape ``(records,)``.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    within: NDArray[np.bool_]


def choose_stands(
    spots: tuple[NDArray[np.int64], NDArray[np.float64]],
    records: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]],
    weight: NDArray[np.float64],
    *,
    reach_m: NDArray[np.float64],
) -> Stands:
    """Choose the spots.

    Parameters
    ----------
    spots
        Place and point of each spot to choose among, shapes ``(spots,)`` and ``(spots, 2)``.
    records
        Place, part of the day and point of each record, shapes ``(records,)``, ``(records,)`` and
        ``(records, 2)``.
    weight
        Of each record, shape ``(records,)``.
    reach_m
        How far from a spot something is met, by place; infinite where it comes by wherever one stands,
        shape ``(places,)``.
    """
    spot_place, spot_xy = spots
    place, part, xy = records
    found = np.full((len(reach_m), len(PARTS), 2), np.nan)
    within = np.zeros(len(place), dtype=bool)
    for one in range(len(reach_m)):
        mine, here = np.flatnonzero(place == one), spot_xy[spot_place == one]
        if not len(here):
            within[mine] = True
            continue
        near = _near(here, xy[mine], reach_m[one])
        for number in range(len(PARTS)):
            of_part = part[mine] == number
            worth = near @ (weight[mine] * np.where(of_part, 1.0, WHOLE_DAY))
            middle = here.mean(axis=0)
            best = max(range(len(here)), key=lambda at: (worth[at], -float(((here[at] - middle) ** 2).sum())))
            found[one, number] = here[best]
            met = of_part & (near[best] if np.isfinite(reach_m[one]) else True)
            within[mine[met]] = True
    return Stands(found[:, :, 0], found[:, :, 1], within)


def _near(spots: NDArray[np.float64], records: NDArray[np.float64], reach_m: float) -> NDArray[np.bool_]:
    """Say which records lie within reach of which spots, shape ``(spots, records)``."""
    near = np.zeros((len(spots), len(records)), dtype=bool)
    if not len(records):
        return near
    reach = reach_m if np.isfinite(reach_m) else ROUND_M
    for at, found in enumerate(cKDTree(records).query_ball_point(spots, reach)):
        near[at, found] = True
    return near


ROUND_M = 150.0
"""Within this lies what decides on a spot where all comes by."""
