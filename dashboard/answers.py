"""Answers that pages ask for again and again, kept while the ground is the same."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geodata.analyses.coverage import Coverage, cover
from geodata.analyses.hotspots import HotspotAnswer, find_hotspots
from geodata.analyses.ranking import PlaceRanking, rank_places

if TYPE_CHECKING:
    from geodata.analyses.ground import Ground
    from geodata.privacy import Audience
    from geodata.schema import PlaceKind
    from geodata.selection import Selection

KEPT = 32
"""A day's looking round; opening a place or changing the language then asks nothing anew."""


@lru_cache(maxsize=KEPT)
def hotspots(ground: Ground, selection: Selection) -> HotspotAnswer:
    """Return the areas with more than expected."""
    return find_hotspots(ground, selection)


@lru_cache(maxsize=KEPT)
def ranking(ground: Ground, selection: Selection, kind: PlaceKind | None = None) -> PlaceRanking:
    """Return the ranking of all places, or of one kind."""
    return rank_places(ground, selection, kinds=None if kind is None else (kind,))


@lru_cache(maxsize=KEPT)
def coverage(ground: Ground, audience: Audience) -> Coverage:
    """Return what the workspace holds."""
    return cover(ground, audience)
