"""Speeds measured at a place before and after, beside sites where nothing was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geodata.evaluation.comparison_places import SPILL_M
from geodata.evaluation.effect import EffectEstimate
from geodata.evaluation.speed_share import FEWEST_VEHICLES, Measured, speed_change

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date
    from typing import Any

    import pandas as pd

    from geodata.analyses.ground import Ground
    from geodata.analyses.work_done import WorkDone

AT_PLACE_M = 30.0
"""A site so near a place's ground is at the place."""

SETUP = ["site", "direction", "hours"]
"""Measurements that agree in these are of the same thing."""


def speed_effect(ground: Ground, work: WorkDone) -> EffectEstimate | None:
    """Compare what was measured; None where nothing was on both sides of the work.

    Of several measurements of a site those of both times in the same direction and hours are compared.
    """
    table = ground.snapshot.table("measurements")
    table = table[table["share_above"].notna() & (table["vehicles"] >= FEWEST_VEHICLES)]
    if not len(table):
        return None
    places = [ground.places[ground.place_position(place_id)] for place_id in work.place_ids]
    geometry = shapely.union_all([place.geometry for place in places])
    distance = shapely.distance(table.geometry.to_numpy(), geometry)
    here = _pairs(table[distance <= AT_PLACE_M], work)
    elsewhere = _pairs(table[distance >= SPILL_M], work)
    before = [one for pair in here for one in pair[0]]
    after = [one for pair in here for one in pair[1]]
    change = speed_change(before, after, [(pair[0][-1], pair[1][0]) for pair in elsewhere])
    if change is None:
        return None
    return EffectEstimate(
        verdict=change.verdict,
        method="speed_share",
        unit="points",
        estimate=change.value,
        low=change.low,
        high=change.high,
        before=_above(before),
        after=_above(after),
        before_of=round(sum(one.vehicles for one in before)),
        after_of=round(sum(one.vehicles for one in after)),
        warnings=() if change.base == "speed_sites" else (change.base,),
    )


def _above(measured: list[Measured]) -> int:
    return round(sum(one.above for one in measured))


def _pairs(table: pd.DataFrame, work: WorkDone) -> list[tuple[list[Measured], list[Measured]]]:
    """Return what was measured before and after in each set-up that has both, oldest first."""
    found = []
    for _, rows in table.sort_values("first_day").groupby(SETUP, dropna=False, sort=True):
        before = [_measured(row) for row in rows.to_dict("records") if _day(row["last_day"]) < work.begins]
        after = [_measured(row) for row in rows.to_dict("records") if _lasts(row, work)]
        if before and after:
            found.append((before, after))
    return found


def _lasts(row: Mapping[Hashable, Any], work: WorkDone) -> bool:
    first = _day(row["first_day"])
    return first > work.done and (work.ends is None or first <= work.ends)


def _measured(row: Mapping[Hashable, Any]) -> Measured:
    vehicles = float(row["vehicles"])
    return Measured(vehicles, vehicles * float(row["share_above"]))


def _day(value: Any) -> date:
    """Return a local day; tables keep it as a date or as a time stamp."""
    day: date = value.date() if hasattr(value, "date") else value
    return day
