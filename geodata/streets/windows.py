"""Windows that slide along the streets, and of those that overlap the one that holds most."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.streets.corridors import Corridors


@dataclass(frozen=True, eq=False)
class Windows:
    """Windows along the streets, corridor by corridor; all arrays have one value a window.

    Attributes
    ----------
    first, last
        Ends on the axis of the corridors, metres.
    count, weight
        Records in each, and what they weigh together.
    """

    first: NDArray[np.float64]
    last: NDArray[np.float64]
    count: NDArray[np.int64]
    weight: NDArray[np.float64]


def slide(
    corridors: Corridors,
    metre: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    length_m: float,
    step_m: float,
) -> Windows:
    """Slide a window along each corridor, from its beginning, the last one flush with its end.

    A corridor no longer than a window is one window.

    Parameters
    ----------
    metre, weight
        Where the records lie on the axis, ascending, and what each weighs, shape ``(records,)``.
    length_m, step_m
        Length of the window, and how far it is moved at a time; above 0.
    """
    begin, end = corridors.bounds[:-1], corridors.bounds[1:]
    spare = np.maximum(end - begin - length_m, 0.0)
    number = np.ceil(spare / step_m).astype(np.int64) + 1
    corridor = np.repeat(np.arange(len(begin)), number)
    place = np.arange(len(corridor)) - np.repeat(np.cumsum(number) - number, number)
    first = begin[corridor] + np.minimum(place * step_m, spare[corridor])
    last = np.minimum(first + length_m, end[corridor])
    # Flush with the end to the bit: a record in the corridor's last millimetre is in its last window.
    last = np.where(place == number[corridor] - 1, end[corridor], last)
    low, high = np.searchsorted(metre, first), np.searchsorted(metre, last)
    before = np.concatenate([[0.0], np.cumsum(weight)])
    return Windows(first, last, high - low, before[high] - before[low])


def heaviest(windows: Windows, *, fewest: int, most: int) -> NDArray[np.int64]:
    """Choose the windows that weigh most and do not overlap, the heaviest first.

    Parameters
    ----------
    fewest
        A window with fewer records is not chosen.
    most
        How many to choose.

    Returns
    -------
    ndarray of int64
        Positions of windows; of equally heavy ones first the one with most records, then the first.
    """
    order = np.lexsort((windows.first, -windows.count, -np.round(windows.weight, 9)))
    order = order[(windows.count[order] >= fewest) & (windows.weight[order] > 0)]
    chosen: list[int] = []
    taken: list[tuple[float, float]] = []
    for at in order.tolist():
        first, last = float(windows.first[at]), float(windows.last[at])
        here = bisect_left(taken, (first, last))
        clear = (here == 0 or taken[here - 1][1] <= first) and (here == len(taken) or taken[here][0] >= last)
        if clear:
            insort(taken, (first, last))
            chosen.append(at)
            if len(chosen) == most:
                break
    return np.array(chosen, dtype=np.int64)
