"""Which of many things hang together, by pairs of them that do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def connected(
    first: NDArray[np.integer], second: NDArray[np.integer], *, count: int
) -> tuple[int, NDArray[np.int32]]:
    """Give each set of things that hang together a number, whatever the order in a pair.

    Parameters
    ----------
    first, second
        Pairs, as positions below `count`, shape ``(pairs,)`` each.
    count
        How many things there are.

    Returns
    -------
    sets
        How many sets.
    number
        The set of each thing, shape ``(count,)``.
    """
    if not len(first):
        return count, np.arange(count, dtype=np.int32)
    from scipy.sparse import coo_array  # noqa: PLC0415  slow to import, and often there are no pairs
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    pairs = coo_array((np.ones(len(first), dtype=bool), (first, second)), shape=(count, count))
    sets, number = connected_components(pairs, directed=False)
    return int(sets), np.asarray(number, dtype=np.int32)
