"""One activity that was done, as it stands in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from geodata.promises.activity import ActivityKind, CarType, Party


REVIEW_KEY = "review:"
"""Begins the key of what stands for a review; no entry of the log may have one."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What was done, where, when and by whom.

    Attributes
    ----------
    entry_key
        Made where the entry is written, a telephone without a connection too (UUID as text): what is sent
        twice is one entry.
    kind
        What was done.
    started_at, ended_at
        Instants, UTC. Equal where only the start is known.
    place_id
        The place in the register; None where it was done at no place, or at one that has no id.
    x, y
        Metres east and north in the working CRS, from the telephone or the slot; None for both where
        there is no point.
    parties
        Who took part; more than one is a joint activity.
    with_whom
        Names of administrations or others, as written; empty where nobody else.
    car
        What was really used; None where it is not known.
    slot_id, activity_id
        The slot of the plan and the activity of a promise that it answers; None where it was done freely.
    checked, reported
        Vehicles or persons checked, and those reported of them; None where not counted.
    note
        Masked at the door; empty where there is none.
    logged_by, logged_at
        The account, and when it reached the register (UTC).
    """

    entry_key: str
    kind: ActivityKind
    started_at: datetime
    ended_at: datetime
    place_id: int | None
    x: float | None
    y: float | None
    parties: frozenset[Party]
    with_whom: str
    car: CarType | None
    slot_id: int | None
    activity_id: int | None
    checked: int | None
    reported: int | None
    note: str
    logged_by: str
    logged_at: datetime
