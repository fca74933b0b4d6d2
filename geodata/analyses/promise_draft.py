"""What a rule would mean before it is kept: its days, what it would count now, whether it can be met."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from geodata.analyses.ground import open_register
from geodata.analyses.promise_setting import promise_setting
from geodata.analyses.promises import measured_on
from geodata.analyses.reviews_done import done_work
from geodata.promises.feasibility import contradictions
from geodata.promises.verdict import OTHER_WORK, judge

if TYPE_CHECKING:
    from datetime import date

    from geodata.analyses.ground import Ground
    from geodata.promises.feasibility import Contradiction
    from geodata.promises.promise import Activity, Promise
    from geodata.promises.verdict import Why

AHEAD = timedelta(days=365)
"""How far a promise without an end is looked ahead, from its first day or from today."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule would mean.

    Attributes
    ----------
    days, of
        Local days that the rule asks about, of the days that are looked at.
    next_day
        The first of them from today on; None where none is left.
    logged, counted
        What is logged of such work in the promise's time until today, and how much of it would count.
    fell
        On what the others fell, most first.
    contradictions
        Why the rule can never be met; empty where it can.
    """

    days: int
    of: int
    next_day: date | None
    logged: int
    counted: int
    fell: tuple[tuple[Why, int], ...]
    contradictions: tuple[Contradiction, ...]


def judge_draft(
    ground: Ground, promise: Promise, activity: Activity, *, activity_id: int | None = None
) -> Draft:
    """Tell what an activity's rule would mean, with the log as it now is.

    Parameters
    ----------
    promise
        That it is an activity of, or would be.
    activity_id
        The register's number of the activity where it is kept already; None for a new one.
    """
    register = open_register(ground.workspace)
    setting = promise_setting(ground, register.places())
    today, period = measured_on(ground), promise.period
    last = period.last if promise.last is not None else max(period.first, today) + AHEAD
    looked_at = [period.first + timedelta(days=step) for step in range((last - period.first).days + 1)]
    days = [day for day in looked_at if setting.asks(activity.scope, day)]
    entries = [
        one
        for one in done_work(register, zone=setting.zone)
        if period.holds(day := one.started_at.astimezone(setting.zone).date()) and day <= today
    ]
    judged = judge(activity, activity_id, entries, period=period, setting=setting)
    work = [one for one in judged.verdicts if one.why not in OTHER_WORK]
    return Draft(
        days=len(days),
        of=len(looked_at),
        next_day=next((day for day in days if day >= today), None),
        logged=len(work),
        counted=len(judged.counted),
        fell=tuple(Counter(one.why for one in work if not one.counts).most_common()),
        contradictions=contradictions(promise, activity, setting=setting),
    )
