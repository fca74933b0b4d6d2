"""What every hotspot method takes and gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

ALPHA = 0.05
"""False discovery rate, or level of significance, that a method keeps when it is not told another."""


@dataclass(frozen=True, eq=False)
class CellCounts:
    """Events counted in cells, beside what is expected there.

    Attributes
    ----------
    count
        Events by cell, shape ``(cells,)``.
    expected
        Expected events by cell, above zero wherever any event was counted, shape ``(cells,)``.
    neighbours
        Which cells touch: ones, shape ``(cells, cells)``, zero diagonal.
    cell_area_m2
        Area of one cell.
    """

    count: NDArray[np.float64]
    expected: NDArray[np.float64]
    neighbours: csr_array
    cell_area_m2: float

    @property
    def cells(self) -> int:
        """Number of cells."""
        return len(self.count)


@dataclass(frozen=True, eq=False)
class HotspotResult:
    """What a method found in every cell.

    Attributes
    ----------
    score
        The method's own figure, higher is hotter, shape ``(cells,)``; a z-score where it says so.
    p_adjusted
        Chance, corrected for the number of cells, shape ``(cells,)``; NaN in a method without chance.
    hot
        Which cells it calls hot, shape ``(cells,)``.
    parameters
        What it was run with and chose, as code and value.
    warnings
        Codes of ``codes.WARNINGS``.
    """

    score: NDArray[np.float64]
    p_adjusted: NDArray[np.float64]
    hot: NDArray[np.bool_]
    parameters: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = field(default=())


class Method(Protocol):
    """A hotspot method: a pure function from counts to a result, whatever the town's size."""

    def __call__(self, cells: CellCounts, *, alpha: float = ALPHA) -> HotspotResult:
        """Score every cell; with no cells or no events, call nothing hot."""
