"""The space-time permutation scan on places and periods: which circle, when, has more than its share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.monte_carlo import replicate
from geodata.hotspots.zones import circles, told
from geodata.kernels.threads import over_chunks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.hotspots.monte_carlo import Chance, Replications
    from geodata.hotspots.zones import ZoneLimits, Zones

HIGH_BAR = 16.0
"""Where the bar starts; it is halved until something reaches it."""

LANES = 32
"""Windows are compared so many at a time; every length of window has room for a multiple of it."""

MOST_LEVELS = 256
"""Zones are put into so many classes by their cases; each class has its row of least counts."""

UNDER = 0.7
"""The bar for replications lies so far under what one of them reached: hardly any needs a lower one."""


@dataclass(frozen=True, eq=False, slots=True)
class SpaceTimeCluster:
    """A circle and a span of periods with more cases than its share.

    Attributes
    ----------
    places
        The places in it, the centre first.
    first_period, last_period
        Both inside.
    count, expected
        Cases in it, and the share of its places times the share of its periods of all.
    likelihood_ratio
        The logarithm of Kulldorff's generalised likelihood ratio.
    p
        Chance that the highest anywhere would be as high.
    """

    places: NDArray[np.int32]
    first_period: int
    last_period: int
    count: int
    expected: float
    likelihood_ratio: float
    p: float


@dataclass(frozen=True, eq=False, slots=True)
class SpaceTimeScan:
    """What the scan found.

    Attributes
    ----------
    clusters
        The most likely first; no place is in two of them.
    chance
        What the replications gave.
    """

    clusters: tuple[SpaceTimeCluster, ...]
    chance: Chance


class _Search:
    """The cases and windows of one scan, and the least counts for a bar."""

    def __init__(
        self,
        place: NDArray[np.int32],
        period: NDArray[np.int32],
        zones: Zones,
        *,
        periods: int,
        longest: int,
        fewest: int,
        alive: bool,
    ) -> None:
        self.place, self.periods, self.zones, self.fewest = place, periods, zones, fewest
        self.cases = len(place)
        self.inside = _inside(period, periods, longest, alive=alive)
        self.earliest = (periods - longest) // LANES * LANES if alive else 0
        held = np.bincount(place, minlength=len(zones.nearest))[zones.nearest].cumsum(axis=1)
        used = np.arange(held.shape[1]) < zones.number[:, None]
        values = np.unique(held[used & (held > 0)])
        # Of each class the least is reckoned with, so that a bar is never missed.
        groups = np.array_split(values, min(MOST_LEVELS, len(values)))
        self.held = np.array([[group[0], group[-1]] for group in groups], dtype=np.int64)
        level = np.searchsorted(self.held[:, 0], held, side="right") - 1
        self.level = np.maximum(level, 0).astype(np.int32)
        self.bar, self.least = -1.0, np.empty((len(groups), *self.inside.shape), dtype=np.int16)

    def above(self, bar: float) -> None:
        """Look from now on only for what reaches the bar."""
        from geodata.kernels.space_time_scan import thresholds  # noqa: PLC0415  numba is slow to import

        if bar != self.bar:
            thresholds(self.held, self.inside, self.cases, bar, self.fewest, self.least)
            self.bar = bar

    def look(self, period: NDArray[np.int32]) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """Return the best above the bar round each centre, 0 for none, and where it is."""
        from geodata.kernels.space_time_scan import search, tally  # noqa: PLC0415  numba is slow to import

        centres = len(self.zones.nearest)
        length, width = self.inside.shape
        running = np.empty((centres, width + length + 1), dtype=np.int16)
        tally(self.place, period, self.periods, running)
        best, where = np.zeros(centres), np.zeros((centres, 3), dtype=np.int32)
        search(
            running, self.zones.nearest, self.zones.number, self.level, self.inside, self.least, self.cases,
            self.earliest, best, where,
        )  # fmt: skip
        return best, where

    def highest(
        self, periods: Sequence[NDArray[np.int32]], *, bar: float, threads: int | None = None
    ) -> NDArray[np.float64]:
        """Return the highest ratio for each set of periods, whatever the bar it is first looked for above."""
        found = np.zeros(len(periods))
        todo = list(range(len(periods)))
        while todo:
            self.above(bar)
            looked = over_chunks(
                lambda start, _: float(self.look(periods[todo[start]])[0].max(initial=0.0)),  # noqa: B023  done before it changes
                len(todo),
                size=1,
                threads=threads,
            )
            found[todo] = looked
            # Below the bar the search sees some and not others: what stayed below is looked for again.
            todo = [one for one, high in zip(todo, looked, strict=True) if high < bar]
            bar = bar / 2 if bar > 1 else 0.0
        return found


def permutation_scan(  # noqa: PLR0913  the data, and what the literature lets one choose
    place: NDArray[np.int64],
    period: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    *,
    periods: int,
    longest: int,
    limits: ZoneLimits,
    replications: Replications,
    seed: int,
    alpha: float,
    fewest: int = 2,
    alive: bool = False,
    threads: int | None = None,
) -> SpaceTimeScan | None:
    """Find circles with more cases in some span of periods than their own and the span's total explain.

    Only cases are needed: what a place always has, and what a season brings everywhere, is no cluster.

    Parameters
    ----------
    place, period
        Of each case, shape ``(cases,)``.
    x, y
        Of each place, metres, shape ``(places,)``.
    periods, longest
        How many periods there are, and how many a cluster may last.
    fewest
        Fewer cases are no cluster, in what was observed as in what is drawn.
    alive
        Look only for what lasts into the last period.
    alpha
        Clusters after the first are given while their chance is at most this.

    Returns
    -------
    SpaceTimeScan or None
        None where nothing anywhere is above its expectation.

    Notes
    -----
    Kulldorff, Heffernan, Hartman, Assunção & Mostashari 2005, *PLoS Medicine* 2: expected is the cases of
    the circle times those of the span over all; replications shuffle the periods among the cases. A zone
    holds 32,766 cases at most.
    """
    from geodata.kernels.space_time_scan import MOST_IN_ZONE  # noqa: PLC0415  numba is slow to import

    held = np.bincount(place, minlength=len(x)).astype(np.float64)
    zones = circles(x, y, held, limits)
    fitting = held[zones.nearest].cumsum(axis=1) <= MOST_IN_ZONE
    zones = type(zones)(zones.nearest, np.minimum(zones.number, fitting.sum(axis=1)).astype(np.int32))
    if not zones.number.any():
        return None
    observed = period.astype(np.int32)
    scan = _Search(
        place.astype(np.int32), observed, zones,
        periods=periods, longest=min(longest, periods), fewest=fewest, alive=alive,
    )  # fmt: skip
    top = float(scan.highest([observed], bar=HIGH_BAR, threads=threads)[0])
    if not top:
        return None
    pilot = np.random.default_rng(seed).permutation(observed)
    bar = UNDER * float(scan.highest([pilot], bar=min(HIGH_BAR, UNDER * top), threads=threads)[0])
    chance = replicate(
        top,
        lambda draws: scan.highest([one.permutation(observed) for one in draws], bar=bar, threads=threads),
        replications,
        seed=seed,
    )
    # What chance always reaches is no further cluster, and where the first is chance there is none.
    scan.above(top if chance.p(top) > alpha else min(top, float(chance.highest.min())))
    return SpaceTimeScan(tuple(_clusters(scan, observed, chance, alpha=alpha)), chance)


def _inside(period: NDArray[np.int32], periods: int, longest: int, *, alive: bool) -> NDArray[np.int64]:
    """Count the cases of each window, by its length less one and where it starts; 0 for no window."""
    width = -(-periods // LANES) * LANES
    running = np.concatenate([[0], np.bincount(period, minlength=periods).cumsum()])
    inside = np.zeros((longest, width), dtype=np.int64)
    for length in range(1, longest + 1):
        first = periods - length if alive else 0
        inside[length - 1, first : periods - length + 1] = (running[length:] - running[:-length])[first:]
    return inside


def _clusters(
    scan: _Search, period: NDArray[np.int32], chance: Chance, *, alpha: float
) -> list[SpaceTimeCluster]:
    """Take the best of each centre, the highest first, while it shares no place with one taken before."""
    best, where = scan.look(period)
    found: list[SpaceTimeCluster] = []
    # Below the bar the search saw some and not others.
    seen = np.where(best >= scan.bar, best, 0.0)
    for centre, places, p in told(seen, where[:, 0], scan.zones, chance, alpha=alpha):
        _, length, start = where[centre].tolist()
        inside = np.isin(scan.place, places)
        during = (period >= start) & (period <= start + length)
        found.append(
            SpaceTimeCluster(
                places=places,
                first_period=start,
                last_period=start + length,
                count=int((inside & during).sum()),
                expected=float(inside.sum() * during.sum() / scan.cases),
                likelihood_ratio=float(best[centre]),
                p=p,
            )
        )
    return found
