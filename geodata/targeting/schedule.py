"""The plan as an integer programme: the most harm that the hours can cover, with its proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.evidence.windows import SLOTS_PER_DAY
from geodata.targeting.again_rows import add_again
from geodata.targeting.candidates import candidates, passes
from geodata.targeting.effect import Visits, covered
from geodata.targeting.planned_passes import passes_taken
from geodata.targeting.programme import Programme
from geodata.targeting.promised_rows import DEAR, promised
from geodata.targeting.rows import Rows
from geodata.targeting.sequences import add_paths
from geodata.targeting.working_day import PART_OF, PARTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.targeting.candidates import Candidates, Passes
    from geodata.targeting.problem import Problem, Stop
    from geodata.targeting.programme import Answer

TIME_LIMIT_S = 7.0
HALF = 0.5
NOISE = 0.5
PREFERRED = 0.2
"""What a stop of the plan before meets is taken for so much more when a plan is made anew."""


@dataclass(frozen=True, eq=False)
class Solution:
    """What the solver found.

    Attributes
    ----------
    stops
        New and locked ones; not what is done.
    covered
        Harm by place, with what stands, shape ``(places,)``.
    bound
        No plan of the same candidates covers more.
    """

    stops: tuple[Stop, ...]
    covered: NDArray[np.float64]
    bound: float

    @property
    def total(self) -> float:
        """Harm covered at all places."""
        return float(self.covered.sum())

    @property
    def gap(self) -> float:
        """How far the plan may be from the best one, as a share of the bound."""
        return max(0.0, 1 - self.total / self.bound) if self.bound > 0 else 0.0


class Schedule:
    """The programme of a problem, built once: the best plan of it, and others near it.

    Every stop is one of the candidates, takes its half hours within a pass of its team in its area, and
    there is one visit to a place in one part of a day and none within two hours. Each team drives so many
    passes a week. Promises are met as far as they can be; what lacks costs more than any harm, and is told
    (see `owed`).
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._stops = stops = candidates(problem)
        drives = passes(problem, stops)
        self._is_empty = not len(stops.place) or not len(drives.slot)
        self._found: Answer | None = None
        if self._is_empty:
            return
        rows = Rows()
        arcs_from = len(stops.place) + len(drives.slot)
        paths = add_paths(rows, problem, stops, first_column=arcs_from)
        slack_from = arcs_from + len(paths.value)
        _in_passes(rows, problem, stops, drives)
        _at_most(rows, problem, stops)
        add_again(rows, stops)
        slacks = np.array(promised(rows, problem, stops, slack_from))
        worth = stops.value
        if problem.prefer:
            earlier = [stops.stop(number) in problem.prefer for number in range(len(worth))]
            worth = worth * np.where(earlier, 1 + PREFERRED, 1.0)
        self._scale = max(float(stops.value.max()), 1e-9)
        gain = np.concatenate([worth, np.zeros(len(drives.slot)), paths.value]) / self._scale
        cost = np.concatenate([-gain, slacks])
        low = np.zeros(len(cost))
        low[: len(stops.place)] = stops.forced
        high = np.ones(len(cost))
        high[len(stops.place) : arcs_from] = [problem.teams[int(one)].at_once for one in drives.team]
        high[slack_from:] = np.inf
        whole = np.zeros(len(cost))
        whole[:arcs_from] = 1
        group = np.full(len(cost), -1)
        group[:arcs_from] = problem.week[np.concatenate([stops.day, drives.day])]
        dear = np.concatenate([np.zeros(slack_from, dtype=bool), slacks > 0])
        self._programme = Programme(cost, whole, low, high, dear, group, rows)

    def best(self, *, time_limit_s: float = TIME_LIMIT_S) -> Solution:
        """Find the plan that covers the most harm.

        Notes
        -----
        The relaxed programme's value is the bound; see `Programme`.
        """
        if self._is_empty:
            covered = self._problem.covers(())
            return Solution((), covered, float(covered.sum()))
        self._found = self._programme.solve(time_limit_s=time_limit_s)
        if self._found is None:
            return Solution((), self._problem.covers(self._done), np.inf)
        lacking = float(self._found.x[self._programme.dear].sum())
        bound = (-self._found.bound + DEAR * lacking) * self._scale + _beside(self._problem, self._stops)
        return self._as_solution(self._found, bound)

    def near(
        self, best: Solution, *, give: float, rng: np.random.Generator, time_limit_s: float
    ) -> Solution | None:
        """Draw a plan that covers at most `give` less than the best one that was found, and lacks no more.

        What visits meet is moved at random by up to ``NOISE`` of itself; the plan is the best by that.

        Returns
        -------
        Solution or None
            With the bound of the best; None where there was nothing to begin from, or no time.
        """
        if self._is_empty or self._found is None:
            return None
        drawn, stops = self._programme.cost.copy(), self._stops
        shape = (len(self._problem.harm), len(self._problem.days))
        drawn[: len(stops.place)] *= 1 + NOISE * rng.uniform(-1, 1, shape)[stops.place, stops.day]
        found = self._programme.move(self._found, drawn, give=give / self._scale, time_limit_s=time_limit_s)
        return None if found is None else self._as_solution(found, best.bound)

    @property
    def _done(self) -> tuple[Stop, ...]:
        return tuple(one for one in self._problem.standing if one.team < 0)

    def _as_solution(self, found: Answer, bound: float) -> Solution:
        taken = np.flatnonzero(found.x[: len(self._stops.place)] > HALF)
        stops = tuple(self._stops.stop(int(one)) for one in taken)
        covered = self._problem.covers([*stops, *self._done])
        return Solution(stops, covered, max(bound, float(covered.sum())))


