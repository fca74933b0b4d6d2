"""When a single record was, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.texts.catalogue import Catalogue
    from geodata.analyses.observations import ObservationPoint


def when_words(texts: Catalogue, point: ObservationPoint) -> str:
    """Say day and hour, as far as they are known: ``3 mars 2026 kl. 17–18``."""
    if point.day is None:
        return texts("map.tool.no_day")
    day = texts.form.day(point.day)
    return day if point.hour is None else f"{day} {texts.form.hours(point.hour, point.hour + 1)}"
