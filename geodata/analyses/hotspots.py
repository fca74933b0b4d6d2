"""Where is there more than elsewhere? Cells for the map, and areas that one can stand in."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geodata.analyses.cautions import cautions
from geodata.analyses.hotspot_areas import describe
from geodata.analyses.material import gather
from geodata.analyses.severity import parameters as weighed_by
from geodata.errors import ParameterError
from geodata.grid import choose_cell_size
from geodata.hotspots.areas import LARGEST_M2, areas
from geodata.hotspots.base import SEED, Finding
from geodata.hotspots.methods import METHODS
from geodata.privacy import RULES

if TYPE_CHECKING:
    from geodata.analyses.domain import CellDomain
    from geodata.analyses.ground import Ground
    from geodata.analyses.hotspot_areas import HotspotArea
    from geodata.hotspots.base import CellScores, Material
    from geodata.selection import Selection

LEVEL_BREAKS = (1.0, 3.0, 8.0, 20.0, 50.0)
"""Lowest count of each colour; the same whatever is filtered, so that a colour keeps its meaning."""


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
    not_used
        Of the counted records those that the method could not use, by code of ``codes.LEFT_OUT``.
    counting_rule, warnings
        Codes of ``geodata.codes``.
    parameters
        What the method was run with and chose, as code and value; where records were weighed by severity
        also their weights, who says so, and how many weigh one because the scale lists none for them.
    seed
        Where its chance was drawn from; None in a method that draws none.
    """

    method: str
    grid: str
    cell_m: int
    used: int | None
    left_out: dict[str, int]
    counting_rule: str
    warnings: tuple[str, ...]
    cells: dict[int, int] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    levels_breaks: tuple[float, ...] = LEVEL_BREAKS
    areas: tuple[HotspotArea, ...] = ()
    not_used: dict[str, int] = field(default_factory=dict)
    parameters: tuple[tuple[str, str], ...] = ()
    seed: int | None = None


def find_hotspots(
    ground: Ground,
    selection: Selection,
    *,
    method: str = "getis_ord",
    grid: str = "square",
    parameters: Any | None = None,
    seed: int = SEED,
) -> HotspotAnswer:
    """Count the selected records in cells and find the places with more than is expected.

    Parameters
    ----------
    method, grid
        A key of ``hotspots.methods.METHODS`` and of ``grid.GRIDS``.
    parameters
        The method's own, as its ``parameters`` makes them; None takes its defaults.
    seed
        Where the method's chance is drawn from.

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
            "method_unknown",
            f"There is no method {method}; use {' or '.join(METHODS)}.",
            method=method,
            methods=", ".join(METHODS),
        )
    domain = ground.domain(grid)
    asked = METHODS[method]
    chosen = ground.records.problems(selection)
    used = chosen & ground.records.in_hotspots
    rows = np.flatnonzero(used)
    rules = RULES[selection.audience]
    if not rules.cells:
        return HotspotAnswer(
            method=method,
            grid=grid,
            cell_m=ground.project.geography.cell_m,
            used=len(rows) if rules.exact_counts or not len(rows) else None,
            left_out=ground.left_out(chosen, used, selection.audience),
            counting_rule=asked.counting_rule,
            warnings=("cells_withheld",),
        )
    material = gather(ground, selection, rows, grid=grid)
    settings = asked.parameters() if parameters is None else parameters
    result = asked(material, settings, seed=seed)
    found = result.findings
    said = tuple((one.name, f"{getattr(settings, one.name)}") for one in fields(settings))
    if asked.weighs:
        said = (*said, *weighed_by(ground.records, rows, ground.project.severity))
    if result.cells is not None:
        found = _joined(material, result.cells, domain)
        said = (*said, ("largest_area_m2", f"{LARGEST_M2:g}"))
    occupied = np.flatnonzero(material.cells.count)
    ids, held = domain.ids[occupied].tolist(), material.cells.count[occupied].astype(int).tolist()
    return HotspotAnswer(
        method=method,
        grid=grid,
        cell_m=ground.project.geography.cell_m,
        cells=dict(zip(ids, np.searchsorted(LEVEL_BREAKS, held, side="right").tolist(), strict=True)),
        counts=dict(zip(ids, held, strict=True)),
        areas=tuple(describe(ground, one, rows, number) for number, one in enumerate(found, start=1)),
        used=len(rows),
        left_out=ground.left_out(chosen, used, selection.audience),
        not_used=dict(result.left_out),
        counting_rule=asked.counting_rule,
        warnings=tuple(dict.fromkeys((*result.warnings, *_warnings(ground, selection, domain, len(rows))))),
        parameters=(*said, *result.chosen),
        seed=result.seed,
    )


def _joined(material: Material, scores: CellScores, domain: CellDomain) -> tuple[Finding, ...]:
    """Join the hot cells of a method into areas."""
    return tuple(
        Finding(
            geometry=shapely.union_all(domain.grid.polygons(domain.ids[area.cells])),
            events=np.flatnonzero(np.isin(material.events.cell, area.cells)),
            expected=area.expected,
            score=area.peak,
            p=area.p_adjusted,
        )
        for area in areas(material.cells, scores)
    )


def _warnings(ground: Ground, selection: Selection, domain: CellDomain, events: int) -> tuple[str, ...]:
    """Say what cells and areas can't lean on here."""
    said = {
        "cells_small_for_events": events > 0
        and choose_cell_size(events, domain.area_m2) > ground.project.geography.cell_m,
        "cells_larger_than_areas": domain.grid.area_m2 > LARGEST_M2,
    }
    return (*tuple(code for code, holds in said.items() if holds), *cautions(ground, selection))
