"""Times to hold others against: the same weekday and hours in the weeks before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Spans = tuple[NDArray[np.datetime64], NDArray[np.datetime64]]

WEEKS = 4
"""As many weeks before and after: near enough to be the same season, many enough to tell what is usual."""

LONGEST = np.timedelta64(7, "D")
"""What lasts a week has no other week of its own beside it."""

HOUR = np.timedelta64(1, "h")


def joined(starts: NDArray[np.datetime64], ends: NDArray[np.datetime64]) -> Spans:
    """Return spans on full hours, in order, those that meet or lie over each other as one.

    Returns
    -------
    starts, ends
        Local hours, shape ``(n,)``.
    """
    first = starts.astype("datetime64[h]")
    last = ends.astype("datetime64[h]")
    last = np.where(last < ends, last + HOUR, last)
    order = np.argsort(first, kind="stable")
    kept: list[list[np.datetime64]] = []
    for start, end in zip(first[order], last[order], strict=True):
        if kept and start <= kept[-1][1]:
            kept[-1][1] = max(kept[-1][1], end)
        else:
            kept.append([start, end])
    both = np.array(kept, dtype="datetime64[h]").reshape(-1, 2)
    return both[:, 0], both[:, 1]


def matched(spans: Spans, *, first_day: np.datetime64, last_day: np.datetime64) -> Spans:
    """Return the times that some spans are held against, each once, none over any of the spans.

    Notes
    -----
    Case-crossover with matched times: what differs between seasons, weekdays and hours is the same on both
    sides (Maclure 1991, *American Journal of Epidemiology* 133).
    """
    starts, ends = spans
    shifts = np.array([week for week in range(-WEEKS, WEEKS + 1) if week]) * np.timedelta64(7, "D")
    first = (starts[:, None] + shifts).ravel()
    last = (ends[:, None] + shifts).ravel()
    within = (first >= first_day) & (last <= last_day + np.timedelta64(1, "D"))
    over = ((first[:, None] < ends) & (last[:, None] > starts)).any(axis=1)
    both = np.unique(np.column_stack([first, last])[within & ~over], axis=0)
    return both[:, 0], both[:, 1]


def inside(spans: Spans, hours: NDArray[np.datetime64]) -> int:
    """Count how often local hours lie in spans."""
    starts, ends = spans
    ordered = np.sort(hours[~np.isnat(hours)].astype("datetime64[h]"))
    return int((np.searchsorted(ordered, ends) - np.searchsorted(ordered, starts)).sum())
