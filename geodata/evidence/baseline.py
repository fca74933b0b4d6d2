"""What is expected at a spot, given the people and the traffic there: a Poisson regression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS = 25
TOLERANCE = 1e-3
"""The fit is done when no cell's expectation moves by more than this share of the mean."""

CAPPED_ANEW = 4
"""Rounds in which the cap is set anew; then it stays, so that the fit comes to rest."""

FLOOR_SHARE = 0.02
"""Lowest expectation of a cell, as a share of the mean: events do happen where no covariate says so."""

CAP_SD = 3.0
"""A cell's count above this many standard deviations over the expected does not shape the expected:
what is asked is what a spot like this has elsewhere, not what the hotspots themselves add."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """A fitted expectation.

    Attributes
    ----------
    coefficients
        Events per unit of each covariate, never negative, shape ``(covariates,)``.
    floor
        Lowest expectation of one cell.
    expected
        Expected events in each cell, shape ``(cells,)``.
    """

    coefficients: NDArray[np.float64]
    floor: float
    expected: NDArray[np.float64]

    def of(self, design: NDArray[np.float64], *, cells: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the expectation of other ground.

        Parameters
        ----------
        design
            Sums of the covariates there, shape ``(n, covariates)``.
        cells
            Its area in cells, shape ``(n,)``, for the floor.
        """
        return np.asarray(np.maximum(design @ self.coefficients, self.floor * cells))


def fit(counts: NDArray[np.float64], design: NDArray[np.float64]) -> Baseline:
    """Fit the expected count of each cell as a non-negative sum over its covariates.

    Poisson regression with identity link and coefficients of zero or more, by iteratively reweighted
    non-negative least squares. With the identity link expectations add up over ground, so the same fit
    gives those of cells, of places and of the whole.

    Parameters
    ----------
    counts
        Events by cell, shape ``(cells,)``.
    design
        Covariates by cell, shape ``(cells, covariates)``. With none that is anywhere above zero, every
        cell has the mean.

    Notes
    -----
    McCullagh & Nelder 1989, *Generalized Linear Models*, 2nd ed., 2.5 (reweighting); Lawson & Hanson
    1974, *Solving Least Squares Problems*, 23 (non-negative). Counts are capped at ``CAP_SD`` standard
    deviations above the expected while fitting (Winsorising as in Huber 1981, *Robust Statistics*, 7).
    """
    cells, total = len(counts), float(counts.sum())
    used = design.any(axis=0)
    coefficients = np.zeros(design.shape[1])
    if cells == 0 or total == 0:
        return Baseline(coefficients, 0.0, np.zeros(cells))
    mean = total / cells
    floor = FLOOR_SHARE * mean
    if not used.any():
        return Baseline(coefficients, mean, np.full(cells, mean))
    scale = design[:, used].mean(axis=0)
    columns = design[:, used] / scale
    expected, capped = np.full(cells, mean), counts
    for number in range(ROUNDS):
        if number < CAPPED_ANEW:
            spread = np.sqrt(expected * _dispersion(counts, expected))
            capped = np.minimum(counts, np.maximum(expected + CAP_SD * spread, 1.0))
        fitted = _weighted_nnls(columns, capped, 1 / expected)
        fresh = np.maximum(columns @ fitted, floor)
        done = np.abs(fresh - expected).max() <= TOLERANCE * mean
        expected = fresh
        if done:
            break
    coefficients[used] = fitted / scale
    return Baseline(coefficients, floor, expected)


def _weighted_nnls(
    columns: NDArray[np.float64], counts: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Solve weighted non-negative least squares through its small normal equations."""
    weighted = columns * weights[:, None]
    normal = columns.T @ weighted
    values, vectors = np.linalg.eigh(normal)
    kept = values > values[-1] * 1e-12
    root = np.sqrt(values[kept])
    small = (vectors[:, kept] * root).T
    right = (vectors[:, kept].T @ (weighted.T @ counts)) / root
    from scipy.optimize import nnls  # noqa: PLC0415  slow to import, and an import of files seldom fits

    solution, _ = nnls(small, right)
    return np.asarray(solution)


def _dispersion(counts: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """Return how much wider than Poisson the middle of the residuals spreads, at least 1."""
    residual = np.abs(counts - expected) / np.sqrt(expected)
    return max(1.0, float(np.quantile(residual, 0.6827)) ** 2)
