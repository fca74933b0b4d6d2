"""Network kernel density with equal-split kernels: how dense events lie along streets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.errors import ParameterError
from geodata.hotspots.link_events import junctions, link_events
from geodata.kernels.threads import over_chunks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geodata.streets.network import StreetNetwork

LIXEL_M = 10.0
"""A lixel is no longer than this: a house front."""

LINKS_A_CHUNK = 1024


@dataclass(frozen=True, eq=False)
class Lixels:
    """Every link cut into pieces of one length, none longer than a limit: what pixels are to a raster.

    Attributes
    ----------
    starts
        Where each link's lixels begin, shape ``(links + 1,)``; those of one link from its first vertex on.
    length_m
        Length of a lixel of each link, shape ``(links,)``.
    """

    starts: NDArray[np.int64]
    length_m: NDArray[np.float64]

    @property
    def number(self) -> int:
        """Number of lixels."""
        return int(self.starts[-1])

    @property
    def link(self) -> NDArray[np.int64]:
        """The link of each lixel, shape ``(lixels,)``."""
        return np.repeat(np.arange(len(self.length_m)), np.diff(self.starts))

    @property
    def metres(self) -> NDArray[np.float64]:
        """Length of each lixel, shape ``(lixels,)``."""
        return self.length_m[self.link]

    def at(self, link: NDArray[np.int64], along_m: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the lixel of places on links; a link's end lies in its last lixel."""
        number = np.diff(self.starts)[link]
        length = np.maximum(self.length_m[link], np.finfo(np.float64).tiny)
        return self.starts[link] + np.clip((along_m / length).astype(np.int64), 0, number - 1)


def lixels(network: StreetNetwork, *, longest_m: float = LIXEL_M) -> Lixels:
    """Cut the links of a network into lixels."""
    if not longest_m > 0:
        raise ParameterError(
            "lixel_not_positive", f"A lixel is longer than 0 m, not {longest_m:g}.", length=longest_m
        )
    number = np.maximum(np.ceil(network.length_m / longest_m), 1).astype(np.int64)
    return Lixels(np.concatenate([[0], np.cumsum(number)]), network.length_m / number)


def equal_split(
    network: StreetNetwork,
    link: NDArray[np.int64],
    along_m: NDArray[np.float64],
    cut: Lixels,
    *,
    bandwidth_m: float,
    weight: NDArray[np.float64] | None = None,
    continuous: bool = False,
    threads: int | None = None,
) -> NDArray[np.float64]:
    """Return what falls on each lixel when every event is spread along the streets around it.

    Parameters
    ----------
    link, along_m
        The link of each event and metres from its first vertex, shape ``(events,)``.
    bandwidth_m
        How far along the streets an event is spread, above 0.
    weight
        What each event counts, shape ``(events,)``; ones when None.
    continuous
        At a crossing of n ends the discontinuous kernel goes on into the n − 1 others with 1/(n − 1) each;
        the continuous one with 2/n each, and with 2/n − 1, which is below zero, back.

    Returns
    -------
    ndarray of float64
        Events, shape ``(lixels,)``: the kernel integrated over each lixel, not its value at a point. Its sum
        is the number of events, or their weight. Over the lixel's length it is the density.

    Raises
    ------
    ParameterError
        ``bandwidth_not_positive``.

    Notes
    -----
    Okabe, Satoh & Sugihara 2009, *IJGIS* 23, with the quartic kernel 15/16h · (1 − d²/h²)². They keep the
    bandwidth below half the shortest ring; here an event goes round as far as the bandwidth reaches, as in
    McSwiggan, Baddeley & Nair 2017, *Scandinavian Journal of Statistics* 44, and what comes to a dead end
    turns back, so that nothing is lost there.

    Exact, to rounding: the kernel's integral is a polynomial of degree 5 in the distance, so all events of
    a link that are near enough are summed through six sums of powers, whatever their number.
    """
    from geodata.kernels.equal_split import spread  # noqa: PLC0415  numba is slow to import

    if not (np.isfinite(bandwidth_m) and bandwidth_m > 0):
        raise ParameterError(
            "bandwidth_not_positive",
            f"The bandwidth is {bandwidth_m} m; it must be above zero.",
            bandwidth_m=bandwidth_m,
        )
    mass = np.zeros(cut.number)
    meet = junctions(network)
    borne = np.ones(len(link)) if weight is None else weight
    events = link_events(network, link, along_m, borne, bandwidth_m=bandwidth_m)

    def work(first: int, last: int) -> None:
        spread(
            first, last, meet.node, meet.starts, meet.ends, events.steps, events.length, events.starts,
            events.along, events.weight, events.away, events.sums, cut.starts, continuous, mass,
        )  # fmt: skip

    over_chunks(work, network.links, size=LINKS_A_CHUNK, threads=threads)
    return mass
