"""Events laid along the streets, and stretches of street as findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.base import Finding
from geodata.streets.corridors import join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geodata.hotspots.base import Events
    from geodata.streets.corridors import Corridors
    from geodata.streets.network import StreetNetwork


@dataclass(frozen=True, eq=False)
class OnStreets:
    """The events that lie on a street.

    Attributes
    ----------
    corridors
        All streets on one axis of metres.
    order
        Positions among the events given, in the order of the axis.
    metre, weight
        Where each lies on the axis, ascending, and what it weighs.
    """

    corridors: Corridors
    order: NDArray[np.int64]
    metre: NDArray[np.float64]
    weight: NDArray[np.float64]

    def left_out(self, events: Events) -> tuple[tuple[str, int], ...]:
        """Say how many of the events lie on no street."""
        off = events.number - len(self.order)
        return (("off_street", off),) if off else ()

    def findings(
        self, stretches: Iterable[tuple[float, float, float]], *, fewest_events: int
    ) -> tuple[Finding, ...]:
        """Make findings of stretches, the highest score first; those with too few events are none.

        Parameters
        ----------
        stretches
            First and last place on the axis, and score; no two overlap.
        """
        found = []
        for first, last, score in sorted(stretches, key=lambda one: (-one[2], one[0])):
            low, high = np.searchsorted(self.metre, (first, last))
            if high - low >= fewest_events:
                line = self.corridors.line(first, last)
                found.append(Finding(line, np.sort(self.order[low:high]), np.nan, score, np.nan))
        return tuple(found)


def on_streets(network: StreetNetwork, events: Events) -> OnStreets:
    """Lay the events along the streets."""
    corridors = join(network)
    metre = corridors.metre(events.link, events.along_m)
    on = np.flatnonzero(np.isfinite(metre))
    order = on[np.argsort(metre[on], kind="stable")]
    return OnStreets(corridors, order, metre[order], events.weight[order])
