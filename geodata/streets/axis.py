"""Every street laid end to end: where each record lies along them, and what is exposed before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.streets.snapping import at_crossings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.evidence.exposure import Exposure
    from geodata.streets.corridors import Corridors


@dataclass(frozen=True, eq=False)
class StreetAxis:
    """The streets as one axis of metres.

    Attributes
    ----------
    corridors
        Which street lies where on the axis.
    observation_link, observation_along_m
        The link that each observation lies on, and how far from its start; -1 and NaN for one on no street,
        or not known well enough, shape ``(n,)``.
    observation_metre
        Where each observation lies on the axis; NaN as before, shape ``(n,)``.
    exposure_metre
        Where each exposed point lies, ascending, shape ``(points,)``.
    exposure_before
        Sum of what is exposed before each of them, and at last of all, shape ``(points + 1, covariates)``.
    """

    corridors: Corridors
    observation_link: NDArray[np.int64]
    observation_along_m: NDArray[np.float64]
    observation_metre: NDArray[np.float64]
    exposure_metre: NDArray[np.float64]
    exposure_before: NDArray[np.float64]

    def exposed(self, first: NDArray[np.float64], last: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum what is exposed between places on the axis, shape ``(n, covariates)``."""
        low, high = np.searchsorted(self.exposure_metre, first), np.searchsorted(self.exposure_metre, last)
        return self.exposure_before[high] - self.exposure_before[low]


def street_axis(
    corridors: Corridors,
    exposure: Exposure,
    street_id: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    usable: NDArray[np.bool_],
) -> StreetAxis:
    """Lay records and what is exposed along the streets; at a crossing, along the larger street.

    Parameters
    ----------
    street_id
        The street that each observation was snapped to, shape ``(n,)``.
    x, y
        Observations' points, metres, shape ``(n,)``.
    usable
        Which of them may be counted on a stretch, shape ``(n,)``.
    """
    link = np.where(usable, corridors.links_of(street_id), -1)
    on = np.flatnonzero(link >= 0)
    points = shapely.points(x[on], y[on])
    link[on] = at_crossings(points, link[on], corridors.network)
    along = np.full(len(link), np.nan)
    along[on] = shapely.line_locate_point(corridors.network.geometry[link[on]], points)
    exposed = corridors.metre(corridors.links_of(exposure.street_id), exposure.along_m)
    order = np.flatnonzero(np.isfinite(exposed))
    order = order[np.argsort(exposed[order], kind="stable")]
    before = np.zeros((len(order) + 1, exposure.values.shape[1]))
    np.cumsum(exposure.values[order], axis=0, out=before[1:])
    return StreetAxis(corridors, link, along, corridors.metre(link, along), exposed[order], before)
