"""METHODS: every hotspot method by name; the contract test runs over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.hotspots.count import count
from geodata.hotspots.getis_ord import getis_ord

if TYPE_CHECKING:
    from geodata.hotspots.base import Method

METHODS: dict[str, Method] = {
    "count": count,
    "getis_ord": getis_ord,
}
