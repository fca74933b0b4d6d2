"""What promises want of a plan, how they fare in it, and why one can't be met."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.targeting.binding import Hindrance, Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geodata.targeting.binding import Binding
    from geodata.targeting.problem import Problem, Stop


def owed_by_week(problem: Problem, binding: Binding) -> dict[int, int]:
    """Return how many visits each week of the plan still owes a weekly promise.

    A week counts when the plan holds all of its days that the promise names, and some are still open: of
    half a week nothing is demanded.
    """
    owed = {}
    for week in range(int(problem.week[-1]) + 1):
        inside = np.flatnonzero(problem.week == week)
        on = [int(day) for day in inside if problem.fits_time(binding, int(day), binding.spans[0][0])]
        whole = {problem.days[day].weekday() for day in on} >= set(binding.weekdays)
        if whole and max(on) >= problem.opens:
            done = sum(
                one in problem.days and problem.week[problem.days.index(one)] == week
                for one in binding.done_on
            )
            owed[week] = max(binding.per_week - done, 0)
    return owed


def fare(
    problem: Problem,
    stops: Sequence[Stop],
    *,
    alone: Callable[[Problem], Iterable[Stop]],
) -> tuple[Kept, ...]:
    """Say how every promise fares, and of those that lack something why.

    Parameters
    ----------
    stops
        What the plan holds, without what is done.
    alone
        Plans as if there were one promise and nothing locked: whether the hours would do for it.
    """
    told = [_counted(problem, binding, stops) for binding in problem.bindings]
    return tuple(
        one if not one.lacking else replace(one, **_why(problem, one, told, alone))  # type: ignore[arg-type]
        for one in told
    )


def lacking(problem: Problem, stops: Sequence[Stop]) -> int:
    """Return how many promised visits a plan lacks."""
    return sum(_counted(problem, binding, stops).lacking for binding in problem.bindings)


def counted(binding: Binding, fitting: Iterable[Stop]) -> int:
    """Return how many of the stops that fit a promise count: of one about each place one at a place."""
    places = [one.place for one in fitting]
    return len(set(places)) if binding.each else len(places)


def shortfall(problem: Problem, binding: Binding, owed: Mapping[int, int], fitting: Sequence[Stop]) -> int:
    """Return how many a promise lacks with the stops that fit it; `owed` by week as of `owed_by_week`."""
    by_week = Counter(int(problem.week[one.day]) for one in fitting)
    weekly = sum(min(by_week[week], least) for week, least in owed.items())
    return max(sum(owed.values()) - weekly, binding.least - counted(binding, fitting), 0)


def _counted(problem: Problem, binding: Binding, stops: Sequence[Stop]) -> Kept:
    fitting = [one for one in stops if problem.fits(binding, one)]
    owed = owed_by_week(problem, binding) if binding.per_week else {}
    lacking = shortfall(problem, binding, owed, fitting)
    wanted = max(binding.least, sum(owed.values()))
    return Kept(binding, wanted=wanted, planned=wanted - lacking)


def _why(
    problem: Problem, kept: Kept, told: Sequence[Kept], alone: Callable[[Problem], Iterable[Stop]]
) -> dict[str, object]:
    binding = kept.binding
    places = [place for place in range(len(problem.place_ids)) if problem.fits_place(binding, place)]
    teams = [
        number
        for number, team in enumerate(problem.teams)
        if team.passes_per_week and any(problem.fits_team(binding, number, place) for place in places)
    ]
    reached = [
        place for place in places if any(problem.fits_team(binding, number, place) for number in teams)
    ]
    fewest = binding.least if binding.each else 1
    if len(places) < fewest:
        return {"hindrance": Hindrance.NO_PLACE}
    if len(reached) < fewest:
        return {"hindrance": Hindrance.NO_TEAM}
    if not any(_in_time(problem, binding, team) for team in teams):
        return {"hindrance": Hindrance.NO_TIME}
    locked = tuple(one for one in problem.standing if one.team < 0)
    free = replace(problem, bindings=(binding,), standing=locked, least_per_school=0, dealt={})
    if _counted(free, binding, tuple(alone(free))).lacking:
        return {"hindrance": Hindrance.NO_HOURS}
    beside = tuple(
        one.binding.code
        for one in told
        if one.binding is not binding and (one.wanted or one.planned) and _share_teams(problem, one, teams)
    )
    return {"hindrance": Hindrance.CROWDED_OUT, "beside": beside}


def _in_time(problem: Problem, binding: Binding, number: int) -> bool:
    team = problem.teams[number]
    return any(
        day >= problem.opens and on.weekday() in team.weekdays and problem.fits_time(binding, day, slot)
        for day, on in enumerate(problem.days)
        for slot in range(team.from_slot, team.to_slot)
    )


def _share_teams(problem: Problem, other: Kept, teams: Sequence[int]) -> bool:
    places = range(len(problem.place_ids))
    return any(problem.fits_team(other.binding, team, place) for team in teams for place in places)
