"""Ranks with their uncertainty: which order the evidence allows, not just which it gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.evidence.shrinkage import INTERVAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.evidence.shrinkage import Shrunken

DRAWS = 1000
SEED = 20_150_101
"""Fixed, so that the same data always gives the same ranks; the year the citizen promises began."""


FIRST = 10
"""How many places can be worked on at once, as a rule: what a place's chance is told of."""


@dataclass(frozen=True, eq=False)
class Ranks:
    """Order of places.

    Attributes
    ----------
    score
        Weighted mean of the shrunken ratios, of those that are tellable, shape ``(n,)``; 1 is as expected.
    rank
        1 is highest; 0 where too little is known for a rank, shape ``(n,)``.
    low, high
        Ends of the rank's ``INTERVAL``, 0 without a rank, shape ``(n,)``.
    among_first
        Probability that it truly is among the ``FIRST`` of the ranked, 0 without a rank, shape ``(n,)``.
    """

    score: NDArray[np.float64]
    rank: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    among_first: NDArray[np.float64]


def rank(streams: Sequence[Shrunken], weights: Sequence[float]) -> Ranks:
    """Rank places by the weighted mean of their ratios over the streams.

    A place is ranked when a stream with weight is tellable there. A stream that is not counts as expected:
    two events where a twentieth of one is expected make no place the first. The range of ranks comes from
    drawing every ratio from its posterior again and again, and ranking each draw.

    Parameters
    ----------
    streams
        One `Shrunken` a stream, over the same places.
    weights
        One a stream, zero or more. When all are zero nothing is ranked.

    Notes
    -----
    Goldstein & Spiegelhalter 1996, *JRSS A* 159 (intervals of ranks in league tables); Laird & Louis 1989,
    *Journal of Educational Statistics* 14 (ranks from posteriors).
    """
    share = np.asarray(weights, dtype=np.float64)
    share = share / share.sum() if share.sum() > 0 else share
    known = np.any([one.tellable & (part > 0) for one, part in zip(streams, share, strict=True)], axis=0)
    score = sum(
        part * np.where(one.tellable, one.ratio, 1.0) for one, part in zip(streams, share, strict=True)
    )
    score = np.asarray(score, dtype=np.float64)
    order = np.flatnonzero(known)[np.argsort(-score[known], kind="stable")]
    ranks = np.zeros((3, len(score)), dtype=np.int64)
    among_first = np.zeros(len(score))
    ranks[0, order] = np.arange(1, len(order) + 1)
    if len(order):
        drawn = _draw(streams, share, order)
        places = 1 + np.argsort(np.argsort(-drawn, axis=1, kind="stable"), axis=1, kind="stable")
        tail = (1 - INTERVAL) / 2
        ends = np.quantile(places, [tail, 1 - tail], axis=0, method="nearest").astype(np.int64)
        # The rank by the mean can lie outside the range of drawn ranks when posteriors are skew.
        ranks[1, order] = np.minimum(ends[0], ranks[0, order])
        ranks[2, order] = np.maximum(ends[1], ranks[0, order])
        among_first[order] = (places <= FIRST).mean(axis=0)
    return Ranks(score, ranks[0], ranks[1], ranks[2], among_first)


def _draw(
    streams: Sequence[Shrunken], share: NDArray[np.float64], order: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Draw scores from the posteriors, shape ``(DRAWS, ranked)``."""
    random = np.random.default_rng(SEED)
    drawn = np.zeros((DRAWS, len(order)))
    for one, part in zip(streams, share, strict=True):
        if part > 0:
            drawn += part * random.gamma(one.shape[order], 1 / one.rate[order], size=drawn.shape)
    return drawn
