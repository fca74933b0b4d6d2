"""The sections of ``problembild.toml`` on the plan: who has hours, when, and how the plan weighs."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from geodata.promises.activity import ActivityKind, CarType, Party
from geodata.schema import PlaceKind  # noqa: TC001 - pydantic reads it
from geodata.sections import CLOCK, Section

Clock = Annotated[str, StringConstraints(pattern=CLOCK)]
"""A time of day, ``08:10``."""

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

DAY_TURNS = "05:00"
HALF_HOURS = (0, 30)
LONGEST_PASS = 600


class Supply(Section):
    """Somebody's hours."""

    name: str = Field(min_length=1, max_length=80)
    parties: tuple[Party, ...] = Field(default=(Party.POLICE,), min_length=1)
    """More than one is joint work."""
    kinds: tuple[ActivityKind, ...] = Field(
        default=(ActivityKind.TRAFFIC_CHECK, ActivityKind.PRESENCE), min_length=1
    )
    cars: tuple[CarType, ...] = Field(default=(CarType.MARKED,), min_length=1)
    """Of more than one they are taken in turns, as `Planning.unmarked_share` says."""
    passes_per_week: int | None = Field(default=None, ge=0, le=60)
    hours_per_week: float | None = Field(default=None, ge=0, le=400)
    """Either this or passes; hours make as many whole passes as they hold."""
    pass_minutes: int = Field(default=120, ge=30, le=LONGEST_PASS, multiple_of=30)
    passes_per_day: int = Field(default=2, ge=1, le=12)
    at_once: int = Field(default=1, ge=1, le=12)
    """How many crews there are: passes that may run at the same time."""
    weekdays: tuple[Weekday, ...] = Field(default=WEEKDAYS, min_length=1)
    between: tuple[Clock, Clock] = ("06:00", "02:00")
    """When they work, whole or half hours; the day turns at 05:00, so 02:00 is the night after."""

    @model_validator(mode="after")
    def _has_hours(self) -> Self:
        if (self.passes_per_week is None) == (self.hours_per_week is None):
            raise ValueError("write passes_per_week or hours_per_week, one of them")
        return self

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        first, last = (since_five(one) for one in self.between)
        last = last or 24 * 60
        for clock in self.between:
            if int(clock[3:]) not in HALF_HOURS:
                raise ValueError(f"write whole or half hours, not {clock}")
        if last <= first:
            raise ValueError(
                f"{self.between[0]}–{self.between[1]} passes {DAY_TURNS}, when the day turns; write two"
            )
        if last - first < self.pass_minutes:
            raise ValueError(f"a pass of {self.pass_minutes} minutes has no room between {self.between}")
        return self

    @property
    def passes(self) -> int:
        """Passes a week."""
        if self.passes_per_week is not None:
            return self.passes_per_week
        return int((self.hours_per_week or 0.0) * 60 // self.pass_minutes)


class Wanted(Section):
    """Something that binds the plan beside the promises of the register: so many, of what, where, when."""

    name: str = Field(min_length=1, max_length=200)
    least: int = Field(default=0, ge=0, le=500)
    """Over the whole plan."""
    most: int | None = Field(default=None, ge=0, le=500)
    """Only to be held against `least`: a plan never does more of anything than its hours give."""
    per_week: int = Field(default=0, ge=0, le=50)
    kinds: tuple[ActivityKind, ...] = ()
    place_kinds: tuple[PlaceKind, ...] = ()
    places: tuple[str, ...] = ()
    """Names of places."""
    complained: bool = False
    """Only places that residents complained about."""
    parties: tuple[Party, ...] = ()
    """All of them take part."""
    cars: tuple[CarType, ...] = ()
    weekdays: tuple[Weekday, ...] = Field(default=WEEKDAYS, min_length=1)
    between: tuple[Clock, Clock] = ("05:00", "05:00")

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not self.least and not self.per_week:
            raise ValueError("write least or per_week, else it asks for nothing")
        if self.most is not None and self.least > self.most:
            raise ValueError(f"at least {self.least} and at most {self.most} contradict each other")
        return self

    @model_validator(mode="after")
    def _in_the_day(self) -> Self:
        first, last = (since_five(one) for one in self.between)
        if (last or 24 * 60) <= first:
            raise ValueError(f"{self.between[0]}–{self.between[1]} passes {DAY_TURNS}, when the day turns")
        return self


class Planning(Section):
    """How the plan is made. Numbers on effect are settings, with their sources in ``targeting.effect``."""

    weeks: int = Field(default=4, ge=1, le=8)
    supply: tuple[Supply, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    presence_minutes: int = Field(default=15, ge=10, le=60)
    """Koper: ten to fifteen minutes."""
    check_minutes: int = Field(default=30, ge=10, le=120)
    """A full check."""
    operation_minutes: int = Field(default=60, ge=15, le=240)
    travel_minutes: int = Field(default=10, ge=0, le=60)
    """From one place to the next in a pass."""
    travel_kmh: float = Field(default=40.0, gt=0, le=110)
    reach_m: float = Field(default=150.0, gt=0, le=1000)
    """How far from where somebody stands harm is met; along a round they come by themselves."""
    lingers: float = Field(default=0.5, ge=0, le=1)
    """How much of the half hour after a visit is still met."""
    fades_days_traffic: float = Field(default=3.0, ge=0, le=14)
    fades_days_presence: float = Field(default=1.0, ge=0, le=14)
    """Days until 37 % of the effect are left, of traffic checks and of presence."""
    most_per_place_week: int = Field(default=4, ge=1, le=28)
    least_per_school: int = Field(default=0, ge=0, le=20)
    """Over the plan, so that no school is left out for having little; costs harm covered."""
    unmarked_share: float = Field(default=0.5, ge=0, le=1)
    within: float = Field(default=0.005, ge=0, le=0.2)
    """How much of the best plan's harm may go for not being foreseen."""

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        for names in ([one.name for one in self.supply], [one.name for one in self.wanted]):
            for before, after in pairwise(sorted(names)):
                if before == after:
                    raise ValueError(f"{after} stands twice; each needs a name of its own")
        return self


def since_five(clock: str) -> int:
    """Return minutes from five o'clock, when the working day turns, 0 to 1439."""
    return (60 * int(clock[:2]) + int(clock[3:]) - 5 * 60) % (24 * 60)
