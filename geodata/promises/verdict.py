"""Whether what was done counts for a promised activity, and why not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import shapely

from geodata.promises.doubles import doubles, parties_together
from geodata.promises.occurrence import occurrences
from geodata.promises.scope import Scope
from geodata.promises.targets.measure import Counted
from geodata.promises.targets.preference import Preference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geodata.periods import Period
    from geodata.promises.activity import Party
    from geodata.promises.log_entry import LogEntry
    from geodata.promises.promise import Activity
    from geodata.promises.scope import Hours
    from geodata.promises.setting import Setting


class Why(StrEnum):
    """Why an entry counts or does not."""

    COUNTED = "counted"
    NOT_NAMED = "not_named"
    OTHER_ACTIVITY = "other_activity"
    OTHER_KIND = "other_kind"
    OTHER_PARTY = "other_party"
    NOT_JOINT = "not_joint"
    OUTSIDE_PERIOD = "outside_period"
    OUTSIDE_SEASON = "outside_season"
    OTHER_DAY = "other_day"
    OUTSIDE_HOURS = "outside_hours"
    PLACE_UNKNOWN = "place_unknown"
    OTHER_PLACE = "other_place"
    NOT_COMPLAINED = "not_complained"
    DOUBLE = "double"


OTHER_WORK = frozenset({Why.OTHER_KIND, Why.NOT_NAMED, Why.OTHER_ACTIVITY})
"""The entry is of other work: the activity has nothing to say of it."""


class Mark(StrEnum):
    """What is to be known of an entry that counts."""

    AT_BORDER = "at_border"
    """Its point lies outside the place's ground, within the tolerance."""
    POINT_ELSEWHERE = "point_elsewhere"
    """It names the place, but its point lies elsewhere: it may have been written down there."""
    ELSEWHERE_HOURS = "elsewhere_hours"
    """It was not at the preferred hours."""
    EVENING_BEFORE = "evening_before"
    """It was done after midnight and counts for the evening before."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was judged of one entry for one activity.

    Attributes
    ----------
    why
        `COUNTED`, or what it fell on first.
    day
        Local day that it counts for, or would.
    place_ids
        The places of the rule that it was done at.
    double_of
        Key of the entry that it repeats.
    """

    entry_key: str
    why: Why
    day: date
    place_ids: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()
    double_of: str = ""

    @property
    def counts(self) -> bool:
        """Whether it counts."""
        return self.why is Why.COUNTED


@dataclass(frozen=True, slots=True)
class Judged:
    """Every entry's verdict for one activity, and what counts of it."""

    verdicts: tuple[Verdict, ...]
    counted: tuple[Counted, ...]


def judge(
    activity: Activity,
    activity_id: int | None,
    entries: Sequence[LogEntry],
    *,
    period: Period,
    setting: Setting,
) -> Judged:
    """Judge every entry of the log for one activity of a promise.

    Parameters
    ----------
    activity_id
        Its number in the register; None before it is kept.
    entries
        Those that hold; of what was logged more than once the first counts, with all who took part.
    period
        The promise's.
    """
    repeated = doubles(entries)
    together = parties_together(entries, repeated)
    hours = [one for target in activity.targets if isinstance(target, Preference) for one in target.hours]
    alone = {
        one.entry_key: _judge(
            activity.scope,
            activity_id,
            one,
            together[repeated.get(one.entry_key, one.entry_key)],
            period=period,
            setting=setting,
        )
        for one in entries
    }
    # Of one activity that was logged several times the first that counts is the one that does.
    first: dict[str, str] = {}
    for entry in sorted(entries, key=lambda one: (one.logged_at, one.entry_key)):
        if alone[entry.entry_key].counts:
            first.setdefault(repeated.get(entry.entry_key, entry.entry_key), entry.entry_key)
    verdicts, counted = [], []
    for entry in sorted(entries, key=lambda one: (one.started_at, one.entry_key)):
        verdict, root = alone[entry.entry_key], repeated.get(entry.entry_key, entry.entry_key)
        if verdict.counts and first[root] != entry.entry_key:
            verdict = replace(verdict, why=Why.DOUBLE, marks=(), double_of=first[root])
        elif verdict.counts and hours and not _at(hours, entry, verdict, setting):
            verdict = replace(verdict, marks=(*verdict.marks, Mark.ELSEWHERE_HOURS))
        verdicts.append(verdict)
        if verdict.counts:
            counted.append(Counted(entry, together[root], verdict.day, verdict.place_ids))
    return Judged(tuple(verdicts), tuple(sorted(counted, key=lambda one: (one.day, one.entry.started_at))))


