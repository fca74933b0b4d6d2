"""Which of many line segments lies nearest to each of many points, by a grid over the segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.kernels.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

MARGIN_M = 1e-5
"""A segment is noted in the cells that it passes this near, so that rounding drops none."""

BLOCK = 16
"""Cells along the side of a block whose points are looked at together."""


@kernel("void(float64[:, ::1], float64, float64, float64, int64, int64, int64[::1], int64[::1], boolean)")
def into_cells(  # noqa: PLR0913, PLR0917  a compiled loop takes what it needs one by one
    segments: NDArray[np.float64],
    west: float,
    south: float,
    cell_m: float,
    rows: int,
    columns: int,
    starts: NDArray[np.int64],
    held: NDArray[np.int64],
    fill: bool,  # noqa: FBT001  numba takes no keyword
) -> None:
    """Note each segment in the cells that it passes: first count, with `fill` write.

    Parameters
    ----------
    segments
        As `nearest` takes them.
    starts
        Shape ``(rows * columns + 1,)``. Counting adds a cell's segments to the place after it; filling
        moves each cell's own place forward as it writes.
    held
        Filled with segments, cell by cell, those of one cell in their own order.
    """
    for i in range(len(segments)):
        x0, y0, x1, y1 = segments[i, 0], segments[i, 1], segments[i, 2], segments[i, 3]
        low_y, high_y = min(y0, y1) - MARGIN_M, max(y0, y1) + MARGIN_M
        low_x, high_x = min(x0, x1) - MARGIN_M, max(x0, x1) + MARGIN_M
        first_row = max(0, int((low_y - south) / cell_m))
        last_row = min(rows - 1, int((high_y - south) / cell_m))
        for row in range(first_row, last_row + 1):
            begin, end = low_x, high_x
            if last_row > first_row and y0 != y1:
                bottom = south + row * cell_m - MARGIN_M
                top = south + (row + 1) * cell_m + MARGIN_M
                slope = (x1 - x0) / (y1 - y0)
                one = x0 + (max(bottom, low_y) - y0) * slope
                other = x0 + (min(top, high_y) - y0) * slope
                begin = max(low_x, min(one, other) - MARGIN_M)
                end = min(high_x, max(one, other) + MARGIN_M)
            first = max(0, int((begin - west) / cell_m))
            last = min(columns - 1, int((end - west) / cell_m))
            for column in range(first, last + 1):
                cell = row * columns + column
                if fill:
                    held[starts[cell]] = i
                    starts[cell] += 1
                else:
                    starts[cell + 1] += 1


@kernel("int64[::1](in float64[::1], in float64[::1], int64, int64, float64, float64, float64, int64, int64)")
def by_block(  # noqa: PLR0913, PLR0917  a compiled loop takes what it needs one by one
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    first: int,
    last: int,
    west: float,
    south: float,
    block_m: float,
    rows: int,
    columns: int,
) -> NDArray[np.int64]:
    """Return the points ``range(first, last)`` block by block: neighbours then look at the same segments.

    A point outside all blocks, or without coordinates, goes to the block nearest to it, or to the first.
    """
    block = np.empty(last - first, dtype=np.int64)
    starts = np.zeros(rows * columns + 1, dtype=np.int64)
    for i in range(first, last):
        column, row = (x[i] - west) / block_m, (y[i] - south) / block_m
        here = 0
        if np.isfinite(column) and np.isfinite(row):
            here = int(min(max(row, 0.0), rows - 1.0)) * columns + int(min(max(column, 0.0), columns - 1.0))
        block[i - first] = here
        starts[here + 1] += 1
    for here in range(rows * columns):
        starts[here + 1] += starts[here]
    order = np.empty(last - first, dtype=np.int64)
    for i in range(last - first):
        here = block[i]
        order[starts[here]] = first + i
        starts[here] += 1
    return order


@kernel(
    "float64(float64, float64, int64, int64, int64, float64, float64, float64, int64, int64)",
)
def unseen(  # noqa: PLR0913, PLR0917  a compiled loop takes what it needs one by one
    px: float,
    py: float,
    ring: int,
    home_row: int,
    home_column: int,
    west: float,
    south: float,
    cell_m: float,
    rows: int,
    columns: int,
) -> float:
    """Return how far a point lies inside the rings looked at; infinite when no cell is left."""
    least = np.inf
    if home_column - ring > 0:
        least = min(least, px - (west + (home_column - ring) * cell_m))
    if home_column + ring < columns - 1:
        least = min(least, west + (home_column + ring + 1) * cell_m - px)
    if home_row - ring > 0:
        least = min(least, py - (south + (home_row - ring) * cell_m))
    if home_row + ring < rows - 1:
        least = min(least, south + (home_row + ring + 1) * cell_m - py)
    return least


@kernel(
    "void(in float64[::1], in float64[::1], int64, int64, in float64[:, ::1], in int64[::1], in int64[::1],"
    " in int64[::1], float64, float64, float64, int64, int64, float64, int64[::1], float64[::1],"
    " float64[::1])"
)
def nearest(  # noqa: C901, PLR0913, PLR0917  a compiled loop takes what it needs one by one
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    first: int,
    last: int,
    segments: NDArray[np.float64],
    link: NDArray[np.int64],
    starts: NDArray[np.int64],
    held: NDArray[np.int64],
    west: float,
    south: float,
    cell_m: float,
    rows: int,
    columns: int,
    most_m: float,
    found: NDArray[np.int64],
    distance: NDArray[np.float64],
    along: NDArray[np.float64],
) -> None:
    """Find the nearest segment of the points ``range(first, last)``; of equally near ones the first link's.

    Cells are searched in rings round the point's own, until what lies beyond them is farther than the
    nearest found.

    Parameters
    ----------
    segments
        x and y of the first end, x and y of the last end, the vector between them, one over its squared
        length (0 for a point), metres along the link before it; shape ``(segments, 8)``.
    link
        The link of each segment, shape ``(segments,)``.
    starts, held
        The segments of each cell: ``held[starts[cell]:starts[cell + 1]]``.
    found, distance, along
        Filled; -1 and NaN where none is within `most_m`.
    """
    in_order = by_block(
        x, y, first, last, west, south, BLOCK * cell_m, rows // BLOCK + 1, columns // BLOCK + 1
    )
    for i in in_order:
        px, py = x[i], y[i]
        found[i], distance[i], along[i] = -1, np.nan, np.nan
        if not (np.isfinite(px) and np.isfinite(py)):
            continue
        home_column = int(min(max((px - west) / cell_m, 0.0), columns - 1.0))
        home_row = int(min(max((py - south) / cell_m, 0.0), rows - 1.0))
        best, best_segment, best_link = most_m * most_m, -1, -1
        ring = 1
        while True:
            for row in range(max(0, home_row - ring), min(rows - 1, home_row + ring) + 1):
                # The cells of a row lie beside each other: its whole breadth is one run of segments,
                # but for the rows between, of which the breadth but the ends has been looked at.
                between = ring > 1 and abs(row - home_row) < ring
                for side in range(2 if between else 1):
                    left = home_column + ring if side else home_column - ring
                    right = left if between else home_column + ring
                    left, right = max(left, 0), min(right, columns - 1)
                    if left > right:
                        continue
                    for k in range(starts[row * columns + left], starts[row * columns + right + 1]):
                        at = held[k]
                        dx, dy = segments[at, 4], segments[at, 5]
                        ax, ay = px - segments[at, 0], py - segments[at, 1]
                        part = (ax * dx + ay * dy) * segments[at, 6]
                        bx, by = ax - part * dx, ay - part * dy
                        if part <= 0.0:
                            bx, by = ax, ay
                        if part >= 1.0:
                            # From the end itself: streets that share it are then equally near to the bit.
                            bx, by = px - segments[at, 2], py - segments[at, 3]
                        away = bx * bx + by * by
                        if away < best or (away == best and (best_link < 0 or link[at] < best_link)):
                            best, best_segment, best_link = away, at, link[at]
            beyond = unseen(px, py, ring, home_row, home_column, west, south, cell_m, rows, columns)
            # A millimetre more: what is equally near must not be missed for rounding.
            if beyond == np.inf or (beyond > 0 and beyond * beyond > best + 1e-3):
                break
            ring += 1
        if best_segment >= 0:
            at = best_segment
            part = (px - segments[at, 0]) * segments[at, 4] + (py - segments[at, 1]) * segments[at, 5]
            part = min(max(part * segments[at, 6], 0.0), 1.0)
            found[i], distance[i] = best_link, np.sqrt(best)
            along[i] = segments[at, 7] + part * np.hypot(segments[at, 4], segments[at, 5])
