"""Records by period, stream and unit of ground, and the methods that are asked to go on from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from geodata.analyses.material import gather
from geodata.codelists import ROAD_CLASSES
from geodata.evidence.exposure import FIRST_CLASS
from geodata.evidence.forecast import StreetGround, forecast
from geodata.evidence.neighbourhood import smoothed
from geodata.hotspots.methods import METHODS
from geodata.periods import Period
from geodata.schema import Stream
from geodata.selection import fixed_periods
from geodata.streets.pieces import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.evaluation.walk_forward import Predictor
    from geodata.hotspots.base import HotspotResult, Material
    from geodata.selection import Selection

PIECE_M = 100.0
"""Length of a piece of street: about a block."""

NEAR_M, AROUND_M, LIVING_M = 100.0, 500.0, 300.0
"""How far round a piece small streets, all streets, and people are counted."""

SMALL = ("service",)
"""Classes of street that show what there is to go to: drives, car parks, yards."""

LONGEST_TERTIAL_DAYS = 124
OVER_DAYS = 7
"""A period that the newest record is farther from the end of is not over."""


@dataclass(frozen=True, eq=False)
class Past:
    """Records counted.

    Attributes
    ----------
    periods
        Oldest first.
    streams
        Those that the selection asks for.
    counts
        Shape ``(periods, streams, units)``.
    sizes
        Area or length of each unit, shape ``(units,)``.
    rows, row_period
        The records that are counted, and the period of each.
    """

    periods: tuple[Period, ...]
    streams: tuple[Stream, ...]
    counts: NDArray[np.float64]
    sizes: NDArray[np.float64]
    rows: NDArray[np.int64]
    row_period: NDArray[np.int64]

    def per_size(self, predictor: Predictor) -> Predictor:
        """Return a method's scores by metre or square metre."""
        return lambda history, outcome: predictor(history, outcome) / self.sizes


@dataclass(frozen=True, slots=True)
class Unit:
    """What ground is cut into.

    Attributes
    ----------
    past
        Counts the records.
    methods
        Each makes a predictor.
    usual
        Methods that are asked when none is named.
    counting_rule
        A code of ``codes.COUNTING_RULES``.
    """

    past: Callable[[Ground, Selection, NDArray[np.int64], Sequence[Period]], Past]
    methods: dict[str, Callable[[Ground, Selection, Past], Predictor]]
    usual: tuple[str, ...]
    counting_rule: str


def periods_of(
    ground: Ground, selection: Selection, *, step: Literal["tertial", "year"]
) -> tuple[list[Period], NDArray[np.int64]]:
    """Return the periods that the selected records reach over, and that of each observation.

    Returns
    -------
    periods
        Oldest first, without one that is not over.
    period_of
        Position of the period that a record lies wholly in; -1 for one that is not selected, or not known
        so well, shape ``(observations,)``.
    """
    chosen = ground.records.problems(selection)
    first, last = ground.records.first_day, ground.records.last_day
    known = np.flatnonzero(chosen & ~np.isnat(first) & ~np.isnat(last))
    period_of = np.full(len(chosen), -1, dtype=np.int64)
    if not len(known):
        return [], period_of
    newest = last[known].max()
    year = step == "year"
    periods = [
        one
        for one in fixed_periods(first[known].min().astype(object), newest.astype(object))
        if ((one.last - one.first).days > LONGEST_TERTIAL_DAYS) == year
        if np.datetime64(one.last) - newest <= np.timedelta64(OVER_DAYS, "D")
    ]
    if not periods:
        return [], period_of
    begins = np.array([one.first for one in periods], dtype="datetime64[D]")
    ends = np.array([one.last for one in periods], dtype="datetime64[D]")
    at = np.searchsorted(begins, first[known], side="right") - 1
    inside = (at >= 0) & (last[known] <= ends[np.maximum(at, 0)])
    period_of[known[inside]] = at[inside]
    return periods, period_of


def _counted(
    ground: Ground,
    selection: Selection,
    period_of: NDArray[np.int64],
    unit: NDArray[np.int64],
    periods: Sequence[Period],
    sizes: NDArray[np.float64],
) -> Past:
    """Count the records with a period and a unit, `unit` being -1 for those without."""
    streams = tuple(stream for stream in Stream if stream in selection.streams)
    rows = np.flatnonzero((period_of >= 0) & (unit >= 0))
    counts = np.zeros((len(periods), len(streams), len(sizes)))
    for at, stream in enumerate(streams):
        own = rows[ground.records.of_stream(stream)[rows]]
        place = period_of[own] * len(sizes) + unit[own]
        counts[:, at] = np.bincount(place, minlength=counts[:, at].size).reshape(counts[:, at].shape)
    return Past(tuple(periods), streams, counts, sizes, rows, period_of[rows])


