"""How a count goes on at the pace so far, with its range."""

from __future__ import annotations

from geodata.promises.targets.measure import Projection, State

INTERVAL = 0.9
TAIL = (1 - INTERVAL) / 2
JEFFREYS = 0.5
"""The weight of knowing nothing, in events (Poisson) or on either side (binomial)."""

EARLY = 0.1
"""Below this share of the time the pace says nothing where its range holds the target."""


def project_count(done: int, *, passed: float, left: float) -> Projection:
    """Project a count over the days that are left.

    Parameters
    ----------
    done
        Events in the days that have passed.
    passed, left
        Days, `passed` above zero.

    Notes
    -----
    With Jeffreys' prior the count to come is negative binomial given the count so far: Aitchison and
    Dunsmore 1975, *Statistical Prediction Analysis*, ch. 2. The mean is the plain one, at the same pace. Work
    is planned and not left to chance, so the range says how far a pace can be trusted and no more.
    """
    mean = done + done / passed * left
    if left <= 0:
        return Projection(float(done), float(done), float(done))
    from scipy.stats import nbinom  # noqa: PLC0415  half a second to import, which an import of files needs not

    ahead = nbinom(done + JEFFREYS, passed / (passed + left))
    return Projection(mean, done + float(ahead.ppf(TAIL)), done + float(ahead.ppf(1 - TAIL)))


def project_share(done: int, *, of: int, left: int) -> Projection:
    """Project how many of `of` + `left` chances are taken, when `done` of `of` were.

    Notes
    -----
    With Jeffreys' prior the number to come is beta-binomial: Aitchison and Dunsmore 1975, ch. 2.
    """
    if left <= 0 or of <= 0:
        return Projection(float(done), float(done), float(done + max(left, 0)))
    from scipy.stats import betabinom  # noqa: PLC0415

    ahead = betabinom(left, done + JEFFREYS, of - done + JEFFREYS)
    mean = done + done / of * left
    return Projection(mean, done + float(ahead.ppf(TAIL)), done + float(ahead.ppf(1 - TAIL)))


def share_range(done: int, of: int) -> tuple[float, float]:
    """Return the exact 90 % range of a share, `of` above zero.

    Notes
    -----
    Clopper and Pearson 1934, *Biometrika* 26.
    """
    from scipy.stats import beta  # noqa: PLC0415

    low = float(beta.ppf(TAIL, done, of - done + 1)) if done else 0.0
    high = float(beta.ppf(1 - TAIL, done + 1, of - done)) if done < of else 1.0
    return low, high


def state_of(done: float, *, target: float, projection: Projection, passed_share: float) -> State:
    """Say how a count that is not over stands at the pace so far."""
    if done >= target:
        return State.KEPT
    if passed_share < EARLY and projection.low <= target <= projection.high:
        return State.TOO_EARLY
    return State.ON_COURSE if projection.mean >= target else State.LATE
