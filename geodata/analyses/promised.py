"""What was promised of work that is about to be done: which promise it serves, and how it is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from geodata.promises.log_entry import LogEntry
from geodata.promises.targets.unmeasured import Way
from geodata.promises.verdict import judge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.promises.promise import Promise
    from geodata.promises.setting import Setting
    from geodata.targeting.slot import Slot


@dataclass(frozen=True, slots=True)
class Promised:
    """A promised activity that a slot serves.

    Attributes
    ----------
    name
        Of the activity, as it was written.
    ways
        How it is to be done: ``Låg toleransnivå``.
    """

    name: str
    ways: tuple[str, ...]


def promised_of(slot: Slot, promises: Iterable[Promise], setting: Setting) -> tuple[Promised, ...]:
    """Return the promised activities that a slot counts for, if it is done as it is planned.

    It is judged by the rules that the log is judged by.
    """
    entry = _as_planned(slot, setting)
    return tuple(
        Promised(one.name, tuple(target.how for target in one.targets if isinstance(target, Way)))
        for promise in promises
        for one in promise.activities
        if judge(one, None, [entry], period=promise.period, setting=setting).counted
    )


def _as_planned(slot: Slot, setting: Setting) -> LogEntry:
    """Write a slot as if it had been done."""
    midnight = datetime.combine(slot.day, time(), tzinfo=setting.zone)
    over = timedelta(days=1) if slot.to_minute <= slot.from_minute else timedelta()
    starts = midnight + timedelta(minutes=slot.from_minute)
    ends = midnight + over + timedelta(minutes=slot.to_minute)
    return LogEntry(
        entry_key=f"slot-{slot.slot_id}",
        kind=slot.kind,
        started_at=starts.astimezone(UTC),
        ended_at=ends.astimezone(UTC),
        place_id=slot.place_id,
        x=None if slot.stand is None else slot.stand.x,
        y=None if slot.stand is None else slot.stand.y,
        parties=slot.parties,
        with_whom="",
        car=slot.car,
        slot_id=slot.slot_id,
        activity_id=None,
        checked=None,
        reported=None,
        note="",
        logged_by="",
        logged_at=starts.astimezone(UTC),
    )
