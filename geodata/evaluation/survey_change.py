"""Survey before and after: the change of a share of answers, weighted to the residents where it may be."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from geodata.evaluation.effect import INTERVAL, Verdict
from geodata.evaluation.power import ALPHA, POWER

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_ASKED = 30
"""With fewer answers on either side nothing is said of a share."""

FEWEST_HITS = 5
"""With fewer of them in both together nothing is said of its change."""

FEWEST_IN_STRATUM = 10
"""Answers that a group must have on its own before its share stands for all residents of the group."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of answers.

    Attributes
    ----------
    value
        0 to 1.
    answers
        What it rests on; of a weighted share the number of equally weighted answers that would know it as
        well (Kish 1965, *Survey Sampling*, 8).
    weighted
        Whether groups were weighted to the population.
    """

    value: float
    answers: float
    weighted: bool = False

    def interval(self, probability: float = INTERVAL) -> tuple[float, float]:
        """Return the range of the share.

        Notes
        -----
        Wilson 1927, *JASA* 22: it stays within 0 and 1, and holds for few answers.
        """
        z = float(ndtri(0.5 + probability / 2))
        middle = (self.value + z * z / 2 / self.answers) / (1 + z * z / self.answers)
        reach = z / (1 + z * z / self.answers)
        reach *= sqrt(self.value * (1 - self.value) / self.answers + z * z / 4 / self.answers**2)
        return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True, slots=True)
class ShareChange:
    """How a share changed, in parts of one, with its 90 % range."""

    verdict: Verdict
    value: float
    low: float
    high: float
    smallest_visible: float | None


def share(hits: int, asked: int) -> Share:
    """Return the plain share."""
    return Share(hits / asked if asked else 0.0, float(asked))


def post_stratified(hits: Sequence[int], asked: Sequence[int], population: Sequence[float]) -> Share:
    """Weight the shares of groups of residents to the population.

    Parameters
    ----------
    hits, asked, population
        By group. Where any group with residents has fewer than ``FEWEST_IN_STRATUM`` answers, the plain
        share is returned, and says that it is not weighted.

    Notes
    -----
    Holt & Smith 1979, *JRSS A* 142.
    """
    count, of = np.asarray(hits, dtype=np.float64), np.asarray(asked, dtype=np.float64)
    people = np.asarray(population, dtype=np.float64)
    lives = people > 0
    if not lives.any() or (of[lives] < FEWEST_IN_STRATUM).any():
        return share(int(count.sum()), int(of.sum()))
    weight = people[lives] / people[lives].sum()
    value = float((weight * count[lives] / of[lives]).sum())
    return Share(value, float(1 / (weight**2 / of[lives]).sum()), weighted=True)


def share_change(before: Share, after: Share, *, hits: int) -> ShareChange:
    """Compare a share before and after.

    Parameters
    ----------
    hits
        Answers of the kind asked about, in both together.

    Notes
    -----
    Newcombe 1998, *Statistics in Medicine* 17, method 10: the ranges of both shares, put together.
    """
    value = after.value - before.value
    low, high = _range(before, after, INTERVAL)
    sure_low, sure_high = _range(before, after, 1 - ALPHA)
    verdict = Verdict.NO_CLEAR_CHANGE
    visible = _smallest_visible(before, after)
    if min(before.answers, after.answers) < FEWEST_ASKED or hits < FEWEST_HITS:
        verdict = Verdict.TOO_FEW
    elif sure_high < 0 or sure_low > 0:
        verdict = Verdict.FELL if value < 0 else Verdict.ROSE
    elif visible is None or -visible > before.value / 2:
        verdict = Verdict.TOO_FEW
    return ShareChange(verdict, value, low, high, visible)


def _range(before: Share, after: Share, probability: float) -> tuple[float, float]:
    value = after.value - before.value
    first, last = before.interval(probability), after.interval(probability)
    down = sqrt((after.value - last[0]) ** 2 + (first[1] - before.value) ** 2)
    up = sqrt((last[1] - after.value) ** 2 + (before.value - first[0]) ** 2)
    return max(-1.0, value - down), min(1.0, value + up)


def _smallest_visible(before: Share, after: Share) -> float | None:
    """Return the smallest decrease of the share that would be found, below 0; None where none would be."""
    if not before.answers or not after.answers:
        return None
    deviation = sqrt(before.value * (1 - before.value) * (1 / before.answers + 1 / after.answers))
    needed = float(ndtri(1 - ALPHA / 2) + ndtri(POWER)) * deviation
    return -needed if 0 < needed <= before.value else None
