"""A pass: what one party does in one working day, in the order in which it is driven."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geodata.promises.activity import Party
    from geodata.targeting.slot import Slot

NIGHT_ENDS = 5 * 60
"""What begins before this minute belongs to the evening before, though the clock passes midnight."""


@dataclass(frozen=True, slots=True)
class Pass:
    """The slots of one party on one working day.

    Attributes
    ----------
    day
        Local day that it begins on; what comes after midnight belongs to it.
    party
        Whose car it is. A joint slot stands in the pass of each that takes part.
    slots
        In driving order.
    """

    day: date
    party: Party
    slots: tuple[Slot, ...]


def working_day(slot: Slot) -> date:
    """Return the day whose pass a slot belongs to."""
    return slot.day - timedelta(days=1) if slot.from_minute < NIGHT_ENDS else slot.day


def driving_order(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Order slots by when they begin; of those that begin together the nearest to the one before is first.

    A slot without a point comes last among those that begin with it.
    """
    left = sorted(slots, key=lambda one: (one.day, one.from_minute, one.to_minute, one.slot_id or 0))
    ordered: list[Slot] = []
    while left:
        together = [one for one in left if (one.day, one.from_minute) == (left[0].day, left[0].from_minute)]
        after = next((one for one in reversed(ordered) if one.stand is not None), None)
        chosen = together[0] if after is None else min(together, key=lambda one: _metres(after, one))
        ordered.append(chosen)
        left.remove(chosen)
    return tuple(ordered)


def passes(slots: Sequence[Slot]) -> tuple[Pass, ...]:
    """Gather slots to passes, by day and party; what was cancelled is in none."""
    found: dict[tuple[date, Party], list[Slot]] = {}
    for slot in slots:
        if slot.status is not SlotStatus.CANCELLED:
            for party in slot.parties:
                found.setdefault((working_day(slot), party), []).append(slot)
    return tuple(
        Pass(day, party, driving_order(found[day, party]))
        for day, party in sorted(found, key=lambda one: (one[0], str(one[1])))
    )


def _metres(before: Slot, slot: Slot) -> float:
    if before.stand is None or slot.stand is None:
        return math.inf
    return math.hypot(slot.stand.x - before.stand.x, slot.stand.y - before.stand.y)
