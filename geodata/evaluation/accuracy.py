"""Would this order of places have caught what came next: PAI, PEI, recapture, capture and NDCG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SHARES = (0.10, 0.25)
"""Shares of the ground that an order is asked about."""

DIGITS = 12
"""Scores that agree to this many digits are tied: summing in another order changes the last ones."""


@dataclass(frozen=True, eq=False)
class Order:
    """Places from the highest score down, those with the same score as one group.

    Attributes
    ----------
    places
        Positions, highest score first, shape ``(n,)``.
    group
        Number of the group of each of them, from 0, shape ``(n,)``.
    sizes
        How large each of them is, in the same order, shape ``(n,)``.
    """

    places: NDArray[np.int64]
    group: NDArray[np.int64]
    sizes: NDArray[np.float64]

    def gains(self, outcome: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what is expected at each position when tied places stand in random order.

        Places of a group share what came on them by their size: with places of one size, the mean.
        """
        came = np.bincount(self.group, weights=outcome[self.places])
        size = np.bincount(self.group, weights=self.sizes)
        return np.asarray((came / size)[self.group] * self.sizes)

    def chosen(self, share: float, *, whole: bool) -> NDArray[np.float64]:
        """Return how much of each place is among the first of the ground, by expectation, shape ``(n,)``.

        Parameters
        ----------
        whole
            Whether places are counted; else they are measured, as `accuracy` does with sizes.
        """
        taken = np.bincount(self.group, weights=self.sizes * _taken(self.sizes, share, whole=whole))
        size = np.bincount(self.group, weights=self.sizes)
        found = np.empty(len(self.places))
        found[self.places] = (taken / size)[self.group]
        return found


def order(scores: ArrayLike, sizes: ArrayLike | None = None) -> Order:
    """Order places by score.

    Parameters
    ----------
    scores
        Higher is sooner, shape ``(n,)``; where sizes differ, per metre or square metre.
    sizes
        Length or area of each place, above zero, shape ``(n,)``; None counts places.
    """
    scores = _rounded(np.asarray(scores, dtype=np.float64))
    places = np.argsort(-scores, kind="stable")
    fresh = np.ones(len(scores), dtype=bool)
    fresh[1:] = np.diff(scores[places]) != 0
    size = np.ones(len(scores)) if sizes is None else np.asarray(sizes, dtype=np.float64)
    return Order(places, np.cumsum(fresh) - 1, size[places])


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How well an order caught what came, for one share of the ground.

    Attributes
    ----------
    share
        Share of the ground that was chosen, 0 to 1.
    capture
        Share of what came that came on it (the hit rate).
    ndcg
        Discounted gain of the first places over that of the best order, with linear gain.
    pai
        Capture over the share of the ground: 1 is no better than chance.
    pei
        Capture over that of the best order: 1 could not be better.
    recapture
        What came on the chosen ground over what had been there, against the same for all ground; 1 means
        that the chosen kept their share. NaN without a record before.
    """

    share: float
    capture: float
    ndcg: float
    pai: float
    pei: float
    recapture: float


def accuracy(
    scores: ArrayLike,
    outcome: ArrayLike,
    *,
    share: float,
    sizes: ArrayLike | None = None,
    before: ArrayLike | None = None,
) -> Accuracy:
    """Hold an order against what came afterwards.

    Tied places are taken by their expectation over random order, for every method alike.

    Parameters
    ----------
    scores
        What a method gave each place before, shape ``(n,)``.
    outcome
        What came on each place afterwards, shape ``(n,)``; events, or shares of events.
    share
        Share of the ground to choose, above 0 and at most 1. Of places without sizes, the first
        ``int(share · n)``; of places with sizes, as many as fill that share, the last one in part.
    sizes
        Length or area of each place, shape ``(n,)``.
    before
        What had been on each place, for the recapture rate, shape ``(n,)``.

    Returns
    -------
    Accuracy
        All NaN but the share where nothing came.

    Raises
    ------
    ValueError
        When scores are not finite, or shapes differ: a method that scores some places only is not held
        against one that scores all.

    Notes
    -----
    Chainey, Tompson & Uhlig 2008, *Security Journal* 21 (PAI); Hunt 2016, *Do Crime Hot Spots Move?*, and
    White, Hunt & Green 2023 (PEI); Levine 2008, *Security Journal* 21 (recapture rate); Järvelin &
    Kekäläinen 2002, *ACM TOIS* 20 (NDCG).
    """
    scores, came = np.asarray(scores, dtype=np.float64), np.asarray(outcome, dtype=np.float64)
    if scores.shape != came.shape or not np.isfinite(scores).all():
        raise ValueError(f"Scores {scores.shape} must be finite and as many as outcomes {came.shape}.")
    return held(order(scores, sizes), came, share=share, sizes=sizes, before=before)


def held(
    ours: Order,
    came: NDArray[np.float64],
    *,
    share: float,
    sizes: ArrayLike | None = None,
    before: ArrayLike | None = None,
) -> Accuracy:
    """Hold an order that was made once against an outcome, as `accuracy` does; for many outcomes."""
    best = order(_density(came, sizes), sizes)
    total, taken = float(came.sum()), _taken(ours.sizes, share, whole=sizes is None)
    if total <= 0:
        return Accuracy(share, *[np.nan] * 5)
    gains, ideal = ours.gains(came), best.gains(came)
    caught = float((gains * taken).sum())
    at_best = _taken(best.sizes, share, whole=sizes is None)
    most = float((ideal * at_best).sum())
    capture = caught / total
    ground = float((ours.sizes * taken).sum() / ours.sizes.sum())
    return Accuracy(
        share=share,
        capture=capture,
        ndcg=_discounted(gains, taken) / _discounted(ideal, at_best) if most > 0 else np.nan,
        pai=capture / ground if ground > 0 else np.nan,
        pei=caught / most if most > 0 else np.nan,
        recapture=_recapture(ours, taken, before, capture),
    )


def _recapture(ours: Order, taken: NDArray[np.float64], before: ArrayLike | None, capture: float) -> float:
    if before is None:
        return np.nan
    had = np.asarray(before, dtype=np.float64)
    share = float((ours.gains(had) * taken).sum()) / had.sum() if had.sum() > 0 else 0.0
    return capture / share if share > 0 else np.nan


def _taken(sizes: NDArray[np.float64], share: float, *, whole: bool) -> NDArray[np.float64]:
    """Return how much of each place in order is chosen, 0 to 1, shape ``(n,)``."""
    if whole:
        return (np.arange(len(sizes)) < int(share * len(sizes))).astype(np.float64)
    filled = np.cumsum(sizes)
    room = share * filled[-1] - (filled - sizes)
    return np.asarray(np.clip(room / sizes, 0.0, 1.0))


def _discounted(gains: NDArray[np.float64], taken: NDArray[np.float64]) -> float:
    return float((gains * taken / np.log2(np.arange(len(gains)) + 2)).sum())


def _density(outcome: NDArray[np.float64], sizes: ArrayLike | None) -> NDArray[np.float64]:
    return outcome if sizes is None else outcome / np.asarray(sizes, dtype=np.float64)


def _rounded(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round to `DIGITS` digits from each score's own first."""
    mantissa, exponent = np.frexp(scores)
    return np.ldexp(np.round(mantissa, DIGITS), exponent)
