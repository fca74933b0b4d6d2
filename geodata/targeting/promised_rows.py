"""What is promised, as rows of the programme: visits, or each of some places, with a slack for what lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.targeting.owed import owed_by_week

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.targeting.candidates import Candidates
    from geodata.targeting.problem import Problem
    from geodata.targeting.rows import Rows

DEAR = 1e3
"""A promised visit that lacks costs as much as this many of the fullest visits."""


def promised(rows: Rows, problem: Problem, stops: Candidates, slack_from: int) -> list[float]:
    """Ask for what is promised; return what each column from `slack_from` on costs.

    Columns that cost say what lacks. The others say which places a promise about each place leaves out.
    """
    asked = _Promised(rows, stops, slack_from)
    for binding in problem.bindings:
        fitting = [number for number in range(len(stops.place)) if problem.fits(binding, stops.stop(number))]
        if binding.each:
            asked.places(fitting, binding.least)
        else:
            asked.visits(fitting, binding.least)
        if binding.per_week:
            for week, least in owed_by_week(problem, binding).items():
                asked.visits([one for one in fitting if problem.week[stops.day[one]] == week], least)
    if problem.least_per_school:
        for place in np.flatnonzero(problem.is_school):
            asked.visits(np.flatnonzero(stops.place == place).tolist(), problem.least_per_school)
    return asked.costs


class _Promised:
    def __init__(self, rows: Rows, stops: Candidates, slack_from: int) -> None:
        self._rows, self._stops, self._slack_from = rows, stops, slack_from
        self.costs: list[float] = []

    def visits(self, fitting: Iterable[int], least: int) -> None:
        """Ask for so many visits, whatever the place."""
        if least > 0:
            columns = [*((one, 1.0) for one in fitting), (self._slack(DEAR), 1.0)]
            self._rows.add(columns, low=float(least))

    def places(self, fitting: Sequence[int], least: int) -> None:
        """Ask for so many places: each is visited or left out, and no more are left out than may be."""
        if least <= 0:
            return
        left_out: list[int] = []
        for place in sorted({int(self._stops.place[one]) for one in fitting}):
            left_out.append(self._slack(0.0))
            here = [(one, 1.0) for one in fitting if self._stops.place[one] == place]
            self._rows.add([*here, (left_out[-1], 1.0)], low=1.0)
        columns = [*((one, 1.0) for one in left_out), (self._slack(DEAR), -1.0)]
        self._rows.add(columns, high=float(len(left_out) - least))

    def _slack(self, cost: float) -> int:
        self.costs.append(cost)
        return self._slack_from + len(self.costs) - 1
