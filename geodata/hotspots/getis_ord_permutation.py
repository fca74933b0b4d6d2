"""Gi* by permutation: more around a cell than other cells would put there, whatever the counts' shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.base import ALPHA, CellScores, HotspotResult, Method
from geodata.hotspots.getis_ord import gi_star
from geodata.hotspots.significance import false_discovery
from geodata.kernels.threads import over_chunks

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geodata.hotspots.base import Material

CELLS_A_CHUNK = 2**9

CELLS_TOGETHER = 10
"""Where only more cells than this, all as unlikely as can be told, could be called hot, that is said."""


@dataclass(frozen=True, slots=True)
class GetisOrdPermutationParameters:
    """What Gi* by permutation is run with.

    Attributes
    ----------
    false_discovery_rate
        The share of hot cells that may be chance.
    fewest_events
        With fewer events in all, nothing is called hot.
    most_permutations
        Draws for a cell at most.
    enough_as_high
        A cell's draws end when so many gave as high a sum.
    """

    false_discovery_rate: float = ALPHA
    fewest_events: int = 30
    most_permutations: int = 99_999
    enough_as_high: int = 50


def chance_by_permutation(
    values: NDArray[np.float64],
    neighbours: csr_array,
    *,
    seed: int,
    most: int,
    enough: int,
    threads: int | None = None,
) -> NDArray[np.float64]:
    """Return the chance of so high a sum over each cell's neighbours, its own value being what it is.

    Parameters
    ----------
    values
        One a cell, shape ``(n,)``.
    neighbours
        Ones where two cells touch, shape ``(n, n)``, zero diagonal.
    seed, most, enough
        Where draws begin, how many a cell makes at most, and how many as high end them.

    Returns
    -------
    ndarray
        Shape ``(n,)``, above 0: the lowest that can be told is 1 / (`most` + 1). The same on any number of
        threads.

    Notes
    -----
    Anselin 1995, *Geographical Analysis* 27; Besag & Clifford 1991, *Biometrika* 78. Upper tail alone: where
    less happens than elsewhere is not asked.
    """
    from geodata.kernels.permutations import conditional_chance  # noqa: PLC0415  numba is slow to import

    values = np.ascontiguousarray(values, dtype=np.float64)
    indices = neighbours.indices.astype(np.int32, copy=False)
    starts = neighbours.indptr.astype(np.int32, copy=False)
    p = np.empty(len(values))
    over_chunks(
        lambda first, last: conditional_chance(values, indices, starts, seed, enough, most, first, last, p),
        len(values),
        size=CELLS_A_CHUNK,
        threads=threads,
    )
    return p


def getis_ord_permutation(
    material: Material, parameters: GetisOrdPermutationParameters, seed: int
) -> HotspotResult:
    """Call hot where the excess around exceeds what the town's other cells would give in its place.

    The excess is (count − expected) / √expected, as for Gi*; the score is its z-score. No shape of the
    counts is assumed, but the cells are taken to be alike once the expected is off: where that is known
    badly, or is very small, the analytic form with its Poisson tail is the safer. A cell that is hot alone,
    with nothing around it, is not found.
    """
    cells = material.cells
    excess = (cells.count - cells.expected) / np.sqrt(cells.expected)
    p = chance_by_permutation(
        excess,
        cells.neighbours,
        seed=seed,
        most=parameters.most_permutations,
        enough=parameters.enough_as_high,
    )
    p_adjusted = false_discovery(p)
    said = {
        "few_events": material.events.number < parameters.fewest_events,
        "few_permutations": cells.cells
        > CELLS_TOGETHER * parameters.false_discovery_rate * (parameters.most_permutations + 1),
    }
    hot = (p_adjusted <= parameters.false_discovery_rate) & (not said["few_events"])
    return HotspotResult(
        used=material.events.number,
        cells=CellScores(gi_star(excess, cells.neighbours), p_adjusted, hot),
        seed=seed,
        warnings=tuple(code for code, holds in said.items() if holds),
    )


GETIS_ORD_PERMUTATION = Method(getis_ord_permutation, GetisOrdPermutationParameters, "inside_cell")
