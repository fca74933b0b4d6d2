"""Pairs of records that may be of one event: of one kind, near in place and near in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_LAGS = 64
"""Records next in time that each is compared with: more within one block are a fault of the source."""

_MIX = np.int64(1_000_003)


def near_pairs(
    kind: NDArray[np.int64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    day: NDArray[np.float64],
    *,
    metres: float,
    days: float,
) -> NDArray[np.int64]:
    """Return pairs of one kind within a square of `metres` and a span of `days`.

    Parameters
    ----------
    kind
        Records of different kinds are never a pair, shape ``(n,)``.
    x, y
        Metres in the working CRS, shape ``(n,)``; where they are null the kind alone says the place.
    day
        When, in days, shape ``(n,)``.

    Returns
    -------
    ndarray of int64
        Positions, the smaller first, each pair once, shape ``(pairs, 2)``.

    Notes
    -----
    Cells of twice the distance, in four positions: two points within the distance in both directions share
    a cell in at least one of them. No record is compared with all others, whatever the order they come in.
    """
    somewhere = np.isfinite(x) & np.isfinite(y)
    found = [_in_blocks(kind, day, np.flatnonzero(~somewhere), days=days)]
    at = np.flatnonzero(somewhere)
    for east in (0.0, metres):
        for north in (0.0, metres):
            column = np.floor((x[at] + east) / (2 * metres)).astype(np.int64)
            row = np.floor((y[at] + north) / (2 * metres)).astype(np.int64)
            found.append(_in_blocks((kind[at] * _MIX + column) * _MIX + row, day[at], at, days=days))
    pairs = np.concatenate(found)
    apart = np.maximum(np.abs(x[pairs[:, 0]] - x[pairs[:, 1]]), np.abs(y[pairs[:, 0]] - y[pairs[:, 1]]))
    # A block's number may by chance be another's too.
    pairs = pairs[(kind[pairs[:, 0]] == kind[pairs[:, 1]]) & ~(apart > metres)]
    pairs.sort(axis=1)
    numbers = np.unique(pairs[:, 0] * len(kind) + pairs[:, 1])
    return np.column_stack(np.divmod(numbers, max(len(kind), 1)))


def _in_blocks(
    block: NDArray[np.int64], day: NDArray[np.float64], at: NDArray[np.int64], *, days: float
) -> NDArray[np.int64]:
    """Return pairs of the same block, near in time; `at` says which records `block` and `day` are of."""
    if len(block) != len(at):
        block, day = block[at], day[at]
    order = np.lexsort((day, block))
    block, day, at = block[order], day[order], at[order]
    found = [np.zeros((0, 2), dtype=np.int64)]
    first = np.arange(len(at))
    for lag in range(1, MOST_LAGS + 1):
        first = first[first + lag < len(at)]
        near = (block[first] == block[first + lag]) & (day[first + lag] - day[first] <= days)
        first = first[near]  # in order of time, whoever has no neighbour at this lag has none further on
        if not len(first):
            break
        found.append(np.column_stack([at[first], at[first + lag]]))
    return np.concatenate(found)
