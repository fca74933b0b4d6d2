"""Where is there more than elsewhere? Cells for the map, and areas that one can stand in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata import crs
from geodata.analyses.cautions import cautions
from geodata.errors import ParameterError
from geodata.evidence.baseline import fit
from geodata.grid import choose_cell_size
from geodata.hotspots.areas import LARGEST_M2, areas
from geodata.hotspots.base import CellCounts
from geodata.hotspots.methods import METHODS
from geodata.privacy import RULES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.analyses.domain import CellDomain
    from geodata.analyses.ground import Ground
    from geodata.hotspots.areas import Hotspot
    from geodata.selection import Selection

LEVEL_BREAKS = (1.0, 3.0, 8.0, 20.0, 50.0)
"""Lowest count of each colour; the same whatever is filtered, so that a colour keeps its meaning."""

NEAR_PLACE_M = 400.0
"""An area farther than this from every place is not named after one."""

STREETS_NAMED = 3


@dataclass(frozen=True, slots=True)
class HotspotArea:
    """Hot cells that touch.

    Attributes
    ----------
    area_id
        1 is the hottest.
    polygon
        Longitude and latitude.
    count, expected, ratio
        Events inside, events expected there, and the one over the other.
    z_max, p_adjusted
        Highest z-score, and lowest chance after correction; NaN in a method without chance.
    street_names
        Streets with most of the events, most first.
    nearest_place
        Name of a place within ``NEAR_PLACE_M``.
    category
        The most common.
    """

    area_id: int
    polygon: shapely.Geometry
    area_m2: float
    count: int
    expected: float
    ratio: float
    z_max: float
    p_adjusted: float
    street_names: tuple[str, ...]
    nearest_place: str | None
    category: str | None


@dataclass(frozen=True, slots=True)
class HotspotAnswer:
    """What `find_hotspots` found.

    Attributes
    ----------
    cells, counts
        Cell → colour level 1–5, and cell → events; cells without events are left out.
    levels_breaks
        Lowest count of each level.
    used, left_out
        Records counted, and records left out by how well their place is known. For an audience without
        exact counts None, but 0 where nothing is selected, and nothing.
    counting_rule, warnings
        Codes of ``geodata.codes``.
    """

    method: str
    grid: str
    cell_m: int
    cells: dict[int, int]
    counts: dict[int, int]
    levels_breaks: tuple[float, ...]
    areas: tuple[HotspotArea, ...]
    used: int | None
    left_out: dict[str, int]
    counting_rule: str
    warnings: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]


def find_hotspots(
    ground: Ground, selection: Selection, *, method: str = "getis_ord", grid: str = "square"
) -> HotspotAnswer:
    """Count the selected records in cells and find the areas with more than is expected.

    Parameters
    ----------
    method, grid
        A key of ``hotspots.methods.METHODS`` and of ``grid.GRIDS``.

    Returns
    -------
    HotspotAnswer
        Without cells and areas, and with the warning ``cells_withheld``, for an audience without cells.

    Raises
    ------
    ParameterError
        ``method_unknown``, ``grid_unknown``.
    """
    if method not in METHODS:
        raise ParameterError(
            "method_unknown", f"There is no method {method}; use {' or '.join(METHODS)}.", method=method
        )
    domain = ground.domain(grid)
    chosen = ground.records.problems(selection)
    used = chosen & ground.records.in_hotspots
    levels: dict[int, int] = {}
    cells: dict[int, int] = {}
    found: tuple[HotspotArea, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    if not RULES[selection.audience].cells:
        warnings: tuple[str, ...] = ("cells_withheld",)
    else:
        counts = domain.count(used)
        expected = fit(counts, domain.design).expected
        table = CellCounts(counts, expected, domain.neighbours, domain.grid.area_m2)
        result = METHODS[method](table)
        occupied = np.flatnonzero(counts)
        ids, held = domain.ids[occupied].tolist(), counts[occupied].astype(int).tolist()
        cells = dict(zip(ids, held, strict=True))
        levels = dict(zip(ids, np.searchsorted(LEVEL_BREAKS, held, side="right").tolist(), strict=True))
        found = tuple(
            _describe(ground, domain, used, area, number)
            for number, area in enumerate(areas(table, result), start=1)
        )
        parameters = (*result.parameters, ("largest_area_m2", f"{LARGEST_M2:g}"))
        warnings = (*result.warnings, *_warnings(ground, selection, domain, int(counts.sum())))
    return HotspotAnswer(
        method=method,
        grid=grid,
        cell_m=ground.project.geography.cell_m,
        cells=levels,
        counts=cells,
        levels_breaks=LEVEL_BREAKS,
        areas=found,
        used=int(used.sum()) if RULES[selection.audience].exact_counts or not used.any() else None,
        left_out=ground.left_out(chosen, used, selection.audience),
        counting_rule="inside_cell",
        warnings=tuple(dict.fromkeys(warnings)),
        parameters=parameters,
    )


def _warnings(ground: Ground, selection: Selection, domain: CellDomain, events: int) -> tuple[str, ...]:
    """Say what cells and areas can't lean on here."""
    said = {
        "cells_small_for_events": events > 0
        and choose_cell_size(events, domain.area_m2) > ground.project.geography.cell_m,
        "cells_larger_than_areas": domain.grid.area_m2 > LARGEST_M2,
    }
    return (*tuple(code for code, holds in said.items() if holds), *cautions(ground, selection))


def _describe(
    ground: Ground, domain: CellDomain, used: NDArray[np.bool_], area: Hotspot, number: int
) -> HotspotArea:
    """Give an area its outline and its names."""
    outline = shapely.union_all(domain.grid.polygons(domain.ids[area.cells]))
    inside = np.flatnonzero(used)
    inside = inside[np.isin(domain.observation_cell[inside], area.cells)]
    category = next(iter(ground.records.categories_of(inside)), (None, 0))[0]
    streets = Counter(
        ground.street_names.get(street, "") for street in ground.records.street_id[inside].tolist()
    )
    streets.pop("", None)
    polygon = crs.reproject([outline], source=ground.project.geography.working_crs, target=crs.WGS84)[0]
    return HotspotArea(
        area_id=number,
        polygon=polygon,
        area_m2=len(area.cells) * domain.grid.area_m2,
        count=area.count,
        expected=area.expected,
        ratio=area.count / area.expected,
        z_max=area.peak if np.isfinite(area.p_adjusted) else float("nan"),
        p_adjusted=area.p_adjusted,
        street_names=tuple(name for name, _ in streets.most_common(STREETS_NAMED)),
        nearest_place=_near(ground, outline),
        category=category,
    )


def _near(ground: Ground, outline: shapely.Geometry) -> str | None:
    """Name the nearest place, if one is near."""
    near = [(place.geometry.distance(outline), place.name) for place in ground.places]
    distance, name = min(near, default=(np.inf, ""))
    return name if distance <= NEAR_PLACE_M else None
