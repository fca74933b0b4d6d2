"""Which one place a record counts at when places lie over one another: a plan adds places up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import xlogy

if TYPE_CHECKING:
    from numpy.typing import NDArray


def attribute(
    place: NDArray[np.int64],
    record: NDArray[np.int64],
    part: NDArray[np.int64],
    expected: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Give each record to one of the places that it lies in.

    Part by part of the week, the place that stands out the most takes its records, then the one that
    stands out the most by what is left, and so on: a joyriding stretch inside a school zone takes the
    evenings, the zone keeps the mornings.

    Parameters
    ----------
    place, record
        Pairs: a record may lie in several places, shape ``(pairs,)``.
    part
        The part of the week that the record of a pair lies in, shape ``(pairs,)``.
    expected
        Records expected at each place in each part, shape ``(places, parts)``.

    Returns
    -------
    ndarray
        Which pairs hold, at most one a record, shape ``(pairs,)``.

    Notes
    -----
    As the secondary clusters of Kulldorff 1997, *Communications in Statistics* 26, which may not overlap;
    the order is that of the Poisson likelihood ratio.
    """
    holds = np.zeros(len(place), dtype=bool)
    places = len(expected)
    for number in range(expected.shape[1]):
        pairs = np.flatnonzero(part == number)
        while len(pairs):
            counts = np.bincount(place[pairs], minlength=places).astype(np.float64)
            first = int(np.argmax(_stands_out(counts, expected[:, number])))
            if not counts[first]:
                break
            mine = pairs[place[pairs] == first]
            holds[mine] = True
            pairs = pairs[~np.isin(record[pairs], record[mine])]
    return holds


def _stands_out(counts: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the signed log likelihood ratio; places without records last."""
    known = np.maximum(expected, 1e-9)
    ratio = xlogy(counts, counts / known) - (counts - known)
    return np.where(counts > 0, np.where(counts >= known, ratio, -ratio), -np.inf)
