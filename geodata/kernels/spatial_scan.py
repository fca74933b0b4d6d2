"""Loops of the spatial scans: the circle of the highest likelihood ratio round every centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.compiling import kernel
from geodata.kernels.space_time_scan import likelihood_ratio

if TYPE_CHECKING:
    from numpy.typing import NDArray


@kernel("float64(float64, float64)")
def _term(count: float, expected: float) -> float:
    return count * np.log(count / expected) if count > 0 else 0.0


@kernel("float64(float64, float64, float64, float64)")
def bernoulli_ratio(count: float, size: float, cases: float, total: float) -> float:
    """Return the log likelihood ratio of `count` among `size` to `cases` among `total`; 0 where not more."""
    share = cases / total
    if count <= size * share:
        return 0.0
    return (
        _term(count, size * share)
        + _term(size - count, size * (1 - share))
        + _term(cases - count, (total - size) * share)
        + _term(total - size - cases + count, (total - size) * (1 - share))
    )


@kernel(
    "void(int64[::1], float64[::1], int32[:, ::1], int32[::1], float64, float64, int64, boolean,"
    " float64[::1], int32[::1])"
)
def search(  # noqa: PLR0913, PLR0917  a compiled loop takes what it needs one by one
    cases: NDArray[np.int64],
    size: NDArray[np.float64],
    nearest: NDArray[np.int32],
    zones: NDArray[np.int32],
    all_cases: float,
    all_size: float,
    fewest: int,
    bernoulli: bool,  # noqa: FBT001  numba's functions take no keywords by force
    best: NDArray[np.float64],
    where: NDArray[np.int32],
) -> None:
    """Find the zone of the highest likelihood ratio round every centre.

    Parameters
    ----------
    cases, size
        Of each place: cases, and what is expected (Poisson) or the cases and controls (Bernoulli).
    nearest, zones
        The places nearest each centre, itself first, and how many of them its largest zone has.
    all_cases, all_size
        Their sums.
    best, where
        Filled: its ratio, 0 for none with `fewest` cases, and its number of places less one.
    """
    share = all_cases / all_size
    for centre in range(len(nearest)):
        best[centre] = 0.0
        count, held = 0, 0.0
        for k in range(zones[centre]):
            count += cases[nearest[centre, k]]
            held += size[nearest[centre, k]]
            expected = held * share
            # A circle that holds everything is no cluster, whatever rounding makes of it.
            if count < fewest or count <= expected or expected >= all_cases * (1 - 1e-12):
                continue
            # Pearson's chi-square of the same table is never below the ratio, and takes no logarithm.
            excess = (count - expected) ** 2 / expected * (1 + expected / (all_cases - expected))
            if bernoulli:
                excess += (
                    (count - expected) ** 2
                    / (held - expected)
                    * (1 + (held - expected) / (all_size - all_cases - held + expected))
                )
            if excess <= best[centre]:
                continue
            if bernoulli:
                ratio = bernoulli_ratio(count, held, all_cases, all_size)
            else:
                ratio = likelihood_ratio(count, expected, all_cases)
            if ratio > best[centre]:
                best[centre] = ratio
                where[centre] = k
