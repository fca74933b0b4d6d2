"""Shapes that cross themselves, mended; those so tangled that mending them would never end, told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

CROSSINGS = 10_000
"""Self-crossings up to which a shape is mended: a third of a second, and more than in proportion beyond."""
SMALL = 100
"""Points up to which no shape can have so many."""
LARGE = 20_000
"""Points from which even asking whether a tangle is valid takes long: 211 s at a million."""
SAMPLE = 32
"""Segments that are held against all others."""


def mend(geometry: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Make shapes that cross themselves valid.

    Parameters
    ----------
    geometry
        Shapely geometries, shape ``(n,)``; None where there is none.

    Returns
    -------
    geometry
        The same, with crossed ones mended; None where they are tangled.
    crossed
        Which crossed themselves and were mended, shape ``(n,)``.
    tangled
        Which have too many crossings to be any real shape, shape ``(n,)``.
    """
    size = shapely.get_num_coordinates(geometry)
    tangled = np.zeros(len(geometry), dtype=bool)
    for at in np.flatnonzero(size > LARGE):
        tangled[at] = crossings(geometry[at]) > CROSSINGS
    crossed = ~shapely.is_missing(geometry) & ~tangled
    crossed[crossed] = ~shapely.is_valid(geometry[crossed])
    for at in np.flatnonzero(crossed & (size > SMALL) & (size <= LARGE)):
        tangled[at] = crossings(geometry[at]) > CROSSINGS
    crossed &= ~tangled
    mended = geometry.copy()
    mended[crossed] = shapely.make_valid(geometry[crossed], method="structure", keep_collapsed=False)
    mended[tangled] = None
    return mended, crossed, tangled


def crossings(shape: shapely.Geometry) -> float:
    """Return about how often the rings or lines of a shape cross, from `SAMPLE` of their segments.

    Two segments cross where the ends of each lie on different sides of the other.
    """
    parts = shapely.get_parts(shape)
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    lines = np.concatenate([shapely.get_rings(parts[areas]), parts[~areas]])
    points, of = shapely.get_coordinates(lines, return_index=True)
    whole = of[1:] == of[:-1]
    start, end = points[:-1][whole], points[1:][whole]
    if not len(start):
        return 0.0
    chosen = np.unique(np.linspace(0, len(start) - 1, SAMPLE).astype(int))
    found = 0
    for first, last in zip(start[chosen], end[chosen], strict=True):
        apart = _side(first, last, start) * _side(first, last, end) < 0
        apart[apart] = _side(start[apart], end[apart], first) * _side(start[apart], end[apart], last) < 0
        found += int(apart.sum())
    return found / len(chosen) * len(start) / 2


def _side(
    first: NDArray[np.float64], last: NDArray[np.float64], point: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return on which side of a segment a point lies: below, at or above zero."""
    run, from_first = last - first, point - first
    return np.asarray(
        np.sign(run[..., 0] * from_first[..., 1] - run[..., 1] * from_first[..., 0]), dtype=np.float64
    )
