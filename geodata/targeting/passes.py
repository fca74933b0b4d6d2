"""A pass: what one crew does without a long break, in the order in which it is driven."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from geodata.promises.activity import CarType
from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geodata.promises.activity import Party
    from geodata.targeting.slot import Slot

NIGHT_ENDS = 5 * 60
"""What begins before this minute belongs to the evening before, though the clock passes midnight."""


LONGEST_BREAK = 180
"""Minutes: after a longer break it is another crew, or another shift."""

METRES_A_MINUTE = 500.0
"""How far a car comes in a built-up area, as the crow flies: 30 km/h."""

MINUTES_PER_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Pass:
    """What one crew of a party does.

    Attributes
    ----------
    day
        Working day; what comes after midnight belongs to it.
    party
        Whose car it is. A joint slot stands in a pass of each that takes part.
    number, of
        Which it is of the party's passes that day, by when they begin.
    slots
        In driving order, none over another.
    """

    day: date
    party: Party
    number: int
    of: int
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
    """Gather slots to passes, by day and party; what was cancelled is in none.

    The plan does not name crews. Slots that lie over each other, that nobody gets to in between, that need
    another car, or that lie hours apart are of different passes; the others follow on each other.
    """
    found: dict[tuple[date, Party], list[Slot]] = {}
    for slot in slots:
        if slot.status is not SlotStatus.CANCELLED:
            for party in slot.parties:
                found.setdefault((working_day(slot), party), []).append(slot)
    gathered: list[Pass] = []
    for day, party in sorted(found, key=lambda one: (one[0], str(one[1]))):
        crews = _crews(driving_order(found[day, party]))
        gathered += [
            Pass(day, party, number, len(crews), tuple(crew)) for number, crew in enumerate(crews, start=1)
        ]
    return tuple(gathered)


def _crews(ordered: Sequence[Slot]) -> list[list[Slot]]:
    crews: list[list[Slot]] = []
    for slot in ordered:
        able = [crew for crew in crews if _can_follow(crew, slot)]
        if able:
            max(able, key=lambda crew: _ends(crew[-1])).append(slot)
        else:
            crews.append([slot])
    return crews


def _can_follow(crew: Sequence[Slot], slot: Slot) -> bool:
    cars = {one.car for one in (*crew, slot)} - {CarType.ON_FOOT}
    away = _metres(crew[-1], slot)
    on_the_way = 0.0 if math.isinf(away) else away / METRES_A_MINUTE
    pause = _begins(slot) - _ends(crew[-1])
    return len(cars) <= 1 and on_the_way <= pause <= LONGEST_BREAK


def _begins(slot: Slot) -> int:
    return slot.day.toordinal() * MINUTES_PER_DAY + slot.from_minute


def _ends(slot: Slot) -> int:
    return _begins(slot) + (slot.to_minute - slot.from_minute) % MINUTES_PER_DAY


def _metres(before: Slot, slot: Slot) -> float:
    if before.stand is None or slot.stand is None:
        return math.inf
    return math.hypot(slot.stand.x - before.stand.x, slot.stand.y - before.stand.y)
