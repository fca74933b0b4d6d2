"""Not to be foreseen: among plans that cover nearly as much as the best one, one drawn by a seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.targeting.greedy import greedy
from geodata.targeting.random_plan import random_total
from geodata.targeting.schedule import Solution, solve

if TYPE_CHECKING:
    from geodata.targeting.problem import Problem

SHARE = 0.02
"""How much less than the best plan found the drawn one may cover."""

DRAW_TIME_S = 3.0


@dataclass(frozen=True, eq=False)
class Drawn:
    """A plan drawn near the best one.

    Attributes
    ----------
    solution
        The plan; its bound is that of the best one.
    best
        What the best plan found covers.
    greedy, random
        What the greedy plan of the same hours covers, and random ones on average.
    """

    solution: Solution
    best: float
    greedy: float
    random: float


def draw(problem: Problem, *, seed: int, share: float = SHARE) -> Drawn:
    """Find the best plan, then draw one that covers at least ``1 - share`` of it.

    What visits meet is moved at random by a little, and the plan solved anew: among the many plans of
    nearly equal worth another one comes out for each seed. The greedy plan stands in where the solver ran
    out of time with less.

    Notes
    -----
    Being where one is not expected keeps presence working: Sherman 1990, *Crime and Justice* 12.
    """
    rng = np.random.default_rng(seed)
    taken = greedy(problem)
    done = tuple(one for one in problem.standing if one.team < 0)
    by_place = problem.covers([*taken, *done])
    best = solve(problem)
    if not _whole(problem, best) or best.total < by_place.sum() - 1e-9:
        best = Solution(taken, by_place, max(best.bound, float(by_place.sum())))
    drawn = solve(problem, noise=share, rng=rng, time_limit_s=DRAW_TIME_S) if share else best
    good = _whole(problem, drawn) and drawn.total >= max((1 - share) * best.total, float(by_place.sum()))
    chosen = replace(drawn, bound=best.bound) if good else best
    return Drawn(chosen, best.total, float(by_place.sum()), random_total(problem, rng))


def _whole(problem: Problem, solution: Solution) -> bool:
    """Say whether a solution was found at all: it holds what is locked."""
    return bool(np.isfinite(solution.bound)) and {one for one in problem.standing if one.team >= 0} <= set(
        solution.stops
    )
