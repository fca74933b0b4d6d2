"""The Knox test: whether events near in space are also near in time, more than chance makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from geodata.hotspots.significance import false_discovery
from geodata.kernels.threads import over_chunks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False, slots=True)
class KnoxTable:
    """Pairs of events by how far apart they are in space and in time; shape ``(distances, times)`` all.

    Attributes
    ----------
    pairs
        As observed.
    expected
        The mean over the permutations; NaN without any.
    p
        How often chance gave as many; 1 without any permutation.
    p_adjusted
        The same, corrected for the number of boxes in the table.
    permutations
        How often the days were shuffled.
    """

    pairs: NDArray[np.int64]
    expected: NDArray[np.float64]
    p: NDArray[np.float64]
    p_adjusted: NDArray[np.float64]
    permutations: int


def knox(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    day: NDArray[np.int64],
    *,
    distances_m: Sequence[float],
    days: Sequence[int],
    permutations: int,
    seed: int,
    threads: int | None = None,
) -> KnoxTable:
    """Count pairs by distance and time between them, beside what shuffled days give.

    Parameters
    ----------
    x, y, day
        Of each event: metres, and whole days from any start, shape ``(n,)``.
    distances_m, days
        The upper ends of the bands, ascending, each inside: (0.5, 100) is "same spot" and "from 0.5 m up to
        100 m".
    permutations
        How often the days are shuffled among the events.

    Notes
    -----
    Knox 1964, *Applied Statistics* 13; the permutation test is Mantel's (1967, *Cancer Research* 27).
    """
    pairs = cKDTree(np.column_stack([x, y])).query_pairs(distances_m[-1], output_type="ndarray")
    first, second = pairs[:, 0], pairs[:, 1]
    apart = np.hypot(x[first] - x[second], y[first] - y[second])
    # The tree and this line round the last distance each in its own way.
    row = np.minimum(np.searchsorted(distances_m, apart), len(distances_m) - 1) * (len(days) + 1)
    shape = (len(distances_m), len(days) + 1)
    gaps = np.searchsorted(days, np.arange(int(np.ptp(day)) + 1 if len(day) else 1))

    def table(when: NDArray[np.int64]) -> NDArray[np.int64]:
        box = row + gaps[np.abs(when[first] - when[second])]
        counted = np.bincount(box, minlength=shape[0] * shape[1])
        # What lies farther apart in time than the last band is in none.
        return np.asarray(counted.reshape(shape)[:, :-1])

    observed = table(day)
    seeds = np.random.SeedSequence(seed).spawn(permutations)
    drawn = np.array(
        over_chunks(
            lambda start, _: table(np.random.default_rng(seeds[start]).permutation(day)),
            permutations,
            size=1,
            threads=threads,
        ),
        dtype=np.int64,
    ).reshape(permutations, *observed.shape)
    as_many = (drawn >= observed).sum(axis=0)
    p = (as_many + 1) / (permutations + 1)
    return KnoxTable(
        pairs=observed,
        expected=drawn.mean(axis=0) if permutations else np.full(observed.shape, np.nan),
        p=p,
        p_adjusted=false_discovery(p.ravel()).reshape(p.shape),
        permutations=permutations,
    )
