"""Network kernel density: the streets along which events lie densest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geodata.hotspots.along_streets import on_streets
from geodata.hotspots.areas import FEWEST_EVENTS
from geodata.hotspots.base import HotspotResult, Method, Need
from geodata.hotspots.equal_split import LIXEL_M, equal_split, lixels
from geodata.hotspots.network_bandwidth import SAMPLE, choose_bandwidth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geodata.hotspots.along_streets import OnStreets
    from geodata.hotspots.base import Material
    from geodata.hotspots.equal_split import Lixels


@dataclass(frozen=True, slots=True)
class NetworkKdeParameters:
    """What network kernel density is run with.

    Attributes
    ----------
    bandwidth_m
        How far along the streets an event is spread; None for the likeliest of `bandwidths_m`.
    bandwidths_m
        Those to choose among.
    lixel_m
        The longest piece of street that one density stands for.
    continuous
        The kernel that is continuous over crossings, instead of the discontinuous one.
    top_share
        The densest streets that are called hot, as a share of all metres.
    longest_m
        A stretch is no longer.
    fewest_events
        A stretch with fewer is not called hot.
    """

    bandwidth_m: float | None = None
    bandwidths_m: tuple[float, ...] = (100.0, 150.0, 200.0, 300.0, 400.0)
    lixel_m: float = LIXEL_M
    continuous: bool = False
    top_share: float = 0.02
    longest_m: float = 800.0
    fewest_events: int = FEWEST_EVENTS


@dataclass(frozen=True, eq=False, slots=True)
class NetworkDensity:
    """The density that a result rests on.

    Attributes
    ----------
    lixels
        How the links were cut.
    density
        Events a metre of street on each lixel, shape ``(lixels,)``; on a dual carriageway what both bear.
    bandwidth_m
        What it was computed with.
    """

    lixels: Lixels
    density: NDArray[np.float64]
    bandwidth_m: float


def network_kde(material: Material, parameters: NetworkKdeParameters, seed: int) -> HotspotResult:
    """Call the densest streets hot: at most ``top_share`` of their metres, in stretches of one street.

    Says nothing of chance. Metres that tie at the limit are left out together. A run of hot street that is
    longer than ``longest_m`` becomes its fullest part, and what is left on either side. The score is events
    a kilometre where it is densest.
    """
    if material.network is None:
        raise TypeError("network_kde needs streets; its Method says so before it is run.")
    laid = on_streets(material.network, material.events)
    if not len(laid.order):
        return HotspotResult(0, left_out=laid.left_out(material.events), warnings=("none_on_streets",))
    link, along_m = material.events.link[laid.order], material.events.along_m[laid.order]
    bandwidth_m, drawn = parameters.bandwidth_m, False
    if bandwidth_m is None:
        drawn = len(link) > SAMPLE
        bandwidth_m = choose_bandwidth(
            material.network,
            link,
            along_m,
            bandwidths_m=parameters.bandwidths_m,
            seed=seed,
            continuous=parameters.continuous,
        )
    cut = lixels(material.network, longest_m=parameters.lixel_m)
    mass = equal_split(
        material.network,
        link,
        along_m,
        cut,
        bandwidth_m=bandwidth_m,
        weight=laid.weight,
        continuous=parameters.continuous,
    )
    metres = cut.metres
    density = np.divide(mass, metres, out=np.zeros_like(mass), where=metres > 0)
    # A carriageway bears its part of the records; the street that it is a part of has them all.
    density *= material.network.abreast[cut.link]
    return HotspotResult(
        used=len(link),
        findings=laid.findings(
            _stretches(laid, cut, density, parameters), fewest_events=parameters.fewest_events
        ),
        left_out=laid.left_out(material.events),
        chosen=(("bandwidth_m", f"{bandwidth_m:g}"),) if parameters.bandwidth_m is None else (),
        seed=seed if drawn else None,
        warnings=(
            "no_significance",
            *(("bandwidth_below_lixel",) if bandwidth_m < parameters.lixel_m else ()),
        ),
        details=NetworkDensity(cut, density, bandwidth_m),
    )


def _stretches(
    laid: OnStreets, cut: Lixels, density: NDArray[np.float64], parameters: NetworkKdeParameters
) -> Iterator[tuple[float, float, float]]:
    """Yield runs of hot lixels along one street: first and last place on the axis, and score."""
    corridors, link, metres = laid.corridors, cut.link, cut.metres
    before = (np.arange(cut.number) - cut.starts[link]) * metres
    last_before = corridors.network.length_m[link] - before - metres
    begin = corridors.link_metre[link] + np.where(corridors.backwards[link], last_before, before)
    falling = np.argsort(-density, kind="stable")
    over = np.cumsum(metres[falling]) > parameters.top_share * metres.sum()
    limit = density[falling[np.argmax(over)]] if over.any() else 0.0
    # Rounding differs between lixels of one density: a billionth above the limit is at it.
    hot = np.flatnonzero(density > limit * (1 + 1e-9))
    hot = hot[np.argsort(begin[hot], kind="stable")]
    begin, end, density = begin[hot], begin[hot] + metres[hot], density[hot]
    corridor = corridors.corridor_at(begin + metres[hot] / 2)
    fresh = np.ones(len(hot), dtype=bool)
    fresh[1:] = (begin[1:] - end[:-1] > 1e-6) | (np.diff(corridor) != 0)
    edges = np.append(np.flatnonzero(fresh), len(hot))
    runs = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
    mass = np.concatenate([[0.0], np.cumsum(density * (end - begin))])
    while runs:
        low, high = runs.pop()
        if end[high - 1] - begin[low] > parameters.longest_m and high - low > 1:
            # Every window that begins with a lixel of the run and is no longer than is allowed.
            first = np.arange(low, high)
            past = np.searchsorted(end[low:high], begin[first] + parameters.longest_m, side="right") + low
            past = np.maximum(past, first + 1)
            at = int(np.argmax(np.round(mass[past] - mass[first], 9)))
            runs += [part for part in ((low, low + at), (int(past[at]), high)) if part[1] > part[0]]
            low, high = low + at, int(past[at])
        yield float(begin[low]), float(end[high - 1]), float(density[low:high].max() * 1000)


NETWORK_KDE = Method(
    network_kde,
    NetworkKdeParameters,
    "along_street",
    needs=frozenset({Need.STREETS}),
    chance=False,
    weighs=True,
)
