"""The Bernoulli spatial scan as a method: where the newest events are a larger share than elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.base import Finding, HotspotResult, Method
from geodata.hotspots.scan_parameters import ScanParameters
from geodata.hotspots.spatial_scan import bernoulli_scan
from geodata.hotspots.zones import outline

if TYPE_CHECKING:
    from geodata.hotspots.base import Material


@dataclass(frozen=True, slots=True)
class BernoulliScanParameters(ScanParameters):
    """What the Bernoulli spatial scan is run with, beside what every scan is.

    Attributes
    ----------
    newest_share
        The last part of the period, as a share of its days: its events are the cases, all before them the
        controls.
    fewest_in_part
        With fewer in either part of the period nothing is looked for.
    """

    newest_share: float = 0.25
    fewest_in_part: int = 10


def scan_for_newest(material: Material, parameters: BernoulliScanParameters, seed: int) -> HotspotResult:
    """Find circles of cells where the newest events are a larger share of all than they are in the town.

    What the whole town has more of lately is no cluster, nor is a place that is always busy. Clusters that
    are shown share no cell.

    Notes
    -----
    Kulldorff 1997, *Communications in Statistics – Theory and Methods* 26.
    """
    events = material.events
    days = material.last_day - material.first_day + 1
    from_day = material.last_day - round(parameters.newest_share * days) + 1
    newest, earlier = events.first_day >= from_day, events.last_day < from_day
    used = np.flatnonzero(newest | earlier)
    unknown = events.number - len(used)
    done = partial(HotspotResult, used=len(used), left_out=(("day_unknown", unknown),) if unknown else ())
    few = {
        "few_events": len(used) < parameters.fewest_events,
        "few_in_part": min(newest.sum(), earlier.sum()) < parameters.fewest_in_part,
    }
    if any(few.values()):
        return done(warnings=tuple(code for code, holds in few.items() if holds))
    cells, place = np.unique(events.cell[used], return_inverse=True)
    cases = np.bincount(place[newest[used]], minlength=len(cells))
    x, y = material.cells.x[cells], material.cells.y[cells]
    scan = bernoulli_scan(
        cases,
        np.bincount(place, minlength=len(cells)) - cases,
        x,
        y,
        limits=parameters.limits(material.cells),
        replications=parameters.drawn,
        seed=seed,
        alpha=parameters.alpha,
        fewest=parameters.fewest_in_cluster,
    )
    if scan is None:
        return done(seed=seed, chosen=(("places", f"{len(cells)}"),))
    return done(
        findings=tuple(
            Finding(
                geometry=outline(x[one.places], y[one.places], material.cells.cell_area_m2),
                events=np.flatnonzero(newest & np.isin(events.cell, cells[one.places])),
                expected=one.expected,
                score=one.likelihood_ratio,
                p=one.p,
                first_day=from_day,
                last_day=material.last_day,
            )
            for one in scan.clusters
            if one.p <= parameters.alpha
        ),
        chosen=(("places", f"{len(cells)}"), ("replications_drawn", f"{len(scan.chance.highest)}")),
        seed=seed,
        details=scan,
    )


BERNOULLI_SCAN = Method(scan_for_newest, BernoulliScanParameters, "inside_cell")
