"""Windows slid along a whole state's streets, and its stretches ranked, beside what SSPF states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from benchmarks.frame import Row
from benchmarks.speed.comparing import first_run
from benchmarks.speed.timing import timed
from benchmarks.speed.town import town
from geodata.evidence.shrinkage import shrink
from geodata.streets.corridors import join
from geodata.streets.segments import segment_grid
from geodata.streets.snapping import MAX_DISTANCE_M, at_crossings
from geodata.streets.stretches import cut
from geodata.streets.windows import heaviest, slide

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.streets.network import StreetNetwork

LINKS, CRASHES = 470_000, 200_000
QUICK_LINKS, QUICK_CRASHES = 20_000, 10_000
WINDOW_M, STEP_M = 804.672, 160.9344
SHOWN = 1000

STATED_S = 7 * 60.0
"""Safer Streets Priority Finder's own figure, 1.5 and 5.5 minutes, on a machine that it does not name."""

MOST_S, QUICK_MOST_S = 30.0, 2.0


def sliding_window_rows(*, quick: bool) -> list[Row]:
    """From points and streets to weighted windows and ranked stretches; the streets are read before."""
    network = town(QUICK_LINKS if quick else LINKS)
    number = QUICK_CRASHES if quick else CRASHES
    rng = np.random.default_rng(8)
    link = rng.choice(network.links, number, p=_uneven(network, rng))
    points = shapely.line_interpolate_point(network.geometry[link], rng.random(number), normalized=True)
    x, y = shapely.get_coordinates(points).T + rng.normal(0, 5, (2, number))
    weight = rng.choice([3.0, 3.0, 1.0, 0.0, 0.0], number)
    ours = timed(lambda: _windows_and_ranks(network, x, y, weight))
    kilometres = network.length_m.sum() / 1000
    most_s = QUICK_MOST_S if quick else MOST_S
    return [
        Row(
            task=f"sliding windows and ranking, {kilometres:,.0f} km of streets, {number:,} crashes, CPU-s",
            ours=ours.cpu_s,
            other=None if quick else STATED_S,
            bar=f"at most {most_s:g}; the other figure is what SSPF states, on an unknown machine",
            holds=ours.cpu_s <= most_s,
            note=first_run(ours),
        ),
        Row(
            task=f"sliding windows, {number:,} crashes: stretches chosen, none over another",
            ours=float(ours.result[0]),
            bar="at least 1",
            holds=ours.result[0] > 0,
        ),
    ]


def _windows_and_ranks(
    network: StreetNetwork, x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[int, int]:
    near = segment_grid(network.geometry).nearest(x, y, max_distance_m=MAX_DISTANCE_M)
    on = np.flatnonzero(near.link >= 0)
    points = shapely.points(x[on], y[on])
    link = at_crossings(points, near.link[on], network)
    along = shapely.line_locate_point(network.geometry[link], points)
    corridors = join(network)
    metre = corridors.metre(link, along)
    order = np.argsort(metre, kind="stable")
    windows = slide(corridors, metre[order], weight[on][order], length_m=WINDOW_M, step_m=STEP_M)
    chosen = heaviest(windows, fewest=3, most=SHOWN)
    stretches = cut(corridors, metre[order])
    expected = (stretches.last - stretches.first) * len(on) / corridors.length_m
    ranked = np.lexsort((-stretches.counts, -shrink(stretches.counts.astype(np.float64), expected).low))
    return len(chosen), len(ranked)


def _uneven(network: StreetNetwork, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return how a heavy-tailed share of crashes falls on the links."""
    share = network.length_m * rng.gamma(0.3, 1.0, network.links)
    return np.asarray(share / share.sum())
