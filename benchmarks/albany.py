"""Albany, Oregon: streets, crashes and the windows that are ranked, read as the published table was.

Crashes inside the study area; what is asked about is injury crashes, each of weight 1. A motor-vehicle count
is that of all of them, whatever the injury: so read, the twelve figures of the count alone that were known
before come out to the third decimal. No code of the published evaluation is public.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse import csr_array

from geodata.evidence.forecast import StreetGround
from geodata.evidence.neighbourhood import smoothed
from geodata.streets.pieces import Pieces, cut, joined, spreading

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = Path(__file__).parents[1].parent / "shared" / "data" / "albany_or" / "albany_or.gpkg"

INJURY = ("K", "A", "B", "C")
CLASSES = ("Local Road", "Major Collector", "Minor Arterial", "Major Arterial", "Expressway")
MODES = ("ped", "bike", "veh")
WINDOW_M = 160.934
STEP_M = 10.0
DRIVES_M, STREETS_M = 100.0, 500.0
"""How far round a window drives, and streets, are counted."""

FIT = (2014, 2015, 2016, 2017, 2018)
TEST = (2019, 2020, 2021, 2022, 2023)


@dataclass(frozen=True, eq=False)
class Albany:
    """What is ranked, and what happened there.

    Attributes
    ----------
    lines, road_class
        Streets and their classes, shape ``(streets,)``.
    pieces
        Their pieces of 0.05 mile.
    windows
        Which pieces make up which window of 0.1 mile, ones, shape ``(windows, pieces)``.
    on
        Crashes on pieces, shape ``(crashes, pieces)``.
    spread
        What each segment gives to those along its street, shape ``(pieces, pieces)``.
    mode, year, injury
        Of each crash, shape ``(crashes,)``; `mode` as a position in MODES.
    drives
        Points every 10 m along what is left out of the analysis: drives, car parks and lanes.
    """

    lines: NDArray[np.object_]
    road_class: NDArray[np.object_]
    pieces: Pieces
    windows: csr_array
    on: csr_array
    spread: csr_array
    mode: NDArray[np.int64]
    year: NDArray[np.int64]
    injury: NDArray[np.bool_]
    drives: NDArray[np.float64]

    def events(self, mode: int, years: tuple[int, ...], *, injury: bool = True) -> csr_array:
        """Return each crash of a mode and some years on the windows, shape ``(crashes, windows)``."""
        chosen = (self.mode == mode) & np.isin(self.year, years) & (self.injury | (not injury))
        return csr_array(self.on[np.flatnonzero(chosen)] @ self.spread @ self.windows.T)

    def counts(self, years: tuple[int, ...], *, injury: bool) -> NDArray[np.float64]:
        """Return what lies on each window, spread, shape ``(years, modes, windows)``."""
        return np.array(
            [
                [
                    np.asarray(self.events(mode, (year,), injury=injury).sum(axis=0)).ravel()
                    for mode in range(3)
                ]
                for year in years
            ]
        )

    def ground(self) -> StreetGround:
        """Return what is known of the windows beside their crashes."""
        middle = shapely.line_interpolate_point(self.pieces.line, 0.5, normalized=True)
        x, y, length = shapely.get_x(middle), shapely.get_y(middle), self.pieces.length_m
        metres = np.asarray(self.windows @ length)
        at = (
            np.asarray(self.windows @ (x * length)) / metres,
            np.asarray(self.windows @ (y * length)) / metres,
        )
        street = self.pieces.street[self.windows.indices[self.windows.indptr[:-1]]]
        near = smoothed(
            self.drives[:, 0], self.drives[:, 1], np.ones(len(self.drives)), bandwidth_m=DRIVES_M, at=at
        )
        around = smoothed(x, y, length, bandwidth_m=STREETS_M, at=at)
        classes = np.array([CLASSES.index(one) for one in self.road_class], dtype=np.int64)
        return StreetGround(*at, metres, classes[street], np.column_stack([near, around]))


def read(path: Path = FILE) -> Albany:
    """Read the file; pieces and windows lie on the same streets, so that each segment is in one window."""
    windows = gpd.read_file(path, layer="windows").sort_values(
        ["dissolved_pkey", "segment_sequence"], kind="stable"
    )
    street = np.unique(windows["dissolved_pkey"].to_numpy(), return_inverse=True)[1]
    starts = np.flatnonzero(np.diff(street, prepend=-1))
    lines = np.array(
        [
            shapely.line_merge(shapely.union_all(part))
            for part in np.split(windows.geometry.to_numpy(), starts[1:])
        ],
        dtype=object,
    )
    first_window = windows.geometry.to_numpy()[starts]
    # Merging may turn a line round; windows are counted from its first vertex.
    turned = shapely.distance(shapely.get_point(lines, 0), shapely.get_point(first_window, 0)) > 0.01
    lines[turned] = shapely.reverse(lines[turned])
    pieces = cut(lines)
    middle = (pieces.first_m + pieces.last_m) / 2
    sequence = np.floor(middle / WINDOW_M + 1e-9).astype(np.int64)
    most = np.bincount(street)[pieces.street] - 1
    window = starts[pieces.street] + np.minimum(sequence, most)
    crashes = gpd.read_file(path, layer="crashes")
    area = gpd.read_file(path, layer="study_area").geometry.iloc[0]
    shapely.prepare(area)
    inside = shapely.covers(area, crashes.geometry.to_numpy())
    crashes = crashes[inside]
    roads = gpd.read_file(path, layer="roads")
    drives = [
        one for one in roads.geometry[roads["functional_class"] == "Omit From Analysis"] if one is not None
    ]
    return Albany(
        lines=lines,
        road_class=windows["functional_class"].to_numpy(dtype=object)[starts],
        pieces=pieces,
        windows=csr_array(
            (np.ones(len(window)), (window, np.arange(len(window)))), shape=(len(windows), len(window))
        ),
        on=joined(crashes.geometry.to_numpy(), lines, pieces),
        spread=spreading(pieces),
        mode=crashes["mode"].map({name: at for at, name in enumerate(MODES)}).to_numpy(dtype=np.int64),
        year=crashes["year"].to_numpy(dtype=np.int64),
        injury=crashes["severity"].isin(INJURY).to_numpy(dtype=bool),
        drives=shapely.get_coordinates(
            [
                shapely.MultiPoint(
                    shapely.line_interpolate_point(one, np.arange(STEP_M / 2, one.length, STEP_M))
                )
                for one in drives
            ]
        ),
    )
