"""What every scan is run with, whatever its model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.base import ALPHA
from geodata.hotspots.monte_carlo import Replications
from geodata.hotspots.zones import ZoneLimits

if TYPE_CHECKING:
    from geodata.hotspots.base import CellCounts

REACH = 1.5
"""A circle reaches at least so many sides of a cell: with large cells it would else be one cell alone."""


@dataclass(frozen=True, slots=True)
class ScanParameters:
    """What every scan is run with.

    Attributes
    ----------
    nearest_places, radius_m, largest_share
        How large a circle may grow: cells, metres, share of all that is counted.
    fewest_in_cluster
        Fewer events are no cluster.
    alpha
        A cluster is shown when its chance is at most this.
    replications, gumbel
        How often chance is drawn, and whether Gumbel's tail is used beyond that.
    fewest_events
        With fewer, nothing is looked for.
    """

    nearest_places: int = 50
    radius_m: float = 300.0
    largest_share: float = 0.5
    fewest_in_cluster: int = 4
    alpha: float = ALPHA
    replications: int = 99
    gumbel: bool = True
    fewest_events: int = 30

    def limits(self, cells: CellCounts) -> ZoneLimits:
        """Return how large a circle of these cells may grow."""
        radius = max(self.radius_m, REACH * float(np.sqrt(cells.cell_area_m2)))
        return ZoneLimits(self.nearest_places, radius, self.largest_share)

    @property
    def drawn(self) -> Replications:
        """How chance is drawn."""
        return Replications(number=self.replications, gumbel=self.gumbel)
