"""A rate: ``at least one traffic check a week``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from geodata.promises.strict import STRICT
from geodata.promises.targets.measure import Measure, Standing, State
from geodata.promises.targets.pace import share_range

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS_PER_WEEK = 7
MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Rate:
    """At least so many times in every whole week or month of the period.

    A week that lies only in part in the period, and one in which no day asks for work (out of season, or no
    place complained about), is not judged.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    at_least: Annotated[int, Field(ge=1, le=1000)] = 1
    every: Literal["week", "month"] = "week"
    kind: Literal["rate"] = "rate"


def measure_rate(target: Rate, standing: Standing) -> Measure:
    """Measure in how many of the weeks or months that are over it was kept."""
    unit = f"{target.every}s"
    kept, missed, free = 0, [], 0
    asked = frozenset(standing.asked)
    for first, last in units(standing, every=target.every):
        if last >= standing.today:
            continue
        if not _asks(first, last, asked, standing):
            free += 1
        elif sum(first <= one.day <= last for one in standing.counted) >= target.at_least:
            kept += 1
        else:
            missed.append(first.isoformat())
    judged = kept + len(missed)
    if not judged:
        return Measure(target.kind, State.NOT_BEGUN, 0, 0, unit=unit, period=standing.period, free=free)
    state = State.PARTLY if kept else State.MISSED if standing.over else State.LATE
    if not missed:
        state = State.KEPT if standing.over else State.ON_COURSE
    return Measure(
        target.kind,
        state,
        kept,
        judged,
        unit=unit,
        period=standing.period,
        missing=tuple(missed),
        parts=(("times", len(standing.counted)),),
        share_range=share_range(kept, judged),
        free=free,
    )


def units(standing: Standing, *, every: str) -> Iterator[tuple[date, date]]:
    """Yield the whole weeks or months of the period that have begun, as their first and last days."""
    first, last = standing.period.first, standing.period.last
    if every == "week":
        start = first + timedelta(days=-first.weekday() % DAYS_PER_WEEK)
        while start <= standing.until and start + timedelta(days=DAYS_PER_WEEK - 1) <= last:
            yield start, start + timedelta(days=DAYS_PER_WEEK - 1)
            start += timedelta(days=DAYS_PER_WEEK)
        return
    start = first if first.day == 1 else _next_month(first)
    while start <= standing.until and (end := _next_month(start) - timedelta(days=1)) <= last:
        yield start, end
        start = end + timedelta(days=1)


def _asks(first: date, last: date, asked: frozenset[date], standing: Standing) -> bool:
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return any(day in asked and (standing.complained is None or day in standing.complained) for day in days)


def _next_month(day: date) -> date:
    return date(day.year + day.month // MONTHS_PER_YEAR, day.month % MONTHS_PER_YEAR + 1, 1)
