"""Which places one pass can hold: near enough for the way from any of them to any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

if TYPE_CHECKING:
    from numpy.typing import NDArray

DETOUR = 1.3
"""How much longer the way along streets is than the straight line; 1.2–1.4 in towns."""


def areas(x: NDArray[np.float64], y: NDArray[np.float64], *, minutes: float, kmh: float) -> NDArray[np.int64]:
    """Return the number of each place's area: no two places in one are farther apart than the minutes allow.

    Parameters
    ----------
    x, y
        Metres, shape ``(n,)``.

    Returns
    -------
    ndarray
        From 0, shape ``(n,)``.

    Notes
    -----
    Complete-linkage clustering (Defays 1977, *The Computer Journal* 20); DETOUR after Ballou, Rahardja &
    Sakai 2002, *Transportation Research A* 36.
    """
    if len(x) < 2:
        return np.zeros(len(x), dtype=np.int64)
    reach = minutes / 60 * kmh * 1000 / DETOUR
    tree = linkage(np.column_stack([x, y]), method="complete")
    found = fcluster(tree, reach, criterion="distance")
    _, number = np.unique(found, return_inverse=True)
    return np.asarray(number, dtype=np.int64)
