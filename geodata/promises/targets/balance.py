"""A balance: ``varied between marked and unmarked``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from geodata.promises.activity import CarType
from geodata.promises.strict import STRICT
from geodata.promises.targets.measure import Measure, Standing, State
from geodata.promises.targets.pace import share_range

FEW = 2
"""One time can't vary."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Varied between kinds of car: each has been used, or each at least to a share where one was agreed."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    cars: Annotated[tuple[CarType, ...], Field(min_length=2)] = (CarType.MARKED, CarType.UNMARKED)
    least_share: Annotated[float, Field(gt=0, le=0.5)] | None = None
    kind: Literal["balance"] = "balance"


def measure_balance(target: Balance, standing: Standing) -> Measure:
    """Measure the share of the kind that was used the least, of what is known of the car."""
    used = Counter(one.entry.car for one in standing.counted if one.entry.car in target.cars)
    total = used.total()
    parts = tuple((str(car), used[car]) for car in target.cars)
    least = min(used[car] for car in target.cars)
    if total < FEW:
        state = State.MISSED if standing.over else State.TOO_EARLY if total else State.NOT_BEGUN
        return Measure(target.kind, state, 0.0, target.least_share, unit="share", parts=parts)
    share = least / total
    holds = least > 0 if target.least_share is None else share >= target.least_share
    over = standing.over
    state = (State.KEPT if over else State.ON_COURSE) if holds else (State.MISSED if over else State.LATE)
    return Measure(
        target.kind,
        state,
        share,
        target.least_share,
        unit="share",
        period=standing.period,
        parts=parts,
        share_range=share_range(least, total),
    )
