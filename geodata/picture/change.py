"""What changed since last time: a ratio of two rates with its range, or that there are too few to tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003 - pydantic reads it
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

TAIL = 0.05
"""On either side of the 90 % range."""

FEWEST = 10
"""With fewer records in both times together nothing is said of their ratio."""

FEWEST_ASKED = 30
"""With fewer answers on either side nothing is said of a share of them."""

FALSE_SHARE = 0.1
"""Of the changes that are said, so many are chance on average, however many were compared."""

SEEN = 2.0
"""A range that holds both a halving and a doubling tells nothing."""


class Verdict(StrEnum):
    """What may be said of a change."""

    ROSE = "rose"
    FELL = "fell"
    PERHAPS_ROSE = "perhaps_rose"
    PERHAPS_FELL = "perhaps_fell"
    """The range leaves no change out, but among so many comparisons some do by chance."""
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Change:
    """One number of a problem beside what it was.

    Attributes
    ----------
    stream
        ``survey`` (answers of residents) or ``incident``.
    verdict
        What may be said, the other comparisons of the same picture reckoned with.
    ratio, low, high
        The rate now over the rate before, and its 90 % range; None where it is not told. `ratio` and `high`
        are infinite where there was nothing before.
    count, of, before, before_of
        Records and what they are held against: days, or answers in all; None where withheld.
    p
        Two-sided chance of such a ratio were nothing changed; None where it is not compared.
    until
        The last day that is compared, where a source of the problem ends before the period; else None.
    """

    stream: str
    verdict: Verdict
    ratio: float | None
    low: float | None
    high: float | None
    count: int | None
    of: int | None
    before: int | None
    before_of: int | None
    p: float | None = None
    until: date | None = None


def change_of(
    stream: str,
    now: tuple[int, int],
    before: tuple[int, int],
    *,
    spread: float = 1.0,
    fewest_of: int = 1,
) -> Change:
    """Compare two rates.

    Parameters
    ----------
    now, before
        Records, and what they are held against: days, or answers in all.
    spread
        Variance over mean of the counts, at least 1: how much more they vary of themselves than by luck.
    fewest_of
        Less than so many days or answers on either side bear nothing.

    Notes
    -----
    Given their sum, one of two Poisson counts is binomial (Przyborowski & Wilenski 1940, *Biometrika* 31);
    the range is Clopper & Pearson's. Counts that vary more are divided by `spread` first, a quasi-likelihood
    (McCullagh & Nelder 1989, *Generalized Linear Models*, 9). For a share of answers it is wider than it need
    be. The chance is the mid-p value; `judged` turns it into a verdict.
    """
    from scipy.special import betaincinv  # noqa: PLC0415  slow to import, which an import of files needs not

    (count, of), (earlier, earlier_of) = now, before
    told = Change(stream, Verdict.TOO_FEW, None, None, None, count, of, earlier, earlier_of)
    if count + earlier < FEWEST or min(of, earlier_of) < max(1, fewest_of):
        return told
    scale = max(1.0, spread)
    one, other = count / scale, earlier / scale
    low = float(betaincinv(one, other + 1, TAIL)) if count else 0.0
    high = float(betaincinv(one + 1, other, 1 - TAIL)) if earlier else 1.0
    ratio, low, high = (_odds(share) * earlier_of / of for share in (count / (count + earlier), low, high))
    return replace(told, ratio=ratio, low=low, high=high, p=_chance(one, other, of / (of + earlier_of)))


def judged(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Give every change of a picture its verdict, in their order.

    A rise or a fall is said of those whose chance passes Benjamini & Hochberg's procedure (1995, *JRSS B*
    57) at ``FALSE_SHARE``; where the range holds both a halving and a doubling there are too few to tell.
    """
    compared = sorted(one.p for one in changes if one.p is not None)
    passed = [
        p for rank, p in enumerate(compared, start=1) if p <= FALSE_SHARE * rank / max(1, len(compared))
    ]
    limit = max(passed, default=-1.0)
    return tuple(replace(one, verdict=_verdict(one, limit)) for one in changes)


def _verdict(change: Change, limit: float) -> Verdict:
    if change.p is None or change.ratio is None or change.low is None or change.high is None:
        return Verdict.TOO_FEW
    if change.p <= limit:
        return Verdict.ROSE if change.ratio > 1 else Verdict.FELL
    if change.low > 1:
        return Verdict.PERHAPS_ROSE
    if change.high < 1:
        return Verdict.PERHAPS_FELL
    if change.low < 1 / SEEN and change.high > SEEN:
        return Verdict.TOO_FEW
    return Verdict.NO_CLEAR_CHANGE


def _chance(one: float, other: float, share: float) -> float:
    """Return the two-sided mid-p of `one` of both being a part of `share`, whole counts assumed nearly."""
    from scipy.special import bdtr  # noqa: PLC0415

    total, hits = round(one + other), round(one)
    at_most, below = float(bdtr(hits, total, share)), float(bdtr(hits - 1, total, share)) if hits else 0.0
    middle = (at_most + below) / 2
    return min(1.0, 2 * min(middle, 1 - middle))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else np.inf
