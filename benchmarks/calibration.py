"""Whether chances, ranges and probabilities mean what they say, on towns in which the truth is known."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import binom

from benchmarks.frame import Row
from benchmarks.simulated import by_chance, places, with_clusters
from geodata.evidence.ranking import FIRST, rank
from geodata.evidence.shrinkage import shrink
from geodata.hotspots.base import ALPHA
from geodata.hotspots.methods import METHODS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.simulated import Places
    from geodata.hotspots.base import HotspotResult, Method

SEED = 5
RUNS, QUICK_RUNS = 400, 60
FEWEST_RUNS, QUICK_FEWEST_RUNS = 20, 5
BUDGET_S = 45.0
"""CPU seconds a method may take; a slow one has fewer runs, and its row says how many."""

QUICK_BUDGET_S = 3.0
SPREAD = 0.1
"""Variance of true rates that the methods do not know of, in the mildly wrong towns."""

TOWNS, QUICK_TOWNS = 600, 100
PLACES = 60
FEW_PLACES = 12
INSIDE = (0.88, 0.92)
CLOSE = 0.05
FEWEST_IN_TENTH = 400
"""With fewer places in a tenth of the probabilities, luck alone moves its share by more than `CLOSE`."""


def rows(*, quick: bool) -> list[Row]:
    """Judge every method with significance, then ranges and probabilities of places."""
    found = []
    for name, method in METHODS.items():
        if method.chance:
            found += _method(name, method, quick=quick)
    return [*found, *_places(QUICK_TOWNS if quick else TOWNS)]


def _method(name: str, method: Method, *, quick: bool) -> list[Row]:
    random = np.random.default_rng(SEED)
    runs = _affordable(method, random, quick=quick)
    allowed = float(binom.ppf(0.95, runs, ALPHA) / runs)
    reported = np.mean([_significant(method(by_chance(random), seed=at)) > 0 for at in range(runs)])
    wrong = np.mean(
        [_significant(method(by_chance(random, spread=SPREAD), seed=at)) > 0 for at in range(runs)]
    )
    found = [
        Row(
            task=f"{name}: share of {runs} towns by chance alone with anything significant",
            ours=float(reported),
            bar=f"at most {ALPHA:g}, with the luck of {runs} towns {allowed:.3f}",
            holds=bool(reported <= allowed),
        ),
        Row(
            task=f"{name}: the same where true rates vary by {SPREAD:g} more than it knows",
            ours=float(wrong),
            bar="told, not held to",
            holds=True,
        ),
    ]
    if method(by_chance(random)).cells is not None:
        shares = [_false_share(method, random, at) for at in range(runs)]
        false = float(np.mean(shares))
        room = ALPHA + 2 * float(np.std(shares)) / float(np.sqrt(len(shares)))
        found.append(
            Row(
                task=f"{name}: {runs} clustered towns, mean share of hot cells with nothing planted near",
                ours=false,
                bar=f"at most {ALPHA:g}, with the luck of {runs} towns {room:.3f}",
                holds=bool(false <= room),
            )
        )
    return found


def _affordable(method: Method, random: np.random.Generator, *, quick: bool) -> int:
    """Return how many towns the method can be asked about; its first answer, with compiling, is not timed."""
    material = by_chance(random)
    method(material)
    began = time.process_time()
    method(material)
    cost = max(time.process_time() - began, 1e-3)
    fewest, most, budget = (
        (QUICK_FEWEST_RUNS, QUICK_RUNS, QUICK_BUDGET_S) if quick else (FEWEST_RUNS, RUNS, BUDGET_S)
    )
    return int(np.clip(budget / (3 * cost), fewest, most))


def _significant(result: HotspotResult) -> int:
    """Count what a method calls more than chance: cells, or places of its own."""
    if result.cells is not None:
        return int(result.cells.hot.sum())
    return sum(one.p <= ALPHA for one in result.findings)


def _false_share(method: Method, random: np.random.Generator, seed: int) -> float:
    """Return the share of hot cells with nothing planted there or beside."""
    town = with_clusters(random)
    cells = method(town.material, seed=seed).cells
    near = town.planted | (town.material.cells.neighbours @ town.planted.astype(np.float64) > 0)
    return 0.0 if cells is None else float((cells.hot & ~near).sum() / max(cells.hot.sum(), 1))


@dataclass(slots=True)
class Tally:
    """What came of many towns.

    Attributes
    ----------
    ratios, ranks
        Whether each range held the truth.
    chance, first
        The probability of each place to be among the first, and whether it was.
    thin
        Towns in which a place with two events or fewer, in all streams, came first.
    """

    ratios: list[NDArray[np.bool_]] = field(default_factory=list)
    ranks: list[NDArray[np.bool_]] = field(default_factory=list)
    chance: list[NDArray[np.float64]] = field(default_factory=list)
    first: list[NDArray[np.bool_]] = field(default_factory=list)
    thin: int = 0

    def add(self, made: Places) -> None:
        """Ask about one town."""
        streams = [shrink(*one) for one in zip(made.counts, made.expected, strict=True)]
        for one, ratio in zip(streams, made.ratio, strict=True):
            self.ratios.append((one.low <= ratio) & (ratio <= one.high))
        ranked = rank(streams, [1.0] * len(streams))
        known = ranked.rank > 0
        truth = np.argsort(np.argsort(-made.ratio.mean(axis=0)[known])) + 1
        self.ranks.append((ranked.low[known] <= truth) & (truth <= ranked.high[known]))
        self.chance.append(ranked.among_first[known])
        self.first.append(truth <= FIRST)
        self.thin += int((made.counts.sum(axis=0)[ranked.rank == 1] <= 2).any())

    def reliability(self) -> float:
        """Return the largest difference of told and true shares over tenths that hold enough places."""
        chance, first = np.concatenate(self.chance), np.concatenate(self.first)
        tenth = np.minimum((chance * 10).astype(np.int64), 9)
        off = [
            abs(float(chance[tenth == at].mean() - first[tenth == at].mean()))
            for at in range(10)
            if (tenth == at).sum() >= FEWEST_IN_TENTH
        ]
        return max(off, default=0.0)


SETTINGS: dict[str, tuple[int, bool, float]] = {
    f"{PLACES} places": (PLACES, False, 0.0),
    f"{FEW_PLACES} places": (FEW_PLACES, False, 0.0),
    f"{PLACES} places, true ratios lognormal": (PLACES, True, 0.0),
    f"{PLACES} places, the expected wrong by a fifth": (PLACES, False, 0.2),
}
"""How many, whether skewed, how wrong the expected is; the last two are not what the model assumes."""


def _places(towns: int) -> list[Row]:
    """Judge the ranges of ratios and ranks, and the chance to be among the first."""
    found = []
    for said, (number, skewed, off) in SETTINGS.items():
        random, tally = np.random.default_rng(SEED), Tally()
        for _ in range(towns):
            tally.add(places(random, number, skewed=skewed, off=off))
        found += _judged(f"{towns} towns of {said}", tally, assumed=not (skewed or off))
    return found


def _judged(said: str, tally: Tally, *, assumed: bool) -> list[Row]:
    ratios, ranks = (float(np.mean(np.concatenate(one))) for one in (tally.ratios, tally.ranks))
    off = float(tally.reliability())
    told = "told, not held to"
    return [
        Row(
            task=f"{said}: share of 90 % ranges that hold the true ratio",
            ours=ratios,
            bar=f"{INSIDE[0]:g} to {INSIDE[1]:g}" if assumed else told,
            holds=bool(not assumed or INSIDE[0] <= ratios <= INSIDE[1]),
        ),
        Row(
            task=f"{said}: share of 90 % ranges that hold the true rank",
            ours=ranks,
            bar=f"at least {INSIDE[0]:g}, for ranks are whole" if assumed else told,
            holds=not assumed or ranks >= INSIDE[0],
        ),
        Row(
            task=f"{said}: largest difference of the chance to be among {FIRST} from how often it was",
            ours=off,
            bar=f"at most {CLOSE:g} in each tenth" if assumed else told,
            holds=not assumed or off <= CLOSE,
        ),
        Row(
            task=f"{said}: towns where a place with two events or fewer came first",
            ours=float(tally.thin),
            bar="0",
            holds=tally.thin == 0,
        ),
    ]
