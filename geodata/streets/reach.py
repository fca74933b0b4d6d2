"""Which crossings are within a walk of a place on a street, and how far each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.threads import over_chunks

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geodata.streets.network import StreetNetwork

PLACES_A_CHUNK = 512


@dataclass(frozen=True, eq=False)
class Reached:
    """The nodes within reach of each place, the nearest first.

    Attributes
    ----------
    begins
        Where each place's nodes begin in the other two, shape ``(places + 1,)``.
    nodes, metres
        Nodes, and walking metres to each.
    """

    begins: NDArray[np.int64]
    nodes: NDArray[np.int64]
    metres: NDArray[np.float64]


def reach(
    network: StreetNetwork,
    link: ArrayLike,
    along_m: ArrayLike,
    *,
    distance_m: float,
    threads: int | None = None,
) -> Reached:
    """Walk from places on links, both ways, along the links that may be walked.

    Parameters
    ----------
    link
        Links, shape ``(places,)``; a link that may not be walked is left by its ends all the same.
    along_m
        Metres from the first vertex of each, shape ``(places,)``.
    distance_m
        A node farther than this is not reached; one at it is.

    Notes
    -----
    Dijkstra 1959, *Numerische Mathematik* 1, stopped at the distance.
    """
    from geodata.kernels.shortest_ways import within_reach  # noqa: PLC0415  numba is slow to import

    links, along = np.asarray(link, dtype=np.int64), np.asarray(along_m, dtype=np.float64)
    nodes = np.column_stack([network.start[links], network.end[links]]).astype(np.int64)
    metres = np.column_stack([along, network.length_m[links] - along])
    starts, to, length = network.ways

    def work(first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        return within_reach(starts, to, length, nodes, metres, first, last, distance_m)

    parts = over_chunks(work, len(links), size=PLACES_A_CHUNK, threads=threads)
    held = np.concatenate([np.zeros(1, dtype=np.int64), *(np.diff(begins) for begins, _, _ in parts)])
    return Reached(
        begins=np.cumsum(held),
        nodes=np.concatenate([np.empty(0, dtype=np.int64), *(found for _, found, _ in parts)]),
        metres=np.concatenate([np.empty(0), *(away for _, _, away in parts)]),
    )
