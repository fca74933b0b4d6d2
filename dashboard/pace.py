"""How fast long work goes and how long it will take yet, from how much of it is done."""

from __future__ import annotations

from dataclasses import dataclass

LEAST_SECONDS = 2.0
"""Work that takes less needs no word, and a rate worked out over less says nothing."""

IN_ROWS = frozenset({"import_read", "import_locate", "import_merge", "import_snap"})
"""Steps that are counted in rows; what others are counted in differs from one to the next."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How far one step of long work has come.

    Attributes
    ----------
    step
        Which (``steps.<step>``).
    done, total
        How much of it is done; `total` is 0 while that is not known.
    seconds
        How long it has taken.
    """

    step: str
    done: int
    total: int
    seconds: float

    @property
    def rate(self) -> float | None:
        """How much is done a second; None while that can't be said."""
        if self.seconds < LEAST_SECONDS or self.done <= 0:
            return None
        return self.done / self.seconds

    @property
    def left_seconds(self) -> float | None:
        """How long it will take yet; None while that can't be said."""
        return None if self.rate is None or not self.total else max(0, self.total - self.done) / self.rate
