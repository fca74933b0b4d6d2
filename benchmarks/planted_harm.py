"""Harm as it was planted: how many events a day, in which half hour, at which place. No record is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.synthetic.calendar_weights import day_columns, is_pay_weekend, is_school_day
from etl.synthetic.rhythm import rhythms
from geodata.targeting.working_day import PART_OF, PARTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from benchmarks.planted import Planted
    from etl.synthetic.rhythm import Plan, PlanWindow
    from geodata.analyses.ground import Ground
    from geodata.targeting.stands import Stands

OF_ITS_KIND = 0.3
"""A place of the planted kind is the planted one when it covers so much of it, else the one covering most."""


def planted_harm(
    ground: Ground,
    planted: Sequence[Planted],
    days: Sequence[date],
    *,
    stands: Stands | None = None,
    reach_m: float = np.inf,
) -> NDArray[np.float64]:
    """Return the planted events expected at every place, shape ``(places, days, 48)``.

    Parameters
    ----------
    stands, reach_m
        Where one stands, and how far from there something is met; without, all that was planted is met.
        Along a round they come by themselves.
    """
    harm = np.zeros((len(ground.places), len(days), len(PART_OF)))
    for one in planted:
        place = _place_of(ground, one)
        if place is None or not one.properties["extra_events"]:
            continue
        met = np.ones(len(PART_OF))
        if stands is not None and one.kind != "joyriding":
            met = _met(one, stands, place, reach_m)
        plan = rhythms().plans[one.kind]
        every = sum(window.weight for window in plan.windows)
        for window in plan.windows:
            by_day = one.properties["extra_events"] * window.weight / every * _share_of(plan, window, days)
            slots = np.arange(2 * (window.hours[0] - 5), 2 * (window.hours[1] - 5))
            harm[place][:, slots] += by_day[:, None] / len(slots) * met[slots]
    return harm


def _place_of(ground: Ground, planted: Planted) -> int | None:
    """Return the place that the planted one is planned as; None where no place covers any of it."""
    grounds = np.array([place.geometry for place in ground.places], dtype=object)
    share = shapely.area(shapely.intersection(grounds, planted.ground)) / planted.ground.area
    alike = np.array([str(place.kind) == planted.kind for place in ground.places], dtype=bool)
    best = int(np.argmax(share + (alike & (share > OF_ITS_KIND))))
    return best if share[best] > 0 else None


def _met(planted: Planted, stands: Stands, place: int, reach_m: float) -> NDArray[np.float64]:
    """Return the share of what was planted that lies within reach of the stand, by half hour."""
    by_part = np.zeros(len(PARTS))
    for part in range(len(PARTS)):
        near = shapely.buffer(shapely.Point(stands.x[place, part], stands.y[place, part]), reach_m)
        by_part[part] = shapely.area(shapely.intersection(near, planted.ground)) / planted.ground.area
    return by_part[PART_OF]


def _share_of(plan: Plan, window: PlanWindow, days: Sequence[date]) -> NDArray[np.float64]:
    """Return the share of a window's events on each of some days, as those that were made were drawn."""
    made = day_columns()
    names = ("weekday", "month", "school", "pay")
    asked = np.array([(day.weekday(), day.month, is_school_day(day), is_pay_weekend(day)) for day in days])
    drawn = _weight(plan, window, dict(zip(names, (made[name] for name in names), strict=True)))
    share = _weight(plan, window, dict(zip(names, asked.T, strict=True))) / drawn.sum()
    return np.asarray(share)


def _weight(plan: Plan, window: PlanWindow, day: dict[str, NDArray[np.int64]]) -> NDArray[np.float64]:
    holds = np.isin(day["month"], plan.months) & np.isin(day["weekday"], window.weekdays)
    if plan.school_days:
        holds &= day["school"] == 1
    return np.asarray(holds * np.where(day["pay"] == 1, plan.pay_weekend, 1.0))
