"""The Mann–Kendall test: whether a series rises or falls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def mann_kendall(series: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the z-score of the trend of each series, above zero where it rises.

    Parameters
    ----------
    series
        One a row, equally far apart in time, shape ``(n, periods)``.

    Returns
    -------
    ndarray
        Shape ``(n,)``; 0 where all values of a series are the same.

    Notes
    -----
    Mann 1945, *Econometrica* 13; Kendall 1975, *Rank Correlation Methods*: with the correction for ties
    and for continuity.
    """
    number, periods = series.shape
    rises = np.zeros(number)
    for lag in range(1, periods):
        rises += np.sign(series[:, lag:] - series[:, :-lag]).sum(axis=1)
    variance = np.full(number, periods * (periods - 1) * (2 * periods + 5), dtype=np.float64)
    ordered = np.sort(series, axis=1)
    length = np.ones(number)
    for at in range(1, periods + 1):
        # Runs of equal values end where the next differs, or with the series.
        ends = np.ones(number, dtype=bool) if at == periods else ordered[:, at] != ordered[:, at - 1]
        variance -= np.where(ends, length * (length - 1) * (2 * length + 5), 0.0)
        length = np.where(ends, 1.0, length + 1)
    spread = np.sqrt(variance / 18)
    return np.where(spread > 0, (rises - np.sign(rises)) / np.where(spread > 0, spread, 1.0), 0.0)
