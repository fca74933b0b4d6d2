"""What a binding promise still lacks in a week or another period: what the plan has to make room for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from geodata.periods import Period, month_of, tertial_of, year
from geodata.promises.progress import standing
from geodata.promises.targets.count import Count, unit_of
from geodata.promises.targets.each import Each, is_done
from geodata.promises.targets.part import Part, belongs
from geodata.promises.targets.presence import Presence
from geodata.promises.targets.rate import DAYS_PER_WEEK, Rate
from geodata.promises.verdict import judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geodata.promises.activity import CarType, Party
    from geodata.promises.log_entry import LogEntry
    from geodata.promises.promise import Activity, Promise
    from geodata.promises.scope import Scope
    from geodata.promises.setting import Setting
    from geodata.promises.targets.kinds import Target
    from geodata.promises.targets.measure import Counted, Standing


PLAN = "plan"
OVER = (PLAN, "year", "tertial", "month", "week")
"""Over what a plan may ask for something: all its days, or calendar units of them."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What one target of an activity asks of a period.

    Attributes
    ----------
    promise_key, activity_key, activity_id, target
        Which: `target` is its kind.
    times
        How often something that counts is to be done in the period, so that the promise is kept: for a rate
        what the week lacks; for a count its even share of what is left, rounded up; for presence the
        evenings of the period on which nobody has been.
    place_ids
        The places in use at one of which it is to be done; empty for anywhere.
    days
        Local days of the period on which it can be done; for presence those on which it must.
    scope
        The rule itself, with hours, kinds and parties.
    jointly_with
        Parties that must take part, for a part of a count; empty for none.
    car
        The car that it must be done with, for such a part.
    over
        What a plan asks it over, see `asked_over`.
    """

    promise_key: str
    activity_key: str
    activity_id: int | None
    target: str
    times: int
    place_ids: tuple[int, ...]
    days: tuple[date, ...]
    scope: Scope
    jointly_with: tuple[Party, ...] = ()
    car: CarType | None = None
    over: str = PLAN


def asked_over(target: Target) -> str:
    """Return over what a plan asks for a target: one of ``OVER``.

    A share of what a count lacks is rounded up. Asked week by week one that is left would be four in a
    month, so a count is asked over all of the plan's days that lie in the same year or tertial, where it is
    of those.
    """
    if isinstance(target, Rate):
        return target.every
    if isinstance(target, Count | Part):
        return PLAN if target.per == "period" else target.per
    return "week" if isinstance(target, Presence) else PLAN


def spans_of(first: date, last: date, over: str) -> list[tuple[date, date]]:
    """Cut days into calendar weeks, months, tertials or years, or leave them whole; cut at the ends."""
    found, start = [], first
    while start <= last:
        end = min(_end(start, over) or last, last)
        found.append((start, end))
        start = end + timedelta(days=1)
    return found


def _end(day: date, over: str) -> date | None:
    if over == "week":
        return day + timedelta(days=DAYS_PER_WEEK - 1 - day.weekday())
    if over == "month":
        return month_of(day).last
    if over == "tertial":
        return tertial_of(day).last
    return year(day.year).last if over == "year" else None


def lacking(
    promise: Promise,
    entries: Sequence[LogEntry],
    period: Period,
    *,
    setting: Setting,
    activity_ids: Mapping[str, int] | None = None,
) -> tuple[Lack, ...]:
    """Return what a promise still lacks in a period, such as a week to plan; nothing where it asks nothing.

    Parameters
    ----------
    entries
        Of the log, those that hold; those within the period are taken off.
    period
        Local days; those outside the promise's own period ask nothing.
    """
    own = promise.period
    found: list[Lack] = []
    if period.last < own.first or period.first > own.last:
        return ()
    for activity in promise.activities:
        number = (activity_ids or {}).get(activity.key)
        judged = judge(activity, number, entries, period=own, setting=setting)
        now = standing(promise, activity, judged, today=period.last, setting=setting)
        days = tuple(day for day in now.asked if period.holds(day))
        if days:
            found += _of(promise, activity, number, now, period=period, days=days, setting=setting)
    return tuple(found)


def _of(
    promise: Promise,
    activity: Activity,
    number: int | None,
    now: Standing,
    *,
    period: Period,
    days: tuple[date, ...],
    setting: Setting,
) -> Iterator[Lack]:
    scope = activity.scope
    places = tuple(
        place
        for place in (setting.binding(scope) if scope.asks_for_place else ())
        if any(setting.complained(scope, place, day) for day in days)
    )
    if scope.asks_for_place and not places:
        return
    for target in activity.targets:
        times, on, at = 0, days, places
        jointly: tuple[Party, ...] = ()
        if isinstance(target, Rate):
            times = _rate(target, now, period=period)
        elif isinstance(target, Count):
            times = _share(target, now, now.counted, period=period)
        elif isinstance(target, Part):
            counted = [one for one in now.counted if belongs(target, one)]
            times, jointly = _share(target, now, counted, period=period), target.jointly_with
        elif isinstance(target, Presence):
            there = {one.day for one in now.counted}
            on = tuple(day for day in days if day not in there)
            times = len(on)
        elif isinstance(target, Each):
            before = _left(target, [one for one in now.counted if one.day < period.first], setting)
            at = _left(target, now.counted, setting)
            asked = _per_period(len(before), now, period=period, last=target.by or promise.last)
            times = min(asked - (len(before) - len(at)), len(at))
        if times > 0:
            yield Lack(
                promise.key,
                activity.key,
                number,
                target.kind,
                times,
                at,
                on,
                scope,
                jointly_with=tuple(jointly),
                car=target.car if isinstance(target, Part) else None,
                over=asked_over(target),
            )


def _rate(target: Rate, now: Standing, *, period: Period) -> int:
    """Return what the weeks of the period lack, or its even share of what the month lacks.

    What was done earlier in the week in which the period begins is done.
    """
    if target.every == "week":
        since = period.first - timedelta(days=period.first.weekday())
        done = len(now.within(Period(since, period.last)))
        return target.at_least * ceil(period.days / DAYS_PER_WEEK) - done
    month = month_of(period.last)
    return _even(target.at_least, now, now.counted, period=period, unit=month, last=month.last)


def _share(target: Count | Part, now: Standing, counted: Sequence[Counted], *, period: Period) -> int:
    """Return what is left of the period's even share of a count."""
    unit = unit_of(now, target.per)
    open_ended = now.open_ended and target.per == "period"
    last = None if open_ended else unit.last
    return _even(target.at_least, now, counted, period=period, unit=unit, last=last)


def _even(
    at_least: int,
    now: Standing,
    counted: Sequence[Counted],
    *,
    period: Period,
    unit: Period,
    last: date | None,
) -> int:
    """Return the period's even share of what a unit lacked when it began, without what was done since.

    Asked of what is lacking now, one more would be wanted however much of a plan is done.
    """
    days = [one.day for one in counted if unit.holds(one.day)]
    before = sum(day < period.first for day in days)
    return _per_period(at_least - before, now, period=period, last=last) - sum(map(period.holds, days))


def _left(target: Each, counted: Sequence[Counted], setting: Setting) -> tuple[int, ...]:
    """Return the places in use of a list at which nothing that counts was done."""
    return tuple(
        item.place
        for item in target.items
        if item.place is not None
        and not is_done(item, counted)
        and (place := setting.places.get(item.place)) is not None
        and not place.retired
    )


def _per_period(lack: int, now: Standing, *, period: Period, last: date | None) -> int:
    if lack <= 0 or last is None:
        return max(lack, 0) and 1
    last = max(last, period.last)
    left = [day for day in now.asked if period.first <= day <= last]
    here = [day for day in left if period.holds(day)]
    if not left:
        return lack
    return ceil(lack * len(here) / len(left))
