"""How much places change by themselves, beyond the luck of their counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.evaluation.effect import BeforeAfter

DOUBT = 0.10
"""Places are taken to differ where luck alone gives such differences less often than this. A lower level
overlooks differences that make "fell" be said too often; a higher one costs power where there are none."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How much the changes of places differ.

    Attributes
    ----------
    variance
        Of a place's own log change, beyond the luck of its counts; zero where nothing shows that there is
        any.
    p
        How easily luck alone gives changes that differ so much.
    freedom
        Degrees of freedom by which it is known: places less one.
    """

    variance: float
    p: float
    freedom: int


NONE = Spread(0.0, 1.0, 0)


def spread_of(places: Sequence[BeforeAfter]) -> Spread:
    """Measure how much the changes of places that nobody treated differ.

    Parameters
    ----------
    places
        Any number; those without an event say nothing and are let be.

    Notes
    -----
    Given both counts of a place, that of after is binomial; what their Pearson chi-square has too much of is
    extra-binomial variation, by moments (Williams 1982, *Applied Statistics* 31), which unlike a variance of
    logarithms is not drawn towards zero by small counts.
    """
    counts = np.array([(one.before, one.after) for one in places], dtype=np.float64).reshape(-1, 2)
    counts = counts[counts.sum(axis=1) > 0]
    total = counts.sum()
    if len(counts) < 2 or (counts.sum(axis=0) == 0).any():
        return NONE
    size = counts.sum(axis=1)
    after = counts[:, 1].sum() / total
    freedom = len(counts) - 1
    chi_square = _chi_square(counts)
    p = float(chdtrc(freedom, chi_square))
    more = float(((size - 1) * (1 - size / total)).sum())
    if p > DOUBT or more <= 0:
        return Spread(0.0, p, freedom)
    return Spread(max(0.0, (chi_square - freedom) / more) / float(after * (1 - after)), p, freedom)


def _chi_square(counts: NDArray[np.float64]) -> float:
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    return float(((counts - expected) ** 2 / expected).sum())
