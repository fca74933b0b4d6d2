"""An integer programme that is solved near its relaxation, which proves how good the answer is."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import vstack

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.optimize import OptimizeResult
    from scipy.sparse import csr_array

    from geodata.targeting.rows import Rows

GAP = 0.01
"""A solution this near the bound is the answer."""

DEARER, FIRST_DEARER = 0.02, 0.005
"""A whole column that the relaxation leaves out, and that would cost more than this, is not tried; at first
fewer are."""

NARROW = 2
"""So many sweeps try few columns: two quick ones give more than one with all of them."""

WHOLE, HALF = 1e-9, 0.5
SWEEPS = 4
LITTLE = 0.05
"""A sweep that gains less than this share of what is near enough is the last one."""

NEAR_ENOUGH = 0.02
"""A drawn plan is no better for being the best of its draw."""

LEAST_S, FIRST_S = 0.5, 4.0
"""Each group is given so long, even when the time is up, the first time longer: a plan with half its weeks
is none, and a busy machine's clock runs ahead of the work."""


@dataclass(frozen=True, eq=False)
class Answer:
    """A solution, and what no solution can be below.

    Attributes
    ----------
    x
        Shape ``(columns,)``.
    bound
        The value of the relaxation.
    kept
        Columns that were worth trying, shape ``(columns,)``.
    """

    x: NDArray[np.float64]
    bound: float
    kept: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Programme:
    """Minimise ``cost · x`` under rows, some columns whole.

    Attributes
    ----------
    cost, low, high
        Of each column, shape ``(columns,)``; costs are of the size of one.
    whole
        1 where a column is whole, else 0, shape ``(columns,)``.
    dear
        Columns for what lacks, which costs more than all else, shape ``(columns,)``.
    group
        Of whole columns that are solved together; -1 for those that follow from others,
        shape ``(columns,)``.
    """

    cost: NDArray[np.float64]
    whole: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    dear: NDArray[np.bool_]
    group: NDArray[np.int64]
    rows: Rows

    def solve(self, *, time_limit_s: float) -> Answer | None:
        """Solve it; None where nothing was found in time.

        The relaxation of the whole programme is solved first: its value is the bound, and columns that it
        leaves out and whose reduced cost is above ``DEARER`` are dropped. Then one group after another is
        solved with the others as they stand, over and over, until that gains nothing or is near the bound. A
        group is passed over while nothing has changed beside it.

        Notes
        -----
        Reduced costs as in Dantzig, Fulkerson & Johnson 1954, *Operations Research* 2; fix and optimise as
        in Helber & Sahling 2010, *International Journal of Production Economics* 123; HiGHS by Huangfu &
        Hall 2018, *Mathematical Programming Computation* 10, through ``scipy.optimize``.
        """
        ends = monotonic() + time_limit_s
        matrix = self.rows.matrix(len(self.cost)).tocsr()
        relaxed = self._relax(matrix, time_limit_s)
        if relaxed is None:
            return None
        bound, dear, owed = relaxed
        kept = dear <= DEARER
        # What can't be had costs so much that a share of the whole would be no measure of the rest.
        near = GAP * abs(bound - owed)
        gap = near / 2 / max(abs(bound), WHOLE)
        rows = LinearConstraint(matrix, *self.rows.bounds)
        x, value = None, np.inf
        settled: set[int] = set()
        for sweep in range(SWEEPS):
            before, tried = value, kept if sweep >= NARROW else dear <= FIRST_DEARER
            high = np.where(tried, self.high, self.low)
            if sweep == NARROW:
                settled = set()
            for group in self._groups:
                if group in settled:
                    continue
                left = max(ends - monotonic(), FIRST_S if sweep == 0 else LEAST_S)
                found = self._part(self.cost, group, x, high, [rows], gap=gap, time_limit_s=left)
                settled.add(group)
                if found.x is not None and found.fun <= value + WHOLE:
                    new = np.asarray(found.x)
                    if x is None or np.any(np.abs(new - x)[self.whole > 0] > HALF):
                        settled = {group}
                    x, value = new, float(found.fun)
            little = sweep >= NARROW and before - value <= LITTLE * near
            if x is None or value - bound <= near or little or monotonic() > ends:
                break
        if x is not None and value - bound > near and monotonic() < ends:
            x, bound = self._at_once(matrix, x, bound, near=near, time_limit_s=ends - monotonic())
        return None if x is None else Answer(x, bound, kept)

    def move(
        self, begun: Answer, drawn: NDArray[np.float64], *, give: float, time_limit_s: float
    ) -> Answer | None:
        """Find another solution near one: as good as it but for `give`, and as `drawn` costs have it.

        Every group is solved once by the drawn costs, with the others as they stand, under a row that holds
        the true cost: each may give its part of what may be given, and what those before it left. Nothing
        that is dear may lack more.

        Parameters
        ----------
        drawn
            Costs, shape ``(columns,)``.
        give
            How much more it may cost than `begun`, of all groups together.

        Returns
        -------
        Answer or None
            With the bound of `begun`; None where no group was moved in time.
        """
        ends = monotonic() + time_limit_s
        rows = LinearConstraint(self.rows.matrix(len(self.cost)).tocsr(), *self.rows.bounds)
        true = np.where(self.dear, 0.0, self.cost)  # beside what is dear the rest would be lost in rounding
        high = np.where(self.dear, begun.x, np.where(begun.kept, self.high, self.low))
        value, x, moved = float(true @ begun.x), begun.x, False
        for number, group in enumerate(self._groups, start=1):
            if monotonic() > ends:
                break
            held = LinearConstraint(true[None, :], ub=value + give * number / len(self._groups))
            left = (ends - monotonic()) / (len(self._groups) + 1 - number)
            found = self._part(drawn, group, x, high, [rows, held], gap=NEAR_ENOUGH, time_limit_s=left)
            if found.x is not None:
                x, moved = np.asarray(found.x), True
        return Answer(x, begun.bound, begun.kept) if moved else None

    @property
    def _groups(self) -> list[int]:
        return [int(one) for one in np.unique(self.group[self.group >= 0])]

    def _part(
        self,
        cost: NDArray[np.float64],
        group: int,
        stand: NDArray[np.float64] | None,
        high: NDArray[np.float64],
        constraints: list[LinearConstraint],
        *,
        gap: float,
        time_limit_s: float,
    ) -> OptimizeResult:
        """Solve one group with the others as they stand."""
        free = (self.group == group) | (self.group < 0)
        others = self.low if stand is None else np.round(stand)
        return milp(
            cost,
            integrality=self.whole,
            bounds=Bounds(np.where(free, self.low, others), np.where(free, high, others)),
            constraints=constraints,
            options={"time_limit": max(time_limit_s, LEAST_S), "mip_rel_gap": gap},
        )

    def _at_once(
        self,
        matrix: csr_array,
        x: NDArray[np.float64],
        bound: float,
        *,
        near: float,
        time_limit_s: float,
    ) -> tuple[NDArray[np.float64], float]:
        """Solve it in one for the time that is left: for the proof more than for the plan."""
        found = milp(
            self.cost,
            integrality=self.whole,
            bounds=Bounds(self.low, self.high),
            constraints=LinearConstraint(matrix, *self.rows.bounds),
            options={"time_limit": max(time_limit_s, LEAST_S), "mip_rel_gap": near / max(abs(bound), WHOLE)},
        )
        if found.x is not None and found.fun < float(self.cost @ x):
            x = np.asarray(found.x)
        if found.mip_dual_bound is not None and np.isfinite(found.mip_dual_bound):
            bound = max(bound, float(found.mip_dual_bound))
        return x, bound

    def _relax(
        self, matrix: csr_array, time_limit_s: float
    ) -> tuple[float, NDArray[np.float64], float] | None:
        """Return the relaxation's value, what columns that it leaves out would cost, and what lacks costs."""
        lowest, highest = self.rows.bounds
        equal = lowest == highest
        over, under = np.isfinite(highest) & ~equal, np.isfinite(lowest) & ~equal
        found = linprog(
            self.cost,
            A_ub=vstack([matrix[over], -matrix[under]]),
            b_ub=np.concatenate([highest[over], -lowest[under]]),
            A_eq=matrix[equal],
            b_eq=lowest[equal],
            bounds=np.column_stack([self.low, self.high]),
            method="highs",
            options={"time_limit": time_limit_s},
        )
        if found.x is None or found.lower is None:
            return None
        reduced = found.lower.marginals + found.upper.marginals
        left_out = (found.x < WHOLE) & (self.whole > 0)
        dear = np.where(left_out, reduced, -np.inf)
        return float(found.fun), dear, float((self.cost * found.x)[self.dear].sum())
