"""The sections of ``problembild.toml`` on schools: zones, bells, terms."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from geodata.sections import CLOCK, Section

Clock = Annotated[str, StringConstraints(pattern=CLOCK)]
"""A time of day, ``08:10``."""

Span = tuple[Clock, Clock]
"""From the first class to the last: staggered bells are a range, not a moment."""

Day = Literal["mon", "tue", "wed", "thu", "fri"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri")


class Bells(Section):
    """When some schools begin, eat and end on some weekdays; the last that fits a school and day holds."""

    schools: tuple[str, ...] = ()
    """Ids or names of school units; empty for all."""
    stages: tuple[str, ...] = ()
    """Stages as the school layer writes them; empty for all."""
    weekdays: tuple[Day, ...] = DAYS
    start: Span
    lunch: Span | None = None
    end: Span

    @model_validator(mode="after")
    def _a_day(self) -> Self:
        if self.start[1] < self.start[0] or self.end[1] < self.end[0]:
            raise ValueError("write start and end as [first, last], the earlier first")
        if self.end[0] <= self.start[1]:
            raise ValueError("school must end after it has started")
        if self.lunch is not None and not self.start[0] < self.lunch[0] < self.lunch[1] <= self.end[1]:
            raise ValueError("lunch lies between start and end, the earlier time first")
        return self


class Schools(Section):
    """How a school zone is drawn, and when its bells ring."""

    zone_m: float = Field(default=400.0, gt=0, le=3000)
    """Walking distance along streets."""
    fast_kmh: float = Field(default=50.0, gt=0)
    """From this limit on, a larger street is crossed at crossing points, or at a cost."""
    crossing_cost_m: float = Field(default=100.0, ge=0)
    """Metres of walking that it costs to cross a fast street where there is no crossing point."""
    blocked_kmh: float = Field(default=80.0, gt=0)
    """From this limit on, a street is not crossed at all where there is no crossing point."""
    walked_m: float = Field(default=2000.0, gt=0, le=6000)
    """How far pupils walk or cycle; those who live farther away come by bus or car."""
    bell_start: Clock = "08:10"
    bell_end: Clock = "14:30"
    bells: tuple[Bells, ...] = ()

    @model_validator(mode="after")
    def _a_day(self) -> Self:
        if self.bell_end <= self.bell_start:
            raise ValueError("bell_end must come after bell_start")
        return self


class Days(Section):
    """A term or a break: local days, both included."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"it ends ({self.last}) before it starts ({self.first})")
        return self


class Calendar(Section):
    """The municipality's own school year; without terms the usual weeks stand in, and answers say so."""

    terms: tuple[Days, ...] = Field(default=(), alias="term")
    breaks: tuple[Days, ...] = Field(default=(), alias="break")
    study_days: tuple[date, ...] = ()
    """Days on which staff work and pupils are free."""
    sports_week: int | None = Field(default=None, ge=6, le=12)
    """ISO week of the sports break; None takes the county's usual week."""

    @model_validator(mode="after")
    def _terms_apart(self) -> Self:
        terms = sorted(self.terms, key=lambda term: term.first)
        for before, after in pairwise(terms):
            if after.first <= before.last:
                raise ValueError(f"two terms share {after.first}")
        return self
