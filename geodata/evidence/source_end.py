"""Whether a source has ended, or only holds nothing new: by its own pace and its own longest silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads it
from math import lgamma, log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RECENT_DAYS = 731
"""Pace and silences are those of the last two years: every season is in them, and no old hole in a file."""

CHANCE = 0.001
"""A silence that its pace makes rarer than this is no silence of chance."""

FEWEST = 2
"""Days with records that a pace takes."""


@dataclass(frozen=True, slots=True)
class SourceEnd:
    """A source that ends before the others: its name and the local day of its newest record."""

    source: str
    last: date


def has_ended(days: NDArray[np.int64], newest: int) -> bool:
    """Say whether a source has ended before the newest day that anything is known of.

    It has when nothing came for longer than it ever was silent in its last two years, and its pace makes
    that less likely than ``CHANCE``.

    Parameters
    ----------
    days
        Day number of each of its records, in any order.
    newest
        The newest day of every source.

    Notes
    -----
    A day holds records or none. With n days that do of the T that its pace is known for, and a flat prior,
    the chance of none in the g days that follow is B(n + 1, T - n + 1 + g) / B(n + 1, T - n + 1) of the beta
    function. Days are counted and not records: those of one night come together and tell of one.
    """
    if not len(days):
        return False
    last = int(days.max())
    on = np.unique(days[days > last - RECENT_DAYS])
    silent = newest - last
    if len(on) < FEWEST or silent <= int(np.diff(on).max()):
        return False
    over = last - int(on[0]) + 1
    without = over - len(on) + 1
    chance = _log_beta(len(on) + 1, without + silent) - _log_beta(len(on) + 1, without)
    return chance < log(CHANCE)


def _log_beta(a: float, b: float) -> float:
    """Return the logarithm of the beta function; scipy's would be loaded with every picture's schema."""
    return lgamma(a) + lgamma(b) - lgamma(a + b)
