"""What the counts of incidents before and after say: by which method, and what stands beside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.evaluation.bayes_before_after import (
    Expectation,
    bayes_before_after,
    expectation_over,
    trend_of,
)
from geodata.evaluation.before_after import before_after
from geodata.evaluation.effect import BeforeAfter, EffectEstimate, verdict_of
from geodata.evidence.shrinkage import PRIOR_SHAPES, shape_weights
from geodata.schema import Stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.analyses.effect_counts import Counts
    from geodata.analyses.work_done import Spans
    from geodata.evaluation.displacement import Displacement
    from geodata.evaluation.effect import Change

FEWEST_REFERENCE, FEWEST_REFERENCE_RECORDS = 8, 20
"""Untreated places, and records at them before, that say what such places have in the long run."""

LUCK = 1.1
"""A place counted so many times what it has in the long run was chosen in a bad spell."""


@dataclass(frozen=True, slots=True)
class StreamEffect:
    """What one stream says.

    Attributes
    ----------
    stream
        ``survey`` or ``incident``, or ``speed`` for measurements.
    estimate
        What may be said.
    beside
        The log ratio alone, where the estimate is another's; None elsewhere and without exact counts.
    displaced
        The weighted displacement difference; None without comparison places or exact counts.
    """

    stream: str
    estimate: EffectEstimate
    beside: EffectEstimate | None = None
    displaced: Displacement | None = None


def judge(counts: Counts, rows: Sequence[int], spans: Spans) -> StreamEffect:
    """Judge the incidents: by empirical Bayes where other places tell what is usual, else by the log ratio.

    Parameters
    ----------
    rows
        Positions of the treated places.
    """
    treated = sum(counts.treated, BeforeAfter(0, 0))
    plain = before_after(treated, counts.comparison, days=spans.days, spread=counts.spread)
    method = "no_comparison" if not counts.comparison else "log_ratio"
    if counts.spread.variance and counts.comparison:
        method = "log_ratio_spread"
    beside = _estimate(counts, plain, method)
    expected = _expected(counts, rows)
    if expected is None:
        if plain.ratio < 1:
            beside = replace(beside, warnings=(*beside.warnings, "regression_not_ruled_out"))
        return StreamEffect(str(Stream.INCIDENT), beside, None, counts.displaced)
    judged = bayes_before_after(treated.after, expected)
    found = replace(_estimate(counts, judged, "bayes_before_after"), usual_before=expected.before)
    if treated.before >= LUCK * expected.before:
        found = replace(found, warnings=(*found.warnings, "regression_to_mean"))
    return StreamEffect(str(Stream.INCIDENT), found, beside, counts.displaced)


def _expected(counts: Counts, rows: Sequence[int]) -> Expectation | None:
    """Say what would have come at the treated places; None where too few others tell what is usual."""
    reference = counts.others & (counts.expected > 0)
    enough = counts.before[reference].sum() >= FEWEST_REFERENCE_RECORDS
    usual = counts.expected[list(rows)]
    if reference.sum() < FEWEST_REFERENCE or not enough or not counts.comparison or (usual <= 0).any():
        return None
    likely = shape_weights(counts.before[reference], counts.expected[reference])
    together = sum(counts.comparison, BeforeAfter(0, 0))
    trend, variance = trend_of(together.before, together.after, extra=_own(counts))
    parts = [
        expectation_over(one.before, float(at), PRIOR_SHAPES, likely, trend=trend)
        for one, at in zip(counts.treated, usual, strict=True)
    ]
    after = sum(part.after for part in parts)
    own = sum(part.variance for part in parts)
    return Expectation(sum(part.before for part in parts), after, own + after**2 * variance)


def _own(counts: Counts) -> float:
    """Return the variance of a log ratio beyond the luck of its counts: the place's own, and the mean's."""
    sizes = np.array([one.before + one.after for one in counts.comparison], dtype=np.float64)
    alike = float((sizes**2).sum() / sizes.sum() ** 2) if sizes.sum() else 1.0
    return counts.spread.variance * (1 + alike)


def _estimate(counts: Counts, change: Change, method: str) -> EffectEstimate:
    together = sum(counts.comparison, BeforeAfter(0, 0)) if counts.comparison else None
    treated = sum(counts.treated, BeforeAfter(0, 0))
    return EffectEstimate(
        verdict=verdict_of(change),
        method=method,
        unit="ratio",
        estimate=change.ratio if np.isfinite(change.ratio) else None,
        low=change.low,
        high=change.high,
        before=treated.before,
        after=treated.after,
        comparison_before=together.before if together else None,
        comparison_after=together.after if together else None,
        expected=change.expected,
        smallest_visible=change.smallest_decrease,
        warnings=("places_vary",) if counts.spread.variance else (),
    )
