"""What could have been seen: which counts a test would call a change, and how often a true one is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc, betaincinv

if TYPE_CHECKING:
    from collections.abc import Callable

ALPHA = 0.05
"""Two-sided: how often "fell" or "rose" may be said where nothing changed."""

POWER = 0.80
"""How often a change must be found to be called one that could have been seen."""

FARTHEST = 64
"""Times the expected up to which an increase is looked for."""


def critical_counts(p_of: Callable[[int], float], expected: float) -> tuple[int | None, int | None]:
    """Return the most events that would be called a decrease, and the fewest that would be an increase.

    Parameters
    ----------
    p_of
        Two-sided probability of so many events after; it falls the farther they are from `expected`.
    expected
        Events without any change.

    Returns
    -------
    tuple
        None for the first where even no event at all would not do, and for the second where no number up
        to ``FARTHEST`` times the expected would.
    """
    middle = int(expected)
    fewer = _first(lambda step: p_of(middle - step) <= ALPHA, middle)
    most = int(np.ceil(FARTHEST * (expected + 1)))
    more = _first(lambda step: p_of(middle + step) <= ALPHA, most - middle)
    return None if fewer is None else middle - fewer, None if more is None else middle + more


def power_of(
    ratio: float, *, expected: float, shape: float, fell_at: int | None, rose_at: int | None
) -> float:
    """Return how often a true change would be found.

    Parameters
    ----------
    ratio
        The true change; 1 is none.
    expected, shape
        What would have come without it, and one over its squared relative deviation.
    fell_at, rose_at
        As `critical_counts` returns them.

    Notes
    -----
    What comes is Poisson round a gamma expectation, so negative binomial: the luck of before, of the
    comparison places and of after together.
    """
    mean = expected * ratio
    if mean <= 0:
        return 0.0 if fell_at is None else 1.0
    share = shape / (shape + mean)
    found = 0.0 if fell_at is None else float(betainc(shape, fell_at + 1, share))
    if rose_at is not None:
        found += 1 - float(betainc(shape, rose_at, share))
    return found


def smallest_decrease(
    *, expected: float, shape: float, fell_at: int | None, power: float = POWER
) -> float | None:
    """Return the largest ratio below 1 that would be found with `power`; None where none would be."""
    if fell_at is None or expected <= 0:
        return None
    share = float(betaincinv(shape, fell_at + 1, power))
    return shape * (1 - share) / share / expected


def _first(holds: Callable[[int], bool], most: int) -> int | None:
    """Return the step up to `most` from which on something holds, by halving; None where it never does."""
    if not holds(most):
        return None
    low, high = -1, most
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high
