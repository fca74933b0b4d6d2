"""METHODS: every hotspot method by name; the contract test runs over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.hotspots.count import COUNT
from geodata.hotspots.getis_ord import GETIS_ORD
from geodata.hotspots.getis_ord_permutation import GETIS_ORD_PERMUTATION
from geodata.hotspots.kde import KDE_GAUSSIAN, KDE_QUARTIC

if TYPE_CHECKING:
    from geodata.hotspots.base import Method

METHODS: dict[str, Method] = {
    "count": COUNT,
    "getis_ord": GETIS_ORD,
    "getis_ord_permutation": GETIS_ORD_PERMUTATION,
    "kde_quartic": KDE_QUARTIC,
    "kde_gaussian": KDE_GAUSSIAN,
}
