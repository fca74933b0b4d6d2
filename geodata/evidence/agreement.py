"""Feared and recorded, feared only, recorded only, neither, or too few to tell."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.evidence.shrinkage import Shrunken

DOUBLED = 2.0
"""Twice the expected: what may be this much is not called calm."""


class Agreement(StrEnum):
    """How what people say and what is recorded go together at a place."""

    FELT_AND_RECORDED = "felt_and_recorded"
    FELT_ONLY = "felt_only"
    RECORDED_ONLY = "recorded_only"
    NEITHER = "neither"
    TOO_FEW = "too_few"


def agreement(*, felt: bool | None, recorded: bool | None) -> Agreement:
    """Class a place.

    Parameters
    ----------
    felt, recorded
        Whether survey answers, and incidents, are clearly above what is expected there; None where there
        are too few to tell. Nothing is called "only" when the other side can't be told.
    """
    if felt is None or recorded is None:
        return Agreement.TOO_FEW
    if felt:
        return Agreement.FELT_AND_RECORDED if recorded else Agreement.FELT_ONLY
    return Agreement.RECORDED_ONLY if recorded else Agreement.NEITHER


def sureness(found: Agreement, *, felt: Shrunken, recorded: Shrunken, row: int) -> float | None:
    """Return the probability that a place is as it is classed; None where there are too few to tell.

    A side that is called high is so when its ratio is above what is expected, one that is not when its
    ratio is below ``DOUBLED``: as it was classed.

    Parameters
    ----------
    felt, recorded
        Posteriors of the survey's and the incidents' ratios at all places; given their expectations they
        are independent of each other.
    row
        The place.
    """
    if found is Agreement.TOO_FEW:
        return None
    high_felt = found in {Agreement.FELT_AND_RECORDED, Agreement.FELT_ONLY}
    high_recorded = found in {Agreement.FELT_AND_RECORDED, Agreement.RECORDED_ONLY}
    return _probability(felt, row, high=high_felt) * _probability(recorded, row, high=high_recorded)


def _probability(stream: Shrunken, row: int, *, high: bool) -> float:
    return float(stream.above(1.0)[row]) if high else 1 - float(stream.above(DOUBLED)[row])
