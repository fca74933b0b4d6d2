"""Weighted displacement difference: how many fewer events, spill-over to the surroundings counted in."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from scipy.special import ndtr, ndtri

from geodata.evaluation.effect import INTERVAL, BeforeAfter

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = BeforeAfter(0, 0)
SAME = (1.0, 1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Displacement:
    """Events more (or, below zero, fewer) than at the comparison places, in events at the place.

    Attributes
    ----------
    local, around
        At the place, and in its surroundings.
    total
        Both together.
    deviation
        Standard deviation of `total`, by the luck of the counts.
    low, high
        Its range.
    p
        Two-sided.
    """

    local: float
    around: float
    total: float
    deviation: float
    low: float
    high: float
    p: float


def weighted_displacement_difference(
    treated: BeforeAfter,
    comparison: BeforeAfter,
    around: BeforeAfter = NOTHING,
    around_comparison: BeforeAfter = NOTHING,
    *,
    sizes: Sequence[float] = SAME,
    days: tuple[float, float] = (1.0, 1.0),
    interval: float = INTERVAL,
) -> Displacement:
    """Take the change at comparison places from the change at a place and in its surroundings.

    Parameters
    ----------
    treated, comparison, around, around_comparison
        Events at the place, at comparison places, and in the surroundings of both.
    sizes
        How large the four are, in that order: counts are divided by them. Comparison places twice as large
        as the place would else count double, and their luck with them.
    days
        Length of before and of after: counts are divided by them.
    interval
        Probability that the range holds.

    Notes
    -----
    Wheeler & Ratcliffe 2018, *Crime Science* 7:11: ``(T1 − T0) − (C1 − C0) + (D1 − D0) − (Cd1 − Cd0)`` with
    the sum of the eight counts as its variance; with a weight each for unlike sizes and unlike periods, as
    its first author gives them in the R package ptools 2.0. It takes the common trend as a number of events
    and not as a share, so sizes ought to be those of what was expected.
    """
    counts = (treated, comparison, around, around_comparison)
    changes, variance = [], 0.0
    for one, size in zip(counts, sizes, strict=True):
        before, after = one.before / days[0] / size, one.after / days[1] / size
        changes.append(after - before)
        variance += before / days[0] / size + after / days[1] / size
    local, around_change = changes[0] - changes[1], changes[2] - changes[3]
    total, deviation = local + around_change, sqrt(variance)
    reach = float(ndtri(0.5 + interval / 2)) * deviation
    return Displacement(
        local=local,
        around=around_change,
        total=total,
        deviation=deviation,
        low=total - reach,
        high=total + reach,
        p=float(2 * ndtr(-abs(total) / deviation)) if deviation else 1.0,
    )
