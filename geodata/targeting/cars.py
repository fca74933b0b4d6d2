"""Which car each pass is driven in: marked and unmarked in turns, everywhere, and not to be foreseen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geodata.promises.activity import CarType
from geodata.targeting.promised_cars import promised_cars

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from geodata.targeting.problem import Problem, Stop

DRIVEN = frozenset({CarType.MARKED, CarType.UNMARKED})


def deal_cars(
    problem: Problem,
    stops: Sequence[Stop],
    *,
    unmarked_share: float,
    rng: np.random.Generator,
) -> dict[Stop, CarType]:
    """Give each pass one car.

    Of a team with both kinds, passes are dealt so that about `unmarked_share` of the stops are unmarked at
    each place and over all. Promises that ask for a car come first. A balance does not change what is
    covered, so it is dealt out after the plan is solved. What has its car already keeps it, and the rest of
    its pass is driven in the same.
    """
    given = {one: problem.dealt[one] for one in stops if one in problem.dealt}
    dealt: dict[Stop, CarType] = {}
    unmarked: Counter[int] = Counter()
    every: Counter[int] = Counter()
    groups = passes_of(problem, stops)
    order = sorted(
        range(len(groups)), key=lambda at: (not any(one in given for one in groups[at]), rng.random())
    )
    settled = {
        at: next(given[one] for one in groups[at] if one in given)
        for at in order
        if any(one in given for one in groups[at])
    }
    follow = {one: given.get(one, car) for at, car in settled.items() for one in groups[at]}
    settled |= promised_cars(problem, {at: groups[at] for at in order if at not in settled}, given=follow)
    for at in sorted(order, key=lambda one: one not in settled):
        group = groups[at]
        car = settled.get(at) or _choose(problem, group, unmarked, every, unmarked_share)
        for one in group:
            dealt[one] = given.get(one, car)
            every[one.place] += dealt[one] in DRIVEN
            unmarked[one.place] += dealt[one] is CarType.UNMARKED
    return dealt


def passes_of(problem: Problem, stops: Sequence[Stop]) -> list[list[Stop]]:
    """Gather stops into passes: of one team and day, no longer together than a pass is."""
    groups: list[list[Stop]] = []
    for stop in sorted(stops, key=lambda one: (one.team, one.day, one.slot, one.place)):
        last = groups[-1] if groups else None
        if (
            last is not None
            and (last[0].team, last[0].day) == (stop.team, stop.day)
            and stop.team >= 0
            and problem.area[last[0].place] == problem.area[stop.place]
            and stop.slot + problem.length(stop.team, stop.place)
            <= last[0].slot + problem.teams[stop.team].pass_slots
        ):
            last.append(stop)
        else:
            groups.append([stop])
    return groups


def _choose(
    problem: Problem,
    group: Sequence[Stop],
    unmarked: Counter[int],
    every: Counter[int],
    share: float,
) -> CarType:
    cars = problem.teams[group[0].team].cars
    if CarType.UNMARKED not in cars or len(cars) == 1:
        return cars[0]
    other = next(car for car in cars if car is not CarType.UNMARKED)

    def missed(*, is_unmarked: bool) -> float:
        here = sum((unmarked[one.place] + is_unmarked - share * (every[one.place] + 1)) ** 2 for one in group)
        whole = unmarked.total() + is_unmarked * len(group) - share * (every.total() + len(group))
        return float(here + whole**2)

    return CarType.UNMARKED if missed(is_unmarked=True) < missed(is_unmarked=False) else other
