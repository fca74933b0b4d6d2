"""How soon somebody is back at a place: an immediate second visit is one longer stand, worth no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

AGAIN_SLOTS = 4
"""Half hours from the beginning of a visit to that of the next at the place, the same working day.

Koper 1995, *Justice Quarterly* 12: beyond a quarter of an hour a stay adds less and less. Telep, Mitchell &
Weisburd 2014, *Justice Quarterly* 31: twelve to sixteen minutes, and each place about every two hours.
"""


def is_soon(slot: int, other: int) -> bool:
    """Say whether two visits that begin in these half hours of a day are one longer stand."""
    return abs(slot - other) < AGAIN_SLOTS


def held_once(
    place: NDArray[np.int64], day: NDArray[np.int64], slot: NDArray[np.int64], met: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Say which visits count: of those that are one longer stand the one that meets the most.

    Parameters
    ----------
    met
        Harm that each meets, shape ``(n,)`` as the others.
    """
    counts = np.zeros(len(place), dtype=bool)
    begun: dict[tuple[int, int], list[int]] = {}
    for at in np.lexsort((slot, -met)).tolist():
        before = begun.setdefault((int(place[at]), int(day[at])), [])
        counts[at] = not any(is_soon(int(slot[at]), one) for one in before)
        if counts[at]:
            before.append(int(slot[at]))
    return counts
