"""The Poisson spatial scan as a method: which circle has more than is expected there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.base import Finding, HotspotResult, Method
from geodata.hotspots.scan_parameters import ScanParameters
from geodata.hotspots.spatial_scan import poisson_scan
from geodata.hotspots.zones import outline

if TYPE_CHECKING:
    from geodata.hotspots.base import Material


def scan_for_excess(material: Material, parameters: ScanParameters, seed: int) -> HotspotResult:
    """Find circles of cells with more events than is expected, whatever people, streets and traffic explain.

    Clusters that are shown share no cell.

    Notes
    -----
    Kulldorff 1997, *Communications in Statistics – Theory and Methods* 26.
    """
    number, cells = material.events.number, material.cells
    if number < parameters.fewest_events:
        return HotspotResult(number, warnings=("few_events",))
    scan = poisson_scan(
        np.round(cells.count).astype(np.int64),
        cells.expected,
        cells.x,
        cells.y,
        limits=parameters.limits(cells),
        replications=parameters.drawn,
        seed=seed,
        alpha=parameters.alpha,
        fewest=parameters.fewest_in_cluster,
    )
    if scan is None:
        return HotspotResult(number, seed=seed)
    found = tuple(one for one in scan.clusters if one.p <= parameters.alpha)
    return HotspotResult(
        number,
        findings=tuple(
            Finding(
                geometry=outline(cells.x[one.places], cells.y[one.places], cells.cell_area_m2),
                events=np.flatnonzero(np.isin(material.events.cell, one.places)),
                expected=one.expected,
                score=one.likelihood_ratio,
                p=one.p,
            )
            for one in found
        ),
        # A third of towns without any, their rates varying by a tenth (`benchmarks calibration`).
        warnings=("leans_on_expected",) if found else (),
        chosen=(("replications_drawn", f"{len(scan.chance.highest)}"),),
        seed=seed,
        details=scan,
    )


POISSON_SCAN = Method(scan_for_excess, ScanParameters, "inside_cell")
