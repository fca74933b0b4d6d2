"""The checklist of a traffic-environment review, in the order that what lacks weighs."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Verdict(StrEnum):
    """What was seen of one item; one of ``codelists.CHECKED``."""

    GOOD = "good"
    LACKING = "lacking"
    NOT_RELEVANT = "not_relevant"


CATEGORY_OF: dict[str, str] = {
    "speed": "traffic_speed",
    "crossing": "traffic_crossing",
    "sight": "environment_no_overview",
    "separation": "traffic_cycling",
    "parking": "traffic_parking",
    "lighting": "environment_dark",
}
"""Item → the category of a review where it lacks; as the shipped mapping of checklists has it."""

NOTHING_LACKS = "other"
"""The category of a review that found nothing lacking."""

Checks = tuple[tuple[str, Verdict], ...]
"""Item and verdict; items that were not looked at are left out."""


def lacking(checks: Iterable[tuple[str, Verdict]]) -> tuple[str, ...]:
    """Return the items that lack, the weightiest first."""
    found = {item for item, verdict in checks if verdict is Verdict.LACKING}
    return tuple(item for item in CATEGORY_OF if item in found)


def category_of(checks: Iterable[tuple[str, Verdict]]) -> str:
    """Return the category of a review: that of the weightiest item that lacks."""
    return next((CATEGORY_OF[item] for item in lacking(checks)), NOTHING_LACKS)


def read_checks(written: str) -> Checks:
    """Read ``sight:lacking crossing:good``, as an observation carries it; what is not known is left out."""
    pairs = (part.split(":", 1) for part in written.split() if ":" in part)
    return tuple(
        (item, Verdict(verdict)) for item, verdict in pairs if item in CATEGORY_OF and verdict in set(Verdict)
    )
