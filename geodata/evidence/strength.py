"""How much fuller a window of the week is than its share, with a range."""

from __future__ import annotations

from dataclasses import dataclass

TAIL = 0.05
"""On either side of the 90 % range."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How many times its share of the week a window holds, with the 90 % range.

    The range is that of a window chosen beforehand; one that was searched for is a little flattered.
    """

    times: float
    low: float
    high: float


def strength_of(count: float, total: float, share: float) -> Strength:
    """Return how many times its share a window holds, with its range."""
    from scipy.special import betaincinv  # noqa: PLC0415  slow to import, which an import of files needs not

    low = betaincinv(count, total - count + 1, TAIL) / share
    high = 1 / share if count >= total else betaincinv(count + 1, total - count, 1 - TAIL) / share
    return Strength(count / total / share, float(low), float(high))
