"""The straight segments of a street layer in a grid, to find the nearest of many points at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.kernels.threads import over_chunks

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

CELL_M = 40.0
"""About half a block: few segments in a cell, few cells to look in."""

CELLS_A_SEGMENT = 8
"""A grid over a whole country has larger cells instead of more than these."""

POINTS_A_CHUNK = 60_000


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest link of each point, all of shape ``(n,)``.

    Attributes
    ----------
    link
        Position of the link; -1 where none is near enough.
    distance_m
        Metres from the point to it; NaN where none is.
    along_m
        Metres from its first vertex to the point of it that is nearest; NaN where none is.
    """

    link: NDArray[np.int64]
    distance_m: NDArray[np.float64]
    along_m: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SegmentGrid:
    """Segments of links, and which cells of a grid they pass.

    Attributes
    ----------
    segments
        As ``kernels.nearest_segment.nearest`` takes them, shape ``(segments, 8)``.
    link
        The link of each segment, ascending, shape ``(segments,)``.
    starts, held
        The segments of each cell, row by row from the south-west.
    west, south, cell_m
        Where the grid begins and how large a cell is, metres.
    rows, columns
        Cells.
    """

    segments: NDArray[np.float64]
    link: NDArray[np.int64]
    starts: NDArray[np.int64]
    held: NDArray[np.int64]
    west: float
    south: float
    cell_m: float
    rows: int
    columns: int

    def nearest(
        self, x: ArrayLike, y: ArrayLike, *, max_distance_m: float, threads: int | None = None
    ) -> Nearest:
        """Find the nearest link of each point; of links equally near the first.

        Parameters
        ----------
        x, y
            Metres in the working CRS, shape ``(n,)``; NaN where there is no point.
        max_distance_m
            No link beyond this distance is taken; one at it is.
        """
        # A frame's columns come read-only, which the kernel has no signature for.
        px, py = np.require(x, np.float64, ["C", "W"]), np.require(y, np.float64, ["C", "W"])
        link = np.full(len(px), -1, dtype=np.int64)
        distance, along = np.full(len(px), np.nan), np.full(len(px), np.nan)
        if not len(self.segments):
            return Nearest(link, distance, along)
        from geodata.kernels.nearest_segment import nearest  # noqa: PLC0415  numba is slow to import

        def work(first: int, last: int) -> None:
            nearest(
                px, py, first, last, self.segments, self.link, self.starts, self.held, self.west, self.south,
                self.cell_m, self.rows, self.columns, max_distance_m, link, distance, along,
            )  # fmt: skip

        over_chunks(work, len(px), size=POINTS_A_CHUNK, threads=threads)
        return Nearest(link, distance, along)


def segment_grid(geometry: NDArray[np.object_]) -> SegmentGrid:
    """Lay the segments of lines in a grid.

    Parameters
    ----------
    geometry
        Lines in the working CRS, shape ``(links,)``; what is missing or empty has no segment.
    """
    segments, link = _segments(geometry)
    if not len(segments):
        none = np.empty(0, dtype=np.int64)
        return SegmentGrid(segments, link, np.zeros(1, dtype=np.int64), none, 0.0, 0.0, CELL_M, 0, 0)
    from geodata.kernels.nearest_segment import into_cells  # noqa: PLC0415  numba is slow to import

    ends = segments[:, :4].reshape(-1, 2)
    (west, south), (east, north) = ends.min(axis=0).tolist(), ends.max(axis=0).tolist()
    area = max(east - west, 1.0) * max(north - south, 1.0)
    cell_m = max(CELL_M, float(np.sqrt(area / (CELLS_A_SEGMENT * len(segments)))))
    rows, columns = int((north - south) / cell_m) + 1, int((east - west) / cell_m) + 1
    starts = np.zeros(rows * columns + 1, dtype=np.int64)
    into_cells(segments, west, south, cell_m, rows, columns, starts, starts[:0], False)  # noqa: FBT003
    np.cumsum(starts, out=starts)
    held = np.empty(starts[-1], dtype=np.int64)
    into_cells(segments, west, south, cell_m, rows, columns, starts[:-1].copy(), held, True)  # noqa: FBT003
    return SegmentGrid(segments, link, starts, held, west, south, cell_m, rows, columns)


def _segments(geometry: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    parts, owner = shapely.get_parts(geometry, return_index=True)
    points, part = shapely.get_coordinates(parts, return_index=True)
    joined = np.flatnonzero(part[1:] == part[:-1])
    first, last = points[joined], points[joined + 1]
    link = owner[part[joined]].astype(np.int64)
    vector = last - first
    length = np.hypot(*vector.T)
    before = np.concatenate([[0.0], np.cumsum(length)])[:-1]
    fresh = np.searchsorted(link, link)
    squared = (vector**2).sum(axis=1)
    inverse = np.divide(1.0, squared, out=np.zeros_like(squared), where=squared > 0)
    along = before - before[fresh] if len(before) else before
    return np.ascontiguousarray(np.column_stack([first, last, vector, inverse, along])), link
