"""What counts for a promised activity: which kind, by whom, where, on which days and at what hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads it
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from geodata.calendars import RiskEvening  # noqa: TC001 - pydantic reads it
from geodata.errors import ParameterError
from geodata.promises.activity import ActivityKind, Party  # noqa: TC001 - pydantic reads them
from geodata.promises.strict import CLOCK, STRICT
from geodata.schema import PlaceKind  # noqa: TC001 - pydantic reads it

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Clock = Annotated[str, Field(pattern=CLOCK)]

BORDER_M = 50.0
"""How far outside a place's ground a point may lie: a telephone's point is often this wrong."""


class SchoolHour(StrEnum):
    """The hours when pupils are about, by a school's own bells."""

    START = "school_start"
    LUNCH = "school_lunch"
    END = "school_end"


class Days(StrEnum):
    """Which days are meant."""

    ANY = "any"
    SCHOOL_DAYS = "school_days"
    RISK_EVENINGS = "risk_evenings"


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a day: from one clock time to another, or round a school's bells.

    Attributes
    ----------
    start, end
        Local; an end at or before the start is on the day after.
    at
        Instead of them, by the bells of the school where the work was done, on school days.
    weekdays
        Of the day on which the hours begin; empty for all.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    start: Clock | None = None
    end: Clock | None = None
    at: SchoolHour | None = None
    weekdays: tuple[Weekday, ...] = ()

    def __post_init__(self) -> None:
        if (self.at is None) == (self.start is None) or (self.start is None) != (self.end is None):
            raise ParameterError("hours_unclear", "Write start and end of the hours, or at: a school's hour.")


@dataclass(frozen=True, slots=True)
class Scope:
    """What counts.

    Attributes
    ----------
    kinds
        Any of them; empty where only what names the activity itself counts.
    parties
        All of them must have taken part; empty for anybody.
    joint
        Whether more than one party must have taken part.
    places
        Ids in the register: any of them. Empty for everywhere.
    place_kinds
        Any place of these kinds, such as school zones; empty for everywhere.
    complained_days
        Only at places that residents complained about so many days before, or fewer; None for any place.
    complained_about
        Groups of problems that such a complaint is of; empty for all.
    days, evenings, dates
        Which days; of the risk evenings only these, empty for all; and days of the municipality's own, such
        as a market night.
    hours
        Any of them; empty for all day. A risk evening without hours is its evening and night.
    months
        Months of the year, 1–12; empty for all.
    border_m
        How far outside a place's ground a point still counts, metres.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    kinds: tuple[ActivityKind, ...] = ()
    parties: tuple[Party, ...] = ()
    joint: bool = False
    places: tuple[int, ...] = ()
    place_kinds: tuple[PlaceKind, ...] = ()
    complained_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    complained_about: tuple[str, ...] = ()
    days: Days = Days.ANY
    evenings: tuple[RiskEvening, ...] = ()
    dates: tuple[date, ...] = ()
    hours: tuple[Hours, ...] = ()
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    border_m: Annotated[float, Field(ge=0, le=500)] = BORDER_M

    @property
    def asks_for_place(self) -> bool:
        """Whether it matters where the work was done."""
        return bool(self.places or self.place_kinds or self.complained_days is not None)
