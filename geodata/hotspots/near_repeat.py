"""Near repeats as a method: where the risk is raised now, since something happened close by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from geodata.hotspots.base import ALPHA, CellScores, HotspotResult, Method, no_scores
from geodata.hotspots.knox import knox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.hotspots.base import Material

ROUNDING_M = 1e-6


@dataclass(frozen=True, slots=True)
class NearRepeatParameters:
    """What near repeats are run with.

    Attributes
    ----------
    same_spot_m
        Up to here two events are at the same spot: an exact repeat, counted apart from near ones.
    distances_m, days
        The upper ends of the bands for near repeats, and of those in time, each inside.
    permutations
        How often the days are shuffled.
    alpha
        A band counts when its chance, corrected for all bands, is at most this.
    lowest_ratio
        And when it has at least so many times the pairs that chance gives.
    fewest_recent
        A cell is hot from so many events on that are near and recent enough.
    fewest_events
        With fewer, nothing is looked for.
    """

    same_spot_m: float = 10.0
    distances_m: tuple[float, ...] = (100.0, 200.0, 300.0)
    days: tuple[int, ...] = (7, 14, 28)
    permutations: int = 199
    alpha: float = ALPHA
    lowest_ratio: float = 1.1
    fewest_recent: int = 3
    fewest_events: int = 30


def near_repeat(material: Material, parameters: NearRepeatParameters, seed: int) -> HotspotResult:
    """Ask whether an event is followed by others near it soon after, and mark where that is so now.

    A cell's score is the sum over the events up to the last day, near and recent enough for a band in which
    pairs are more than chance, of how many times more they are, less one; an event counts once for a cell, in
    the highest of the bands that reach it. Where no band is, no cell has any.

    Notes
    -----
    Knox 1964; exact and near repeats apart as in Johnson et al. 2007, *Journal of Quantitative
    Criminology* 23.
    """
    events, cells = material.events, material.cells
    used = np.flatnonzero(events.day_known)
    unknown = events.number - len(used)
    done = partial(HotspotResult, used=len(used), left_out=(("day_unknown", unknown),) if unknown else ())
    if len(used) < parameters.fewest_events:
        return done(cells=no_scores(cells), warnings=("few_events",))
    # In an order of their own, so that the order of rows does not decide which days are shuffled where.
    used = used[np.lexsort((events.first_day[used], events.y[used], events.x[used]))]
    x, y, day = events.x[used], events.y[used], events.first_day[used]
    bands = (parameters.same_spot_m, *parameters.distances_m)
    table = knox(
        x, y, day,
        distances_m=bands, days=parameters.days, permutations=parameters.permutations, seed=seed,
    )  # fmt: skip
    ratio = table.pairs / np.maximum(table.expected, 1e-12)
    raised = (table.p_adjusted <= parameters.alpha) & (ratio >= parameters.lowest_ratio)
    score, recent = np.zeros(cells.cells), np.zeros(cells.cells)
    if raised.any():
        middle = cKDTree(np.column_stack([cells.x, cells.y]))
        ago = np.searchsorted(parameters.days, material.last_day - day)
        # The cell that an event lies in is reached by every band.
        reach = np.maximum(bands, float(np.sqrt(cells.cell_area_m2 / 2)))
        for column in np.flatnonzero(raised.any(axis=0)):
            near = np.flatnonzero(ago == column)
            rows = np.flatnonzero(raised[:, column])
            for one in zip(x[near], y[near], strict=True):
                reached = np.array(middle.query_ball_point(one, reach[rows[-1]]), dtype=np.int64)
                away = np.hypot(cells.x[reached] - one[0], cells.y[reached] - one[1])
                within = away[:, None] <= reach[rows] + ROUNDING_M
                score[reached] += np.where(within, ratio[rows, column] - 1, 0.0).max(axis=1)
                recent[reached] += 1
    hot = recent >= parameters.fewest_recent
    chance = float(table.p_adjusted[raised].min()) if raised.any() else 1.0
    return done(
        cells=CellScores(score, np.where(recent > 0, chance, 1.0), hot),
        chosen=(("raised", _said(raised, ratio, bands, parameters.days)),),
        seed=seed,
        details=table,
    )


def _said(
    raised: NDArray[np.bool_], ratio: NDArray[np.float64], bands: tuple[float, ...], days: tuple[int, ...]
) -> str:
    """Say which bands have more pairs than chance, and how many times more."""
    boxes = zip(*np.nonzero(raised), strict=True)
    return "; ".join(f"{bands[row]:g} m, {days[col]} d: {ratio[row, col]:.2f}" for row, col in boxes) or "–"


NEAR_REPEAT = Method(near_repeat, NearRepeatParameters, "inside_cell")
