"""Links of road data, divided where values change along them and where others join them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from shapely.ops import substring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NEAR_M = 1.0
"""A value belongs to a link of its element when it runs within this distance of it."""
TOUCH_M = 0.05
"""Links meet where an end lies this close to another link: coordinates are kept to centimetres."""
SHORTEST_M = 0.5
"""No link is divided closer than this to an end, or to another division."""


def ends_of(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the first points of lines and then the last ones, shape ``(2n,)``."""
    return np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])


def joints(lines: NDArray[np.object_]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Find where ends of lines touch other lines between their ends.

    Returns
    -------
    which, where
        Position of a line that is touched, and metres along it; shape ``(m,)`` both.
    """
    points = np.unique(shapely.get_coordinates(ends_of(lines)), axis=0)
    found = shapely.points(points)
    of_point, which = shapely.STRtree(lines).query(found, predicate="dwithin", distance=TOUCH_M)
    return which, shapely.line_locate_point(lines[which], found[of_point])


def changes(
    lines: NDArray[np.object_],
    elements: NDArray[np.object_],
    values: NDArray[np.object_],
    of: NDArray[np.object_],
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Find where values of an element begin and end along its links.

    Parameters
    ----------
    lines, elements
        Links, and the element that each belongs to, shape ``(n,)``.
    values, of
        Lines of the values, and the element that each belongs to, shape ``(m,)``.

    Returns
    -------
    which, where
        As `joints`.
    """
    which, at = pairs(elements, of)
    ends = np.concatenate([shapely.get_point(values[at], 0), shapely.get_point(values[at], -1)])
    which = np.concatenate([which, which])
    near = shapely.distance(lines[which], ends) < NEAR_M
    return which[near], shapely.line_locate_point(lines[which[near]], ends[near])


def divide(
    lines: NDArray[np.object_], cuts: Sequence[tuple[NDArray[np.intp], NDArray[np.float64]]]
) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Divide lines at distances along them.

    Returns
    -------
    pieces, of
        Lines, and the position of the line that each is a piece of; in the order of the lines.
    """
    which = np.concatenate([one for one, _ in cuts]) if cuts else np.zeros(0, dtype=np.intp)
    where = np.concatenate([along for _, along in cuts]) if cuts else np.zeros(0)
    length = shapely.length(lines)
    inside = (where > SHORTEST_M) & (where < length[which] - SHORTEST_M)
    table = pd.DataFrame({"which": which[inside], "where": where[inside]}).sort_values(["which", "where"])
    apart = table["where"] - table.groupby("which")["where"].shift() > SHORTEST_M
    first = ~table["which"].duplicated()
    by_line = table[apart | first].groupby("which")["where"].agg(list)
    pieces: list[shapely.Geometry] = []
    of: list[int] = []
    for at, line in enumerate(lines):
        along = [0.0, *by_line.get(at, []), length[at]]
        parts = [line] if len(along) == 2 else [substring(line, start, end) for start, end in pairwise(along)]
        pieces += parts
        of += [at] * len(parts)
    made = np.empty(len(pieces), dtype=object)
    made[:] = pieces
    return made, np.array(of, dtype=np.intp)


def pairs(
    first: NDArray[np.object_], second: NDArray[np.object_]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the positions in `first` and `second` of every two equal ids."""
    both = pd.DataFrame({"id": first, "first": np.arange(len(first))}).merge(
        pd.DataFrame({"id": second, "second": np.arange(len(second))}), on="id"
    )
    return both["first"].to_numpy(dtype=np.intp), both["second"].to_numpy(dtype=np.intp)