def _cells(
    ground: Ground, selection: Selection, period_of: NDArray[np.int64], periods: Sequence[Period]
) -> Past:
    domain = ground.cells
    sizes = np.full(len(domain.ids), float(domain.grid.area_m2))
    return _counted(ground, selection, period_of, domain.observation_cell, periods, sizes)


def _pieces(
    ground: Ground, selection: Selection, period_of: NDArray[np.int64], periods: Sequence[Period]
) -> Past:
    lines = ground.network.geometry
    pieces = cut(lines, length_m=PIECE_M)
    link, along = ground.axis.observation_link, ground.axis.observation_along_m
    starts = np.searchsorted(pieces.street, np.arange(len(lines) + 1))
    unit = np.full(len(link), -1, dtype=np.int64)
    on = np.flatnonzero(link >= 0)
    number = np.minimum((along[on] / PIECE_M).astype(np.int64), np.diff(starts)[link[on]] - 1)
    unit[on] = starts[link[on]] + number
    return _counted(ground, selection, period_of, unit, periods, pieces.length_m)


def _hotspot(name: str, ground: Ground, selection: Selection, past: Past) -> Predictor:
    """Ask a hotspot method about the records of earlier periods, each stream by itself."""

    def predict(history: NDArray[np.float64], _outcome: NDArray[np.float64], /) -> NDArray[np.float64]:
        earlier = past.rows[past.row_period < len(history)]
        asked = replace(selection, period=_until(ground, past, len(history)))
        found = []
        for stream in past.streams:
            material = gather(
                ground, asked, earlier[ground.records.of_stream(stream)[earlier]], grid="square"
            )
            found.append(scores_of(METHODS[name](material), material))
        return np.array(found)

    return predict


def _until(ground: Ground, past: Past, told: int) -> Period:
    """Return the days from the first record to the end of the last period that is told.

    A method that looks at what is newest must not take the days that it is asked to tell for quiet ones.
    """
    days = ground.records.first_day[past.rows[past.row_period < told]]
    last = past.periods[told - 1].last
    return Period(days.min().item() if len(days) else past.periods[0].first, last)


def scores_of(result: HotspotResult, material: Material) -> NDArray[np.float64]:
    """Return a score for every cell, also of a method that finds its own places: there its highest one's."""
    if result.cells is not None:
        return result.cells.score
    scores = np.zeros(material.cells.cells)
    points = shapely.points(material.cells.x, material.cells.y)
    for one in result.findings:
        inside = shapely.covers(one.geometry, points)
        inside[material.events.cell[one.events]] = True
        scores[inside] = np.maximum(scores[inside], one.score)
    return scores


def _forecast(ground: Ground, _selection: Selection, past: Past) -> Predictor:
    around = street_ground(ground)
    return past.per_size(lambda history, outcome: forecast(history, outcome, around).expected)


def street_ground(ground: Ground) -> StreetGround:
    """Return what is known of the pieces beside their records."""
    network, exposed = ground.network, ground.exposure
    pieces = cut(network.geometry, length_m=PIECE_M)
    middle = shapely.line_interpolate_point(pieces.line, 0.5, normalized=True)
    at = shapely.get_x(middle), shapely.get_y(middle)
    metres = exposed.values[:, FIRST_CLASS:]
    small = metres[:, [ROAD_CLASSES.index(one) for one in SMALL]].sum(axis=1)

    def near(values: NDArray[np.float64], bandwidth_m: float) -> NDArray[np.float64]:
        return smoothed(exposed.x, exposed.y, values, bandwidth_m=bandwidth_m, at=at)

    return StreetGround(
        *at,
        pieces.length_m,
        network.class_rank[pieces.street],
        np.column_stack(
            [near(small, NEAR_M), near(metres.sum(axis=1), AROUND_M), near(exposed.values[:, 0], LIVING_M)]
        ),
    )


UNITS: dict[str, Unit] = {
    "cells": Unit(
        past=_cells,
        methods={name: partial(_hotspot, name) for name in METHODS if name != "count"},
        usual=("getis_ord", "kde_quartic"),
        counting_rule="inside_cell",
    ),
    "streets": Unit(
        past=_pieces, methods={"forecast": _forecast}, usual=("forecast",), counting_rule="along_street"
    ),
}
"""What ground may be cut into, and who may be asked about it."""
