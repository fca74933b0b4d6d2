"""Speeds before and after: the share of vehicles above the limit, beside sites where nothing was done."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit, stdtr, stdtrit

from geodata.evaluation.effect import INTERVAL, Verdict
from geodata.evaluation.power import ALPHA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEWEST_SITES = 3
"""Untreated sites measured twice before their spread says what a site does by itself."""

FEWEST_VEHICLES = 50
"""In one measurement; with fewer its share is not used."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement at a site in one direction.

    Attributes
    ----------
    vehicles, above
        Vehicles, and those above the limit.
    """

    vehicles: float
    above: float

    @property
    def share(self) -> float:
        """Share above the limit."""
        return self.above / self.vehicles if self.vehicles else 0.0


@dataclass(frozen=True, slots=True)
class SpeedChange:
    """How the share above the limit changed against what it would have been.

    Attributes
    ----------
    before, after
        Shares as measured.
    expected
        The share that would have been after without the measure: the sites without one moved it so.
    value, low, high
        ``after - expected`` and its 90 % range; the range None where nothing tells what is usual.
    base
        ``speed_sites``: judged by untreated sites; ``speed_repeats``: by repeated measurements at the site
        itself; ``speed_none``: too little of both.
    """

    verdict: Verdict
    before: float
    after: float
    expected: float
    value: float
    low: float | None
    high: float | None
    base: str


def speed_change(
    before: Sequence[Measured],
    after: Sequence[Measured],
    elsewhere: Sequence[tuple[Measured, Measured]] = (),
) -> SpeedChange | None:
    """Compare measurements before and after.

    Parameters
    ----------
    before, after
        At the treated site in one direction, or in both when both were measured both times.
    elsewhere
        Before and after at each site where nothing was done.

    Returns
    -------
    SpeedChange or None
        None without a usable measurement on both sides.

    Notes
    -----
    Thousands of vehicles make the luck of the draw small, but two measurements of one site differ by
    weather, weekday and place of the tube all the same, so vehicles are no sample of independent ones. The
    luck is therefore that of measurements: on the logit scale the treated site's change is held against
    the changes of untreated sites as one more of them (the prediction interval of Student's t: Hahn 1969,
    *JASA* 64), or, with at least two measurements on each side, against their spread (Welch 1947,
    *Biometrika* 34). With neither, the shares are told and nothing is concluded.
    """
    first, last = _usable(before), _usable(after)
    if not first or not last:
        return None
    pooled_before, pooled_after = _together(first), _together(last)
    pairs = [pair for pair in elsewhere if len(_usable(pair)) == 2]
    if len(pairs) >= FEWEST_SITES:
        changes = np.array([_logit(two) - _logit(one) for one, two in pairs])
        spread = float(changes.std(ddof=1)) * sqrt(1 + 1 / len(changes))
        return _judged(
            pooled_before,
            pooled_after,
            (float(changes.mean()), spread, float(len(changes) - 1)),
            "speed_sites",
        )
    if min(len(first), len(last)) >= 2:
        return _judged(pooled_before, pooled_after, _welch(first, last), "speed_repeats")
    value = pooled_after.share - pooled_before.share
    return SpeedChange(
        Verdict.TOO_FEW,
        pooled_before.share,
        pooled_after.share,
        pooled_before.share,
        value,
        None,
        None,
        "speed_none",
    )


def _judged(before: Measured, after: Measured, usual: tuple[float, float, float], base: str) -> SpeedChange:
    """Hold a change against the usual one: its mean, deviation and degrees of freedom, in logits."""
    mean, deviation, freedom = usual
    at = _logit(before) + mean
    distance = _logit(after) - at
    if deviation > 0:
        p = float(2 * stdtr(freedom, -abs(distance) / deviation))
        reach = float(stdtrit(freedom, 0.5 + INTERVAL / 2)) * deviation
    else:
        p, reach = 1.0, float("inf")
    verdict = Verdict.NO_CLEAR_CHANGE
    if p <= ALPHA:
        verdict = Verdict.FELL if distance < 0 else Verdict.ROSE
    expected = float(expit(at))
    return SpeedChange(
        verdict=verdict,
        before=before.share,
        after=after.share,
        expected=expected,
        value=after.share - expected,
        low=after.share - float(expit(at + reach)),
        high=after.share - float(expit(at - reach)),
        base=base,
    )


def _welch(before: Sequence[Measured], after: Sequence[Measured]) -> tuple[float, float, float]:
    """Return the usual change, none, with the deviation and degrees of freedom of two means."""
    sides: list[NDArray[np.float64]] = [np.array([_logit(one) for one in side]) for side in (before, after)]
    parts = [float(side.var(ddof=1)) / len(side) for side in sides]
    total = sum(parts)
    if not total:
        return 0.0, 0.0, 1.0
    freedom = total**2 / sum(part**2 / (len(side) - 1) for part, side in zip(parts, sides, strict=True))
    return 0.0, sqrt(total), float(freedom)


def _usable(measured: Sequence[Measured]) -> list[Measured]:
    return [one for one in measured if one.vehicles >= FEWEST_VEHICLES]


def _together(measured: Sequence[Measured]) -> Measured:
    return Measured(sum(one.vehicles for one in measured), sum(one.above for one in measured))


def _logit(one: Measured) -> float:
    """Return the log odds; half a vehicle on either side keeps none and all within reach."""
    return float(logit((one.above + 0.5) / (one.vehicles + 1)))
