"""Not to be foreseen: among plans that cover nearly as much as the best one, one drawn by a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.targeting.greedy import greedy
from geodata.targeting.owed import lacking
from geodata.targeting.random_plan import random_total
from geodata.targeting.schedule import TIME_LIMIT_S, Schedule, Solution

if TYPE_CHECKING:
    from geodata.targeting.problem import Problem

SHARE = 0.005
"""How much less than the best plan found the drawn one may cover."""

OF_BEST = 0.7
"""How much of the time goes to the best plan; the rest is for drawing."""

EVEN = 1e-9


@dataclass(frozen=True, eq=False)
class Drawn:
    """A plan drawn near the best one.

    Attributes
    ----------
    solution
        The plan; its bound is that of the best one. Infinite where the solver found nothing in time.
    best
        What the best plan found covers.
    greedy, random
        What the greedy plan of the same hours covers, and random ones on average.
    """

    solution: Solution
    best: float
    greedy: float
    random: float


def draw(problem: Problem, *, seed: int, share: float = SHARE, time_limit_s: float = TIME_LIMIT_S) -> Drawn:
    """Find the best plan, then draw one that covers at least ``1 - share`` of it.

    What visits meet is moved at random, and each week solved anew under a row that holds what may be given
    up: among the many plans of nearly equal worth another one comes out for each seed. The greedy plan
    stands in where the solver ran out of time with less.

    Parameters
    ----------
    time_limit_s
        For the solver, all of it together.

    Notes
    -----
    Being where one is not expected keeps presence working: Sherman 1990, *Crime and Justice* 12.
    """
    rng = np.random.default_rng(seed)
    taken = greedy(problem)
    done = tuple(one for one in problem.standing if one.team < 0)
    by_greedy = problem.covers([*taken, *done])
    floor = _Floor(lacking(problem, taken), float(by_greedy.sum()))
    schedule = Schedule(problem)
    best = schedule.best(time_limit_s=OF_BEST * time_limit_s)
    # A plan made anew gives up some harm for what stands: the greedy plan, which does not, is no measure.
    if not _whole(problem, best) or (not problem.prefer and not floor.holds(problem, best)):
        # A bound for plans that keep fewer promises says nothing of one that keeps more.
        proven = best.bound if floor.applies(problem, best) else np.inf
        best = Solution(taken, by_greedy, max(proven, float(by_greedy.sum())))
        return Drawn(best, best.total, floor.total, random_total(problem, rng))
    chosen = best
    if share and not problem.prefer:
        least = _Floor(
            lacking(problem, best.stops),
            max((1 - share) * best.total, floor.total * floor.applies(problem, best)),
        )
        give = best.total - least.total
        drawn = schedule.near(best, give=give, rng=rng, time_limit_s=(1 - OF_BEST) * time_limit_s)
        if drawn is not None and _whole(problem, drawn) and least.holds(problem, drawn):
            chosen = drawn
    return Drawn(chosen, best.total, floor.total, random_total(problem, rng))


@dataclass(frozen=True, slots=True)
class _Floor:
    """What a plan must not be below: promised visits that lack, then harm."""

    lacks: int
    total: float

    def holds(self, problem: Problem, solution: Solution) -> bool:
        lacks = lacking(problem, solution.stops)
        return lacks < self.lacks or (lacks == self.lacks and solution.total >= self.total - EVEN)

    def applies(self, problem: Problem, solution: Solution) -> bool:
        """Say whether a solution lacks as many promised visits: only then is the harm compared."""
        return lacking(problem, solution.stops) == self.lacks


def _whole(problem: Problem, solution: Solution) -> bool:
    """Say whether a solution was found at all: it holds what is locked."""
    return bool(np.isfinite(solution.bound)) and {one for one in problem.standing if one.team >= 0} <= set(
        solution.stops
    )
