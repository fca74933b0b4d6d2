"""What a week usually holds, from the weeks before it, and whether one holds more than that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from geodata.picture.change import FALSE_SHARE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TAIL = 0.05
"""On either side of the 90 % range."""

FEWEST_WEEKS = 26
"""With fewer weeks before it nothing is usual."""

SEASON_WEEKS, SEASON_RECORDS = 104, 50
"""So many weeks and records bear a season and a trend; else every week before counts alike."""

FEWEST_MORE = 3
"""A week with fewer records is not called more than usual, whatever is expected."""

FEWEST_EXPECTED = 5.0
"""A week is called less than usual only where so many are expected."""

YEAR_DAYS = 365.2425
ROUNDS = 30
LEAST_MEAN = 1e-3
LEAST_EXTRA = 1e-6


class WeekVerdict(StrEnum):
    """What may be said of a week's number."""

    MORE = "more"
    PERHAPS_MORE = "perhaps_more"
    """Above the range, which among so many numbers some are by chance."""
    LESS = "less"
    PERHAPS_LESS = "perhaps_less"
    """Below the range, in the same way; whatever is expected, for a range that leaves none out tells it."""
    USUAL = "usual"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Usual:
    """One number of a week against what is usual for the week.

    Attributes
    ----------
    count
        In the week.
    expected, low, high
        What is usual for it and its 90 % range, whole records; None where there are too few weeks to say.
    spread
        Variance over mean of the weeks before, net of season and trend.
    seasonal
        Whether the time of year is reckoned with.
    p
        Two-sided chance of a number so far out; None where nothing is expected.
    """

    count: int
    expected: float | None
    low: int | None
    high: int | None
    spread: float
    seasonal: bool
    p: float | None
    verdict: WeekVerdict = WeekVerdict.TOO_FEW


@dataclass(frozen=True, eq=False)
class _Fitted:
    mean: float
    variance: float
    spread: float
    seasonal: bool


def usual_week(
    counts: NDArray[np.int64], starts: NDArray[np.datetime64], *, count: int, start: np.datetime64
) -> Usual:
    """Hold a week against the weeks before it; `judged` gives the verdict.

    Parameters
    ----------
    counts
        Records of each week before, oldest first, shape ``(weeks,)``.
    starts
        The Monday of each, local days, shape ``(weeks,)``.
    count, start
        Records of the week that is asked about, and its Monday.

    Notes
    -----
    A log-linear model with a trend and one wave a year, fitted by quasi-likelihood, as in Farrington,
    Andrews, Beale & Catchpole 1996 (*JRSS A* 159) and Noufaily et al. 2013 (*Statistics in Medicine* 32);
    what comes is negative binomial, its variance that of the weeks before and of the fitted mean.
    """
    from scipy.stats import nbinom  # noqa: PLC0415  half a second to import, which an import of files needs not

    if len(counts) < FEWEST_WEEKS:
        return Usual(count, None, None, None, 1.0, seasonal=False, p=None)
    fitted = _fit(counts.astype(np.float64), _days(starts), float(_days(np.array([start]))[0]))
    shape, share = _negative_binomial(fitted)
    low, high = (int(nbinom.ppf(tail, shape, share)) for tail in (TAIL, 1 - TAIL))
    below, at = float(nbinom.cdf(count - 1, shape, share)), float(nbinom.pmf(count, shape, share))
    middle = min(1.0, below + at / 2)
    return Usual(
        count=count,
        expected=fitted.mean,
        low=low,
        high=high,
        spread=fitted.spread,
        seasonal=fitted.seasonal,
        p=min(1.0, 2 * min(middle, 1 - middle)),
    )


def judged(weeks: Sequence[Usual]) -> tuple[Usual, ...]:
    """Give each number its verdict, in their order.

    More or less is said of those whose chance passes Benjamini & Hochberg's procedure (1995, *JRSS B* 57) at
    ``FALSE_SHARE`` among all that are looked at together.
    """
    looked_at = sorted(one.p for one in weeks if one.p is not None)
    passed = [p for rank, p in enumerate(looked_at, start=1) if p <= FALSE_SHARE * rank / len(looked_at)]
    limit = max(passed, default=-1.0)
    return tuple(replace(one, verdict=_verdict(one, limit)) for one in weeks)


def spread_of(counts: NDArray[np.int64], starts: NDArray[np.datetime64]) -> float:
    """Return variance over mean of weekly counts, net of season and trend; 1 where too few weeks tell."""
    if len(counts) < FEWEST_WEEKS:
        return 1.0
    days = _days(starts)
    return _fit(counts.astype(np.float64), days, float(days[-1])).spread


def _verdict(week: Usual, limit: float) -> WeekVerdict:
    if week.p is None or week.expected is None:
        return WeekVerdict.TOO_FEW
    if week.p <= limit and week.count > week.expected and week.count >= FEWEST_MORE:
        return WeekVerdict.MORE
    if week.p <= limit and week.count < week.expected and week.expected >= FEWEST_EXPECTED:
        return WeekVerdict.LESS
    if week.high is not None and week.count > week.high and week.count >= FEWEST_MORE:
        return WeekVerdict.PERHAPS_MORE
    if week.low is not None and week.count < week.low:
        return WeekVerdict.PERHAPS_LESS
    return WeekVerdict.USUAL


def _fit(counts: NDArray[np.float64], days: NDArray[np.float64], asked: float) -> _Fitted:
    seasonal = len(counts) >= SEASON_WEEKS and float(counts.sum()) >= SEASON_RECORDS
    centre, width = days.mean(), max(1.0, np.ptp(days))

    def design(at: NDArray[np.float64]) -> NDArray[np.float64]:
        wave = 2 * np.pi * at / YEAR_DAYS
        columns = [np.ones_like(at)]
        if seasonal:
            columns += [(at - centre) / width, np.sin(wave), np.cos(wave)]
        return np.column_stack(columns)

    rows = design(days)
    weights = np.zeros(rows.shape[1])
    weights[0] = np.log(max(counts.mean(), LEAST_MEAN))
    information = np.eye(len(weights))
    for _ in range(ROUNDS):
        mean = np.exp(np.clip(rows @ weights, -20, 20))
        # A little is added, so that a column that says nothing stops nothing.
        information = rows.T @ (rows * mean[:, None]) + 1e-9 * np.eye(len(weights))
        step = np.linalg.solve(information, rows.T @ (counts - mean))
        weights = weights + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-8:
            break
    mean = np.maximum(np.exp(np.clip(rows @ weights, -20, 20)), LEAST_MEAN)
    left = max(1, len(counts) - len(weights))
    spread = max(1.0, float((((counts - mean) ** 2) / mean).sum() / left))
    row = design(np.array([asked]))[0]
    expected = max(float(np.exp(np.clip(row @ weights, -20, 20))), LEAST_MEAN)
    own = min(1.0, float(row @ np.linalg.solve(information, row)) * spread)
    return _Fitted(expected, spread * expected + own * expected**2, spread, seasonal)


def _negative_binomial(fitted: _Fitted) -> tuple[float, float]:
    """Return size and probability of the negative binomial with this mean and variance."""
    extra = max(fitted.variance - fitted.mean, LEAST_EXTRA * fitted.mean)
    shape = fitted.mean**2 / extra
    return shape, shape / (shape + fitted.mean)


def _days(starts: NDArray[np.datetime64]) -> NDArray[np.float64]:
    return starts.astype("datetime64[D]").astype(np.float64)
