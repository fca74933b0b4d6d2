"""What every hotspot method takes and gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import shapely
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geodata.streets.network import StreetNetwork

ALPHA = 0.05
"""False discovery rate, or level of significance, that a method keeps when it is not told another."""

SEED = 20160429
"""Where chance is drawn, it is drawn from here unless another seed is given: the same answer every time."""


class Need(StrEnum):
    """What a method can't do without, beside the events in cells."""

    DAYS = "days"
    STREETS = "streets"


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
    x, y
        Centres, metres in the working CRS, shape ``(cells,)``.
    cell_area_m2
        Area of one cell.
    lattice_m
        How far apart the columns and rows are that all centres lie on, metres.
    """

    count: NDArray[np.float64]
    expected: NDArray[np.float64]
    neighbours: csr_array
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    cell_area_m2: float
    lattice_m: tuple[float, float]

    @property
    def cells(self) -> int:
        """Number of cells."""
        return len(self.count)


@dataclass(frozen=True, eq=False)
class Events:
    """The events themselves; all arrays have one value an event.

    Attributes
    ----------
    x, y
        Metres in the working CRS.
    weight
        What an event weighs by its severity; ones where nothing is weighted.
    cell
        Position of its cell in ``CellCounts``.
    first_day, last_day
        Local days that it may have begun on, as days since 1970-01-01: the same where the day is known.
    link, along_m
        The link of the network that it lies on, and how far from its start; -1 and NaN off the streets.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    weight: NDArray[np.float64]
    cell: NDArray[np.int64]
    first_day: NDArray[np.int64]
    last_day: NDArray[np.int64]
    link: NDArray[np.int64]
    along_m: NDArray[np.float64]

    @property
    def number(self) -> int:
        """Number of events."""
        return len(self.x)

    @property
    def day_known(self) -> NDArray[np.bool_]:
        """Which are known to the day."""
        return np.asarray(self.first_day == self.last_day)


@dataclass(frozen=True, eq=False)
class Material:
    """All that a method may look at: the same events, as points, in cells and along streets.

    Attributes
    ----------
    network
        The streets; None where none are imported.
    first_day, last_day
        The days that were asked about, as days since 1970-01-01.
    """

    cells: CellCounts
    events: Events
    network: StreetNetwork | None
    first_day: int
    last_day: int


@dataclass(frozen=True, eq=False)
class CellScores:
    """What a method found in every cell.

    Attributes
    ----------
    score
        The method's own figure, higher is hotter, shape ``(cells,)``; a z-score where it says so.
    p_adjusted
        Chance, corrected for the number of cells, shape ``(cells,)``; NaN in a method without chance.
    hot
        Which cells it calls hot, shape ``(cells,)``.
    """

    score: NDArray[np.float64]
    p_adjusted: NDArray[np.float64]
    hot: NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Finding:
    """One place that a method points at: an area, or a stretch of street.

    Attributes
    ----------
    geometry
        In the working CRS: a polygon for an area, a line for a stretch.
    events
        Positions in ``Events`` of those in it, ascending.
    expected
        Events expected there; NaN in a method without an expectation.
    score
        The method's own figure, higher is hotter.
    p
        Chance, corrected for everywhere that was looked; NaN in a method without chance.
    first_day, last_day
        When, as days since 1970-01-01, both inside; None in a method without time.
    class_code
        What kind of hotspot it is, a code of ``codes.CLASSES``; None in a method without kinds.
    """

    geometry: shapely.Geometry
    events: NDArray[np.int64]
    expected: float
    score: float
    p: float
    first_day: int | None = None
    last_day: int | None = None
    class_code: str | None = None

    @property
    def count(self) -> int:
        """Events in it."""
        return len(self.events)


@dataclass(frozen=True, eq=False)
class HotspotResult:
    """What a method found.

    Attributes
    ----------
    used
        Events that it could use.
    cells
        A figure for every cell, joined into areas afterwards; None for a method that finds its own places.
    findings
        The places that it points at, the hottest first; empty for a method that scores cells.
    left_out
        Events that it could not use, by the code of the reason (of ``codes.LEFT_OUT``).
    chosen
        What it chose itself, as code and value, beside its parameters.
    seed
        Where its chance was drawn from; None in a method that draws none.
    warnings
        Codes of ``codes.WARNINGS``.
    details
        The method's own result, frozen, for who asks for it by name.
    """

    used: int
    cells: CellScores | None = None
    findings: tuple[Finding, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    seed: int | None = None
    warnings: tuple[str, ...] = field(default=())
    details: object | None = None


def no_scores(cells: CellCounts) -> CellScores:
    """Give every cell the score 0."""
    nothing = np.zeros(cells.cells)
    return CellScores(nothing, nothing + 1, nothing > 0)


@dataclass(frozen=True, slots=True)
class Method:
    """A hotspot method, under the literature's name.

    Attributes
    ----------
    run
        Material, parameters, seed → result: a pure function, whatever the town's size. The same three give
        the same answer, on one thread or two.
    parameters
        Makes the method's parameters, a frozen dataclass, with their defaults.
    counting_rule
        How an event is counted, a code of ``codes.COUNTING_RULES``.
    needs
        What it can't do without.
    chance
        Whether it sets what it finds against chance.
    weighs
        Whether an event counts by its weight; else each counts as one.
    """

    run: Callable[[Material, Any, int], HotspotResult]
    parameters: Callable[[], Any]
    counting_rule: str
    needs: frozenset[Need] = frozenset()
    chance: bool = True
    weighs: bool = False

    def __call__(
        self, material: Material, parameters: Any | None = None, *, seed: int = SEED
    ) -> HotspotResult:
        """Look for hotspots; with nothing to go by, find none and say why."""
        chosen = self.parameters() if parameters is None else parameters
        if Need.STREETS in self.needs and material.network is None:
            return HotspotResult(0, warnings=("stretches_need_streets",))
        if not material.events.number:
            return HotspotResult(0, no_scores(material.cells), warnings=("no_events",))
        return self.run(material, chosen, seed)
