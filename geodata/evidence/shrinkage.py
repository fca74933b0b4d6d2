"""Empirical Bayes: a ratio to the expected, net of luck, with its range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaincc, gammaincinv, gammaln

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

INTERVAL = 0.90
"""Probability that the range holds."""

TELLABLE_EVENTS = 5
"""With fewer than this both counted and expected, nothing is said but that it is too few to tell."""

PRIOR_SHAPES = np.geomspace(0.5, 50.0, 81)
"""Shapes of the gamma prior that are tried."""

TYPICAL_SHAPE = 3.0
"""Where the shape lies before any data: most places between a third and twice of the expected."""

TYPICAL_SPREAD = 0.75
"""Standard deviation of the logarithm of the shape, before any data."""


@dataclass(frozen=True, eq=False)
class Shrunken:
    """Posterior of each place's ratio to the expected: a gamma distribution.

    Attributes
    ----------
    shape, rate
        Of the posterior, shape ``(n,)``.
    ratio, low, high
        Mean and ends of the ``INTERVAL``, shape ``(n,)``; 1 is as expected.
    tellable
        Whether enough was counted or expected to say anything, shape ``(n,)``.
    prior_shape
        Shape (and rate) of the prior, whose mean is 1.
    """

    shape: NDArray[np.float64]
    rate: NDArray[np.float64]
    ratio: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    tellable: NDArray[np.bool_]
    prior_shape: float

    def above(self, ratio: float) -> NDArray[np.float64]:
        """Return the probability that each ratio is above some, shape ``(n,)``."""
        return np.asarray(gammaincc(self.shape, self.rate * ratio))

    def of(self, rows: Sequence[int]) -> Shrunken:
        """Return the answer for some of the places."""
        at = np.asarray(rows, dtype=np.int64)
        return Shrunken(
            shape=self.shape[at],
            rate=self.rate[at],
            ratio=self.ratio[at],
            low=self.low[at],
            high=self.high[at],
            tellable=self.tellable[at],
            prior_shape=self.prior_shape,
        )


def shrink(
    counts: NDArray[np.float64],
    expected: NDArray[np.float64],
    *,
    known: NDArray[np.bool_] | None = None,
) -> Shrunken:
    """Shrink the ratio of counts to expectations towards 1, the more the less was expected.

    Counts are Poisson with mean ratio × expected, ratios gamma with mean 1 and shape k. The posterior
    mean is ``(k + count) / (k + expected)``, that is ``w + (1 - w) · count / expected`` with
    ``w = 1 / (1 + expected / k)``. k is the maximum of the marginal (negative binomial) likelihood times
    a lognormal prior, so that three places give an answer too.

    Parameters
    ----------
    counts, expected
        By the same counting rule, shape ``(n,)``; an expectation may be zero.
    known
        Where the count is known, shape ``(n,)``; elsewhere the posterior is the prior. None: everywhere.

    Notes
    -----
    Hauer, Harwood, Council & Griffith 2002, *Transportation Research Record* 1784 (empirical Bayes);
    Clayton & Kaldor 1987, *Biometrics* 43 (gamma–Poisson).
    """
    known = np.ones(len(counts), dtype=bool) if known is None else known
    prior = _prior_shape(counts[known], expected[known])
    counts, expected = np.where(known, counts, 0.0), np.where(known, expected, 0.0)
    shape, rate = prior + counts, prior + expected
    tail = (1 - INTERVAL) / 2
    return Shrunken(
        shape=shape,
        rate=rate,
        ratio=shape / rate,
        low=gammaincinv(shape, tail) / rate,
        high=gammaincinv(shape, 1 - tail) / rate,
        tellable=np.maximum(counts, expected) >= TELLABLE_EVENTS,
        prior_shape=prior,
    )


def poisson_interval(counts: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the exact ``INTERVAL`` of the mean behind each count, shape ``(n,)``.

    Notes
    -----
    Garwood 1936, *Biometrika* 28.
    """
    tail = (1 - INTERVAL) / 2
    low = np.where(counts > 0, gammaincinv(np.maximum(counts, 1), tail), 0.0)
    return low, np.asarray(gammaincinv(counts + 1, 1 - tail))


def shape_weights(counts: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how likely each of ``PRIOR_SHAPES`` is, given the counts, shape ``(81,)``.

    Parameters
    ----------
    counts, expected
        As `shrink` takes them, shape ``(n,)``.
    """
    logarithm = _log_weights(counts, expected)
    weights = np.exp(logarithm - logarithm.max())
    return np.asarray(weights / weights.sum())


def _prior_shape(counts: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    return float(PRIOR_SHAPES[np.argmax(_log_weights(counts, expected))])


def _log_weights(counts: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    shapes = PRIOR_SHAPES[:, None]
    likelihood = (
        gammaln(shapes + counts)
        - gammaln(shapes)
        + shapes * np.log(shapes)
        - (shapes + counts) * np.log(shapes + expected)
    ).sum(axis=1)
    before = -0.5 * (np.log(PRIOR_SHAPES / TYPICAL_SHAPE) / TYPICAL_SPREAD) ** 2
    return np.asarray(likelihood + before)
