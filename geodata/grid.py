"""Grids of equal cells: SCB's squares, and hexagons of the same area."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import shapely

from geodata.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray
    from scipy.sparse import csr_array

SCB_SIDES_M = (100, 250, 1000)
"""The sides of SCB's statistical squares, metres."""

EVENTS_PER_CELL = 1.0
"""How many events a used cell should hold on average before a map of cells says anything."""

_NORTH_DIGITS = 10_000_000
_HEX_ORIGIN = 2**25
_HEX_ROW = 2**26


class Grid(Protocol):
    """What every grid can do; a cell is one int64, below 2**53 so that JavaScript holds it too."""

    @property
    def area_m2(self) -> float:
        """Area of one cell."""

    @property
    def lattice_m(self) -> tuple[float, float]:
        """How far apart the columns and the rows are that every cell's middle lies on, metres."""

    def ids(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
        """Return the cell of each point (metres, working CRS), shape ``(n,)``."""

    def centroids(self, ids: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return ``x`` and ``y`` of each cell's middle, shape ``(n,)``."""

    def polygons(self, ids: ArrayLike) -> NDArray[np.object_]:
        """Return each cell as a polygon in the working CRS, shape ``(n,)``."""

    def neighbours(self, ids: NDArray[np.int64]) -> csr_array:
        """Say which of the cells `ids` (sorted) touch: ones, shape ``(n, n)``, zero diagonal."""


@dataclass(frozen=True, slots=True)
class SquareGrid:
    """Squares with corners on multiples of their side, numbered as SCB does.

    A square's id is its south-west corner, seven digits of north after those of east, so that
    population joins by id. Squares that share a side or a corner are neighbours.
    """

    side_m: int

    @property
    def area_m2(self) -> float:
        """Area of one square."""
        return float(self.side_m**2)

    @property
    def lattice_m(self) -> tuple[float, float]:
        """A side either way."""
        return float(self.side_m), float(self.side_m)

    def ids(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
        """Return the square of each point; a point on an edge belongs to the square east or north."""
        east, north = self._corner(x), self._corner(y)
        outside = (east < 0) | (north < 0) | (north >= _NORTH_DIGITS)
        if outside.any():
            first = int(np.flatnonzero(outside)[0])
            raise ParameterError(
                "outside_grid",
                f"The point {east[first]}, {north[first]} has no square: east and north must be positive.",
                east=int(east[first]),
                north=int(north[first]),
            )
        return np.asarray(east * _NORTH_DIGITS + north)

    def centroids(self, ids: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the middle of each square."""
        east, north = np.divmod(np.asarray(ids, dtype=np.int64), _NORTH_DIGITS)
        return east + self.side_m / 2, north + self.side_m / 2

    def polygons(self, ids: ArrayLike) -> NDArray[np.object_]:
        """Return each square as a polygon."""
        east, north = np.divmod(np.asarray(ids, dtype=np.int64), _NORTH_DIGITS)
        return np.asarray(shapely.box(east, north, east + self.side_m, north + self.side_m))

    def neighbours(self, ids: NDArray[np.int64]) -> csr_array:
        """Join squares that share a side or a corner."""
        steps = [
            (east * _NORTH_DIGITS + north) * self.side_m
            for east in (-1, 0, 1)
            for north in (-1, 0, 1)
            if (east, north) != (0, 0)
        ]
        return _joined(ids, steps)

    def _corner(self, value: ArrayLike) -> NDArray[np.int64]:
        floors = np.floor(np.asarray(value, dtype=np.float64) / self.side_m)
        return floors.astype(np.int64) * self.side_m


@dataclass(frozen=True, slots=True)
class HexGrid:
    """Hexagons with a corner to the north, `side_m` long on each side.

    Cells that share a side are neighbours; no two meet in a corner alone.
    """

    side_m: float

    @classmethod
    def of_area(cls, area_m2: float) -> HexGrid:
        """Return the grid whose cells have this area."""
        return cls(math.sqrt(2 * area_m2 / (3 * math.sqrt(3))))

    @property
    def area_m2(self) -> float:
        """Area of one hexagon."""
        return 1.5 * math.sqrt(3) * self.side_m**2

    @property
    def lattice_m(self) -> tuple[float, float]:
        """Half a hexagon's width, and one and a half sides: every other node is a middle."""
        return math.sqrt(3) / 2 * self.side_m, 1.5 * self.side_m

    def ids(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
        """Return the hexagon of each point, by rounding in cube coordinates."""
        x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        column = (x * math.sqrt(3) - y) / (3 * self.side_m)
        row = 2 * y / (3 * self.side_m)
        third = -column - row
        whole = np.round(column), np.round(row), np.round(third)
        off = np.abs(whole[0] - column), np.abs(whole[1] - row), np.abs(whole[2] - third)
        fix_column = (off[0] > off[1]) & (off[0] > off[2])
        fix_row = ~fix_column & (off[1] > off[2])
        columns = np.where(fix_column, -whole[1] - whole[2], whole[0]).astype(np.int64)
        rows = np.where(fix_row, -whole[0] - whole[2], whole[1]).astype(np.int64)
        return np.asarray((columns + _HEX_ORIGIN) * _HEX_ROW + rows + _HEX_ORIGIN)

    def centroids(self, ids: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the middle of each hexagon."""
        columns, rows = np.divmod(np.asarray(ids, dtype=np.int64), _HEX_ROW)
        column, row = columns - _HEX_ORIGIN, rows - _HEX_ORIGIN
        return self.side_m * math.sqrt(3) * (column + row / 2), self.side_m * 1.5 * row

    def polygons(self, ids: ArrayLike) -> NDArray[np.object_]:
        """Return each hexagon as a polygon."""
        x, y = self.centroids(ids)
        turn = np.deg2rad(np.arange(30, 390, 60))
        corners = np.stack(
            [x[:, None] + self.side_m * np.cos(turn), y[:, None] + self.side_m * np.sin(turn)], axis=-1
        )
        return np.asarray(shapely.polygons(np.concatenate([corners, corners[:, :1]], axis=1)))

    def neighbours(self, ids: NDArray[np.int64]) -> csr_array:
        """Join hexagons that share a side."""
        around = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)]
        return _joined(ids, [column * _HEX_ROW + row for column, row in around])


GRIDS: dict[str, Callable[[int], Grid]] = {
    "square": SquareGrid,
    "hexagon": lambda side_m: HexGrid.of_area(side_m**2),
}
"""Grids by name, made from the side of the square that one cell is as large as."""


def choose_cell_size(events: int, occupied_area_m2: float) -> int:
    """Return the smallest SCB side at which a cell holds an event on average.

    Parameters
    ----------
    events
        Number of located events.
    occupied_area_m2
        Area where events may happen at all.

    Returns
    -------
    int
        Metres; the largest SCB side where not even that is enough, so never zero and never endless.
    """
    for side_m in SCB_SIDES_M:
        if events * side_m**2 >= EVENTS_PER_CELL * occupied_area_m2:
            return side_m
    return SCB_SIDES_M[-1]


def _joined(ids: NDArray[np.int64], steps: list[int]) -> csr_array:
    """Join each cell to those of `ids` that lie one of `steps` away in number."""
    rows, columns = [], []
    for step in steps:
        row, column = _shared(ids + step, ids)
        rows.append(row)
        columns.append(column)
    # Half as wide as positions come: whoever goes through them waits for memory.
    row, column = np.concatenate(rows).astype(np.int32), np.concatenate(columns).astype(np.int32)
    from scipy.sparse import csr_array  # noqa: PLC0415  slow to import

    return csr_array((np.ones(len(row)), (row, column)), shape=(len(ids), len(ids)))


def _shared(asked: NDArray[np.int64], ids: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the positions in `asked` and in `ids` (sorted) of the cells that stand in both."""
    position = np.searchsorted(ids, asked)
    inside = np.flatnonzero(position < len(ids))
    found = inside[ids[position[inside]] == asked[inside]]
    return found, position[found]
