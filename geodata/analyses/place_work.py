"""What has been done at one place, and what of it counts for a promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geodata.analyses.ground import open_register
from geodata.analyses.promise_setting import promise_setting
from geodata.privacy import RULES
from geodata.promises.verdict import judge

if TYPE_CHECKING:
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.privacy import Audience
    from geodata.promises.activity import ActivityKind, Party
    from geodata.promises.log_entry import LogEntry

NEWEST = 8


@dataclass(frozen=True, slots=True)
class DoneHere:
    """One thing that was done.

    Attributes
    ----------
    counts_for
        Names of the promises that it counts for; None for council and public, to whom a promise about
        complaints would tell that somebody has complained here.
    """

    day: date
    kind: ActivityKind
    parties: tuple[Party, ...]
    checked: int | None
    reported: int | None
    counts_for: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class WorkHere:
    """How much is logged here, all told, and the newest of it."""

    entries: int
    newest: tuple[DoneHere, ...]


def work_at(ground: Ground, place_id: int, audience: Audience) -> WorkHere:
    """Tell what has been done at a place: what names it, and what names none and has its point inside.

    Raises
    ------
    MissingError
        ``no_place``.
    """
    register = open_register(ground.workspace)
    outline = ground.places[ground.place_position(place_id)].geometry
    here = [one for one in register.log.entries() if _is_here(one, place_id, outline)]
    newest = here[-NEWEST:]
    counting: dict[str, list[str]] = {}
    if newest and RULES[audience].quotes:
        setting = promise_setting(ground, register.places())
        for kept in register.promises.all():
            for activity in kept.promise.activities:
                number = kept.activity_ids.get(activity.key)
                judged = judge(activity, number, newest, period=kept.promise.period, setting=setting)
                for one in judged.counted:
                    names = counting.setdefault(one.entry.entry_key, [])
                    if kept.promise.name not in names:
                        names.append(kept.promise.name)
    zone = ground.project.zone
    return WorkHere(
        len(here),
        tuple(
            DoneHere(
                day=one.started_at.astimezone(zone).date(),
                kind=one.kind,
                parties=tuple(sorted(one.parties)),
                checked=one.checked,
                reported=one.reported,
                counts_for=tuple(counting.get(one.entry_key, ())) if RULES[audience].quotes else None,
            )
            for one in reversed(newest)
        ),
    )


def _is_here(entry: LogEntry, place_id: int, outline: shapely.Geometry) -> bool:
    if entry.place_id is not None:
        return entry.place_id == place_id
    return entry.x is not None and bool(shapely.intersects_xy(outline, entry.x, entry.y))
