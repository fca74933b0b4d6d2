"""Made-up before–after studies, and what was said of them: the truth is known to whoever makes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from geodata.evaluation.bayes_before_after import bayes_before_after, expectation_over, trend_of
from geodata.evaluation.before_after import before_after
from geodata.evaluation.displacement import weighted_displacement_difference
from geodata.evaluation.effect import BeforeAfter, Verdict, verdict_of
from geodata.evaluation.heterogeneity import spread_of
from geodata.evaluation.power import ALPHA
from geodata.evidence.shrinkage import PRIOR_SHAPES, shape_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.evaluation.effect import Change

COMPARED = 8
"""Comparison places of a study."""

UNTREATED, UNTREATED_EVENTS = 40, 15.0
"""Further places that tell how much places differ, and the events of each."""

TREND = 1.15
"""Everything rises so much by itself."""

REFERENCE, SHAPE, MEAN = 40, 3.0, 12.0
"""Places of a town of which the worst is treated: how many, how alike, and what each has on average."""


@dataclass(frozen=True, slots=True)
class Study:
    """Counts of a made-up study; the truth is known to whoever made it."""

    treated: BeforeAfter
    comparison: tuple[BeforeAfter, ...]
    untreated: tuple[BeforeAfter, ...]

    @property
    def together(self) -> BeforeAfter:
        """The comparison places as one."""
        return sum(self.comparison, BeforeAfter(0, 0))


@dataclass(slots=True)
class Tally:
    """What came of many studies."""

    said: list[bool] = field(default_factory=list)
    fell: list[bool] = field(default_factory=list)
    held: list[bool] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    told_how_much: list[bool] = field(default_factory=list)

    def add(self, change: Change, truth: float) -> None:
        """Take one answer."""
        verdict = verdict_of(change)
        self.said.append(verdict in {Verdict.FELL, Verdict.ROSE})
        self.fell.append(verdict is Verdict.FELL)
        self.held.append(bool(change.low <= truth <= change.high))
        self.ratios.append(change.ratio)
        clear = change.smallest_decrease is not None or change.fell_at is None
        self.told_how_much.append(clear or verdict in {Verdict.FELL, Verdict.ROSE})


def made(
    random: np.random.Generator,
    mean: float,
    effect: float,
    *,
    size: float = 1.0,
    trend: float = 1.0,
    spread: float = 0.0,
) -> Study:
    """Make a study.

    Parameters
    ----------
    mean
        Events before at the treated place, on average.
    effect
        What the measure does; 1 is nothing.
    size
        Events at all comparison places over those at the treated place.
    trend
        What everything does by itself.
    spread
        Standard deviation of a place's own log change.
    """

    def own(places: int) -> NDArray[np.float64]:
        return trend * np.exp(random.normal(-(spread**2) / 2, spread, places))

    def places(means: NDArray[np.float64]) -> tuple[BeforeAfter, ...]:
        before, after = random.poisson(means), random.poisson(means * own(len(means)))
        return tuple(BeforeAfter(int(one), int(two)) for one, two in zip(before, after, strict=True))

    before = int(random.poisson(mean))
    after = int(random.poisson(mean * effect * own(1)[0]))
    share = random.dirichlet(np.full(COMPARED, 5.0))
    return Study(
        BeforeAfter(before, after),
        places(mean * size * share),
        places(random.gamma(SHAPE, UNTREATED_EVENTS / SHAPE, UNTREATED)),
    )


def log_ratio(study: Study) -> Change:
    """Answer as for places whose changes differ by chance alone."""
    return before_after(study.treated, study.comparison)


def with_spread(study: Study) -> Change:
    """Answer as an analysis does: with what the untreated places say of how much places differ."""
    spread = spread_of((*study.comparison, *study.untreated))
    return before_after(study.treated, study.comparison, spread=spread)


def displacement_found(study: Study, size: float) -> bool:
    """Say whether the weighted displacement difference finds anything, at the same level."""
    found = weighted_displacement_difference(study.treated, study.together, sizes=(1.0, size, 1.0, 1.0))
    return found.p <= ALPHA


@dataclass(frozen=True, eq=False, slots=True)
class Town:
    """A town whose worst place was treated."""

    treated: BeforeAfter
    others: tuple[BeforeAfter, ...]
    reference: float
    likely: NDArray[np.float64]

    def judged(self) -> Change:
        """Answer by empirical Bayes."""
        together = sum(self.others, BeforeAfter(0, 0))
        trend, variance = trend_of(together.before, together.after)
        expected = expectation_over(
            self.treated.before,
            self.reference,
            PRIOR_SHAPES,
            self.likely,
            trend=trend,
            trend_variance=variance,
        )
        return bayes_before_after(self.treated.after, expected)


def worst_of_town(random: np.random.Generator, effect: float) -> Town:
    expected = MEAN * random.gamma(4.0, 0.25, REFERENCE)
    truth = expected * random.gamma(SHAPE, 1 / SHAPE, REFERENCE)
    before = random.poisson(truth)
    worst = int(np.argmax(before / expected))
    factor = np.full(REFERENCE, TREND)
    factor[worst] *= effect
    after = random.poisson(truth * factor)
    rest = np.arange(REFERENCE) != worst
    likely = shape_weights(before.astype(np.float64)[rest], expected[rest])
    pairs: Sequence[BeforeAfter] = [
        BeforeAfter(int(one), int(two)) for one, two in zip(before, after, strict=True)
    ]
    others = tuple(pair for pair, kept in zip(pairs, rest, strict=True) if kept)
    return Town(pairs[worst], others, float(expected[worst]), likely)
