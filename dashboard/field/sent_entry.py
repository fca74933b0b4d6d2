"""What a telephone sends from a place: read, checked, masked, and kept in the log once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

import numpy as np
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from etl.pipeline import mask_text
from geodata import crs
from geodata.analyses.ground import open_register
from geodata.analyses.passes import party_of
from geodata.errors import MissingError, ParameterError
from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.promises.log_entry import LogEntry
from geodata.store.plans import SlotSeen
from geodata.targeting.openness import may_know
from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.privacy import Audience
    from geodata.project import Project
    from geodata.store.register import Register
    from geodata.targeting.slot import Slot

LONGEST_BY = 80
LARGEST_ID = 2**63 - 1
MOST = 2**31 - 1
"""The register holds no larger numbers."""

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
"""Beyond these a clock of some zone is no moment in UTC."""

Moment = Annotated[AwareDatetime, Field(ge=FIRST, le=LAST)]


class SentEntry(BaseModel):
    """An entry as it comes from a telephone.

    ``what`` is ``planned`` where a stop that was told missed is not. ``lon`` and ``lat`` are the telephone's
    own place in degrees, null where it told none. A clock that is wrong is set right by the page when the
    entry is written, so that it is the same each time it is sent.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    entry_key: UUID
    by: str = Field(max_length=LONGEST_BY)
    what: Literal["done", "missed", "planned"] = "done"
    slot_id: int | None = Field(default=None, ge=1, le=LARGEST_ID)
    revision: int | None = Field(default=None, ge=0)
    kind: ActivityKind
    place_id: int | None = Field(default=None, ge=1, le=LARGEST_ID)
    started_at: Moment
    ended_at: Moment
    lon: float | None = Field(default=None, ge=-180, le=180)
    lat: float | None = Field(default=None, ge=-90, le=90)
    parties: frozenset[Party] = frozenset()
    with_whom: str = ""
    car: CarType | None = None
    checked: int | None = Field(default=None, le=MOST)
    reported: int | None = Field(default=None, le=MOST)
    note: str = ""


def read_entry(sent: object) -> SentEntry:
    """Read what a telephone sent.

    Raises
    ------
    ParameterError
        ``entry_unreadable`` with the first field that is wrong.
    """
    try:
        return SentEntry.model_validate(sent)
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise ParameterError(
            "entry_unreadable", f"The entry's {field[:40]} can't be read.", field=field[:40]
        ) from error


def take_entry(
    workspace: Path, project: Project, entry: SentEntry, *, audience: Audience, by: str, now: datetime
) -> bool:
    """Keep an entry and what it says of its slot; say whether it is new, for what is sent twice is one.

    Parameters
    ----------
    audience
        As whom it is sent: decides whose slots can be answered.
    by
        The account that sends it.
    now
        UTC.

    Raises
    ------
    AccessError
        ``slot_not_open`` for an audience that works no passes.
    MissingError
        ``no_slot`` for a slot that the audience does not work.
    ParameterError
        What `geodata.store.log.Log.add` raises; ``slot_changed`` for a slot told missed, or no longer, that
        somebody changed since; ``entry_no_slot`` for one told missed without a slot.
    """
    party = party_of(audience)
    register = open_register(workspace)
    slot = None if entry.slot_id is None else _own_slot(register, entry.slot_id, audience, party)
    if entry.what != "done":
        return _mark(register, slot, entry, by)
    return register.log.add(_log_entry(project, entry, slot, party=party, by=by, now=now), now=now)


def _own_slot(register: Register, slot_id: int, audience: Audience, party: Party) -> Slot:
    slot = register.plans.slot(slot_id)
    if party not in slot.parties or not may_know(slot, audience):
        # As one that is not there: what the police are about to do is not told of by a refusal either.
        raise MissingError("no_slot", f"There is no slot {slot_id}.", slot_id=slot_id)
    return slot


def _mark(register: Register, slot: Slot | None, entry: SentEntry, by: str) -> bool:
    """Tell a slot missed, or take that back."""
    if slot is None or entry.slot_id is None:
        raise ParameterError("entry_no_slot", "Only a slot of the plan can be told missed.")
    status = SlotStatus(entry.what)
    if slot.status in {status, SlotStatus.DONE}:  # told before; and who was there wins
        return False
    if status is SlotStatus.PLANNED and slot.status is not SlotStatus.MISSED:  # not this one's to undo
        raise ParameterError("slot_changed", "The slot was cancelled meanwhile.", day=slot.day)
    revision = slot.revision if entry.revision is None else entry.revision
    register.plans.mark(SlotSeen(entry.slot_id, revision), status, by=by)
    return True


def _log_entry(
    project: Project, entry: SentEntry, slot: Slot | None, *, party: Party, by: str, now: datetime
) -> LogEntry:
    x, y = _point(project, entry, slot)
    return LogEntry(
        entry_key=str(entry.entry_key),
        kind=entry.kind,
        started_at=entry.started_at.astimezone(UTC),
        ended_at=entry.ended_at.astimezone(UTC),
        place_id=entry.place_id if slot is None else slot.place_id,
        x=x,
        y=y,
        parties=entry.parties | {party},
        with_whom=mask_text(entry.with_whom.strip()),
        car=entry.car,
        slot_id=entry.slot_id,
        activity_id=None,
        checked=entry.checked,
        reported=entry.reported,
        note=mask_text(entry.note.strip()),
        logged_by=by,
        logged_at=now,
    )


def _point(project: Project, entry: SentEntry, slot: Slot | None) -> tuple[float | None, float | None]:
    """Return the telephone's place, else the slot's, metres."""
    if entry.lon is not None and entry.lat is not None:
        x, y = crs.to_working(
            [entry.lon], [entry.lat], source=crs.WGS84, working=project.geography.working_crs
        )
        if np.isfinite([x[0], y[0]]).all():
            return round(float(x[0]), 1), round(float(y[0]), 1)
    if slot is not None and slot.stand is not None:
        return slot.stand.x, slot.stand.y
    return None, None
