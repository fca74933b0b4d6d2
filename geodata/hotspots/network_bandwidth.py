"""The bandwidth of a network density, chosen by how well all other events foretell each one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.link_events import junctions, link_events
from geodata.kernels.threads import over_chunks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.streets.network import StreetNetwork

SAMPLE = 1000
"""Events that are foretold; with more than these, so many are drawn."""

EVENTS_A_CHUNK = 50


def left_out_density(
    network: StreetNetwork,
    link: NDArray[np.int64],
    along_m: NDArray[np.float64],
    chosen: NDArray[np.int64],
    *,
    bandwidths_m: Sequence[float],
    continuous: bool = False,
) -> NDArray[np.float64]:
    """Return the equal-split density at events that all the others make.

    Parameters
    ----------
    link, along_m
        The link of each event and metres from its first vertex, shape ``(events,)``.
    chosen
        Positions of the events to look at.

    Returns
    -------
    ndarray of float64
        Events a metre, shape ``(chosen, bandwidths)``.
    """
    from geodata.kernels.left_out import left_out  # noqa: PLC0415  numba is slow to import

    widest = max(bandwidths_m)
    meet = junctions(network)
    events = link_events(network, link, along_m, np.ones(len(link)), bandwidth_m=widest)
    place = np.empty(len(link), dtype=np.int64)
    place[events.order] = np.arange(len(link))
    at, narrower = place[chosen], widest / np.asarray(bandwidths_m, dtype=np.float64)
    density = np.empty((len(chosen), len(narrower)))

    def work(first: int, last: int) -> None:
        left_out(
            at, first, last, meet.node, meet.starts, meet.ends, events.steps, events.length, events.starts,
            events.link, events.along, events.weight, events.away, events.sums, narrower, continuous, density,
        )  # fmt: skip

    over_chunks(work, len(chosen), size=EVENTS_A_CHUNK)
    return density / widest


def choose_bandwidth(
    network: StreetNetwork,
    link: NDArray[np.int64],
    along_m: NDArray[np.float64],
    *,
    bandwidths_m: Sequence[float],
    seed: int,
    continuous: bool = False,
) -> float:
    """Choose the bandwidth under which the events are likeliest, each foretold by all others.

    Parameters
    ----------
    bandwidths_m
        Those to choose among, metres.
    seed
        Where the ``SAMPLE`` events are drawn from; which ones does not depend on the order of the events.

    Returns
    -------
    float
        Of equally likely ones the first.

    Notes
    -----
    Likelihood cross-validation, as ``bw.lppl`` of spatstat (Baddeley, Rubak & Turner 2015). Cronie & van
    Lieshout 2018 choose by the sum of one over the density, which here is the length of the streets under
    any wide bandwidth, since nothing is lost at the edges. An event out of reach of all others would make
    every narrow bandwidth impossible: one event more is spread over all streets.
    """
    order = np.lexsort((along_m, link))
    chosen = order
    if len(order) > SAMPLE:
        drawn = np.random.default_rng(seed).choice(len(order), SAMPLE, replace=False)
        chosen = order[np.sort(drawn)]
    density = left_out_density(
        network, link, along_m, chosen, bandwidths_m=bandwidths_m, continuous=continuous
    )
    # The continuous kernel falls below zero beyond a crossing.
    everywhere = 1.0 / float(network.length_m.sum())
    likelihood = np.log(np.maximum(density, 0.0) + everywhere).sum(axis=0)
    return float(bandwidths_m[int(np.argmax(np.round(likelihood, 6)))])
