"""Poisson regression of several streams at once: what they share, and how each departs from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SHARED_PRECISION = 60.0
"""Precision of the shared slopes' prior, in standard deviations of the covariates."""

OWN_PRECISION = 200.0
"""Precision of a stream's departures: rare streams are told mostly by what all share."""

ROUNDS = 60
TOLERANCE = 1e-8


def fit(
    designs: NDArray[np.float64],
    counts: NDArray[np.float64],
    *,
    shared_precision: float = SHARED_PRECISION,
    own_precision: float = OWN_PRECISION,
) -> NDArray[np.float64]:
    """Fit every stream's log-linear rate.

    ``log rate = a_s + x · (b + d_s)`` with a free level for each stream, and normal priors round zero on
    the shared slopes b and the departures d. Streams weigh alike whatever they hold: else the fullest
    would decide what is shared. The fit is the posterior's mode, by Newton's method with halved steps.

    Parameters
    ----------
    designs
        Standardised covariates without a constant, the same for all streams, shape ``(n, covariates)``.
    counts
        Events, or shares of events, shape ``(streams, n)``.

    Returns
    -------
    ndarray
        Level and slopes of each stream, shape ``(streams, 1 + covariates)``. A stream without events has
        the level -30 and the shared slopes.

    Notes
    -----
    Gelman & Hill 2007, *Data Analysis Using Regression and Multilevel/Hierarchical Models*, 12 and 15.
    """
    streams, covariates = len(counts), designs.shape[1]
    totals = counts.sum(axis=1)
    told = np.flatnonzero(totals > 0)
    found = np.zeros((streams, 1 + covariates))
    found[:, 0] = -30.0
    if not len(told):
        return found
    weights = totals[told].min() / totals[told]
    levels = np.log(totals[told] / counts.shape[1])
    # The rarest stream sets the scale; each other is brought to as much information.
    state = np.zeros(covariates + len(told) * (1 + covariates))
    state[covariates :: 1 + covariates] = levels
    penalty = np.concatenate(
        [np.full(covariates, shared_precision), *[[0.0, *np.full(covariates, own_precision)]] * len(told)]
    )
    value, gradient, curvature = _posterior(state, designs, counts[told], weights, penalty)
    for _ in range(ROUNDS):
        step = np.linalg.solve(curvature + 1e-9 * np.eye(len(state)), gradient)
        size = 1.0
        while True:
            fresh = _posterior(state + size * step, designs, counts[told], weights, penalty)
            if fresh[0] >= value or size < 1e-4:
                break
            size /= 2
        state = state + size * step
        gained = fresh[0] - value
        value, gradient, curvature = fresh
        if gained <= TOLERANCE * abs(value):
            break
    shared = state[:covariates]
    found[:, 1:] = shared
    own = state[covariates:].reshape(len(told), 1 + covariates)
    found[told, 0] = own[:, 0]
    found[told, 1:] = shared + own[:, 1:]
    return found


def rates(coefficients: NDArray[np.float64], designs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each stream's rate, shape ``(streams, n)``, of `designs`, shape ``(n, covariates)``."""
    return np.exp(_bounded(coefficients[:, :1] + coefficients[:, 1:] @ designs.T))


def _posterior(
    state: NDArray[np.float64],
    designs: NDArray[np.float64],
    counts: NDArray[np.float64],
    weights: Sequence[float] | NDArray[np.float64],
    penalty: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Return the log posterior, its gradient and its negative curvature."""
    covariates = designs.shape[1]
    value = -0.5 * float((penalty * state**2).sum())
    gradient = -penalty * state
    curvature = np.diag(penalty)
    with_level = np.column_stack([np.ones(len(designs)), designs])
    for at, (count, weight) in enumerate(zip(counts, weights, strict=True)):
        own = slice(covariates + at * (1 + covariates), covariates + (at + 1) * (1 + covariates))
        slopes = state[own].copy()
        slopes[1:] += state[:covariates]
        eta = _bounded(with_level @ slopes)
        mean = np.exp(eta)
        value += weight * float((count * eta - mean).sum())
        first = weight * (with_level.T @ (count - mean))
        second = weight * ((with_level * mean[:, None]).T @ with_level)
        gradient[own] += first
        gradient[:covariates] += first[1:]
        curvature[own, own] += second
        curvature[:covariates, :covariates] += second[1:, 1:]
        curvature[:covariates, own] += second[1:]
        curvature[own, :covariates] += second[:, 1:]
    return value, gradient, curvature


def _bounded(eta: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(eta, -30.0, 15.0)
