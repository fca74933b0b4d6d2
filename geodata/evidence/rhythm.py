"""When it happens: weekday by hour, and the windows that hold more than their share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtrc, xlogy

from geodata.periods import HOURS_PER_DAY, TimeWindow

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOURS_PER_WEEK = 7 * HOURS_PER_DAY
WEEKDAY_SETS = (
    (0, 1, 2, 3, 4, 5, 6),
    (0, 1, 2, 3, 4),
    (0, 1, 2, 3),
    (5, 6),
    (4, 5),
    (4, 5, 6),
    *((day,) for day in range(7)),
)
"""Weekdays that a shift or a check is planned for: all, working days, week-ends, Friday nights, one day."""

LONGEST_HOURS = 6
"""A window longer than this is no longer a window for work on the spot."""

FEWEST_IN_WINDOW = 5
SURE = 0.05
"""Chance of so full a window anywhere in the week, were the hours all alike."""


@dataclass(frozen=True, slots=True)
class WindowFound:
    """A window that holds more than its share.

    Attributes
    ----------
    window
        Weekdays and hours.
    count, of
        Events in it, and events whose hour is known.
    """

    window: TimeWindow
    count: int
    of: int


def by_weekday_hour(
    group: NDArray[np.int64], weekday: NDArray[np.int8], hour: NDArray[np.int8], *, groups: int
) -> NDArray[np.int64]:
    """Count events by group, local weekday and hour.

    Parameters
    ----------
    group, weekday, hour
        One an event, shape ``(n,)``; events with an unknown weekday or hour (-1) are left out.

    Returns
    -------
    ndarray
        Shape ``(groups, 7, 24)``.
    """
    known = (weekday >= 0) & (hour >= 0)
    slot = weekday[known].astype(np.int64) * HOURS_PER_DAY + hour[known]
    flat = np.bincount(group[known] * HOURS_PER_WEEK + slot, minlength=groups * HOURS_PER_WEEK)
    return np.asarray(flat.reshape(groups, 7, HOURS_PER_DAY))


def windows(rhythm: NDArray[np.int64], *, most: int = 3) -> tuple[WindowFound, ...]:
    """Find the fullest windows of one rhythm, best first, none overlapping another.

    Windows are ordered by the likelihood ratio of their count against hours all alike, and kept when so
    full a window would come by chance in fewer than ``SURE`` of cases over all windows tried.

    Parameters
    ----------
    rhythm
        Events by weekday and hour, shape ``(7, 24)``.

    Notes
    -----
    Kulldorff 1997, *Communications in Statistics – Theory and Methods* 26 (scan statistic), with
    Bonferroni's bound in place of simulation.
    """
    tried, masks, shares = _windows()
    total = int(rhythm.sum())
    if total < FEWEST_IN_WINDOW:
        return ()
    counts = np.rint(masks @ rhythm.reshape(-1).astype(np.float32)).astype(np.float64)
    full = np.flatnonzero((counts >= FEWEST_IN_WINDOW) & (counts > total * shares))
    counts, share = counts[full], shares[full]
    chance = bdtrc(counts - 1, total, share) * len(tried)
    ratio = xlogy(counts, counts / (total * share)) + xlogy(
        total - counts, np.maximum(total - counts, 1e-9) / (total * (1 - share))
    )
    found: list[WindowFound] = []
    taken = np.zeros(HOURS_PER_WEEK, dtype=bool)
    for number in np.argsort(-ratio, kind="stable"):
        if len(found) == most:
            break
        mask = masks[full[number]] > 0
        if chance[number] < SURE and not (taken & mask).any():
            found.append(WindowFound(tried[full[number]], int(counts[number]), total))
            taken |= mask
    return tuple(found)


@cache
def _windows() -> tuple[tuple[TimeWindow, ...], NDArray[np.float32], NDArray[np.float64]]:
    """Return every window tried, its hours as ones, shape ``(windows, 168)``, and its share of the week."""
    tried, masks = [], []
    for weekdays in WEEKDAY_SETS:
        for from_hour in range(HOURS_PER_DAY):
            for length in range(1, LONGEST_HOURS + 1):
                to_hour = (from_hour + length - 1) % HOURS_PER_DAY + 1
                mask = np.zeros(HOURS_PER_WEEK, dtype=np.float32)
                for day in weekdays:
                    mask[(day * HOURS_PER_DAY + from_hour + np.arange(length)) % HOURS_PER_WEEK] = 1
                tried.append(TimeWindow(frozenset(weekdays), from_hour, to_hour))
                masks.append(mask)
    hours = np.array(masks)
    return tuple(tried), hours, hours.sum(axis=1, dtype=np.float64) / HOURS_PER_WEEK
