"""Which passes there are for whom: the plan's slots as far as an audience may know of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from geodata.analyses.ground import open_register
from geodata.errors import AccessError, MissingError
from geodata.privacy import Audience
from geodata.promises.activity import Party
from geodata.targeting.openness import known_to
from geodata.targeting.passes import Pass, passes, working_day
from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from geodata.targeting.slot import Slot

PARTY_OF: dict[Audience, Party] = {
    Audience.POLICE: Party.POLICE,
    Audience.PLANNER: Party.MUNICIPALITY,
    Audience.COORDINATOR: Party.MUNICIPALITY,
}
"""Whose passes an audience works; the others work none."""

ONE_DAY = timedelta(days=1)


def party_of(audience: Audience) -> Party:
    """Return whose passes an audience works.

    Raises
    ------
    AccessError
        ``slot_not_open`` for an audience that works none.
    """
    if audience not in PARTY_OF:
        raise AccessError("slot_not_open", f"Passes are not for {audience}.", audience=str(audience))
    return PARTY_OF[audience]


def own_slots(
    workspace: Path, audience: Audience, *, first: date, last: date, gone: bool = False
) -> tuple[Slot, ...]:
    """Return the slots that an audience works itself and may know of, by day and time.

    Parameters
    ----------
    first, last
        Working days, both included: what begins after midnight belongs to the day before.
    gone
        Whether those that were cancelled or missed come too, so that a calendar takes them away.

    Raises
    ------
    AccessError
        As `party_of`.
    MissingError
        ``no_snapshot`` before the first import.
    """
    party = party_of(audience)
    kept = open_register(workspace).plans.slots(first=first, last=last + ONE_DAY, cancelled=gone)
    return tuple(
        slot
        for slot in known_to(kept, audience)
        if party in slot.parties
        and first <= working_day(slot) <= last
        and (gone or slot.status in {SlotStatus.PLANNED, SlotStatus.DONE})
    )


def passes_on(
    workspace: Path, audience: Audience, day: date, *, slot_id: int | None = None
) -> tuple[Pass, ...]:
    """Return the passes that an audience works on a day, or one slot of them as a pass.

    Raises
    ------
    AccessError
        As `party_of`.
    MissingError
        ``no_pass`` when there is nothing to do that day that the audience may know of; ``no_snapshot``.
    """
    slots = own_slots(workspace, audience, first=day, last=day)
    if slot_id is not None:
        slots = tuple(slot for slot in slots if slot.slot_id == slot_id)
    found = tuple(one for one in passes(slots) if one.party is party_of(audience))
    if not found:
        raise MissingError("no_pass", f"There is no pass on {day}.", day=day)
    return found
