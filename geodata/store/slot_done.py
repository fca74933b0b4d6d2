"""A slot that the log answers: done while an entry of it holds, what it was before when none does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from geodata.store.plan_tables import SLOT
from geodata.store.work_tables import LOG_ENTRY
from geodata.targeting.slot import SlotStatus

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST_BY = 80


def mark_done(connection: Connection, slot_id: int, *, municipality_code: str, by: str) -> bool:
    """Say that a slot was done and keep what it was before; False where that was known, or there is none."""
    mine = (SLOT.c.municipality_code == municipality_code) & (SLOT.c.slot_id == slot_id)
    done = connection.execute(
        update(SLOT)
        .where(mine, SLOT.c.status != str(SlotStatus.DONE))
        .values(
            status_before=SLOT.c.status,
            status=str(SlotStatus.DONE),
            revision=SLOT.c.revision + 1,
            changed_by=by[:LONGEST_BY],
            changed_at=_now(),
        )
    )
    return done.rowcount > 0


def reopen(connection: Connection, slot_id: int, *, municipality_code: str, by: str) -> bool:
    """Give a slot back what it was before it was done; False while an entry that holds still answers it.

    A slot that was done before the register kept what it had been becomes planned.
    """
    holds = (LOG_ENTRY.c.municipality_code == municipality_code) & (LOG_ENTRY.c.slot_id == slot_id)
    answered = select(LOG_ENTRY.c.log_id).where(holds, LOG_ENTRY.c.withdrawn_at.is_(None)).limit(1)
    if connection.execute(answered).first() is not None:
        return False
    mine = (SLOT.c.municipality_code == municipality_code) & (SLOT.c.slot_id == slot_id)
    done = connection.execute(
        select(SLOT.c.status_before).where(mine, SLOT.c.status == str(SlotStatus.DONE))
    ).one_or_none()
    if done is None:
        return False
    connection.execute(
        update(SLOT)
        .where(mine)
        .values(
            status=done.status_before or str(SlotStatus.PLANNED),
            status_before=None,
            revision=SLOT.c.revision + 1,
            changed_by=by[:LONGEST_BY],
            changed_at=_now(),
        )
    )
    return True


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
