"""What answers say of when, over the records of a ground: read once, a row for each way that it is said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.evidence.said import candidate, half_hours_said, spread
from geodata.evidence.windows import SLOTS_PER_WEEK
from geodata.said_when import windows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.records import Records
    from geodata.evidence.windows import Window
    from geodata.project import Project


@dataclass(frozen=True, eq=False)
class SaidHours:
    """When answers say that it happens.

    Attributes
    ----------
    ways
        Each way that it is said in, as ``geodata.said_when`` writes it.
    code
        Position of each record's way, -1 for none, shape ``(records,)``.
    held
        How much of each half hour each way holds, shape ``(ways, 336)``; nothing for ``always``.
    candidates
        The windows that can be recommended of what is said, without those too short or too long.
    """

    ways: tuple[str, ...]
    code: NDArray[np.int64]
    held: NDArray[np.float64]
    candidates: tuple[tuple[Window, ...], ...]

    @classmethod
    def of(cls, records: Records, project: Project) -> SaidHours:
        """Read what the records say; the bells are the municipality's own."""
        column = records.frame["said_when"]
        code, ways = pd.factorize(column.astype(object), sort=True)
        bells = (project.schools.bell_start, project.schools.bell_end)
        windows = [windows_of(str(way), bells=bells) for way in ways]
        held = np.array([half_hours_said(one) for one in windows]).reshape(len(ways), SLOTS_PER_WEEK)
        return cls(
            ways=tuple(map(str, ways)),
            code=np.asarray(code, dtype=np.int64),
            held=held,
            candidates=tuple(
                tuple(found for one in said if (found := candidate(one)) is not None) for said in windows
            ),
        )

    @cached_property
    def weight(self) -> NDArray[np.float64]:
        """Each way shared out over the week, rows adding up to 1, or to 0, shape ``(ways, 336)``."""
        return np.array([spread(one) for one in self.held]).reshape(self.held.shape)

    @cached_property
    def tells(self) -> NDArray[np.bool_]:
        """Which ways say an hour, shape ``(ways,)``."""
        return np.asarray(self.held.any(axis=1))

    def telling(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return those of some records that say an hour."""
        said = self.code[rows]
        return rows[(said >= 0) & self.tells[said]] if len(self.ways) else rows[:0]

    def counts(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Count some records by the way that they say it, shape ``(ways,)``."""
        said = self.code[rows]
        return np.bincount(said[said >= 0], minlength=len(self.ways))
