"""The period asked about, cut into spans of equally many days, and which span each event lies in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.hotspots.base import Material


@dataclass(frozen=True, eq=False, slots=True)
class Spans:
    """Spans counted back from the last day, so that the newest is whole; the oldest may be shorter.

    Attributes
    ----------
    days
        How many days a span has.
    number
        How many spans there are.
    span
        The one that each event lies in; -1 for an event that may lie in several, shape ``(events,)``.
    """

    days: int
    number: int
    span: NDArray[np.int64]
    _first_day: int
    _last_day: int

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which events are known well enough to lie in one span."""
        return np.asarray(self.span >= 0)

    @property
    def left_out(self) -> tuple[tuple[str, int], ...]:
        """The events that are not, by the code of ``codes.LEFT_OUT``."""
        unknown = int((~self.known).sum())
        return (("day_unknown", unknown),) if unknown else ()

    def between(self, first: int, last: int) -> tuple[int, int]:
        """Return the first and the last day of a run of spans, both inside, as days since 1970-01-01."""
        end = self._last_day - self.days * (self.number - 1 - last)
        start = self._last_day - self.days * (self.number - first) + 1
        return max(start, self._first_day), end


def cut(material: Material, days: int) -> Spans:
    """Cut the period of the material into spans of `days` days."""
    number = -(-(material.last_day - material.first_day + 1) // days)
    first = number - 1 - (material.last_day - material.events.first_day) // days
    last = number - 1 - (material.last_day - material.events.last_day) // days
    whole = (first == last) & (first >= 0) & (last < number)
    return Spans(days, number, np.where(whole, first, -1), material.first_day, material.last_day)
