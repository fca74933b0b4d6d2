"""Windows of the week to be out in: half hours that hold more than the ground's own rhythm gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from geodata.evidence.strength import strength_of
from geodata.periods import MINUTES_PER_DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.evidence.strength import Strength

SLOT_MINUTES = 30
SLOTS_PER_DAY = MINUTES_PER_DAY // SLOT_MINUTES
SLOTS_PER_WEEK = 7 * SLOTS_PER_DAY

SHORTEST_SLOTS, LONGEST_SLOTS = 2, 18
"""An hour is the least that a pass is planned for; above nine hours it is no window but a shift."""

FEWEST_IN_WINDOW = 5
FEWEST_KNOWN = 8
"""With fewer records of known time at a place nothing is said of when."""

GAP_SLOTS = 3
"""A window that holds no more than its share for an hour and a half has a gap."""

THIN = 0.02
"""A weekday at the end of a window that holds so little in fewer cases, were its days alike, is left out."""

SURE = 0.05
"""Chance of so full a window anywhere in the week, did the place follow the ground's rhythm."""

CLOSE_TO_ALL = 1 - 1e-6
"""A window with all of the share is no window."""

SAID = "said"
"""Stands for answers that say when, beside the streams: how many of them name a window."""

EVEN_RECORDS = 100.0
"""Hours all alike weigh as much as this many records in a reference: few records make no rhythm."""


@dataclass(frozen=True, slots=True)
class StreamCount:
    """How many of a stream's records with a known time lie in a window, 14 of 31; or of ``SAID``."""

    stream: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Window:
    """A window that is recommended for work on the spot.

    Attributes
    ----------
    weekdays
        Monday 0 … Sunday 6, of the day on which it starts, one after another as they follow.
    from_minute, to_minute
        Of the local day, 0–1410 and 30–1440; at or below `from_minute` it passes midnight.
    school_days_only
        Whether it holds on school days and clearly not on school-free weekdays.
    evidence
        The streams that have records of known time here. Empty for an audience without exact counts.
    strength
        None for an audience without exact counts.
    from_said
        Whether it is chosen by what answers say of when, recorded times being too few to choose one.
    """

    weekdays: tuple[int, ...]
    from_minute: int
    to_minute: int
    school_days_only: bool = False
    evidence: tuple[StreamCount, ...] = ()
    strength: Strength | None = None
    from_said: bool = False

    @property
    def slots(self) -> NDArray[np.int64]:
        """The half hours of the week that it holds, 0 at Monday 00.00."""
        length = (self.to_minute - self.from_minute - 1) % MINUTES_PER_DAY + 1
        within = self.from_minute // SLOT_MINUTES + np.arange(length // SLOT_MINUTES)
        starts = np.array(self.weekdays, dtype=np.int64)[:, None] * SLOTS_PER_DAY
        return np.asarray((starts + within).ravel() % SLOTS_PER_WEEK)

    @property
    def count(self) -> int:
        """Records in it, of all streams."""
        return sum(one.count for one in self.evidence)

    @property
    def of(self) -> int:
        """Records whose time is known, of all streams."""
        return sum(one.of for one in self.evidence)


