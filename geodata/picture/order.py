"""The residents' own order of problems, and how sure the place of each in it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

DRAWS = 2000
SEED = 20_230_701
"""The order is drawn with the same chance every time, so that the same answers give the same ranges."""

TAILS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class OrderRange:
    """A place in the order, 1 is first, and its 90 % range."""

    rank: int
    low: int
    high: int


def order_ranges(answers: Sequence[int]) -> tuple[OrderRange | None, ...]:
    """Return the place of each problem; None where nobody named it.

    Parameters
    ----------
    answers
        How many answers are of each problem, in the order in which they are told; equals share no place: the
        one that is told first stands first, and the ranges show that it need not.

    Notes
    -----
    Shares are drawn from their Dirichlet posterior with half an answer added to each (Jeffreys); the range
    holds the middle 90 % of the ranks that they give.
    """
    counts = np.asarray(answers, dtype=np.float64)
    named = np.flatnonzero(counts > 0)
    if not len(named):
        return (None,) * len(counts)
    drawn = np.random.default_rng(SEED).standard_gamma(counts[named] + 0.5, size=(DRAWS, len(named)))
    ranks = 1 + np.argsort(np.argsort(-drawn, axis=1), axis=1)
    low, high = np.quantile(ranks, TAILS, axis=0, method="nearest").astype(int)
    at = np.empty(len(named), dtype=int)
    at[np.argsort(-counts[named], kind="stable")] = np.arange(1, len(named) + 1)
    found: list[OrderRange | None] = [None] * len(counts)
    for position, row in enumerate(named.tolist()):
        rank = int(at[position])
        found[row] = OrderRange(rank, min(rank, int(low[position])), max(rank, int(high[position])))
    return tuple(found)
