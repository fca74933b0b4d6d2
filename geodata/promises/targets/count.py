"""A number of times: ``at least 6 operations in 2026``, ``at least 4 a year``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from geodata.periods import Period, tertial_of, year
from geodata.promises.strict import STRICT
from geodata.promises.targets.measure import Measure, Standing, State
from geodata.promises.targets.pace import project_count, state_of

Per = Literal["period", "year", "tertial"]


@dataclass(frozen=True, slots=True)
class Count:
    """At least so many times, in the whole period, or in each year or tertial of it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    at_least: Annotated[int, Field(ge=1, le=100_000)]
    per: Per = "period"
    kind: Literal["count"] = "count"


def measure_count(target: Count, standing: Standing) -> Measure:
    """Measure a count in its period, or in the year or tertial that runs (or was the last)."""
    return reach(standing, at_least=target.at_least, per=target.per, kind=target.kind)


def reach(standing: Standing, *, at_least: int, per: Per, kind: str) -> Measure:
    """Measure how far a number of times is reached."""
    span = unit_of(standing, per)
    done = len(standing.within(span))
    open_ended = standing.open_ended and per == "period"
    base = Measure(kind, State.NOT_BEGUN, done, at_least, period=None if open_ended else span)
    if not standing.begun:
        return base
    if open_ended:
        return _with(base, State.KEPT if done >= at_least else State.UNDER_WAY)
    if standing.today > span.last:
        return _with(base, State.KEPT if done >= at_least else State.MISSED)
    passed = (min(standing.today, span.last) - span.first).days + 1
    asked = [day for day in standing.asked if span.holds(day)]
    if asked and len(asked) < span.days:  # only some days ask for work: the pace is by those
        passed, days = max(sum(day <= standing.today for day in asked), 0), len(asked)
    else:
        days = span.days
    if not passed:
        return _with(base, State.KEPT if done >= at_least else State.NOT_BEGUN)
    projection = project_count(done, passed=passed, left=days - passed)
    state = state_of(done, target=at_least, projection=projection, passed_share=passed / days)
    return Measure(
        kind,
        state,
        done,
        at_least,
        due=at_least * passed / days,
        projection=projection,
        period=span,
    )


def unit_of(standing: Standing, per: Per) -> Period:
    """Return the period that is measured: the whole, or the year or tertial that runs or was the last."""
    if per == "period":
        return standing.period
    day = max(standing.until, standing.period.first)
    whole = year(day.year) if per == "year" else tertial_of(day)
    return Period(max(whole.first, standing.period.first), min(whole.last, standing.period.last))


def _with(measure: Measure, state: State) -> Measure:
    return Measure(measure.kind, state, measure.done, measure.target, period=measure.period)
