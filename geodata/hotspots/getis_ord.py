"""Gi*: more here and around than chance would put there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.base import ALPHA, CellScores, HotspotResult, Method
from geodata.hotspots.significance import false_discovery, upper_normal, upper_poisson
from geodata.kernels.threads import over_chunks

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geodata.hotspots.base import Material

CELLS_A_CHUNK = 2**16


def gi_star(
    values: NDArray[np.float64], neighbours: csr_array, *, ordinary: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return the z-score of the sum over each cell and its neighbours.

    Parameters
    ----------
    values
        One a cell, shape ``(n,)``.
    neighbours
        Ones where two cells touch, shape ``(n, n)``, zero diagonal; each cell's own weight of 1 is added.
    ordinary
        Values whose mean and spread all are measured by, shape ``(n,)``; None takes `values` themselves.

    Returns
    -------
    ndarray
        z-scores, shape ``(n,)``; 0 where every cell has the same value or touches all others.

    Notes
    -----
    Ord & Getis 1995, *Geographical Analysis* 27, with binary weights and the cell itself among them;
    ``transform="B"`` and ``star=True`` in esda. Getis & Ord 1992, *Geographical Analysis* 24.
    """
    from geodata.kernels.neighbourhoods import gi_star_z  # noqa: PLC0415  numba is slow to import

    cells = len(values)
    measure = values if ordinary is None else ordinary
    mean, spread = (float(measure.mean()), float(measure.std())) if cells else (0.0, 0.0)
    z = np.zeros(cells)
    # Rounding leaves a spread of about 1e-16 where all values are one.
    if cells < 2 or spread <= 1e-12 * max(1.0, float(measure.max()), -float(measure.min())):
        return z
    indices = neighbours.indices.astype(np.int32, copy=False)
    starts = neighbours.indptr.astype(np.int32, copy=False)
    # With binary weights the sum of squared weights is the sum of weights; touching all others it is fixed.
    weight = np.arange(int(np.diff(starts).max()) + 2, dtype=np.float64)
    deviation = spread * np.sqrt((cells * weight - weight**2) / (cells - 1))
    values = np.ascontiguousarray(values, dtype=np.float64)
    over_chunks(
        lambda first, last: gi_star_z(values, indices, starts, mean, deviation, first, last, z),
        cells,
        size=CELLS_A_CHUNK,
    )
    return z


@dataclass(frozen=True, slots=True)
class GetisOrdParameters:
    """What Gi* is run with.

    Attributes
    ----------
    false_discovery_rate
        The share of hot cells that may be chance.
    fewest_events
        With fewer events in all, z-scores mean nothing.
    extreme_sd
        Excess beyond this many standard deviations does not widen the spread that all are measured by.
    """

    false_discovery_rate: float = ALPHA
    fewest_events: int = 30
    extreme_sd: float = 5.0


def getis_ord(material: Material, parameters: GetisOrdParameters, seed: int) -> HotspotResult:  # noqa: ARG001  draws nothing
    """Call hot where events exceed what is expected, here and around, more than chance would.

    Gi* runs on each cell's excess, (count − expected) / √expected. Where the expectation is the same
    everywhere, and no cell is extreme, this is Gi* of the plain counts. Mean and spread are those of the
    excess cut at ``extreme_sd``: else one extreme corner would hide every other place in the town. The
    chance of a cell is the larger of the normal tail of its z-score and the Poisson tail of the count in
    it and its neighbours, since the normal tail is far too thin where little is expected; then the false
    discovery rate is held.
    """
    cells = material.cells
    excess = (cells.count - cells.expected) / np.sqrt(cells.expected)
    extreme = parameters.extreme_sd
    z = gi_star(excess, cells.neighbours, ordinary=np.clip(excess, -extreme, extreme))
    around = cells.count + cells.neighbours @ cells.count
    expected_around = cells.expected + cells.neighbours @ cells.expected
    p = np.maximum(upper_normal(z), upper_poisson(np.round(around), expected_around))
    p_adjusted = false_discovery(p)
    few = material.events.number < parameters.fewest_events
    return HotspotResult(
        used=material.events.number,
        cells=CellScores(z, p_adjusted, (p_adjusted <= parameters.false_discovery_rate) & (not few)),
        warnings=("few_events",) if few else (),
    )


GETIS_ORD = Method(getis_ord, GetisOrdParameters, "inside_cell")
