"""The promises and how they stand: progress, what was logged and whether it counts, and the action plan.

The authorities' own counts are shown as they are, to everybody. Which car was used is for the police, notes
and who wrote them are for those who do the work. Where a rule asks for places that residents complained
about, council and public see how much counts and not which entries: one complaint could be read out of it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from geodata.analyses.ground import open_register
from geodata.analyses.promise_ground import promise_ground
from geodata.privacy import RULES, Audience
from geodata.promises.action_plan import CLOSED, ActionItem
from geodata.promises.changes import Change, changes
from geodata.promises.log_entry import REVIEW_KEY
from geodata.promises.progress import ActivityProgress, Progress, progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from geodata.analyses.ground import Ground
    from geodata.analyses.promise_ground import PromiseGround
    from geodata.promises.activity import ActivityKind, CarType, Party
    from geodata.promises.log_entry import LogEntry
    from geodata.promises.setting import Setting
    from geodata.promises.verdict import Verdict
    from geodata.store.promises import KeptPromise
    from geodata.store.register import Register


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry of the log, and what it counts for.

    Attributes
    ----------
    started, ended
        Local times; None for council and public, who see the day, and of a review, which has no hours.
    place
        The place's name; empty where there is none.
    car, note, logged_by
        None where they are not shown, or not known.
    is_review
        Whether it is a review, which is changed and withdrawn where it was made.
    verdict
        For the activity that the line stands under.
    """

    entry_key: str
    kind: ActivityKind
    day: date
    started: datetime | None
    ended: datetime | None
    place: str
    parties: tuple[Party, ...]
    with_whom: str
    car: CarType | None
    checked: int | None
    reported: int | None
    note: str | None
    logged_by: str | None
    verdict: Verdict
    is_review: bool = False


@dataclass(frozen=True, slots=True)
class ActivityAnswer:
    """One activity: how it stands, its places by name, and the lines of the log that are of its kind.

    Attributes
    ----------
    lines
        Newest first: what counts, and what does not though it is of the right kind or names the activity;
        none for council and public where it matters who has complained.
    by_place
        How much of what counts was done at each place, most first; without that at no place, and as `lines`
        for council and public.
    checked, reported
        Sums over what counts; None where nobody counted.
    """

    progress: ActivityProgress
    places: tuple[tuple[int, str], ...]
    lines: tuple[LogLine, ...]
    by_place: tuple[tuple[str, int], ...]
    checked: int | None
    reported: int | None


@dataclass(frozen=True, slots=True)
class VersionNote:
    """One version of a promise: when, by whom (None for council and public), why, and what changed."""

    version: int
    on: date
    by: str | None
    why: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PromiseAnswer:
    """One promise.

    Attributes
    ----------
    plan
        The action plan's lines, their notes with local times; without notes for council and public.
    due
        How many open lines have a reminder or due day that has come.
    versions
        Newest first.
    places
        Id and name of every place that a rule of any version names; empty without versions.
    """

    kept: KeptPromise
    progress: Progress
    activities: tuple[ActivityAnswer, ...]
    plan: tuple[ActionItem, ...]
    due: int
    versions: tuple[VersionNote, ...]
    places: tuple[tuple[int, str], ...] = ()


def follow_promises(
    ground: Ground, audience: Audience, *, today: date | None = None
) -> tuple[PromiseAnswer, ...]:
    """Tell how every promise stands, in the order in which they were added; without versions.

    Parameters
    ----------
    today
        Local day to measure on; None for the clock's, and in a made-up municipality the last day of its data.
    """
    register = open_register(ground.workspace)
    on = promise_ground(ground, register, today or measured_on(ground))
    return tuple(_answer(register, kept, audience, on) for kept in register.promises.all())


def follow_promise(
    ground: Ground, key: str, audience: Audience, *, today: date | None = None
) -> PromiseAnswer:
    """Tell how a promise stands, with its versions.

    Raises
    ------
    MissingError
        ``no_promise``.
    """
    register = open_register(ground.workspace)
    kept = register.promises.find(key)
    answer = _answer(register, kept, audience, promise_ground(ground, register, today or measured_on(ground)))
    named = {
        place_id
        for one in register.promises.versions(key)
        for activity in one.promise.activities
        for place_id in activity.scope.places
    }
    places = tuple((one.place_id, one.name) for one in register.places() if one.place_id in named)
    return replace(answer, versions=_versions(register, key, audience, ground.project.zone), places=places)


def measured_on(ground: Ground) -> date:
    """Return the local day that promises are measured on when none is asked for."""
    clock = datetime.now(UTC).astimezone(ground.project.zone).date()
    days, _ = ground.school_days
    if ground.project.municipality.made_up and len(days):
        last: date = days[-1].item()
        return min(clock, last)
    return clock


