"""What every question stands on: one snapshot and the register's places, with what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata import crs
from geodata.analyses.domain import CellDomain, cell_domain
from geodata.analyses.open_counts import at_places
from geodata.analyses.records import Records
from geodata.analyses.said_hours import SaidHours
from geodata.analyses.school_ways import SchoolWays, school_ways
from geodata.analyses.week import half_hours
from geodata.errors import MissingError, ParameterError
from geodata.evidence.exposure import Exposure, exposure
from geodata.grid import GRIDS
from geodata.precision import LocationPrecision
from geodata.privacy import RULES
from geodata.school_year import SchoolYear
from geodata.store.register import Register
from geodata.store.snapshots import current_id, open_current
from geodata.streets.axis import StreetAxis, street_axis
from geodata.streets.corridors import join
from geodata.streets.network import StreetNetwork, build

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geodata.disclosure import Disclosure
    from geodata.places.place import Place
    from geodata.privacy import Audience
    from geodata.project import Project
    from geodata.store.snapshots import Snapshot


@dataclass(frozen=True, eq=False)
class Ground:
    """One snapshot with its places; what follows from them is worked out once, when it is first asked for.

    Attributes
    ----------
    workspace
        The workspace's folder.
    snapshot
        What was imported; never changes.
    places
        The places that are in use, by id.
    """

    workspace: Path
    snapshot: Snapshot
    places: tuple[Place, ...]

    @property
    def project(self) -> Project:
        """The settings, as they were at the import."""
        return self.snapshot.project

    @cached_property
    def records(self) -> Records:
        """Every observation, as arrays."""
        return Records.of(self.snapshot.table("observations"), follows=self.project.series)

    @property
    def observations(self) -> pd.DataFrame:
        """Every observation, columns of ``schema.OBSERVATIONS``."""
        return self.records.frame

    @property
    def in_hotspots(self) -> NDArray[np.bool_]:
        """Which observations are known well enough to enter a cell."""
        return self.records.in_hotspots

    @cached_property
    def lonlat(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitude and latitude of each observation; infinite or NaN without a point."""
        return crs.to_lonlat(self.records.x, self.records.y, working=self.project.geography.working_crs)

    @cached_property
    def week(self) -> csr_array:
        """In which half hours of the week each record may lie, shape ``(records, 336)``."""
        return half_hours(self.records, zone=self.project.zone)

    @cached_property
    def said(self) -> SaidHours:
        """When answers say that it happens."""
        return SaidHours.of(self.records, self.project)

    @cached_property
    def school_days(self) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
        """Every local day that the records cover, and which of them are school days."""
        known = self.records.day[~np.isnat(self.records.day)]
        days = np.arange(known.min(), known.max() + 1) if len(known) else known
        year = SchoolYear.of(self.project)
        return days, np.array([year.is_school_day(day) for day in days.tolist()], dtype=bool)

    @cached_property
    def network(self) -> StreetNetwork:
        """The street network."""
        return build(self.snapshot.table("streets"))

    @cached_property
    def street_names(self) -> dict[int, str]:
        """Name of each named street, by street id."""
        network = self.network
        named = network.name != ""
        return dict(zip(network.street_id[named].tolist(), network.name[named].tolist(), strict=True))

    @cached_property
    def exposure(self) -> Exposure:
        """People and traffic, as weighted points."""
        streets = self.snapshot.table("streets")
        usable = ~(streets.geometry.isna() | streets.geometry.is_empty).to_numpy()
        pupils = np.zeros(len(streets))
        pupils[usable] = self.school_ways.by_link
        return exposure(streets, self.snapshot.table("population"), pupils=pupils)

    @cached_property
    def school_ways(self) -> SchoolWays:
        """The ways to every school."""
        return school_ways(
            self.network,
            self.snapshot.table("schools"),
            self.snapshot.table("areas"),
            self.snapshot.table("population"),
            self.project.schools,
        )

    @cached_property
    def axis(self) -> StreetAxis:
        """The streets laid end to end, with what may enter a hotspot and lies on one of them."""
        records = self.records
        return street_axis(
            join(self.network), self.exposure, records.street_id, records.x, records.y, records.in_hotspots
        )

    @property
    def cells(self) -> CellDomain:
        """The cells of the workspace's own size, as squares."""
        return self.domain("square")

    def domain(self, grid: str) -> CellDomain:
        """Return the cells of a grid, all as large as the workspace's own.

        Raises
        ------
        ParameterError
            ``grid_unknown``.
        """
        if grid not in GRIDS:
            raise ParameterError(
                "grid_unknown", f"There is no grid {grid}; use {' or '.join(GRIDS)}.", grid=grid
            )
        if grid not in self._domains:
            self._domains[grid] = self._domain(grid, self.records.in_hotspots)
        return self._domains[grid]

    @cached_property
    def place_cells(self) -> CellDomain:
        """The cells by which what is expected at places is fitted: everything that is counted there."""
        return self._domain("square", self.records.in_places, grounds=self._grounds)

    @cached_property
    def place_design(self) -> NDArray[np.float64]:
        """Exposure inside each place, shape ``(places, covariates)``."""
        return self.exposure.in_areas(self._grounds)

    @cached_property
    def place_area_m2(self) -> NDArray[np.float64]:
        """Area of each place."""
        return np.asarray(shapely.area(self._grounds), dtype=np.float64)

    @cached_property
    def place_members(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of a place's position and an observation inside it; an observation may be in several."""
        rows = np.flatnonzero(self.records.in_places)
        points = shapely.points(self.records.x[rows], self.records.y[rows])
        place, point = shapely.STRtree(points).query(self._grounds, predicate="intersects")
        order = np.lexsort((point, place))
        return place[order], rows[point[order]]

    @cached_property
    def place_polygons(self) -> NDArray[np.object_]:
        """Each place's ground in longitude and latitude."""
        return crs.reproject(self._grounds, source=self.project.geography.working_crs, target=crs.WGS84)

    @cached_property
    def place_points(self) -> NDArray[np.object_]:
        """A point inside each place, longitude and latitude."""
        return np.asarray(shapely.point_on_surface(self.place_polygons), dtype=object)

    @cached_property
    def place_disclosure(self) -> Disclosure:
        """What stands open of the streams at places; series are places × streams, streams fastest."""
        return at_places(
            self.records,
            self.place_members,
            places=len(self.places),
            minimum=self.project.privacy.minimum_count,
        )

    def place_position(self, place_id: int) -> int:
        """Return where a place stands among `places`.

        Raises
        ------
        MissingError
            ``no_place``.
        """
        for position, place in enumerate(self.places):
            if place.place_id == place_id:
                return position
        raise MissingError("no_place", f"There is no place {place_id}.", place_id=place_id)

    def left_out(
        self, chosen: NDArray[np.bool_], used: NDArray[np.bool_], audience: Audience
    ) -> dict[str, int]:
        """Count the chosen observations that could not be used, by how well their place is known.

        Empty for an audience without exact counts.
        """
        if not RULES[audience].exact_counts:
            return {}
        counts = self.observations["location_precision"][chosen & ~used].value_counts()
        return {str(name): int(counts[name]) for name in LocationPrecision if counts.get(name, 0)}

    @cached_property
    def _grounds(self) -> NDArray[np.object_]:
        return np.array([place.geometry for place in self.places], dtype=object)

    @cached_property
    def _domains(self) -> dict[str, CellDomain]:
        return {}

    def _domain(
        self, grid: str, usable: NDArray[np.bool_], grounds: NDArray[np.object_] | None = None
    ) -> CellDomain:
        made = GRIDS[grid](self.project.geography.cell_m)
        return cell_domain(made, self.exposure, self.records.x, self.records.y, usable, grounds=grounds)


@dataclass(frozen=True, slots=True)
class _Opened:
    ground: Ground
    register: Register
    version: int


_open: dict[Path, _Opened] = {}
_opening = Lock()


def open_ground(workspace: Path) -> Ground:
    """Open a workspace; the same object again until something is published or a place changes.

    Raises
    ------
    MissingError
        ``no_snapshot`` before the first import.
    """
    return _opened(workspace.resolve()).ground


def open_register(workspace: Path) -> Register:
    """Return the register that a workspace's ground stands on, kept open; raises as `open_ground`."""
    return _opened(workspace.resolve()).register


def _opened(workspace: Path) -> _Opened:
    store = workspace / "store"
    with _opening:
        known = _open.get(workspace)
        fresh = known is not None and known.ground.snapshot.snapshot_id == current_id(store)
        if known is None or not fresh or known.register.version() != known.version:
            if known is not None:
                known.register.close()
            known = _open[workspace] = _read(workspace, open_current(store))
        return known


def _read(workspace: Path, snapshot: Snapshot) -> _Opened:
    register = Register(
        workspace / "store",
        municipality_code=snapshot.project.municipality.code,
        working_crs=snapshot.project.geography.working_crs,
    )
    version = register.version()
    places = tuple(place for place in register.places() if not place.retired)
    return _Opened(Ground(workspace, snapshot, places), register, version)
