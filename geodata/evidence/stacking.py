"""Weights of surfaces that together tell counts they have not seen best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS = 200


def mixture(
    surfaces: NDArray[np.float64], counts: NDArray[np.float64], *, rounds: int = ROUNDS
) -> NDArray[np.float64]:
    """Return the weights, zero or more, of surfaces whose weighted sum is the likeliest rate of counts.

    Parameters
    ----------
    surfaces
        Not negative, shape ``(n, surfaces)``. Of surfaces fitted without the counts, the weights are those
        of stacking.
    counts
        Events, or shares of events, shape ``(n,)``.

    Returns
    -------
    ndarray
        Shape ``(surfaces,)``; the weighted sum adds up to as many events as there are. Zero for a surface
        that is nowhere above zero.

    Notes
    -----
    Yao, Vehtari, Simpson & Gelman 2018, *Bayesian Analysis* 13 (stacking by the log score); the weights of
    a Poisson mixture by expectation–maximisation, Shepp & Vardi 1982, *IEEE Trans. Medical Imaging* 1.
    """
    mass = surfaces.sum(axis=0)
    used = np.flatnonzero(mass > 0)
    weights = np.zeros(surfaces.shape[1])
    if not len(used) or counts.sum() <= 0:
        return weights
    shapes = surfaces[:, used] / mass[used]
    seen = counts > 0
    share = np.full(len(used), counts.sum() / len(used))
    for _ in range(rounds):
        rate = np.maximum(shapes[seen] @ share, 1e-300)
        share = share * (shapes[seen].T @ (counts[seen] / rate))
    weights[used] = share / mass[used]
    return weights
