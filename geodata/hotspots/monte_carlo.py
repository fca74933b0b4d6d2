"""Chance by simulation: how often nothing but chance gives as much, and Gumbel's tail beyond that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.threads import available

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Replications:
    """How chance is drawn.

    Attributes
    ----------
    number
        Replications at most.
    enough
        Stop once so many of them are as high as what was found: then it is chance, whatever the others say.
    gumbel
        Take the chance of what is higher than all replications from Gumbel's distribution, fitted to them.
    """

    number: int = 99
    enough: int = 5
    gumbel: bool = True


@dataclass(frozen=True, eq=False, slots=True)
class Chance:
    """What chance gave.

    Attributes
    ----------
    highest
        The highest figure of each replication that was counted, in their order, shape ``(replications,)``.
    stopped
        Whether enough were as high as what was found before all were drawn.
    gumbel
        Whether the tail is Gumbel's.
    """

    highest: NDArray[np.float64]
    stopped: bool
    gumbel: bool

    def p(self, figure: float) -> float:
        """Return the chance of a figure at least this high.

        It is counted, which holds any level exactly; Gumbel's tail only says how much rarer it is than the
        replications can tell.

        Notes
        -----
        Dwass 1957, *Annals of Mathematical Statistics* 28; with an early stop Besag & Clifford 1991,
        *Biometrika* 78; the tail by the method of moments, Abrams, Kulldorff & Kleinman 2010,
        *International Journal of Health Geographics* 9.
        """
        as_high = int((self.highest >= figure).sum())
        if self.stopped:
            return as_high / len(self.highest)
        counted = (as_high + 1) / (len(self.highest) + 1)
        spread = float(self.highest.std(ddof=1)) * np.sqrt(6) / np.pi
        if as_high or not self.gumbel or spread <= 0:
            return counted
        middle = float(self.highest.mean()) - np.euler_gamma * spread
        return min(counted, float(-np.expm1(-np.exp(-(figure - middle) / spread))))


def replicate(
    found: float,
    draw: Callable[[Sequence[np.random.Generator]], NDArray[np.float64]],
    replications: Replications,
    *,
    seed: int,
) -> Chance:
    """Draw replications until all are drawn or chance is clear.

    Parameters
    ----------
    found
        The highest figure of what was observed.
    draw
        Takes a generator for each replication, gives the highest figure of each.
    seed
        Each replication has its own generator from it, so that none depends on another or on the threads.
    """
    seeds = np.random.SeedSequence(seed).spawn(replications.number)
    highest = np.empty(0)
    # A batch is what a stop may have drawn too many; the answer does not depend on it.
    batch = 4 * available()
    for start in range(0, len(seeds), batch):
        drawn = draw([np.random.default_rng(one) for one in seeds[start : start + batch]])
        highest = np.concatenate([highest, drawn])
        as_high = np.flatnonzero(highest >= found)
        if len(as_high) >= replications.enough:
            last = int(as_high[replications.enough - 1])
            return Chance(highest[: last + 1], stopped=last + 1 < len(seeds), gumbel=replications.gumbel)
    return Chance(highest, stopped=False, gumbel=replications.gumbel)