def reference(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of each half hour of the week in what happens elsewhere.

    Half hours are pooled over weekdays and weekdays over half hours, as far as the counts themselves
    are too few; hours all alike are what is left where nothing is known.

    Parameters
    ----------
    counts
        Records elsewhere by half hour, shape ``(336,)``; weights may be parts.

    Returns
    -------
    ndarray
        Adds up to 1, no share is 0, shape ``(336,)``.
    """
    total = float(counts.sum())
    week = counts.reshape(7, SLOTS_PER_DAY) + EVEN_RECORDS / SLOTS_PER_WEEK
    pooled = np.outer(week.sum(axis=1), week.sum(axis=0)) / week.sum() ** 2
    own = total / (total + SLOTS_PER_WEEK)
    shares = own * week / week.sum() + (1 - own) * pooled
    return np.asarray(shares.ravel() / shares.sum())


def recommend(
    counts: NDArray[np.float64], shares: NDArray[np.float64], *, most: int = 3
) -> tuple[Window, ...]:
    """Find the windows that hold more than their share, best first, none over another.

    Every run of weekdays is tried with every start on a half hour and every length from one hour to
    nine. Windows are ordered by the likelihood ratio of their count against their share, the usual parts of
    the week (``USUAL``) a little ahead; one is kept when
    so full a window would come by chance in fewer than ``SURE`` of cases over all that were tried. The
    next is sought in what is left of the week. A window with a gap gives
    way to the fullest part of it, so that the two ends of a school day are two windows.

    Parameters
    ----------
    counts
        Records at the place by half hour of the week, shape ``(336,)``; weights may be parts.
    shares
        What the ground's own rhythm gives, adding up to 1, shape ``(336,)``.

    Returns
    -------
    tuple of Window
        With strength, without evidence; empty with fewer than ``FEWEST_KNOWN`` records.

    Notes
    -----
    Kulldorff 1997, *Communications in Statistics – Theory and Methods* 26 (scan statistic), with
    Bonferroni's bound in place of simulation; Clopper & Pearson 1934, *Biometrika* 26 (the range).
    """
    found: list[Window] = []
    total = float(counts.sum())
    open_ = np.ones(SLOTS_PER_WEEK, dtype=bool)
    while len(found) < most and counts[open_].sum() >= FEWEST_KNOWN:
        window = _fullest(counts, shares, open_)
        if window is None:
            break
        while _has_gap(counts / total, shares, window):
            narrower = _fullest(counts, shares, _only(window))
            if narrower is None:
                break
            window = narrower
        window = _without_thin_ends(counts, shares, window)
        slots = window.slots
        strength = strength_of(float(counts[slots].sum()), total, float(shares[slots].sum()))
        open_[slots] = False
        if strength.low <= 1:  # full for what is left of the week, not for the week
            continue
        found.append(replace(window, strength=strength))
    return tuple(found)


def _fullest(
    counts: NDArray[np.float64], shares: NDArray[np.float64], open_: NDArray[np.bool_]
) -> Window | None:
    """Return the fullest window within some half hours, None where none is beyond chance."""
    held, share = _sums(counts * open_), _sums(shares * open_) / shares[open_].sum()
    number = _best(held, share, float(counts[open_].sum()), _sums(np.where(open_, 0.0, 1.0)) == 0)
    if number is None:
        return None
    run, begin, length = (int(one) for one in np.unravel_index(number, held.shape))
    first, days = _RUNS[run]
    end = (begin + length + SHORTEST_SLOTS) * SLOT_MINUTES
    return Window(
        weekdays=tuple((first + step) % 7 for step in range(days)),
        from_minute=begin * SLOT_MINUTES,
        to_minute=(end - 1) % MINUTES_PER_DAY + 1,
    )


def _without_thin_ends(counts: NDArray[np.float64], shares: NDArray[np.float64], window: Window) -> Window:
    """Leave out a weekday at either end that holds clearly less than the window's others do."""
    from scipy.special import bdtr  # noqa: PLC0415  slow to import, which an import of files needs not

    days = list(window.weekdays)
    while len(days) > 1:
        by_day = replace(window, weekdays=tuple(days)).slots.reshape(len(days), -1)
        held, share = counts[by_day].sum(axis=1), shares[by_day].sum(axis=1)
        chance = bdtr(np.floor(held), round(held.sum()), share / share.sum())
        thin = 0 if chance[0] < chance[-1] else -1
        if chance[thin] >= THIN:
            break
        days.pop(thin)
    return replace(window, weekdays=tuple(days))


def _has_gap(held: NDArray[np.float64], shares: NDArray[np.float64], window: Window) -> bool:
    """Say whether a window holds no more than its share for a while: two full ends of one are two windows."""
    by_day = window.slots.reshape(len(window.weekdays), -1)
    along, given = held[by_day].sum(axis=0), shares[by_day].sum(axis=0)
    return bool((_runs(along) < _runs(given)).any())


def _runs(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum every run of `GAP_SLOTS` values; none where there are fewer."""
    along = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(along[GAP_SLOTS:] - along[:-GAP_SLOTS])


def _only(window: Window) -> NDArray[np.bool_]:
    """Mark the half hours of a window."""
    inside = np.zeros(SLOTS_PER_WEEK, dtype=bool)
    inside[window.slots] = True
    return inside


def _best(
    held: NDArray[np.float64], share: NDArray[np.float64], total: float, free: NDArray[np.bool_]
) -> int | None:
    """Return the fullest window against its share, None where none is beyond chance."""
    from scipy.special import bdtrc, xlogy  # noqa: PLC0415

    full = np.flatnonzero((held >= FEWEST_IN_WINDOW) & (held > total * share) & (share < CLOSE_TO_ALL) & free)
    if not len(full):
        return None
    count, part = held.ravel()[full], share.ravel()[full]
    rest = np.maximum(total - count, 0.0)
    ratio = xlogy(count, count / (total * part)) + xlogy(rest, rest / (total * (1 - part)))
    ratio += _usual()[full // (held.size // len(held))]
    best = int(np.argmax(np.round(ratio, 9)))
    chance = bdtrc(np.floor(count[best]) - 1, int(np.ceil(total)), part[best]) * free.sum()
    return int(full[best]) if chance < SURE else None


_RUNS = (*((first, run) for run in range(1, 7) for first in range(7)), (0, 7))
"""First weekday and how many follow it, of every window tried."""


USUAL = frozenset({(0, 5), (0, 4), (4, 2), (4, 3), (5, 2), (0, 7)})
"""Monday–Friday, Monday–Thursday, Friday–Saturday, Friday–Sunday, Saturday–Sunday, every day."""

AHEAD = 3.0
"""Logarithm of how much likelier one of `USUAL` is beforehand: one stray record adds no weekday."""


def _sums(week: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum a week's half hours in every window, shape ``(runs, starts, lengths)``."""
    start, end = _ends()
    along = np.concatenate([[0.0], np.cumsum(np.tile(week, 2))])
    days = along[end] - along[start]
    over = np.concatenate([np.zeros_like(days[:1]), np.cumsum(np.concatenate([days, days]), axis=0)])
    first, run = np.array(_RUNS).T
    return np.asarray(np.round(over[first + run] - over[first], 9))


@cache
def _usual() -> NDArray[np.float64]:
    """Return what the usual parts of the week are given ahead, shape ``(runs,)``."""
    return np.array([AHEAD if part in USUAL else 0.0 for part in _RUNS])


@cache
def _ends() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each weekday's windows start and end in a doubled week, ``(7, starts, lengths)``."""
    day, begin, length = np.mgrid[0:7, 0:SLOTS_PER_DAY, SHORTEST_SLOTS : LONGEST_SLOTS + 1]
    start = day * SLOTS_PER_DAY + begin
    return start, start + length
