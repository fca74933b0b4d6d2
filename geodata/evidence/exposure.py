"""Where events may happen at all, and how much: people and traffic, as weighted points along streets.

Everything that is expected is a sum over these points, so the expectation of a cell, of a place and of
the whole municipality follow one rule and add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.codelists import ROAD_CLASSES
from geodata.grid import SquareGrid
from geodata.streets.carriageways import abreast

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from geodata.grid import Grid

STEP_M = 10.0
"""Streets are cut into pieces of about this length, far below the side of a cell."""

COVARIATES = ("population", "flow", "pupils", *(f"metres_{road_class}" for road_class in ROAD_CLASSES))
"""Persons; vehicle-kilometres a day; pupil-kilometres a school day; street metres by class."""

FIRST_CLASS = COVARIATES.index(f"metres_{ROAD_CLASSES[0]}")


@dataclass(frozen=True, eq=False)
class Exposure:
    """Weighted points.

    Attributes
    ----------
    x, y
        Metres in the working CRS, shape ``(n,)``.
    values
        What each point stands for, shape ``(n, covariates)``, columns as COVARIATES.
    street_id, along_m
        The street that a point is a piece of and its metres from the street's first vertex, shape
        ``(n,)``; -1 and NaN for people in a square without streets.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    values: NDArray[np.float64]
    street_id: NDArray[np.int64]
    along_m: NDArray[np.float64]

    @property
    def has_population(self) -> bool:
        """Whether anyone lives anywhere, as far as the data says."""
        return bool(self.values[:, 0].any())

    @property
    def has_flow(self) -> bool:
        """Whether traffic was measured or estimated on any street."""
        return bool(self.values[:, 1].any())

    @property
    def has_streets(self) -> bool:
        """Whether there is any street."""
        return bool(self.values[:, FIRST_CLASS:].any())

    def in_cells(self, grid: Grid, ids: NDArray[np.int64]) -> NDArray[np.float64]:
        """Sum the points in each of the cells `ids` (sorted), shape ``(cells, covariates)``."""
        cell = np.searchsorted(ids, grid.ids(self.x, self.y))
        return np.column_stack(
            [np.bincount(cell, weights=column, minlength=len(ids)) for column in self.values.T]
        )

    def in_areas(self, areas: NDArray[np.object_]) -> NDArray[np.float64]:
        """Sum the points inside each area, shape ``(areas, covariates)``; areas may overlap."""
        points = shapely.points(self.x, self.y)
        area, point = shapely.STRtree(points).query(areas, predicate="intersects")
        return np.column_stack(
            [np.bincount(area, weights=column[point], minlength=len(areas)) for column in self.values.T]
        )


def exposure(
    streets: gpd.GeoDataFrame, population: pd.DataFrame, *, pupils: NDArray[np.float64] | None = None
) -> Exposure:
    """Spread people and traffic over points.

    Streets become pieces of about ``STEP_M``. A square's people are shared by the street pieces in it, by
    length, for that is where they live and move; a square without streets has them at its middle. A
    street without a measured flow takes the median of its class, and none where its class has none. The
    carriageways of a divided street share its metres, and such a median, for it is one street.

    Parameters
    ----------
    streets, population
        Tables of ``schema.TABLES``; each may be empty.
    pupils
        Pupils on their way to school along each street, one way a school day, shape ``(streets,)``; None
        where that does not matter.
    """
    x, y, length, link, along = _pieces(streets)
    classes = streets["road_class"].fillna("").to_numpy(dtype=object)
    road_class = classes[link]
    values = np.zeros((len(x), len(COVARIATES)))
    side_by_side = abreast(
        np.asarray(streets.geometry.to_numpy(), dtype=object),
        streets["name"].fillna("").to_numpy(dtype=object),
        classes,
    )
    values[:, 1] = _flow(streets, side_by_side)[link] * length / 1000
    if pupils is not None:
        values[:, 2] = pupils[link] * length / 1000
    for number, name in enumerate(ROAD_CLASSES, start=FIRST_CLASS):
        values[:, number] = np.where(road_class == name, length / side_by_side[link], 0.0)
    points = [(x, y, values, streets["street_id"].to_numpy(dtype=np.int64)[link], along)]
    for side_m in np.unique(population["side_m"].to_numpy(dtype=np.int64)):
        squares = population[(population["side_m"] == side_m).to_numpy()]
        grid = SquareGrid(int(side_m))
        people = squares.groupby("square_id")["population"].sum()
        ids, persons = people.index.to_numpy(dtype=np.int64), people.to_numpy(dtype=np.float64)
        square = np.searchsorted(ids, grid.ids(x, y))
        inside = np.flatnonzero(square < len(ids))
        inside = inside[ids[square[inside]] == grid.ids(x[inside], y[inside])]
        metres = np.bincount(square[inside], weights=length[inside], minlength=len(ids))
        per_metre = np.divide(persons, metres, out=np.zeros(len(ids)), where=metres > 0)
        values[inside, 0] += per_metre[square[inside]] * length[inside]
        alone = np.zeros((int((metres == 0).sum()), len(COVARIATES)))
        alone[:, 0] = persons[metres == 0]
        nowhere = np.full(len(alone), -1, dtype=np.int64), np.full(len(alone), np.nan)
        points.append((*grid.centroids(ids[metres == 0]), alone, *nowhere))
    return Exposure(*(np.concatenate(part) for part in zip(*points, strict=True)))


def _pieces(
    streets: gpd.GeoDataFrame,
) -> tuple[
    NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]
]:
    """Cut streets into pieces: the middle of each, its length, the row of its street, metres along it."""
    geometry = np.asarray(streets.geometry.to_numpy(), dtype=object)
    lengths = np.nan_to_num(shapely.length(geometry))
    pieces = np.ceil(lengths / STEP_M).astype(np.int64)
    link = np.repeat(np.arange(len(geometry)), pieces)
    number = np.arange(len(link)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    length = lengths[link] / pieces[link]
    along = (number + 0.5) * length
    middle = shapely.line_interpolate_point(geometry[link], along)
    return shapely.get_x(middle), shapely.get_y(middle), length, link, along


def _flow(streets: gpd.GeoDataFrame, side_by_side: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return vehicles a day for each street, what is missing filled by its class."""
    flow = streets["flow_adt"].astype(float)
    by_class = flow.groupby(streets["road_class"]).transform("median") / side_by_side
    return np.asarray(flow.fillna(by_class).fillna(0.0))
