"""Feared and recorded, feared only, recorded only, neither, or too few to tell."""

from __future__ import annotations

from enum import StrEnum


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
