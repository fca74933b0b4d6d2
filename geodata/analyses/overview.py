"""Four answers for those who decide: are promises kept, what do residents say, and where does the work go.

Whether it helped is asked of single places and problems, which have pages of their own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from geodata.analyses.ground import open_register
from geodata.analyses.promises import PromiseAnswer, follow_promises, measured_on
from geodata.analyses.ranking import rank_places
from geodata.analyses.reviews_done import done_work
from geodata.periods import Period, year, years_on
from geodata.promises.doubles import doubles
from geodata.promises.log_entry import REVIEW_KEY
from geodata.reviews.review import MeasureStatus
from geodata.schema import GROUP_OF, Stream
from geodata.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.privacy import Audience
    from geodata.promises.activity import ActivityKind
    from geodata.store.register import Register

NAMED = 3
"""How many themes, places and kinds of work are named."""

STANDS = frozenset({MeasureStatus.DECIDED, MeasureStatus.FUNDED, MeasureStatus.BUILT})

ENOUGH = 25
"""A theme is named when so many answers of a year are of it: its rank is then not a few people's."""


@dataclass(frozen=True, slots=True)
class Said:
    """What residents say, in names alone; no count of it is told.

    Attributes
    ----------
    period
        The newest calendar year with enough answers; None where there is none.
    themes
        Groups of problems, most answers first.
    places
        Names of places, most answers first; only those whose count stands open for the audience.
    """

    period: Period | None
    themes: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Where the work went in the last twelve months: the authorities' own counts, as they are.

    Attributes
    ----------
    period
        Local days. Not the calendar's year: in January nothing would be left to tell.
    counting
        How many of the entries count for a promise.
    minutes, timed
        How long the entries took together whose end is known, and how many these are.
    kinds, places
        Most first; how many entries.
    measures
        How many measures for the traffic environment were decided on in the period and stand.
    costed, cost
        Of how many the cost is known, and their sum in kronor.
    """

    period: Period
    entries: int
    counting: int
    minutes: int
    timed: int
    kinds: tuple[tuple[ActivityKind, int], ...]
    places: tuple[tuple[str, int], ...]
    measures: int
    costed: int
    cost: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The answers, measured on a local day."""

    today: date
    promises: tuple[PromiseAnswer, ...]
    said: Said
    work: Work


def overlook(ground: Ground, audience: Audience, *, today: date | None = None) -> Overview:
    """Answer what those who decide ask.

    Parameters
    ----------
    today
        Local day; None as in `follow_promises`.
    """
    today = today or measured_on(ground)
    promises = follow_promises(ground, audience, today=today)
    return Overview(today, promises, _said(ground, audience), _work(ground, promises, today))


def _said(ground: Ground, audience: Audience) -> Said:
    """Say what residents say, the same for every audience: names, no numbers."""
    records = ground.records
    survey = records.of_stream(Stream.SURVEY) & records.problems(Selection(audience))
    years = (
        records.first_day[survey & ~np.isnat(records.first_day)].astype("datetime64[Y]").astype(int) + 1970
    )
    for at in sorted(set(years.tolist()), reverse=True):
        period = year(at)
        rows = np.flatnonzero(survey & records.problems(Selection(audience, period=period)))
        groups = Counter(
            GROUP_OF.get(name, name) for name, count in records.categories_of(rows) for _ in range(count)
        )
        themes = [name for name, count in groups.most_common() if count >= ENOUGH]
        if themes:
            return Said(period, tuple(themes[:NAMED]), _places(ground, audience, period))
    return Said(None, (), ())


def _places(ground: Ground, audience: Audience, period: Period) -> tuple[str, ...]:
    found = []
    for place in rank_places(ground, Selection(audience, period=period)).places:
        survey = next(one for one in place.streams if one.stream is Stream.SURVEY)
        if survey.count:
            found.append((survey.count, place.name))
    return tuple(name for _, name in sorted(found, key=lambda one: -one[0])[:NAMED])


def _work(ground: Ground, promises: Iterable[PromiseAnswer], today: date) -> Work:
    register = open_register(ground.workspace)
    period = Period(years_on(today, -1) + timedelta(days=1), today)
    zone = ground.project.zone
    entries = [
        one for one in done_work(register, zone=zone) if period.holds(one.started_at.astimezone(zone).date())
    ]
    repeated = doubles(entries)
    entries = [one for one in entries if one.entry_key not in repeated]
    costs = _decided(register, period)
    names = {place.place_id: place.name for place in register.places()}
    counting = {
        repeated.get(one.entry.entry_key, one.entry.entry_key)
        for answer in promises
        for activity in answer.progress.activities
        for one in activity.judged.counted
    }
    lasted = [
        one.ended_at - one.started_at
        for one in entries
        if one.ended_at > one.started_at and not one.entry_key.startswith(REVIEW_KEY)
    ]
    kinds = Counter(entry.kind for entry in entries)
    places = Counter(names[entry.place_id] for entry in entries if entry.place_id in names)
    return Work(
        period=period,
        entries=len(entries),
        counting=sum(entry.entry_key in counting for entry in entries),
        minutes=round(sum(lasted, start=timedelta()) / timedelta(minutes=1)),
        timed=len(lasted),
        kinds=tuple(kinds.most_common(NAMED)),
        places=tuple(places.most_common(NAMED)),
        measures=len(costs),
        costed=sum(cost is not None for cost in costs),
        cost=sum(cost for cost in costs if cost is not None),
    )


def _decided(register: Register, period: Period) -> list[int | None]:
    """Return the cost of every measure that was first decided on in the period and is not turned down."""
    found = []
    for review in register.reviews.all():
        for measure in review.measures:
            history = [change for change in measure.history if change.day <= period.last]
            on = next((change.day for change in history if change.status in STANDS), None)
            if on is not None and period.holds(on) and history[-1].status in STANDS:
                found.append(measure.cost)
    return found
