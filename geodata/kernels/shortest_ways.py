"""Shortest ways in a network from many places, no farther than a limit: Dijkstra 1959."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.compiling import kernel
from geodata.kernels.heap import drop, push

if TYPE_CHECKING:
    from numpy.typing import NDArray


@kernel(
    "Tuple((int64[::1], int64[::1], float64[::1]))(int64[::1], int64[::1], float64[::1], int64[:, ::1],"
    " float64[:, ::1], int64, int64, float64)"
)
def within_reach(  # noqa: C901  one walk, in one loop
    starts: NDArray[np.int64],
    to: NDArray[np.int64],
    metres: NDArray[np.float64],
    from_nodes: NDArray[np.int64],
    from_metres: NDArray[np.float64],
    first: int,
    last: int,
    limit: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Find the nodes within reach of the places ``range(first, last)``.

    Parameters
    ----------
    starts, to, metres
        The ways out of each node: ``to[starts[node]:starts[node + 1]]``, and how long each is.
    from_nodes, from_metres
        The two nodes that each place lies between and how far it is from them, shape ``(places, 2)``.
    limit
        What is farther is not reached.

    Returns
    -------
    begins, nodes, away
        The nodes of each place, ``nodes[begins[k]:begins[k + 1]]``, in the order of their metres.
    """
    room = 1024
    nodes, away = np.empty(room, dtype=np.int64), np.empty(room)
    begins = np.zeros(last - first + 1, dtype=np.int64)
    best = np.full(len(starts) - 1, np.inf)
    keys, values = np.empty(room), np.empty(room, dtype=np.int64)
    found = 0
    for place in range(first, last):
        size = 0
        for side in range(2):
            node, far = from_nodes[place, side], from_metres[place, side]
            if far <= limit and far < best[node]:
                best[node] = far
                size = push(keys, values, size, far, node)
        begin = found
        while size > 0:
            far, node = keys[0], values[0]
            size = drop(keys, values, size)
            if far > best[node]:
                continue
            if found == len(nodes):
                nodes = np.concatenate((nodes, np.empty_like(nodes)))
                away = np.concatenate((away, np.empty_like(away)))
            nodes[found], away[found] = node, far
            found += 1
            out = starts[node + 1] - starts[node]
            if size + out > len(keys):
                keys = np.concatenate((keys, np.empty(len(keys) + out)))
                values = np.concatenate((values, np.empty(len(values) + out, dtype=np.int64)))
            for k in range(starts[node], starts[node + 1]):
                farther = far + metres[k]
                if farther <= limit and farther < best[to[k]]:
                    best[to[k]] = farther
                    size = push(keys, values, size, farther, to[k])
        for k in range(begin, found):
            best[nodes[k]] = np.inf
        begins[place - first + 1] = found
    return begins, nodes[:found].copy(), away[:found].copy()
