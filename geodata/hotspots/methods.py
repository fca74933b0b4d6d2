"""METHODS: every hotspot method by name; the contract test runs over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.hotspots.bernoulli_scan import BERNOULLI_SCAN
from geodata.hotspots.clusters import CLUSTERS
from geodata.hotspots.count import COUNT
from geodata.hotspots.emerging import EMERGING
from geodata.hotspots.getis_ord import GETIS_ORD
from geodata.hotspots.getis_ord_permutation import GETIS_ORD_PERMUTATION
from geodata.hotspots.kde import KDE_GAUSSIAN, KDE_QUARTIC
from geodata.hotspots.near_repeat import NEAR_REPEAT
from geodata.hotspots.network_kde import NETWORK_KDE
from geodata.hotspots.poisson_scan import POISSON_SCAN
from geodata.hotspots.sliding_windows import SLIDING_WINDOWS
from geodata.hotspots.space_time_scan import ALIVE_CLUSTERS, SPACE_TIME_SCAN

if TYPE_CHECKING:
    from geodata.hotspots.base import Method

METHODS: dict[str, Method] = {
    "count": COUNT,
    "getis_ord": GETIS_ORD,
    "getis_ord_permutation": GETIS_ORD_PERMUTATION,
    "kde_quartic": KDE_QUARTIC,
    "kde_gaussian": KDE_GAUSSIAN,
    "poisson_scan": POISSON_SCAN,
    "bernoulli_scan": BERNOULLI_SCAN,
    "space_time_scan": SPACE_TIME_SCAN,
    "alive_clusters": ALIVE_CLUSTERS,
    "emerging": EMERGING,
    "near_repeat": NEAR_REPEAT,
    "clusters": CLUSTERS,
    "network_kde": NETWORK_KDE,
    "sliding_windows": SLIDING_WINDOWS,
}
