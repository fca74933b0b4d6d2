"""Random plans of the same hours: what going out anywhere at any time would cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.targeting.problem import Stop
from geodata.targeting.working_day import PART_OF

if TYPE_CHECKING:
    from geodata.targeting.problem import Problem

PLANS = 20


def random_plan(problem: Problem, rng: np.random.Generator) -> tuple[Stop, ...]:
    """Draw passes evenly over the days and hours that each team works, and fill them with any places."""
    stops = [one for one in problem.standing if one.team >= 0]
    for number, team in enumerate(problem.teams):
        able = np.array([kind is not None for kind in problem.kinds[number]], dtype=bool)
        works = problem.works(number)
        for week, left in enumerate(problem.passes[number]):
            days = [
                day
                for day in np.flatnonzero((problem.week == week) & works)
                if team.to_slot - max(team.from_slot, problem.earliest(int(day))) >= team.pass_slots
            ]
            if not days or not able.any():
                continue
            shifts = np.repeat(days, team.passes_per_day)
            for day in rng.permutation(shifts)[: int(left)]:
                opens = max(team.from_slot, problem.earliest(int(day)))
                first = int(rng.integers(opens, team.to_slot - team.pass_slots + 1))
                area = problem.area[rng.choice(np.flatnonzero(able))]
                places = np.flatnonzero(able & (problem.area == area))
                stops += _pass(problem, number, int(day), first, rng.permutation(places).tolist())
    return tuple(stops)


def _pass(problem: Problem, team: int, day: int, first: int, places: list[int]) -> list[Stop]:
    slot, last = first, first + problem.teams[team].pass_slots
    done = []
    for place in places:
        if slot + problem.length(team, place) > last:
            break
        done.append(Stop(team, place, day, slot))
        slot += problem.length(team, place)
    return done


def random_total(problem: Problem, rng: np.random.Generator) -> float:
    """Return the harm that ``PLANS`` random plans cover on average."""
    return float(np.mean([problem.covers(_apart(random_plan(problem, rng))).sum() for _ in range(PLANS)]))


def _apart(stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """Keep one visit to a place in a part of a day: two at once are worth no more than one."""
    return tuple({(one.place, one.day, int(PART_OF[one.slot])): one for one in stops}.values())
