"""The moments that a rotation goes round: schools by their own bells, other places in the evening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.analyses.promise_setting import promise_setting
from geodata.schema import PlaceKind
from geodata.targeting.rotation import Turn
from geodata.targeting.working_day import slot_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.analyses.ground import Ground
    from geodata.places.bells import BellDay

USUAL_LUNCH = "11:00"
"""Where no lunch is stated; the plan says that bells are assumed."""

EVENING_SLOT = slot_at(20 * 60)


def turns_of(ground: Ground) -> tuple[tuple[Turn, ...], bool]:
    """Return the turns of every place, and whether any school's bells are assumed."""
    setting = promise_setting(ground, ground.places)
    found: list[Turn] = []
    assumed = False
    for row, place in enumerate(ground.places):
        if place.kind is not PlaceKind.SCHOOL_ZONE:
            found.append(Turn(row, "evening", EVENING_SLOT, school_days=False))
            continue
        days = setting.bells.get(place.place_id) or setting.usual_bells
        assumed |= any(day.assumed or day.lunch is None for day in days)
        moments = {
            "start": min(day.start[0] for day in days),
            "lunch": _lunch(days),
            "end": min(day.end[0] for day in days),
        }
        found += [
            Turn(row, moment, slot_at(_minute(clock)), school_days=True) for moment, clock in moments.items()
        ]
    return tuple(found), assumed


def _lunch(days: Sequence[BellDay]) -> str:
    return min((day.lunch[0] for day in days if day.lunch is not None), default=USUAL_LUNCH)


def _minute(clock: str) -> int:
    return 60 * int(clock[:2]) + int(clock[3:])
