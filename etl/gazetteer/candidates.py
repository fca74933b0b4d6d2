"""What a phrase was found to mean, or may mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.precision import LocationPrecision

SHOWN = 5
"""Candidates that are kept for a person to choose among."""

SAME_SPOT_M = 50.0
"""Candidates of one precision within this are one: a school and the bus stop at its gate."""

NO_WORDS = "no_words"
UNKNOWN = "unknown"
AMBIGUOUS = "ambiguous"
UNSURE = "unsure"
REASONS = (NO_WORDS, UNKNOWN, AMBIGUOUS, UNSURE)
"""Why a record waits: nothing said, nothing known, two as likely, or one not likely enough."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a phrase may mean.

    Attributes
    ----------
    label
        Its name, with what tells it from a namesake.
    kind
        ``street``, ``school``, ``crossing``, ``stretch`` or a kind of area.
    precision
        What its point stands for.
    x, y
        Metres in the working CRS; NaN where its precision has no point.
    confidence
        0 … 1.
    area_id
        The district that it is, else -1.
    """

    label: str
    kind: str
    precision: LocationPrecision
    x: float
    y: float
    confidence: float
    area_id: int = -1

    def same_spot(self, other: Candidate) -> bool:
        """Say whether two candidates put a record in the same spot, as precisely."""
        if self.precision is not other.precision:
            return False
        if np.isnan(self.x) or np.isnan(other.x):
            return self.label == other.label
        return float(np.hypot(self.x - other.x, self.y - other.y)) <= SAME_SPOT_M


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of a phrase.

    Attributes
    ----------
    candidates
        The likeliest places, best first, at most `SHOWN`.
    reason
        One of `REASONS` when a person must say; None when the first candidate is taken.
    """

    candidates: tuple[Candidate, ...] = ()
    reason: str | None = NO_WORDS

    @property
    def accepted(self) -> Candidate | None:
        """The place, when it was settled."""
        return self.candidates[0] if self.reason is None else None


def settle(found: Iterable[Candidate], *, accept: float, margin: float) -> Resolution:
    """Decide among candidates: the best, when it is sure enough and ahead of every other spot.

    Parameters
    ----------
    accept
        Confidence from which a candidate is taken.
    margin
        How far ahead of the next spot it must be.
    """
    spots: list[Candidate] = []
    for candidate in sorted(found, key=lambda one: -one.confidence):
        if not any(candidate.same_spot(other) for other in spots):
            spots.append(candidate)
        if len(spots) > SHOWN:
            break
    if not spots:
        return Resolution((), UNKNOWN)
    shown = tuple(replace(one, confidence=_cut(one.confidence)) for one in spots[:SHOWN])
    if shown[0].confidence < accept:
        return Resolution(shown, UNSURE)
    if len(spots) > 1 and spots[0].confidence - spots[1].confidence < margin + 1e-9:
        return Resolution(shown, AMBIGUOUS)
    return Resolution(shown, None)


def _cut(confidence: float) -> float:
    return round(min(1.0, max(0.0, confidence)), 4)
