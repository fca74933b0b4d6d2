"""Visits to one place in one part of the day as a path through the days: what lasts until the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.targeting.effect import LASTS_DAYS
from geodata.targeting.working_day import PART_OF, PARTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geodata.targeting.candidates import Candidates
    from geodata.targeting.problem import Problem
    from geodata.targeting.rows import Rows


@dataclass(frozen=True, eq=False)
class Paths:
    """Arcs between visits, each a column of the programme.

    A path runs from before the first day, through every day with a visit, to the end. The arc from one
    visit to the next holds what lasts of the first until the second, so a plan's worth is a sum over arcs
    and visits, and the programme over one place alone has whole solutions by itself.

    Attributes
    ----------
    value
        What each arc adds, shape ``(arcs,)``.
    """

    value: NDArray[np.float64]


def add_paths(rows: Rows, problem: Problem, stops: Candidates, *, first_column: int) -> Paths:
    """Add the arcs, and that a path goes through a day if and only if there is a visit.

    Parameters
    ----------
    first_column
        Number of the first arc's column; those of the stops are 0, 1, ….
    """
    lasts = problem.effect.lasting(problem.best)
    fixed = _fixed(problem)
    part = stops.part
    keys = stops.place * len(PARTS) + part
    values: list[float] = []
    for key in np.unique(keys):
        mine = np.flatnonzero(keys == key)
        place, of_part = divmod(int(key), len(PARTS))
        by_day: dict[int, list[int]] = {}
        for column in mine:
            by_day.setdefault(int(stops.day[column]), []).append(int(column))
        done = fixed.get((place, of_part), [])
        path = _Path(
            days=sorted({*by_day, *(day for day in done if day >= 0)}),
            before=max((day for day in done if day < 0), default=None),
            lasts=lasts[place, of_part],
            best=problem.best[place, of_part],
            fades=problem.effect.fade(np.arange(1, 2 * LASTS_DAYS))[place],
        )
        path.add(rows, by_day, set(done), values, first_column)
    return Paths(np.array(values))


@dataclass(slots=True)
class _Path:
    days: list[int]
    before: int | None
    lasts: NDArray[np.float64]
    best: NDArray[np.float64]
    fades: NDArray[np.float64]

    def add(
        self,
        rows: Rows,
        by_day: dict[int, list[int]],
        done: set[int],
        values: list[float],
        first_column: int,
    ) -> None:
        """Write the arcs and the balance at every node: days, then days on which nothing lasts any more."""
        count = len(self.days)
        into: dict[int, list[int]] = {}
        out: dict[int, list[int]] = {}

        def arc(start: int, end: int, value: float) -> None:
            column = first_column + len(values)
            values.append(value)
            out.setdefault(start, []).append(column)
            into.setdefault(end, []).append(column)

        source, sink = -1, 2 * count
        for at, day in enumerate(self.days):
            arc(count + at, at, 0.0)
            arc(count + at, count + at + 1 if at + 1 < count else sink, 0.0)
            after = count
            for following in range(at + 1, count):
                if self.days[following] - day >= LASTS_DAYS:
                    after = following
                    break
                arc(at, following, float(self.lasts[day, self.days[following] - day]))
            arc(at, count + after if after < count else sink, float(self.lasts[day, LASTS_DAYS]))
        self._from_before(arc, source, sink)
        rows.add([(column, 1.0) for column in out[source]], low=1.0, high=1.0)
        for node in range(2 * count):
            balance = [(column, 1.0) for column in into.get(node, [])]
            leaving = [(column, 1.0) for column in out.get(node, [])]
            rows.add([*balance, *((column, -1.0) for column, _ in leaving)], low=0.0, high=0.0)
            if node < count:
                day = self.days[node]
                visits = [(column, -1.0) for column in by_day.get(day, [])]
                must = 1.0 if day in done and day not in by_day else 0.0
                rows.add([*balance, *visits], low=must, high=must)

    def _from_before(self, arc: Callable[[int, int, float], None], source: int, sink: int) -> None:
        """Let the path begin with what still lasts of the last visit before the first day."""
        count = len(self.days)
        for at, day in enumerate([*self.days, len(self.best)]):
            arc(source, at if at < count else sink, self._left(day))

    def _left(self, until: int) -> float:
        """Return what a visit before the first day still meets until a day."""
        if self.before is None:
            return 0.0
        passed = np.arange(until) - self.before
        inside = passed < LASTS_DAYS
        return float((self.best[:until][inside] * self.fades[passed[inside] - 1]).sum())


def _fixed(problem: Problem) -> dict[tuple[int, int], list[int]]:
    """Return the days of visits that are done, lately or within the plan, by place and part of the day."""
    found: dict[tuple[int, int], list[int]] = {}
    late = problem.lately
    for place, day, slot in zip(late.place, late.day, late.slot, strict=True):
        found.setdefault((int(place), int(PART_OF[slot])), []).append(int(day))
    for stop in problem.standing:
        if stop.team < 0:
            found.setdefault((stop.place, int(PART_OF[stop.slot])), []).append(stop.day)
    return found
