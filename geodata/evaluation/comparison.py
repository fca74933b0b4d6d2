"""Methods side by side on the same outcome: whether one is better by more than the luck of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from geodata.evaluation.accuracy import SHARES, held, order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array

DRAWS = 1000
SEED = 20_190_101
INTERVAL = 0.90

MEASURES = ("ndcg", "capture")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its range over resampled outcomes."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Comparison:
    """Figures of several methods on the same resampled outcomes.

    Attributes
    ----------
    columns
        Measure and share of each figure.
    value
        Figures on the outcome as it was, by method, each shape ``(columns,)``.
    drawn
        Figures on each resampled outcome, by method, each shape ``(draws, columns)``.
    """

    columns: tuple[tuple[str, float], ...]
    value: dict[str, NDArray[np.float64]]
    drawn: dict[str, NDArray[np.float64]]

    def of(self, method: str, column: int) -> Estimate:
        """Return one figure of a method with its range."""
        return _estimate(self.value[method][column], self.drawn[method][:, column])

    def between(self, method: str, other: str, column: int) -> Estimate:
        """Return how much higher a method's figure is than another's, on the same outcomes."""
        return _estimate(
            self.value[method][column] - self.value[other][column],
            self.drawn[method][:, column] - self.drawn[other][:, column],
        )


def compare(
    scores: Mapping[str, ArrayLike],
    events: csr_array,
    *,
    shares: Sequence[float] = SHARES,
    sizes: ArrayLike | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Comparison:
    """Resample the events that came, and hold every method against the same ones.

    Parameters
    ----------
    scores
        What each method gave each place before, shape ``(n,)``.
    events
        Each event that came on the places, shape ``(events, n)``; one event may lie on several in parts,
        and is drawn whole.
    shares, sizes
        As `accuracy` takes them.

    Notes
    -----
    The paired bootstrap, Efron & Tibshirani 1993, *An Introduction to the Bootstrap*, 13, its range moved to
    stand round the figure itself. It tells the luck of which events came in this period; not that of another
    town, or of another year's traffic.
    """
    random = np.random.default_rng(seed)
    columns = tuple((measure, share) for measure in MEASURES for share in shares)
    orders = {name: order(score, sizes) for name, score in scores.items()}

    def figures(came: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        found = {}
        for name, one in orders.items():
            at = {share: held(one, came, share=share, sizes=sizes) for share in shares}
            found[name] = np.array([getattr(at[share], measure) for measure, share in columns])
        return found

    value = figures(np.asarray(events.sum(axis=0), dtype=np.float64).ravel())
    count = events.shape[0]
    resampled = [
        figures(np.asarray(events.T @ random.multinomial(count, np.full(count, 1 / count)), dtype=np.float64))
        for _ in range(draws if count else 0)
    ]
    drawn = {name: np.array([one[name] for one in resampled]).reshape(-1, len(columns)) for name in orders}
    return Comparison(columns, value, drawn)


FEWEST_EVENTS = 30
"""With fewer events in all, no difference between methods can be told."""

FEWEST_PLACES = 2
"""One place says nothing of how others would differ."""


def difference(
    came: Sequence[NDArray[np.float64]],
    ours: Sequence[NDArray[np.float64]],
    other: Sequence[NDArray[np.float64]],
) -> Estimate | None:
    """Return how much more of the events one method caught than another, over several periods together.

    Parameters
    ----------
    came
        Events on each place, one array a period, the same places in all, each shape ``(n,)``.
    ours, other
        How much of each place each method had chosen in that period.

    Returns
    -------
    Estimate or None
        Difference of the captures with its range; None with fewer than ``FEWEST_EVENTS``, or where all of
        them lie on one place.

    Notes
    -----
    Each event is caught by both, by one or by none: the mean of paired differences and its normal range, the
    events of a place counting as one draw, since they repeat there. Liang & Zeger 1986, *Biometrika* 73.
    """
    events = np.array(came)
    total = float(events.sum())
    if total < FEWEST_EVENTS:
        return None
    places = int((events.sum(axis=0) > 0).sum())
    if places < FEWEST_PLACES:
        return None
    apart = np.array(ours) - np.array(other)
    mean = float((events * apart).sum()) / total
    by_place = (events * (apart - mean)).sum(axis=0)
    spread = float((by_place**2).sum()) * places / (places - 1)
    room = float(ndtri((1 + INTERVAL) / 2)) * float(np.sqrt(spread)) / total
    return Estimate(mean, mean - room, mean + room)


def _estimate(value: float, drawn: NDArray[np.float64]) -> Estimate:
    if not len(drawn):
        return Estimate(float(value), np.nan, np.nan)
    tail = (1 - INTERVAL) / 2
    low, middle, high = np.quantile(drawn, [tail, 0.5, 1 - tail])
    # Events drawn twice make an outcome lumpier than any that comes, and every figure lower or higher by
    # it; only how far the draws spread says something.
    return Estimate(float(value), float(value + low - middle), float(value + high - middle))