def _judge(
    scope: Scope,
    activity_id: int | None,
    entry: LogEntry,
    parties: frozenset[Party],
    *,
    period: Period,
    setting: Setting,
) -> Verdict:
    started = entry.started_at.astimezone(setting.zone).date()
    fell = _on_kind(scope, activity_id, entry) or _on_parties(scope, parties)
    if fell is not None:
        return Verdict(entry.entry_key, fell, started)
    there, marks, fell = _where(scope, entry, setting)
    at = there[0] if there else entry.place_id
    day, missed = _when(scope, entry, period=period, setting=setting, place_id=at)
    if missed is not None or fell is not None:
        return Verdict(entry.entry_key, missed or fell or Why.OTHER_PLACE, day, there)
    if scope.complained_days is not None:
        there = tuple(one for one in there if setting.complained(scope, one, day))
        if not there:
            return Verdict(entry.entry_key, Why.NOT_COMPLAINED, day)
    if day < started:
        marks = (*marks, Mark.EVENING_BEFORE)
    return Verdict(entry.entry_key, Why.COUNTED, day, there, marks)


def _on_kind(scope: Scope, activity_id: int | None, entry: LogEntry) -> Why | None:
    named = entry.activity_id is not None and entry.activity_id == activity_id
    if entry.activity_id is not None and not named:
        return Why.OTHER_ACTIVITY
    if not scope.kinds:
        return None if named else Why.NOT_NAMED
    return None if entry.kind in scope.kinds else Why.OTHER_KIND


def _on_parties(scope: Scope, parties: frozenset[Party]) -> Why | None:
    if not set(scope.parties) <= parties:
        return Why.NOT_JOINT if parties & set(scope.parties) else Why.OTHER_PARTY
    return Why.NOT_JOINT if scope.joint and len(parties) < len(("one", "another")) else None


def _when(
    scope: Scope, entry: LogEntry, *, period: Period, setting: Setting, place_id: int | None
) -> tuple[date, Why | None]:
    """Return the day that an entry counts for, or that it began on and what it fell on."""
    started = entry.started_at.astimezone(setting.zone).date()
    found = occurrences(scope, setting, place_id=place_id, started=entry.started_at, ended=entry.ended_at)
    days = [one.day for one in found]
    if not days:
        return started, _why_not_then(scope, started, period=period, setting=setting)
    inside = [day for day in days if period.holds(day)]
    if not inside:
        return days[-1], Why.OUTSIDE_PERIOD
    season = [day for day in inside if not scope.months or day.month in scope.months]
    if not season:
        return inside[-1], Why.OUTSIDE_SEASON
    asked = [day for day in season if setting.asks(scope, day)]
    return (asked[0], None) if asked else (season[-1], Why.OTHER_DAY)


def _why_not_then(scope: Scope, day: date, *, period: Period, setting: Setting) -> Why:
    """Say what an entry fell on that lies in none of the hours: the day before the hours."""
    if not period.holds(day):
        return Why.OUTSIDE_PERIOD
    if scope.months and day.month not in scope.months:
        return Why.OUTSIDE_SEASON
    return Why.OUTSIDE_HOURS if setting.asks(scope, day) else Why.OTHER_DAY


def _where(
    scope: Scope, entry: LogEntry, setting: Setting
) -> tuple[tuple[int, ...], tuple[Mark, ...], Why | None]:
    """Return the rule's places that an entry was done at, what is to be known of that, or what it fell on."""
    if not scope.asks_for_place:
        return (), (), None
    if entry.place_id is None and entry.x is None:
        return (), (), Why.PLACE_UNKNOWN
    meant = [
        place
        for place_id, place in setting.places.items()
        if (not scope.places or place_id in scope.places)
        and (not scope.place_kinds or place.kind in scope.place_kinds)
    ]
    named = [place.place_id for place in meant if place.place_id == entry.place_id]
    point = None if entry.x is None or entry.y is None else shapely.Point(entry.x, entry.y)
    away = {
        place.place_id: float(shapely.distance(place.geometry, point)) for place in meant if point is not None
    }
    close = sorted((metres, place_id) for place_id, metres in away.items() if metres <= scope.border_m)
    there = tuple(dict.fromkeys([*named, *(place_id for _, place_id in close)]))
    if not there:
        return (), (), Why.OTHER_PLACE
    if named:
        far = away.get(named[0], 0.0) > scope.border_m
        return there, (Mark.POINT_ELSEWHERE,) if far else (), None
    return there, (Mark.AT_BORDER,) if close[0][0] > 0 else (), None


def _at(hours: Sequence[Hours], entry: LogEntry, verdict: Verdict, setting: Setting) -> bool:
    """Say whether an entry that counts was at one of the preferred hours."""
    place = verdict.place_ids[0] if verdict.place_ids else entry.place_id
    preferred = Scope(hours=tuple(hours))
    return bool(
        occurrences(preferred, setting, place_id=place, started=entry.started_at, ended=entry.ended_at)
    )
