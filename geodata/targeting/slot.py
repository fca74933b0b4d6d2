"""A slot of the plan: somebody, somewhere, on a day, for some minutes, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from geodata.promises.activity import ActivityKind, CarType, Party


class SlotStatus(StrEnum):
    """What became of a slot."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a slot is where it is: a code of the text catalogue (``plan_reasons``) and what it is about."""

    code: str
    values: tuple[tuple[str, str | float | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """Where to stand: a stretch in words, and a point beside it where one can stop safely, when known.

    Attributes
    ----------
    name
        "Skolgatan mellan Torggatan och Parkvägen"; empty where no street is near.
    x, y
        Metres east and north in the working CRS.
    is_safe_stop
        Whether somebody or a map has said that one can stop there; else the point is the stretch's middle.
    """

    name: str
    x: float
    y: float
    is_safe_stop: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing to do at one place on one day.

    Attributes
    ----------
    slot_id
        In the register; None before it is kept.
    plan_id
        The plan that it belongs to; None before it is kept.
    place_id
        In the register.
    day
        Local day on which it starts.
    from_minute, to_minute
        Of the local day; at or below `from_minute` it passes midnight.
    kind, car, parties
        What is done, what it is done from, who does it.
    stand
        Where; None where the place says enough.
    why
        The reasons, the weightiest first.
    harm
        Expected harm that it covers, events weighted by severity; None in a rotation, which claims none.
    locked
        Whether replanning lets it stay.
    status
        Everything but `DONE` is for the police alone when the police have it.
    revision
        How many times it was changed; a change is made to the revision that was seen.
    """

    slot_id: int | None
    plan_id: int | None
    place_id: int
    day: date
    from_minute: int
    to_minute: int
    kind: ActivityKind
    car: CarType
    parties: frozenset[Party]
    stand: Stand | None
    why: tuple[Reason, ...]
    harm: float | None
    locked: bool
    status: SlotStatus
    revision: int = 0
