"""Conditional permutation of a map: a cell keeps its own value, its neighbours' are drawn from all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDING = 1e-9
"""Sums of the same values in another order differ by less, as a share of the largest value."""


@kernel("uint64(uint64)")
def mixed(state: np.uint64) -> np.uint64:
    """Return 64 bits that no one sees the state in.

    Notes
    -----
    SplitMix64: Steele, Lea & Flood 2014, *OOPSLA*. Successive states are a fixed odd number apart.
    """
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


@kernel(
    "void(in float64[::1], in int32[::1], in int32[::1], int64, int64, int64, int64, int64, float64[::1])"
)
def conditional_chance(  # noqa: PLR0913, PLR0917  a compiled loop takes what it needs one by one
    values: NDArray[np.float64],
    indices: NDArray[np.int32],
    starts: NDArray[np.int32],
    seed: int,
    enough: int,
    most: int,
    first: int,
    last: int,
    p: NDArray[np.float64],
) -> None:
    """Fill in, for the cells ``range(first, last)``, the chance of so high a sum over the neighbours.

    Parameters
    ----------
    values, indices, starts
        As `neighbourhoods.gi_star_z` takes them.
    seed
        Each cell draws from a stream of its own, begun from the seed and its position.
    enough, most
        A cell draws until so many draws were as high, or so many were made.
    p
        Filled, shape ``(n,)``: `enough` over the draws made, or, where these ran out, (as high + 1) over
        (`most` + 1).

    Notes
    -----
    Conditional permutation: Anselin 1995, *Geographical Analysis* 27. Drawing until enough are as high:
    Besag & Clifford 1991, *Biometrika* 78; the chance is valid, and cells with nothing to say are done soon.
    """
    cells = len(values)
    step = np.uint64(0x9E3779B97F4A7C15)
    low_bits, half = np.uint64(0xFFFFFFFF), np.uint64(32)
    slack = ROUNDING * max(np.abs(values).max(), 1e-300)
    taken = np.empty(cells, dtype=np.int64)
    for i in range(first, last):
        around = starts[i + 1] - starts[i]
        observed = 0.0
        for k in range(starts[i], starts[i + 1]):
            observed += values[indices[k]]
        state = mixed(np.uint64(seed)) ^ mixed(np.uint64(i + 1) * step)
        as_high, drawn = 0, 0
        while drawn < most and as_high < enough:
            drawn += 1
            total = 0.0
            held = 0
            while held < around:
                state += step
                pick = np.int64(((mixed(state) & low_bits) * np.uint64(cells)) >> half)
                new = pick != i
                for k in range(held):
                    new = new and taken[k] != pick
                if new:
                    taken[held] = pick
                    held += 1
                    total += values[pick]
            if total >= observed - slack:
                as_high += 1
        p[i] = as_high / drawn if as_high == enough else (as_high + 1) / (most + 1)
