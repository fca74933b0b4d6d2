"""The space-time permutation scan as a method: what is new, where, since when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.base import Finding, HotspotResult, Method
from geodata.hotspots.permutation_scan import permutation_scan
from geodata.hotspots.scan_parameters import ScanParameters
from geodata.hotspots.spans import cut
from geodata.hotspots.zones import outline

if TYPE_CHECKING:
    from geodata.hotspots.base import Material
    from geodata.hotspots.permutation_scan import SpaceTimeCluster
    from geodata.hotspots.spans import Spans


@dataclass(frozen=True, slots=True)
class SpaceTimeScanParameters(ScanParameters):
    """What the space-time permutation scan is run with, beside what every scan is.

    Attributes
    ----------
    alive
        Look only for what lasts to the last day (prospective); else also for what is over (retrospective).
    span_days
        Days to a span of time.
    longest_spans
        A cluster lasts at most so many, and at most half of the period.
    fewest_spans
        With fewer spans in the period nothing is looked for.
    """

    alive: bool = False
    span_days: int = 7
    longest_spans: int = 26
    fewest_spans: int = 8


def space_time_scan(material: Material, parameters: SpaceTimeScanParameters, seed: int) -> HotspotResult:
    """Find circles of cells with more events in some weeks than their own and the weeks' totals explain.

    A place that is always busy is none, nor is a season that brings more everywhere: so no population is
    needed. Clusters that are shown share no cell.

    Notes
    -----
    Kulldorff, Heffernan, Hartman, Assunção & Mostashari 2005, *PLoS Medicine* 2.
    """
    spans = cut(material, parameters.span_days)
    used = np.flatnonzero(spans.known)
    done = partial(HotspotResult, used=len(used), left_out=spans.left_out)
    few = {
        "few_events": len(used) < parameters.fewest_events,
        "few_periods": spans.number < parameters.fewest_spans,
    }
    if any(few.values()):
        return done(warnings=tuple(code for code, holds in few.items() if holds))
    cells, place = np.unique(material.events.cell[used], return_inverse=True)
    scan = permutation_scan(
        place,
        spans.span[used],
        material.cells.x[cells],
        material.cells.y[cells],
        periods=spans.number,
        longest=min(parameters.longest_spans, spans.number // 2),
        limits=parameters.limits(material.cells),
        replications=parameters.drawn,
        seed=seed,
        alpha=parameters.alpha,
        fewest=parameters.fewest_in_cluster,
        alive=parameters.alive,
    )
    if scan is None:
        return done(seed=seed, chosen=(("places", f"{len(cells)}"), ("spans", f"{spans.number}")))
    shown = (one for one in scan.clusters if one.p <= parameters.alpha)
    return done(
        findings=tuple(_finding(material, spans, one, cells[one.places]) for one in shown),
        chosen=(
            ("places", f"{len(cells)}"),
            ("spans", f"{spans.number}"),
            ("replications_drawn", f"{len(scan.chance.highest)}"),
        ),
        seed=seed,
        details=scan,
    )


def _finding(material: Material, spans: Spans, cluster: SpaceTimeCluster, cells: np.ndarray) -> Finding:
    during = (spans.span >= cluster.first_period) & (spans.span <= cluster.last_period)
    first_day, last_day = spans.between(cluster.first_period, cluster.last_period)
    return Finding(
        geometry=outline(material.cells.x[cells], material.cells.y[cells], material.cells.cell_area_m2),
        events=np.flatnonzero(during & np.isin(material.events.cell, cells)),
        expected=cluster.expected,
        score=cluster.likelihood_ratio,
        p=cluster.p,
        first_day=first_day,
        last_day=last_day,
    )


SPACE_TIME_SCAN = Method(space_time_scan, SpaceTimeScanParameters, "inside_cell")
ALIVE_CLUSTERS = Method(space_time_scan, partial(SpaceTimeScanParameters, alive=True), "inside_cell")
