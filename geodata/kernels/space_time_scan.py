"""Loops of the space-time permutation scan: counts by place and period, and the best window of every centre.

A count is only weighed where it could reach a bar that is known beforehand: `thresholds` says for every
zone and window which count that is, so that nearly all of the search is a comparison of whole numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_IN_ZONE = 32_766
"""More cases than this no zone can hold: counts are kept in two bytes, and the next number means never."""

NEVER = MOST_IN_ZONE + 1


@kernel("void(int32[::1], int32[::1], int64, int16[:, ::1])")
def tally(
    place: NDArray[np.int32], period: NDArray[np.int32], periods: int, running: NDArray[np.int16]
) -> None:
    """Count the cases of each place up to each period.

    Parameters
    ----------
    running
        Filled, shape ``(places, periods + 1 + any)``: column t has the cases before period t; the columns
        past `periods` repeat the whole.
    """
    running[:] = 0
    for i in range(len(place)):
        running[place[i], period[i] + 1] += 1
    for p in range(running.shape[0]):
        row = running[p]
        for t in range(1, periods + 1):
            row[t] += row[t - 1]
        for t in range(periods + 1, len(row)):
            row[t] = row[periods]


@kernel("float64(float64, float64, float64)")
def likelihood_ratio(count: float, expected: float, cases: float) -> float:
    """Return the log likelihood ratio of `count` of all `cases` where `expected` are; 0 where not more."""
    if count <= expected:
        return 0.0
    ratio = count * np.log(count / expected)
    if count < cases:
        ratio += (cases - count) * np.log((cases - count) / (cases - expected))
    return float(ratio)


@kernel("void(int64[:, ::1], int64[:, ::1], int64, float64, int64, int16[:, :, ::1])")
def thresholds(
    held: NDArray[np.int64],
    inside: NDArray[np.int64],
    cases: int,
    bar: float,
    fewest: int,
    least: NDArray[np.int16],
) -> None:
    """Fill in the least count that reaches the bar.

    Parameters
    ----------
    held
        Cases in a zone over all periods: the fewest and the most at each level, ascending, shape
        ``(levels, 2)``.
    inside
        Cases everywhere in each window, by its length less one and where it starts; 0 for none, shape
        ``(lengths, width)``.
    bar
        The log likelihood ratio to reach; at 0 whatever is above its expectation does.
    least
        Filled, shape ``(levels, lengths, width)``; ``NEVER`` where no count can.
    """
    for length in range(inside.shape[0]):
        for start in range(inside.shape[1]):
            events = inside[length, start]
            count = fewest
            for level in range(len(held)):
                # What is expected grows with the level, and so does the least count: go on from the last.
                expected = held[level, 0] * events / cases
                most = min(held[level, 1], events)
                while count <= most and (count <= expected or likelihood_ratio(count, expected, cases) < bar):
                    count += 1
                least[level, length, start] = count if count <= most else NEVER


@kernel("boolean(int16[::1], int16[:, ::1], int64, int16[::1])")
def reaches(total: NDArray[np.int16], rule: NDArray[np.int16], earliest: int, gap: NDArray[np.int16]) -> bool:
    """Say whether any window of a zone has its least count.

    Parameters
    ----------
    total
        Cases of the zone before each period.
    rule
        The zone's row of `least`.
    earliest
        No window starts before it.
    gap
        Room to work in, shape ``(windows,)``.
    """
    lengths, width = rule.shape
    windows = width - earliest
    before = total[earliest:width]
    some = np.int16(0)
    for length in range(lengths):
        upto, needed = total[earliest + length + 1 : width + length + 1], rule[length, earliest:]
        # Stored first, so that the comparison stays in two bytes and the compiler takes many at once.
        for i in range(windows):
            gap[i] = upto[i] - before[i]
        for i in range(windows):
            some |= np.int16(gap[i] >= needed[i])
    return bool(some != 0)


@kernel(
    "void(int16[:, ::1], int32[:, ::1], int32[::1], int32[:, ::1], int64[:, ::1], int16[:, :, ::1], int64,"
    " int64, float64[::1], int32[:, ::1])"
)
def search(  # noqa: PLR0913, PLR0917  a compiled loop takes what it needs one by one
    running: NDArray[np.int16],
    nearest: NDArray[np.int32],
    zones: NDArray[np.int32],
    level: NDArray[np.int32],
    inside: NDArray[np.int64],
    least: NDArray[np.int16],
    cases: int,
    earliest: int,
    best: NDArray[np.float64],
    where: NDArray[np.int32],
) -> None:
    """Find the window of the highest likelihood ratio round every centre, among those that reach the bar.

    Parameters
    ----------
    running
        As `tally` fills it, shape ``(places, width + lengths + 1)``.
    nearest, zones
        The places nearest each centre, itself first, and how many of them its largest zone has.
    level
        Which row of `least` belongs to the zone of the first k places, shape as `nearest`.
    inside, least
        As for `thresholds`.
    earliest
        No window starts before it.
    best, where
        Filled: its likelihood ratio, 0 where none reaches the bar; and its number of places less one, of
        periods less one and the period it starts in, shape ``(centres, 3)``.
    """
    lengths, width = inside.shape
    total = np.zeros(running.shape[1], dtype=np.int16)
    gap = np.zeros(width - earliest, dtype=np.int16)
    for centre in range(len(nearest)):
        total[:] = 0
        best[centre] = 0.0
        for k in range(zones[centre]):
            row = running[nearest[centre, k]]
            for t in range(len(total)):
                total[t] += row[t]
            rule = least[level[centre, k]]
            if not reaches(total, rule, earliest, gap):
                continue
            for window in range(lengths * width):
                length, start = window // width, window % width
                count = total[length + 1 + start] - total[start]
                if start < earliest or count < rule[length, start]:
                    continue
                ratio = likelihood_ratio(count, total[-1] * inside[length, start] / cases, cases)
                if ratio > best[centre]:
                    best[centre] = ratio
                    where[centre, 0], where[centre, 1], where[centre, 2] = k, length, start
