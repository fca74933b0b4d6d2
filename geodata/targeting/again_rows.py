"""That nobody is back at a place too soon, as rows of the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.targeting.again import AGAIN_SLOTS

if TYPE_CHECKING:
    from geodata.targeting.candidates import Candidates
    from geodata.targeting.rows import Rows


def add_again(rows: Rows, stops: Candidates) -> None:
    """Let nobody be back at a place within two hours, in the next part of the day either.

    Within one part of a day there is one visit anyhow (see `sequences`). What is locked stays whatever it
    lies beside; candidates beside it are none (see `candidates`).
    """
    free = np.flatnonzero(~stops.forced)
    key = np.stack([stops.place[free], stops.day[free]])
    _, number = np.unique(key, axis=1, return_inverse=True)
    part = stops.part
    for one in range(int(number.max(initial=-1)) + 1):
        here = free[number == one]
        for start in np.unique(stops.slot[here]).tolist():
            # All that begin within two hours shut each other out: one row holds every pair of them.
            inside = here[(stops.slot[here] >= start) & (stops.slot[here] < start + AGAIN_SLOTS)]
            if len(np.unique(part[inside])) > 1:
                rows.add(((int(column), 1.0) for column in inside), high=1.0)
