"""Being there on the days or evenings that the activity names: all of them, or a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from geodata.promises.strict import STRICT
from geodata.promises.targets.measure import Measure, Standing, State
from geodata.promises.targets.pace import project_share, share_range, state_of


@dataclass(frozen=True, slots=True)
class Presence:
    """On every day that the activity names, or on at least so many; a day counts once."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    at_least: Annotated[int, Field(ge=1, le=1000)] | None = None
    kind: Literal["presence"] = "presence"


def measure_presence(target: Presence, standing: Standing) -> Measure:
    """Measure on how many of the evenings that are over somebody was there.

    Today's evening is over when somebody was there, else it is still to come.
    """
    there = {one.day for one in standing.counted}
    asked = [day for day in standing.asked if standing.period.holds(day)]
    come = [day for day in asked if day < standing.today or day in there]
    left = len(asked) - len(come)
    missing = tuple(day.isoformat() for day in come if day not in there)
    done = len([day for day in come if day in there])
    unit, period = "evenings", standing.period
    if target.at_least is None:
        if not come:
            return Measure(target.kind, State.NOT_BEGUN, 0, 0, unit=unit, period=period)
        state = State.PARTLY if done else State.MISSED if standing.over else State.LATE
        if not missing:
            state = State.KEPT if standing.over else State.ON_COURSE
        return Measure(
            target.kind,
            state,
            done,
            len(come),
            unit=unit,
            period=period,
            missing=missing,
            share_range=share_range(done, len(come)),
        )
    wanted = target.at_least
    if done >= wanted:
        return Measure(target.kind, State.KEPT, done, wanted, unit=unit, period=period, missing=missing)
    if not standing.open_ended and done + left < wanted:
        return Measure(target.kind, State.MISSED, done, wanted, unit=unit, period=period, missing=missing)
    if standing.open_ended or not come:
        state = State.UNDER_WAY if come else State.NOT_BEGUN
        return Measure(target.kind, state, done, wanted, unit=unit, missing=missing)
    projection = project_share(done, of=len(come), left=left)
    passed = len(come) / len(asked)
    return Measure(
        target.kind,
        state_of(done, target=wanted, projection=projection, passed_share=passed),
        done,
        wanted,
        due=wanted * passed,
        projection=projection,
        unit=unit,
        period=period,
        missing=missing,
    )