def solve(problem: Problem, *, time_limit_s: float = TIME_LIMIT_S) -> Solution:
    """Find the plan that covers the most harm; see `Schedule`."""
    return Schedule(problem).best(time_limit_s=time_limit_s)


def _in_passes(rows: Rows, problem: Problem, stops: Candidates, drives: Passes) -> None:
    """Let stops take place within passes, one after another, and passes be as many as there are."""
    first = len(stops.place)
    area = problem.area[stops.place]
    for number, team in enumerate(problem.teams):
        mine, driven = stops.team == number, drives.team == number
        for day in np.unique(drives.day[driven]):
            today = np.flatnonzero(driven & (drives.day == day))
            locked = [one for one in problem.standing if (one.team, one.day) == (number, day)]
            most = max(team.passes_per_day, passes_taken(problem, locked))
            rows.add(((first + int(one), 1.0) for one in today), high=float(most))
            for slot in np.unique(drives.slot[today]):
                out = today[(drives.slot[today] <= slot) & (slot < drives.ends[today])]
                held = [one for one in locked if 0 <= slot - one.slot < problem.length(number, one.place)]
                crews = float(max(team.at_once, len(held)))
                rows.add(((first + int(one), 1.0) for one in out), high=crews)
            for one in np.unique(drives.area[today]):
                here = np.flatnonzero(mine & (stops.day == day) & (area == one))
                there = today[drives.area[today] == one]
                for slot in range(SLOTS_PER_DAY):
                    busy = here[(stops.slot[here] <= slot) & (slot < stops.slot[here] + stops.length[here])]
                    out = there[(drives.slot[there] <= slot) & (slot < drives.slot[there] + team.pass_slots)]
                    if len(busy):
                        rows.add(
                            [
                                *((int(column), 1.0) for column in busy),
                                *((first + int(column), -1.0) for column in out),
                            ],
                            high=0.0,
                        )
                _once_a_pass(rows, stops, here, first, drives, there)
        for week, most in enumerate(problem.passes[number]):
            inside = np.flatnonzero(driven & (problem.week[drives.day] == week))
            need = _locked_passes(problem, number, week)
            rows.add(((first + int(one), 1.0) for one in inside), high=float(max(int(most), need)))


def _once_a_pass(
    rows: Rows,
    stops: Candidates,
    here: NDArray[np.int64],
    first: int,
    drives: Passes,
    there: NDArray[np.int64],
) -> None:
    """Let half a pass make half a visit to a place: it follows for whole ones, and makes the bound tight."""
    key = stops.place[here] * len(PARTS) + stops.part[here]
    for one in np.unique(key):
        visits = here[key == one]
        starts, ends = stops.slot[visits], stops.slot[visits] + stops.length[visits]
        begin, end = drives.slot[there][:, None], drives.ends[there][:, None]
        able = there[((begin <= starts) & (ends <= end)).any(axis=1)]
        columns = [(int(column), 1.0) for column in visits]
        rows.add([*columns, *((first + int(column), -1.0) for column in able)], high=0.0)


def _locked_passes(problem: Problem, team: int, week: int) -> int:
    """Return how many passes the locked stops of a week take, were there room for none else."""
    locked = [one for one in problem.standing if one.team == team and problem.week[one.day] == week]
    return passes_taken(problem, locked)


def _at_most(rows: Rows, problem: Problem, stops: Candidates) -> None:
    """Hold visits to a place, in a week and in all, to the most that is set."""
    week = problem.week[stops.day]
    done = [(one.place, int(problem.week[one.day])) for one in problem.standing]
    for place in np.unique(stops.place):
        if problem.most_in_all is not None:
            here = np.flatnonzero(stops.place == place)
            left = problem.most_in_all - sum(one[0] == place for one in done) + int(stops.forced[here].sum())
            rows.add(((int(one), 1.0) for one in here), high=float(max(left, stops.forced[here].sum())))
        for number in np.unique(week):
            inside = np.flatnonzero((stops.place == place) & (week == number))
            left = problem.most_per_week - sum(one == (place, number) for one in done)
            forced = int(stops.forced[inside].sum())
            if len(inside):
                rows.add(((int(one), 1.0) for one in inside), high=float(max(left + forced, forced)))


def _beside(problem: Problem, stops: Candidates) -> float:
    """Return what done visits cover that stands in no arc: what they met, and where nothing can follow."""
    keys = {(int(place), int(part)) for place, part in zip(stops.place, stops.part, strict=True)}
    done = [one for one in problem.standing if one.team < 0]
    met = sum(
        float(problem.met[one.place, one.day, one.slot])
        for one in done
        if (one.place, int(PART_OF[one.slot])) in keys
    )
    late = problem.lately
    alone = [*zip(late.place, late.day, late.slot, strict=True)]
    alone += [(one.place, one.day, one.slot) for one in done]
    alone = [one for one in alone if (int(one[0]), int(PART_OF[one[2]])) not in keys]
    if not alone:
        return met
    visits = Visits(*np.array(alone, dtype=np.int64).T)
    return met + float(covered(problem.effect, problem.met, visits, best=problem.best).sum())
