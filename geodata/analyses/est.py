"""The week for the weekly meeting (EST): what is new, what was done, what lags, what comes, where to focus.

For those who work with the records alone. What the police are about to do stays theirs: coming slots are told
to those who may know of them, and no proposal is made from a slot.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.est_coming import Coming, coming_week
from geodata.analyses.est_counts import WeekCounts, count_week
from geodata.analyses.est_focus import Proposal, propose_focus
from geodata.analyses.ground import open_register
from geodata.analyses.picture_periods import latest_day
from geodata.analyses.promises import PromiseAnswer, follow_promises, measured_on
from geodata.analyses.reached import last_of, missed
from geodata.errors import ParameterError
from geodata.picture.focus import WEEK_DAYS, Focus, known_to, week_of
from geodata.privacy import Audience, require
from geodata.promises.targets.measure import State
from geodata.schema import Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.evidence.source_end import SourceEnd
    from geodata.periods import Period
    from geodata.promises.activity import ActivityKind, CarType, Party
    from geodata.promises.targets.measure import Measure
    from geodata.store.register import Register

LAGGING = frozenset({State.LATE, State.PARTLY, State.MISSED, State.IMPOSSIBLE})


@dataclass(frozen=True, slots=True)
class Done:
    """One entry of the log.

    Attributes
    ----------
    started
        Local time.
    place
        The place's name; empty where it was at none.
    car
        For the police alone; None elsewhere and where it is not known.
    counts_for
        Names of the promises that it counts for.
    """

    started: datetime
    kind: ActivityKind
    place: str
    parties: tuple[Party, ...]
    with_whom: str
    car: CarType | None
    checked: int | None
    reported: int | None
    counts_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lagging:
    """A promised activity that is behind, with the measures that are."""

    key: str
    promise: str
    activity: str
    state: State
    measures: tuple[Measure, ...]
    place_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EstWeek:
    """The week that a weekly meeting looks at.

    Attributes
    ----------
    week
        Monday to Sunday, local days.
    days
        How many of them every source of incidents that is used covers; with less than seven nothing is said
        to be more or less than usual, for the rest may still come.
    ends
        Sources that end before the week does.
    counts
        None where the week is not covered whole.
    recorded
        Incidents in it so far.
    answers
        Survey answers of the week by problem, most first: a survey is asked on some days, so none is usual.
    done
        By start.
    lagging
        As things stood when the week ended.
    focus, next_focus
        What was set for this week, and for the one after.
    proposals
        Where to look next, best reasons first; empty where nothing stands out.
    """

    week: Period
    days: int
    ends: tuple[SourceEnd, ...]
    counts: WeekCounts | None
    recorded: int
    answers: tuple[tuple[str, int], ...]
    done: tuple[Done, ...]
    lagging: tuple[Lagging, ...]
    coming: Coming
    focus: tuple[Focus, ...]
    next_focus: tuple[Focus, ...]
    proposals: tuple[Proposal, ...]

    @property
    def place_names(self) -> dict[int, str]:
        """Names of the places that the week and its proposals are about, by id."""
        named = {one.place_id: one.name for one in self.counts.places} if self.counts else {}
        return named | {one.place_id: one.place for one in self.proposals if one.place_id is not None}


def est_week(
    ground: Ground, audience: Audience, *, day: date | None = None, today: date | None = None
) -> EstWeek:
    """Put together a week.

    Parameters
    ----------
    day
        A local day of the week that is asked for; None for the last whole week that is over.
    today
        Local day; None for the clock's, and in a made-up municipality the last day of its data.

    Raises
    ------
    AccessError
        ``not_for_audience`` for council and public.
    ParameterError
        ``week_future`` when the week has not begun.
    """
    require(audience, "exact_counts")
    today = today or measured_on(ground)
    week = week_of(day or today - timedelta(days=today.weekday() + 1))
    if week.first > max(today, latest_day(ground)):
        raise ParameterError(
            "week_future", f"The week of {week.first} has not begun.", week=week.first, field="week"
        )
    register = open_register(ground.workspace)
    answers = follow_promises(ground, audience, today=min(week.last, max(today, week.first)))
    ends = missed(ground, week)
    days, recorded = _covered(ground, week, ends), _rows(ground, week, Stream.INCIDENT)
    counts = count_week(ground, week) if days == WEEK_DAYS else None
    lagging = _lagging(answers)
    coming = coming_week(ground, register, audience, week_of(week.last + timedelta(days=1)))
    return EstWeek(
        week=week,
        days=days,
        ends=ends,
        counts=counts,
        recorded=len(recorded),
        answers=tuple(ground.records.categories_of(_rows(ground, week, Stream.SURVEY))),
        done=_done(ground, register, audience, week, answers),
        lagging=lagging,
        coming=coming,
        focus=known_to(register.week_focus.of(week.first), audience),
        next_focus=known_to(register.week_focus.of(coming.week.first), audience),
        proposals=propose_focus(
            ground,
            counts,
            late=[(one.key, one.promise, one.activity, one.place_ids) for one in lagging],
            evenings=coming.evenings,
            until=week.last,
        ),
    )


def _covered(ground: Ground, week: Period, ends: tuple[SourceEnd, ...]) -> int:
    """Count the days of a week that every source of incidents reaches."""
    records = ground.records
    day = records.day[records.of_stream(Stream.INCIDENT)]
    day = day[~np.isnat(day)]
    if not len(day):
        return 0
    first, last = day.min().item(), last_of(ends, day.max().item())
    return sum(first <= week.first + timedelta(days=step) <= last for step in range(WEEK_DAYS))


def _rows(ground: Ground, week: Period, stream: Stream) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    asked = ground.records.problems(Selection(Audience.POLICE, period=week))
    return np.flatnonzero(asked & ground.records.of_stream(stream))


def _done(
    ground: Ground,
    register: Register,
    audience: Audience,
    week: Period,
    answers: tuple[PromiseAnswer, ...],
) -> tuple[Done, ...]:
    names = {place.place_id: place.name for place in register.places()}
    counts_for: dict[str, list[str]] = {}
    for answer in answers:
        for activity in answer.progress.activities:
            for one in activity.judged.counted:
                found = counts_for.setdefault(one.entry.entry_key, [])
                if answer.kept.promise.name not in found:
                    found.append(answer.kept.promise.name)
    begins, ends = week.instants(ground.project.zone)
    return tuple(
        Done(
            started=entry.started_at.astimezone(ground.project.zone),
            kind=entry.kind,
            place=names.get(entry.place_id, "") if entry.place_id is not None else "",
            parties=tuple(sorted(entry.parties)),
            with_whom=entry.with_whom,
            car=entry.car if audience is Audience.POLICE else None,
            checked=entry.checked,
            reported=entry.reported,
            counts_for=tuple(counts_for.get(entry.entry_key, ())),
        )
        for entry in register.log.entries(started_from=begins, started_before=ends)
    )


def _lagging(answers: tuple[PromiseAnswer, ...]) -> tuple[Lagging, ...]:
    return tuple(
        Lagging(
            key=answer.kept.promise.key,
            promise=answer.kept.promise.name,
            activity=one.activity.name,
            state=one.state,
            measures=tuple(measure for measure in one.measures if measure.state in LAGGING),
            place_ids=tuple(one.activity.scope.places),
        )
        for answer in answers
        for one in answer.progress.activities
        if one.state in LAGGING
    )
