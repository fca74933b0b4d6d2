"""Network kernel density of a million events, and on a part of the streets every event by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.frame import Row
from benchmarks.speed.comparing import within
from benchmarks.speed.timing import timed
from benchmarks.speed.town import town
from geodata.hotspots.equal_split import equal_split, lixels
from geodata.hotspots.link_events import junctions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geodata.hotspots.equal_split import Lixels
    from geodata.hotspots.link_events import Junctions
    from geodata.streets.network import StreetNetwork

LINKS, EVENTS = 20_000, 1_000_000
QUICK_LINKS, QUICK_EVENTS = 4_000, 100_000
BANDWIDTH_M = 300.0
MOST_S, CONTINUOUS_MOST_S = 1.5, 3.0
QUICK_SHARE = 5.0
"""The small run has a fifth of the streets, and a fifth of the time."""

PART = 60
"""Links on which every event is spread by itself."""

CLOSE = 1e-9


def network_density_rows(*, quick: bool) -> list[Row]:
    """Half of the events all over and half on one street in fifty, 300 m, lixels of 10 m at most."""
    network = town(QUICK_LINKS if quick else LINKS)
    cut = lixels(network)
    rng = np.random.default_rng(7)
    number = QUICK_EVENTS if quick else EVENTS
    busy = rng.choice(network.links, network.links // 50, replace=False)
    link = np.concatenate(
        [rng.integers(0, network.links, number // 2), rng.choice(busy, number - number // 2)]
    )
    along = rng.random(number) * network.length_m[link]
    share = QUICK_SHARE if quick else 1.0
    said = f"network KDE, equal split, {number:,} events, {cut.number:,} lixels, {BANDWIDTH_M:g} m"
    part = rng.choice(network.links, PART, replace=False)
    found = []
    for name, continuous, most_s in (
        ("discontinuous", False, MOST_S),
        ("continuous", True, CONTINUOUS_MOST_S),
    ):
        run = partial(equal_split, network, link, along, cut, bandwidth_m=BANDWIDTH_M, continuous=continuous)
        ours = timed(run)
        slow = timed(partial(_each_by_itself, network, link, along, cut, part, continuous=continuous), runs=1)
        density = ours.result / cut.metres
        pieces = np.concatenate([np.arange(cut.starts[one], cut.starts[one + 1]) for one in part])
        off = float(np.abs(slow.result / cut.metres[pieces] - density[pieces]).max() / density.max())
        lost = abs(float(ours.result.sum()) - number) / number
        found += [
            within(f"{said}, {name}", ours, most_s=most_s / share),
            Row(
                task=f"{said}, {name}: CPU-s a link, and with every event and walk by itself on {PART} links",
                ours=ours.cpu_s / network.links,
                other=slow.cpu_s / PART,
                bar="less",
                holds=ours.cpu_s / network.links < slow.cpu_s / PART,
            ),
            _share(f"{said}, {name}: largest difference from every event by itself, share of the peak", off),
            _share(f"{said}, {name}: events lost or made, share of all", lost),
        ]
    return found


def _share(task: str, value: float) -> Row:
    return Row(task=task, ours=value, bar=f"at most {CLOSE:g}", holds=value <= CLOSE)


def _each_by_itself(
    network: StreetNetwork,
    link: NDArray[np.int64],
    along: NDArray[np.float64],
    cut: Lixels,
    part: NDArray[np.int64],
    *,
    continuous: bool,
) -> NDArray[np.float64]:
    """Return what falls on the lixels of some links, as its definition says."""
    meet = junctions(network)
    order = np.argsort(link, kind="stable")
    starts = np.searchsorted(link[order], np.arange(network.links + 1))
    found = []
    for one in part.tolist():
        bounds = np.linspace(0, network.length_m[one], cut.starts[one + 1] - cut.starts[one] + 1)
        own = along[order[starts[one] : starts[one + 1]]]
        mass = np.diff(_before(bounds[None, :] - own[:, None]), axis=1).sum(axis=0)
        for side in (0, 1):
            past = bounds if side == 0 else network.length_m[one] - bounds
            for end, metres, share in _walks(
                network, meet, one + side * network.links, continuous=continuous
            ):
                source = end % network.links
                events = along[order[starts[source] : starts[source + 1]]]
                away = events if end < network.links else network.length_m[source] - events
                gone = _before(metres + past[None, :] + away[:, None])
                mass += share * np.abs(np.diff(gone, axis=1)).sum(axis=0)
        found.append(mass)
    return np.concatenate(found)


def _before(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    d = np.clip(distance / BANDWIDTH_M, -1, 1)
    return np.asarray(15 / 16 * (d - 2 / 3 * d**3 + d**5 / 5))


def _walks(
    network: StreetNetwork, meet: Junctions, end: int, *, continuous: bool
) -> Iterator[tuple[int, float, float]]:
    waiting = [(end, 0.0, 1.0)]
    while waiting:
        left, metres, share = waiting.pop()
        ends = meet.ends[meet.starts[meet.node[left]] : meet.starts[meet.node[left] + 1]].tolist()
        for other in ends:
            back = other == left
            split = 1.0 if len(ends) == 1 else 0.0 if back else 1 / (len(ends) - 1)
            borne = share * (2 / len(ends) - back if continuous else split)
            if borne:
                yield other, metres, borne
                onward = metres + float(network.length_m[other % network.links])
                if onward < BANDWIDTH_M:
                    waiting.append(((other + network.links) % (2 * network.links), onward, borne))
