"""A plan as it is kept: over which days, on what it rests, and what it was reckoned to cover."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


class PlanBasis(StrEnum):
    """On what a plan rests."""

    EVIDENCE = "evidence"
    """Where and when the expected harm is."""
    ROTATION = "rotation"
    """Fair turns, where the evidence bears nothing better."""


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """Expected harm covered, in records weighted by severity over the days of the plan.

    Attributes
    ----------
    covered, low, high
        By the plan, and its 90 % range.
    bound
        What no plan of the same hours can pass: the solver's proof; infinite where it found none in time.
    greedy, random
        By the greedy plan of the same hours, and by random ones on average.
    whole
        All that is expected at the places in the windows that can be worked.
    """

    covered: float
    low: float
    high: float
    bound: float
    greedy: float
    random: float
    whole: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan in the register.

    Attributes
    ----------
    plan_id
        In the register; None before it is kept.
    first, last
        Local days, both included.
    seed
        Of what is random in it: the same seed over the same evidence gives the same plan.
    figures
        None for a rotation, which claims none.
    made_by, made_at
        Who, and when (UTC).
    """

    plan_id: int | None
    first: date
    last: date
    basis: PlanBasis
    seed: int
    figures: PlanFigures | None
    made_by: str
    made_at: datetime
