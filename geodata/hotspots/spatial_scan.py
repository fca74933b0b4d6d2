"""Kulldorff's spatial scan on places: which circle has more cases than expected, or a larger share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.monte_carlo import replicate
from geodata.hotspots.zones import circles, told
from geodata.kernels.threads import over_chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from geodata.hotspots.monte_carlo import Chance, Replications
    from geodata.hotspots.zones import ZoneLimits, Zones


@dataclass(frozen=True, eq=False, slots=True)
class SpatialCluster:
    """A circle with more cases than chance puts there.

    Attributes
    ----------
    places
        The places in it, the centre first.
    count, expected
        Cases in it, and cases expected there.
    likelihood_ratio
        The logarithm of the likelihood ratio of the model.
    p
        Chance that the highest anywhere would be as high.
    """

    places: NDArray[np.int32]
    count: int
    expected: float
    likelihood_ratio: float
    p: float


@dataclass(frozen=True, eq=False, slots=True)
class SpatialScan:
    """What the scan found.

    Attributes
    ----------
    clusters
        The most likely first; no place is in two of them.
    chance
        What the replications gave.
    """

    clusters: tuple[SpatialCluster, ...]
    chance: Chance


def poisson_scan(  # noqa: PLR0913  the data, and what the literature lets one choose
    cases: NDArray[np.int64],
    expected: NDArray[np.float64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    *,
    limits: ZoneLimits,
    replications: Replications,
    seed: int,
    alpha: float,
    fewest: int = 2,
    threads: int | None = None,
) -> SpatialScan | None:
    """Find circles with more cases than expected, given how many there are in all.

    Parameters
    ----------
    cases, expected
        Of each place, shape ``(places,)``; only the proportions of what is expected count.
    x, y
        Of each place, metres.
    fewest
        Fewer cases are no cluster, in what was observed as in what is drawn.
    alpha
        Clusters after the first are given while their chance is at most this.

    Returns
    -------
    SpatialScan or None
        None where no circle is above its expectation.

    Notes
    -----
    Kulldorff 1997, *Communications in Statistics – Theory and Methods* 26, the Poisson model;
    replications share the cases out in proportion to what is expected.
    """
    total = int(cases.sum())
    upto = np.cumsum(expected)

    def draw(generator: np.random.Generator) -> NDArray[np.int64]:
        at = np.searchsorted(upto, generator.random(total) * upto[-1], side="right")
        return np.bincount(np.minimum(at, len(upto) - 1), minlength=len(upto))

    return _scan(
        cases, expected, circles(x, y, expected, limits), draw,
        replications=replications, seed=seed, alpha=alpha, fewest=fewest, bernoulli=False, threads=threads,
    )  # fmt: skip


def bernoulli_scan(  # noqa: PLR0913  the data, and what the literature lets one choose
    cases: NDArray[np.int64],
    controls: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    *,
    limits: ZoneLimits,
    replications: Replications,
    seed: int,
    alpha: float,
    fewest: int = 2,
    threads: int | None = None,
) -> SpatialScan | None:
    """Find circles where cases are a larger share of cases and controls than elsewhere.

    Parameters
    ----------
    cases, controls
        Of each place, shape ``(places,)``.
    x, y, fewest, alpha
        As for `poisson_scan`.

    Returns
    -------
    SpatialScan or None
        None where no circle is above its expectation.

    Notes
    -----
    Kulldorff 1997, *Communications in Statistics – Theory and Methods* 26, the Bernoulli model;
    replications draw which of the cases and controls are the cases.
    """
    both = cases + controls
    owner = np.repeat(np.arange(len(both)), both)
    total = int(cases.sum())

    def draw(generator: np.random.Generator) -> NDArray[np.int64]:
        chosen = generator.choice(len(owner), total, replace=False, shuffle=False)
        return np.bincount(owner[chosen], minlength=len(both))

    size = both.astype(np.float64)
    return _scan(
        cases, size, circles(x, y, size, limits), draw,
        replications=replications, seed=seed, alpha=alpha, fewest=fewest, bernoulli=True, threads=threads,
    )  # fmt: skip


def _scan(  # noqa: PLR0913  the two models differ in three of them
    cases: NDArray[np.int64],
    size: NDArray[np.float64],
    zones: Zones,
    draw: Callable[[np.random.Generator], NDArray[np.int64]],
    *,
    replications: Replications,
    seed: int,
    alpha: float,
    fewest: int,
    bernoulli: bool,
    threads: int | None,
) -> SpatialScan | None:
    from geodata.kernels.spatial_scan import search  # noqa: PLC0415  numba is slow to import

    # A compiled loop refuses what may not be written to, as columns of a table.
    size = np.array(size, dtype=np.float64)
    all_cases, all_size = float(cases.sum()), float(size.sum())

    def look(counted: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        best, where = np.zeros(len(size)), np.zeros(len(size), dtype=np.int32)
        search(
            counted.astype(np.int64), size, zones.nearest, zones.number, all_cases, all_size, fewest,
            bernoulli, best, where,
        )  # fmt: skip
        return best, where

    def highest(generators: Sequence[np.random.Generator]) -> NDArray[np.float64]:
        found = over_chunks(
            lambda start, _: float(look(draw(generators[start]))[0].max()),
            len(generators),
            size=1,
            threads=threads,
        )
        return np.array(found)

    if not all_cases or not zones.number.any():
        return None
    best, where = look(cases)
    if not best.any():
        return None
    chance = replicate(float(best.max()), highest, replications, seed=seed)
    clusters: list[SpatialCluster] = []
    for centre, places, p in told(best, where, zones, chance, alpha=alpha):
        expected = float(size[places].sum() * all_cases / all_size)
        clusters.append(SpatialCluster(places, int(cases[places].sum()), expected, float(best[centre]), p))
    return SpatialScan(tuple(clusters), chance)
