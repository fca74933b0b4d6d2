"""A preference: ``mainly at school start, lunch and end``. Elsewhere counts too, and is marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from geodata.promises.scope import Hours  # noqa: TC001 - pydantic reads it
from geodata.promises.strict import STRICT
from geodata.promises.targets.measure import Measure, Standing, State
from geodata.promises.targets.pace import share_range

MAINLY = 0.5
"""What is done mainly at some hours is done there more than half of the times."""


@dataclass(frozen=True, slots=True)
class Preference:
    """More than half of what counts is at these hours."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    hours: Annotated[tuple[Hours, ...], Field(min_length=1)]
    kind: Literal["preference"] = "preference"


def measure_preference(target: Preference, standing: Standing) -> Measure:
    """Measure the share that was at the preferred hours."""
    total = len(standing.counted)
    there = sum(one.entry.entry_key in standing.preferred for one in standing.counted)
    if not total:
        state = State.MISSED if standing.over else State.NOT_BEGUN
        return Measure(target.kind, state, 0.0, MAINLY, unit="share")
    over, holds = standing.over, there / total > MAINLY
    state = (State.KEPT if over else State.ON_COURSE) if holds else (State.MISSED if over else State.LATE)
    return Measure(
        target.kind,
        state,
        there / total,
        MAINLY,
        unit="share",
        period=standing.period,
        parts=(("preferred", there), ("elsewhere", total - there)),
        share_range=share_range(there, total),
    )
