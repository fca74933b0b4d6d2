"""What was counted before and after: at the place, at comparison places, around them, and at all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geodata.evaluation.comparison_places import SPILL_M, ComparisonPlaces, choose
from geodata.evaluation.displacement import Displacement, weighted_displacement_difference
from geodata.evaluation.effect import BeforeAfter
from geodata.evaluation.heterogeneity import Spread, spread_of
from geodata.evidence.baseline import fit
from geodata.privacy import Audience
from geodata.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.analyses.ground import Ground
    from geodata.analyses.work_done import Spans, WorkDone
    from geodata.evidence.baseline import Baseline
    from geodata.periods import Period
    from geodata.schema import Stream

FEWEST_OF_KIND = 20
"""Records before at other places of a kind, from which on the kind's own level is the one expected."""


@dataclass(frozen=True, eq=False)
class Counts:
    """One stream before and after.

    Attributes
    ----------
    treated
        At each treated place, a record in two of them at the first alone.
    comparison
        At each comparison place, in the same way; all that lies out of reach, as
        one, where no place will do.
    chosen
        Which places those are.
    spread
        How much untreated places change of themselves.
    before, expected
        Records before and what is expected there, at every place, shape ``(places,)``.
    others
        Places that nobody treated and that are out of reach, shape ``(places,)``.
    displaced
        The weighted displacement difference; None without comparison places.
    """

    treated: tuple[BeforeAfter, ...]
    comparison: tuple[BeforeAfter, ...]
    chosen: ComparisonPlaces
    spread: Spread
    before: NDArray[np.float64]
    expected: NDArray[np.float64]
    others: NDArray[np.bool_]
    displaced: Displacement | None


def count(
    ground: Ground, work: WorkDone, spans: Spans, stream: Stream, *, touched: NDArray[np.bool_]
) -> Counts:
    """Count one stream.

    Parameters
    ----------
    touched
        Places where something else was done in the time, shape ``(places,)``.
    """
    rows = [ground.place_position(place_id) for place_id in work.place_ids]
    before, after = (
        records_in(ground, work, period, stream=stream) & ground.records.in_places
        for period in (spans.before, spans.after)
    )
    grounds = np.array([place.geometry for place in ground.places], dtype=object)
    where = shapely.union_all(grounds[rows])
    distance = shapely.distance(grounds, where)
    cells = ground.place_cells
    baseline = fit(cells.count(before), cells.design)
    expected = baseline.of(ground.place_design, cells=ground.place_area_m2 / cells.grid.area_m2)
    kinds = np.array([str(place.kind) for place in ground.places])
    chosen = choose(rows, kinds, expected, distance, touched=touched)
    others = ~np.isin(np.arange(len(kinds)), rows) & ~touched & (distance >= SPILL_M)
    comparison = _inside(ground, chosen.rows, before, after) if chosen.rows else ()
    place, observation = ground.place_members
    before_at = np.bincount(place[before[observation]], minlength=len(kinds)).astype(np.float64)
    return Counts(
        treated=_inside(ground, rows, before, after),
        comparison=comparison or _rest(ground, where, before, after),
        chosen=chosen,
        spread=spread_of(_inside(ground, np.flatnonzero(others).tolist(), before, after)),
        before=before_at,
        expected=_levelled(expected, before_at, np.isin(kinds, kinds[rows]), others),
        others=others,
        displaced=_displaced(
            ground, baseline, (where, shapely.union_all(grounds[list(chosen.rows)])), (before, after)
        )
        if comparison
        else None,
    )


def records_in(ground: Ground, work: WorkDone, period: Period, *, stream: Stream) -> NDArray[np.bool_]:
    """Say which records of a stream tell of what the work is against, in some days.

    Counted as the staff see it; what an audience may know of it is decided on the answer.
    """
    selection = Selection(
        audience=Audience.COORDINATOR,
        streams=frozenset({stream}),
        categories=work.categories,
        period=period,
    )
    return ground.records.problems(selection)


def _inside(
    ground: Ground, rows: Sequence[int], before: NDArray[np.bool_], after: NDArray[np.bool_]
) -> tuple[BeforeAfter, ...]:
    """Count at some places, a record at the first of them that it lies in."""
    place, observation = ground.place_members
    kept = np.isin(place, np.asarray(rows, dtype=np.int64))
    _, first = np.unique(observation[kept], return_index=True)
    at, record = place[kept][first], observation[kept][first]
    counts = [np.bincount(at[mask[record]], minlength=len(ground.places)) for mask in (before, after)]
    return tuple(BeforeAfter(int(counts[0][row]), int(counts[1][row])) for row in rows)


def _rest(
    ground: Ground, geometry: shapely.Geometry, before: NDArray[np.bool_], after: NDArray[np.bool_]
) -> tuple[BeforeAfter, ...]:
    """Count everything out of reach as one; nothing where there is nothing."""
    counts = []
    for mask in (before, after):
        points = shapely.points(ground.records.x[mask], ground.records.y[mask])
        counts.append(int((shapely.distance(points, geometry) >= SPILL_M).sum()))
    return (BeforeAfter(*counts),) if any(counts) else ()


def _levelled(
    expected: NDArray[np.float64],
    before: NDArray[np.float64],
    of_kind: NDArray[np.bool_],
    others: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Lift the expectation to what places of the kinds have beside people and traffic; else all places."""
    for like in (others & of_kind, others):
        if before[like].sum() >= FEWEST_OF_KIND and expected[like].sum() > 0:
            return np.asarray(expected * before[like].sum() / expected[like].sum())
    return expected


def _displaced(
    ground: Ground,
    baseline: Baseline,
    grounds: tuple[shapely.Geometry, shapely.Geometry],
    records: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> Displacement:
    """Count at the treated and comparison places and round both, each against what is expected there."""
    treated, other = grounds
    around = shapely.difference(shapely.buffer(treated, SPILL_M), shapely.union_all([treated, other]))
    around_other = shapely.difference(
        shapely.buffer(other, SPILL_M), shapely.union_all([other, treated, around])
    )
    areas = np.array([treated, other, around, around_other], dtype=object)
    shapely.prepare(areas)
    counted = []
    for mask in records:
        x, y = ground.records.x[mask], ground.records.y[mask]
        counted.append([int(shapely.intersects_xy(area, x, y).sum()) for area in areas])
    cells = shapely.area(areas) / ground.place_cells.grid.area_m2
    expected = np.maximum(baseline.of(ground.exposure.in_areas(areas), cells=cells), 1e-9)
    pairs = [BeforeAfter(one, two) for one, two in zip(*counted, strict=True)]
    return weighted_displacement_difference(
        *pairs, sizes=(1.0, expected[1] / expected[0], 1.0, expected[3] / max(expected[2], 1e-9))
    )
