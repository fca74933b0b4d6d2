"""A street net while it is made: streets as chains of vertices that they share where they meet."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

_CELL_M = 60.0


@dataclass(slots=True)
class Street:
    """One street: its vertices in order, what it is for, and where it grew.

    Attributes
    ----------
    level
        0 road or main street, 1 collector, 2 local, 3 private road in the country.
    zone
        Code of the zone where it started.
    label
        Name, where its maker gave one.
    continues
        Number of the street whose name it carries on beyond a crossing, or -1.
    """

    level: int
    zone: int
    vertices: list[int]
    label: str = ""
    continues: int = -1


class Net:
    """Streets as chains of vertices; streets meet where they share one."""

    def __init__(self) -> None:
        self.x: list[float] = []
        self.y: list[float] = []
        self.heading: list[float] = []
        self.owner: list[int] = []
        self.degree: list[int] = []
        self.streets: list[Street] = []
        self._cells: dict[tuple[int, int], list[int]] = {}

    def add_vertex(self, x: float, y: float, heading: float, owner: int) -> int:
        """Add a vertex without a street yet, and return its number."""
        number = len(self.x)
        self.x.append(x)
        self.y.append(y)
        self.heading.append(heading)
        self.owner.append(owner)
        self.degree.append(0)
        self._cells.setdefault((int(x // _CELL_M), int(y // _CELL_M)), []).append(number)
        return number

    def add_street(
        self,
        points: list[tuple[float, float]],
        *,
        level: int,
        zone: int,
        start: int = -1,
        end: int = -1,
        label: str = "",
    ) -> int:
        """Add a street along `points` (metres), from vertex `start` and to vertex `end` where given.

        The points of `start` and `end` themselves are not repeated in `points`.
        """
        number = len(self.streets)
        chain = [start] if start >= 0 else []
        for position, (x, y) in enumerate(points):
            after = points[position + 1] if position + 1 < len(points) else None
            before = points[position - 1] if position else None
            first = (before or (self.x[start], self.y[start])) if start >= 0 or before else (x, y)
            last = after or ((self.x[end], self.y[end]) if end >= 0 else (x, y))
            chain.append(self.add_vertex(x, y, math.atan2(last[1] - first[1], last[0] - first[0]), number))
        if end >= 0:
            chain.append(end)
        for one, two in itertools.pairwise(chain):
            self.degree[one] += 1
            self.degree[two] += 1
        self.streets.append(Street(level, zone, chain, label))
        return number

    def near(self, x: float, y: float, reach: float) -> list[int]:
        """Return the vertices within `reach` metres, and some a little farther."""
        cells = self._cells
        rows = range(int((y - reach) // _CELL_M), int((y + reach) // _CELL_M) + 1)
        found: list[int] = []
        for i in range(int((x - reach) // _CELL_M), int((x + reach) // _CELL_M) + 1):
            for j in rows:
                if (i, j) in cells:
                    found += cells[i, j]
        return found

    def relax(self) -> None:
        """Round the streets: each vertex between crossings moves towards its neighbours' middle, thrice."""
        x, y = np.array(self.x), np.array(self.y)
        fixed = np.array(self.degree) != 2
        chains = [np.array(street.vertices) for street in self.streets if len(street.vertices) > 2]
        before = np.concatenate([chain[:-2] for chain in chains])
        here = np.concatenate([chain[1:-1] for chain in chains])
        after = np.concatenate([chain[2:] for chain in chains])
        inner = ~fixed[here]
        before, here, after = before[inner], here[inner], after[inner]
        for _ in range(3):
            middle_x, middle_y = (x[before] + x[after]) / 2, (y[before] + y[after]) / 2
            x[here] += 0.6 * (middle_x - x[here])
            y[here] += 0.6 * (middle_y - y[here])
        self.x, self.y = x.tolist(), y.tolist()
