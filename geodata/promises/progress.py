"""How a promise stands on a day: every target measured, and what was done by tertial and year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geodata.periods import Period, tertial, year
from geodata.promises.feasibility import Contradiction, contradictions
from geodata.promises.targets.kinds import TARGETS
from geodata.promises.targets.measure import Measure, Standing, State
from geodata.promises.verdict import OTHER_WORK, Judged, Mark, Why, judge

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geodata.promises.log_entry import LogEntry
    from geodata.promises.promise import Activity, Promise
    from geodata.promises.setting import Setting

TERTIALS = (1, 2, 3)
AHEAD = timedelta(days=731)
"""How far an open-ended promise is looked ahead for days that ask for work."""

WORST_FIRST = (
    State.IMPOSSIBLE,
    State.MISSED,
    State.LATE,
    State.PARTLY,
    State.ON_COURSE,
    State.KEPT,
    State.TOO_EARLY,
    State.UNDER_WAY,
    State.NOT_BEGUN,
    State.SHOWN,
)
"""A promise stands as its worst target does, and says nothing where no target says anything."""


@dataclass(frozen=True, slots=True)
class Part:
    """What counted in a tertial or a year.

    Attributes
    ----------
    counted, logged
        What counts, and all that was logged of such work or for the activity itself.
    whole
        Whether the promise holds for all of it.
    over
        Whether it has ended.
    """

    period: Period
    counted: int
    logged: int
    whole: bool
    over: bool


@dataclass(frozen=True, slots=True)
class ActivityProgress:
    """How one activity stands.

    Attributes
    ----------
    state
        The worst of its measures.
    measures
        One for each target, in their order.
    judged
        Every entry of its period with its verdict.
    tertials, years
        What counted in each part of the period that has begun.
    contradictions
        Why a rule can't be met, as things stand now.
    """

    activity: Activity
    activity_id: int | None
    state: State
    measures: tuple[Measure, ...]
    judged: Judged
    tertials: tuple[Part, ...]
    years: tuple[Part, ...]
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How a promise stands on a day."""

    promise: Promise
    today: date
    state: State
    activities: tuple[ActivityProgress, ...]


def progress(
    promise: Promise,
    entries: Sequence[LogEntry],
    *,
    today: date,
    setting: Setting,
    activity_ids: Mapping[str, int] | None = None,
    decided: Collection[str] = (),
    concluded: Mapping[str, int | None] | None = None,
) -> Progress:
    """Measure a promise.

    Parameters
    ----------
    entries
        Of the log, those that hold.
    activity_ids
        The register's number of each activity, by its key.
    decided
        Names of a list on which a decision stands in the action plan.
    concluded
        The entries that a decision came of: their keys, and the place that each names.

    Raises
    ------
    ParameterError
        ``period_backwards``.
    """
    found = tuple(
        _activity(
            promise,
            one,
            (activity_ids or {}).get(one.key),
            [entry for entry in entries if entry.started_at.astimezone(setting.zone).date() <= today],
            today=today,
            setting=setting,
            decided=frozenset(decided),
            concluded=concluded or {},
        )
        for one in promise.activities
    )
    return Progress(promise, today, worst([one.state for one in found]), found)


def worst(states: Sequence[State]) -> State:
    """Return the state of several together; `SHOWN` where there is none."""
    return min(states, key=WORST_FIRST.index, default=State.SHOWN)


def standing(
    promise: Promise,
    activity: Activity,
    judged: Judged,
    *,
    today: date,
    setting: Setting,
    decided: frozenset[str] = frozenset(),
    concluded: Mapping[str, int | None] | None = None,
) -> Standing:
    """Return what the targets of an activity are measured by."""
    period, scope = promise.period, activity.scope
    last = min(period.last, max(today, period.first) + AHEAD) if promise.last is None else period.last
    days = [period.first + timedelta(days=step) for step in range((last - period.first).days + 1)]
    asked = tuple(day for day in days if setting.asks(scope, day))
    complained = None
    if scope.complained_days is not None:
        places = setting.binding(scope)
        complained = frozenset(
            day
            for day in asked
            if day <= today and any(setting.complained(scope, place, day) for place in places)
        )
    return Standing(
        counted=judged.counted,
        period=period,
        open_ended=promise.last is None,
        today=today,
        asked=asked,
        preferred=frozenset(
            one.entry_key for one in judged.verdicts if one.counts and Mark.ELSEWHERE_HOURS not in one.marks
        ),
        complained=complained,
        decided=decided,
        concluded_at=_concluded_at(judged, concluded or {}),
    )


def _concluded_at(judged: Judged, concluded: Mapping[str, int | None]) -> frozenset[int]:
    """Return the places where something was decided of what counts, or would if it were not logged twice."""
    return frozenset(
        place_id
        for one in judged.verdicts
        if one.entry_key in concluded and one.why in {Why.COUNTED, Why.DOUBLE}
        for place_id in one.place_ids or (concluded[one.entry_key],)
        if place_id is not None
    )


def _activity(
    promise: Promise,
    activity: Activity,
    activity_id: int | None,
    entries: Sequence[LogEntry],
    *,
    today: date,
    setting: Setting,
    decided: frozenset[str],
    concluded: Mapping[str, int | None],
) -> ActivityProgress:
    judged = judge(activity, activity_id, entries, period=promise.period, setting=setting)
    now = standing(
        promise, activity, judged, today=today, setting=setting, decided=decided, concluded=concluded
    )
    measures = tuple(TARGETS[target.kind](target, now) for target in activity.targets)
    broken = contradictions(promise, activity, setting=setting)
    states = [one.state for one in measures]
    state = worst([one for one in states if one is not State.SHOWN] or states)
    if state is State.SHOWN and not now.begun:
        state = State.NOT_BEGUN
    if broken and state is not State.KEPT and not now.over:
        state = State.IMPOSSIBLE
    return ActivityProgress(
        activity=activity,
        activity_id=activity_id,
        state=state,
        measures=measures,
        judged=judged,
        tertials=_parts(now, [tertial(part, at) for at in _years(now) for part in TERTIALS], judged),
        years=_parts(now, [year(at) for at in _years(now)], judged),
        contradictions=broken,
    )


def _years(now: Standing) -> range:
    return range(now.period.first.year, now.until.year + 1) if now.begun else range(0)


def _parts(now: Standing, wholes: Sequence[Period], judged: Judged) -> tuple[Part, ...]:
    found = []
    for whole in wholes:
        first, last = max(whole.first, now.period.first), min(whole.last, now.period.last)
        if last < first or first > now.until:
            continue
        part = Period(first, last)
        found.append(
            Part(
                part,
                counted=len(now.within(part)),
                logged=sum(part.holds(one.day) and one.why not in OTHER_WORK for one in judged.verdicts),
                whole=part == whole,
                over=now.today > last,
            )
        )
    return tuple(found)
