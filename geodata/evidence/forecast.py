"""Where the next records of each stream will come: all streams' history, the street and its surroundings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geodata.evaluation.accuracy import SHARES, accuracy
from geodata.evidence import hierarchical_poisson
from geodata.evidence.neighbourhood import smoothed
from geodata.evidence.stacking import mixture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BANDWIDTH_M = 300.0
"""How far what is rare lends to its surroundings."""

TRAFFIC_M = 150.0
"""How far the fullest stream does: from one crossing to the next."""

PSEUDO = 0.3
"""Share of the mean that is added before a logarithm is taken: nothing seen is not nothing to come."""

BLOCK_M = 1000.0
FOLDS = 5
"""Blocks of ground of this side go in turn without being fitted on while components are compared."""

COMPONENTS = ("regression", "sum")
"""Rates that multiply (covariates of the street), and rates that add up (what was counted there and near)."""


@dataclass(frozen=True, eq=False)
class StreetGround:
    """What is known of stretches beside their records.

    Attributes
    ----------
    x, y
        Middle, metres in the working CRS, shape ``(n,)``.
    length_m
        Shape ``(n,)``.
    road_class
        Position of its class among the classes, shape ``(n,)``.
    surroundings
        What else may draw people or traffic there, not negative, shape ``(n, k)``; k may be 0.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    length_m: NDArray[np.float64]
    road_class: NDArray[np.int64]
    surroundings: NDArray[np.float64]

    @cached_property
    def of_class(self) -> NDArray[np.float64]:
        """Ones where a stretch is of a class, shape ``(n, classes)``."""
        return np.eye(int(self.road_class.max(initial=0)) + 1)[self.road_class]

    @cached_property
    def fold(self) -> NDArray[np.int64]:
        """In which fold the block of each stretch is, 0 to FOLDS - 1, shape ``(n,)``."""
        column = np.floor((self.x - self.x.min(initial=np.inf)) / BLOCK_M)
        row = np.floor((self.y - self.y.min(initial=np.inf)) / BLOCK_M)
        return np.asarray((column * 2 + row) % FOLDS, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Forecast:
    """What is expected in one period.

    Attributes
    ----------
    expected
        Events, shape ``(streams, n)``.
    by_component
        The same of each of COMPONENTS alone, shape ``(components, streams, n)``.
    chosen
        Which of them told each stream's unseen periods and blocks better, and is `expected`.
    """

    expected: NDArray[np.float64]
    by_component: NDArray[np.float64]
    chosen: tuple[str, ...]


def forecast(history: NDArray[np.float64], outcome: NDArray[np.float64], ground: StreetGround) -> Forecast:
    """Forecast the next period of each stream on each stretch.

    Two interpretable components are fitted to tell each period from the others, and each stream takes the
    one that orders better the blocks of ground and the periods that it was not given. *Regression*:
    log-linear in the class and length of the street, what the fullest stream has there, what the others
    have there and within ``BANDWIDTH_M``, and the surroundings; its slopes are shared by the streams as far
    as a stream does not clearly depart. *Sum*: what the stream itself, the fullest and the other streams
    have there, street metres by class, and what the neighbourhood has, by the street's length and traffic.

    Parameters
    ----------
    history
        Records of each period and stream on each stretch, shape ``(periods, streams, n)``; periods are
        of one length, two or more of them.
    outcome
        Those of them that are forecast, such as the records with an injury; same shape.

    Raises
    ------
    ValueError
        With fewer than two periods, or shapes that differ.

    Notes
    -----
    Of the streams the one with most records stands for the traffic on a stretch; the others are too rare
    to be told apart there, and are pooled. Where all zeros are alike, what orders them is the street.
    """
    if len(history) < 2 or history.shape != outcome.shape:
        raise ValueError(f"A forecast needs two periods or more of {history.shape} and {outcome.shape}.")
    left_out = [np.delete(np.arange(len(history)), period) for period in range(len(history))]
    designs = [_covariates(history[others].mean(axis=0), ground) for others in left_out]
    now = _covariates(history.mean(axis=0), ground)
    middle, spread = np.vstack(designs).mean(axis=0), np.vstack(designs).std(axis=0)
    spread[spread == 0] = 1.0
    designs, now = [(one - middle) / spread for one in designs], (now - middle) / spread
    sums = [_parts(history[others].mean(axis=0), ground) for others in left_out]
    told = np.zeros((len(COMPONENTS), *outcome.shape))
    for fold in range(FOLDS):
        inside = ground.fold == fold
        if inside.any() and not inside.all():
            told[0][:, :, inside] = _regressed(designs, outcome, ~inside, designs, inside)
            told[1][:, :, inside] = _summed(sums, outcome, ~inside, sums, inside)
    whole = np.ones(len(ground.x), dtype=bool)
    if not told.any():
        told[0] = _regressed(designs, outcome, whole, designs, whole)
        told[1] = _summed(sums, outcome, whole, sums, whole)
    by_component = np.stack(
        [
            _regressed(designs, outcome, whole, [now], whole)[0],
            _summed(sums, outcome, whole, [_parts(history.mean(axis=0), ground)], whole)[0],
        ]
    )
    streams = range(outcome.shape[1])
    chosen = [_chosen(told[:, :, stream], outcome[:, stream]) for stream in streams]
    expected = np.stack([by_component[chosen[stream], stream] for stream in streams])
    return Forecast(expected, by_component, tuple(COMPONENTS[one] for one in chosen))


def _chosen(told: NDArray[np.float64], outcome: NDArray[np.float64]) -> int:
    """Return the component by which blocks and periods not given were ordered best; of two alike the first.

    The order is judged as it is used: by capture and NDCG at SHARES.

    Parameters
    ----------
    told, outcome
        Shapes ``(components, periods, n)`` and ``(periods, n)``.
    """
    seen = np.flatnonzero(outcome.any(axis=1))
    if not len(seen):
        return 0
    caught = [np.mean([_caught(one[period], outcome[period]) for period in seen]) for one in told]
    return int(np.argmax(np.round(caught, 6)))


def _caught(scores: NDArray[np.float64], came: NDArray[np.float64]) -> float:
    at = [accuracy(scores, came, share=share) for share in SHARES]
    return float(np.mean([(one.ndcg + one.capture) / 2 for one in at]))


def _covariates(rate: NDArray[np.float64], ground: StreetGround) -> NDArray[np.float64]:
    """Return what the regression stands on, shape ``(n, covariates)``, of mean records a period."""
    fullest, others = _fullest_and_others(rate)
    near = smoothed(ground.x, ground.y, others, bandwidth_m=BANDWIDTH_M)
    logged = [fullest, others, near, ground.length_m, *ground.surroundings.T]
    return np.column_stack([ground.of_class, *[_logarithm(one) for one in logged]])


def _parts(rate: NDArray[np.float64], ground: StreetGround) -> NDArray[np.float64]:
    """Return the surfaces that are summed for each stream, shape ``(streams, n, parts)``."""
    fullest, others = _fullest_and_others(rate)
    near = smoothed(ground.x, ground.y, others, bandwidth_m=BANDWIDTH_M)
    shared = np.column_stack(
        [
            fullest,
            others,
            ground.of_class * ground.length_m[:, None],
            near * ground.length_m,
            near * np.sqrt(fullest + PSEUDO * fullest.mean()),
            smoothed(ground.x, ground.y, fullest, bandwidth_m=TRAFFIC_M) * ground.length_m,
        ]
    )
    return np.stack([np.column_stack([own, shared]) for own in rate])


def _fullest_and_others(rate: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    fullest = int(np.argmax(rate.sum(axis=1)))
    return rate[fullest], np.delete(rate, fullest, axis=0).sum(axis=0)


def _logarithm(values: NDArray[np.float64]) -> NDArray[np.float64]:
    mean = float(values.mean()) if len(values) else 0.0
    return np.log(values / mean + PSEUDO) if mean > 0 else np.zeros(len(values))


def _regressed(
    designs: Sequence[NDArray[np.float64]],
    outcome: NDArray[np.float64],
    given: NDArray[np.bool_],
    asked: Sequence[NDArray[np.float64]],
    of: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Fit on some stretches and tell others, shape ``(asked, streams, stretches)``."""
    coefficients = hierarchical_poisson.fit(
        np.vstack([one[given] for one in designs]),
        np.concatenate([one[:, given] for one in outcome], axis=1),
    )
    return np.stack([hierarchical_poisson.rates(coefficients, one[of]) for one in asked])


def _summed(
    sums: Sequence[NDArray[np.float64]],
    outcome: NDArray[np.float64],
    given: NDArray[np.bool_],
    asked: Sequence[NDArray[np.float64]],
    of: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Fit on some stretches and tell others, shape ``(asked, streams, stretches)``."""
    found = np.zeros((len(asked), outcome.shape[1], int(of.sum())))
    for stream in range(outcome.shape[1]):
        weights = mixture(np.vstack([one[stream][given] for one in sums]), outcome[:, stream, given].ravel())
        for at, one in enumerate(asked):
            found[at, stream] = one[stream][of] @ weights
    return found
