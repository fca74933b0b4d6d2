"""Streets cut into short pieces of one length, and what lies by a crossing told to each street there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
import shapely.ops
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIECE_M = 80.467
"""0.05 mile, as in the Safer Streets Priority Finder: shorter than a block, longer than a fix is wrong."""

WITHIN_M = 15.24
"""50 feet: what is this near several streets is at their crossing."""

REACH = 4
"""Pieces on either side that share an event."""


@dataclass(frozen=True, eq=False)
class Pieces:
    """Pieces of streets, street by street from each one's first vertex.

    Attributes
    ----------
    street
        Position of the street among the lines, ascending, shape ``(n,)``.
    first_m, last_m
        Ends, metres along the street, shape ``(n,)``.
    line
        LineStrings in the working CRS, shape ``(n,)``.
    """

    street: NDArray[np.int64]
    first_m: NDArray[np.float64]
    last_m: NDArray[np.float64]
    line: NDArray[np.object_]

    @property
    def length_m(self) -> NDArray[np.float64]:
        """Length of each, shape ``(n,)``."""
        return self.last_m - self.first_m

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.street)


def cut(lines: NDArray[np.object_], *, length_m: float = PIECE_M) -> Pieces:
    """Cut each street into pieces of a length from its first vertex; the last one is what is left.

    Parameters
    ----------
    lines
        LineStrings in the working CRS (metres), one a street, shape ``(streets,)``.
    """
    lengths = shapely.length(lines)
    # What is left over by rounding is no piece of its own.
    number_of = np.maximum(np.ceil(lengths / length_m - 1e-6), 1).astype(np.int64)
    street = np.repeat(np.arange(len(lines)), number_of)
    number = np.arange(len(street)) - np.repeat(np.cumsum(number_of) - number_of, number_of)
    first = number * length_m
    last = np.where(number + 1 == number_of[street], lengths[street], first + length_m)
    parts = [
        shapely.ops.substring(lines[at], begin, end)
        for at, begin, end in zip(street.tolist(), first.tolist(), last.tolist(), strict=True)
    ]
    return Pieces(street, first, last, np.array(parts, dtype=object))


def joined(
    points: NDArray[np.object_],
    lines: NDArray[np.object_],
    pieces: Pieces,
    *,
    within_m: float = WITHIN_M,
) -> csr_array:
    """Join each point to the nearest piece of every street that is near.

    A point by a crossing is told to each street that meets there, and so counts on several: pieces are
    ranked by what lies on them, and never summed to a total of events.

    Returns
    -------
    csr_array
        Ones, shape ``(points, pieces)``.
    """
    point, street = shapely.STRtree(lines).query(points, predicate="dwithin", distance=within_m)
    along = shapely.line_locate_point(lines[street], points[point])
    starts = np.searchsorted(pieces.street, np.arange(len(lines) + 1))
    key = pieces.street * _WIDE + pieces.first_m
    at = np.searchsorted(key, street * _WIDE + along, side="right") - 1
    at = np.clip(at, starts[street], starts[street + 1] - 1)
    return csr_array((np.ones(len(at)), (point, at)), shape=(len(points), len(pieces)))


def spreading(pieces: Pieces, *, reach: int = REACH) -> csr_array:
    """Return what each piece gives to those along its street: less with distance, one in all.

    Returns
    -------
    csr_array
        Shape ``(pieces, pieces)``, rows sum to 1: at a street's end the rest is shared by what is there.

    Notes
    -----
    A linear kernel over whole pieces, as in the Safer Streets Priority Finder. Nothing crosses over to
    another street; a kernel that does is ``hotspots.network_kde``.
    """
    offsets = np.arange(-reach, reach + 1)
    here = np.arange(len(pieces))
    other = here[:, None] + offsets
    inside = (other >= 0) & (other < len(pieces))
    inside[inside] = (
        pieces.street[other[inside]] == np.broadcast_to(pieces.street[:, None], other.shape)[inside]
    )
    weight = np.where(inside, reach + 1 - np.abs(offsets), 0.0)
    weight /= weight.sum(axis=1, keepdims=True)
    row, column = np.nonzero(inside)
    return csr_array((weight[row, column], (row, other[row, column])), shape=(len(pieces), len(pieces)))


_WIDE = 1e8
"""Wider than any street is long, metres: streets lie one after the other on one axis."""
