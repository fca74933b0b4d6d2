"""What was changed in a review, field by field, as codes and words that can be set beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.reviews.review import Finding, Review

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from geodata.reviews.review import FindingDraft, ReviewDraft

FOUND, AT = "found-", "at-"
"""Begin the fields of what was found of an item, and where."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what it said, and what it says; empty for nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """What was changed at once, by whom, and when (UTC)."""

    fields: tuple[FieldChange, ...]
    changed_by: str
    changed_at: datetime


def fields_of(review: Review | ReviewDraft) -> dict[str, str]:
    """Return what a review says, field by field: codes, ISO days, words; points in metres, one decimal."""
    point = (review.x, review.y) if isinstance(review, Review) else review.point or (None, None)
    fields_found: dict[str, str] = {}
    findings: Sequence[Finding | FindingDraft] = review.findings
    for one in reversed(findings):  # of two of one item the first is the one that the form shows
        at = (one.x, one.y) if isinstance(one, Finding) else one.point or (None, None)
        fields_found |= {f"{FOUND}{one.item}": one.text, f"{AT}{one.item}": _joined(*at)}
    fields = {
        "place": "" if review.place_id is None else str(review.place_id),
        f"{AT}place": _joined(*point),
        "day": review.day.isoformat(),
        "season": str(review.season or ""),
        "light": str(review.light),
        "parties": " ".join(sorted(review.parties)),
        "with_whom": review.with_whom,
        "road_keeper": str(review.road_keeper or ""),
        "result": str(review.result),
        "note": review.note,
        **{f"check-{item}": str(verdict) for item, verdict in review.checks},
        **fields_found,
    }
    return {name: value for name, value in fields.items() if value}


def _joined(x: float | None, y: float | None) -> str:
    return "" if x is None or y is None else f"{x:.1f} {y:.1f}"
