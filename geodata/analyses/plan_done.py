"""What was done already of what the project file wants: the slots that stand, and what was logged freely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.promises.doubles import doubles, parties_together
from geodata.targeting.slot import SlotStatus
from geodata.targeting.working_day import working

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from geodata.promises.activity import ActivityKind, CarType, Party
    from geodata.promises.log_entry import LogEntry
    from geodata.targeting.binding import Binding
    from geodata.targeting.slot import Slot


@dataclass(frozen=True, slots=True)
class Done:
    """One activity that counts already.

    Attributes
    ----------
    day, at
        Working day and its half hour: what begins after midnight is the evening's.
    """

    place_id: int | None
    kind: ActivityKind
    parties: frozenset[Party]
    car: CarType | None
    day: date
    at: int

    def answers(self, binding: Binding) -> bool:
        """Say whether it is one of those that something wanted asks for."""
        return (
            (binding.place_ids is None or self.place_id in binding.place_ids)
            and (not binding.kinds or self.kind in binding.kinds)
            and binding.parties <= self.parties
            and (not binding.cars or self.car in binding.cars)
            and self.day.weekday() in binding.weekdays
            and any(begin <= self.at < end for begin, end in binding.spans)
            and binding.first is not None
            and binding.last is not None
            and binding.first <= self.day <= binding.last
        )


def done_already(
    slots: Sequence[Slot], entries: Sequence[LogEntry], *, zone: ZoneInfo, opens: date | None
) -> tuple[Done, ...]:
    """Return what counts already: each activity once, whether it stands as a slot or in the log alone.

    Parameters
    ----------
    entries
        Those that hold; those that answer a slot, or repeat one that does, are counted with it.
    zone
        In which working days are told.
    opens
        The first day that may change; what is planned before it counts as done.
    """
    return (*_of_slots(slots, opens), *_of_log(entries, zone))


def _of_slots(slots: Sequence[Slot], opens: date | None) -> Iterator[Done]:
    for slot in slots:
        day, at = working(slot.day, slot.from_minute)
        past = opens is not None and slot.status is SlotStatus.PLANNED and day < opens
        if slot.status is SlotStatus.DONE or past:
            yield Done(slot.place_id, slot.kind, slot.parties, slot.car, day, at)


def _of_log(entries: Sequence[LogEntry], zone: ZoneInfo) -> Iterator[Done]:
    repeated = doubles(entries)
    together = parties_together(entries, repeated)
    with_slot = {repeated.get(one.entry_key, one.entry_key) for one in entries if one.slot_id is not None}
    for entry in entries:
        if entry.entry_key not in repeated and entry.entry_key not in with_slot:
            start = entry.started_at.astimezone(zone)
            day, at = working(start.date(), 60 * start.hour + start.minute)
            yield Done(entry.place_id, entry.kind, together[entry.entry_key], entry.car, day, at)