def _answer(register: Register, kept: KeptPromise, audience: Audience, on: PromiseGround) -> PromiseAnswer:
    plan = register.action_plans.items(kept.promise_id)
    stands = progress(
        kept.promise,
        on.entries,
        today=on.today,
        setting=on.setting,
        activity_ids=kept.activity_ids,
        decided=[item.line.what for item in plan if item.line.status in CLOSED],
        concluded=on.concluded,
    )
    staff = RULES[audience].quotes
    return PromiseAnswer(
        kept=kept,
        progress=stands,
        activities=tuple(_activity(one, on.entries, on.setting, audience) for one in stands.activities),
        plan=tuple(_noted(item, on.setting.zone) if staff else replace(item, notes=()) for item in plan),
        due=sum(item.is_due(on.today) for item in plan),
        versions=(),
    )


def _noted(item: ActionItem, zone: ZoneInfo) -> ActionItem:
    """Return a line of the plan with the local times of its notes."""
    return replace(
        item, notes=tuple(replace(one, noted_at=one.noted_at.astimezone(zone)) for one in item.notes)
    )


def _activity(
    stands: ActivityProgress, entries: Sequence[LogEntry], setting: Setting, audience: Audience
) -> ActivityAnswer:
    by_key = {entry.entry_key: entry for entry in entries}
    counted = [by_key[one.entry.entry_key] for one in stands.judged.counted]
    lines = [
        _line(by_key[verdict.entry_key], verdict, setting, audience)
        for verdict in stands.judged.verdicts
        if _is_of(by_key[verdict.entry_key], stands)
    ]
    scope = stands.activity.scope
    named = [
        (place_id, setting.places[place_id].name) for place_id in scope.places if place_id in setting.places
    ]
    told = RULES[audience].quotes or scope.complained_days is None
    at = [one.place_ids[0] if one.place_ids else one.entry.place_id for one in stands.judged.counted]
    where = Counter(setting.places[one].name for one in at if one is not None and one in setting.places)
    return ActivityAnswer(
        progress=stands if told else _without_weeks(stands),
        places=tuple(named),
        lines=tuple(reversed(lines)) if told else (),
        by_place=tuple(where.most_common()) if told else (),
        checked=_sum([entry.checked for entry in counted]),
        reported=_sum([entry.reported for entry in counted]),
    )


def _without_weeks(stands: ActivityProgress) -> ActivityProgress:
    """Leave out which weeks are missing: with what was done in them they tell who has complained."""
    return replace(stands, measures=tuple(replace(one, missing=()) for one in stands.measures))


def _is_of(entry: LogEntry, stands: ActivityProgress) -> bool:
    """Say whether a reader would look for an entry under an activity."""
    if entry.activity_id is not None:
        return entry.activity_id == stands.activity_id
    return entry.kind in stands.activity.scope.kinds


def _line(entry: LogEntry, verdict: Verdict, setting: Setting, audience: Audience) -> LogLine:
    staff = RULES[audience].quotes
    at = verdict.place_ids[0] if verdict.place_ids else entry.place_id
    place = setting.places.get(at) if at is not None else None
    started, ended = (one.astimezone(setting.zone) for one in (entry.started_at, entry.ended_at))
    is_review = entry.entry_key.startswith(REVIEW_KEY)
    has_hours = staff and not is_review
    return LogLine(
        entry_key=entry.entry_key,
        kind=entry.kind,
        day=started.date(),
        started=started if has_hours else None,
        ended=ended if has_hours else None,
        place=place.name if place is not None else "",
        parties=tuple(sorted(entry.parties)),
        with_whom=entry.with_whom if staff else "",
        car=entry.car if audience is Audience.POLICE else None,
        checked=entry.checked,
        reported=entry.reported,
        note=entry.note if staff else None,
        logged_by=entry.logged_by if staff else None,
        verdict=verdict,
        is_review=is_review,
    )


def _versions(register: Register, key: str, audience: Audience, zone: ZoneInfo) -> tuple[VersionNote, ...]:
    found = register.promises.versions(key)
    staff = RULES[audience].quotes
    notes = []
    for number, one in enumerate(found):
        before = found[number - 1].promise if number else one.promise
        notes.append(
            VersionNote(
                version=one.version,
                on=one.changed_at.astimezone(zone).date(),
                by=one.changed_by if staff else None,
                why=one.why,
                changes=changes(before, one.promise),
            )
        )
    return tuple(reversed(notes))


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
