"""Who may know of a slot: what the police are about to do is theirs alone until it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.privacy import RULES, Audience
from geodata.promises.activity import Party
from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.targeting.slot import Slot


def may_know(slot: Slot, audience: Audience) -> bool:
    """Say whether an audience may know of a slot at all: its place, its time, its car.

    The police know all. Municipal staff know what the police have no part in, and what is done; a slot that
    was missed or cancelled still tells where the police meant to be. Council and public see no single slots:
    what was done comes to them through the promises, counted.
    """
    if audience is Audience.POLICE:
        return True
    if not RULES[audience].exact_points:
        return False
    return slot.status is SlotStatus.DONE or Party.POLICE not in slot.parties


def known_to(slots: Iterable[Slot], audience: Audience) -> tuple[Slot, ...]:
    """Keep the slots that an audience may know of."""
    return tuple(slot for slot in slots if may_know(slot, audience))
