"""Stretches: the windows along a street that hold the most, none over another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.streets.network import NODE_TOLERANCE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.streets.corridors import Corridors

LENGTH_M = 400.0
"""Length of a window: a few blocks, what can be walked, seen and rebuilt as one."""

STEPS = 4
"""A window is moved by its length over this."""


@dataclass(frozen=True, eq=False)
class Stretches:
    """Every street cut into stretches, each metre in one of them.

    Attributes
    ----------
    first, last
        Ends on the axis of the corridors, metres, ascending, shape ``(n,)``.
    counts
        Records on each, shape ``(n,)``.
    """

    first: NDArray[np.float64]
    last: NDArray[np.float64]
    counts: NDArray[np.int64]


def cut(corridors: Corridors, metres: NDArray[np.float64], *, length_m: float = LENGTH_M) -> Stretches:
    """Cut the streets into stretches, the fullest first.

    A window slides along each corridor. The one with the most records is a stretch; what is left on
    either side of it is cut likewise, and what is no longer than a window is one stretch. So each record
    lies in exactly one. Of windows with equally many, the one with its records nearest its middle.

    Parameters
    ----------
    metres
        Where the records lie on the axis, ascending, shape ``(records,)``.
    length_m
        Length of the window, above 0.

    Notes
    -----
    The greatest of overlapping windows, as in the Safer Streets Priority Finder, version 2 (there half a
    mile by a tenth). It is chosen for being the greatest, so its count is high by luck too: rank by a
    ratio that is shrunken.
    """
    bounds = corridors.bounds
    held = np.diff(np.searchsorted(metres, bounds))
    parts = list(zip(bounds[:-1][held > 0].tolist(), bounds[1:][held > 0].tolist(), strict=True))
    empty = [np.column_stack([bounds[:-1][held == 0], bounds[1:][held == 0]])]
    found: list[tuple[float, float]] = []
    while parts:
        first, last = parts.pop()
        low, high = np.searchsorted(metres, (first, last))
        if last - first <= length_m:
            found.append((first, last))
        elif low == high:
            empty.append(np.array([[first, last]]))
        else:
            begin, end = _fullest(metres[low:high], first, last, length_m)
            found.append((begin, end))
            parts.extend(part for part in ((first, begin), (end, last)) if part[1] > part[0])
    ends = np.concatenate([np.array(found).reshape(-1, 2), _tiles(np.concatenate(empty), length_m)])
    first_m, last_m = ends[np.argsort(ends[:, 0])].T
    counts = np.searchsorted(metres, last_m) - np.searchsorted(metres, first_m)
    return Stretches(first_m, last_m, counts)


def crossings(
    corridors: Corridors, first: float, last: float, *, within_m: float
) -> tuple[str | None, str | None]:
    """Name the streets that meet a stretch at its ends.

    Streets meet where their lines do, split there or not. Of several at an end the nearest counts, then
    the larger; it lies on that end's half of the stretch or beyond its end.

    Parameters
    ----------
    first, last
        Ends of the stretch on the axis.
    within_m
        A street that meets it farther from an end than this is not at that end.

    Returns
    -------
    tuple of str or None
        At the first end, and at the last.
    """
    network = corridors.network
    corridor = int(corridors.corridor_at(first))
    begin = max(first - within_m, float(corridors.bounds[corridor]))
    end = min(last + within_m, float(corridors.bounds[corridor + 1]))
    line = corridors.line(begin, end)
    own = network.name[corridors.link_at(first)]
    near = network.tree.query(line, predicate="dwithin", distance=NODE_TOLERANCE_M)
    near = near[(network.name[near] != "") & (network.name[near] != own)]
    meeting = shapely.get_point(shapely.shortest_line(line, network.geometry[near]), 0)
    at = begin + shapely.line_locate_point(line, meeting)
    before = at <= (first + last) / 2
    named = []
    for side, place in ((before, first), (~before, last)):
        distance = np.abs(at - place)
        candidates = [
            (round(float(distance[row])), int(network.class_rank[near[row]]), network.name[near[row]])
            for row in np.flatnonzero(side & (distance <= within_m))
        ]
        named.append(min(candidates)[2] if candidates else None)
    return named[0], named[1]


def _fullest(metres: NDArray[np.float64], first: float, last: float, length_m: float) -> tuple[float, float]:
    """Return the window with the most records between two places farther apart than its length."""
    begin = np.append(np.arange(first, last - length_m, length_m / STEPS), last - length_m)
    end = begin + length_m
    end[-1] = last
    low, high = np.searchsorted(metres, begin), np.searchsorted(metres, end)
    held = high - low
    best = np.flatnonzero(held == held.max())
    total = np.concatenate([[0.0], np.cumsum(metres)])
    middle = (total[high[best]] - total[low[best]]) / held[best]
    chosen = best[np.argmin(np.round(np.abs(middle - (begin + end)[best] / 2), 3))]
    return float(begin[chosen]), float(end[chosen])


def _tiles(parts: NDArray[np.float64], length_m: float) -> NDArray[np.float64]:
    """Cut parts without records, shape ``(n, 2)``, into windows from their beginning, and the rest."""
    windows = np.maximum(np.ceil((parts[:, 1] - parts[:, 0]) / length_m), 1).astype(np.int64)
    part = np.repeat(np.arange(len(parts)), windows)
    number = np.arange(len(part)) - np.repeat(np.cumsum(windows) - windows, windows)
    begin = parts[part, 0] + number * length_m
    return np.column_stack([begin, np.minimum(begin + length_m, parts[part, 1])])
