"""Before and after beside comparison places: the ratio of two changes, exact where counts are small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq
from scipy.special import bdtr, bdtrc, gammaln, stdtr, stdtrit

from geodata.evaluation.effect import INTERVAL, BeforeAfter, Change
from geodata.evaluation.heterogeneity import NONE, Spread
from geodata.evaluation.power import critical_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TAIL = (1 - INTERVAL) / 2
LARGEST = 1e4
"""Ratios are looked for between one over this and this."""

HALF = 0.5
"""Added to every count before a logarithm is taken."""


def before_after(
    treated: BeforeAfter,
    comparison: Sequence[BeforeAfter],
    *,
    days: float = 1.0,
    spread: Spread = NONE,
) -> Change:
    """Compare the change at a place with the change at comparison places.

    Parameters
    ----------
    treated
        Events where something was done.
    comparison
        Events at each comparison place, where nothing was; empty where there are none. They may be larger or
        smaller than the place: only their change counts.
    days
        Days after over days before, which only matters without comparison places.
    spread
        How much untreated places' changes differ, as `heterogeneity.spread_of` measures it on as many of
        them as there are.

    Notes
    -----
    Four Poisson counts, given their sums by place and by period, are noncentral hypergeometric with the
    ratio of the two changes as odds ratio, so that neither size nor common trend matters (Cornfield 1956,
    *Proc. Third Berkeley Symposium* 4; the large-sample form is the log odds ratio of Tanner 1958,
    *Biometrika* 45, and Hauer 1997, *Observational Before–After Studies in Road Safety*, 9). Test and range
    are by mid-p (Lancaster 1961, *JASA* 56; Berry & Armitage 1995, *The Statistician* 44): the exact test
    alone says "fell" far less than five times in a hundred where counts are small. Without comparison
    places the count after is binomial given both (Przyborowski & Wilenski 1940, *Biometrika* 31).

    Where untreated places' changes differ by more than chance, the treated place's is one more draw of what
    a place does by itself: its log ratio then has their variance too, as in random effects (DerSimonian &
    Laird 1986, *Controlled Clinical Trials* 7), and is judged by Student's t.
    """
    if not comparison:
        return _alone(treated, days)
    other = sum(comparison, BeforeAfter(0, 0))
    if not spread.variance:
        return _conditional(treated, other)
    sizes = np.array([one.before + one.after for one in comparison], dtype=np.float64)
    alike = float((sizes**2).sum() / sizes.sum() ** 2) if sizes.sum() else 1.0
    return _spread(treated, other, spread, own=spread.variance * (1 + alike))


def _conditional(treated: BeforeAfter, other: BeforeAfter) -> Change:
    """Judge by the noncentral hypergeometric distribution."""
    expected = treated.before * (other.after + HALF) / (other.before + HALF)
    relative = _inverse(treated.before) + _inverse(other.before) + _inverse(other.after)

    def p_of(after: int) -> float:
        return _two_sided(*_Margins(BeforeAfter(treated.before, after), other).tails(0.0))

    margins = _Margins(treated, other)
    low, high = margins.range()
    fell_at, rose_at = critical_counts(p_of, expected)
    return Change(
        ratio=_ratio(treated.after * other.before, treated.before * other.after),
        low=low,
        high=high,
        p=p_of(treated.after),
        expected=expected,
        shape=1 / relative,
        fell_at=fell_at,
        rose_at=rose_at,
    )


class _Margins:
    """The distribution of the count after at the place, given the sums of rows and columns."""

    def __init__(self, treated: BeforeAfter, other: BeforeAfter) -> None:
        row, column = treated.before + treated.after, treated.after + other.after
        rest = other.before + other.after
        self._at = treated.after
        self._support = np.arange(max(0, column - rest), min(row, column) + 1)
        self._weight = -(
            gammaln(self._support + 1)
            + gammaln(row - self._support + 1)
            + gammaln(column - self._support + 1)
            + gammaln(rest - column + self._support + 1)
        )

    def tails(self, log_ratio: float) -> tuple[float, float]:
        """Return the mid-p probability of as few and of as many."""
        weight = self._weight + self._support * log_ratio
        chance = np.exp(weight - weight.max())
        chance /= chance.sum()
        at = float(chance[self._support == self._at].sum()) / 2
        return (
            float(chance[self._support < self._at].sum()) + at,
            float(chance[self._support > self._at].sum()) + at,
        )

    def range(self) -> tuple[float, float]:
        """Return the ratios that the count does not speak against."""
        return _invert(
            self.tails,
            bounded_below=self._at > self._support[0],
            bounded_above=self._at < self._support[-1],
        )


def _alone(treated: BeforeAfter, days: float) -> Change:
    """Judge by the binomial distribution: nothing tells what would have come but what was."""
    total = treated.before + treated.after

    def tails_of(after: int, log_ratio: float) -> tuple[float, float]:
        of = treated.before + after
        share = days * np.exp(log_ratio) / (1 + days * np.exp(log_ratio))
        fewer = float(bdtr(after - 1, of, share)) if after else 0.0
        more = float(bdtrc(after, of, share)) if after < of else 0.0
        at = (1 - fewer - more) / 2
        return fewer + at, more + at

    expected = treated.before * days
    low, high = _invert(
        lambda log_ratio: tails_of(treated.after, log_ratio),
        bounded_below=treated.after > 0,
        bounded_above=treated.after < total,
    )

    def p_of(after: int) -> float:
        return _two_sided(*tails_of(after, 0.0))

    fell_at, rose_at = critical_counts(p_of, expected)
    return Change(
        ratio=_ratio(treated.after, expected),
        low=low,
        high=high,
        p=p_of(treated.after),
        expected=expected,
        shape=1 / _inverse(treated.before),
        fell_at=fell_at,
        rose_at=rose_at,
    )


def _spread(treated: BeforeAfter, other: BeforeAfter, spread: Spread, *, own: float) -> Change:
    """Judge by the luck of the counts and by what places do of themselves.

    Parameters
    ----------
    own
        Variance of the log ratio beyond the luck of the counts.
    """
    fixed = own + sum(_inverse(count) for count in (treated.before, other.before, other.after))
    trend = (other.after + HALF) / (other.before + HALF)

    def standard(after: int) -> tuple[float, float]:
        change = np.log((after + HALF) / (treated.before + HALF) / trend)
        return float(change), float(np.sqrt(fixed + _inverse(after)))

    def p_of(after: int) -> float:
        change, deviation = standard(after)
        return float(2 * stdtr(spread.freedom, -abs(change) / deviation))

    change, deviation = standard(treated.after)
    reach = float(stdtrit(spread.freedom, 1 - TAIL)) * deviation
    expected = treated.before * trend
    fell_at, rose_at = critical_counts(p_of, expected)
    return Change(
        ratio=float(np.exp(change)),
        low=float(np.exp(change - reach)),
        high=float(np.exp(change + reach)),
        p=p_of(treated.after),
        expected=expected,
        shape=1 / fixed,
        fell_at=fell_at,
        rose_at=rose_at,
    )


def _invert(
    tails: Callable[[float], tuple[float, float]], *, bounded_below: bool, bounded_above: bool
) -> tuple[float, float]:
    """Return the ratios at which the count has just so much probability on either side."""
    ends = -float(np.log(LARGEST)), float(np.log(LARGEST))
    low = float(np.exp(brentq(lambda at: tails(at)[1] - TAIL, *ends))) if bounded_below else 0.0
    high = float(np.exp(brentq(lambda at: tails(at)[0] - TAIL, *ends))) if bounded_above else np.inf
    return low, high


def _two_sided(few: float, many: float) -> float:
    return min(1.0, 2 * min(few, many))


def _ratio(above: float, below: float) -> float:
    if below > 0:
        return above / below
    return float("inf") if above > 0 else float("nan")


def _inverse(count: float) -> float:
    return 1 / (count + HALF)
