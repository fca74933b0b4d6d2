"""Chance: tails of distributions and the false discovery rate, shared by the methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr, pdtrc

from geodata.errors import ParameterError
from geodata.hotspots.base import ALPHA

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SURE = 0.01
"""A chance of at most this is called sure; one of at most ``ALPHA`` likely."""

CHANCES_A_DRAWER = 8
"""How many chances one is looked for among, where they lie evenly."""


def upper_normal(z: ArrayLike) -> NDArray[np.float64]:
    """Return the chance of a z-score at least this high."""
    return np.asarray(ndtr(-np.asarray(z, dtype=np.float64)))


def upper_poisson(counts: ArrayLike, expected: ArrayLike) -> NDArray[np.float64]:
    """Return the chance of a count at least this high when `expected` events are; 1 for no events."""
    counts, expected = np.asarray(counts, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    return np.where(counts > 0, pdtrc(np.maximum(counts - 1, 0), np.maximum(expected, 1e-12)), 1.0)


def chance_code(p: float) -> str:
    """Say how sure a chance makes it, as a code of ``codes.CHANCES``; NaN was set against none."""
    if np.isnan(p):
        return "untested"
    return "surely" if p <= SURE else "probably" if p <= ALPHA else "not_more"


def false_discovery(p: ArrayLike) -> NDArray[np.float64]:
    """Adjust chances so that of those at or below a level, that share is false on average.

    Parameters
    ----------
    p
        One chance a test, shape ``(n,)``.

    Returns
    -------
    ndarray
        Shape ``(n,)``, never below `p` and never above 1; all of it above the level when nothing passes.

    Raises
    ------
    ParameterError
        ``chance_outside`` where one of them is no chance.

    Notes
    -----
    Benjamini & Hochberg 1995, *JRSS B* 57; for maps, Caldas de Castro & Singer 2006, *Geographical
    Analysis* 38. Neighbouring cells depend positively on each other, which the procedure allows
    (Benjamini & Yekutieli 2001, *Annals of Statistics* 29).
    """
    from geodata.kernels.discoveries import adjust  # noqa: PLC0415  numba is slow to import

    p = np.ascontiguousarray(p, dtype=np.float64)
    adjusted = np.empty(len(p))
    if not len(p):
        return adjusted
    ascending = np.sort(p)
    if not (ascending[0] >= 0 and ascending[-1] <= 1):  # what is not a number sorts last
        raise ParameterError(
            "chance_outside",
            f"A chance lies between 0 and 1, not {ascending[0]:g} to {ascending[-1]:g}.",
            lowest=float(ascending[0]),
            highest=float(ascending[-1]),
        )
    adjust(p, ascending, max(1, len(p) // CHANCES_A_DRAWER), adjusted)
    return adjusted
