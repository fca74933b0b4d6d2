"""What was logged more than once, by the two who were there together or by one who logged again."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.promises.activity import ActivityKind, Party
    from geodata.promises.log_entry import LogEntry

CLOSE = timedelta(minutes=15)
"""How far apart two may write down the same start."""

NEAR_M = 150.0
"""How far apart two telephones at the same place may stand."""


def doubles(entries: Sequence[LogEntry]) -> dict[str, str]:
    """Return which entries repeat another one: key → key of the one that was logged first.

    Two entries are one activity when they are of the same kind, at the same place, at the same time, and one
    who took part is in both. Two that follow on each other are two.

    So are two of the same kind that answer the same slot of a plan, whenever each was written down: a slot is
    planned once, and two who worked it write it down on two telephones.
    """
    kept = _Kept()
    found: dict[str, str] = {}
    for entry in sorted(entries, key=lambda one: (one.logged_at, one.entry_key)):
        first = next((one for one in kept.near(entry) if same(one, entry)), None)
        if first is None:
            kept.add(entry)
        else:
            found[entry.entry_key] = first.entry_key
    return found


class _Kept:
    """Entries that repeat no other, in the order in which they came, found by kind and day or by slot.

    An entry lasts a day at most, so one that shares time with another begins on its day or on one beside it.
    """

    def __init__(self) -> None:
        self._by_day: dict[tuple[ActivityKind, int], list[tuple[int, LogEntry]]] = defaultdict(list)
        self._by_slot: dict[int, list[tuple[int, LogEntry]]] = defaultdict(list)
        self._number = 0

    def add(self, entry: LogEntry) -> None:
        self._number += 1
        self._by_day[entry.kind, entry.started_at.toordinal()].append((self._number, entry))
        if entry.slot_id is not None:
            self._by_slot[entry.slot_id].append((self._number, entry))

    def near(self, entry: LogEntry) -> list[LogEntry]:
        """Return those that may be of the same activity, the first kept first."""
        day = entry.started_at.toordinal()
        found = [one for step in (-1, 0, 1) for one in self._by_day.get((entry.kind, day + step), ())]
        if entry.slot_id is not None:
            found += self._by_slot.get(entry.slot_id, ())
        return [one for _, one in sorted(found, key=lambda numbered: numbered[0])]


def parties_together(entries: Sequence[LogEntry], found: dict[str, str]) -> dict[str, frozenset[Party]]:
    """Return who took part in each activity, by the key of its first entry: all that its entries name."""
    together: dict[str, frozenset[Party]] = {}
    for entry in entries:
        key = found.get(entry.entry_key, entry.entry_key)
        together[key] = together.get(key, frozenset()) | entry.parties
    return together


def same(one: LogEntry, other: LogEntry) -> bool:
    """Say whether two entries are of one activity."""
    if one.kind is not other.kind:
        return False
    if one.slot_id is not None and one.slot_id == other.slot_id:
        return True
    return (
        bool(one.parties & other.parties)
        and _same_activity(one, other)
        and _same_place(one, other)
        and _same_time(one, other)
    )


def _same_activity(one: LogEntry, other: LogEntry) -> bool:
    return None in {one.activity_id, other.activity_id} or one.activity_id == other.activity_id


def _same_place(one: LogEntry, other: LogEntry) -> bool:
    if one.place_id is not None and other.place_id is not None:
        return one.place_id == other.place_id
    if one.x is not None and one.y is not None and other.x is not None and other.y is not None:
        return math.dist((one.x, one.y), (other.x, other.y)) <= NEAR_M
    return one.place_id is other.place_id is None and one.x is other.x is None


def _same_time(one: LogEntry, other: LogEntry) -> bool:
    if one.started_at == one.ended_at or other.started_at == other.ended_at:  # only a start is known
        gap = max(one.started_at, other.started_at) - min(one.ended_at, other.ended_at)
        return gap <= CLOSE
    return one.started_at < other.ended_at and other.started_at < one.ended_at
