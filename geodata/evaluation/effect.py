"""Did it help: what one stream at one place says of it, and when it says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geodata.evaluation.power import ALPHA, power_of, smallest_decrease

INTERVAL = 0.90
"""Probability that a range holds the truth."""

HALVING = 0.5
FEWEST_POWER = 0.5
"""Where even a halving would more often be missed than found, there are too few events to tell."""


class Verdict(StrEnum):
    """What may be said."""

    FELL = "fell"
    ROSE = "rose"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Two counts by the same rule, of the days before and of the days after.

    Attributes
    ----------
    before, after
        Events, zero or more.
    """

    before: int
    after: int

    def __add__(self, other: BeforeAfter) -> BeforeAfter:
        """Return both together."""
        return BeforeAfter(self.before + other.before, self.after + other.after)


@dataclass(frozen=True, slots=True)
class Change:
    """What came after over what would have come without the measure, with what could have been seen.

    Attributes
    ----------
    ratio, low, high
        The estimate and its 90 % range; 1 is no change. Infinite or NaN where nothing was there before.
    p
        Two-sided: how easily luck alone gives so much.
    expected
        Events that would have come after, by this method.
    shape
        How well that is known: one over the square of its relative standard deviation.
    fell_at, rose_at
        The most events after that this method would call a decrease, and the fewest that it would call an
        increase; None where no number would do.
    """

    ratio: float
    low: float
    high: float
    p: float
    expected: float
    shape: float
    fell_at: int | None
    rose_at: int | None

    def power(self, ratio: float) -> float:
        """Return how often a true change would be found."""
        return power_of(
            ratio,
            expected=self.expected,
            shape=self.shape,
            fell_at=self.fell_at,
            rose_at=self.rose_at,
        )

    @property
    def smallest_decrease(self) -> float | None:
        """The largest ratio below 1 that would be found four times of five; None where none would be."""
        return smallest_decrease(expected=self.expected, shape=self.shape, fell_at=self.fell_at)


@dataclass(frozen=True, slots=True)
class EffectEstimate:
    """What may be said of one stream at one place.

    Attributes
    ----------
    verdict
        What may be said at all.
    method
        ``bayes_before_after``, ``log_ratio``, ``log_ratio_spread``, ``no_comparison``, ``survey_change`` or
        ``speed_share``; codes of ``geodata.codes``.
    unit
        ``ratio``: of what came to what would have come, 1 being no change. ``points``: change of a share, 0
        being none.
    estimate, low, high
        The estimate and its 90 % range; None where nothing can be estimated, or it is withheld.
    before, after
        What it rests on: events, or the hits behind two shares; None where withheld.
    before_of, after_of
        The answers or vehicles that the shares are of; None for counts.
    comparison_before, comparison_after
        Events where nothing was done; None without comparison.
    usual_before
        What the place truly had before, net of luck; None where that is not estimated.
    expected
        Events that would have come without the measure; None where that is not estimated.
    smallest_visible
        The ratio below 1, or the change of the share below 0, nearest to none, that would have been found
        four times of five; None where none would.
    warnings
        Codes of ``geodata.codes``.
    """

    verdict: Verdict
    method: str
    unit: str
    estimate: float | None
    low: float | None
    high: float | None
    before: int | None
    after: int | None
    before_of: int | None = None
    after_of: int | None = None
    comparison_before: int | None = None
    comparison_after: int | None = None
    usual_before: float | None = None
    expected: float | None = None
    smallest_visible: float | None = None
    warnings: tuple[str, ...] = ()


def verdict_of(change: Change) -> Verdict:
    """Say what a change may be called.

    A decrease or an increase at the two-sided level ``ALPHA``; else no clear change, or too few to tell
    where a halving too would more often be missed than found.
    """
    if change.p <= ALPHA:
        return Verdict.FELL if change.ratio < 1 else Verdict.ROSE
    if change.power(HALVING) < FEWEST_POWER:
        return Verdict.TOO_FEW
    return Verdict.NO_CLEAR_CHANGE
