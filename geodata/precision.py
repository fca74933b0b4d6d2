"""How well the place and the time of a record are known, and which precision may enter which question."""

from __future__ import annotations

from enum import StrEnum


class LocationPrecision(StrEnum):
    """How well the place is known, best first."""

    EXACT = "exact"
    ADDRESS = "address"
    STREET = "street"
    NAMED_PLACE = "named_place"
    AREA = "area"
    MUNICIPALITY = "municipality"
    COUNTY = "county"
    UNKNOWN = "unknown"


class TimePrecision(StrEnum):
    """How well the time is known, best first."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


HOTSPOT_LOCATION = frozenset({LocationPrecision.EXACT, LocationPrecision.ADDRESS})
"""What may enter a hotspot: a point that stands for the spot itself."""

PLACE_LOCATION = HOTSPOT_LOCATION | {LocationPrecision.NAMED_PLACE}
"""What may be counted at a named place."""

AREA_ONLY = frozenset({LocationPrecision.AREA, LocationPrecision.MUNICIPALITY, LocationPrecision.COUNTY})
"""What may only be counted for a whole area; it has no point on any map."""

HOUR_OF_DAY = frozenset({TimePrecision.MINUTE, TimePrecision.HOUR})
"""What may enter a question about the hour."""

DAY_OR_BETTER = frozenset(
    {TimePrecision.MINUTE, TimePrecision.HOUR, TimePrecision.PART_OF_DAY, TimePrecision.DAY}
)
"""What may enter a question about the weekday."""
