"""What police and municipality do, by what and with whom: words that plan, log and promise share."""

from __future__ import annotations

from enum import StrEnum


class ActivityKind(StrEnum):
    """What was done, or is to be."""

    TRAFFIC_CHECK = "traffic_check"
    PRESENCE = "presence"
    TARGETED_OPERATION = "targeted_operation"
    PREMISES_INSPECTION = "premises_inspection"
    SPEED_MEASUREMENT = "speed_measurement"
    ENVIRONMENT_REVIEW = "environment_review"
    SAFETY_WALK = "safety_walk"
    MEETING = "meeting"
    DOCUMENT = "document"
    OTHER = "other"


class CarType(StrEnum):
    """What an activity is done from. Unmarked work is for the police alone until it is done."""

    MARKED = "marked"
    UNMARKED = "unmarked"
    ON_FOOT = "on_foot"


class Party(StrEnum):
    """Who takes part; others (property owners, clubs, businesses) are named in words beside it."""

    POLICE = "police"
    MUNICIPALITY = "municipality"
    OTHER = "other"
