"""The single records that a saved map carries, for those who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.map.record_words import when_words
from geodata.analyses.observations import observations_in_view
from geodata.privacy import RULES

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.ground import Ground
    from geodata.selection import Selection

MOST = 2000
"""A saved file can be passed on, so it carries no more than is needed to recognise a place."""

_WORLD = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Records:
    """Single records, newest first.

    Attributes
    ----------
    rows
        Longitude, latitude, stream, what, when; in words.
    of
        How many there are; more than `rows` when they were cut.
    """

    rows: tuple[tuple[float, float, str, str, str], ...]
    of: int


def newest_records(ground: Ground, selection: Selection, texts: Catalogue) -> Records | None:
    """Return the newest records of a selection, None for an audience that sees no points."""
    if not RULES[selection.audience].exact_points:
        return None
    found = observations_in_view(ground, selection, bounds=_WORLD, limit=MOST)
    rows = tuple(
        (
            round(point.lon, 6),
            round(point.lat, 6),
            str(point.stream),
            texts(f"category.{point.category}"),
            when_words(texts, point),
        )
        for point in found.points
    )
    return Records(rows, found.in_view)
